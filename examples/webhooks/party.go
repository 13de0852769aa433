package main

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

// findParties makes keys of the creators' own addresses. It keeps no address, and without
// a key for keys it finds nobody. A fault is "programme.email" for what is no address.
func findParties(creators []member, identity attribution.Identity) (*trust.Parties, []*byline.FieldError) {
	if identity.Key == "" {
		return nil, nil
	}
	var list []trust.Party
	var faults []*byline.FieldError
	for i, m := range creators {
		for j, address := range m.Emails {
			key := identity.Email(address)
			if key == "" {
				faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("creators[%d].emails[%d]", i, j), Code: "programme.email", Message: "not an e-mail address"})
			} else if m.ID != "" { // its absence is a fault of its own
				list = append(list, trust.Party{Creator: m.ID, Customer: attribution.Customer{Email: key}})
			}
		}
	}
	parties, err := trust.NewParties(list)
	return parties, append(faults, byline.Nest("creators", err)...)
}

// signals notices creators who buy from themselves. What follows is the policy's to say.
func (s *server) signals(_ context.Context, _ *sql.Tx, o attribution.Order, _ attribution.History) ([]attribution.Signal, error) {
	var signals []attribution.Signal
	for _, suspicion := range (trust.Rulebook{}).SelfDealing(o, s.programme.Parties) {
		signals = append(signals, suspicion.Signal())
	}
	return signals, nil
}
