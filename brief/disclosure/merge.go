package disclosure

import "slices"

// Merge returns the caller's own rules and then those of base, but for the ids that own
// has: a rule of the caller's replaces all records of its id. To end a rule, give its
// record with an end. The result shares the duties with both.
func Merge(base, own []Rule) []Rule {
	kept := slices.DeleteFunc(slices.Clone(base), func(built Rule) bool {
		return slices.ContainsFunc(own, func(o Rule) bool { return o.ID == built.ID })
	})
	return append(slices.Clone(own), kept...)
}
