package contracts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// fits reports whether a use is what the grant is about, time apart. It allocates
// nothing where the use names no brand; misfits says in words what it finds.
func (h *heldGrant) fits(asset Asset, use Use) bool {
	g := h.grant
	return h.ofCreator(asset) && h.ofBrand(use) && g.hasChannel(use.Channel) && g.Territory.Contains(use.Market, use.Region) && g.hasLicensee(use.By) &&
		g.hasEdit(use.Edit) && g.hasLikeness(use.Likeness) && g.hasAI(use.AI) && (g.RawFootage || !use.Raw) && (use.Credited || !g.Credit) &&
		g.withinSpend(use.Spend) && g.withinImpressions(use.Impressions)
}

func (h *heldGrant) ofCreator(asset Asset) bool {
	creator := asset.Creator
	if creator == "" {
		creator = h.creators[asset.Agreement]
	}
	return creator == "" || creator == h.creator
}

func (h *heldGrant) ofBrand(use Use) bool {
	return use.Brand == "" || h.brand == "" || nameKey(use.Brand) == h.brand
}

func (g *Grant) hasChannel(c Channel) bool { return c != "" && slices.Contains(g.Channels, c) }

func (g *Grant) hasLicensee(by Licensee) bool {
	return by == TheBrand || slices.Contains(g.Sublicence, by)
}

func (g *Grant) hasEdit(e Edit) bool { return e == "" || slices.Contains(g.Edits, e) }

func (g *Grant) hasLikeness(l Likeness) bool {
	return l == LikenessAsPosted || slices.Contains(g.Likeness, l)
}

func (g *Grant) hasAI(u AIUse) bool { return u == "" || slices.Contains(g.AI, u) }

func (g *Grant) capsSpend() bool { return g.Spend != byline.Money{} }

// withinSpend is false for a spend in another currency than the cap's, where it cannot be
// told, and for one below 0, which is none.
func (g *Grant) withinSpend(spent byline.Money) bool {
	if !g.capsSpend() {
		return true
	}
	order, err := spent.Cmp(g.Spend)
	return err == nil && order <= 0 && spent.Sign() >= 0
}

func (g *Grant) withinImpressions(shown int64) bool {
	return g.Impressions == 0 || 0 <= shown && shown <= g.Impressions
}

// misfits are what keeps the grant from allowing the use, in one fixed order.
func (h *heldGrant) misfits(asset Asset, use Use) []Denial {
	d := denials{grant: h}
	h.scopeMisfits(asset, use, &d)
	h.mannerMisfits(use, &d)
	h.capMisfits(use, &d)
	h.timeMisfits(asset, use, &d)
	return d.list
}

func (h *heldGrant) scopeMisfits(asset Asset, use Use, d *denials) {
	g := h.grant
	if !h.ofCreator(asset) {
		d.add("rights.asset", "the asset is another creator's", "get the right from the asset's own creator")
	}
	if !h.ofBrand(use) {
		d.add("rights.brand", "it is another brand's", "get the right for this brand")
	}
	switch {
	case use.Channel == "":
		d.add("rights.channel", "the use does not say its channel", "say the channel")
	case !g.hasChannel(use.Channel):
		d.add("rights.channel", "it is not for "+channelWords(use.Channel), "add "+channelWords(use.Channel)+" to the channels of "+h.name())
	}
	switch {
	case !use.Market.Known():
		d.add("rights.territory", "the use does not say its market", "say the market, as an ISO 3166-1 code")
	case !g.Territory.Contains(use.Market, use.Region):
		d.add("rights.territory", "it is not for "+use.place(), "add "+use.place()+" to the territory of "+h.name())
	}
	if !g.hasLicensee(use.By) {
		d.add("rights.licensee", "it is not for "+rightsWord(use.By), "extend "+h.name()+" to "+rightsWord(use.By))
	}
}

func (h *heldGrant) mannerMisfits(use Use, d *denials) {
	g := h.grant
	if !g.hasEdit(use.Edit) {
		d.add("rights.edit", "it does not allow the edit "+rightsWord(use.Edit), "allow the edit in "+h.name()+", or use the content as it is")
	}
	if !g.hasLikeness(use.Likeness) {
		d.add("rights.likeness", "it does not allow the likeness as "+rightsWord(use.Likeness), "allow the likeness in "+h.name()+", or show it as posted")
	}
	if !g.hasAI(use.AI) {
		d.add("rights.ai", "it does not allow "+rightsWord(use.AI)+" by machines", "agree on it in "+h.name())
	}
	if use.Raw && !g.RawFootage {
		d.add("rights.raw", "it has no raw footage", "add raw footage to "+h.name()+", or use what was published")
	}
	if g.Credit && !use.Credited {
		d.add("rights.credit", "the creator must be named", "name the creator")
	}
}

func (h *heldGrant) capMisfits(use Use, d *denials) {
	g := h.grant
	switch {
	case g.withinSpend(use.Spend):
	case use.Spend.Sign() < 0:
		d.add("rights.spend_cap", fmt.Sprintf("it caps the spend, and a spend of %s cannot be", use.Spend), "say what is spent in all")
	default:
		d.add("rights.spend_cap", fmt.Sprintf("it holds up to a spend of %s, and %s is spent", g.Spend, use.Spend), "spend less, or raise the cap of "+h.name())
	}
	switch {
	case g.withinImpressions(use.Impressions):
	case use.Impressions < 0:
		d.add("rights.impression_cap", fmt.Sprintf("it caps the impressions, and %d of them cannot be", use.Impressions), "say how many there are in all")
	default:
		d.add("rights.impression_cap", fmt.Sprintf("it holds up to %d impressions, and there are %d", g.Impressions, use.Impressions), "show it less, or raise the cap of "+h.name())
	}
}

func (h *heldGrant) timeMisfits(asset Asset, use Use, d *denials) {
	switch {
	case h.signed.IsZero():
		d.add("rights.unsigned", "the version is not signed", fmt.Sprintf("sign version %d of agreement %s", h.version, h.agreement))
	case use.At.Before(h.signed):
		d.add("rights.unsigned", "the version is signed only at "+timeWords(h.signed), "start no earlier than "+timeWords(h.signed))
	case h.speaks.Before(use.At):
		d.add("rights.replaced", "a later version replaced it at "+timeWords(h.speaks.End), fmt.Sprintf("agree on the right in the version of agreement %s that now holds", h.agreement))
	}
	if paid := h.paid(asset); h.grant.FeeFirst && (paid.IsZero() || use.At.Before(paid)) {
		d.add("rights.unpaid", "its fee was not paid by then", "pay for "+h.name()+" first")
	}
	h.termMisfits(asset, use, d)
}

func (h *heldGrant) termMisfits(asset Asset, use Use, d *denials) {
	w, ok := h.term(asset)
	switch {
	case !ok:
		d.add("rights.not_started", "its term starts with the "+rightsWord(h.grant.Term.From)+", of which nothing is known", "wait for the "+rightsWord(h.grant.Term.From)+", or tell when it was")
		return
	case w.After(use.At):
		d.add("rights.not_started", "its term starts at "+timeWords(w.Start), "start no earlier than "+timeWords(w.Start))
	case w.Before(use.At):
		d.add("rights.ended", "its term ended at "+timeWords(w.End), "renew "+h.name())
	}
	h.flightMisfits(asset, use, d)
}

// flightMisfits are those of a use that begins while the grant holds.
func (h *heldGrant) flightMisfits(asset Asset, use Use, d *denials) {
	w, ok := h.holds(asset)
	switch {
	case use.Until.IsZero() || !ok || !w.Contains(use.At):
	case !use.Until.After(use.At):
		d.add("rights.flight", "the flight ends before it starts", "end it later than it starts")
	case !w.End.IsZero() && use.Until.After(w.End):
		d.add("rights.flight", "it ends at "+timeWords(w.End)+", before the flight does", "end the flight by "+timeWords(w.End)+", or extend "+h.name()+" until "+timeWords(use.Until))
	}
}

// denials collects what one grant lacks.
type denials struct {
	grant *heldGrant
	list  []Denial
}

func (d *denials) add(code, message, remedy string) {
	d.list = append(d.list, Denial{
		Agreement: d.grant.agreement, Version: d.grant.version, Grant: d.grant.grant.ID, Code: code, Message: message, Remedy: remedy,
	})
}

// rightsWord is a word of the vocabulary as a sentence has it.
func rightsWord[T ~string](word T) string {
	if word == "" {
		return "a use that is not named"
	}
	return strings.ReplaceAll(string(word), "_", " ")
}

// place is where a use is.
func (u Use) place() string {
	switch {
	case u.Region != "":
		return u.Region
	case u.Market != "":
		return string(u.Market)
	}
	return "a market that is not named"
}
