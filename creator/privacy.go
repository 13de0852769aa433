package creator

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Origin says where a part of a dossier is from, what it is kept for and until when.
type Origin struct {
	Part Part `json:"part" validate:"required,oneof=profile audiences posts series comments partnerships rates reviews"`
	// Platform narrows the origin to what the part holds of one platform, whose terms may
	// say how long it may be kept. Empty: the whole part. Partnerships and reviews are of
	// no platform.
	Platform    byline.Platform `json:"platform,omitempty"`
	Source      string          `json:"source" validate:"required,max=500"`
	Purpose     string          `json:"purpose" validate:"required,max=500"`
	CollectedAt time.Time       `json:"collected_at" validate:"required"`
	RetainUntil time.Time       `json:"retain_until,omitzero"` // from this instant on it is to be erased; zero: not said
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

func isPart(p Part) bool {
	return slices.ContainsFunc((&Dossier{}).parts(), func(known PartCount) bool { return known.Part == p })
}

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

// Prune returns the dossier without what has to be erased by now, and the parts of which
// something went, in the order of the dossier. d is not changed, and shares with the result
// what stays. Pruning twice is pruning once.
//
// Where an origin has run out, all of its part goes that it speaks of: the whole part, or
// of one with a Platform what is on that platform. Nothing says which post is from which
// of two origins, so what one of them says goes whatever the other says, because data kept
// too long is worse than data that is collected anew; who collects anew replaces the
// origin. Origins that speak of nothing else go with it.
//
// Accounts are what the rest hangs on. With an account of the profile its audiences, posts
// and series go, and comments where no account is left on their platform. With the last
// account goes everything, and the result holds nothing but the id: it is no longer a
// dossier, and [Dossier.Validate] refuses it. Until then a valid dossier stays valid.
func (d *Dossier) Prune(at time.Time) (Dossier, []Part) {
	over := spokenOf(d.Expired(at))
	kept := *d
	for part, platforms := range over {
		kept.drop(part, platforms)
	}
	if len(over[PartProfile]) > 0 {
		kept.dropOrphans()
	}
	kept.Origins = filter(kept.Origins, func(o *Origin) bool { return !over[o.Part].has(o.Platform) })
	var dropped []Part
	before := d.parts()
	for i, now := range kept.parts() {
		account := now.Part == PartProfile && len(kept.Profile.Accounts) < len(d.Profile.Accounts)
		if account || now.Count < before[i].Count {
			dropped = append(dropped, now.Part)
		}
	}
	return kept, dropped
}

// platforms are those that origins of a part speak of, "" where one speaks of all.
type platforms map[byline.Platform]bool

func (p platforms) has(on byline.Platform) bool { return p[""] || p[on] }

// spokenOf tells of what the origins speak.
func spokenOf(all []Origin) map[Part]platforms {
	spoken := map[Part]platforms{}
	for _, o := range all {
		if spoken[o.Part] == nil {
			spoken[o.Part] = platforms{}
		}
		if o.Part == PartPartnerships || o.Part == PartReviews {
			o.Platform = "" // they are of none
		}
		spoken[o.Part][o.Platform] = true
	}
	return spoken
}

// drop leaves out what a part holds on some platforms.
func (d *Dossier) drop(p Part, on platforms) {
	switch p {
	case PartProfile:
		d.Profile.Accounts = filter(d.Profile.Accounts, func(a *Account) bool { return !on.has(a.Platform) })
	case PartAudiences:
		d.Audiences = filter(d.Audiences, func(a *Audience) bool { return !on.has(a.Account.Platform) })
	case PartPosts:
		d.Posts = filter(d.Posts, func(p *Post) bool { return !on.has(p.Account.Platform) })
	case PartSeries:
		d.Series = filter(d.Series, func(s *Series) bool { return !on.has(s.Account.Platform) })
	case PartComments:
		d.Comments = filter(d.Comments, func(c *Comment) bool { return !on.has(c.Platform) })
	case PartPartnerships:
		d.Partnerships = nil
	case PartRates:
		d.Rates = filter(d.Rates, func(r *Rate) bool { return !on.has(r.Platform) })
	case PartReviews:
		d.Reviews = nil
	}
}

// filter returns a new list of what is to be kept, nil where nothing is.
func filter[T any](list []T, keep func(*T) bool) []T {
	var kept []T
	for i := range list {
		if keep(&list[i]) {
			kept = append(kept, list[i])
		}
	}
	return kept
}

// dropOrphans leaves out what no account of the profile carries any more.
func (d *Dossier) dropOrphans() {
	if len(d.Profile.Accounts) == 0 {
		*d = Dossier{Profile: Profile{ID: d.Profile.ID}}
		return
	}
	accounts, on := d.Profile.held()
	d.Audiences = filter(d.Audiences, func(a *Audience) bool { return accounts[a.Account.Key()] })
	d.Posts = filter(d.Posts, func(p *Post) bool { return accounts[p.Account.Key()] })
	d.Series = filter(d.Series, func(s *Series) bool { return accounts[s.Account.Key()] })
	d.Comments = filter(d.Comments, func(c *Comment) bool { return on[c.Platform] })
}

// Erasure is what stays of a dossier that was erased: that it was done, why, and how much of
// each part there was. Nothing that the dossier says is in it but the caller's id.
type Erasure struct {
	Creator byline.CreatorID `json:"creator"`
	At      time.Time        `json:"at"`
	Reason  string           `json:"reason"` // as the caller gave it
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
// The id still points at a person as long as anything says whose it is. One that is a name,
// a handle or an e-mail address is personal data by itself; give an opaque one. Nobody looks
// into the reason: write no name into it. What bookkeeping must keep, as a payment, is not part of a dossier.
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
