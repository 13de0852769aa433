package attribution

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// plan is a policy in the form in which decisions apply it.
type plan struct {
	version  string
	campaign byline.CampaignID
	rules    []ruling
	coolDown time.Duration
	exclude  Exclusions
	trust    []TrustRule
	// touches is the first rule over touches; -1 where there is none.
	touches int
	// beside is for how long a touch is a sign beside other evidence where no rule takes
	// its kind.
	beside time.Duration
}

// ruling is a rule in the form in which decisions apply it.
type ruling struct {
	Rule
	number  int // its place in the policy, from 1
	codes   bool
	touches bool // it looks at touches, be it to confirm a code
	window  time.Duration
}

const day24 = 24 * time.Hour

func newPlan(p Policy) *plan {
	p = p.WithDefaults()
	made := &plan{
		version: p.Version, campaign: p.Campaign, exclude: p.Exclude, trust: p.Trust,
		coolDown: days(p.CoolDownDays), touches: -1, beside: days(p.ClickWindowDays),
	}
	spares := slices.ContainsFunc(p.Trust, func(t TrustRule) bool { return t.UnlessClick })
	for i, r := range p.Rules {
		if r.faulty() {
			continue
		}
		ofTouches := slices.ContainsFunc(r.Evidence, EvidenceKind.isTouch)
		made.rules = append(made.rules, ruling{
			Rule: r, number: i + 1, codes: r.names(ByCode), window: days(r.WindowDays), touches: ofTouches || spares || r.Needs != NeedsNothing,
		})
		if made.touches < 0 && ofTouches {
			made.touches = len(made.rules) - 1
		}
	}
	return made
}

// days keeps within what a Duration holds.
func days(n int) time.Duration { return time.Duration(min(max(n, 0), maxWindowDays)) * day24 }

func (p *plan) foreign(campaign byline.CampaignID) bool {
	return p.campaign != "" && campaign != p.campaign
}

// leavesOut reports whether the policy excludes the whole order.
func (p *plan) leavesOut(o *Order) bool {
	e := &p.exclude
	return e.Staff && o.Customer.Staff || e.Wholesale && o.Customer.Wholesale || e.Renewals && o.Renewal ||
		slices.Contains(e.Channels, o.Channel)
}

// excludedLines is nil where no line can be excluded.
func (p *plan) excludedLines() func(*Line) bool {
	e := &p.exclude
	if len(e.Products) == 0 && len(e.Collections) == 0 {
		return nil
	}
	return func(l *Line) bool {
		return l.isOf(e.Products) || slices.ContainsFunc(l.Collections, func(c string) bool { return slices.Contains(e.Collections, c) })
	}
}

// isOf reports whether the line is of one of the products.
func (l *Line) isOf(products []string) bool {
	return l.Product != "" && slices.Contains(products, l.Product) || l.SKU != "" && slices.Contains(products, l.SKU)
}
