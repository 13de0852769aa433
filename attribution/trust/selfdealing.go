package trust

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Party is what a shop would know of a creator who bought there. A creator can have
// several: an account at each shop, two addresses.
type Party struct {
	Creator byline.CreatorID `json:"creator"`
	Shop    string           `json:"shop,omitempty"` // that Customer.ID is an account of
	// Customer holds the account's id and keys of the creator's own e-mail, phone,
	// address and payment means, made by the same attribution.Identity as those of orders.
	Customer attribution.Customer `json:"customer"`
}

// Parties is an immutable index of creators by what they leave on orders. It is safe for
// concurrent use.
type Parties struct{ creators map[trace][]byline.CreatorID }

// NewParties makes an index. Time and memory are linear. Faults carry the place of the
// party: "party.creator" when it names none, "party.unknown" when nothing would identify
// the creator.
func NewParties(list []Party) (*Parties, error) {
	p := &Parties{creators: make(map[trace][]byline.CreatorID, len(list))}
	var faults []*byline.FieldError
	for i, party := range list {
		traces := tracesOf(party.Shop, party.Customer)
		if party.Creator == "" {
			faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("[%d].creator", i), Code: "party.creator", Message: "a party is of a creator"})
		}
		if len(traces) == 0 {
			faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("[%d].customer", i), Code: "party.unknown", Message: "nothing identifies the creator"})
		}
		for _, t := range traces {
			if !slices.Contains(p.creators[t], party.Creator) {
				p.creators[t] = append(p.creators[t], party.Creator)
			}
		}
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return p, nil
}

// ownRule is the rule by what an order and a creator have in common.
func (k traceKind) ownRule() Reason {
	return [...]Reason{account: OwnAccount, email: OwnEmail, payment: OwnPayment, phone: OwnPhone, visitor: OwnVisitor, address: OwnAddress}[k]
}

// SelfDealing looks for creators who are the customer of an order, and for staff. It
// returns one Suspicion for each, in the order of their ids. Whether such a creator is
// credited with the order it need not know: a policy applies a signal to the credits of
// its creator only. A nil Parties knows no creator.
func (b Rulebook) SelfDealing(o attribution.Order, p *Parties) []Suspicion {
	b = b.withDefaults()
	saw := map[byline.CreatorID]seen{}
	if o.Customer.Staff {
		saw[""] = seen{StaffOrder: ""}
	}
	if p != nil && !o.Forgotten {
		for _, t := range tracesOf(o.Shop, o.Customer) {
			b.meet(t, p.creators[t], saw)
		}
	}
	return b.suspectAll(SignalSelfDealing, saw)
}

func (b Rulebook) meet(t trace, creators []byline.CreatorID, saw map[byline.CreatorID]seen) {
	if t.crowds() && len(creators) > b.Crowd {
		return
	}
	for _, c := range creators {
		if saw[c] == nil {
			saw[c] = seen{}
		}
		saw[c][t.kind.ownRule()] = ""
	}
}

func (b Rulebook) suspectAll(signal string, saw map[byline.CreatorID]seen) []Suspicion {
	var suspicions []Suspicion
	for creator, what := range saw {
		if s, ok := b.suspect(signal, creator, what); ok {
			suspicions = append(suspicions, s)
		}
	}
	slices.SortFunc(suspicions, func(a, b Suspicion) int { return cmp.Compare(a.Creator, b.Creator) })
	return suspicions
}
