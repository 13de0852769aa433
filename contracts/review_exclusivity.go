package contracts

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// checkExclusivity is C05.
func checkExclusivity(r *review, rules []LawRule) {
	for i, e := range r.terms.Exclusivity {
		find := func(code, field, message string) {
			r.find(&rules[0], code, reviewItem("exclusivity", i, field), fmt.Sprintf("the exclusivity %q %s", e.ID, message))
		}
		if len(e.Categories) == 0 && len(e.Competitors) == 0 {
			find("review.exclusivity_undefined", "categories", "names neither a category nor a competitor")
		}
		if reviewNowhere(e.Territory) {
			find("review.exclusivity_nowhere", "territory", "does not say where it binds")
		}
		unbounded := e.Window.Start.IsZero() || e.Window.End.IsZero()
		if unbounded && (e.Window != byline.Window{} || e.Before+e.After == 0) {
			find("review.exclusivity_unbounded", "window", "does not say from when until when it binds")
		}
		if e.BoundParty == RoleCreator && e.Fee.Sign() <= 0 {
			find("review.exclusivity_unpaid", "fee", "has no price of its own")
		}
	}
}

// checkExclusivityConflicts is C06.
func checkExclusivityConflicts(r *review, rules []LawRule) {
	for _, clash := range exclusivityConflicts(r.terms, r.options.Others) {
		r.find(&rules[0], "review.exclusivity_conflict", clash.path, clash.message)
	}
}

type exclusivityClash struct{ path, message string }

// exclusivityConflicts finds where promises of the creator in t and in other agreements
// with other brands contradict: two categories overlap, or one names the other's brand,
// at the same time and place.
func exclusivityConflicts(t Terms, others []*Agreement) []exclusivityClash {
	var clashes []exclusivityClash
	for _, other := range reviewOthers(t, others) {
		if other.Creator != t.Creator || reviewSameBrand(t, other) {
			continue
		}
		add := func(path, message string) {
			clashes = append(clashes, exclusivityClash{path, fmt.Sprintf("%s agreement %q", message, other.ID)})
		}
		for i, mine := range reviewPromises(t) {
			path := reviewItem("exclusivity", i, "")
			if reviewForbids(mine, t, other) {
				add(path, fmt.Sprintf("the exclusivity %q forbids the brand of", mine.ID))
			}
			for _, theirs := range reviewPromises(other) {
				free := reviewFree(mine, t, other) || reviewFree(theirs, other, t)
				if !free && reviewMeet(mine, theirs) && reviewBinding(t, mine).Overlaps(reviewBinding(other, theirs)) {
					add(path, fmt.Sprintf("the exclusivity %q is for what is promised to another brand in the exclusivity %q of", mine.ID, theirs.ID))
				}
			}
		}
		for _, theirs := range reviewPromises(other) {
			if reviewForbids(theirs, other, t) {
				add("parties", fmt.Sprintf("this brand is forbidden by the exclusivity %q of", theirs.ID))
			}
		}
	}
	return clashes
}

// reviewPromises are the creator's own promises, with their place in the terms.
func reviewPromises(t Terms) iter.Seq2[int, Exclusivity] {
	return func(yield func(int, Exclusivity) bool) {
		for i, e := range t.Exclusivity {
			if e.BoundParty == RoleCreator && !yield(i, e) {
				return
			}
		}
	}
}

// reviewForbids reports whether the promise e of t forbids the brand of other while both
// hold, and does not leave it free.
func reviewForbids(e Exclusivity, t, other Terms) bool {
	named := slices.ContainsFunc(reviewParties(other, RoleBrand), func(brand Party) bool {
		return slices.ContainsFunc(e.Competitors, func(name string) bool { return reviewSameName(name, brand.Name) })
	})
	return named && reviewBinding(t, e).Overlaps(other.Effective) && !reviewFree(e, t, other)
}

// reviewFree reports whether the promise e of t leaves all brands of other free.
func reviewFree(e Exclusivity, t, other Terms) bool {
	brands := reviewParties(other, RoleBrand)
	return len(brands) > 0 && !slices.ContainsFunc(brands, func(brand Party) bool {
		return !slices.ContainsFunc(e.CarveOuts, func(c CarveOut) bool { return reviewLeavesFree(c, brand.Name, t, other) })
	})
}

func reviewLeavesFree(c CarveOut, brand string, t, other Terms) bool {
	before := reviewAgreedAt(other).Before(reviewAgreedAt(t))
	return (c.Brand == "" || reviewSameName(c.Brand, brand)) && (c.Kind == CarveBrand || (c.Kind == CarveExisting && before))
}

func reviewBinding(t Terms, e Exclusivity) byline.Window {
	if e.Window != (byline.Window{}) {
		return e.Window
	}
	w := t.Effective
	if !w.Start.IsZero() {
		w.Start = w.Start.AddDate(0, 0, -e.Before)
	}
	if !w.End.IsZero() {
		w.End = w.End.AddDate(0, 0, e.After)
	}
	return w
}

// reviewMeet reports whether two promises are about the same in the same place.
func reviewMeet(a, b Exclusivity) bool {
	return reviewTerritoriesMeet(a.Territory, b.Territory) && slices.ContainsFunc(a.Categories, func(x Category) bool {
		return slices.ContainsFunc(b.Categories, func(y Category) bool { return reviewWithin(x, y) || reviewWithin(y, x) })
	})
}

func reviewWithin(general, special Category) bool {
	return general == special || strings.HasPrefix(string(special), string(general)+"/")
}

func reviewTerritoriesMeet(a, b Territory) bool {
	switch {
	case a.Worldwide && b.Worldwide:
		return true
	case b.Worldwide:
		a, b = b, a
	}
	markets := append(reviewTerritory(b), reviewCountries(b.Subdivisions)...)
	if a.Worldwide {
		return slices.ContainsFunc(markets, func(m byline.Market) bool { return !slices.Contains(a.Except, m) })
	}
	whole := append(reviewTerritory(a), reviewCountries(a.Subdivisions)...)
	return slices.ContainsFunc(markets, func(m byline.Market) bool { return slices.Contains(whole, m) })
}

// reviewCountries takes each part for its country: two parts of one may be the same one.
func reviewCountries(subdivisions []string) []byline.Market {
	var markets []byline.Market
	for _, s := range subdivisions {
		country, _, _ := strings.Cut(s, "-")
		markets = append(markets, byline.Market(country))
	}
	return markets
}

func reviewNowhere(t Territory) bool {
	return !t.Worldwide && len(t.Regions) == 0 && len(t.Markets) == 0 && len(t.Subdivisions) == 0
}

// reviewTerritory are the markets of a territory that is not worldwide.
func reviewTerritory(t Territory) []byline.Market {
	markets := slices.Clone(t.Markets)
	for _, region := range t.Regions {
		markets = append(markets, reviewMarkets(region)...)
	}
	return slices.DeleteFunc(markets, func(m byline.Market) bool { return slices.Contains(t.Except, m) })
}

// reviewMarkets are the members of a region as of 2026-11-22.
func reviewMarkets(r Region) []byline.Market {
	european := []byline.Market{"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
	switch r {
	case EU:
		return european
	case EEA:
		return append(european, "IS", "LI", "NO")
	case DACH:
		return []byline.Market{"DE", "AT", "CH"}
	case UKIE:
		return []byline.Market{"GB", "IE"}
	case NA:
		return []byline.Market{"US", "CA"}
	case ANZ:
		return []byline.Market{"AU", "NZ"}
	case GCC:
		return []byline.Market{"AE", "BH", "KW", "OM", "QA", "SA"}
	}
	return nil
}

// reviewOthers are the terms of other agreements than t, of each id the latest version.
func reviewOthers(t Terms, others []*Agreement) []Terms {
	latest := map[AgreementID]int{}
	for _, a := range others {
		if a != nil && a.terms.ID != t.ID {
			latest[a.terms.ID] = max(latest[a.terms.ID], a.terms.Version)
		}
	}
	var terms []Terms
	for _, a := range others {
		if a != nil && a.terms.Version > 0 && a.terms.Version == latest[a.terms.ID] {
			delete(latest, a.terms.ID) // one that is passed twice counts once
			terms = append(terms, a.terms)
		}
	}
	return terms
}

// reviewSameBrand reports whether two agreements are with one brand, by its name.
func reviewSameBrand(a, b Terms) bool {
	return slices.ContainsFunc(reviewParties(a, RoleBrand), func(x Party) bool {
		return slices.ContainsFunc(reviewParties(b, RoleBrand), func(y Party) bool { return reviewSameName(x.Name, y.Name) })
	})
}
