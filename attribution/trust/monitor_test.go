package trust_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/trust"
)

// faultsOf lists "path code" of every fault.
func faultsOf(err error) []string {
	var faults []string
	for _, f := range byline.Nest("", err) {
		faults = append(faults, f.Path+" "+f.Code)
	}
	return faults
}

func newMonitor(t *testing.T, o *trust.Options) *trust.Monitor {
	t.Helper()
	m, err := trust.NewMonitor(o)
	require.NoError(t, err)
	return m
}

func TestNewMonitorFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		options *trust.Options
		want    []string
	}{
		"nil":      {nil, nil},
		"the zero": {&trust.Options{}, nil},
		"the ends": {&trust.Options{Chance: 0.5, MinUses: 1000, Margin: 0.5, Opens: []trust.Reason{trust.BusyDays}, Baselines: []trust.Baseline{{Code: "A", Sign: trust.NoClick, Ceiling: 0.95}}}, nil},
		"below":    {&trust.Options{Chance: -1, MinUses: 19, Margin: -0.1}, []string{"chance options.chance", "min_uses options.min_uses", "margin options.margin"}},
		"above":    {&trust.Options{Chance: 0.51, MinUses: 1001, Margin: 0.51}, []string{"chance options.chance", "min_uses options.min_uses", "margin options.margin"}},
		"no numbers": {
			&trust.Options{Chance: math.NaN(), Margin: math.NaN(), Baselines: []trust.Baseline{{Code: "A", Sign: trust.NoClick, Ceiling: math.NaN()}}},
			[]string{"chance options.chance", "margin options.margin", "baselines[0].ceiling options.baseline"},
		},
		"signs": {
			&trust.Options{Opens: []trust.Reason{trust.NoClick, trust.OwnEmail, "", trust.NoClick}},
			[]string{"opens[1] options.opens", "opens[2] options.opens", "opens[3] options.opens"},
		},
		"baselines": {
			&trust.Options{Baselines: []trust.Baseline{
				{Code: "a", Sign: trust.NoClick, Ceiling: 0.3}, {Code: " A", Sign: trust.NoClick, Ceiling: 0.4}, {Code: "A", Creator: "ada", Sign: trust.NoClick, Ceiling: 0.4},
				{Sign: trust.BusyDays, Ceiling: 0.96},
			}},
			[]string{"baselines[1] options.baseline", "baselines[3].code options.baseline", "baselines[3].sign options.baseline", "baselines[3].ceiling options.baseline"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := trust.NewMonitor(tt.options)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if _, again := trust.Review(nil, tt.options); (err == nil) != (again == nil) {
				t.Errorf("Review: %v", again)
			}
		})
	}
}

func TestUseFaults(t *testing.T) {
	t.Parallel()
	good := simulate(1, 1, 1, honest(), honest())[0]
	tests := map[string]struct {
		change func(*trust.Use)
		want   []string
	}{
		"good":                 {func(*trust.Use) {}, nil},
		"no amount":            {func(u *trust.Use) { u.Amount = byline.Money{} }, nil},
		"nothing":              {func(u *trust.Use) { *u = trust.Use{} }, []string{"order use.order", "code use.code", "at use.time"}},
		"a code of space":      {func(u *trust.Use) { u.Code = "\u00a0" }, []string{"code use.code"}},
		"answers":              {func(u *trust.Use) { u.Click, u.Coupon, u.Customer = "true", "1", "old" }, []string{"click use.click", "coupon use.coupon", "customer use.customer"}},
		"a region":             {func(u *trust.Use) { u.Region = "de" }, []string{"region use.region"}},
		"a negative amount":    {func(u *trust.Use) { u.Amount = byline.Minor(-1, byline.EUR) }, []string{"amount use.amount"}},
		"a huge amount":        {func(u *trust.Use) { u.Amount = byline.Minor(math.MaxInt64, byline.EUR) }, []string{"amount use.amount"}},
		"an amount of nothing": {func(u *trust.Use) { u.Amount = byline.Minor(1, "") }, []string{"amount use.amount"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := good
			tt.change(&u)
			m := newMonitor(t, nil)
			_, err := m.Add(u)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if len(m.Reports()) != 0 != (err == nil) || err != nil && m.Bound() != 0 {
				t.Error("a use that is refused changes something")
			}
			_, err = trust.Review([]trust.Use{good, u}, nil)
			var want []string
			for _, w := range tt.want {
				want = append(want, "[1]."+w)
			}
			if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
				t.Errorf("faults of Review (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLateUses(t *testing.T) {
	t.Parallel()
	uses := simulate(1, 100, 100, honest(), honest())
	m, want := newMonitor(t, nil), newMonitor(t, nil)
	for i, u := range uses {
		_, err := want.Add(u)
		require.NoError(t, err)
		_, err = m.Add(u)
		require.NoError(t, err)
		for _, late := range []int{i, i / 2, 0} {
			again := uses[late]
			again.Code = strings.ToLower(again.Code)
			if _, err := m.Add(again); !errors.Is(err, byline.ErrInvalid) || faultsOf(err)[0] != "at use.late" {
				t.Fatalf("use %d after %d: %v", late, i, err)
			}
		}
	}
	if diff := cmp.Diff(want.Reports(), m.Reports()); diff != "" {
		t.Errorf("late uses count (-want +got):\n%s", diff)
	}
	sameInstant := uses[99]
	sameInstant.Order += "b"
	if _, err := m.Add(sameInstant); err != nil {
		t.Errorf("another order of the same instant: %v", err)
	}
}

func TestSumsOutOfRange(t *testing.T) {
	t.Parallel()
	m := newMonitor(t, nil)
	u := simulate(1, 1, 1, honest(), honest())[0]
	u.Amount = byline.Minor(1<<48, byline.EUR)
	for range 1 << 15 {
		u.At = u.At.Add(time.Minute)
		if _, err := m.Add(u); err != nil {
			if diff := cmp.Diff([]string{"amount use.amount"}, faultsOf(err)); diff != "" {
				t.Error(diff)
			}
			if got := m.Report("ADA15", "ada").Uses; got != 1<<15-1 {
				t.Errorf("refused after %d uses", got)
			}
			return
		}
	}
	t.Error("the sum ran over")
}

// Codes do not influence each other, and one that passed to another creator starts anew.
func TestCodesStandAlone(t *testing.T) {
	t.Parallel()
	ada := simulate(1, 300, 200, honest(), leaked())
	bruno := simulate(2, 300, 300, honest(), honest())
	handed := simulate(3, 300, 300, honest(), honest())
	for i := range bruno {
		bruno[i].Code, bruno[i].Creator = "BRUNO10", "bruno"
		handed[i].Creator = "bruno"
	}
	reports, err := trust.Review(slices.Concat(ada, bruno, handed), nil)
	require.NoError(t, err)
	want := []trust.Report{review(t, ada, nil), review(t, handed, nil), review(t, bruno, nil)}
	if diff := cmp.Diff(want, reports); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
}

func TestForget(t *testing.T) {
	t.Parallel()
	uses := simulate(1, 300, 200, honest(), leaked())
	m := newMonitor(t, nil)
	for range 2 {
		opened := 0
		for _, u := range uses {
			now, err := m.Add(u)
			require.NoError(t, err)
			if now {
				opened++
			}
		}
		if opened != 1 || m.Report("ada15 ", "ada").Verdict != trust.Leaking {
			t.Errorf("opened %d times", opened)
		}
		m.Forget("ada15", "ada")
	}
	m.Forget("ada15", "nobody")
	if len(m.Reports()) != 0 || math.Abs(m.Bound()-0.02) > 1e-12 {
		t.Errorf("%d reports, bound %v", len(m.Reports()), m.Bound())
	}
}

// A code is silent for a long time, or its clock is wrong by an age: neither costs much.
func TestFarTimes(t *testing.T) {
	t.Parallel()
	m := newMonitor(t, nil)
	u := simulate(1, 1, 1, honest(), honest())[0]
	u.FirstSeen = time.Time{}
	for _, year := range []int{-290_000, -1, 1, 1969, 2026, 9999, 290_000} {
		u.At = time.Date(year, 1, 1, 12, 0, 0, 0, time.UTC)
		if _, err := m.Add(u); err != nil {
			t.Errorf("year %d: %v", year, err)
		}
	}
	r := m.Report("ADA15", "ada")
	if days := r.Signs[5]; days.State != trust.Watching || days.Now.Of > 3000 || days.Now.Hits != 0 {
		t.Errorf("%+v", days)
	}
}

func TestDaysAreOfUTC(t *testing.T) {
	t.Parallel()
	uses := simulate(1, 400, 400, honest(), honest())
	want := review(t, uses, nil)
	for i := range uses {
		uses[i].At = uses[i].At.In(time.FixedZone("", 13*3600))
	}
	if diff := cmp.Diff(want, review(t, uses, nil)); diff != "" {
		t.Errorf("another time zone (-want +got):\n%s", diff)
	}
}

func TestReportJSON(t *testing.T) {
	t.Parallel()
	want := review(t, simulate(1, 300, 200, honest(), leaked()), nil)
	encoded, err := json.Marshal(want)
	require.NoError(t, err)
	var got trust.Report
	require.NoError(t, json.Unmarshal(encoded, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("there and back (-want +got):\n%s", diff)
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	hosts := trust.NewHosts("coupons.example", " https://Deals.Example/path ", "", "forum.example.")
	for referrer, want := range map[string]trust.Answer{
		"https://coupons.example/ada15":           trust.Yes,
		"https://www.coupons.example/?q=ada15":    trust.Yes,
		"HTTPS://COUPONS.EXAMPLE:443":             trust.Yes,
		"http://coupons.example.":                 trust.Yes,
		"coupons.example/ada15":                   trust.Yes,
		"//deals.example":                         trust.Yes,
		"https://user:word@forum.example/":        trust.Yes,
		"https://notcoupons.example/":             trust.No,
		"https://coupons.example.evil.test/":      trust.No,
		"https://example/":                        trust.No,
		"https://demo.example/?r=coupons.example": trust.No,
		"":                         trust.Unknown,
		"   ":                      trust.Unknown,
		"about:blank":              trust.Unknown,
		"https://[::1":             trust.Unknown,
		"\x00":                     trust.Unknown,
		strings.Repeat("a", 10000): trust.Unknown,
	} {
		if got := hosts.Holds(referrer); got != want {
			t.Errorf("%.60q: %q, want %q", referrer, got, want)
		}
	}
	if got := (trust.Hosts{}).Holds("https://coupons.example/"); got != trust.No {
		t.Errorf("an empty list: %q", got)
	}
}

// FuzzReview feeds what a careless caller may send; every byte is a use.
func FuzzReview(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\xff\x80\x7f"), "A", "", int64(3600))
	f.Add(make([]byte, 300), "ada15", "https://coupons.example", int64(-1))
	f.Fuzz(func(t *testing.T, data []byte, code, referrer string, step int64) {
		answers := []trust.Answer{trust.Unknown, trust.Yes, trust.No, trust.NewHosts("coupons.example").Holds(referrer)}
		uses := make([]trust.Use, 0, len(data))
		at := start
		for i, b := range data {
			at = at.Add(time.Duration(step) * time.Duration(b))
			uses = append(uses, trust.Use{
				Order: byline.OrderID(data[:i+1]), Code: code, At: at, Click: answers[b%4], Coupon: answers[b/4%4],
				Region: []byline.Market{"", "DE", "AT", "??"}[b/16%4/2], Amount: byline.Minor(int64(b), byline.EUR),
			})
		}
		reports, err := trust.Review(uses, &trust.Options{Chance: 0.5, MinUses: 20})
		if err != nil {
			return
		}
		slices.Reverse(uses)
		again, err := trust.Review(uses, &trust.Options{Chance: 0.5, MinUses: 20})
		require.NoError(t, err)
		if diff := cmp.Diff(reports, again); diff != "" {
			t.Errorf("in reverse (-want +got):\n%s", diff)
		}
		for _, r := range reports {
			if (r.Leak != nil) != (r.Verdict == trust.Leaking) {
				t.Errorf("%s with %+v", r.Verdict, r.Leak)
			}
			if r.Leak != nil && (r.Leak.Score < 1 || r.Leak.Score > 100 || r.Leak.Orders < 1 || r.Leak.Orders > r.Uses) {
				t.Errorf("%+v of %d uses", r.Leak, r.Uses)
			}
			for _, s := range r.Signs {
				inRange := s.Now.Hits >= 0 && s.Now.Hits <= s.Now.Of && s.Chance > 0 && s.Chance <= 1 && s.Strength >= 0 && !math.IsInf(s.Strength, 0)
				if !inRange || s.Message == "" {
					t.Errorf("%+v", s)
				}
			}
		}
	})
}
