package contracts

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution"
)

// What waits without an end waits longer than anything.
func TestTheLaterOfTwoWaits(t *testing.T) {
	t.Parallel()
	soon, late := wait{true, day(t, "2026-11-10")}, wait{true, day(t, "2026-11-11")}
	endless, none := wait{held: true}, wait{}
	for _, tt := range []struct{ a, b, want wait }{
		{none, none, none}, {none, soon, soon}, {soon, late, late}, {soon, soon, soon}, {none, endless, endless}, {soon, endless, endless}, {endless, endless, endless},
	} {
		for _, got := range []wait{tt.a.later(tt.b), tt.b.later(tt.a)} {
			if got != tt.want {
				t.Errorf("the later of %+v and %+v is %+v, want %+v", tt.a, tt.b, got, tt.want)
			}
		}
	}
}

// An end is reached at its instant; at no time at all nothing is.
func TestAWaitAsSeenAtAnInstant(t *testing.T) {
	t.Parallel()
	end := day(t, "2026-11-10")
	waiting, endless := wait{true, end}, wait{held: true}
	for _, tt := range []struct {
		w    wait
		at   time.Time
		want wait
	}{
		{waiting, end.Add(-1), waiting}, {waiting, end, wait{}}, {waiting, time.Time{}, waiting}, {endless, end, endless}, {wait{}, end, wait{}},
	} {
		if got := tt.w.at(tt.at); got != tt.want {
			t.Errorf("%+v at %s is %+v, want %+v", tt.w, tt.at, got, tt.want)
		}
	}
}

// How long goods wait, of a line and of an order as a whole.
func TestHoldOf(t *testing.T) {
	t.Parallel()
	placed, delivered := day(t, "2026-11-01"), day(t, "2026-11-05")
	items := []ItemHold{{Scope{Products: []string{"sofa"}}, 100}, {Scope{Collections: []string{"home"}}, 0}}
	sofa := &attribution.LineSales{Product: "sofa", Collections: []string{"home"}, DeliveredAt: delivered}
	lamp := &attribution.LineSales{Product: "lamp", Collections: []string{"home"}, DeliveredAt: delivered}
	mug := &attribution.LineSales{Product: "mug"}
	until := func(text string) wait { return wait{true, day(t, text)} }
	tests := map[string]struct {
		hold Hold
		line *attribution.LineSales
		want wait
	}{
		"not held":                       {Hold{}, mug, wait{}},
		"from the placing":               {Hold{From: HeldPlaced, Days: 10}, sofa, until("2026-11-11")},
		"no days":                        {Hold{From: HeldPlaced}, sofa, until("2026-11-01")},
		"some goods longer":              {Hold{From: HeldPlaced, Days: 10, Items: items}, sofa, until("2027-02-09")},
		"some goods not at all":          {Hold{From: HeldPlaced, Days: 10, Items: items}, lamp, until("2026-11-01")},
		"the whole order":                {Hold{From: HeldPlaced, Days: 10, Items: items}, nil, until("2026-11-11")},
		"from the delivery":              {Hold{From: HeldDelivery, Days: 10, AtMost: 1}, sofa, until("2026-11-15")},
		"not delivered":                  {Hold{From: HeldDelivery, Days: 10}, mug, wait{held: true}},
		"no delivery was heard of":       {Hold{From: HeldDelivery, Days: 10, AtMost: 30}, mug, until("2026-12-01")},
		"some goods, no delivery":        {Hold{From: HeldDelivery, Days: 10, AtMost: 30, Items: []ItemHold{{Scope{}, 5}}}, mug, until("2026-12-01")},
		"the whole order, no delivery":   {Hold{From: HeldDelivery, Days: 10}, nil, wait{held: true}},
		"the whole order, no later than": {Hold{From: HeldDelivery, Days: 10, AtMost: 3}, nil, until("2026-11-04")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.hold.of(tt.line, placed); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
	for _, h := range []Hold{{From: HeldPlaced, Days: 1}, {}} {
		if h.byItem() {
			t.Errorf("%+v asks for the order line by line", h)
		}
	}
	for _, h := range []Hold{{From: HeldDelivery}, {From: HeldPlaced, Items: items}} {
		if !h.byItem() {
			t.Errorf("%+v does not ask for the order line by line", h)
		}
	}
}

// Goods that nothing is left of wait for nobody.
func TestGroupWaits(t *testing.T) {
	t.Parallel()
	soon, late := wait{true, day(t, "2026-11-10")}, wait{true, day(t, "2026-11-11")}
	elsewhere := wait{true, soon.until.In(time.FixedZone("", 3600))}
	tests := map[string]struct {
		goods   []goods
		waits   []wait
		weights []int64
	}{
		"nothing":                 {nil, []wait{{}}, []int64{1}},
		"nothing is left":         {[]goods{{0, soon}, {0, wait{held: true}}}, []wait{{}}, []int64{1}},
		"one":                     {[]goods{{3, soon}}, []wait{soon}, []int64{3}},
		"what waits together":     {[]goods{{3, soon}, {4, late}, {5, elsewhere}}, []wait{soon, late}, []int64{8, 4}},
		"what nothing is left of": {[]goods{{0, late}, {3, soon}, {0, wait{held: true}}, {2, wait{}}}, []wait{soon, {}}, []int64{3, 2}},
		"less than nothing":       {[]goods{{-1, late}, {3, soon}}, []wait{soon}, []int64{3}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			waits, weights := groupWaits(tt.goods)
			if diff := cmp.Diff(tt.waits, waits, cmp.AllowUnexported(wait{})); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.weights, weights); diff != "" {
				t.Errorf("weights (-want +got):\n%s", diff)
			}
		})
	}
}
