package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// screen is what a page is looked at on.
type screen struct {
	name          string
	width, height int64
	scale         float64
	scheme, media string
	open          bool   // with the tables under the pictures
	pages         string // that are looked at there
}

func screens() []screen {
	return []screen{
		{"light", 1280, 900, 1, "light", "", false, "demo nothing crowd"},
		{"dark", 1280, 900, 1, "dark", "", true, "demo"},
		{"phone", 390, 844, 2, "light", "", false, "demo hostile"},
		{"phone-dark", 390, 844, 2, "dark", "", true, "demo"},
		{"tablet", 900, 1100, 1, "light", "", true, "demo"},
		{"print", 1050, 740, 1, "light", "print", false, "demo"},
	}
}

// TestPageInABrowser looks at the page as people do: nothing may be blocked by its own
// policy or written to the console, the page may not scroll sideways, and all text must
// stand out from what it stands on. BYLINE_SCREENSHOTS names a folder for the pictures.
func TestPageInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	folder := os.Getenv("BYLINE_SCREENSHOTS")
	if folder == "" {
		folder = t.TempDir()
	}
	require.NoError(t, os.MkdirAll(folder, 0o750))
	folder, err := filepath.Abs(folder)
	require.NoError(t, err)
	for name, r := range map[string]*report{ //nolint:paralleltest // one browser, two cores: side by side they only wait
		"demo": demoReport(t), "nothing": reported(t, bare()), "hostile": reported(t, hostile()), "crowd": reported(t, crowd()),
	} {
		file := filepath.Join(folder, name+".html")
		require.NoError(t, writeFile(file, r.writeHTML))
		for _, on := range screens() {
			if !strings.Contains(on.pages, name) {
				continue
			}
			t.Run(name+"/"+on.name, func(t *testing.T) {
				look(ctx, t, on, "file://"+file, filepath.Join(folder, name+"-"+on.name+".png"))
			})
		}
	}
}

// browser starts Chromium, or skips with one line that says what is missing.
func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("BYLINE_CI") == "1" {
			t.Fatal("no chromium on the path")
		}
		t.Skip("no chromium on the path: the page was not looked at")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox root
	}
	allocated, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(stop)
	ctx, closeBrowser := chromedp.NewContext(allocated)
	t.Cleanup(closeBrowser)
	require.NoError(t, chromedp.Do(ctx))
	return ctx
}

func look(browser context.Context, t *testing.T, on screen, address, picture string) {
	t.Helper()
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	require.NoError(t, chromedp.Do(tab))
	ctx, cancel := context.WithTimeout(tab, 30*time.Second)
	defer cancel()
	complaints := complaintsOf(ctx, t)
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media:    on.media,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: on.scheme}},
	})
	require.NoError(t, err)
	require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(on.width, on.height, chromedp.EmulateScale(on.scale)), chromedp.Navigate(address)))
	if on.open {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach(d => d.open = true), true`))
		require.NoError(t, err)
	}

	for fault, script := range map[string]string{"wider than the screen": findWide, "contrast below 4.5": findFaint, "no name for a screen reader": findUnnamed} {
		found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](script))
		require.NoError(t, err)
		if diff := cmp.Diff([]string{}, found); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fault, diff)
		}
	}
	if os.Getenv("BYLINE_SCREENSHOTS") != "" { // taking them takes longer than all else
		png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(picture, png, 0o600))
	}
	if diff := cmp.Diff([]string(nil), complaints()); diff != "" {
		t.Errorf("the browser complained (-want +got):\n%s", diff)
	}
}

// complaintsOf collects what the browser blocks, logs or throws.
func complaintsOf(ctx context.Context, t *testing.T) func() []string {
	t.Helper()
	var mu sync.Mutex
	var heard []string
	add := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		heard = append(heard, fmt.Sprintf(format, args...))
	}
	require.NoError(t, chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			add("console: %s", e.Type)
		case *runtime.EventExceptionThrown:
			add("exception: %s", e.ExceptionDetails.Text)
		case *cdplog.EventEntryAdded:
			add("%s: %s", e.Entry.Source, e.Entry.Text)
		}
	}))
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return heard
	}
}

const findWide = `(() => {
  const limit = document.documentElement.clientWidth, is = document.documentElement.scrollWidth;
  const wide = is > limit ? ["the page: " + is + " of " + limit] : [];
  return wide;
})()`

// findFaint computes the contrast of every text with what lies under it, by WCAG 2.
const findFaint = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const d = canvas.getImageData(0, 0, 1, 1).data;
    return [d[0], d[1], d[2], d[3] / 255];
  };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const faint = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !e.checkVisibility() || e.closest(".unseen, svg")) continue;
    const under = ground(e);
    const a = light(over(rgba(getComputedStyle(e).color), under)), b = light(under);
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) faint.add(ratio.toFixed(2) + " " + e.tagName + "." + e.className + " " + texts.currentNode.data.trim().slice(0, 30));
  }
  return [...faint];
})()`

// findUnnamed lists what a screen reader or a keyboard cannot make sense of.
const findUnnamed = `(() => {
  const faults = [];
  const say = (what, e) => faults.push(what + ": " + e.outerHTML.slice(0, 80));
  if (!document.documentElement.lang) faults.push("the page has no language");
  if (document.querySelectorAll("h1").length !== 1) faults.push("the page has not one h1");
  if (document.querySelectorAll("main").length !== 1) faults.push("the page has not one main");
  if (document.scripts.length) faults.push("the page has a script");
  for (const t of document.querySelectorAll("table")) if (!t.caption) say("no caption", t);
  for (const th of document.querySelectorAll("th")) if (!th.scope) say("no scope", th);
  for (const e of document.querySelectorAll("svg[role=img]")) if (!e.querySelector("title")) say("no title", e);
  for (const e of document.querySelectorAll("svg:not([role=img])")) if (e.ariaHidden !== "true") say("neither named nor hidden", e);
  for (const e of document.querySelectorAll("[aria-labelledby]"))
    for (const id of e.getAttribute("aria-labelledby").split(" ")) if (!document.getElementById(id)) say("label is missing", e);
  for (const e of document.querySelectorAll("*"))
    if (e.scrollWidth > e.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.tabIndex < 0)
      say("scrolls but cannot be focused", e);
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) faults.push("id stands twice: " + id);
  return faults;
})()`
