package contracts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// Half of a minor unit is rounded away from zero, on both sides of it.
func TestQuoteRoundsHalfAwayFromZero(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		rate string
		to   byline.Currency
		from int64
		want int64
	}{
		"half of the first cent":   {"0.5", byline.USD, 1, 1},
		"half of the second":       {"1.5", byline.USD, 1, 2},
		"half of the third":        {"2.5", byline.USD, 1, 3},
		"half of the fifth":        {"0.5", byline.USD, 9, 5},
		"below":                    {"0.5", byline.USD, -1, -1},
		"half of the third below":  {"2.5", byline.USD, -1, -3},
		"less than half":           {"0.499999", byline.USD, 1, 0},
		"a currency without parts": {"50", byline.JPY, 5, 3},
		"a currency of thousands":  {"0.25", byline.KWD, 1, 3},
		"as it is":                 {"1", byline.USD, 7, 7},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q, err := contracts.NewQuote(byline.EUR, tt.to, decimal.RequireFromString(tt.rate), date(11, 20), "ecb")
			require.NoError(t, err)
			got, err := q.Convert(eur(tt.from))
			require.NoError(t, err)
			if want := byline.Minor(tt.want, tt.to); got != want {
				t.Errorf("%s at %s is %s, want %s", eur(tt.from), tt.rate, got, want)
			}
		})
	}
}

// What NewQuote makes, ParseQuote reads; an instant that cannot be written is refused.
func TestNewQuoteIsReadable(t *testing.T) {
	t.Parallel()
	for at, want := range map[time.Time][]fault{
		date(11, 20): nil,
		time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC): nil,
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC):               {{"at", "quote.time"}},
	} {
		q, err := contracts.NewQuote(byline.EUR, byline.USD, decimal.RequireFromString("1.08"), at, "ecb")
		if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", at, diff)
		}
		if err != nil {
			continue
		}
		back, err := contracts.ParseQuote(q.String())
		require.NoError(t, err)
		if back != q {
			t.Errorf("%+v reads as %+v", q, back)
		}
	}
}

// A rate that was not made by NewQuote is checked before it is pinned.
func TestEarnChecksARate(t *testing.T) {
	t.Parallel()
	a := paying(t, contracts.Pay{Currency: byline.USD, Percentages: tenPercent()})
	s := sell("shop:1", date(11, 10), good(10000))
	right := contracts.Quote{From: byline.EUR, To: byline.USD, Rate: "1.08", At: "2026-11-10T00:00:00Z", Source: "ecb"}
	tests := map[string]struct {
		change func(*contracts.Quote)
		want   []fault
	}{
		"right":                   {func(*contracts.Quote) {}, nil},
		"not an instant":          {func(q *contracts.Quote) { q.At = "2026-11-10" }, []fault{{"quote.at", "quote.time"}}},
		"a source of two words":   {func(q *contracts.Quote) { q.Source = "the bank" }, []fault{{"quote.source", "quote.source"}}},
		"a rate of nothing":       {func(q *contracts.Quote) { q.Rate = "0" }, []fault{{"quote.rate", "quote.rate"}}},
		"an exponent":             {func(q *contracts.Quote) { q.Rate = "1e9" }, []fault{{"quote.rate", "quote.rate"}}},
		"from another currency":   {func(q *contracts.Quote) { q.From = byline.GBP }, []fault{{"quote", "quote.currency"}}},
		"into another currency":   {func(q *contracts.Quote) { q.To = byline.GBP }, []fault{{"quote", "quote.currency"}}},
		"no currency and no time": {func(q *contracts.Quote) { q.To, q.At = "", "" }, []fault{{"quote.to", "currency"}, {"quote.at", "quote.time"}, {"quote", "quote.currency"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q, options := right, s.options(date(11, 10))
			tt.change(&q)
			options.Quote = func(byline.Currency, byline.Currency) (contracts.Quote, error) { return q, nil }
			_, err := a.Earn(s.decision, options)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// rated is a sale's options with a rate from euro.
func (s sale) rated(t *testing.T, rate string) *contracts.EarnOptions {
	t.Helper()
	options := s.options(date(11, 10))
	options.Quote = func(from, to byline.Currency) (contracts.Quote, error) {
		return contracts.NewQuote(from, to, decimal.RequireFromString(rate), date(11, 10), "ecb")
	}
	return options
}

// A pinned rate outlasts documents that say nothing of money, and holds only between its
// own currencies.
func TestEarnKeepsThePinnedRate(t *testing.T) {
	t.Parallel()
	r, err := contracts.NewRegister(paying(t, contracts.Pay{Currency: byline.USD, Percentages: tenPercent()}))
	require.NoError(t, err)
	s := sell("shop:1", date(11, 10), good(10000))
	first, err := r.Earn(s.decision, nil, s.rated(t, "1.10"))
	require.NoError(t, err)
	broken := s
	broken.decision.Standing, broken.decision.Sold, broken.decision.Earning = attribution.StandingInvalid, byline.Money{}, byline.Money{}
	broken.decision.Credits = []attribution.Credit{{Creator: "ada", Campaign: "autumn", Share: attribution.Share{Num: 1, Den: 1}}}
	second, err := r.Earn(broken.decision, first.Pins, s.rated(t, "1.20"))
	require.NoError(t, err)
	third, err := r.Earn(s.decision, second.Pins, s.rated(t, "1.30"))
	require.NoError(t, err)
	if diff := cmp.Diff(first, third); diff != "" {
		t.Errorf("after a document without money (-want +got):\n%s", diff)
	}
	pound, err := contracts.NewQuote(byline.EUR, byline.GBP, decimal.RequireFromString("0.8"), date(11, 9), "ecb")
	require.NoError(t, err)
	yen, err := contracts.NewQuote(byline.JPY, byline.USD, decimal.RequireFromString("0.007"), date(11, 9), "ecb")
	require.NoError(t, err)
	for _, other := range []contracts.Quote{pound, yen} {
		pins := []attribution.Pin{{Creator: "ada", Campaign: "autumn", Agreement: "ag-ada", Version: 1, FX: other.String()}}
		got, err := r.Earn(s.decision, pins, s.rated(t, "1.10"))
		require.NoError(t, err)
		if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("pinned %s (-want +got):\n%s", other, diff)
		}
	}
}

// A rate is asked for where money is converted, and what waits for it is something.
func TestEarnAsksForARateWhereMoneyIsConverted(t *testing.T) {
	t.Parallel()
	s := sell("shop:1", date(11, 10), good(10000))
	away := s.options(date(11, 10))
	away.Quote = func(byline.Currency, byline.Currency) (contracts.Quote, error) {
		return contracts.Quote{}, byline.ErrUnavailable
	}
	fixed := paying(t, contracts.Pay{Currency: byline.USD, PerConversions: []contracts.PerConversion{{ID: "order", Amount: byline.Minor(100, byline.USD)}}})
	lines, err := fixed.Earn(s.decision, away)
	require.NoError(t, err)
	if diff := cmp.Diff([]row{{Rule: "order", Amount: byline.Minor(100, byline.USD), Units: 1}}, rows(lines)); diff != "" {
		t.Errorf("a fixed amount (-want +got):\n%s", diff)
	}
	percent := paying(t, contracts.Pay{Currency: byline.USD, Percentages: tenPercent()})
	_, err = percent.Earn(s.decision, away)
	require.ErrorIs(t, err, byline.ErrUnavailable)
	for name, tt := range map[string]struct {
		sale    sale
		account contracts.Account
		reason  contracts.Reason
	}{
		"something":     {s, contracts.Held, contracts.ReasonNoQuote},
		"all came back": {s.standing(attribution.StandingRefunded), contracts.Payable, contracts.ReasonRefunded},
		"not paid for":  {s.standing(attribution.StandingUnpaid), contracts.Payable, contracts.ReasonUnpaid},
	} {
		lines, err := percent.Earn(tt.sale.decision, nil)
		require.NoError(t, err)
		if len(lines) != 1 || lines[0].Account != tt.account || lines[0].Reason != tt.reason {
			t.Errorf("%s, without a rate: %+v, want it on %q because %s", name, lines, tt.account, tt.reason)
		}
	}
}
