package contracts

import (
	"slices"

	"github.com/bylinehq/byline"
)

// ConflictsAmong returns what stands between any two of the engagements: what
// [Conflicts] says of each pair, each conflict once and in the same order. Give each
// agreement once, in the version in force.
//
// Only pairs that could meet are looked at: those of one creator, and those of one brand
// where a promise binds the brand. The time is linear in these pairs with a promise.
func ConflictsAmong(engagements []Engagement, opts *ConflictOptions) []Conflict {
	m := newConflictMatcher(opts)
	ofCreator, ofBrand := map[byline.CreatorID][]*conflictSide{}, map[string][]*conflictSide{}
	sides := make([]*conflictSide, len(engagements))
	for i := range engagements {
		s := sideOf(&engagements[i])
		sides[i] = s
		ofCreator[s.Creator] = append(ofCreator[s.Creator], s)
		ofBrand[s.brand] = append(ofBrand[s.brand], s)
	}
	var found []Conflict
	for _, s := range sides {
		if s.promisesBy(RoleCreator) {
			found = append(found, m.brokenByAny(s, ofCreator[s.Creator])...)
		}
		if s.promisesBy(RoleBrand) {
			found = append(found, m.brokenByAny(s, ofBrand[s.brand])...)
		}
	}
	slices.SortFunc(found, compareConflicts)
	return slices.CompactFunc(found, func(a, b Conflict) bool { return compareConflicts(a, b) == 0 })
}

func (s *conflictSide) promisesBy(role Role) bool {
	return slices.ContainsFunc(s.promises, func(p conflictPromise) bool { return p.Exclusivity.BoundParty == role })
}

// brokenByAny returns the promises of x that others than x break.
func (m conflictMatcher) brokenByAny(x *conflictSide, others []*conflictSide) []Conflict {
	var found []Conflict
	for _, y := range others {
		if y != x {
			found = append(found, m.broken(x, y)...)
		}
	}
	return found
}
