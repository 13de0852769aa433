package tracking_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

func FuzzVisit(f *testing.F) {
	for _, seed := range []string{
		"", "/", "?", "#", "//", "/?bl=ada&blc=" + signed, "https://demo.example/Ada/?UTM_Source=tik%20tok&utm_content[]=a+b&amp;utm_term=%zz", "/%2e%2e/%61",
		"https://[::1/?bl=\xff", "?bl=%00", "?utm_id=+4915112345678", "?bl=a%2540b.example", "please: bl=ada, BLC:x", "\u3000bl:ada\u00a0", "shop://x/y?z", "?bl=ａ＠ｂ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		touches := tracking.Visit(text, at(), "test")
		if diff := cmp.Diff(touches, tracking.Visit(text, at(), "test")); diff != "" || len(touches) > 3 {
			t.Fatalf("%d touches, read twice:\n%s", len(touches), diff)
		}
		checkTouches(t, touches)
		checkTouches(t, note(text))
		checkTouches(t, reference(text))
		for _, name := range []string{"bl", "blc"} {
			if touch, ok := tracking.Attribute(name, text, at(), "test"); ok {
				checkTouches(t, []attribution.Touch{touch})
			}
		}
		checkLink(t, text, touches)
	})
}

// checkTouches looks for what must never be kept.
func checkTouches(t *testing.T, touches []attribution.Touch) {
	t.Helper()
	seen(t, touches)
	for _, touch := range touches {
		u := touch.UTM
		kept := []string{touch.Link, touch.ID, touch.Page, u.Source, u.Medium, u.Campaign, u.Content, u.Term, u.ID}
		if strings.Join(kept, "") == "" || len(touch.ID) > 200 {
			t.Fatalf("an empty touch, or a long id: %+v", touch)
		}
		for _, value := range kept {
			if len(value) > 255 || !utf8.ValidString(value) || strings.TrimSpace(value) != value || strings.ContainsFunc(value, unicode.IsControl) {
				t.Fatalf("kept %+q", value)
			}
			for part := range strings.SplitSeq(value, "/") {
				if at := strings.LastIndex(part, "@"); at > 0 && at < len(part)-1 {
					t.Fatalf("kept %+q", value)
				}
			}
		}
		if touch.Page != "" && (attribution.NormalizePage(touch.Page) != touch.Page || touch.Page == "/") {
			t.Fatalf("page %+q", touch.Page)
		}
	}
}

// checkLink puts what was read of one address into another and reads it again.
func checkLink(t *testing.T, text string, touches []attribution.Touch) {
	t.Helper()
	var l tracking.Link
	for _, touch := range touches {
		l.Key, l.Click = l.Key+touch.Link, l.Click+touch.ID
		if touch.Kind == attribution.ByUTM {
			l.UTM = touch.UTM
		}
	}
	for _, target := range []string{"https://demo.example/?x=1&bl=old&utm_id[]=old#y", text} {
		l.Target = target
		address, err := l.URL()
		if err != nil {
			if target != text || !errors.Is(err, byline.ErrInvalid) {
				t.Fatalf("%+v: %v", l, err)
			}
			continue
		}
		checkRoundTrip(t, l, address)
	}
}

func FuzzReadClick(f *testing.F) {
	for _, seed := range []string{"", "blc1_", signed, signed[:40], signed + "A", signed[:10] + "\n" + signed[10:], "blc2_" + signed[5:], strings.Repeat("A", 300)} {
		f.Add(seed, "ada-autumn", int64(1), []byte("nonce"))
	}
	f.Fuzz(func(t *testing.T, id, link string, millis int64, nonce []byte) {
		checkID(t, id)
		c := tracking.Click{Link: link, At: time.UnixMilli(millis).UTC()}
		copy(c.Nonce[:], nonce)
		made, err := clicks(key).Sign(c)
		if err != nil {
			if !errors.Is(err, byline.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		got, err := clicks(otherKey, key).Read(made)
		if diff := cmp.Diff(c, got); err != nil || diff != "" {
			t.Fatalf("%v (-signed +read):\n%s", err, diff)
		}
		checkID(t, made)
		if id != "" {
			checkID(t, made[:len(made)-1]+id[:1])
		}
	})
}

// checkID signs again what was read, which gives the same text or it was not ours.
func checkID(t *testing.T, id string) {
	t.Helper()
	got, err := clicks(key).Read(id)
	if err != nil {
		if !errors.Is(err, byline.ErrUnauthorized) || got != (tracking.Click{}) {
			t.Fatalf("Read(%q) = %+v, %v", id, got, err)
		}
		return
	}
	if again, err := clicks(key).Sign(got); err != nil || again != id {
		t.Fatalf("%q and %q are one click: %v", id, again, err)
	}
}

func FuzzMint(f *testing.F) {
	f.Add("ADA-####", "", uint64(0), "ADA-7777")
	f.Add("{creator}####*", "ada", uint64(7), "ada3333c")
	f.Add("##############", "", uint64(1)<<62, "KKKKKKKKKKKKKK")
	f.Add("FU#K*", "", uint64(1), "FUCK3")
	f.Add("{creator}{creator}-#_#", "K", uint64(300), "")
	f.Fuzz(func(t *testing.T, pattern, creator string, n uint64, text string) {
		m, err := tracking.NewMint(key, pattern, creator)
		if err != nil {
			if !errors.Is(err, byline.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		if n, ok := m.Index(text); ok {
			if c := code(t, m, n); c != attribution.NormalizeCode(text) {
				t.Fatalf("Index(%q) = %d, which is %q", text, n, c)
			}
		}
		if m.Space() == 0 {
			return
		}
		n %= m.Space()
		c := code(t, m, n)
		if back, ok := m.Index(c); !ok || back != n || attribution.NormalizeCode(c) != c {
			t.Fatalf("Code(%d) = %q, Index %d, %v", n, c, back, ok)
		}
		places := []byte(m.String())
		if spells(c, func(i int) bool { return places[i] == '#' || places[i] == '*' }) {
			t.Fatalf("%q", c)
		}
		for i := range places {
			if literal := !slices.Contains([]byte("#*"), places[i]); literal && c[i] != places[i] || !literal && !strings.Contains(tracking.Alphabet, c[i:i+1]) {
				t.Fatalf("%q is not of %q", c, places)
			}
		}
	})
}
