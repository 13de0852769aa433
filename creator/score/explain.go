package score

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

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
	who := clause(string(a.CreatorID))
	if a.Platform != "" {
		who += " on " + string(a.Platform)
	}
	score, known := a.Score.Value()
	if !known {
		fmt.Fprintf(w, "%s: no score by %s. Nothing that the rubric asks for is known.\n%s\n", who, a.Rubric, a.verdictWords())
		return
	}
	part := ""
	open := a.Missing.High-a.Missing.Low >= 0.05
	if open {
		part = ", over the " + share(a.Coverage) + " of its weight that is known"
	}
	fmt.Fprintf(w, "%s: %s of 100 by %s%s.\n%s\n", who, points(score), a.Rubric, part, a.verdictWords())
	margins := "Within the margins of the readings"
	if open {
		fmt.Fprintf(w, "Once everything is known, the score can be anything from %s.\n", a.Missing.words())
		margins = "With the margins of the readings as well"
	}
	if a.Likely != a.Missing {
		fmt.Fprintf(w, "%s: from %s.\n", margins, a.Likely.words())
	}
	if a.Weights.High-a.Weights.Low >= 0.05 {
		fmt.Fprintf(w, "With other weights, each up to 20 %% more or less: from %s.\n", a.Weights.words())
	}
}

func (r Range) words() string { return points(r.Low) + " to " + points(r.High) }

// points are shown as whole numbers, for tenths of a point mean nothing.
func points(v float64) string { return strconv.FormatFloat(math.Round(v), 'f', 0, 64) }

func (a *Assessment) verdictWords() string {
	switch a.Verdict {
	case Barred:
		return "Barred, whatever the score: " + a.whyUnranked() + "."
	case Held:
		return "Held until somebody looks: " + a.whyUnranked() + "."
	case Eligible:
		return fmt.Sprintf("May be ranked: no gate stands in the way, and %s of the rubric's weight is known (a rank takes %s).", share(a.Coverage), share(a.Needed))
	default:
		return "Not ranked: " + a.whyUnranked() + "."
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
		reason := clause(cmp.Or(c.Reason, c.Code))
		// Two checks may wait for the same thing.
		if gateState(c) == state && !slices.Contains(reasons, reason) {
			reasons = append(reasons, reason)
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

// clause puts a text of others on one line, without its full stop and without what is not
// to be seen: a reason may quote a post.
func clause(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return -1
		}
		return r
	}, text)
	return strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
}

func (a *Assessment) whyUnranked() string {
	thin := share(a.Coverage) + " of the rubric's weight is known, and a rank takes " + share(a.Needed)
	switch {
	case a.Verdict == Barred:
		return a.gateWords(creator.Failed)
	case a.Verdict == Held && a.thin() && a.Coverage > 0:
		return a.gateWords(creator.Undetermined) + "; and only " + thin
	case a.Verdict == Held:
		return a.gateWords(creator.Undetermined)
	default:
		return thin
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
		k.explainFindings(w)
	}
}

func (k Contribution) explainFindings(w *strings.Builder) {
	for _, f := range k.Findings {
		if f.Severity != byline.Info {
			fmt.Fprintf(w, "         Look at it: %s.\n", clause(f.Message))
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
	return string(group(strconv.AppendInt(nil, int64(n), 10), 0)) + " observations"
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
		k.explainFindings(w)
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
			by = " (decided by " + clause(c.By) + ")"
		}
		fmt.Fprintf(w, "  %-12s  %s%s\n", gateState(c), clause(cmp.Or(c.Reason, c.Code)), by)
	}
}
