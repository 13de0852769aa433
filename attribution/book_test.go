package attribution_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func TestBookOwners(t *testing.T) {
	t.Parallel()
	book := testBook(t)
	tests := map[string]struct {
		code string
		at   time.Time
		want byline.CreatorID
	}{
		"first instant":               {"ADA15", november().Start, "ada"},
		"a nanosecond before":         {"ADA15", november().Start.Add(-1), ""},
		"last instant":                {"ADA15", november().End.Add(-1), "ada"},
		"the end is outside":          {"ADA15", november().End, ""},
		"before it passed on":         {"CANDLE", november().Start.Add(-1), "ada"},
		"at the instant it passed on": {"CANDLE", november().Start, "bruno"},
		"unknown":                     {"NOBODY", placed, ""},
		"empty":                       {"  ", placed, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			offer, ok := book.CodeOwner(tt.code, tt.at)
			if ok != (tt.want != "") || offer.Creator != tt.want {
				t.Errorf("owner %q %v, want %q", offer.Creator, ok, tt.want)
			}
		})
	}
	if offer, ok := book.LinkOwner("ADA-Autumn", placed); !ok || offer.Creator != "ada" {
		t.Errorf("link owner %q %v, want ada", offer.Creator, ok)
	}
	if book.Len() != len(offers()) {
		t.Errorf("%d offers, want %d", book.Len(), len(offers()))
	}
}

// TestBookNamesTheNearestReason: between two windows a code has ended, and only before
// the first it is yet to start.
func TestBookNamesTheNearestReason(t *testing.T) {
	t.Parallel()
	late := byline.Window{Start: november().End}
	book, err := attribution.NewBook([]attribution.Offer{{Creator: "ada", Code: "GAP", Active: october()}, {Creator: "bruno", Code: "GAP", Active: late}})
	require.NoError(t, err)
	for at, want := range map[time.Time]attribution.Reason{
		placed: attribution.ReasonExpired, october().Start.Add(-1): attribution.ReasonNotStarted,
	} {
		o := paidOrder("GAP")
		o.PlacedAt = at
		if got := attribution.Decide(o, nil, book, attribution.Policy{}).Candidates[0]; got.Reason != want || got.Creator != "ada" {
			t.Errorf("at %s: %s of %s, want %s of ada", at, got.Reason, got.Creator, want)
		}
	}
}

// TestBookAcrossDST: a window is made of instants, so an hour that a clock shows twice
// is two hours.
func TestBookAcrossDST(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zone data on this machine")
	}
	end := time.Date(2026, 10, 25, 2, 30, 0, 0, berlin) // the first of two 02:30
	book, err := attribution.NewBook([]attribution.Offer{{Creator: "ada", Code: "ADA15", Active: byline.Window{End: end}}})
	require.NoError(t, err)
	if _, ok := book.CodeOwner("ADA15", end.Add(-time.Nanosecond)); !ok {
		t.Error("not active just before its end")
	}
	if _, ok := book.CodeOwner("ADA15", end.Add(time.Hour)); ok {
		t.Error("active at the second 02:30")
	}
}

// TestNewBookFindsEveryOverlap: the long window overlaps all that start inside it.
func TestNewBookFindsEveryOverlap(t *testing.T) {
	t.Parallel()
	days := func(from, to int) byline.Window {
		return byline.Window{Start: november().Start.AddDate(0, 0, from), End: november().Start.AddDate(0, 0, to)}
	}
	_, err := attribution.NewBook([]attribution.Offer{
		{Creator: "a", Code: "X", Active: days(1, 10)}, {Creator: "b", Code: "X", Active: days(2, 3)}, {Creator: "c", Code: "X", Active: days(5, 6)}})
	if faults := byline.Nest("", err); len(faults) != 2 {
		t.Errorf("faults %v, want two overlaps", faults)
	}
}

func TestNewBookFaults(t *testing.T) {
	t.Parallel()
	type fault struct{ Path, Code string }
	_, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Code: "ADA15", Link: "x"},
		{Code: "OK"},
		{Creator: "ada", Code: " \u200b "},
		{Creator: "ada", Code: "LATE", Active: byline.Window{Start: november().End, End: november().Start}},
		{Creator: "bruno", Code: "ａda15"},
		{Creator: "bruno", Code: "X2", Link: "X"},
	})
	var got []fault
	for _, f := range byline.Nest("", err) {
		got = append(got, fault{f.Path, f.Code})
	}
	want := []fault{
		{"[1].creator", "required"}, {"[2].code", "offer.no_evidence"}, {"[3].active", "offer.window_order"},
		{"[4].code", "offer.overlap"}, {"[5].link", "offer.overlap"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// TestBookLongChain: one code handed on every day, found on each of them.
func TestBookLongChain(t *testing.T) {
	t.Parallel()
	var chain []attribution.Offer
	for i := range 300 {
		start := november().Start.AddDate(0, 0, i)
		chain = append(chain, attribution.Offer{Creator: byline.CreatorID(fmt.Sprint(i)), Code: "DAILY", Active: byline.Window{Start: start, End: start.AddDate(0, 0, 1)}})
	}
	chain[0], chain[299] = chain[299], chain[0]
	book, err := attribution.NewBook(chain)
	require.NoError(t, err)
	for i := range 300 {
		offer, ok := book.CodeOwner("daily", november().Start.AddDate(0, 0, i))
		if !ok || offer.Creator != byline.CreatorID(fmt.Sprint(i)) {
			t.Errorf("day %d belongs to %q", i, offer.Creator)
		}
	}
}
