package contracts_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func date(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

func eur(cents int64) byline.Money { return byline.Minor(cents, byline.EUR) }

func terms() contracts.Terms {
	return contracts.Terms{
		ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "autumn",
		Effective: byline.Window{Start: date(11, 1), End: date(12, 1)},
		Pay:       contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: eur(50000)}}, Percentages: []contracts.Percentage{{ID: "sales", Rate: 12 * contracts.Percent}}},
	}
}

func draft(t testing.TB, change func(*contracts.Terms)) *contracts.Agreement {
	t.Helper()
	agreed := terms()
	if change != nil {
		change(&agreed)
	}
	a, err := contracts.Draft(agreed)
	require.NoError(t, err)
	return a
}

type fault struct{ Path, Code string }

func faultsOf(err error) []fault {
	var faults []fault
	for _, f := range byline.Nest("", err) {
		faults = append(faults, fault{f.Path, f.Code})
	}
	return faults
}

func TestDraft(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*contracts.Terms)
		want   []fault
	}{
		"good":                     {func(*contracts.Terms) {}, nil},
		"a fee without commission": {func(a *contracts.Terms) { a.Pay.Percentages = nil }, nil},
		"a commission without fee": {func(a *contracts.Terms) { a.Pay.Fees = nil }, nil},
		"an open end":              {func(a *contracts.Terms) { a.Effective.End = time.Time{} }, nil},
		"all of it":                {func(a *contracts.Terms) { a.Pay.Percentages[0].Rate = contracts.Whole }, nil},
		"an open start":            {func(a *contracts.Terms) { a.Effective.Start = time.Time{} }, []fault{{"effective.start", "agreement.start"}}},
		"ends as it starts":        {func(a *contracts.Terms) { a.Effective.End = a.Effective.Start }, []fault{{"effective", "agreement.window_order"}}},
		"more than all":            {func(a *contracts.Terms) { a.Pay.Percentages[0].Rate = contracts.Whole + 1 }, []fault{{"pay.percentages[0].rate", "pay.rate"}}},
		"a negative commission":    {func(a *contracts.Terms) { a.Pay.Percentages[0].Rate = -1 }, []fault{{"pay.percentages[0].rate", "pay.rate"}}},
		"a negative fee":           {func(a *contracts.Terms) { a.Pay.Fees[0].Amount = eur(-1) }, []fault{{"pay.fees[0].amount", "pay.money"}}},
		"a fee in no currency":     {func(a *contracts.Terms) { a.Pay.Fees[0].Amount = byline.Minor(100, "") }, []fault{{"pay.fees[0].amount", "pay.money"}}},
		"a fee in another tongue":  {func(a *contracts.Terms) { a.Pay.Fees[0].Amount = byline.Minor(100, "eur") }, []fault{{"pay.fees[0].amount", "pay.money"}}},
		"a fee of minus nothing":   {func(a *contracts.Terms) { a.Pay.Fees[0].Amount = byline.Minor(-1, "") }, []fault{{"pay.fees[0].amount", "pay.money"}}},
		"nothing owed":             {func(a *contracts.Terms) { a.Pay = contracts.Pay{} }, []fault{{"pay", "agreement.nothing_owed"}}},
		"another base":             {func(a *contracts.Terms) { a.Pay.Percentages[0].Base = "gross" }, []fault{{"pay.percentages[0].base", "oneof"}}},
		"version zero":             {func(a *contracts.Terms) { a.Version = 0 }, []fault{{"version", "min"}}},
		"nothing at all": {func(a *contracts.Terms) { *a = contracts.Terms{} }, []fault{
			{"id", "required"}, {"version", "min"}, {"creator", "required"}, {"campaign", "required"},
			{"effective.start", "agreement.start"}, {"pay", "agreement.nothing_owed"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			agreed := terms()
			tt.change(&agreed)
			_, err := contracts.Draft(agreed)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAmend(t *testing.T) {
	t.Parallel()
	first := draft(t, nil)
	next := terms()
	next.Version, next.Pay.Percentages[0].Rate = 2, 15*contracts.Percent
	second, err := first.Amend(next)
	require.NoError(t, err)
	if got := second.Terms().Pay.Percentages[0].Rate; got != 15*contracts.Percent || first.Terms().Pay.Percentages[0].Rate != 12*contracts.Percent {
		t.Errorf("rates are %s and %s, want 12%% to stay and 15%% to follow", first.Terms().Pay.Percentages[0].Rate, got)
	}

	next.Version, next.Creator, next.Pay.Percentages[0].Rate = 4, "bruno", -1
	_, err = first.Amend(next)
	want := []fault{{"id", "agreement.parties"}, {"version", "agreement.version"}, {"pay.percentages[0].rate", "pay.rate"}}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestTermsRoundTrip(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(terms())
	require.NoError(t, err)
	var back contracts.Terms
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(terms(), back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s\n%s", diff, data)
	}
}

// An agreement is written as its terms, by value and by pointer.
func TestAgreementJSON(t *testing.T) {
	t.Parallel()
	a := draft(t, nil)
	want, err := json.Marshal(terms())
	require.NoError(t, err)
	for name, v := range map[string]any{"pointer": a, "value": *a} {
		got, err := json.Marshal(v)
		require.NoError(t, err)
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestRate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]contracts.Rate{
		"12%": 12 * contracts.Percent, "12.5%": 12*contracts.Percent + 50*contracts.BasisPoint, "0.0001%": 1, "100%": contracts.Whole, "-3%": -3 * contracts.Percent,
	} {
		var got contracts.Rate
		require.NoError(t, got.UnmarshalText([]byte(text)))
		if got != want || got.String() != text {
			t.Errorf("%s read as %d, written %s; want %d", text, got, got, want)
		}
	}
	for _, text := range []string{"", "%", "12", "12.5", "12,5%", "0.00001%", "1e2%", "+1%", "99999999999999999%", "NaN%"} {
		var got contracts.Rate
		require.ErrorIs(t, got.UnmarshalText([]byte(text)), byline.ErrInvalid, text)
	}
}

func FuzzRate(f *testing.F) {
	f.Add("12.5%")
	f.Add("-0.0001%")
	f.Fuzz(func(t *testing.T, text string) {
		var rate, again contracts.Rate
		if rate.UnmarshalText([]byte(text)) != nil {
			return
		}
		require.NoError(t, again.UnmarshalText([]byte(rate.String())))
		if rate != again {
			t.Errorf("%q is %d, written %s is %d", text, rate, rate, again)
		}
	})
}

func TestRegister(t *testing.T) {
	t.Parallel()
	first := draft(t, nil)
	second := draft(t, func(a *contracts.Terms) {
		a.Version, a.Effective.Start, a.Pay.Percentages[0].Rate = 2, date(11, 15), 15*contracts.Percent
	})
	other := draft(t, func(a *contracts.Terms) { a.ID, a.Effective = "ag-next", byline.Window{Start: date(12, 1)} })
	r, err := contracts.NewRegister(second, other, first)
	require.NoError(t, err)
	tests := map[string]struct {
		at      time.Time
		id      contracts.AgreementID
		version int
	}{
		"a moment before":             {date(11, 1).Add(-1), "", 0},
		"from the first instant":      {date(11, 1), "ag-ada", 1},
		"before the amendment":        {date(11, 15).Add(-1), "ag-ada", 1},
		"from the amendment":          {date(11, 15), "ag-ada", 2},
		"to the last instant":         {date(12, 1).Add(-1), "ag-ada", 2},
		"the end belongs to the next": {date(12, 1), "ag-next", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, ok := r.InForce("ada", "autumn", tt.at)
			if ok != (tt.id != "") {
				t.Fatalf("in force: %v", ok)
			}
			if ok && (a.Terms().ID != tt.id || a.Terms().Version != tt.version) {
				t.Errorf("%s version %d, want %s version %d", a.Terms().ID, a.Terms().Version, tt.id, tt.version)
			}
		})
	}
	for _, stranger := range []byline.CreatorID{"bruno", ""} {
		if _, ok := r.InForce(stranger, "autumn", date(11, 2)); ok {
			t.Errorf("%q has an agreement", stranger)
		}
	}
}

func TestRegisterFaults(t *testing.T) {
	t.Parallel()
	good := draft(t, nil)
	overlapping := draft(t, func(a *contracts.Terms) { a.ID = "ag-other" })
	another := func(change func(*contracts.Terms)) *contracts.Agreement {
		return draft(t, func(a *contracts.Terms) { a.Version = 2; change(a) })
	}
	tests := map[string]struct {
		agreements []*contracts.Agreement
		want       []fault
	}{
		"none":    {nil, nil},
		"nil":     {[]*contracts.Agreement{nil, good}, []fault{{"[0]", "required"}}},
		"zero":    {[]*contracts.Agreement{good, {}}, []fault{{"[1]", "required"}}},
		"overlap": {[]*contracts.Agreement{good, overlapping}, []fault{{"[1].effective", "register.overlap"}}},
		"all at once": {[]*contracts.Agreement{good, overlapping, draft(t, nil)},
			[]fault{{"[1].effective", "register.overlap"}, {"[2].version", "register.version_twice"}, {"[2].effective", "register.overlap"}}},
		"one id, two creators":  {[]*contracts.Agreement{good, another(func(a *contracts.Terms) { a.Creator = "bruno" })}, []fault{{"[1].id", "register.parties"}}},
		"one id, two campaigns": {[]*contracts.Agreement{good, another(func(a *contracts.Terms) { a.Campaign = "spring" })}, []fault{{"[1].id", "register.parties"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := contracts.NewRegister(tt.agreements...)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if (r == nil) != (len(tt.want) > 0) {
				t.Errorf("register %v beside error %v", r, err)
			}
		})
	}
}
