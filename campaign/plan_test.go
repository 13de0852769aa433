package campaign_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/internal/promise"
)

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

// goodPlan has every field set.
func goodPlan() campaign.Plan {
	return campaign.Plan{
		ID: "autumn", Name: "Autumn 2026", Window: byline.Window{Start: day(2), End: day(30)},
		Markets: []byline.Market{"DE", "AT"}, Budget: byline.Minor(2_500_000, byline.EUR),
		Primary: campaign.Objective{Goal: campaign.Conversion, Metric: campaign.Orders, Target: decimal.NewFromInt(500), Deadline: day(30)},
		Secondary: []campaign.Objective{
			{Goal: campaign.Awareness, Metric: campaign.Reach, Target: decimal.NewFromInt(1_000_000), Deadline: day(20)},
			{Goal: campaign.Consideration, Metric: campaign.EngagementRate, Target: decimal.RequireFromString("0.035"), Deadline: day(2)},
		},
	}
}

type at struct{ Path, Code string }

// faultsOf returns where the faults of an error are and their codes, in order.
func faultsOf(t *testing.T, err error) []at {
	t.Helper()
	if err == nil {
		return nil
	}
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok || !errors.Is(err, byline.ErrInvalid) {
		t.Fatalf("error is %v", err)
	}
	var faults []at
	for _, f := range all.Fields {
		if f.Message == "" || strings.Contains(f.Message, "Key:") {
			t.Errorf("%s: the message is %q", f.Path, f.Message)
		}
		faults = append(faults, at{f.Path, f.Code})
	}
	return faults
}

type planCase struct {
	name string
	edit func(*campaign.Plan)
	want at
}

// planCases break a good plan in one place each.
func planCases() []planCase {
	return []planCase{
		{"no id", func(p *campaign.Plan) { p.ID = "" }, at{"id", "required"}},
		{"no name", func(p *campaign.Plan) { p.Name = "" }, at{"name", "required"}},
		{"a name of 201 letters", func(p *campaign.Plan) { p.Name = strings.Repeat("ä", 201) }, at{"name", "max"}},
		{"no markets", func(p *campaign.Plan) { p.Markets = nil }, at{"markets", "required"}},
		{"an empty list of markets", func(p *campaign.Plan) { p.Markets = []byline.Market{} }, at{"markets", "min"}},
		{"a market twice", func(p *campaign.Plan) { p.Markets = []byline.Market{"DE", "AT", "DE"} }, at{"markets", "unique"}},
		{"a market that is none", func(p *campaign.Plan) { p.Markets = []byline.Market{"DE", "EU"} }, at{"markets[1]", "market"}},
		{"a market in lower case", func(p *campaign.Plan) { p.Markets = []byline.Market{"de"} }, at{"markets[0]", "market"}},
		{"an empty market", func(p *campaign.Plan) { p.Markets = []byline.Market{""} }, at{"markets[0]", "market"}},

		{"no window", func(p *campaign.Plan) { p.Window = byline.Window{} }, at{"window", "plan.window"}},
		{"no start", func(p *campaign.Plan) { p.Window.Start = time.Time{} }, at{"window", "plan.window"}},
		{"no end", func(p *campaign.Plan) { p.Window.End = time.Time{} }, at{"window", "plan.window"}},
		{"an end before the start", func(p *campaign.Plan) { p.Window.End = p.Window.Start.Add(-1) }, at{"window", "plan.window_order"}},
		{"an end at the start", func(p *campaign.Plan) { p.Window.End = p.Window.Start }, at{"window", "plan.window_order"}},

		{"no budget", func(p *campaign.Plan) { p.Budget = byline.Money{} }, at{"budget", "plan.budget"}},
		{"a budget of nothing", func(p *campaign.Plan) { p.Budget = byline.Minor(0, byline.EUR) }, at{"budget", "plan.budget"}},
		{"a negative budget", func(p *campaign.Plan) { p.Budget = byline.Minor(-1, byline.EUR) }, at{"budget", "plan.budget"}},
		{"a budget without a currency", func(p *campaign.Plan) { p.Budget = byline.Minor(100, "") }, at{"budget", "plan.budget"}},
		{"a budget in an unknown currency", func(p *campaign.Plan) { p.Budget = byline.Minor(100, "eur") }, at{"budget", "plan.budget"}},

		{"no goal", func(p *campaign.Plan) { p.Primary.Goal = "" }, at{"primary.goal", "required"}},
		{"a goal that is none", func(p *campaign.Plan) { p.Primary.Goal = "fame" }, at{"primary.goal", "oneof"}},
		{"no goal below", func(p *campaign.Plan) { p.Secondary[1].Goal = "" }, at{"secondary[1].goal", "required"}},
		{"a goal below that is none", func(p *campaign.Plan) { p.Secondary[0].Goal = "Awareness" }, at{"secondary[0].goal", "oneof"}},
		{"no metric", func(p *campaign.Plan) { p.Primary.Metric = "" }, at{"primary.metric", "required"}},
		{"a metric of another goal", func(p *campaign.Plan) { p.Primary.Metric = campaign.Impressions }, at{"primary.metric", "plan.metric"}},
		{"a metric that is none", func(p *campaign.Plan) { p.Secondary[0].Metric = "emv" }, at{"secondary[0].metric", "plan.metric"}},
		{
			"a metric twice, first and below", func(p *campaign.Plan) {
				p.Primary.Goal, p.Primary.Metric = campaign.Awareness, campaign.Reach
			},
			at{"secondary[0].metric", "plan.metric_twice"},
		},
		{
			"a metric twice, under other goals", func(p *campaign.Plan) {
				p.Secondary[0].Metric, p.Secondary[1].Metric = campaign.Views, campaign.Views
			},
			at{"secondary[1].metric", "plan.metric_twice"},
		},
		{"no target", func(p *campaign.Plan) { p.Primary.Target = decimal.Decimal{} }, at{"primary.target", "plan.target"}},
		{"a negative target", func(p *campaign.Plan) { p.Secondary[1].Target = decimal.New(-1, -9) }, at{"secondary[1].target", "plan.target"}},
		{"a rate above 1", func(p *campaign.Plan) { p.Secondary[1].Target = decimal.RequireFromString("1.000000001") }, at{"secondary[1].target", "plan.rate"}},
		{"no deadline", func(p *campaign.Plan) { p.Primary.Deadline = time.Time{} }, at{"primary.deadline", "required"}},
		{"a deadline before the start", func(p *campaign.Plan) { p.Primary.Deadline = day(2).Add(-1) }, at{"primary.deadline", "plan.deadline"}},
		{"a deadline below before the start", func(p *campaign.Plan) { p.Secondary[1].Deadline = day(1) }, at{"secondary[1].deadline", "plan.deadline"}},
		{
			"four objectives", func(p *campaign.Plan) {
				p.Secondary = append(p.Secondary, campaign.Objective{Goal: campaign.Loyalty, Metric: campaign.RepeatOrders, Target: decimal.NewFromInt(1), Deadline: day(30)})
			},
			at{"secondary", "max"},
		},
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range planCases() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := goodPlan()
			tt.edit(&p)
			c, err := campaign.New(p)
			if diff := cmp.Diff([]at{tt.want}, faultsOf(t, err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
			if c != nil {
				t.Error("a campaign came with the error")
			}
		})
	}
}

func TestNewKeepsItsPromise(t *testing.T) {
	t.Parallel()
	var produced []string
	for _, first := range planCases() {
		for _, second := range planCases() { // with itself too
			p := goodPlan()
			first.edit(&p)
			second.edit(&p)
			_, err := campaign.New(p)
			for _, f := range faultsOf(t, err) {
				produced = append(produced, f.Code)
			}
		}
	}
	slices.Sort(produced)
	if diff := cmp.Diff(promise.Codes(t, "plan.go", "New"), slices.Compact(produced)); diff != "" {
		t.Errorf("codes mismatch (-promised +produced):\n%s", diff)
	}
}

func TestNewReportsAllAtOnce(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		plan campaign.Plan
		want []at
	}{
		{"the zero plan", campaign.Plan{}, []at{
			{"id", "required"}, {"name", "required"}, {"markets", "required"},
			{"primary.goal", "required"}, {"primary.metric", "required"}, {"primary.deadline", "required"},
			{"window", "plan.window"}, {"budget", "plan.budget"}, {"primary.target", "plan.target"},
		}},
		{"what is missing is not there twice", campaign.Plan{
			ID: "autumn", Name: "Autumn", Window: goodPlan().Window, Markets: []byline.Market{"DE"}, Budget: goodPlan().Budget,
			Primary: goodPlan().Primary, Secondary: []campaign.Objective{{}, {}},
		}, []at{
			{"secondary[0].goal", "required"}, {"secondary[0].metric", "required"}, {"secondary[0].deadline", "required"},
			{"secondary[1].goal", "required"}, {"secondary[1].metric", "required"}, {"secondary[1].deadline", "required"},
			{"secondary[0].target", "plan.target"}, {"secondary[1].target", "plan.target"},
		}},
		{
			"everything that can be wrong together",
			campaign.Plan{
				Name:    strings.Repeat("x", 201),
				Window:  byline.Window{Start: day(5), End: day(4)},
				Markets: []byline.Market{"DE", "XX", "DE"},
				Budget:  byline.Minor(-5, byline.JPY),
				Primary: campaign.Objective{Goal: "fame", Metric: campaign.EngagementRate, Target: decimal.NewFromInt(2), Deadline: day(1)},
				Secondary: []campaign.Objective{
					{Goal: campaign.Loyalty, Metric: campaign.EngagementRate, Deadline: day(6)},
					{Goal: campaign.Consideration, Metric: "", Target: decimal.NewFromInt(1)},
					{Goal: campaign.Awareness, Metric: campaign.Reach, Target: decimal.NewFromInt(-1), Deadline: day(5)},
				},
			},
			[]at{
				{"id", "required"}, {"name", "max"}, {"markets[1]", "market"}, {"primary.goal", "oneof"},
				{"secondary[1].metric", "required"}, {"secondary[1].deadline", "required"},
				{"markets", "unique"}, {"secondary", "max"}, {"window", "plan.window_order"}, {"budget", "plan.budget"},
				{"primary.target", "plan.rate"}, {"primary.deadline", "plan.deadline"},
				{"secondary[0].target", "plan.target"}, {"secondary[0].metric", "plan.metric"}, {"secondary[0].metric", "plan.metric_twice"},
				{"secondary[2].target", "plan.target"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := campaign.New(tt.plan)
			if diff := cmp.Diff(tt.want, faultsOf(t, err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNewAccepts(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*campaign.Plan){
		"a full plan":                      func(*campaign.Plan) {},
		"one objective":                    func(p *campaign.Plan) { p.Secondary = nil },
		"a name of 200 letters":            func(p *campaign.Plan) { p.Name = strings.Repeat("ä", 200) },
		"a rate of exactly 1":              func(p *campaign.Plan) { p.Secondary[1].Target = decimal.RequireFromString("1.000") },
		"a count above 1":                  func(p *campaign.Plan) { p.Primary.Target = decimal.RequireFromString("1.5") },
		"a deadline at the start":          func(p *campaign.Plan) { p.Primary.Deadline = p.Window.Start },
		"a deadline after the end":         func(p *campaign.Plan) { p.Primary.Deadline = p.Window.End.AddDate(1, 0, 0) },
		"a window of a nanosecond":         func(p *campaign.Plan) { p.Window.End = p.Window.Start.Add(1) },
		"a budget of one yen":              func(p *campaign.Plan) { p.Budget = byline.Minor(1, byline.JPY) },
		"a budget in a withdrawn currency": func(p *campaign.Plan) { p.Budget = byline.Minor(1, "BGN") },
		"all markets in any order":         func(p *campaign.Plan) { p.Markets = []byline.Market{"ZW", "XK", "AD"} },
	}
	for name, edit := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := goodPlan()
			edit(&want)
			c, err := campaign.New(want)
			require.NoError(t, err)
			if diff := cmp.Diff(want, c.Plan()); diff != "" {
				t.Errorf("plan mismatch (-want +got):\n%s", diff)
			}
			data, err := json.Marshal(c.Plan())
			require.NoError(t, err)
			var back campaign.Plan
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(want, back); diff != "" {
				t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
			}
			_, err = campaign.New(back)
			require.NoError(t, err)
		})
	}
}

func TestCampaignDoesNotChange(t *testing.T) {
	t.Parallel()
	given := goodPlan()
	given.Markets = append(make([]byline.Market, 0, 9), given.Markets...)
	c, err := campaign.New(given)
	require.NoError(t, err)
	spoil := func(p campaign.Plan) {
		p.Markets[0] = "XX"
		_ = append(p.Markets[:1], "YY", "ZZ")
		p.Secondary[0], p.Secondary[1].Metric = campaign.Objective{}, "emv"
		p.Primary.Target = p.Primary.Target.Neg()
	}
	spoil(given)
	if diff := cmp.Diff(goodPlan(), c.Plan()); diff != "" {
		t.Errorf("the caller's plan reaches into the campaign (-want +got):\n%s", diff)
	}
	spoil(c.Plan())
	if diff := cmp.Diff(goodPlan(), c.Plan()); diff != "" {
		t.Errorf("a plan given out reaches into the campaign (-want +got):\n%s", diff)
	}
}

func TestNewLeavesThePlanAlone(t *testing.T) {
	t.Parallel()
	given := goodPlan()
	given.Markets = []byline.Market{"DE", "AT", "CH"} // not in order
	want := goodPlan()
	want.Markets = []byline.Market{"DE", "AT", "CH"}
	_, err := campaign.New(given)
	require.NoError(t, err)
	if diff := cmp.Diff(want, given); diff != "" {
		t.Errorf("New changed its argument (-want +got):\n%s", diff)
	}
}

func TestPlanJSON(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(goodPlan())
	require.NoError(t, err)
	const want = `{"id":"autumn","name":"Autumn 2026","window":{"start":"2026-11-02T00:00:00Z","end":"2026-11-30T00:00:00Z"},` +
		`"markets":["DE","AT"],"budget":{"amount":"25000.00","currency":"EUR"},` +
		`"primary":{"goal":"conversion","metric":"orders","target":"500","deadline":"2026-11-30T00:00:00Z"},` +
		`"secondary":[{"goal":"awareness","metric":"reach","target":"1000000","deadline":"2026-11-20T00:00:00Z"},` +
		`{"goal":"consideration","metric":"engagement_rate","target":"0.035","deadline":"2026-11-02T00:00:00Z"}]}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("JSON mismatch (-want +got):\n%s", diff)
	}
	// A campaign is written as its plan, by value and by pointer.
	c, err := campaign.New(goodPlan())
	require.NoError(t, err)
	for name, v := range map[string]any{"pointer": c, "value": *c} {
		got, err := json.Marshal(v)
		require.NoError(t, err)
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", name, diff)
		}
	}
}
