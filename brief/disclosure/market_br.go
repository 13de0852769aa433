package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesBR: the guide of 2026 keeps the core of the first and adds that the label is seen
// at once, without a click.
func rulesBR() []Rule {
	const (
		first  = "portalpublicitario.com.br: achadinhos; criadoresid.com: guia de publicidade; lickslegal.com 2020-11"
		second = "tozzinifreire.com.br: novo guia do CONAR; portalpublicitario.com.br: achadinhos"
		says   = "advertising is identified as such, with the platform's own tool first"
	)
	rule := func(effective byline.Window, instrument, source string, place Place) Rule {
		r := ruleOf("BR", "BR", effective, instrument, source, byline.Secondary).
			by(SelfRegulation).liable(Brand, Agency, Creator).reaches(Scope{Ties: benefits()}).says(says)
		r.Label = &LabelDuty{
			Accepted: concat(
				words("pt", "#publi", "#publicidade", "publicidade", "#publipost", "#anúncio", "anúncio", "#patrocinado", "patrocinado"),
				recalled(words("pt", "parceria paga", "publi")),
			),
			// A law firm names #ad beside the others; the guide asks for words that everybody understands.
			Risky:          words("pt", "#ad"),
			Rejected:       words("pt", "não é publi", "não é publicidade", "não é anúncio", "não patrocinado"),
			Place:          map[Medium]Place{"": place},
			ToggleSuffices: Enough,
		}
		return r
	}
	return append([]Rule{
		rule(until(2026, time.June, 1), "CONAR guide for digital influencers (2021), and CDC art. 36", first, Place{}),
		rule(since(2026, time.June, 1), "CONAR guide for digital influencers (2026), and CDC art. 36", second, Place{BeforeFold: true}),
	}, gatesBR()...)
}

func gatesBR() []Rule {
	const source = "tozzinifreire.com.br; portalpublicitario.com.br"
	guide := func(id string, effective byline.Window, source, says string) Rule {
		return ruleOf(id, "BR", effective, "CONAR code and guide", source, byline.Secondary).
			by(SelfRegulation).liable(Brand, Agency, Creator).says(says)
	}
	minors := guide("BR.minors", since(2026, time.June, 1), source, "stricter care where the audience is young").
		gate(Conditions, "the stricter conditions for children and adolescents are met")
	minors.Scope.Minors = 18
	return []Rule{
		guide("BR.gambling", undated(), source+"; portalmakingof.com.br: Anexo X", "advertising for betting reaches adults only, with a warning, and shows nobody who looks under 21").
			on(Gambling, Tips).gate(Conditions, "the operator is authorised, the audience is adult, and warnings are there"),
		guide("BR.children", since(2026, time.June, 1), source, "stricter care where children are in the content").
			marked(Children).gate(Conditions, "the stricter conditions for children in the content are met"),
		minors,
	}
}
