package contracts

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Taxonomy says which category lies in which. It is immutable and safe for concurrent
// use. A nil Taxonomy and the zero one know paths alone: "beauty/skincare/serum" lies in
// "beauty/skincare" and in "beauty" without being listed.
//
// Categories are compared by their segments, each in Unicode NFKC, without regard to case
// and with runs of white space as one space; empty segments count for nothing. So
// " Beauty / Skin  Care/" is "beauty/skin care". Beyond that they are compared exactly:
// "skincare" and "skin care" are two.
type Taxonomy struct {
	parent map[Category]Category // by normal form; a category that has none is not in it
}

// NewTaxonomy reads a table from each category to its parent, of ids as of the IAB's
// taxonomies or of paths; the parent of a category at the top is "". A parent that is
// listed goes before the one that a path implies. The table is copied.
//
// All faults are reported at once, each with the category as its path: "required" for a
// category without a name, "taxonomy.twice" for two that are one in normal form,
// "taxonomy.parent_unknown" for a parent that is not itself in the table, and
// "taxonomy.cycle" for each category that lies in itself.
func NewTaxonomy(parents map[Category]Category) (*Taxonomy, error) {
	given, faults := categoryNames(slices.Sorted(maps.Keys(parents)))
	t := &Taxonomy{parent: make(map[Category]Category, len(parents))}
	for key, name := range given {
		if above := taxonomyKey(parents[name]); above != "" {
			t.parent[key] = above
		}
	}
	for key, name := range given {
		if above, ok := t.parent[key]; ok && given[above] == "" {
			faults = append(faults, &byline.FieldError{Path: string(name), Code: "taxonomy.parent_unknown", Message: fmt.Sprintf("its parent %q is not in the table", above)})
		}
		if t.cyclic(key) {
			faults = append(faults, &byline.FieldError{Path: string(name), Code: "taxonomy.cycle", Message: "it lies in itself, by way of its parents"})
		}
	}
	slices.SortFunc(faults, func(a, b *byline.FieldError) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Code, b.Code))
	})
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return t, nil
}

// categoryNames maps the normal form of each category to the first name that has it.
func categoryNames(sorted []Category) (given map[Category]Category, faults []*byline.FieldError) {
	given = make(map[Category]Category, len(sorted))
	for _, name := range sorted {
		key := taxonomyKey(name)
		first, twice := given[key]
		switch {
		case key == "":
			faults = append(faults, &byline.FieldError{Path: string(name), Code: "required", Message: "a category has a name"})
		case twice:
			faults = append(faults, &byline.FieldError{Path: string(name), Code: "taxonomy.twice", Message: fmt.Sprintf("%q is the same category", first)})
		default:
			given[key] = name
		}
	}
	return given, faults
}

// Within reports whether special is general or lies in it, at any depth. It takes as many
// steps as special has ancestors. A category without a name lies nowhere.
func (t *Taxonomy) Within(special, general Category) bool {
	return t.within(taxonomyKey(special), taxonomyKey(general))
}

// Related reports whether one of two categories is the other or lies in it. Two that only
// share an ancestor are not related.
func (t *Taxonomy) Related(a, b Category) bool {
	a, b = taxonomyKey(a), taxonomyKey(b)
	return t.within(a, b) || t.within(b, a)
}

// within is Within for normal forms.
func (t *Taxonomy) within(special, general Category) bool {
	for ; special != ""; special = t.above(special) {
		if special == general {
			return true
		}
	}
	return false
}

// cyclic follows the parents until they end, come back to key, or go round elsewhere.
func (t *Taxonomy) cyclic(key Category) bool {
	seen := map[Category]bool{}
	for c := t.above(key); c != "" && !seen[c]; c = t.above(c) {
		if c == key {
			return true
		}
		seen[c] = true
	}
	return false
}

// above returns the parent of a category in normal form, "" at the top.
func (t *Taxonomy) above(key Category) Category {
	if t != nil {
		if listed, ok := t.parent[key]; ok {
			return listed
		}
	}
	return key[:max(0, strings.LastIndexByte(string(key), '/'))]
}

// taxonomyKey brings a category to its normal form, "" for one without a name.
func taxonomyKey(c Category) Category {
	var segments []string
	for segment := range strings.SplitSeq(string(c), "/") {
		if segment = strings.ToLower(nameKey(segment)); segment != "" {
			segments = append(segments, segment)
		}
	}
	return Category(strings.Join(segments, "/"))
}

// nameKey brings a name to the form in which it is compared: as a code is, and with runs
// of white space as one space.
func nameKey(name string) string {
	return attribution.NormalizeCode(strings.Join(strings.Fields(name), " "))
}
