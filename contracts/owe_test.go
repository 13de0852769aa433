package contracts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// owes is what ada's agreement owes beside orders, in short.
func owes(t *testing.T, agreements []*contracts.Agreement, posted []contracts.Entry, p contracts.Progress, at time.Time) []string {
	t.Helper()
	r, err := contracts.NewRegister(agreements...)
	require.NoError(t, err)
	lines, err := r.Owed("ag-ada", posted, p, at)
	require.NoError(t, err)
	return accrued(lines)
}

func postedOn(at time.Time, of string) contracts.Progress {
	return contracts.Progress{Events: []contracts.Event{{Milestone: contracts.AtPosting, Of: of, At: at}}}
}

// Which version owes a fee, and whether it does.
func TestOwedFeeByTheVersionInForce(t *testing.T) {
	t.Parallel()
	fee := func(due contracts.Milestone, after int) contracts.Pay {
		return contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: eur(50000), Due: due, After: after}}}
	}
	none := contracts.Pay{Percentages: tenPercent()}
	atPosting, year := fee(contracts.AtPosting, 0), later(1, 1)
	tests := map[string]struct {
		versions []*contracts.Agreement
		posted   time.Time
		at       time.Time
		want     []string
	}{
		"of a version that is not in force yet": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), year, none), versionOf(t, 2, date(12, 1), year, atPosting)}, date(11, 15), date(12, 20), nil},
		"as the second version begins": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), year, atPosting), versionOf(t, 2, date(12, 1), year, atPosting)}, date(12, 1), date(12, 20), []string{"2 flat_fee fee payable 500.00 EUR fee_due"}},
		"a moment before it does": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), year, atPosting), versionOf(t, 2, date(12, 1), year, atPosting)}, date(12, 1).Add(-1), date(12, 20), []string{"1 flat_fee fee payable 500.00 EUR fee_due"}},
		"earned before an amendment without it": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), year, fee(contracts.AtPosting, 20)), versionOf(t, 2, date(11, 15), year, none)}, date(11, 2), date(12, 20), []string{"1 flat_fee fee payable 500.00 EUR fee_due"}},
		"before all terms": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 5), year, atPosting), versionOf(t, 2, date(12, 1), year, none)}, date(11, 2), date(12, 20), []string{"1 flat_fee fee payable 500.00 EUR fee_due"}},
		"before all terms, which an amendment has begin sooner": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 5), year, none), versionOf(t, 2, date(11, 3), year, atPosting)}, date(11, 2), date(12, 20), []string{"2 flat_fee fee payable 500.00 EUR fee_due"}},
		"after all terms": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), date(12, 1), none), versionOf(t, 2, date(11, 15), date(12, 1), atPosting)}, date(12, 2), date(12, 20), []string{"2 flat_fee fee payable 500.00 EUR fee_due"}},
		"in a gap, of the version before it": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), date(11, 10), atPosting), versionOf(t, 2, date(12, 1), year, none)}, date(11, 15), date(12, 20), []string{"1 flat_fee fee payable 500.00 EUR fee_due"}},
		"at the end of a version that another follows": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), date(12, 1), fee(contracts.AtEnd, 0)), versionOf(t, 2, date(12, 1), year, none)}, time.Time{}, date(12, 2), []string{"1 flat_fee fee payable 500.00 EUR fee_due"}},
		"at an end that an amendment has put off": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), date(12, 1), fee(contracts.AtEnd, 0)), versionOf(t, 2, date(11, 15), year, fee(contracts.AtEnd, 0))}, time.Time{}, date(12, 2), nil},
		"a moment before the end": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), date(12, 1), fee(contracts.AtEnd, 0))}, time.Time{}, date(12, 1).Add(-1), nil},
		"at the end of terms without one": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), time.Time{}, fee(contracts.AtEnd, 0))}, time.Time{}, later(12, 1), nil},
		"never signed": {
			[]*contracts.Agreement{versionOf(t, 1, date(11, 1), time.Time{}, fee(contracts.AtSigning, 0))}, time.Time{}, later(12, 1), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, owes(t, tt.versions, nil, postedOn(tt.posted, ""), tt.at)); diff != "" {
				t.Errorf("owed (-want +got):\n%s", diff)
			}
		})
	}
}

// An event is of what it names; of several the first counts.
func TestOwedByTheFirstEventOfItsKind(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{
		Fees: []contracts.Fee{{ID: "any", Amount: eur(100), Due: contracts.AtReceipt, After: 5}},
		Gifts: []contracts.Gift{{ID: "lamp", Value: eur(100), Due: contracts.AtReceipt, Of: "lamp"}, {ID: "sofa", Value: eur(99900), Due: contracts.AtReceipt, Of: "sofa"},
			{ID: "box", Value: eur(5), Due: contracts.AtReceipt}},
	}
	p := contracts.Progress{Events: []contracts.Event{
		{Milestone: contracts.AtReceipt, Of: "sofa"}, {Milestone: contracts.AtReceipt, Of: "lamp", At: date(11, 9)}, {Milestone: contracts.AtReceipt, Of: "lamp", At: date(11, 2)},
		{Milestone: contracts.AtReceipt, Of: "lamp", At: date(11, 20)}, {Milestone: contracts.AtDelivery, Of: "sofa", At: date(11, 2)},
	}}
	want := []string{"1 flat_fee any payable 1.00 EUR fee_due", "1 gift box in_kind 0.05 EUR gift_given", "1 gift lamp in_kind 1.00 EUR gift_given"}
	if diff := cmp.Diff(want, owes(t, []*contracts.Agreement{paying(t, pay)}, nil, p, date(11, 7))); diff != "" {
		t.Errorf("owed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[1:], owes(t, []*contracts.Agreement{paying(t, pay)}, nil, p, date(11, 7).Add(-1))); diff != "" {
		t.Errorf("a moment before (-want +got):\n%s", diff)
	}
}

// Days after a milestone are days of the agreement's calendar, which are not always 24
// hours long.
func TestOwedDaysAreOfTheZone(t *testing.T) {
	t.Parallel()
	a := draft(t, func(a *contracts.Terms) {
		a.Zone, a.Effective = "Europe/Berlin", byline.Window{Start: date(10, 1)}
		a.Pay = contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: eur(100), Due: contracts.AtPosting, After: 1}}}
	})
	noon := time.Date(2026, 10, 24, 10, 0, 0, 0, time.UTC) // the clocks go back in the night
	for after, want := range map[time.Duration]int{24 * time.Hour: 0, 25*time.Hour - 1: 0, 25 * time.Hour: 1} {
		if got := owes(t, []*contracts.Agreement{a}, nil, postedOn(noon, ""), noon.Add(after)); len(got) != want {
			t.Errorf("%s after the posting: %v, want %d fees", after, got, want)
		}
	}
}

// Work that was done when the rest was called off is paid for, whenever the fee is due.
func TestOwedWhereTheWorkIsCalledOff(t *testing.T) {
	t.Parallel()
	a := paying(t, contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: eur(50000), Due: contracts.AtPosting, After: 20}}})
	cancelled := date(11, 10)
	for posted, want := range map[time.Time]int{cancelled.Add(-1): 1, cancelled: 1, cancelled.Add(1): 0} {
		p := postedOn(posted, "")
		p.Cancelled = &contracts.Cancellation{Stage: contracts.StageDelivered, At: cancelled}
		if got := owes(t, []*contracts.Agreement{a}, nil, p, date(12, 20)); len(got) != want {
			t.Errorf("posted %s, called off %s: %v, want %d fees", posted, cancelled, got, want)
		}
	}
}

func TestOwedKillFeeByVersion(t *testing.T) {
	t.Parallel()
	kill := func(version int, start time.Time, signed time.Time, fees ...contracts.Fee) *contracts.Agreement {
		return draft(t, func(a *contracts.Terms) {
			a.Version, a.Effective, a.SignedAt = version, byline.Window{Start: start, End: later(1, 1)}, signed
			a.Pay = contracts.Pay{Percentages: tenPercent(), Fees: fees}
			a.Clauses.KillFees = []contracts.KillFee{{Stage: contracts.StageSigned, Rate: 50 * contracts.Percent}}
		})
	}
	november, december := contracts.Fee{ID: "november", Amount: eur(10000)}, contracts.Fee{ID: "december", Amount: eur(20000), Due: contracts.AtPosting}
	tests := map[string]struct {
		versions  []*contracts.Agreement
		stage     contracts.Stage
		cancelled time.Time
		want      []string
	}{
		"less no fee that another version names": {
			[]*contracts.Agreement{kill(1, date(11, 1), time.Time{}, november), kill(2, date(12, 1), time.Time{}, december)}, contracts.StageSigned, date(12, 5),
			[]string{"1 flat_fee november payable 100.00 EUR fee_due", "2 kill_fee signed payable 100.00 EUR called_off"}},
		"less the fee that is owed, and never below nothing": {
			[]*contracts.Agreement{kill(1, date(11, 1), time.Time{}, november)}, contracts.StageSigned, date(11, 5),
			[]string{"1 flat_fee november payable 100.00 EUR fee_due", "1 kill_fee signed payable 0.00 EUR called_off"}},
		"called off before the terms hold": {
			[]*contracts.Agreement{kill(1, date(11, 1), date(10, 1), december)}, contracts.StageSigned, date(10, 20),
			[]string{"1 kill_fee signed payable 100.00 EUR called_off"}},
		"at the instant that is asked for": {
			[]*contracts.Agreement{kill(1, date(11, 1), time.Time{}, december)}, contracts.StageSigned, date(12, 6),
			[]string{"1 kill_fee signed payable 100.00 EUR called_off"}},
		"later than is asked for": {
			[]*contracts.Agreement{kill(1, date(11, 1), time.Time{}, december)}, contracts.StageSigned, date(12, 6).Add(1), nil},
		"no fees":                  {[]*contracts.Agreement{kill(1, date(11, 1), time.Time{})}, contracts.StageSigned, date(11, 5), nil},
		"a stage without kill fee": {[]*contracts.Agreement{kill(1, date(11, 1), time.Time{}, december)}, contracts.StageProduced, date(11, 5), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := contracts.Progress{Cancelled: &contracts.Cancellation{Stage: tt.stage, At: tt.cancelled}}
			if diff := cmp.Diff(tt.want, owes(t, tt.versions, nil, p, date(12, 6))); diff != "" {
				t.Errorf("owed (-want +got):\n%s", diff)
			}
		})
	}
}

// What is posted stays as it is. What was posted and taken back is not.
func TestOwedKeepsWhatIsPosted(t *testing.T) {
	t.Parallel()
	a := paying(t, contracts.Pay{
		Fees:  []contracts.Fee{{ID: "fee", Amount: eur(50000)}, {ID: "second", Amount: eur(100), Due: contracts.AtPosting}},
		Gifts: []contracts.Gift{{ID: "box", Value: eur(700)}},
	})
	line := func(kind contracts.Kind, rule string, amount int64) contracts.Line {
		l := contracts.Line{Creator: "ada", Campaign: "autumn", Agreement: "ag-ada", Version: 1, Kind: kind, Rule: rule, Amount: eur(amount), Reason: contracts.ReasonFeeDue}
		if kind == contracts.GiftInKind {
			l.Account = contracts.InKind
		}
		return l
	}
	posted := func(lines ...contracts.Line) []contracts.Entry {
		var entries []contracts.Entry
		for i, l := range lines {
			entries = append(entries, contracts.Entry{Subject: contracts.ForAgreement("ag-ada"), Revision: i + 1, PostedAt: date(11, 1), Line: l})
		}
		return entries
	}
	box := "1 gift box in_kind 7.00 EUR gift_given"
	tests := map[string]struct {
		posted []contracts.Entry
		want   []string
	}{
		"nothing":                      {nil, []string{"1 flat_fee fee payable 500.00 EUR fee_due", box}},
		"another amount":               {posted(line(contracts.FlatFee, "fee", 40000)), []string{"1 flat_fee fee payable 400.00 EUR fee_due", box}},
		"taken back":                   {posted(line(contracts.FlatFee, "fee", 40000), line(contracts.FlatFee, "fee", -40000)), []string{"1 flat_fee fee payable 500.00 EUR fee_due", box}},
		"a gift of another value":      {posted(line(contracts.GiftInKind, "box", 600)), []string{"1 gift box in_kind 6.00 EUR fee_due", "1 flat_fee fee payable 500.00 EUR fee_due"}},
		"a fee that is not agreed now": {posted(line(contracts.FlatFee, "old", 5)), []string{"1 flat_fee old payable 0.05 EUR fee_due", "1 flat_fee fee payable 500.00 EUR fee_due", box}},
		"when a fee had no id":         {posted(line(contracts.FlatFee, "", 50000)), []string{"1 flat_fee  payable 500.00 EUR fee_due", box}},
		"a kill fee":                   {posted(line(contracts.KillFeePay, "signed", 9)), []string{"1 flat_fee fee payable 500.00 EUR fee_due", box}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, owes(t, []*contracts.Agreement{a}, tt.posted, contracts.Progress{}, date(11, 2))); diff != "" {
				t.Errorf("owed (-want +got):\n%s", diff)
			}
		})
	}
	early := posted(line(contracts.FlatFee, "", 50000))
	if diff := cmp.Diff([]string{"1 flat_fee second payable 1.00 EUR fee_due"}, owes(t, []*contracts.Agreement{a}, early, postedOn(date(11, 2), ""), date(11, 2))[1:2]); diff != "" {
		t.Errorf("a milestone's fee, beside one from when fees had no id (-want +got):\n%s", diff)
	}
}

// Each count is priced once, whatever versions were in force when it was taken.
func TestOwedMeasuredPayOverVersions(t *testing.T) {
	t.Parallel()
	pay := contracts.Pay{Metered: []contracts.Metered{{ID: "views", Metric: contracts.Views, Amount: eur(1), Per: 1}}}
	limited := contracts.Pay{Metered: []contracts.Metered{{ID: "views", Metric: contracts.Views, Amount: eur(1), Per: 1, AtMost: 1000}}}
	of := func(pay contracts.Pay, starts ...time.Time) []*contracts.Agreement {
		var all []*contracts.Agreement
		for i, start := range starts {
			all = append(all, versionOf(t, i+1, start, date(12, 1), pay))
		}
		return all
	}
	views := func(count int64, at time.Time) contracts.Reading {
		return contracts.Reading{Metric: contracts.Views, Count: count, At: at}
	}
	tests := map[string]struct {
		versions []*contracts.Agreement
		readings []contracts.Reading
		want     int64
	}{
		"versions that overlap":                   {of(pay, date(11, 1), date(11, 20), date(11, 10)), []contracts.Reading{views(100, date(11, 15))}, 100},
		"corrected downwards and up again":        {of(pay, date(11, 1), date(11, 10), date(11, 20)), []contracts.Reading{views(1000, date(11, 5)), views(200, date(11, 15)), views(1000, date(11, 25))}, 1000},
		"before the terms, by the first":          {of(pay, date(11, 1), date(11, 10)), []contracts.Reading{views(70, date(10, 5))}, 70},
		"an amendment has limits of its own":      {of(limited, date(11, 1), date(11, 15)), []contracts.Reading{views(5000, date(11, 10)), views(9000, date(11, 20))}, 2000},
		"after the terms, as long as counts come": {of(pay, date(11, 1)), []contracts.Reading{views(70, date(12, 5))}, 70},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newTill(t, tt.versions...)
			c.progress.Readings = tt.readings
			c.accrue(date(12, 25))
			c.shows(name, 0, tt.want)
		})
	}
}

// A fee that was posted before fees had ids is not owed again.
func TestAFeeFromBeforeIDsIsOwedOnce(t *testing.T) {
	t.Parallel()
	c := newTill(t, draft(t, nil))
	old := contracts.Entry{Subject: contracts.ForAgreement("ag-ada"), Revision: 1, PostedAt: date(11, 1),
		Line: contracts.Line{Creator: "ada", Campaign: "autumn", Agreement: "ag-ada", Version: 1, Kind: contracts.FlatFee, Amount: eur(50000), Reason: contracts.ReasonFeeDue}}
	require.NoError(t, c.Append(t.Context(), attribution.NoTx{}, []contracts.Entry{old}))
	c.accrue(date(11, 2))
	c.shows("one fee", 0, 50000)
}
