package creator

import (
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// shapeFaults are those of the tags. The engine that reads tags takes microseconds for
// every entry, so that lists in which each entry is plainly of its shape are kept from it.
func (d *Dossier) shapeFaults() []*byline.FieldError {
	rest := *d
	if all(d.Audiences, (*Audience).shaped) {
		rest.Audiences = nil
	}
	if all(d.Posts, (*Post).shaped) {
		rest.Posts = nil
	}
	if all(d.Series, (*Series).shaped) {
		rest.Series = nil
	}
	if all(d.Comments, (*Comment).shaped) {
		rest.Comments = nil
	}
	if all(d.Origins, (*Origin).shaped) {
		rest.Origins = nil
	}
	left := len(rest.Audiences) + len(rest.Posts) + len(rest.Series) + len(rest.Comments) +
		len(rest.Partnerships) + len(rest.Rates) + len(rest.Reviews) + len(rest.Origins)
	if left == 0 && d.Profile.shaped() {
		return nil
	}
	return validate.Struct(rest) // by value, so that nothing is allocated where all is well
}

// What follows says no less than the tags of its type: what is shaped has no fault by
// them. What is not may still have none, as a long text whose letters take several bytes.

func (p *Profile) shaped() bool {
	return short(string(p.ID), maxWord) && short(p.Name, maxWord) && len(p.Accounts) > 0 && all(p.Accounts, (*Account).shaped) &&
		(p.Market == "" || p.Market.Known()) && len(p.City) <= maxWord && all(p.Languages, func(tag *string) bool { return isLanguage(*tag) }) &&
		words(p.Themes) && words(p.Tone) && words(p.Style) && words(p.Tags) &&
		(p.Contact == "" || p.Contact == CanContact || p.Contact == CannotContact)
}

func (a *Account) shaped() bool { return a.Ref().shaped() }

func (r Ref) shaped() bool { return r.Platform != "" && short(r.Handle, maxWord) }

func (a *Audience) shaped() bool {
	kind := a.Kind == Followers || a.Kind == Viewers || a.Kind == Engaged
	return kind && a.Account.shaped() && len(a.Source) <= 500 && all(a.Breakdowns, (*Breakdown).shaped)
}

func (b *Breakdown) shaped() bool {
	return slices.Contains([]Dimension{Age, Gender, Country, City, Language, Interest}, b.Dimension) &&
		len(b.Buckets) > 0 && all(b.Buckets, func(bucket *Bucket) bool { return short(bucket.Key, maxWord) })
}

func (p *Post) shaped() bool {
	return short(p.ID, maxWord) && p.Account.shaped() && !p.PublishedAt.IsZero() && len(p.Format) <= 50 &&
		(p.Language == "" || isLanguage(p.Language)) && len(p.Link) <= 2000 && words(p.Themes) && words(p.Brands) &&
		(p.Commerce == "" || p.Commerce == Organic || p.Commerce == Sponsored) &&
		(p.Promotion == "" || p.Promotion == NotBoosted || p.Promotion == Boosted)
}

func (s *Series) shaped() bool { return s.Account.shaped() && s.Metric != "" }

func (c *Comment) shaped() bool {
	return short(c.ID, maxWord) && short(c.PostID, maxWord) && c.Platform != "" && len(c.Author) <= maxWord &&
		(c.Language == "" || isLanguage(c.Language))
}

func (o *Origin) shaped() bool {
	return isPart(o.Part) && short(o.Source, 500) && short(o.Purpose, 500) && !o.CollectedAt.IsZero()
}

// maxWord is how many bytes most names and ids may have.
const maxWord = 200

func short(text string, most int) bool { return text != "" && len(text) <= most }

// words are those that describe: themes, tones, tags.
func words(list []string) bool {
	return all(list, func(word *string) bool { return short(*word, 100) })
}

func all[T any](list []T, shaped func(*T) bool) bool {
	for i := range list {
		if !shaped(&list[i]) {
			return false
		}
	}
	return true
}
