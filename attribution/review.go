package attribution

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// review is the work in progress of one decision.
type review struct {
	order   *Order
	history *History
	book    *Book
	plan    *plan
	traced  bool
	leads   []lead
	touched bool // the touches are among the leads
	// decidedBy is the rule that credited somebody.
	decidedBy *ruling
	// What was asked before of a great many leads.
	clicks    map[owner]bool
	winning   map[int][]owner
	evidences []string // of the signals, as leads compare
}

// room is how many leads there can be.
func (r *review) room() int {
	return len(r.order.Codes) + len(r.order.Touches) + len(r.order.Claims) + len(r.history.Touches) + len(r.history.Credits)
}

// add makes a lead of l. It does not append, which would move all of a decision to the
// heap: there is room.
func (r *review) add(l lead) *lead {
	n := len(r.leads)
	r.leads = r.leads[:n+1]
	r.leads[n] = l
	return &r.leads[n]
}

// gather lists all evidence there is, each with what speaks against it by itself.
// Without a trace, and where no group could put a click before a code, touches wait
// until a rule asks for them.
func (r *review) gather() {
	r.gatherCodes()
	if r.traced || r.book.grouped {
		r.gatherTouches()
	}
	r.gatherBindings()
	r.gatherClaims()
}

// maxCode bounds a code or link key, in bytes. Text beyond it belongs to nobody and is
// not worth the time that normalising it takes.
const maxCode = 255

func evidenceKey(text string) string {
	if len(text) > maxCode {
		return text
	}
	return NormalizeCode(text)
}

// few is how many pieces of evidence are compared each with each; for more, an index
// pays.
const few = 8

// gatherCodes judges each distinct code once. Kinds stay apart, because a discount that
// passes for a code must not add to a real one.
func (r *review) gatherCodes() {
	var index map[codeID]int
	if len(r.order.Codes) > few {
		index = make(map[codeID]int, len(r.order.Codes))
	}
	for i := range r.order.Codes {
		use := &r.order.Codes[i]
		id := codeID{string(use.Kind), evidenceKey(use.Code)}
		if known, ok := r.listed(id, index); ok {
			known.join(use)
			continue
		}
		if index != nil {
			index[id] = len(r.leads)
		}
		l := r.add(lead{kind: ByCode, evidence: use.Code, key: id.key, source: id.kind, listed: i, discount: use.Discount})
		r.own(l, &r.book.codes, r.order.PlacedAt)
		if use.Kind != Genuine && use.Kind != Offline {
			l.reason = ReasonNotGenuine
		}
	}
}

type codeID struct{ kind, key string }

// listed finds a code among the leads, all of which are codes so far. index is nil for a
// few.
func (r *review) listed(id codeID, index map[codeID]int) (*lead, bool) {
	if index != nil {
		i, known := index[id]
		if !known {
			return nil, false
		}
		return &r.leads[i], true
	}
	for i := range r.leads {
		if l := &r.leads[i]; l.key == id.key && l.source == id.kind {
			return l, true
		}
	}
	return nil, false
}

// join adds another spelling of the same code, so that its discount counts once and its
// listing twice does not.
func (l *lead) join(use *CodeUse) {
	l.evidence = min(l.evidence, use.Code)
	if sum, err := l.discount.Add(use.Discount); err == nil {
		l.discount = sum
	}
}

// own finds the offer that a lead belongs to at an instant.
func (r *review) own(l *lead, among *shelf, at time.Time) {
	i, reason := r.book.find(among, l.key, at)
	if l.reason = reason; reason == ReasonUnknown {
		return
	}
	t := &r.book.tenures[i]
	l.offer, l.owner, l.group, l.days = &r.book.offers[i], r.book.owners[t.owner], t.group, t.days
	switch {
	case reason != "":
	case r.plan.foreign(l.owner.campaign):
		l.reason = ReasonForeignCampaign
	case t.terms:
		l.reason = r.terms(l)
	}
}

// terms returns what the offer's further terms have against a lead.
func (r *review) terms(l *lead) Reason {
	o := l.offer
	switch {
	case len(o.Products) > 0 && !slices.ContainsFunc(r.order.Lines, func(line Line) bool { return line.isOf(o.Products) }):
		return ReasonOtherProducts
	case o.Uses > 0 && l.kind == ByCode && r.history.Uses[l.key] >= o.Uses:
		return ReasonUsedUp
	}
	return ""
}

// gatherTouches judges each distinct touch once, whether the order carries it or the
// caller recorded it.
func (r *review) gatherTouches() {
	r.touched = true
	if len(r.order.Touches) == 0 && len(r.history.Touches) == 0 {
		return
	}
	from := len(r.leads)
	for i := range r.history.Touches {
		t := r.history.Touches[i]
		if t.At.After(r.order.PlacedAt) && t.ID != "" && r.carries(t.ID) {
			// The order carries its id, so only the clocks differ.
			t.At = r.order.PlacedAt
		}
		r.addTouch(&t, true)
	}
	recorded := r.recorded()
	for i := range r.order.Touches {
		if t := &r.order.Touches[i]; t.ID == "" || !recorded(t.ID) {
			r.addTouch(t, t.Verified)
		}
	}
	if touches := r.leads[from:]; len(touches) > 1 {
		r.leads = r.leads[:from+len(distinct(touches))]
	}
}

// distinct sorts touches and drops those that say the same again. What only the order
// speaks of is answered for by a record of the same link, page or value: the order's own
// time is no more than a bound.
func distinct(touches []lead) []lead {
	slices.SortFunc(touches, func(a, b lead) int {
		return cmp.Or(cmp.Compare(kindRank(a.kind), kindRank(b.kind)), cmp.Compare(a.key, b.key),
			cmp.Compare(boolRank(b.recorded), boolRank(a.recorded)), compareLeads(&a, &b))
	})
	kept := touches[:1]
	for i := range touches[1:] {
		t, last := &touches[i+1], &kept[len(kept)-1]
		same := t.kind == last.kind && t.key == last.key
		if !same || !t.at.Equal(last.at) && (t.recorded || !last.recorded) {
			kept = append(kept, *t)
		}
	}
	return kept
}

// carries reports whether the order carries a click id.
func (r *review) carries(id string) bool {
	return slices.ContainsFunc(r.order.Touches, func(t Touch) bool { return t.ID == id })
}

// recorded tells whether the caller's records of clicks answer for a click id.
func (r *review) recorded() func(id string) bool {
	touches := r.history.Touches
	if len(touches) <= few {
		return func(id string) bool {
			return slices.ContainsFunc(touches, func(t Touch) bool { return t.ID == id && t.Kind != ByView })
		}
	}
	known := make(map[string]bool, len(touches))
	for i := range touches {
		known[touches[i].ID] = known[touches[i].ID] || touches[i].Kind != ByView
	}
	return func(id string) bool { return known[id] }
}

// addTouch passes over a page that is nobody's: every visit lands on one.
func (r *review) addTouch(t *Touch, recorded bool) {
	l := lead{kind: t.kind(), evidence: t.Link, source: t.Source, at: t.At, verified: t.Verified, recorded: recorded}
	switch l.kind {
	case ByUTM:
		r.ownUTM(&l, t.UTM)
	case ByPage:
		l.evidence = t.Page
		l.key = pageKey(t.Page)
		if r.own(&l, &r.book.pages, t.At); l.reason == ReasonUnknown {
			return
		}
	case ByClick, ByView:
		if t.Link == "" {
			// A key of its own: nobody's id may pass for another's link.
			l.evidence, l.key, l.reason = t.ID, "id "+t.ID, ReasonClickUnknown
			break
		}
		l.key = evidenceKey(t.Link)
		r.own(&l, &r.book.links, t.At)
	default:
		l.key, l.reason = evidenceKey(t.Link), ReasonNoTouch
	}
	if l.reason == "" && t.At.After(r.order.PlacedAt) {
		l.reason = ReasonClickAfterOrder
	}
	r.add(l)
}

// ownUTM takes the most specific value that belongs to an offer, an active one first.
func (r *review) ownUTM(l *lead, u UTM) {
	found := false
	for _, value := range u.values() {
		if value == "" {
			continue
		}
		try := *l
		try.evidence, try.key = value, evidenceKey(value)
		r.own(&try, &r.book.utms, l.at)
		if try.reason == "" {
			*l = try
			return
		}
		if !found || l.reason == ReasonUnknown && try.reason != ReasonUnknown {
			*l, found = try, true
		}
	}
	if !found {
		l.reason = ReasonUnknown
	}
}

// gatherBindings makes a lead of each earlier order that a creator brought.
func (r *review) gatherBindings() {
	for _, c := range r.history.Credits {
		if c.Order == r.order.ID || c.Creator == "" || c.By == ByBinding {
			continue
		}
		l := lead{kind: ByBinding, evidence: string(c.Order), key: string(c.Order), at: c.At, owner: owner{c.Creator, c.Campaign}}
		switch {
		case r.plan.foreign(c.Campaign):
			l.reason = ReasonForeignCampaign
		case !c.before(r.order):
			continue
		}
		r.add(l)
	}
}

// before orders purchases by time, and by id within one instant.
func (c PastCredit) before(o *Order) bool {
	return cmp.Or(c.At.Compare(o.PlacedAt), cmp.Compare(c.Order, o.ID)) < 0
}

func (r *review) gatherClaims() {
	for i := range r.order.Claims {
		c := &r.order.Claims[i]
		l := lead{kind: c.Kind, evidence: c.ID, key: c.ID, at: c.At, owner: owner{c.Creator, c.Campaign}, claim: c}
		if c.Campaign == "" {
			l.owner.campaign = r.campaignOf(c.Creator)
		}
		switch {
		case c.Withdrawn:
			l.reason = ReasonWithdrawn
		case c.Creator == "" || c.Kind != ByManual && c.Kind != BySurvey || c.Kind == ByManual && (c.Author == "" || c.Reason == ""):
			l.reason = ReasonIncomplete
		case r.plan.foreign(l.owner.campaign):
			l.reason = ReasonForeignCampaign
		}
		r.add(l)
	}
}

// campaignOf is what a claim means that names none: the policy's campaign, or the one
// that the creator is in. It is "" where they are in several.
func (r *review) campaignOf(id byline.CreatorID) byline.CampaignID {
	if r.plan.campaign != "" {
		return r.plan.campaign
	}
	var only byline.CampaignID
	for _, o := range r.book.owners {
		switch {
		case o.creator != id || o.campaign == only:
		case only != "":
			return ""
		default:
			only = o.campaign
		}
	}
	return only
}

// compareLeads brings leads into one order, however they came in. Of two that are the
// same but for where they were seen, the verified one is first.
func compareLeads(a, b *lead) int {
	return cmp.Or(
		cmp.Compare(kindRank(a.kind), kindRank(b.kind)), a.at.Compare(b.at), cmp.Compare(a.key, b.key),
		cmp.Compare(boolRank(b.verified), boolRank(a.verified)), cmp.Compare(a.source, b.source),
		cmp.Compare(a.evidence, b.evidence), compareOwners(a.owner, b.owner),
	)
}

// kindRank is the order in which a trace lists kinds of evidence.
func kindRank(k EvidenceKind) int {
	switch k {
	case ByCode:
		return 0
	case ByClick:
		return 1
	case ByUTM:
		return 2
	case ByPage:
		return 3
	case ByView:
		return 4
	case ByBinding:
		return 5
	case BySurvey:
		return 6
	case ByManual:
		return 7
	}
	return 8
}
