package forecast

import (
	"fmt"
	"math"
	"strings"

	"github.com/bylinehq/byline"
)

// Explain says the forecast in words: what the plan may do from the lowest to the highest
// level, what is not answered and why, and what to be careful of.
func (f Forecast) Explain() string {
	var text strings.Builder
	text.WriteString(f.GrossReach.explain("Gross reach"))
	if f.UniqueReach != nil {
		text.WriteString(f.UniqueReach.explain("Unique reach"))
	}
	text.WriteString(f.Clicks.explain("Clicks"))
	text.WriteString(f.Conversions.explain("Conversions"))
	text.WriteString(f.Revenue.explain("Revenue"))
	if f.CoversFees != nil {
		fmt.Fprintf(&text, "The revenue covers the fees of %s in %s of the draws.\n", f.Fees, f.CoversFees.words())
	}
	for _, l := range f.Lines {
		if l.NewCreator {
			fmt.Fprintf(&text, "%s has no past here: the line has the distribution of all creators on %s.\n", l.CreatorID, cohort{l.Platform, l.Format})
		}
	}
	for _, finding := range f.Findings {
		if finding.Severity != byline.Info {
			fmt.Fprintf(&text, "%s: %s\n", finding.Severity, finding.Message)
		}
	}
	return text.String()
}

// words rounds to whole percent, but never to certainty.
func (c Chance) words() string {
	switch {
	case c.Value < 0.005:
		return "under 1%"
	case c.Value > 0.995:
		return "over 99%"
	}
	return fmt.Sprintf("%.0f%%", 100*c.Value)
}

// Explain says in words how forecasts of the past did, and what to be careful of.
func (b Backtested) Explain() string {
	var text strings.Builder
	for _, part := range []struct {
		name string
		of   *Calibration
	}{{"Reach", b.Reach}, {"Clicks", b.Clicks}, {"Conversions", b.Conversions}, {"Revenue", b.Revenue}} {
		if part.of == nil {
			fmt.Fprintf(&text, "%s: too few past posts to say.\n", part.name)
			continue
		}
		fmt.Fprintf(&text, "%s: %.0f%% of %d posts lay from P10 to P90 (80%% should; %.0f%% to %.0f%% fits what was seen).\n",
			part.name, 100*part.of.Coverage, part.of.Posts, 100*part.of.CoverageLow, 100*part.of.CoverageHigh)
	}
	if b.Untested > 0 {
		fmt.Fprintf(&text, "%s could not be forecast from what lay before.\n", counting(b.Untested, "post", "posts"))
	}
	for _, finding := range b.Findings {
		fmt.Fprintf(&text, "%s: %s\n", finding.Severity, finding.Message)
	}
	return text.String()
}

func (o Outcome) explain(name string) string {
	if o.Refused != nil {
		return fmt.Sprintf("%s: not forecast, %s.\n", name, o.Refused.Message)
	}
	parts := make([]string, len(o.Quantiles))
	for i, q := range o.Quantiles {
		parts[i] = fmt.Sprintf("P%g %.0f", percent(q.Level), q.Value)
	}
	return fmt.Sprintf("%s: %s.\n", name, strings.Join(parts, ", "))
}

func (o MoneyOutcome) explain(name string) string {
	if o.Refused != nil {
		return fmt.Sprintf("%s: not forecast, %s.\n", name, o.Refused.Message)
	}
	parts := make([]string, len(o.Quantiles))
	for i, q := range o.Quantiles {
		parts[i] = fmt.Sprintf("P%g %s", percent(q.Level), q.Value)
	}
	return fmt.Sprintf("%s: %s.\n", name, strings.Join(parts, ", "))
}

// counting puts a number before a noun.
func counting(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// percent is without the dust that 0.29 × 100 leaves.
func percent(level float64) float64 { return math.Round(level*1e6) / 1e4 }
