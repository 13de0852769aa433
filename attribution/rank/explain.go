package rank

import (
	"fmt"
	"strings"
)

// explained is how many creators [Ranking.Explain] names.
const explained = 10

// Explain says in words how the ranking came about: the prior, the first ten creators, who
// stands apart and what to be careful of. Rates are in percent.
func (r Ranking) Explain() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n", r.Prior.explain())
	if len(r.Creators) > 0 {
		fmt.Fprintf(&text, "%s is better; the true value lies in the brackets with a chance of %.4g%%.\n", r.better(), 100*r.Level)
	}
	for _, p := range r.Creators[:min(explained, len(r.Creators))] {
		text.WriteString(r.explainOne(p))
	}
	if more := len(r.Creators) - explained; more > 0 {
		fmt.Fprintf(&text, "and %d more\n", more)
	}
	for _, a := range r.Apart {
		fmt.Fprintf(&text, "%s is not ranked: %s (%.4g of %s)\n", a.CreatorID, a.Message, a.Have, r.Prior.Family.size(a.Need))
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&text, "%s: %s\n", f.Severity, f.Message)
	}
	return text.String()
}

func (r Ranking) better() string {
	if r.LowerIsBetter {
		return "Lower"
	}
	return "Higher"
}

func (p Prior) explain() string {
	origin := "The prior was given"
	if p.Fit != nil {
		origin = fmt.Sprintf("The prior was learnt from %d creators", p.Fit.Creators)
	}
	mean := p.Family.value(p.Belief.Mean())
	if p.Belief.Shape == Point {
		return fmt.Sprintf("%s: all have the value %s.", origin, mean)
	}
	text := fmt.Sprintf("%s: mean %s, standard deviation %s", origin, mean, p.Family.value(p.Belief.SD()))
	switch p.Family {
	case BetaBinomial:
		text += ", worth " + p.Family.size(p.Belief.A+p.Belief.B)
	case GammaPoisson:
		text += ", worth " + p.Family.size(p.Belief.B)
	}
	return text + "."
}

// value writes a rate in percent, and the others as they are.
func (f Family) value(x float64) string {
	switch {
	case f != BetaBinomial:
		return fmt.Sprintf("%.4g", x)
	case x < 1e-6:
		return "0%"
	}
	return fmt.Sprintf("%.3g%%", 100*x)
}

// size writes how much data there are, in what the family counts them.
func (f Family) size(n float64) string {
	unit := map[Family]string{BetaBinomial: "trials", GammaPoisson: "of exposure", NormalNormal: "values"}[f]
	if n == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return fmt.Sprintf("%.4g %s", n, unit)
}

func (r Ranking) explainOne(p Posterior) string {
	value := r.Prior.Family.value
	own := "no data, the prior alone"
	if p.Raw != nil {
		own = fmt.Sprintf("raw %s, %.0f%% own data", value(*p.Raw), 100*p.OwnWeight)
	}
	place, likely := fmt.Sprintf("in the top %d", r.Top), p.TopChance
	if r.Top == 1 || r.Top >= len(r.Creators) { // everyone has a place among all
		place, likely = "the first", p.BestChance
	}
	return fmt.Sprintf("%d. %s: %s (%s to %s; %s), %s to be %s\n",
		p.Place, p.CreatorID, value(p.Mean), value(p.Low), value(p.High), own, chance(likely), place)
}

// chance rounds to whole percent, but never to certainty.
func chance(p float64) string {
	switch {
	case p < 0.005:
		return "under 1%"
	case p > 0.995:
		return "over 99%"
	}
	return fmt.Sprintf("%.0f%%", 100*p)
}
