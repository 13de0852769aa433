package contracts_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

func usd(cents int64) byline.Money { return byline.Minor(cents, byline.USD) }

func TestDecideTax(t *testing.T) {
	t.Parallel()
	newYork := time.FixedZone("New York", -5*60*60)
	good := contracts.TaxQuestion{Payer: "US", Payee: "US", On: date(11, 30), Amount: usd(50000), PaidSoFar: usd(150000)}
	type answer struct {
		Outcome    contracts.TaxOutcome
		Why        contracts.TaxReason
		Reportable bool
		Withhold   byline.Money
	}
	tests := map[string]struct {
		change func(*contracts.TaxQuestion)
		want   answer
	}{
		"exactly at the threshold":      {func(*contracts.TaxQuestion) {}, answer{contracts.TaxFormNeeded, contracts.TaxNumberMissing, true, byline.Money{}}},
		"a cent below":                  {func(q *contracts.TaxQuestion) { q.Amount = usd(49999) }, answer{contracts.TaxNothingKnown, contracts.TaxBelowThreshold, false, byline.Money{}}},
		"with a number on file":         {func(q *contracts.TaxQuestion) { q.HasID = true }, answer{contracts.TaxNothingKnown, contracts.TaxNumberOnFile, true, byline.Money{}}},
		"pay and withhold":              {func(q *contracts.TaxQuestion) { q.PayWithoutID = true }, answer{contracts.TaxWithhold, contracts.TaxNumberMissing, true, usd(12000)}},
		"the whole payment, rounded":    {func(q *contracts.TaxQuestion) { q.PayWithoutID, q.Amount = true, usd(50002) }, answer{contracts.TaxWithhold, contracts.TaxNumberMissing, true, usd(12000)}},
		"half a cent goes up":           {func(q *contracts.TaxQuestion) { q.PayWithoutID, q.Amount = true, usd(51275) }, answer{contracts.TaxWithhold, contracts.TaxNumberMissing, true, usd(12306)}},
		"nothing before, all at once":   {func(q *contracts.TaxQuestion) { q.PaidSoFar, q.Amount = usd(0), usd(200000) }, answer{contracts.TaxFormNeeded, contracts.TaxNumberMissing, true, byline.Money{}}},
		"600 was the threshold in 2025": {func(q *contracts.TaxQuestion) { q.On, q.PaidSoFar = q.On.AddDate(-1, 0, 0), usd(10000) }, answer{contracts.TaxFormNeeded, contracts.TaxNumberMissing, true, byline.Money{}}},
		"the old year where one pays": {func(q *contracts.TaxQuestion) {
			q.On, q.PaidSoFar = time.Date(2025, 12, 31, 20, 0, 0, 0, newYork), usd(10000)
		}, answer{contracts.TaxFormNeeded, contracts.TaxNumberMissing, true, byline.Money{}}},
		"the new year": {func(q *contracts.TaxQuestion) {
			q.On, q.PaidSoFar = time.Date(2026, 1, 1, 0, 0, 0, 0, newYork), usd(10000)
		}, answer{contracts.TaxNothingKnown, contracts.TaxBelowThreshold, false, byline.Money{}}},
		"2027 is indexed":                   {func(q *contracts.TaxQuestion) { q.On = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) }, answer{contracts.TaxCannotDetermine, contracts.TaxYearUnknown, false, byline.Money{}}},
		"before the table":                  {func(q *contracts.TaxQuestion) { q.On = time.Date(2017, 12, 31, 0, 0, 0, 0, time.UTC) }, answer{contracts.TaxCannotDetermine, contracts.TaxYearUnknown, false, byline.Money{}}},
		"not known, and one more is enough": {func(q *contracts.TaxQuestion) { q.PaidSoFar, q.Amount = byline.Money{}, usd(200000) }, answer{contracts.TaxFormNeeded, contracts.TaxNumberMissing, true, byline.Money{}}},
		"not known, and a cent is missing":  {func(q *contracts.TaxQuestion) { q.PaidSoFar, q.Amount = byline.Money{}, usd(199999) }, answer{contracts.TaxCannotDetermine, contracts.TaxPaidUnknown, false, byline.Money{}}},
		"nobody knows what was paid":        {func(q *contracts.TaxQuestion) { q.PaidSoFar = byline.Money{} }, answer{contracts.TaxCannotDetermine, contracts.TaxPaidUnknown, false, byline.Money{}}},
		"paid in euros":                     {func(q *contracts.TaxQuestion) { q.Amount = eur(50000) }, answer{contracts.TaxCannotDetermine, contracts.TaxOtherCurrency, false, byline.Money{}}},
		"paid in euros before":              {func(q *contracts.TaxQuestion) { q.PaidSoFar = eur(50000) }, answer{contracts.TaxCannotDetermine, contracts.TaxOtherCurrency, false, byline.Money{}}},
		"a creator elsewhere":               {func(q *contracts.TaxQuestion) { q.Payee = "DE" }, answer{contracts.TaxCannotDetermine, contracts.TaxPayeeElsewhere, false, byline.Money{}}},
		"a creator who does not say where":  {func(q *contracts.TaxQuestion) { q.Payee = "" }, answer{contracts.TaxCannotDetermine, contracts.TaxPayeeUnknown, false, byline.Money{}}},
		"a payer who does not say where":    {func(q *contracts.TaxQuestion) { q.Payer = "" }, answer{contracts.TaxCannotDetermine, contracts.TaxPayerUnknown, false, byline.Money{}}},
		"a payer of whom nothing is known":  {func(q *contracts.TaxQuestion) { q.Payer = "DE" }, answer{contracts.TaxNothingKnown, contracts.TaxNoRule, false, byline.Money{}}},
		"more than money can hold":          {func(q *contracts.TaxQuestion) { q.Amount, q.PaidSoFar = usd(1<<62), usd(1<<62) }, answer{contracts.TaxCannotDetermine, contracts.TaxAmountUncertain, false, byline.Money{}}},
		"what came back earlier counts too": {func(q *contracts.TaxQuestion) { q.PaidSoFar = usd(-100) }, answer{contracts.TaxNothingKnown, contracts.TaxBelowThreshold, false, byline.Money{}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := good
			tt.change(&q)
			d := contracts.DecideTax(q, nil)
			if diff := cmp.Diff(tt.want, answer{d.Outcome, d.Why, d.Reportable, d.Withhold}); diff != "" {
				t.Errorf("decision (-want +got):\n%s", diff)
			}
			named := d.Why != contracts.TaxNoRule && d.Why != contracts.TaxYearUnknown && d.Why != contracts.TaxPayerUnknown
			if named != (len(d.Rules) == 1) {
				t.Errorf("rules %+v for %s", d.Rules, d.Why)
			}
		})
	}
}

// A caller who knows the index of a later year, or another law, brings it along.
func TestDecideTaxByAnotherTable(t *testing.T) {
	t.Parallel()
	later := contracts.TaxRule{
		Rule:      byline.Rule{ID: "us.2027", Market: "US", Effective: byline.Window{Start: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}},
		Threshold: usd(210000), Withhold: 24 * contracts.Percent,
	}
	q := contracts.TaxQuestion{Payer: "US", Payee: "US", On: time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC), Amount: usd(50000), PaidSoFar: usd(150000)}
	if d := contracts.DecideTax(q, append(contracts.TaxRules(), later)); d.Why != contracts.TaxBelowThreshold || d.Rules[0].ID != "us.2027" {
		t.Errorf("decision %+v", d)
	}
	if d := contracts.DecideTax(q, []contracts.TaxRule{}); d.Outcome != contracts.TaxNothingKnown {
		t.Errorf("an empty table knows something: %+v", d)
	}
}

// Every row has a source that can be looked at, and no day has two.
func TestTaxRules(t *testing.T) {
	t.Parallel()
	rules := contracts.TaxRules()
	for i, r := range rules {
		if r.Source == "" || r.ReadAt.IsZero() || r.Confidence == "" || r.Effective.Start.IsZero() || r.Effective.End.IsZero() || r.Threshold.Sign() <= 0 {
			t.Errorf("row %s is not complete", r.ID)
		}
		for _, other := range rules[:i] {
			if other.Market == r.Market && other.Effective.Overlaps(r.Effective) {
				t.Errorf("%s and %s hold on the same day", other.ID, r.ID)
			}
		}
	}
	data, err := json.Marshal(rules)
	require.NoError(t, err)
	var back []contracts.TaxRule
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(rules, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

// Nobody is paid in full because something is not known.
func TestProposeLeavesOutWhatTaxCannotTell(t *testing.T) {
	t.Parallel()
	unknown, form := []contracts.LeftReason{contracts.LeftTaxUnknown}, []contracts.LeftReason{contracts.LeftTaxForm}
	for name, tt := range map[string]struct {
		change func(*contracts.BatchTax, *contracts.Payee)
		want   []contracts.LeftReason
	}{
		"nobody said what was paid before": {func(tax *contracts.BatchTax, _ *contracts.Payee) { tax.PaidSoFar = nil }, form},
		"a market in small letters":        {func(_ *contracts.BatchTax, p *contracts.Payee) { p.Market = "us" }, []contracts.LeftReason{contracts.LeftFaultyPayee, contracts.LeftTaxUnknown}},
		"no market":                        {func(_ *contracts.BatchTax, p *contracts.Payee) { p.Market = "" }, unknown},
		"another market":                   {func(_ *contracts.BatchTax, p *contracts.Payee) { p.Market = "DE" }, unknown},
		"the year behind the table":        {func(tax *contracts.BatchTax, _ *contracts.Payee) { tax.On = tax.On.AddDate(1, 0, 0) }, unknown},
		"a batch without a day":            {func(tax *contracts.BatchTax, _ *contracts.Payee) { tax.On = time.Time{} }, unknown},
		"no payer":                         {func(tax *contracts.BatchTax, _ *contracts.Payee) { tax.Payer = "" }, unknown},
		"paid all the same":                {func(tax *contracts.BatchTax, p *contracts.Payee) { p.Market, tax.PayUndetermined = "DE", true }, nil},
		"a form is no matter of it":        {func(tax *contracts.BatchTax, _ *contracts.Payee) { tax.PayUndetermined = true }, form},
		"nothing left of it": {func(tax *contracts.BatchTax, _ *contracts.Payee) {
			tax.PayWithoutID, tax.Rules = true, contracts.TaxRules()
			tax.Rules[1].Withhold = 100 * contracts.Percent
		}, []contracts.LeftReason{contracts.LeftNothing}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tax := &contracts.BatchTax{Payer: "US", On: date(12, 1), PaidSoFar: map[byline.CreatorID]byline.Money{"ada": usd(0)}}
			p := contracts.Payee{Name: "Demo", Market: "US"}
			tt.change(tax, &p)
			b, err := contracts.Propose([]contracts.Balance{payable("ada", usd(5000_00))}, contracts.BatchOptions{
				ID: "b", By: "p", Rail: contracts.RailFile, Payees: map[byline.CreatorID]contracts.Payee{"ada": p}, Tax: tax,
			})
			require.NoError(t, err)
			var got []contracts.LeftReason
			for _, l := range b.LeftOut {
				got = l.Reasons
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || len(b.Items)+len(b.LeftOut) != 1 {
				t.Errorf("left out (-want +got):\n%s", diff)
			}
		})
	}
}

// What is under way counts, and a year begins where one pays.
func TestPaidInYear(t *testing.T) {
	t.Parallel()
	newYork := time.FixedZone("New York", -5*60*60)
	s := newCashbox(t, "ada", "bruno")
	pay := func(reference string, creator byline.CreatorID, cents int64, status contracts.PayoutStatus, at time.Time) {
		t.Helper()
		p := contracts.Payment{Reference: reference, Creator: creator, Amount: eur(cents), Withheld: eur(cents / 4), Status: status}
		_, err := contracts.PostPayout(t.Context(), attribution.NoTx{}, s.Ledger, p, at)
		require.NoError(t, err)
	}
	newYear := time.Date(2027, 1, 1, 0, 0, 0, 0, newYork)
	pay("old", "ada", 100, contracts.PayoutPaid, newYear.Add(-time.Microsecond))
	pay("between", "ada", 20, contracts.PayoutUnderWay, newYear.Add(-time.Hour))
	pay("between", "ada", 20, contracts.PayoutPaid, newYear.Add(time.Hour))
	pay("new", "ada", 3000, contracts.PayoutPaid, newYear)
	pay("under way", "ada", 400, contracts.PayoutUnderWay, newYear.AddDate(0, 1, 0))
	pay("later", "ada", 5000, contracts.PayoutPaid, newYear.AddDate(0, 2, 0))
	pay("another's", "bruno", 7000, contracts.PayoutPaid, newYear)
	for name, tt := range map[string]struct {
		on   time.Time
		zone *time.Location
		want byline.Money
	}{
		"the old year, with what is under way": {newYear.Add(-time.Microsecond), newYork, eur(120)},
		"posted at the instant":                {newYear.AddDate(0, 1, 0), newYork, eur(3420)},
		"before the next":                      {newYear.AddDate(0, 2, 0).Add(-time.Microsecond), newYork, eur(3420)},
		"all of the year":                      {newYear.AddDate(0, 6, 0), newYork, eur(8420)},
		"by Greenwich":                         {newYear.AddDate(0, 6, 0), nil, eur(8520)},
	} {
		got, err := contracts.PaidInYear(t.Context(), s.Ledger, "ada", byline.EUR, tt.on, tt.zone)
		require.NoError(t, err)
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
	got, err := contracts.PaidInYear(t.Context(), s.Ledger, "cleo", byline.USD, newYear, nil)
	require.NoError(t, err)
	if got != usd(0) {
		t.Errorf("nobody was paid %s", got)
	}
}
