package safety

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// tree says which category lies in which, by parents that the caller lists and by paths.
type tree map[string]string

func treeOf(taxonomy map[string]string) tree {
	t := make(tree, len(taxonomy))
	for child, parent := range taxonomy {
		child, parent = categoryKey(child), categoryKey(parent)
		// Of two names that are one in normal form the first parent by name stands, so that
		// the order of a map plays no part.
		if before, twice := t[child]; child != "" && (!twice || parent < before) {
			t[child] = parent
		}
	}
	return t
}

// within reports whether special is general or lies in it, at any depth. Parents that go
// round in a circle end where they come back.
func (t tree) within(special, general string) bool {
	if special == "" || general == "" {
		return false
	}
	seen := map[string]bool{}
	for ; special != "" && !seen[special]; special = t.above(special) {
		if special == general {
			return true
		}
		seen[special] = true
	}
	return false
}

// above returns the parent that is listed, or the one that a path implies.
func (t tree) above(key string) string {
	if parent, listed := t[key]; listed {
		return parent
	}
	return key[:max(0, strings.LastIndexByte(key, '/'))]
}

// categoryKey brings a category to its normal form: the segments of its path in NFKC,
// without regard to case and to white space around them.
func categoryKey(category string) string {
	var segments []string
	for segment := range strings.SplitSeq(category, "/") {
		segment = norm.NFKC.String(strings.ToLower(norm.NFKC.String(segment)))
		if segment = strings.Join(strings.Fields(segment), " "); segment != "" {
			segments = append(segments, segment)
		}
	}
	return strings.Join(segments, "/")
}

func categoryKeys(categories []string) []string {
	var keys []string
	for _, c := range categories {
		if key := categoryKey(c); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// covers reports whether all of theirs are ours or lie in them.
func (t tree) covers(ours, theirs []string) bool {
	return !slices.ContainsFunc(theirs, func(x string) bool {
		return !slices.ContainsFunc(ours, func(y string) bool { return t.within(x, y) })
	})
}

// kinship is how the categories of two brands relate.
type kinship int

const (
	unrelated kinship = iota
	notSaid           // one of them names none
	wider             // theirs holds one of ours, and may be meant otherwise
	within            // theirs is one of ours or lies in it
)

// kin compares what others promote with a list of categories, and returns the category of
// the others that relates.
func (t tree) kin(theirs, ours []string) (kinship, string) {
	if len(ours) == 0 {
		return unrelated, ""
	}
	if len(theirs) == 0 {
		return notSaid, ""
	}
	best, which := unrelated, ""
	for _, x := range theirs {
		for _, y := range ours {
			switch {
			case t.within(x, y):
				return within, x
			case best == unrelated && t.within(y, x):
				best, which = wider, x
			}
		}
	}
	return best, which
}
