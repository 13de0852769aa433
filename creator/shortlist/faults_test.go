package shortlist_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/shortlist"
)

func faultsOf(err error) (list []string) {
	if all, ok := errors.AsType[*byline.ValidationError](err); ok {
		for _, f := range all.Fields {
			list = append(list, f.Path+" "+f.Code)
		}
	}
	return list
}

// six are plain candidates: ids a to f, prices 10 to 60 cents, outcomes 1 to 6.
func six() []shortlist.Candidate {
	var list []shortlist.Candidate
	for i, id := range []string{"ada", "bruno", "cleo", "dario", "emil", "fay"} {
		c := candidate(id, int64(10*(i+1)), float64(i+1))
		c.Tier = []string{"nano", "micro"}[i%2]
		c.Platform = byline.YouTube
		list = append(list, c)
	}
	return list
}

func sums(cents int64) shortlist.Request {
	return shortlist.Request{Objective: shortlist.ExpectedConversions, Budget: eur(cents)}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	low, high := 5.0, 4.0
	type input struct {
		cs []shortlist.Candidate
		r  shortlist.Request
		o  *shortlist.Options
	}
	tests := map[string]struct {
		change func(in *input)
		want   []string
	}{
		"the zero request": {func(in *input) { in.r = shortlist.Request{} }, []string{"objective request.objective", "budget request.budget"}},
		"debt":             {func(in *input) { in.r.Budget = eur(-1) }, []string{"budget request.budget"}},
		"min above max":    {func(in *input) { in.r.Min, in.r.Max = 3, 2 }, []string{"min request.count"}},
		"negative counts":  {func(in *input) { in.r.Min, in.r.Reserve = -1, -1 }, []string{"min request.count", "reserve request.count"}},
		"floors":           {func(in *input) { in.r.ScoreFloor, in.r.CoverageFloor = nan, -1 }, []string{"score_floor request.floor", "coverage_floor request.floor"}},
		"empty ids": {func(in *input) {
			in.r.Never, in.r.MustHave, in.r.Apart = []byline.CreatorID{""}, []byline.CreatorID{""}, [][2]byline.CreatorID{{"ada", ""}}
		}, []string{"never[0] request.creator", "must_have[0] request.creator", "apart[0] request.creator"}},
		"must and never":     {func(in *input) { in.r.Never, in.r.MustHave = []byline.CreatorID{"ada"}, []byline.CreatorID{"ada"} }, []string{"must_have[0] request.must_never"}},
		"apart from oneself": {func(in *input) { in.r.Apart = [][2]byline.CreatorID{{"ada", "ada"}} }, []string{"apart[0] request.apart"}},
		"quotas": {func(in *input) {
			in.r.Quotas = []shortlist.Quota{{Dimension: "size", Cap: byline.Minor(5, byline.USD)}, {Dimension: shortlist.Tier, Key: "nano", Min: 2, Max: 1}, {Dimension: shortlist.Tier, Key: "nano", Cap: eur(-1)}}
		}, []string{"quotas[0].dimension quota.dimension", "quotas[0].key quota.key", "quotas[0].cap quota.cap", "quotas[1].min quota.count", "quotas[2] quota.twice", "quotas[2].cap quota.cap"}},
		"options":             {func(in *input) { in.o = &shortlist.Options{Draws: -1} }, []string{"options options.count"}},
		"reach of nothing":    {func(in *input) { in.r.Objective = shortlist.UniqueReach }, []string{"objective request.coverage"}},
		"no id":               {func(in *input) { in.cs[1].CreatorID = "" }, []string{"candidates[1].creator_id candidate.creator"}},
		"twice":               {func(in *input) { in.cs[1].Key = in.cs[0].Key }, []string{"candidates[1] candidate.twice"}},
		"another currency":    {func(in *input) { in.cs[1].Price = byline.Minor(5, byline.USD) }, []string{"candidates[1].price candidate.currency"}},
		"a negative price":    {func(in *input) { in.cs[1].Price = eur(-5) }, []string{"candidates[1].price candidate.price"}},
		"half an interval":    {func(in *input) { in.cs[1].Outcome.Low = &low }, []string{"candidates[1].outcome candidate.outcome"}},
		"a turned interval":   {func(in *input) { in.cs[1].Outcome.Low, in.cs[1].Outcome.High = &low, &high }, []string{"candidates[1].outcome candidate.outcome"}},
		"an interval of NaN":  {func(in *input) { in.cs[1].Outcome.Low, in.cs[1].Outcome.High = &nan, &nan }, []string{"candidates[1].outcome candidate.outcome"}},
		"beyond the interval": {func(in *input) { in.cs[0].Outcome.Low, in.cs[0].Outcome.High = &high, &low }, []string{"candidates[0].outcome candidate.outcome"}},
		"an absurd outcome":   {func(in *input) { in.cs[1].Outcome.Value = byline.Known(1e300, "", day()) }, []string{"candidates[1].outcome candidate.outcome"}},
		"an unknown answer":   {func(in *input) { in.cs[1].Checks = []creator.Check{{State: "maybe"}} }, []string{"candidates[1].checks[0].state candidate.check"}},

		"a must-have nobody knows": {func(in *input) { in.r.MustHave = []byline.CreatorID{"zoe"} }, []string{"must_have[0] must.unknown"}},
		"a must-have who failed": {func(in *input) {
			in.r.MustHave = []byline.CreatorID{"ada"}
			in.cs[0].Checks = []creator.Check{{Code: "conflict.competitor", State: creator.Failed}}
		}, []string{"must_have[0] must.barred"}},
		"a must-have without a price": {func(in *input) {
			in.r.MustHave, in.cs[0].Price = []byline.CreatorID{"ada"}, byline.Money{}
		}, []string{"must_have[0] must.barred"}},
		"must-haves apart": {func(in *input) {
			in.r.MustHave, in.r.Apart = []byline.CreatorID{"ada", "bruno"}, [][2]byline.CreatorID{{"bruno", "ada"}}
		}, []string{"apart[0] must.apart"}},
		"too many must-haves": {func(in *input) {
			in.r.MustHave, in.r.Max = []byline.CreatorID{"ada", "bruno"}, 1
		}, []string{"must_have must.over_max"}},
		"dear must-haves": {func(in *input) {
			in.r.MustHave, in.r.Budget = []byline.CreatorID{"emil", "fay"}, eur(100)
		}, []string{"must_have must.over_budget"}},
		"more than there are": {func(in *input) { in.r.Min = 7 }, []string{"min request.few_candidates"}},
		"more than is paid":   {func(in *input) { in.r.Min, in.r.Budget = 5, eur(100) }, []string{"min request.min_over_budget"}},
		"a quota of few": {func(in *input) {
			in.r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 4}}
		}, []string{"quotas[0].min quota.few_candidates"}},
		"a quota above max": {func(in *input) {
			in.r.Quotas, in.r.Max = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 3}}, 2
		}, []string{"quotas[0].min quota.over_max"}},
		"a quota above its cap": {func(in *input) {
			in.r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 3, Cap: eur(80)}}
		}, []string{"quotas[0].min quota.over_budget"}},
		"two quotas above max": {func(in *input) {
			in.r.Max = 3
			in.r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 2}, {Dimension: shortlist.Tier, Key: "micro", Min: 2}}
		}, []string{"quotas quota.over_max"}},
		"two quotas above the budget": {func(in *input) {
			in.r.Budget = eur(90)
			in.r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 2}, {Dimension: shortlist.Tier, Key: "micro", Min: 2}}
		}, []string{"quotas quota.over_budget"}},
		"a tier and a market above max": {func(in *input) {
			for i := range in.cs {
				in.cs[i].Markets = []byline.Market{[]byline.Market{"DE", "FR"}[i%2]}
			}
			in.r.Max = 3
			in.r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 2}, {Dimension: shortlist.Market, Key: "FR", Min: 2}}
		}, []string{"max request.clash", "quotas[0].min request.clash", "quotas[1].min request.clash"}},
		"a must-have in a closed quota": {func(in *input) {
			in.r.MustHave = []byline.CreatorID{"ada", "cleo"}
			in.r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Max: 1}}
		}, []string{"quotas[0].max request.clash", "must_have[0] request.clash", "must_have[1] request.clash"}},
		"apart and a count": {func(in *input) {
			in.cs = in.cs[:2]
			in.r.Min, in.r.Apart = 2, [][2]byline.CreatorID{{"ada", "bruno"}}
		}, []string{"min request.clash", "apart request.clash"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := input{cs: six(), r: sums(1000)}
			tt.change(&in)
			_, err := shortlist.Choose(in.cs, in.r, in.o)
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("%v\n(-want +got):\n%s", err, diff)
			}
		})
	}
}

// TestMustHaveOnTwoPlatforms says one and the same of them, whichever comes first.
func TestMustHaveOnTwoPlatforms(t *testing.T) {
	t.Parallel()
	failed := func(on byline.Platform, code string) shortlist.Candidate {
		c := candidate("ada", 10, 1)
		c.Platform, c.Checks = on, []creator.Check{{Code: code, State: creator.Failed}}
		return c
	}
	r := sums(100)
	r.MustHave = []byline.CreatorID{"ada"}
	for _, cs := range [][]shortlist.Candidate{
		{failed(byline.YouTube, "b.b"), failed(byline.TikTok, "a.a"), {Key: shortlist.Key{CreatorID: "ada"}}},
		{{Key: shortlist.Key{CreatorID: "ada"}}, failed(byline.TikTok, "a.a"), failed(byline.YouTube, "b.b")},
	} {
		_, err := shortlist.Choose(cs, r, nil)
		require.EqualError(t, err, "must_have[0]: cannot be chosen: failed the check a.a")
	}
}

func FuzzRequest(f *testing.F) {
	seed := sums(300)
	seed.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 1, Max: 2, Cap: eur(50)}}
	seed.MustHave, seed.Never, seed.Apart = []byline.CreatorID{"ada"}, []byline.CreatorID{"fay"}, [][2]byline.CreatorID{{"bruno", "cleo"}}
	seed.Min, seed.Max, seed.Reserve = 1, 4, 2
	data, err := json.Marshal(seed)
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"objective":"orders","budget":{"amount":"7000","currency":"EUR"}}`))
	f.Add([]byte(`{"objective":"x","budget":{"amount":"9223372036854775807","currency":"JPY"},"min":1000000,"reserve":1000000}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var r shortlist.Request
		if json.Unmarshal(data, &r) != nil {
			return
		}
		cs := six()
		for i := range cs {
			cs[i].Price = byline.Minor(cs[i].Price.Minor(), r.Budget.Currency())
		}
		in := instance{candidates: cs, request: r}
		if r.Objective == shortlist.UniqueReach {
			in.sets = [][]uint64{{1}, {3}, {6}, {12}, {24}, {48}}
		}
		l, err := shortlist.Choose(cs, r, in.options())
		if err != nil {
			if !errors.Is(err, byline.ErrInvalid) {
				t.Error(err)
			}
			return
		}
		if broken := keeps(cs, picked(cs, l), r); broken != "" {
			t.Errorf("breaks %s", broken)
		}
		again, err := json.Marshal(l)
		require.NoError(t, err)
		var back shortlist.List
		require.NoError(t, json.Unmarshal(again, &back))
		if diff := cmp.Diff(l, back); diff != "" {
			t.Error(diff)
		}
	})
}
