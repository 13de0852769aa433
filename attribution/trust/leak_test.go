package trust_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

func review(t *testing.T, uses []trust.Use, o *trust.Options) trust.Report {
	t.Helper()
	reports, err := trust.Review(uses, o)
	require.NoError(t, err)
	require.Len(t, reports, 1)
	return reports[0]
}

// Codes without a leak, of audiences of all kinds: the share of false reports stays
// below the bound, with four standard deviations of room for the simulation itself.
func TestFalseReportsAreBounded(t *testing.T) {
	t.Parallel()
	const codes, uses, chance = 2000, 300, 0.02
	random := rand.New(rand.NewPCG(11, 12))
	alarms := 0
	for seed := range uint64(codes) {
		w := world{noClick: random.Float64(), coupon: random.Float64() / 3, returning: random.Float64(), abroad: random.Float64(), perDay: 1 + 30*random.Float64(), elsewhere: leaked().elsewhere}
		if review(t, simulate(seed, uses, uses, w, w), &trust.Options{Chance: chance}).Verdict == trust.Leaking {
			alarms++
		}
	}
	most := codes*chance + 4*math.Sqrt(codes*chance)
	if t.Logf("%d of %d codes reported, the bound is %.0f", alarms, codes, codes*chance); float64(alarms) > most {
		t.Errorf("%d of %d codes are reported without a leak, want %.0f at most", alarms, codes, most)
	}
}

// The same where the bound is nearly used up: what is normal is stated exactly.
func TestFalseReportsAreBoundedAtTheCeiling(t *testing.T) {
	t.Parallel()
	const codes, uses, chance = 2000, 300, 0.2
	alarms := 0
	o := &trust.Options{Chance: chance, Opens: []trust.Reason{trust.NoClick}, Baselines: []trust.Baseline{{Code: "ada15", Creator: "ada", Sign: trust.NoClick, Ceiling: 0.2}}}
	for seed := range uint64(codes) {
		if review(t, simulate(seed, uses, uses, honest(), honest()), o).Verdict == trust.Leaking {
			alarms++
		}
	}
	if t.Logf("%d of %d codes reported, the bound is %.0f", alarms, codes, codes*chance); alarms > codes*chance || alarms == 0 {
		t.Errorf("%d of %d codes are reported, want some and %.0f at most", alarms, codes, codes*chance)
	}
}

// A leak at the 200th use: the share without a click goes from 20 % to 85 %, and four
// times as many uses come in a day.
func TestLeakIsFound(t *testing.T) {
	t.Parallel()
	const codes, change = 300, 200
	var delays, errors []int
	for seed := range uint64(codes) {
		uses := simulate(seed, 400, change, honest(), leaked())
		m, err := trust.NewMonitor(nil)
		require.NoError(t, err)
		for i, u := range uses {
			opened, err := m.Add(u)
			require.NoError(t, err)
			if !opened {
				continue
			}
			if i < change {
				t.Errorf("seed %d: reported at use %d, before the leak", seed, i)
			}
			delays = append(delays, i-change)
			since := m.Report("ADA15", "ada").Leak.Since
			errors = append(errors, slices.IndexFunc(uses, func(u trust.Use) bool { return !u.At.Before(since) })-change)
		}
	}
	require.Len(t, delays, codes, "every leak is found, once")
	slices.Sort(delays)
	slices.Sort(errors)
	at := func(sorted []int, percent int) int { return sorted[len(sorted)*percent/100] }
	t.Logf("found after %d uses, 95%% within %d, all within %d; its start is off by %d to %d, in 90%% by %d to %d",
		at(delays, 50), at(delays, 95), delays[codes-1], errors[0], errors[codes-1], at(errors, 5), at(errors, 95))
	if at(delays, 50) > 35 || at(delays, 95) > 70 || delays[codes-1] > 150 {
		t.Errorf("found after %d uses, 95%% within %d, all within %d; want 35, 70 and 150", at(delays, 50), at(delays, 95), delays[codes-1])
	}
	if at(errors, 5) < -15 || at(errors, 95) > 15 {
		t.Errorf("the start is off by %d to %d uses in 90%%, want 15 at most", at(errors, 5), at(errors, 95))
	}
}

func TestLeakReport(t *testing.T) {
	t.Parallel()
	uses := simulate(3, 1600, 600, honest(), leaked())
	r := review(t, uses, nil)
	require.Equal(t, trust.Leaking, r.Verdict)
	var since []trust.Use
	for _, u := range uses {
		if !u.At.Before(r.Leak.Since) {
			since = append(since, u)
		}
	}
	want := []byline.Money{byline.Minor(4000*int64(len(since)), byline.EUR)}
	if diff := cmp.Diff(want, r.Leak.Amounts); diff != "" || r.Leak.Orders != int64(len(since)) {
		t.Errorf("%d orders, want %d; amounts (-want +got):\n%s", r.Leak.Orders, len(since), diff)
	}
	if r.Leak.Since.Location() != time.UTC {
		t.Error("times of reports are in UTC")
	}
	var reasons []trust.Reason
	for _, e := range r.Leak.Evidence {
		reasons = append(reasons, e.Reason)
		if e.State != trust.Risen || e.Strength < 100 || e.Chance > 0.011 || e.Now.Of == 0 || e.Since.IsZero() {
			t.Errorf("not risen: %+v", e)
		}
	}
	if diff := cmp.Diff([]trust.Reason{trust.NoClick, trust.CouponReferrer, trust.ReturningCustomers, trust.NewRegions, trust.BusyDays, trust.JustSeen}, reasons); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
	// 85 % without a click, of which some 45 % would pass for normal: about 70 of 100.
	if r.Leak.Score < 55 || r.Leak.Score > 82 {
		t.Errorf("score %d", r.Leak.Score)
	}
}

func TestLeakSignal(t *testing.T) {
	t.Parallel()
	uses := simulate(3, 400, 200, honest(), leaked())
	r := review(t, uses, nil)
	if _, ok := r.Signal(r.Leak.Since.Add(-1)); ok {
		t.Error("an order from before the leak is in doubt")
	}
	s, ok := r.Signal(r.Leak.Since)
	want := attribution.Signal{Code: "leak", Creator: "ada", Evidence: "ADA15", Score: r.Leak.Score, Message: s.Message}
	if diff := cmp.Diff(want, s); diff != "" || !ok || s.Message == "" {
		t.Errorf("signal %v (-want +got):\n%s", ok, diff)
	}
	if s, ok := review(t, uses[:60], nil).Signal(r.Leak.Since); ok {
		t.Errorf("a signal without a leak: %+v", s)
	}
}

// Orders reach a shop's listener in any order and more than once.
func TestReviewOfAnyOrder(t *testing.T) {
	t.Parallel()
	uses := simulate(5, 400, 200, honest(), leaked())
	want := review(t, uses, nil)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		shuffled := append(slices.Clone(uses), uses[:100]...)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(want, review(t, shuffled, nil)); diff != "" {
			t.Fatalf("shuffled (-want +got):\n%s", diff)
		}
	}
	contradicting := slices.Clone(uses[:60])
	for i, u := range uses[:60] {
		u.Click, u.Region = trust.No, "FR"
		contradicting = append(contradicting, u)
		contradicting[i].Click = trust.Yes
	}
	once := review(t, contradicting, nil)
	slices.Reverse(contradicting)
	if diff := cmp.Diff(once, review(t, contradicting, nil)); diff != "" {
		t.Errorf("of two accounts of one use the first in the input wins (-want +got):\n%s", diff)
	}
}

func TestTooFewUses(t *testing.T) {
	t.Parallel()
	everyone := world{noClick: 1, coupon: 1, perDay: 50}
	r := review(t, simulate(1, 49, 0, honest(), everyone), nil)
	if r.Verdict != trust.TooFewUses || r.Leak != nil {
		t.Errorf("%s of 49 uses", r.Verdict)
	}
	const want = "too few uses to know how many are without a click: 49 of the 50 that it takes"
	if got := r.Signs[0]; got.State != trust.Learning || got.Message != want || got.Chance != 1 {
		t.Errorf("%+v", got)
	}
	m, err := trust.NewMonitor(nil)
	require.NoError(t, err)
	if got := m.Report("ADA15", "ada"); got.Verdict != trust.TooFewUses || got.Uses != 0 || len(got.Signs) != 7 {
		t.Errorf("of a code without uses: %+v", got)
	}
}

// What nobody knows is no answer: a shop without click tracking never sees a leak.
func TestUnknownIsNotCounted(t *testing.T) {
	t.Parallel()
	uses := simulate(1, 400, 200, honest(), leaked())
	for i := range uses {
		uses[i].Click, uses[i].Coupon, uses[i].Customer, uses[i].Region = "", "", "", ""
	}
	r := review(t, uses, nil)
	if r.Verdict != trust.TooFewUses || r.Signs[0].Baseline != (trust.Tally{}) {
		t.Errorf("%+v", r)
	}
}

func TestNoRoomForARise(t *testing.T) {
	t.Parallel()
	typed := world{noClick: 0.97, coupon: 0, perDay: 8}
	uses := simulate(1, 300, 300, typed, typed)
	for i := range uses {
		uses[i].Coupon = trust.Unknown
	}
	r := review(t, uses, nil)
	if r.Verdict != trust.CannotTell || r.Signs[0].State != trust.NoRoom {
		t.Errorf("%s, %+v", r.Verdict, r.Signs[0])
	}
	const want = "47 of the first 50 uses were without a click: too many to show a rise"
	if got := r.Signs[0].Message; got != want {
		t.Errorf("%q", got)
	}
}

// A code that leaked before anybody looked has no honest baseline; one can be stated.
func TestStatedBaseline(t *testing.T) {
	t.Parallel()
	uses := simulate(1, 45, 0, honest(), leaked())
	if r := review(t, uses, nil); r.Verdict == trust.Leaking {
		t.Error("leaking by its own baseline, which is of the leak")
	}
	r := review(t, uses, &trust.Options{Baselines: []trust.Baseline{{Code: " ada15", Creator: "ada", Sign: trust.NoClick, Ceiling: 0.4}}})
	if r.Verdict != trust.Leaking || r.Signs[0].Baseline != (trust.Tally{}) || r.Signs[0].Ceiling != 0.4 {
		t.Errorf("%s, %+v", r.Verdict, r.Signs[0])
	}
	const want = "since 2 Mar 2026 01:44 UTC, 39 of 44 uses (89%) were without a click; 40% at most is stated as normal"
	if got := r.Signs[0].Message; got != want {
		t.Errorf("%q", got)
	}
}

// A post brings ten times the usual uses for two days, mostly clicks. That is what codes
// are for.
func TestBurstIsNoLeak(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		uses := simulate(seed, 700, 700, honest(), honest())
		burst := honest()
		burst.perDay = 100
		at := uses[len(uses)-1].At
		for i, u := range simulate(seed+1000, 200, 0, honest(), burst) {
			u.Order = byline.OrderID("burst:" + string(u.Order))
			u.At, u.FirstSeen = at.Add(u.At.Sub(start)+time.Duration(i+1)), time.Time{}
			uses = append(uses, u)
		}
		r := review(t, uses, nil)
		if busy := r.Signs[5]; r.Verdict != trust.NothingYet || busy.State != trust.Watching || busy.Now.Hits < 1 {
			t.Errorf("seed %d: %s, %+v", seed, r.Verdict, busy)
		}
	}
}

// Signs that support cannot open a leak, unless the caller says so.
func TestSupportDoesNotOpen(t *testing.T) {
	t.Parallel()
	moved := honest()
	moved.perDay, moved.abroad, moved.returning, moved.elsewhere, moved.justSeen = 60, 0.9, 0.9, leaked().elsewhere, 0.9
	uses := simulate(2, 1600, 400, honest(), moved)
	r := review(t, uses, nil)
	if r.Verdict != trust.NothingYet {
		t.Errorf("%s", r.Verdict)
	}
	for _, s := range r.Signs[2:] {
		if want := s.Reason != trust.NewCustomers; (s.State == trust.Risen) != want || s.Opens {
			t.Errorf("%+v", s)
		}
	}
	for _, sign := range []trust.Reason{trust.ReturningCustomers, trust.NewRegions, trust.BusyDays, trust.JustSeen} {
		r := review(t, uses, &trust.Options{Opens: []trust.Reason{sign}})
		if r.Verdict != trust.Leaking || len(r.Leak.Evidence) != 4 || r.Leak.Evidence[0].Reason != sign || !r.Leak.Evidence[0].Opens {
			t.Errorf("%s: %s, %+v", sign, r.Verdict, r.Leak)
		}
		if r.Leak.Orders < 1000 || r.Leak.Orders > 1300 || r.Leak.Amounts[0].Minor() != 4000*r.Leak.Orders {
			t.Errorf("%s: %d orders, %v", sign, r.Leak.Orders, r.Leak.Amounts)
		}
	}
	fewer := honest()
	fewer.returning = 0
	before := honest()
	before.returning = 0.8
	if r := review(t, simulate(2, 800, 400, before, fewer), nil); r.Signs[3].State != trust.Risen {
		t.Errorf("all customers are new: %+v", r.Signs[3])
	}
}

// A leak that is over does not close by itself, and its score tells of all since.
func TestLeakStaysReported(t *testing.T) {
	t.Parallel()
	uses := simulate(4, 1200, 200, honest(), leaked())
	calm := simulate(5, 1200, 0, honest(), honest())
	for i := 300; i < len(uses); i++ {
		uses[i].Click, uses[i].Coupon = calm[i].Click, calm[i].Coupon
	}
	at300, later := review(t, uses[:300], nil), review(t, uses, nil)
	if at300.Verdict != trust.Leaking || later.Verdict != trust.Leaking || later.Leak.Score >= at300.Leak.Score || later.Leak.Score < 1 {
		t.Errorf("%s and %s", at300.Verdict, later.Verdict)
	}
	ignore := cmpopts.IgnoreFields(trust.Leak{}, "Orders", "Amounts", "Score", "Evidence")
	if diff := cmp.Diff(at300.Leak, later.Leak, ignore); diff != "" {
		t.Errorf("the start moved (-before +after):\n%s", diff)
	}
}

func TestAmountsByCurrency(t *testing.T) {
	t.Parallel()
	uses := simulate(3, 400, 200, honest(), leaked())
	var want [2]int64
	since := review(t, uses, nil).Leak.Since
	for i := range uses {
		switch {
		case uses[i].At.Before(since):
			uses[i].Amount = byline.Minor(1, byline.USD)
		case i%3 == 0:
			uses[i].Amount = byline.Money{}
		case i%3 == 1:
			uses[i].Amount = byline.Minor(1500, byline.JPY)
			want[0] += 1500
		default:
			uses[i].Amount = byline.Minor(1234, byline.KWD)
			want[1] += 1234
		}
	}
	got := review(t, uses, nil).Leak.Amounts
	slices.SortFunc(got, func(a, b byline.Money) int { return int(b.Currency()[0]) - int(a.Currency()[0]) })
	if diff := cmp.Diff([]byline.Money{byline.Minor(want[1], byline.KWD), byline.Minor(want[0], byline.JPY)}, got); diff != "" {
		t.Errorf("amounts (-want +got):\n%s", diff)
	}
}
