package brief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// checkAgreedPieces asks whether the brief asks for what the contract has, no less and no
// more, in the contract's posting windows.
func checkAgreedPieces(r *review) {
	if r.options.Agreed == nil || r.options.Agreed.Deliverables == nil {
		return
	}
	agreed, briefed := map[makeKind]int{}, map[makeKind]int{}
	windows := map[makeKind][]byline.Window{}
	for _, d := range r.options.Agreed.Deliverables {
		agreed[d.kind()] += d.Count
		windows[d.kind()] = append(windows[d.kind()], d.Posting)
	}
	for i, p := range r.b.Pieces {
		kind := p.kind()
		briefed[kind] += p.Count
		if agreed[kind] > 0 && !slices.ContainsFunc(windows[kind], func(w byline.Window) bool { return holds(w, p.Posting) }) {
			r.find("brief.agreed_window", entry("deliverables", i)+".posting", fmt.Sprintf("no %s on %s may go live in all of this window by the contract", kind.format, platformName(kind.platform)))
		}
	}
	for _, kind := range makeKinds(agreed, briefed) {
		has, asks := agreed[kind], briefed[kind]
		of := fmt.Sprintf("of %s on %s the contract has %d, and the brief asks for %d", kind.format, platformName(kind.platform), has, asks)
		if has > asks {
			r.find("brief.agreed_missing", "deliverables", of)
		} else if asks > has {
			r.find("brief.agreed_extra", "deliverables", of)
		}
	}
}

type makeKind struct {
	platform byline.Platform
	format   Format
}

func (d Deliverable) kind() makeKind { return makeKind{d.Platform, d.Format} }

func makeKinds(counts ...map[makeKind]int) []makeKind {
	var kinds []makeKind
	for _, m := range counts {
		for kind := range m {
			kinds = append(kinds, kind)
		}
	}
	slices.SortFunc(kinds, func(a, b makeKind) int {
		return strings.Compare(string(a.platform)+"/"+string(a.format), string(b.platform)+"/"+string(b.format))
	})
	return slices.Compact(kinds)
}

// holds reports whether all of a window lies in another; an open bound of the outer one
// holds everything.
func holds(outer, inner byline.Window) bool {
	return (outer.Start.IsZero() || !inner.Start.Before(outer.Start)) && (outer.End.IsZero() || !inner.End.IsZero() && !inner.End.After(outer.End))
}

// checkAgreedUsage compares the words, without regard to case, spaces and signs: a right in
// other words is to be looked at.
func checkAgreedUsage(r *review) {
	if r.options.Agreed == nil || r.options.Agreed.Usage == nil {
		return
	}
	agreed := map[string]bool{}
	for _, text := range r.options.Agreed.Usage {
		agreed[strings.Join(wordsOf(text), " ")] = true
	}
	for i, text := range r.b.Usage {
		if !agreed[strings.Join(wordsOf(text), " ")] {
			r.find("brief.agreed_usage", entry("usage_rights", i), fmt.Sprintf("the contract does not say “%s”", excerpt(text)))
		}
	}
}

// checkExclusive holds the brief against what the creator has promised to this brand and
// to others.
func checkExclusive(r *review) {
	if r.options.Agreed == nil {
		return
	}
	for _, promise := range r.options.Agreed.Exclusive {
		if !r.during(promise.Window) {
			continue
		}
		if promise.To == "" || r.ours(promise.To) {
			r.namesCompetitor(promise)
			continue
		}
		r.breaks(promise)
	}
}

// during reports whether a post may go live in a window.
func (r *review) during(w byline.Window) bool {
	return slices.ContainsFunc(r.b.Pieces, func(p Piece) bool { return p.Posting.Overlaps(w) })
}

func (r *review) ours(brand string) bool {
	return slices.ContainsFunc(r.b.Brands, func(own string) bool { return nameKey(own) == nameKey(brand) })
}

// nameKey compares names and handles without regard to case, spaces and signs.
func nameKey(name string) string { return strings.Join(wordsOf(strings.TrimLeft(name, "@#")), "") }

// breaks finds a promise to another brand.
func (r *review) breaks(promise ExclusivePromise) {
	for i, category := range r.b.Product.Categories {
		same := func(promised string) bool {
			return nameKey(promised) == nameKey(strings.ReplaceAll(string(category), "_", " ")) || promised == string(category)
		}
		if slices.ContainsFunc(promise.Categories, same) {
			r.find("brief.exclusivity_broken", entry("product.categories", i), fmt.Sprintf("the creator has promised %s not to work for others in %s in this time", promise.To, strings.ReplaceAll(string(category), "_", " ")))
		}
	}
	for i, brand := range r.b.Brands {
		if slices.ContainsFunc(promise.Competitors, func(name string) bool { return nameKey(name) == nameKey(brand) }) {
			r.find("brief.exclusivity_broken", entry("brands", i), fmt.Sprintf("the creator has promised %s not to work for %s in this time", promise.To, brand))
		}
	}
}

// namesCompetitor finds where the brief itself brings in whom its contract keeps out.
func (r *review) namesCompetitor(promise ExclusivePromise) {
	if len(promise.Competitors) > 0 && r.b.OtherBrands == Allowed {
		r.find("brief.others_allowed", "other_brands", fmt.Sprintf("other brands are allowed, and the contract keeps out %s", joinWords(slices.Sorted(slices.Values(promise.Competitors)))))
	}
	for _, name := range promise.Competitors {
		named := func(path, text string) {
			if says(text, name) {
				r.find("brief.competitor_named", path, fmt.Sprintf("“%s” speaks of %s, which the contract keeps out", excerpt(text), name))
			}
		}
		named("message", r.b.Message)
		named("call_to_action", r.b.Action)
		for i, e := range r.b.Elements {
			named(entry("elements", i)+".text", e.Text)
		}
		for i, c := range r.b.Claims {
			named(entry("claims", i)+".text", c.Text)
		}
		for i, a := range r.b.Angles {
			named(entry("angles", i), a.Title+" "+a.Idea)
		}
		for i, p := range r.b.Pieces {
			named(entry("deliverables", i), strings.Join(append(slices.Clone(p.Tags), p.Notes), " "))
		}
	}
}
