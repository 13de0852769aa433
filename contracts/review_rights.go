package contracts

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// checkRightsComplete is C01: what a right does not say is not granted, and what is
// granted nowhere or never is of no use.
func checkRightsComplete(r *review, rules []LawRule) {
	for i, g := range r.terms.Grants {
		missing := func(field, what string) {
			r.find(&rules[0], "review.right_incomplete", reviewItem("grants", i, field), fmt.Sprintf("the right %q does not say %s", g.ID, what))
		}
		if len(g.Channels) == 0 {
			missing("channels", "on which channels")
		}
		if reviewNowhere(g.Territory) {
			missing("territory", "where it holds")
		}
		switch {
		case g.Term.From == "", g.Term.From == FromDate && g.Term.Start.IsZero():
			missing("term", "from when it holds")
		case !g.Term.Perpetual && g.Term.End.IsZero() && g.Term.Months == 0 && g.Term.Days == 0:
			missing("term", "until when it holds")
		case g.Term.From == FromDate && (byline.Window{Start: g.Term.Start, End: g.Term.End}).Empty():
			missing("term", "any time: it ends before it starts")
		}
	}
}

// checkRightsEnd is C02.
func checkRightsEnd(r *review, rules []LawRule) {
	for i, g := range r.terms.Grants {
		path := reviewItem("grants", i, "term")
		switch {
		case g.Term.Perpetual && (g.Fee.Sign() <= 0 || !g.Acknowledged):
			r.find(&rules[0], "review.right_perpetual", path, fmt.Sprintf("the right %q has no end, and it is not both priced and acknowledged", g.ID))
		case !g.Term.Perpetual && r.longer(g.Term, r.norms.RightMonths):
			r.find(&rules[0], "review.right_long", path, fmt.Sprintf("the right %q lasts longer than the usual %d months", g.ID, r.norms.RightMonths))
		}
	}
}

// longer reports whether a term certainly lasts more than so many months.
func (r *review) longer(term Term, months int) bool {
	from := term.Start
	if term.From != FromDate {
		from = r.day // a length is about the same from any day
	}
	w := r.termFrom(term, from)
	if term.From != FromDate && term.Months == 0 && term.Days == 0 {
		return false
	}
	return !w.Start.IsZero() && !w.End.IsZero() && w.End.After(w.Start.In(r.zone).AddDate(0, months, 0))
}

// termOf is when a right in an asset holds; false where it has not started.
func (r *review) termOf(term Term, a Asset) (byline.Window, bool) {
	from := map[Trigger]time.Time{
		FromDate: term.Start, FromSigning: r.terms.SignedAt, FromHandover: a.DeliveredAt, FromPosting: a.PostedAt, FromFirstPosting: a.FirstPosting,
	}[term.From]
	return r.termFrom(term, from), !from.IsZero()
}

func (r *review) termFrom(term Term, from time.Time) byline.Window {
	w := byline.Window{Start: from}
	if term.Perpetual {
		return w
	}
	w.End = term.End
	if term.Months > 0 || term.Days > 0 {
		if end := from.In(r.zone).AddDate(0, term.Months, term.Days); w.End.IsZero() || end.Before(w.End) {
			w.End = end
		}
	}
	return w
}

// checkPermissions is C03: an ad from the creator's account needs the platform's leave
// for as long and as far as the right goes.
func checkPermissions(r *review, rules []LawRule) {
	for i, g := range r.terms.Grants {
		for j, channel := range g.Channels {
			at := slices.IndexFunc(rules, func(rule LawRule) bool { return rule.ID == "C03."+string(channel) })
			if at < 0 {
				continue
			}
			assets := r.assetsOf(g)
			if len(assets) == 0 {
				r.find(&rules[at], "review.permission_unknown", reviewItem("grants", i, "channels")+fmt.Sprintf("[%d]", j),
					fmt.Sprintf("the right %q covers %s; whether the platform permits it is not known yet", g.ID, channel))
			}
			for _, a := range assets {
				r.permission(&rules[at], g, a, permissionPlace{channel, reviewItem("grants", i, "channels") + fmt.Sprintf("[%d]", j)})
			}
		}
	}
}

type permissionPlace struct {
	channel Channel
	path    string
}

func (r *review) assetsOf(g Grant) []Asset {
	return slices.DeleteFunc(slices.Clone(r.options.Assets), func(a Asset) bool {
		return a.Agreement != r.terms.ID || (len(g.Assets) > 0 && !slices.Contains(g.Assets, a.ID))
	})
}

func (r *review) permission(rule *LawRule, g Grant, a Asset, at permissionPlace) {
	term, started := r.termOf(g.Term, a)
	if started && term.Before(r.day) {
		return
	}
	active := slices.DeleteFunc(slices.Clone(a.Permissions), func(p PlatformPermission) bool {
		return p.Channel != at.channel || p.Status != PermissionActive || p.Holds.Before(r.day)
	})
	what := fmt.Sprintf("the asset %q under the right %q on %s", a.ID, g.ID, at.channel)
	switch {
	case len(active) == 0 && a.PostedAt.IsZero():
		r.find(rule, "review.permission_unknown", at.path, what+": it is not posted yet, so the platform cannot have permitted it")
	case len(active) == 0:
		r.find(rule, "review.permission_missing", at.path, what+": the platform's permission is missing, revoked or over")
	case started && !slices.ContainsFunc(active, func(p PlatformPermission) bool { return lastsAsLong(p.Holds, term) }):
		r.find(rule, "review.permission_short", at.path, what+": the platform's permission ends before the right does")
	case !slices.ContainsFunc(active, func(p PlatformPermission) bool { return reachesAsFar(p.Markets, g.Territory) }):
		r.find(rule, "review.permission_narrow", at.path, what+": the platform's permission holds in fewer markets than the right")
	}
}

func lastsAsLong(holds, term byline.Window) bool {
	return holds.End.IsZero() || (!term.End.IsZero() && !holds.End.Before(term.End))
}

func reachesAsFar(markets []byline.Market, t Territory) bool {
	if len(markets) == 0 {
		return true
	}
	if t.Worldwide {
		return false
	}
	return !slices.ContainsFunc(reviewTerritory(t), func(m byline.Market) bool { return !slices.Contains(markets, m) })
}

// checkMentioned is C04. The rules of markets are about a synthetic likeness.
func checkMentioned(r *review, rules []LawRule) {
	ai := r.terms.Clauses.AI
	if ai == nil {
		ai = &AITerms{}
	}
	if rule := ruleOf(rules, "C04"); rule != nil {
		r.mentioned(rule, *ai)
	}
	if !ai.Replica && !slices.ContainsFunc(r.terms.Grants, func(g Grant) bool { return slices.Contains(g.AI, AIReplica) }) {
		return
	}
	if ai.Purpose == "" {
		rule := ruleOf(rules, "C04.US-CA", "C04")
		r.find(rule, "review.replica_purpose", reviewClause("ai"), "the likeness may be synthesised, and the agreement does not say for what")
	}
	if ai.DisclosureBy != "" {
		return
	}
	for i := range rules {
		switch rule := &rules[i]; {
		case rule.ID == "C04", rule.ID == "C04.US-CA":
		case rule.Effect == Conditional:
			r.find(rule, "review.ai_performer", reviewClause("ai"), "nobody has the duty to label what a machine made: "+rule.Says)
		default:
			r.find(rule, "review.ai_label", reviewClause("ai"), "nobody has the duty to label what a machine made: "+rule.Says)
		}
	}
}

func (r *review) mentioned(rule *LawRule, ai AITerms) {
	if r.terms.Clauses.AI == nil && len(r.terms.Grants) > 0 {
		r.find(rule, "review.ai_unmentioned", reviewClause("ai"), "rights are granted without a word on uses by machines: what is not mentioned is forbidden")
	}
	for i, g := range r.terms.Grants {
		if len(g.Edits) == 0 {
			r.find(rule, "review.edits_unmentioned", reviewItem("grants", i, "edits"), fmt.Sprintf("the right %q mentions no edits: not even crops and subtitles are allowed", g.ID))
		}
		for _, use := range g.AI {
			if r.terms.Clauses.AI != nil && ((use == AITraining && !ai.Training) || (use == AIReplica && !ai.Replica)) {
				r.find(rule, "review.ai_contradiction", reviewItem("grants", i, "ai"), fmt.Sprintf("the right %q grants %s, and the clause on machines does not", g.ID, use))
			}
		}
	}
}

// ruleOf is the rule with the first of ids that there is, or else nil.
func ruleOf(rules []LawRule, ids ...string) *LawRule {
	for _, id := range ids {
		if i := slices.IndexFunc(rules, func(rule LawRule) bool { return rule.ID == id }); i >= 0 {
			return &rules[i]
		}
	}
	return nil
}

// checkUnion is C18.
func checkUnion(r *review, rules []LawRule) {
	union := slices.ContainsFunc(reviewParties(r.terms, RoleCreator), func(p Party) bool {
		return strings.Contains(strings.ToUpper(p.Union), "SAG")
	})
	if !union {
		return
	}
	outside := []Channel{ChannelEmail, ChannelOutOfHome, ChannelInStore, ChannelRetailMedia, ChannelTV, ChannelPrint}
	for i, g := range r.terms.Grants {
		for j, channel := range g.Channels {
			if slices.Contains(outside, channel) {
				r.find(&rules[0], "review.union_scope", reviewItem("grants", i, "channels")+fmt.Sprintf("[%d]", j),
					fmt.Sprintf("the right %q covers %s; the union's agreement for influencers does not", g.ID, channel))
			}
		}
	}
}
