package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

func rulesMX() []Rule {
	const (
		source = "lexlatin.com; eherreraya.com; webadictos.com; infobae.com 2024-02-15; elmercurio.com.mx; goula.lat"
		says   = "recommendations with a benefit behind them are named as advertising, visibly and legibly all along, and aloud in audio"
	)
	rule := func(id, source string, c byline.Confidence, ties []Tie) Rule {
		r := ruleOf(id, "MX", since(2023, time.August, 21), "PROFECO guide on advertising by influencers, on LFPC art. 32", source, c).
			by(Guideline).liable(Brand, Creator).reaches(Scope{Ties: ties}).says(says)
		r.Label, r.Time = labelMX(), &TimeDuty{Bands: []TimeBand{{Promoted: true}}, Media: []Medium{Video}}
		return r
	}
	// The health authority's guide of 2024 speaks of permits and warnings.
	permit := ruleOf("MX.cofepris", "MX", undated(), "General Health Law and its rules on advertising; COFEPRIS guide of 2024",
		"lexlatin.com; eherreraya.com; expansion.mx 2024-09-05; praxworld.com.mx 2024-10-31", byline.Secondary).
		on(Medicine, Therapy, Health, Alcohol, Nicotine).liable(Brand, Agency, Creator).
		says("goods under health control are advertised with a permit or notice, its number and the warnings").
		gate(Conditions, "the permit or notice of the health authority is there, and its number and the warnings are shown")
	return []Rule{
		rule("MX", source, byline.Secondary, without(benefits(), Affiliate)),
		// That a share of sales counts too is only recalled.
		rule("MX.affiliate", notConfirmed, byline.Recalled, []Tie{Affiliate}),
		permit,
	}
}

func labelMX() *LabelDuty {
	return &LabelDuty{
		Accepted: concat(
			words("es", "#Publicidad", "Publicidad", "#PublicidadPagada", "Publicidad pagada", "#PatrocinadoPor", "Patrocinado por", "#Patrocinio"),
			recalled(words("es", "#Patrocinado", "#Pauta")),
		),
		// It is for posts without any tie.
		Rejected: concat(words("", "#OpinionesPersonales"), words("es", "no es publicidad", "sin patrocinio", "no patrocinado")),
		Place: map[Medium]Place{
			"":    {NotBuried: true},
			Audio: {InContent: true},
			Live:  {InContent: true},
		},
		ToggleSuffices: NotStated,
	}
}
