package multitouch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/multitouch"
)

var placed = time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)

func demoDecider(t testing.TB) *attribution.Decider {
	t.Helper()
	var active byline.Window
	active.Start, active.End = placed.AddDate(0, 0, -60), placed.AddDate(0, 0, 10)
	ended := byline.Window{Start: active.Start, End: placed.AddDate(0, 0, -5)}
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA15", Link: "ada", Active: active},
		{Creator: "bruno", Campaign: "autumn", Code: "BRUNO10", Link: "bruno", Page: "/bruno", UTM: "bruno-utm", Active: active},
		{Creator: "cleo", Campaign: "autumn", Link: "cleo", Active: ended},
	})
	require.NoError(t, err)
	decider, err := attribution.NewDecider(book, attribution.Policy{})
	require.NoError(t, err)
	return decider
}

func demoOrder() attribution.Order {
	return attribution.Order{
		ID: "shop:1001", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.EUR,
		Lines: []attribution.Line{{ID: "mug", Quantity: 2, Gross: byline.Minor(5000, byline.EUR), Discount: byline.Minor(750, byline.EUR)}},
		Codes: []attribution.CodeUse{{Code: "ada15", Kind: attribution.Genuine, Discount: byline.Minor(750, byline.EUR)}},
	}
}

// ago is a recorded click.
func ago(link string, hours float64) attribution.Touch {
	return attribution.Touch{Link: link, At: placed.Add(-time.Duration(hours * float64(time.Hour)))}
}

func hoursOf(hours ...float64) []time.Duration {
	var ages []time.Duration
	for _, h := range hours {
		ages = append(ages, time.Duration(h*float64(time.Hour)))
	}
	return ages
}

func TestFromOrder(t *testing.T) {
	t.Parallel()
	type dropped = map[attribution.Reason]int
	bought := func(path []string, ages ...float64) multitouch.Journey {
		return multitouch.Journey{Path: path, Ages: hoursOf(ages...), Conversions: 1, Value: byline.Minor(4250, byline.EUR)}
	}
	clicked := func(id string, t attribution.Touch) attribution.Touch { t.ID = id; return t }
	for name, tt := range map[string]struct {
		touches  []attribution.Touch
		order    func(*attribution.Order)
		previous time.Time
		opts     *multitouch.OrderOptions
		want     multitouch.Journey
		dropped  dropped
	}{
		"in order of time":       {touches: []attribution.Touch{ago("bruno", 1), ago("ada", 48), ago("ada", 2)}, want: bought([]string{"ada", "ada", "bruno"}, 48, 2, 1)},
		"nothing known":          {want: bought(nil)},
		"outside the window":     {touches: []attribution.Touch{ago("ada", 30*24), ago("bruno", 30*24+1)}, want: bought([]string{"ada"}, 30*24), dropped: dropped{"click_too_old": 1}},
		"a shorter window":       {touches: []attribution.Touch{ago("ada", 25), ago("bruno", 24)}, opts: &multitouch.OrderOptions{Window: 24 * time.Hour}, want: bought([]string{"bruno"}, 24), dropped: dropped{"click_too_old": 1}},
		"after the order":        {touches: []attribution.Touch{ago("ada", 0), ago("bruno", -1)}, want: bought([]string{"ada"}, 0), dropped: dropped{"click_after_order": 1}},
		"one click twice":        {touches: []attribution.Touch{clicked("c1", ago("ada", 3)), clicked("c1", ago("ada", 4)), clicked("c2", ago("ada", 2))}, want: bought([]string{"ada", "ada"}, 4, 2), dropped: dropped{"same_click": 1}},
		"one click, one instant": {touches: []attribution.Touch{clicked("c1", ago("bruno", 3)), clicked("c1", ago("ada", 3))}, want: bought([]string{"ada"}, 3), dropped: dropped{"same_click": 1}},
		"a bare click id":        {touches: []attribution.Touch{{ID: "c1", At: placed.Add(-4 * time.Hour)}, clicked("c1", ago("ada", 3))}, want: bought([]string{"ada"}, 3), dropped: dropped{"click_unknown": 1}},
		"a bare id is no visit":  {touches: []attribution.Touch{{ID: "c1", At: placed.Add(-4 * time.Hour)}}, opts: &multitouch.OrderOptions{Label: func(attribution.Candidate) string { return "direct" }}, want: bought(nil), dropped: dropped{"click_unknown": 1}},
		"one click, on the order": {order: func(o *attribution.Order) {
			o.Touches = []attribution.Touch{clicked("c1", ago("ada", 3)), clicked("c1", ago("ada", 2))}
		}, want: bought([]string{"ada"}, 3), dropped: dropped{"same_click": 1}},
		"nobody's, after the order": {touches: []attribution.Touch{ago("dario", -1)}, opts: &multitouch.OrderOptions{Label: func(attribution.Candidate) string { return "direct" }}, want: bought(nil), dropped: dropped{"click_after_order": 1}},
		"another time zone": {touches: []attribution.Touch{{Link: "ada", At: placed.Add(-25 * time.Hour).In(time.FixedZone("", 14*3600))}, ago("bruno", 24)}, previous: placed.Add(-25 * time.Hour).In(time.FixedZone("", -12*3600)),
			want: bought([]string{"bruno"}, 24), dropped: dropped{"earlier_order": 1}},
		"nothing is kept":       {touches: []attribution.Touch{ago("ada", 1)}, order: func(o *attribution.Order) { o.Lines[0].Removed = 2 }, want: multitouch.Journey{Path: []string{"ada"}, Ages: hoursOf(1), Conversions: 1, Value: byline.Minor(0, byline.EUR)}},
		"an ended offer":        {touches: []attribution.Touch{ago("cleo", 1), ago("cleo", 6*24)}, want: bought([]string{"cleo"}, 6*24), dropped: dropped{"expired": 1}},
		"nobody's link":         {touches: []attribution.Touch{ago("dario", 1)}, want: bought(nil), dropped: dropped{"unknown": 1}},
		"of an earlier order":   {touches: []attribution.Touch{ago("ada", 5), ago("bruno", 4), ago("ada", 3)}, previous: placed.Add(-4 * time.Hour), want: bought([]string{"ada"}, 3), dropped: dropped{"earlier_order": 2}},
		"visits of other kinds": {touches: []attribution.Touch{{Kind: attribution.ByPage, Page: "/bruno", At: placed.Add(-time.Hour)}, {Kind: attribution.ByUTM, UTM: attribution.UTM{Source: "bruno-utm"}, At: placed.Add(-2 * time.Hour)}, {Kind: attribution.ByView, Link: "ada", At: placed.Add(-3 * time.Hour)}}, want: bought([]string{"bruno", "bruno"}, 2, 1), dropped: dropped{"view": 1}},
		"views":                 {touches: []attribution.Touch{{Kind: attribution.ByView, Link: "ada", At: placed.Add(-3 * time.Hour)}}, opts: &multitouch.OrderOptions{Views: true}, want: bought([]string{"ada"}, 3)},
		"codes come last":       {touches: []attribution.Touch{ago("bruno", 0), ago("ada", 1)}, opts: &multitouch.OrderOptions{Codes: true}, want: bought([]string{"ada", "bruno", "ada"}, 1, 0, 0)},
		"labels": {touches: []attribution.Touch{ago("bruno", 3), ago("ada", 2), ago("dario", 1)}, opts: &multitouch.OrderOptions{Label: func(c attribution.Candidate) string {
			return map[byline.CreatorID]string{"ada": "tiktok", "": "direct"}[c.Creator]
		}}, want: bought([]string{"tiktok", "direct"}, 2, 1), dropped: dropped{"unnamed": 1}},
		"what the order carries": {order: func(o *attribution.Order) { o.Touches = []attribution.Touch{ago("ada", 2)} }, want: bought([]string{"ada"}, 2)},
		"cancelled":              {touches: []attribution.Touch{ago("ada", 1)}, order: func(o *attribution.Order) { o.CancelledAt = placed }},
		"kept in part": {touches: []attribution.Touch{ago("ada", 1)}, order: func(o *attribution.Order) { o.Lines[0].Removed = 1 }, want: func() multitouch.Journey {
			j := bought([]string{"ada"}, 1)
			j.Value = byline.Minor(2125, byline.EUR)
			return j
		}()},
		"sold": {touches: []attribution.Touch{ago("ada", 1)}, order: func(o *attribution.Order) { o.Lines[0].Removed = 1 }, opts: &multitouch.OrderOptions{Sold: true}, want: bought([]string{"ada"}, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			order := demoOrder()
			if tt.order != nil {
				tt.order(&order)
			}
			touches := slices.Clone(tt.touches)
			got, err := multitouch.FromOrder(order, &attribution.History{Touches: touches}, tt.previous, demoDecider(t), tt.opts)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got.Journey); diff != "" {
				t.Errorf("journey mismatch (-want +got):\n%s", diff)
			}
			if tt.dropped == nil {
				tt.dropped = dropped{}
			}
			if diff := cmp.Diff(tt.dropped, got.Dropped); diff != "" {
				t.Errorf("dropped mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.touches, touches); diff != "" {
				t.Errorf("the caller's touches were changed:\n%s", diff)
			}
			j, err := multitouch.NewJourneys(nil)
			require.NoError(t, err)
			require.NoError(t, j.Add(got.Journey))
		})
	}
}

func TestFromVisits(t *testing.T) {
	t.Parallel()
	const day = 24
	null := func(path ...string) multitouch.Journey { return multitouch.Journey{Path: path, Nulls: 1} }
	for name, tt := range map[string]struct {
		visits multitouch.Visits
		opts   *multitouch.OrderOptions
		want   multitouch.LostJourneys
	}{
		"lost":                     {multitouch.Visits{Touches: []attribution.Touch{ago("bruno", 31*day), ago("ada", 40*day)}}, nil, multitouch.LostJourneys{Journeys: []multitouch.Journey{null("ada", "bruno")}}},
		"just lost":                {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 30*day)}}, nil, multitouch.LostJourneys{Journeys: []multitouch.Journey{null("ada")}}},
		"open":                     {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 31*day), ago("ada", 30*day-1)}}, nil, multitouch.LostJourneys{Open: 1}},
		"two journeys":             {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 50*day), ago("bruno", 40*day), ago("ada", 29*day)}}, &multitouch.OrderOptions{Inactivity: 10 * day * time.Hour}, multitouch.LostJourneys{Journeys: []multitouch.Journey{null("ada", "bruno"), null("ada")}}},
		"converted":                {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 50*day), ago("ada", 45*day)}, Orders: []time.Time{placed.AddDate(0, 0, -44)}}, nil, multitouch.LostJourneys{Converted: 1}},
		"lost after an order":      {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 50*day), ago("bruno", 43*day)}, Orders: []time.Time{placed.AddDate(0, 0, -44)}}, nil, multitouch.LostJourneys{Converted: 1, Journeys: []multitouch.Journey{null("bruno")}}},
		"an order much later":      {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 50*day)}, Orders: []time.Time{placed.AddDate(0, 0, -19)}}, nil, multitouch.LostJourneys{Journeys: []multitouch.Journey{null("ada")}}},
		"an order at the touch":    {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 50*day)}, Orders: []time.Time{placed.AddDate(0, 0, -50)}}, nil, multitouch.LostJourneys{Converted: 1}},
		"an order that is to come": {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 1)}, Orders: []time.Time{placed.AddDate(0, 0, 1)}}, nil, multitouch.LostJourneys{Open: 1}},
		"beyond the cut-off":       {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 31*day), ago("ada", -1)}}, nil, multitouch.LostJourneys{Journeys: []multitouch.Journey{null("ada")}, Dropped: map[attribution.Reason]int{"beyond_cut_off": 1}}},
		"at the cut-off":           {multitouch.Visits{Touches: []attribution.Touch{ago("ada", 0)}}, nil, multitouch.LostJourneys{Open: 1}},
		"nobody's":                 {multitouch.Visits{Touches: []attribution.Touch{ago("dario", 40*day)}}, nil, multitouch.LostJourneys{Dropped: map[attribution.Reason]int{"unknown": 1}}},
		"nothing":                  {multitouch.Visits{}, nil, multitouch.LostJourneys{}},
	} {
		tt.visits.CutOff = placed
		if tt.want.Dropped == nil {
			tt.want.Dropped = map[attribution.Reason]int{}
		}
		got, err := multitouch.FromVisits(tt.visits, demoDecider(t), tt.opts)
		require.NoError(t, err)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", name, diff)
		}
	}
}

// A visit is of one journey only: what leads to an order is in no lost journey, whatever
// the windows, and as many journeys were converted as orders had a touch.
func TestVisitsAndOrders(t *testing.T) {
	t.Parallel()
	decider := demoDecider(t)
	random := rand.New(rand.NewPCG(4, 2))
	for range 300 {
		opts := &multitouch.OrderOptions{Window: time.Duration(1+random.IntN(30)) * 24 * time.Hour}
		opts.Inactivity = opts.Window
		var visits multitouch.Visits
		for range random.IntN(8) {
			visits.Touches = append(visits.Touches, ago([]string{"ada", "bruno"}[random.IntN(2)], float64(24*random.IntN(58))))
		}
		days := random.Perm(58)[:random.IntN(4)]
		slices.Sort(days)
		slices.Reverse(days)
		for _, day := range days {
			visits.Orders = append(visits.Orders, placed.AddDate(0, 0, -day))
		}
		visits.CutOff = placed.Add(opts.Window)
		lost, err := multitouch.FromVisits(visits, decider, opts)
		require.NoError(t, err)
		converted, touched := 0, 0
		var previous time.Time
		for _, at := range visits.Orders {
			order := demoOrder()
			order.PlacedAt, order.UpdatedAt = at, at
			made, err := multitouch.FromOrder(order, &attribution.History{Touches: visits.Touches}, previous, decider, opts)
			require.NoError(t, err)
			previous = at
			if touched += len(made.Journey.Path); len(made.Journey.Path) > 0 {
				converted++
			}
		}
		for _, j := range lost.Journeys {
			touched += len(j.Path)
		}
		if lost.Open > 0 || lost.Converted != converted || touched > len(visits.Touches) {
			t.Fatalf("%d open, %d converted of %d, %d touches of %d: %+v", lost.Open, lost.Converted, converted, touched, len(visits.Touches), visits)
		}
	}
}

func TestOrderFaults(t *testing.T) {
	t.Parallel()
	bad := &multitouch.OrderOptions{Inactivity: -1}
	_, err := multitouch.FromOrder(demoOrder(), nil, time.Time{}, demoDecider(t), bad)
	if diff := cmp.Diff([]string{"window order_options.window"}, faultsOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	_, err = multitouch.FromVisits(multitouch.Visits{CutOff: placed}, demoDecider(t), bad)
	if diff := cmp.Diff([]string{"window order_options.window"}, faultsOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	_, err = multitouch.FromVisits(multitouch.Visits{}, demoDecider(t), nil)
	if diff := cmp.Diff([]string{"cut_off visits.cut_off"}, faultsOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// What a backend has decided and recorded becomes journeys: an order with the clicks
// before it, and a visitor who never bought.
func ExampleFromOrder() {
	at := time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)
	november := byline.Window{Start: at.AddDate(0, 0, -19), End: at.AddDate(0, 0, 10)}
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Link: "ada-autumn", Active: november},
		{Creator: "bruno", Campaign: "autumn", Link: "bruno-autumn", Active: november},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	decider, err := attribution.NewDecider(book, attribution.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	order := attribution.Order{
		ID: "shop:1001", PlacedAt: at, UpdatedAt: at, Payment: attribution.Paid, Currency: byline.EUR,
		Lines: []attribution.Line{{ID: "mug", Quantity: 2, Gross: byline.Minor(5000, byline.EUR)}},
	}
	clicks := []attribution.Touch{{Link: "bruno-autumn", At: at.Add(-time.Hour)}, {Link: "ada-autumn", At: at.Add(-48 * time.Hour)}}
	bought, err := multitouch.FromOrder(order, &attribution.History{Touches: clicks}, time.Time{}, decider, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(bought.Journey.Path, bought.Journey.Ages, bought.Journey.Value)

	visits := multitouch.Visits{Touches: clicks[:1], CutOff: at.AddDate(0, 0, 30)}
	lost, err := multitouch.FromVisits(visits, decider, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(lost.Journeys[0].Path, lost.Journeys[0].Nulls)
	// Output:
	// [ada bruno] [48h0m0s 1h0m0s] 50.00 EUR
	// [bruno] 1
}
