package creator

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Origin says where a part of a dossier is from, what it is kept for and until when.
type Origin struct {
	Part        Part      `json:"part" validate:"required,oneof=profile audiences posts series comments partnerships rates reviews"`
	Source      string    `json:"source" validate:"required,max=500"`
	Purpose     string    `json:"purpose" validate:"required,max=500"`
	CollectedAt time.Time `json:"collected_at" validate:"required"`
	RetainUntil time.Time `json:"retain_until,omitzero"` // from this instant on it is to be erased; zero: not said
}

// Part is a part of a dossier, by its JSON name.
type Part string

// Parts of a dossier.
const (
	PartProfile      Part = "profile"
	PartAudiences    Part = "audiences"
	PartPosts        Part = "posts"
	PartSeries       Part = "series"
	PartComments     Part = "comments"
	PartPartnerships Part = "partnerships"
	PartRates        Part = "rates"
	PartReviews      Part = "reviews"
)

// PartCount is how much of a part there is, or was. A profile is one.
type PartCount struct {
	Part  Part `json:"part"`
	Count int  `json:"count"`
}

// parts counts what there is, in the order of the dossier, empty parts included.
func (d *Dossier) parts() []PartCount {
	profile := 1
	if d.Profile.onlyID() {
		profile = 0
	}
	return []PartCount{
		{PartProfile, profile},
		{PartAudiences, len(d.Audiences)},
		{PartPosts, len(d.Posts)},
		{PartSeries, len(d.Series)},
		{PartComments, len(d.Comments)},
		{PartPartnerships, len(d.Partnerships)},
		{PartRates, len(d.Rates)},
		{PartReviews, len(d.Reviews)},
	}
}

// onlyID reports whether nothing but the id is known.
func (p *Profile) onlyID() bool {
	texts := p.Name == "" && p.Market == "" && p.City == "" && p.Contact == ""
	return texts && len(p.Accounts)+len(p.Languages)+len(p.Themes)+len(p.Tone)+len(p.Style)+len(p.Embeddings)+len(p.Tags) == 0
}

func (o Origin) expired(at time.Time) bool {
	return !o.RetainUntil.IsZero() && !at.Before(o.RetainUntil)
}

// Expired returns the origins whose retention has run out, in their order.
func (d *Dossier) Expired(at time.Time) []Origin {
	var over []Origin
	for _, o := range d.Origins {
		if o.expired(at) {
			over = append(over, o)
		}
	}
	return over
}

// Prune returns the dossier without the parts whose retention has run out, and which
// parts those are, in the order of the dossier. Nothing says which post is from which
// origin, so a part goes as a whole, with all its origins, when the retention of one has
// run out: who collects a part anew replaces its origin as well. d is not changed, and the
// parts that stay are shared with it. Pruning twice is pruning once.
//
// Of a profile its id stays, and such a dossier is no longer valid: collect the profile
// anew, or [Erase] the rest.
func (d *Dossier) Prune(at time.Time) (Dossier, []Part) {
	over := map[Part]bool{}
	for _, o := range d.Expired(at) {
		over[o.Part] = true
	}
	kept := *d
	var dropped []Part
	for _, p := range d.parts() {
		if over[p.Part] {
			kept.drop(p.Part)
			dropped = append(dropped, p.Part)
		}
	}
	kept.Origins = slices.DeleteFunc(slices.Clone(d.Origins), func(o Origin) bool { return over[o.Part] })
	return kept, dropped
}

func (d *Dossier) drop(p Part) {
	switch p {
	case PartProfile:
		d.Profile = Profile{ID: d.Profile.ID}
	case PartAudiences:
		d.Audiences = nil
	case PartPosts:
		d.Posts = nil
	case PartSeries:
		d.Series = nil
	case PartComments:
		d.Comments = nil
	case PartPartnerships:
		d.Partnerships = nil
	case PartRates:
		d.Rates = nil
	case PartReviews:
		d.Reviews = nil
	}
}

// Erasure is what stays of a dossier that was erased: that it was done, and nothing about
// the person but the caller's id.
type Erasure struct {
	Creator byline.CreatorID `json:"creator"`
	At      time.Time        `json:"at"`
	Reason  string           `json:"reason"` // as the caller gave it, and therefore without a name in it
	Parts   []PartCount      `json:"parts"`  // what there was, without the parts that were empty
}

// Erase makes the record that a dossier was erased. It erases nothing itself: the caller
// deletes the dossier in the same transaction in which it keeps the record, and then what
// was made of the dossier and has copies of it:
//
//   - the search index, and the lists and shortlists in which the creator stands
//   - sketches of the audience, embeddings and look-alike models that were built with them
//   - readings, score cards, reports and messages that were stored or sent
//   - exports, spreadsheets, caches, logs and backups
//
// A creator's id that is an e-mail address or a name is personal data too; give an opaque
// one. What bookkeeping must keep, as a payment, is not part of a dossier.
//
// The library never infers special categories of personal data: health, religion or
// belief, political opinion, sexual orientation or sex life, racial or ethnic origin,
// trade union membership, genetic and biometric data (GDPR article 9(1), recalled). Where
// a caller's own tags or themes tell of them, [Dossier.Review] warns.
func Erase(d Dossier, at time.Time, reason string) Erasure {
	return Erasure{
		Creator: d.Profile.ID, At: at, Reason: reason,
		Parts: slices.DeleteFunc(d.parts(), func(p PartCount) bool { return p.Count == 0 }),
	}
}
