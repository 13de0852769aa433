package rank

import (
	"fmt"
	"strings"
)

// explained is how many creators [Ranking.Explain] names.
const explained = 10

// Explain says in words how the ranking came about: the prior, the first ten creators, who
// stands apart and what to be careful of.
func (r Ranking) Explain() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n", r.Prior.explain())
	for _, p := range r.Creators[:min(explained, len(r.Creators))] {
		text.WriteString(r.explainOne(p))
	}
	if more := len(r.Creators) - explained; more > 0 {
		fmt.Fprintf(&text, "and %d more\n", more)
	}
	for _, a := range r.Apart {
		fmt.Fprintf(&text, "%s is not ranked: %s (%.4g of %.4g)\n", a.CreatorID, a.Message, a.Have, a.Need)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&text, "%s: %s\n", f.Severity, f.Message)
	}
	return text.String()
}

func (p Prior) explain() string {
	origin := "The prior was given"
	if p.Fit != nil {
		origin = fmt.Sprintf("The prior was learnt from %d creators", p.Fit.Creators)
	}
	if p.Belief.Shape == Point {
		return fmt.Sprintf("%s: all have the value %.4g.", origin, p.Belief.Mean())
	}
	text := fmt.Sprintf("%s: mean %.4g, standard deviation %.4g", origin, p.Belief.Mean(), p.Belief.SD())
	switch p.Family {
	case BetaBinomial:
		return fmt.Sprintf("%s, worth %.4g trials.", text, p.Belief.A+p.Belief.B)
	case GammaPoisson:
		return fmt.Sprintf("%s, worth an exposure of %.4g.", text, p.Belief.B)
	}
	return text + "."
}

func (r Ranking) explainOne(p Posterior) string {
	own := "no data, the prior alone"
	if p.Raw != nil {
		own = fmt.Sprintf("raw %.4g, %.0f%% own data", *p.Raw, 100*p.OwnWeight)
	}
	return fmt.Sprintf("%d. %s: %.4g (%.4g to %.4g; %s), %s to be in the top %d\n",
		p.Place, p.CreatorID, p.Mean, p.Low, p.High, own, chance(p.TopChance), r.Top)
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
