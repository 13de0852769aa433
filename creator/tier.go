package creator

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
)

// Scheme divides accounts into tiers by their followers. Schemes differ from publisher to
// publisher, so a tier means nothing without its scheme.
type Scheme struct {
	Name       string            `json:"name"`
	Source     string            `json:"source,omitempty"`
	ReadAt     time.Time         `json:"read_at,omitzero"`
	Confidence byline.Confidence `json:"confidence,omitempty"`
	Tiers      []Tier            `json:"tiers"` // from the smallest up
}

// Tier holds the accounts with followers in [From, To). A To of 0 has no end.
type Tier struct {
	Name string `json:"name"`
	From int64  `json:"from"`
	To   int64  `json:"to,omitempty"`
}

// Holds reports whether an account of that size belongs to the tier.
func (t Tier) Holds(followers int64) bool {
	return followers >= t.From && (t.To == 0 || followers < t.To)
}

// Of returns the tier of an account of that size; false where no tier holds it, as below
// the first one.
func (s Scheme) Of(followers int64) (Tier, bool) {
	for _, t := range s.Tiers {
		if t.Holds(followers) {
			return t, true
		}
	}
	return Tier{}, false
}

// Validate reports all faults: "scheme.name" and "scheme.tier_name" for names that are
// empty or stand twice, "scheme.no_tiers", "scheme.bounds" for a tier that ends before it
// begins or begins below 0, "scheme.gap" and "scheme.overlap" between neighbours.
func (s Scheme) Validate() error {
	var faults []*byline.FieldError
	add := func(wrong bool, path, code, message string) {
		if wrong {
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	add(s.Name == "", "name", "scheme.name", "a scheme has a name")
	add(len(s.Tiers) == 0, "tiers", "scheme.no_tiers", "a scheme has at least one tier")
	names := map[string]bool{}
	for i, t := range s.Tiers {
		path := fmt.Sprintf("tiers[%d]", i)
		add(t.Name == "" || names[t.Name], path+".name", "scheme.tier_name", "a tier has a name of its own")
		add(t.From < 0 || (t.To != 0 && t.To <= t.From), path, "scheme.bounds", "a tier begins at 0 or above and ends after it begins")
		names[t.Name] = true
		if i == 0 {
			continue
		}
		before := s.Tiers[i-1].To
		add(before != 0 && t.From > before, path+".from", "scheme.gap", "accounts between this tier and the one before belong to none")
		add(before == 0 || t.From < before, path+".from", "scheme.overlap", "accounts belong to this tier and to the one before")
	}
	return byline.Faults(faults)
}

// Schemes returns published schemes. None is a standard: 60,000 followers are "mid" in
// some of them and "micro" in others.
func Schemes() []Scheme {
	read := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	return []Scheme{
		{
			Name: "hypeauditor", Source: "https://help.hypeauditor.com/en/articles/2221731", ReadAt: read, Confidence: byline.Secondary,
			Tiers: tiers(1_000, 5_000, 20_000, 100_000, 1_000_000),
		},
		{
			Name: "later", Source: "Later and Fohr, report on influencer tiers", ReadAt: read, Confidence: byline.Secondary,
			Tiers: tiers(0, 10_000, 100_000, 500_000, 1_000_000),
		},
		{
			Name: "mediakix", Source: "Mediakix (STIM), influencer tiers", ReadAt: read, Confidence: byline.Recalled,
			Tiers: tiers(1_000, 10_000, 50_000, 500_000, 1_000_000),
		},
		{
			Name: "sociavault", Source: "SociaVault Labs, engagement benchmarks 2026", ReadAt: read, Confidence: byline.Secondary,
			Tiers: tiers(1_000, 10_000, 50_000, 100_000, 500_000),
		},
	}
}

// SchemeNamed returns a scheme of [Schemes].
func SchemeNamed(name string) (Scheme, bool) {
	for _, s := range Schemes() {
		if s.Name == name {
			return s, true
		}
	}
	return Scheme{}, false
}

func tiers(nano, micro, mid, macro, mega int64) []Tier {
	return []Tier{
		{Name: "nano", From: nano, To: micro},
		{Name: "micro", From: micro, To: mid},
		{Name: "mid", From: mid, To: macro},
		{Name: "macro", From: macro, To: mega},
		{Name: "mega", From: mega},
	}
}
