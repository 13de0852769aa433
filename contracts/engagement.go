package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// Engagement is work of a creator for a brand as conflicts need to know it: an agreement,
// signed or not, or a single post.
type Engagement struct {
	Creator    byline.CreatorID `json:"creator"`
	Brand      string           `json:"brand"`
	Categories []Category       `json:"categories,omitempty"` // of what is promoted; empty: not known
	Territory  Territory        `json:"territory,omitzero"`   // of the public it is aimed at; what is not said or not understood is everywhere but Except
	Window     byline.Window    `json:"window,omitzero"`      // when content goes live; an open bound: not known, taken as any time
	Agreement  AgreementID      `json:"agreement,omitempty"`
	Version    int              `json:"version,omitempty"`
	Post       string           `json:"post,omitempty"`     // set for a single post
	AgreedAt   time.Time        `json:"agreed_at,omitzero"` // when the deal was signed; zero: a draft, or of a post not known
	// FirstAgreedAt is when the first version of an agreement was signed; zero: at AgreedAt,
	// which of a Version above 1 is a doubt.
	// Which of two deals stood before the other is a matter of it: an amendment neither
	// makes an older deal of what broke a promise, nor a new deal of an old one.
	FirstAgreedAt time.Time `json:"first_agreed_at,omitzero"`
	Organic       bool      `json:"organic,omitempty"`   // nobody pays for it
	Evergreen     bool      `json:"evergreen,omitempty"` // an affiliate link that stays
	Promises      []Promise `json:"promises,omitempty"`  // what this engagement forbids
}

// Promise is an exclusivity with the time in which it binds.
type Promise struct {
	Exclusivity Exclusivity   `json:"exclusivity"`
	Binds       byline.Window `json:"binds"` // see Agreement.Exclusive; the zero Window: always
}

// EngagementOf returns an agreement as an engagement; posts are as for
// [Agreement.Exclusive]. The work is for the party of RoleBrand, promotes the Categories
// of the terms in the markets of Clauses.Audience, and takes the time from the first post
// to the last, or as the deliverables plan it. It was agreed at [Agreement.SignedAt]; one
// version does not know when the first was: of a later one set FirstAgreedAt.
func EngagementOf(a *Agreement, posts []time.Time) Engagement {
	t := a.Terms()
	e := Engagement{
		Creator: t.Creator, Brand: a.brandName(), Categories: t.Categories, Window: a.exclusivityPosting(posts),
		Territory: Territory{Worldwide: len(t.Clauses.Audience) == 0, Markets: t.Clauses.Audience},
		Agreement: t.ID, Version: t.Version, AgreedAt: a.SignedAt(),
	}
	for _, x := range t.Exclusivity {
		e.Promises = append(e.Promises, Promise{Exclusivity: x, Binds: a.Exclusive(x, posts)})
	}
	return e
}

// PastPost is a post of a creator that shows a brand, with or without an agreement that
// is known here.
type PastPost struct {
	ID         string           `json:"id"` // in the caller's own system; required, it tells a post from an agreement
	Creator    byline.CreatorID `json:"creator"`
	Brand      string           `json:"brand"`
	Categories []Category       `json:"categories,omitempty"` // empty: not known
	Territory  Territory        `json:"territory,omitzero"`   // zero: not known, taken as everywhere
	At         time.Time        `json:"at"`                   // when it went live; zero: not known, taken as any time
	Organic    bool             `json:"organic,omitempty"`    // nobody paid for it
	Evergreen  bool             `json:"evergreen,omitempty"`  // an affiliate link that stays
	AgreedAt   time.Time        `json:"agreed_at,omitzero"`   // of the deal behind it; zero: not known, so before the post
}

// Engagement returns the post as an engagement of one instant. A new or a planned post is
// checked in the same way.
func (p PastPost) Engagement() Engagement {
	e := Engagement{
		Creator: p.Creator, Brand: p.Brand, Categories: p.Categories, Territory: p.Territory,
		Post: p.ID, Organic: p.Organic, Evergreen: p.Evergreen, AgreedAt: p.AgreedAt,
	}
	if !p.At.IsZero() {
		e.Window = spanOfInstant(p.At)
	}
	return e
}

// signed reports whether somebody is bound to do the work.
func (e *Engagement) signed() bool { return e.Post == "" && !e.AgreedAt.IsZero() }

// stoodBefore reports whether e had been agreed when x was signed. Whatever stands is
// before a draft; a post has been agreed on when it is live.
func (e *Engagement) stoodBefore(x *Engagement) bool {
	at, signed := e.firstAgreedAt(), x.firstAgreedAt()
	if at.IsZero() && e.Post != "" {
		at = e.Window.Start
	}
	return !at.IsZero() && (signed.IsZero() || at.Before(signed))
}

func (e *Engagement) firstAgreedAt() time.Time {
	if e.FirstAgreedAt.IsZero() {
		return e.AgreedAt
	}
	return e.FirstAgreedAt
}

// liveBefore reports whether e is a post that is known to have been live before t.
func (e *Engagement) liveBefore(t time.Time) bool {
	return e.Post != "" && !e.Window.Start.IsZero() && e.Window.Start.Before(t)
}
