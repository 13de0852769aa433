package lift

import (
	"fmt"
	"math"
	"strings"
)

// Explain says the result to a marketer, in plain English. The wording may change;
// programs read the fields.
func (p Proportions) Explain() string {
	said := []string{fmt.Sprintf("%s of the %d treated units converted and %s of the %d held out.",
		percentOf(p.TreatedRate), p.Treated.Units, percentOf(p.ControlRate), p.Control.Units)}
	if p.Conclusion == Broken {
		return said[0] + " " + p.WouldChange[0].Message + "."
	}
	said = append(said, p.effect(), p.verdict())
	for _, f := range p.disagreement() {
		said = append(said, f.Message+". "+f.Fix+".")
	}
	if by, ok := p.tipping(); ok {
		said = append(said, tippingWords(by, p.Conclusion))
	}
	return strings.Join(said, " ")
}

func (p Proportions) effect() string {
	text := fmt.Sprintf("The difference is %s points (%s at a level of %s). In the treated arm that is %s",
		points(p.Difference), p.MiettinenNurminen.between(points), percentOf(p.Level), p.Incremental.conversions())
	if p.Lift == nil {
		return text + ". No held-out unit converted, so there is no relative lift."
	}
	return text + fmt.Sprintf(", a lift of %s (%s).", percentOf(p.Lift.Value), p.Lift.Interval.between(percentOf))
}

func (i Incremental) conversions() string {
	noun, beyond := "conversions", "beyond"
	if i.Value < 0 {
		beyond = "short of"
	}
	size := brief(math.Abs(i.Value))
	if size == "1" {
		noun = "conversion"
	}
	return fmt.Sprintf("%s %s %s what would have come anyway (%s)", size, noun, beyond, i.Interval.between(brief))
}

func (p Proportions) verdict() string {
	by := fmt.Sprintf("Without any effect, chance makes a difference like this or larger %s", chances(p.PValue))
	return verdictWords(by, p.Conclusion, "conversions")
}

func verdictWords(by string, c Conclusion, what string) string {
	switch c {
	case Raised:
		return by + ": the campaign raised " + what + "."
	case Lowered:
		return by + ": the campaign lowered " + what + "."
	default:
		return by + ": that is too often to say that the campaign changed " + what + "."
	}
}

func tippingWords(by int64, c Conclusion) string {
	if c == Undecided {
		return moreOrFewer(by) + " in the treated arm would have decided it."
	}
	return moreOrFewer(by) + " in the treated arm would leave it undecided."
}

func points(share float64) string { return brief(share * 100) }
