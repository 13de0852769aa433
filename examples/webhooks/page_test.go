package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

func TestShowCount(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1234567: "1,234,567", -12: "-12", -123456: "-123,456"} {
		if got := showCount(n); got != want {
			t.Errorf("showCount(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestShowWindow(t *testing.T) {
	t.Parallel()
	start, end := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 12, 1, 13, 30, 0, 0, time.UTC)
	tests := map[string]byline.Window{
		"always":                            {},
		"from 1 Sep 2026":                   {Start: start},
		"until 1 Dec 2026, 13:30":           {End: end},
		"1 Sep 2026 to 1 Dec 2026, 13:30":   {Start: start, End: end},
		"31 Aug 2026, 22:00 to 31 Aug 2026": {Start: start.Add(-2 * time.Hour), End: start},
	}
	for want, w := range tests {
		if diff := cmp.Diff(want, showWindow(w)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// Bars are drawn for any numbers: none, one side only, all, negative.
func TestBars(t *testing.T) {
	t.Parallel()
	for _, m := range []mix{
		{}, {Code: 1}, {Click: 1}, {Other: 1}, {Code: 1, Click: 1}, {Code: 1, Click: 100000}, {Code: 100000, Click: 1},
		{Code: 1, Click: 1, Other: 100000}, {Code: 1, Click: 100000, Other: 1}, {Code: 5, Click: 7, Other: 9},
	} {
		var right float64
		for _, part := range m.parts() {
			if part.Width < 2.9 || part.X < right {
				t.Errorf("%+v: part %+v begins before %v or cannot be seen", m, part, right)
			}
			right = part.X + part.Width
		}
		if whole := m.Code+m.Click+m.Other > 0; whole && (right < 99.9999 || right > 100.0001) {
			t.Errorf("%+v: the bar ends at %v", m, right)
		}
	}
	for _, tt := range []struct {
		part, whole int64
		want        float64
	}{{0, 0, 0}, {0, 10, 0}, {-5, 10, 0}, {5, 10, 50}, {20, 10, 100}, {1, 1_000_000, 0.7}, {5, -10, 0}} {
		if got := width(tt.part, tt.whole); got != tt.want {
			t.Errorf("width(%d, %d) = %v, want %v", tt.part, tt.whole, got, tt.want)
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		part, whole int64
		want        string
	}{{0, 0, "–"}, {1, 3, "33%"}, {2, 3, "67%"}, {1, 1000, "<1%"}, {0, 10, "0%"}, {10, 10, "100%"}} {
		if got := percent(tt.part, tt.whole); got != tt.want {
			t.Errorf("percent(%d, %d) = %q, want %q", tt.part, tt.whole, got, tt.want)
		}
	}
}

func TestPathsEscapeIDs(t *testing.T) {
	t.Parallel()
	got := []string{orderPath("shopify:1"), orderPath("a/b?c#d%"), creatorPath("../x"), ordersOf("a&b=c")}
	want := []string{"/orders/shopify:1", "/orders/a%2Fb%3Fc%23d%25", "/creators/..%2Fx", "/orders?creator=a%26b%3Dc"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
