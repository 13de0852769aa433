package campaign

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// desk is what a [Settler] prepares once.
type desk struct {
	rules   map[string]rule // by policy version
	current string
	recalls bool // some decision may depend on the customer's earlier orders
	limited bool // some offer has a limited number of uses
}

// rule is a policy, ready to decide.
type rule struct {
	decider *attribution.Decider
	recalls bool
}

// newDesk prepares policies. The default one is always among them.
func newDesk(book *attribution.Book, policies []attribution.Policy, history bool) (*desk, []*byline.FieldError) {
	d := &desk{rules: map[string]rule{}, limited: book.Limited()}
	var faults []*byline.FieldError
	for i, p := range policies {
		at := fmt.Sprintf("policies[%d]", i)
		made, err := attribution.NewDecider(book, p)
		faults = append(faults, byline.Nest(at, err)...)
		if p.UsesHistory() && !history {
			faults = append(faults, noHistory(at))
		}
		version := p.WithDefaults().Version
		if _, taken := d.rules[version]; taken {
			faults = append(faults, fault(at+".version", "settler.policy_twice", "another policy has this version"))
		}
		d.rules[version] = rule{decider: made, recalls: p.UsesHistory()}
		d.current, d.recalls = version, d.recalls || p.UsesHistory()
	}
	if d.limited && !history {
		faults = append(faults, noHistory("book"))
	}
	if err := d.addDefault(book); err != nil {
		faults = append(faults, byline.Nest("policies", err)...)
	}
	return d, faults
}

func noHistory(path string) *byline.FieldError {
	return fault(path, "settler.no_history", "it asks for earlier orders, and there is no history to tell of them")
}

func (d *desk) addDefault(book *attribution.Book) error {
	version := attribution.Policy{}.WithDefaults().Version
	if d.current == "" {
		d.current = version
	}
	if _, named := d.rules[version]; named {
		return nil
	}
	made, err := attribution.NewDecider(book, attribution.Policy{})
	d.rules[version] = rule{decider: made}
	return err
}

// rule returns the pinned policy, or the current one for a first decision.
func (d *desk) rule(pinned string) (rule, error) {
	if pinned == "" {
		pinned = d.current
	}
	if r, configured := d.rules[pinned]; configured {
		return r, nil
	}
	return rule{}, fmt.Errorf("policy %q decided this order and is no longer configured: %w", pinned, byline.ErrUnavailable)
}
