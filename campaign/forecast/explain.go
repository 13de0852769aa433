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
		fmt.Fprintf(&text, "The revenue covers the fees of %s with a chance of %.0f%%.\n", f.Fees, 100*f.CoversFees.Value)
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

// percent is without the dust that 0.29 × 100 leaves.
func percent(level float64) float64 { return math.Round(level*1e6) / 1e4 }
