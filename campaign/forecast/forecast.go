package forecast

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Outcomes are the distributions of one line or of a plan.
type Outcomes struct {
	// GrossReach adds up what every post reaches: a person reached twice counts twice.
	GrossReach  Outcome      `json:"gross_reach"`
	Clicks      Outcome      `json:"clicks"`
	Conversions Outcome      `json:"conversions"`
	Revenue     MoneyOutcome `json:"revenue"`
}

// LineForecast is what one line of the plan may do.
type LineForecast struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform"`
	Format    string           `json:"format,omitempty"`
	Posts     int              `json:"posts"`
	// NewCreator says that no past reach of this creator is known in the cohort, so that the
	// line has the cohort's distribution.
	NewCreator bool `json:"new_creator,omitempty"`
	Outcomes
}

// Forecast is what a plan may do.
type Forecast struct {
	Outcomes
	// UniqueReach is GrossReach × (1 - Overlap), nil where no [Options.Overlap] was given. The
	// overlap itself is taken as certain.
	UniqueReach *Outcome `json:"unique_reach,omitempty"`
	// Lines are in the order of the plan.
	Lines []LineForecast `json:"lines"`
	// Fees adds up the fees of the lines that have one; the zero Money where none has.
	Fees byline.Money `json:"fees"`
	// CoversFees is the chance that the revenue is at least the fees; nil where the revenue or
	// the fee of a line is not known, or they are in two currencies. Revenue is not profit.
	CoversFees *Chance          `json:"covers_fees,omitempty"`
	Draws      int              `json:"draws"`
	Seed       uint64           `json:"seed"`
	Findings   []byline.Finding `json:"findings,omitempty"`
}

// Make forecasts a plan from what past posts did.
//
// Faults are of code "forecast.creator", "forecast.platform", "forecast.time",
// "forecast.reach", "forecast.count", "forecast.revenue", "forecast.currency",
// "forecast.posts", "forecast.fee", "forecast.line_twice", "forecast.plan_size" (the posts of
// all lines times the draws are more than a billion), and of the options
// "forecast.draws", "forecast.level", "forecast.minimum", "forecast.overlap".
//
// Refusals are of code "forecast.no_plan", and where a line's cohort has too little known
// reach "forecast.thin_history", "forecast.few_creators" and "forecast.few_repeats". The
// same may stand in an [Outcome] that needs more than reach, besides "forecast.no_rates",
// "forecast.range" (amounts beyond 2^53 minor units, or 1e12 for one conversion) and the
// refusals of [rank.Counts]; a total is refused when one of its lines is. Numbers that are
// counted by two definitions are refused as "forecast.mixed_definitions".
//
// Findings are of code "forecast.new_creator", "forecast.repeated_post" (two posts of the
// history are the same in everything) and "forecast.unpaid_conversions" (posts that sold and
// are known to have earned 0 do not count for the value of a conversion).
//
// Time is O(draws × (posts of the plan + creators of the history)).
//
// [rank.Counts]: https://pkg.go.dev/github.com/bylinehq/byline/attribution/rank#Counts
func Make(history []Post, plan []Line, options *Options) (Forecast, error) {
	o, fields := options.filled()
	fields = append(append(fields, checkHistory(history)...), checkPlan(plan, o.Draws)...)
	if err := byline.Faults(fields); err != nil {
		return Forecast{}, err
	}
	if len(plan) == 0 {
		return Forecast{}, refused("forecast.no_plan", "the plan has no line", 0, 1)
	}
	wanted := make([]cohort, len(plan))
	for i, l := range plan {
		wanted[i] = l.cohort()
	}
	sorted := inOrder(history)
	m := learn(sorted, wanted, o)
	for _, l := range plan {
		if why := m.cohorts[l.cohort()].noReach; why != nil {
			return Forecast{}, why
		}
	}
	f := m.forecast(plan)
	f.Findings = append(append(f.Findings, repeatedPosts(sorted)...), unpaidConversions(sorted)...)
	return f, nil
}

func (m *model) forecast(plan []Line) Forecast {
	n, levels := m.options.Draws, m.options.Levels
	f := Forecast{Draws: n, Seed: m.options.Seed, Lines: make([]LineForecast, len(plan))}
	total := sample{reach: make([]float64, n), clicks: make([]float64, n), sales: make([]float64, n), revenue: make([]float64, n)}
	// In an order of their own, for sums of floats depend on it.
	for _, i := range lineOrder(plan) {
		s := m.simulate(plan[i])
		f.Lines[i] = m.line(plan[i], s)
		total.add(s)
	}
	f.Outcomes = total.outcomes(levels, m.currency)
	for i, l := range plan {
		f.Fees, _ = f.Fees.Add(l.Fee) // checked before
		f.Findings = append(f.Findings, m.findings(i, l)...)
	}
	if m.options.Overlap != nil {
		unique := scaled(f.GrossReach, 1-*m.options.Overlap)
		f.UniqueReach = &unique
	}
	if f.Revenue.Refused == nil && allPriced(plan) {
		f.CoversFees = coversFees(total.revenue, f.Fees, m.currency)
	}
	return f
}

func lineOrder(plan []Line) []int {
	order := make([]int, len(plan))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := plan[i], plan[j]
		return cmp.Or(cmp.Compare(a.CreatorID, b.CreatorID), cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Format, b.Format))
	})
	return order
}

func (m *model) line(l Line, s sample) LineForecast {
	return LineForecast{
		CreatorID: l.CreatorID, Platform: l.Platform, Format: l.Format, Posts: l.Posts,
		NewCreator: !m.cohorts[l.cohort()].reach.knows(l.CreatorID),
		Outcomes:   s.outcomes(m.options.Levels, m.currency),
	}
}

func (s sample) outcomes(levels []float64, c byline.Currency) Outcomes {
	return Outcomes{
		GrossReach:  outcomeOf(s.reach, levels, nil),
		Clicks:      outcomeOf(s.clicks, levels, s.noClicks),
		Conversions: outcomeOf(s.sales, levels, s.noSales),
		Revenue:     moneyOf(s.revenue, levels, c, s.noRevenue),
	}
}

// add sums draw by draw, which keeps what the lines have in common.
func (s *sample) add(o sample) {
	addEach(s.reach, o.reach)
	addEach(s.clicks, o.clicks)
	addEach(s.sales, o.sales)
	addEach(s.revenue, o.revenue)
	s.noClicks = cmp.Or(s.noClicks, o.noClicks)
	s.noSales = cmp.Or(s.noSales, o.noSales)
	s.noRevenue = cmp.Or(s.noRevenue, o.noRevenue)
}

func addEach(total, part []float64) {
	for d := range part {
		total[d] += part[d]
	}
}

func scaled(o Outcome, by float64) Outcome {
	result := Outcome{Quantiles: slices.Clone(o.Quantiles)}
	for i := range result.Quantiles {
		q := &result.Quantiles[i]
		q.Value, q.Low, q.High = q.Value*by, q.Low*by, q.High*by
	}
	return result
}

func allPriced(plan []Line) bool {
	return !slices.ContainsFunc(plan, func(l Line) bool { return l.Fee.Currency() == "" })
}

func coversFees(revenues []float64, fees byline.Money, c byline.Currency) *Chance {
	if fees.Currency() != c {
		return nil
	}
	covered := 0.0
	for _, revenue := range revenues {
		if math.Round(revenue) >= float64(fees.Minor()) {
			covered++
		}
	}
	n := float64(len(revenues))
	p := covered / n
	return &Chance{Value: p, Error: math.Sqrt(p * (1 - p) / n)}
}

func (m *model) findings(i int, l Line) []byline.Finding {
	var found []byline.Finding
	known := m.cohorts[l.cohort()]
	path := fmt.Sprintf("plan[%d]", i)
	if !known.reach.knows(l.CreatorID) {
		found = append(found, byline.Finding{
			Code: "forecast.new_creator", Severity: byline.Info, Path: path,
			Message: "no past reach of this creator is known here; the line has the distribution of all creators of its platform and format",
			Fix:     "add past posts of the creator",
		})
	}
	return found
}

func repeatedPosts(sorted []Post) []byline.Finding {
	repeats := 0
	for i := 1; i < len(sorted); i++ {
		if comparePosts(sorted[i-1], sorted[i]) == 0 {
			repeats++
		}
	}
	if repeats == 0 {
		return nil
	}
	return []byline.Finding{{
		Code: "forecast.repeated_post", Severity: byline.Warning, Path: "history",
		Message: counting(repeats, "post is", "posts are") + " the same as another in everything; a post that is counted twice makes the forecast too sure",
		Fix:     "list each post once",
	}}
}

func unpaidConversions(history []Post) []byline.Finding {
	unpaid := 0
	for _, p := range history {
		if v, known := p.Conversions.Value(); known && v > 0 && p.Revenue.Currency() != "" && p.Revenue.IsZero() {
			unpaid++
		}
	}
	if unpaid == 0 {
		return nil
	}
	return []byline.Finding{{
		Code: "forecast.unpaid_conversions", Severity: byline.Warning, Path: "history",
		Message: counting(unpaid, "post", "posts") + " had conversions and a revenue of 0; they do not count for the value of a conversion, so the revenue may be forecast too high",
		Fix:     "leave the revenue missing where it is not known; count as conversions only what is paid",
	}}
}
