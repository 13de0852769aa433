package validate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
)

// sortMapKeys orders the faults inside a map by key. Go walks a map in random order,
// and the same value must give the same report; fields and slices are in order
// already and stay so.
func sortMapKeys(faults []*byline.FieldError) {
	rank := map[string]int{} // of each path and of every path above it, as first met
	for _, f := range faults {
		for _, prefix := range prefixes(f.Path) {
			if _, met := rank[prefix]; !met {
				rank[prefix] = len(rank)
			}
		}
	}
	slices.SortStableFunc(faults, func(a, b *byline.FieldError) int {
		return compare(prefixes(a.Path), prefixes(b.Path), rank)
	})
}

// compare looks at the first step in which two paths part: two keys by their own
// order, two fields by the order in which they were met.
func compare(a, b []string, rank map[string]int) int {
	parent := ""
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			parent = a[i]
			continue
		}
		if keyA, keyB := a[i][len(parent):], b[i][len(parent):]; isKey(keyA) && isKey(keyB) {
			return compareKeys(keyA, keyB)
		}
		return cmp.Compare(rank[a[i]], rank[b[i]])
	}
	return cmp.Compare(len(a), len(b))
}

func isKey(step string) bool { return strings.HasPrefix(step, "[") }

// compareKeys compares as numbers where both are.
func compareKeys(a, b string) int {
	m, errA := strconv.Atoi(strings.Trim(a, "[]"))
	n, errB := strconv.Atoi(strings.Trim(b, "[]"))
	if errA == nil && errB == nil && m != n {
		return cmp.Compare(m, n)
	}
	return cmp.Compare(a, b)
}

// prefixes returns the path after each of its steps: "a", "a[2]" and "a[2].b" for
// "a[2].b". A dot or a bracket inside a key begins no step.
func prefixes(path string) []string {
	var steps []string
	inKey := false
	for i := 0; i < len(path); i++ {
		if begins := path[i] == '.' || path[i] == '['; begins && !inKey && i > 0 {
			steps = append(steps, path[:i])
		}
		switch path[i] {
		case '[':
			inKey = true
		case ']':
			inKey = false
		}
	}
	return append(steps, path)
}
