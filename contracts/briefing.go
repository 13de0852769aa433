package contracts

import (
	"slices"

	"github.com/bylinehq/byline/brief"
)

// Briefed returns what a brief under this agreement must not contradict, for
// brief.ReviewOptions: its deliverables, and what the creator promised its brand. Usage
// stays nil and is not compared, because a brief says rights in words of its own; a caller
// who has the agreed words sets them. Promises of the creator's other agreements are
// appended from [Agreement.Promised].
func (a *Agreement) Briefed() brief.Agreed {
	return brief.Agreed{Deliverables: slices.Clone(a.terms.Deliverables), Exclusive: a.Promised("")}
}

// Promised returns what the creator promised not to do for others, to the brand by the
// name that briefs give it; "" is the brand of the brief. Each holds for as long as
// [Agreement.Exclusive] says where no post is known. Categories are the keys of the
// taxonomy; territories and carve-outs are not told, for which [Conflicts] is to be asked.
func (a *Agreement) Promised(to string) []brief.ExclusivePromise {
	var promises []brief.ExclusivePromise
	for _, e := range a.terms.Exclusivity {
		if e.BoundParty != RoleCreator {
			continue
		}
		promise := brief.ExclusivePromise{To: to, Competitors: slices.Clone(e.Competitors), Window: a.Exclusive(e, nil)}
		for _, c := range e.Categories {
			promise.Categories = append(promise.Categories, string(c))
		}
		promises = append(promises, promise)
	}
	return promises
}
