package contracts

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Register holds all versions of all agreements. It is immutable and safe for
// concurrent use. The zero Register is empty.
type Register struct {
	byParty map[party][]*Agreement // each list by falling version
	all     []*Agreement
}

type party struct {
	creator  byline.CreatorID
	campaign byline.CampaignID
}

// NewRegister indexes agreements. All faults are reported at once, as paths into the
// arguments: "register.version_twice", and "register.overlap" when two different
// agreements bind one creator in one campaign at the same instant.
func NewRegister(agreements ...*Agreement) (*Register, error) {
	r := &Register{byParty: map[party][]*Agreement{}, all: slices.Clone(agreements)}
	var faults []*byline.FieldError
	for i, a := range agreements {
		key := party{a.terms.Creator, a.terms.Campaign}
		for _, other := range r.byParty[key] {
			if f := clash(a.terms, other.terms); f != nil {
				faults = append(faults, byline.Nest(fmt.Sprintf("[%d]", i), f)...)
			}
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

func clash(a, b Terms) *byline.FieldError {
	switch {
	case a.ID == b.ID && a.Version == b.Version:
		return &byline.FieldError{Path: "version", Code: "register.version_twice", Message: "this version of the agreement stands twice"}
	case a.ID != b.ID && a.Effective.Overlaps(b.Effective):
		return &byline.FieldError{Path: "effective", Code: "register.overlap", Message: fmt.Sprintf("agreement %s binds the creator at the same time", b.ID)}
	}
	return nil
}

// InForce returns the agreement version that binds a creator in a campaign at an
// instant: of those whose window contains it, the latest version.
func (r *Register) InForce(creator byline.CreatorID, campaign byline.CampaignID, at time.Time) (*Agreement, bool) {
	for _, a := range r.byParty[party{creator, campaign}] {
		if a.terms.Effective.Contains(at) {
			return a, true
		}
	}
	return nil, false
}

// Agreements returns every version, in the order given.
func (r *Register) Agreements() []*Agreement { return slices.Clone(r.all) }

// Earn returns what a decided order owes everyone it credits, each under the version
// in force when the order was placed. A version that posted entries name is pinned:
// an amendment drafted later, even one dated back, does not move it, and a register
// without it gives an error that answers to byline.ErrUnavailable.
//
// A credited creator without an agreement is owed nothing and reported as a finding
// of code "agreement.missing".
func (r *Register) Earn(d attribution.Decision, o attribution.Order, posted []Entry) ([]Line, []byline.Finding, error) {
	var lines []Line
	var findings []byline.Finding
	for _, c := range d.Credits {
		a, err := r.binding(party{c.Creator, c.Campaign}, o.PlacedAt, posted)
		if err != nil {
			return nil, nil, err
		}
		if a == nil {
			findings = append(findings, missingAgreement(c))
			continue
		}
		earned, err := a.Earn(d, o)
		if err != nil {
			return nil, nil, err
		}
		lines = append(lines, earned...)
	}
	return lines, findings, nil
}

// binding returns the version that the latest posted entry names, else the one in
// force, else nil. A posted version that is no longer registered is an error: deciding
// under another would silently move money.
func (r *Register) binding(p party, placed time.Time, posted []Entry) (*Agreement, error) {
	for _, e := range slices.Backward(posted) {
		if e.Creator != p.creator || e.Campaign != p.campaign || e.Kind != Commission {
			continue
		}
		for _, a := range r.byParty[p] {
			if a.terms.ID == e.Agreement && a.terms.Version == e.Version {
				return a, nil
			}
		}
		return nil, fmt.Errorf("agreement %s version %d was posted under and is not registered: %w", e.Agreement, e.Version, byline.ErrUnavailable)
	}
	a, _ := r.InForce(p.creator, p.campaign, placed)
	return a, nil
}

func missingAgreement(c attribution.Credit) byline.Finding {
	return byline.Finding{
		Code: "agreement.missing", Severity: byline.Warning, Path: "credits",
		Message: fmt.Sprintf("%s is credited and had no agreement in force when the order was placed; nothing is owed", c.Creator),
		Fix:     "draft the agreement with an effective window that contains the order, then replay the order",
	}
}

// FeesDue returns the flat fee of each agreement that is due at an instant, once per
// agreement: under its first version that names a fee. An amendment does not owe the
// fee again, whatever it says.
func (r *Register) FeesDue(at time.Time) []Line {
	first := map[AgreementID]*Agreement{}
	for _, a := range r.all {
		if known, ok := first[a.terms.ID]; !a.terms.FlatFee.IsZero() && (!ok || a.terms.Version < known.terms.Version) {
			first[a.terms.ID] = a
		}
	}
	var fees []Line
	for _, id := range slices.Sorted(maps.Keys(first)) {
		fees = append(fees, first[id].Fee(at)...)
	}
	return fees
}
