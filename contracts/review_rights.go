package contracts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// checkRightsComplete is C01: what a right does not say is not granted, and what is
// granted nowhere or never is of no use.
func checkRightsComplete(r *review, rules []LawRule) {
	for i, g := range r.terms.Grants {
		missing := func(field, what string) {
			r.find(nearest(rules), "review.right_incomplete", entryPath("grants", i)+"."+field, fmt.Sprintf("the right %q does not say %s", g.ID, what))
		}
		if len(g.Channels) == 0 {
			missing("channels", "on which channels")
		}
		if g.Territory.nowhere() {
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
		path := entryPath("grants", i) + ".term"
		open, words := g.Term.Perpetual, "has no end"
		if !open && r.compareLength(g.Term, r.norms.OpenMonths) >= 0 {
			open, words = true, fmt.Sprintf("lasts %d months or more, which is as good as no end", r.norms.OpenMonths)
		}
		switch {
		case open && (g.Fee.Sign() <= 0 || !g.Acknowledged):
			r.find(nearest(rules), "review.right_perpetual", path, fmt.Sprintf("the right %q %s, and it is not both priced and acknowledged", g.ID, words))
		case !g.Term.Perpetual && r.compareLength(g.Term, r.norms.RightMonths) > 0:
			r.find(nearest(rules), "review.right_long", path, fmt.Sprintf("the right %q lasts longer than the usual %d months", g.ID, r.norms.RightMonths))
		}
	}
}

// compareLength compares how long a term lasts with so many months. What is not started
// by a date is taken to start on the day: a length is about the same from any.
func (r *review) compareLength(term Term, months int) int {
	from := term.Start
	if term.From != FromDate {
		from = r.day
	}
	w, ok := term.Holds(from, r.zone)
	if !ok {
		return -1
	}
	return compareWindowEnds(w.End, afterCalendar(w.Start, months, 0, r.zone))
}

// checkPermissions is C03: an ad from the creator's account needs the platform's leave
// for as long and as far as the right goes.
func checkPermissions(r *review, rules []LawRule) {
	for i, g := range r.terms.Grants {
		for j, channel := range g.Channels {
			of := rulesOfChannel(rules, channel)
			if len(of) == 0 {
				continue
			}
			rule, assets := nearest(of), r.assetsOf(g)
			if len(assets) == 0 {
				r.find(rule, "review.permission_unknown", entryPath(entryPath("grants", i)+".channels", j),
					fmt.Sprintf("the right %q covers %s; whether the platform permits it is not known yet", g.ID, channel))
			}
			for _, a := range assets {
				r.permission(rule, g, a, permissionPlace{channel, entryPath(entryPath("grants", i)+".channels", j)})
			}
		}
	}
}

func rulesOfChannel(rules []LawRule, c Channel) []LawRule {
	id := "C03." + string(c)
	return slices.DeleteFunc(slices.Clone(rules), func(rule LawRule) bool { return rule.ID != id && !strings.HasPrefix(rule.ID, id+".") })
}

type permissionPlace struct {
	channel Channel
	path    string
}

// assetsOf are the assets that a right is for: those it names, under whatever agreement of
// the creator they were made, or all that were made under the terms.
func (r *review) assetsOf(g Grant) []Asset {
	return slices.DeleteFunc(slices.Clone(r.options.Assets), func(a Asset) bool {
		if len(g.Assets) == 0 {
			return a.Agreement != r.terms.ID
		}
		return !slices.Contains(g.Assets, a.ID) || (a.Creator != "" && a.Creator != r.terms.Creator)
	})
}

func (r *review) permission(rule *LawRule, g Grant, a Asset, at permissionPlace) {
	ahead := spansOf(byline.Window{Start: r.at})
	term, started := g.Term.Holds(g.Term.starts(r.terms.SignedAt, a, a.Agreement == r.terms.ID), r.zone)
	if started {
		ahead = ahead.intersect(spansOf(term))
	}
	if len(ahead) == 0 {
		return
	}
	active := slices.ContainsFunc(a.active(at.channel), func(p PlatformPermission) bool { return len(ahead.intersect(spansOf(p.Holds))) > 0 })
	what := fmt.Sprintf("the asset %q under the right %q on %s", a.ID, g.ID, at.channel)
	switch {
	case !active && a.PostedAt.IsZero():
		r.find(rule, "review.permission_unknown", at.path, what+": it is not posted yet, so the platform cannot have permitted it")
		return
	case !active:
		r.find(rule, "review.permission_missing", at.path, what+": the platform's permission is missing, revoked or over")
		return
	}
	narrow, short := false, false
	for _, market := range reachOf(g.Territory).touched() {
		windows := spansOf(platformWindows(a, Use{Channel: at.channel, Market: market})...)
		if len(ahead.intersect(windows)) == 0 {
			narrow = true
		} else if started && len(ahead.subtract(windows)) > 0 {
			short = true
		}
	}
	if short {
		r.find(rule, "review.permission_short", at.path, what+": the platform's permission does not hold for as long as the right does")
	}
	if narrow {
		r.find(rule, "review.permission_narrow", at.path, what+": the platform's permission holds in fewer markets than the right")
	}
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
			r.find(rule, "review.edits_unmentioned", entryPath("grants", i)+".edits", fmt.Sprintf("the right %q mentions no edits: not even crops and subtitles are allowed", g.ID))
		}
		for _, use := range g.AI {
			if r.terms.Clauses.AI != nil && ((use == AITraining && !ai.Training) || (use == AIReplica && !ai.Replica)) {
				r.find(rule, "review.ai_contradiction", entryPath("grants", i)+".ai", fmt.Sprintf("the right %q grants %s, and the clause on machines does not", g.ID, use))
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
				r.find(nearest(rules), "review.union_scope", entryPath(entryPath("grants", i)+".channels", j),
					fmt.Sprintf("the right %q covers %s; the union's agreement for influencers does not", g.ID, channel))
			}
		}
	}
}
