package contracts

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Register holds all versions of all agreements. It is immutable and safe for
// concurrent use. The zero Register and a nil one are empty.
type Register struct {
	byParty map[party][]*Agreement // each list by falling version
	all     []*Agreement
}

type party struct {
	creator  byline.CreatorID
	campaign byline.CampaignID
}

// NewRegister indexes agreements. All faults are reported at once, as paths into the
// arguments: "required" for one that is nil or the zero Agreement,
// "register.version_twice", "register.parties" when one agreement id names two creators
// or campaigns, and "register.overlap" when two different agreements bind one creator in
// one campaign at the same instant.
func NewRegister(agreements ...*Agreement) (*Register, error) {
	r := &Register{byParty: map[party][]*Agreement{}, all: slices.Clone(agreements)}
	parties := map[AgreementID]party{}
	var faults []*byline.FieldError
	for i, a := range agreements {
		at := entryPath("", i)
		if a == nil || a.terms.ID == "" {
			faults = append(faults, &byline.FieldError{Path: at, Code: "required", Message: "an agreement comes from Draft or Amend"})
			continue
		}
		key := a.party()
		if known, ok := parties[a.terms.ID]; ok && known != key {
			faults = append(faults, &byline.FieldError{Path: at + ".id", Code: "register.parties", Message: "this id names another creator or campaign already"})
		} else {
			parties[a.terms.ID] = key
		}
		for _, other := range r.byParty[key] {
			faults = append(faults, byline.Nest(at, clash(a.terms, other.terms))...)
		}
		r.byParty[key] = append(r.byParty[key], a)
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	for _, list := range r.byParty {
		slices.SortFunc(list, func(a, b *Agreement) int { return cmp.Compare(b.terms.Version, a.terms.Version) })
	}
	return r, nil
}

func (a *Agreement) party() party { return party{a.terms.Creator, a.terms.Campaign} }

func clash(a, b Terms) error {
	switch {
	case a.ID == b.ID && a.Version == b.Version:
		return &byline.FieldError{Path: "version", Code: "register.version_twice", Message: "this version of the agreement stands twice"}
	case a.ID != b.ID && a.Effective.Overlaps(b.Effective):
		return &byline.FieldError{Path: "effective", Code: "register.overlap", Message: fmt.Sprintf("agreement %s binds the creator at the same time", b.ID)}
	}
	return nil
}

// of returns a party's versions, the latest first.
func (r *Register) of(p party) []*Agreement {
	if r == nil {
		return nil
	}
	return r.byParty[p]
}

// InForce returns the agreement version that binds a creator in a campaign at an
// instant: of those whose window contains it, the latest version.
func (r *Register) InForce(creator byline.CreatorID, campaign byline.CampaignID, at time.Time) (*Agreement, bool) {
	for _, a := range r.of(party{creator, campaign}) {
		if a.terms.Effective.Contains(at) {
			return a, true
		}
	}
	return nil, false
}

// Agreements returns every version, in the order given.
func (r *Register) Agreements() []*Agreement {
	if r == nil {
		return nil
	}
	return slices.Clone(r.all)
}

// TellsCustomersApart reports whether some pay is for new or returning customers alone, so
// that decisions must say which of them a customer is; see attribution.Decision.Customer.
func (r *Register) TellsCustomersApart() bool {
	return slices.ContainsFunc(r.Agreements(), func(a *Agreement) bool { return a.terms.Pay.tellsCustomersApart() })
}

// IDs returns the id of each agreement once, in order.
func (r *Register) IDs() []AgreementID {
	ids := map[AgreementID]bool{}
	for _, a := range r.Agreements() {
		ids[a.terms.ID] = true
	}
	return slices.Sorted(maps.Keys(ids))
}
