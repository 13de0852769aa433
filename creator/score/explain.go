package score

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Explain says in plain words what the score rests on: the verdict, what lifts and what
// lowers it, what is not known, and the gates. Its wording may change; the fields do not.
func (a Assessment) Explain() string {
	var w strings.Builder
	a.explainHead(&w)
	a.explainPart(&w, "What lifts the score", func(k Contribution) bool { return k.Known() && k.Lifts >= 0.05 })
	a.explainPart(&w, "What holds it down", func(k Contribution) bool { return k.Known() && k.Lifts <= -0.05 })
	a.explainPart(&w, "Neither way", func(k Contribution) bool { return k.Known() && math.Abs(k.Lifts) < 0.05 })
	a.explainMissing(&w)
	a.explainChecks(&w)
	return w.String()
}

func (a *Assessment) explainHead(w *strings.Builder) {
	on := ""
	if a.Platform != "" {
		on = " on " + string(a.Platform)
	}
	score, known := a.Score.Value()
	if !known {
		fmt.Fprintf(w, "%s%s: no score by %s. Nothing that the rubric asks for is known.\n", a.CreatorID, on, a.Rubric)
	} else {
		fmt.Fprintf(w, "%s%s: %s of 100 by %s.\n", a.CreatorID, on, points(score), a.Rubric)
	}
	fmt.Fprintf(w, "%s\n", a.verdictWords())
	if !known {
		return
	}
	if a.Missing.High-a.Missing.Low >= 0.05 {
		fmt.Fprintf(w, "Once everything is known, the score can be anything from %s.\n", a.Missing.words())
	}
	if a.Likely != a.Missing {
		fmt.Fprintf(w, "With the margins of the readings as well: from %s.\n", a.Likely.words())
	}
	if a.Weights.High-a.Weights.Low >= 0.05 {
		fmt.Fprintf(w, "With other weights, each up to 20 %% more or less: from %s.\n", a.Weights.words())
	}
}

func (r Range) words() string { return points(r.Low) + " to " + points(r.High) }

// points are shown as whole numbers, for tenths of a point mean nothing.
func points(v float64) string { return strconv.FormatFloat(math.Round(v), 'f', 0, 64) }

func (a *Assessment) verdictWords() string {
	known := share(a.Coverage)
	switch a.Verdict {
	case Barred:
		return "Barred, whatever the score: " + a.gateWords(creator.Failed) + "."
	case Held:
		return "Held until somebody looks: " + a.gateWords(creator.Undetermined) + "."
	case Thin:
		return fmt.Sprintf("Not ranked: %s of the rubric's weight is known, and a rank takes %s.", known, share(a.Needed))
	default:
		return fmt.Sprintf("May be ranked: no gate stands in the way, and %s of the rubric's weight is known (a rank takes %s).", known, share(a.Needed))
	}
}

// share rounds down, so that a share short of what is needed never reads like it.
func share(v float64) string {
	return strconv.FormatFloat(math.Floor(100*v+1e-7), 'f', 0, 64) + " %"
}

// gateWords lists the reasons of the checks in a state.
func (a *Assessment) gateWords(state creator.State) string {
	var reasons []string
	for _, c := range a.Checks {
		if gateState(c) == state {
			reasons = append(reasons, clause(cmp.Or(c.Reason, c.Code)))
		}
	}
	return strings.Join(reasons, "; ")
}

// gateState takes a state that is none of the three for undetermined.
func gateState(c creator.Check) creator.State {
	if c.State == creator.Passed || c.State == creator.Failed {
		return c.State
	}
	return creator.Undetermined
}

// clause puts a text of others on one line, without its full stop.
func clause(text string) string {
	return strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
}

func (a *Assessment) whyUnranked() string {
	switch a.Verdict {
	case Barred:
		return a.gateWords(creator.Failed)
	case Held:
		return a.gateWords(creator.Undetermined)
	default:
		return fmt.Sprintf("%s of the rubric's weight is known, and a rank takes %s", share(a.Coverage), share(a.Needed))
	}
}

func (k Contribution) name() string { return cmp.Or(k.Label, k.Metric) }

func (a *Assessment) explainPart(w *strings.Builder, title string, belongs func(Contribution) bool) {
	var part []Contribution
	for _, k := range a.Contributions {
		if belongs(k) {
			part = append(part, k)
		}
	}
	if len(part) == 0 {
		return
	}
	slices.SortStableFunc(part, func(x, y Contribution) int { return cmp.Compare(math.Abs(y.Lifts), math.Abs(x.Lifts)) })
	fmt.Fprintf(w, "\n%s:\n", title)
	for _, k := range part {
		fmt.Fprintf(w, "  %+5.1f  %s\n", tenths(k.Lifts), k.words())
		for _, f := range k.Findings {
			if f.Severity != byline.Info {
				fmt.Fprintf(w, "         Look at it: %s\n", clause(f.Message))
			}
		}
	}
}

// tenths keeps a minus from a zero.
func tenths(v float64) float64 {
	if math.Abs(v) < 0.05 {
		return 0
	}
	return v
}

// words is a known contribution: value, interval, count and what it was held against.
func (k Contribution) words() string {
	value, _ := k.Value.Value()
	low, high := value, value
	if k.Low != nil && k.High != nil {
		low, high = *k.Low, *k.High
	}
	text := fmt.Sprintf("%s: %s", k.name(), k.Unit.span(value, low, high))
	if k.Count > 0 {
		text += fmt.Sprintf(", from %s", observations(k.Count))
	}
	below, above := "or less", "or more"
	if k.Floor > k.Target {
		below, above = above, below
	}
	return text + fmt.Sprintf(". %s points; %s %s is worth 0, %s %s is worth 100",
		points(k.Points), k.Unit.words(k.Floor), below, k.Unit.words(k.Target), above)
}

func observations(n int) string {
	if n == 1 {
		return "1 observation"
	}
	return grouped(strconv.Itoa(n)) + " observations"
}

func (a *Assessment) explainMissing(w *strings.Builder) {
	var part []Contribution
	for _, k := range a.Contributions {
		if !k.Known() {
			part = append(part, k)
		}
	}
	if len(part) == 0 {
		return
	}
	slices.SortStableFunc(part, func(x, y Contribution) int { return cmp.Compare(y.Weight, x.Weight) })
	w.WriteString("\nNot known, and not counted as zero:\n")
	for _, k := range part {
		fmt.Fprintf(w, "  %3.0f %% of the weight  %s: %s\n", 100*k.Weight, k.name(), clause(k.WhyMissing))
	}
}

func (a *Assessment) explainChecks(w *strings.Builder) {
	if len(a.Checks) == 0 {
		return
	}
	w.WriteString("\nGates:\n")
	for _, c := range a.Checks {
		by := ""
		if c.By != "" {
			by = " (decided by " + c.By + ")"
		}
		fmt.Fprintf(w, "  %-12s  %s%s\n", gateState(c), clause(cmp.Or(c.Reason, c.Code)), by)
	}
}
