package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

// screen is what a page is looked at on.
type screen struct {
	name          string
	width, height int64
	scale         float64
	dark          bool
	extra         bool // for the three pages that people see most
}

func screens() []screen {
	return []screen{
		{name: "light", width: 1440, height: 900, scale: 1},
		{name: "dark", width: 1440, height: 900, scale: 1, dark: true, extra: true},
		{name: "phone", width: 390, height: 844, scale: 2},
		{name: "phone-dark", width: 390, height: 844, scale: 2, dark: true, extra: true},
	}
}

// TestPagesInABrowser looks at every page as people do: nothing may be blocked by the
// content policy or written to the console, nothing may scroll sideways, and all text
// must stand out from what it stands on.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s, told := launchDemo(t)
	empty := launch(t, config{}, noProgramme(), quiet())
	closed := launch(t, config{token: testToken}, noProgramme(), quiet())
	wild := launchHostile(t)
	paths := map[string]string{
		"creators": s.url + "/", "orders": s.url + "/orders", "deliveries": s.url + "/deliveries",
		"creator": s.url + "/creators/demo-chloe", "not-found": s.url + "/orders/none",
		"creator-held": s.url + "/creators/demo-bruno", "creator-periods": s.url + "/creators/demo-ines",
		"creator-fees": s.url + "/creators/demo-farid", "creator-gift": s.url + "/creators/demo-edda",
		"order":           s.url + orderPath(find(t, told, "Part of it came back").sale.orderID()),
		"order-split":     s.url + orderPath(find(t, told, "Two creators’ codes on one order").sale.orderID()),
		"order-hand":      s.url + orderPath(find(t, told, "A discount typed by hand under a creator’s code").sale.orderID()),
		"order-disputed":  s.url + orderPath(find(t, told, "Disputed, and not ruled on yet").sale.orderID()),
		"order-held":      s.url + orderPath(find(t, told, "A creator buys with their own code").sale.orderID()),
		"order-clicked":   s.url + orderPath(told.epilogue[0].id),
		"order-survey":    s.url + orderPath(told.epilogue[1].id),
		"order-assigned":  s.url + orderPath(told.epilogue[2].id),
		"order-forgotten": s.url + orderPath(told.epilogue[3].id),
		"hostile":         wild.url + "/", "hostile-creator": wild.url + "/creators/demo-ada", "hostile-order": wild.url + orderPath(shopify.OrderID(preparedOrderID)),
		"empty": empty.url + "/", "empty-deliveries": empty.url + "/deliveries", "login": closed.url + "/orders",
	}
	folder := os.Getenv("BYLINE_SCREENSHOTS")
	if folder == "" {
		folder = t.TempDir()
	}
	require.NoError(t, os.MkdirAll(folder, 0o750))
	for _, on := range screens() { //nolint:paralleltest // one browser, two cores: side by side they only wait
		for name, address := range paths {
			if on.extra && !slices.Contains([]string{"creators", "order", "deliveries", "order-assigned", "order-held", "creator-held"}, name) {
				continue
			}
			t.Run(name+"/"+on.name, func(t *testing.T) {
				look(ctx, t, on, address, filepath.Join(folder, name+"-"+on.name+".png"))
			})
		}
	}
}

// launchHostile serves a programme and an order with words that break layouts: long
// ones, markup, ones that run from right to left.
func launchHostile(t *testing.T) *server {
	t.Helper()
	file := demoProgramme(time.Now().UTC().Truncate(day).Add(-storyDays * day))
	file.Campaign.Name = strings.Repeat("Long", 50)
	long := strings.Repeat("LONG", 40)
	names := []string{strings.Repeat("Donaudampfschiff", 12), "<script>alert(1)</script>", "שלום עולם \u202e RTL", "👩‍🍳🔥"}
	for i, name := range names {
		file.Creators[i].Name, file.Creators[i].Accounts[0].Handle = name, strings.Repeat("h", 200)
		file.Creators[i].Deliverables = nil
	}
	file.Offers[0].Code = long
	p, err := newProgramme(file, testOutside())
	require.NoError(t, err)
	s := launch(t, config{shop: demoShop, secrets: []attribution.Secret{testSecret}}, p, quiet())
	order, _ := preparedSale()
	order.codes[0].code, order.link = long, strings.Repeat("link", 40)
	body, err := json.Marshal(order.orderBody())
	require.NoError(t, err)
	status, answer := webhook(t, s.url, "orders/paid", strings.Repeat("delivery", 20), body, testSecret)
	answered(t, status, answer, http.StatusOK, "accepted")
	wait(t, s.url)
	return s
}

func find(t *testing.T, s *story, title string) episode {
	t.Helper()
	for _, e := range s.told() {
		if e.title == title {
			return e
		}
	}
	t.Fatalf("the story has no %q", title)
	return episode{}
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
		skipUnlessCI(t, "no chromium on the path: the pages were not looked at")
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
	scheme := "light"
	if on.dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	require.NoError(t, err)
	require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(on.width, on.height, chromedp.EmulateScale(on.scale)), chromedp.Navigate(address)))
	if strings.Contains(picture, "order-assigned") {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.querySelector("details").open = true`))
		require.NoError(t, err)
	}

	for fault, script := range map[string]string{"wider than the screen": findWide, "contrast below 4.5": findFaint, "no name for a screen reader": findUnnamed} {
		found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](script))
		require.NoError(t, err)
		if diff := cmp.Diff([]string{}, found); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fault, diff)
		}
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(picture, png, 0o600))
	if diff := cmp.Diff([]string(nil), complaints()); diff != "" {
		t.Errorf("the browser complained (-want +got):\n%s", diff)
	}
}

// complaintsOf collects what the browser blocks, logs or throws. The answer 404 of the
// page that is not there is no complaint.
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
			if !strings.Contains(e.Entry.Text, "status of 404") {
				add("%s: %s", e.Entry.Source, e.Entry.Text)
			}
		}
	}))
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return heard
	}
}

// findWide lists what reaches beyond the screen without a scrollable box around it.
const findWide = `(() => {
  const wide = [];
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > limit) wide.push("the page: " + document.documentElement.scrollWidth + " of " + limit);
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
    if (!texts.currentNode.data.trim() || !e.checkVisibility() || e.closest(".unseen, .skip, script, option")) continue;
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
  for (const t of document.querySelectorAll("table")) if (!t.caption) say("no caption", t);
  for (const th of document.querySelectorAll("th")) if (!th.scope) say("no scope", th);
  for (const e of document.querySelectorAll("a, button")) if (!e.textContent.trim()) say("no text", e);
  for (const e of document.querySelectorAll("input:not([type=hidden]):not([hidden]), select, textarea")) if (!e.labels.length) say("no label", e);
  for (const e of document.querySelectorAll("[aria-labelledby]"))
    if (!document.getElementById(e.getAttribute("aria-labelledby"))) say("label is missing", e);
  for (const e of document.querySelectorAll("*"))
    if (e.scrollWidth > e.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.tabIndex < 0 && !e.querySelector("a, button"))
      say("scrolls but cannot be focused", e);
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) faults.push("id stands twice: " + id);
  return faults;
})()`
