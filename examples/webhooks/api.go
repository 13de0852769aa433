package main

import (
	"net/http"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/creator"
)

type orderJSON struct {
	Order       attribution.Order    `json:"order"`
	Decision    attribution.Decision `json:"decision"`
	Explanation string               `json:"explanation"`
	Entries     []entryJSON          `json:"entries"`
	Owed        []due                `json:"owed"`
}

// entryJSON is a ledger entry with what is owed for the order after it.
type entryJSON struct {
	contracts.Entry
	OwedAfter byline.Money `json:"owed_after"`
}

func (s *server) orderAPI(w http.ResponseWriter, r *http.Request) error {
	a, err := s.readAccount(r.Context(), byline.OrderID(r.PathValue("id")))
	if err != nil {
		return err
	}
	body := orderJSON{
		Order: a.record.Order, Decision: a.record.Decision, Explanation: s.programme.explain(a.record.Decision),
		Entries: []entryJSON{}, Owed: append([]due{}, a.owed()...),
	}
	sums := a.running()
	for i, e := range a.entries {
		body.Entries = append(body.Entries, entryJSON{e, sums[i]})
	}
	writeJSON(w, http.StatusOK, body)
	return nil
}

type creatorsJSON struct {
	Creators []creatorJSON            `json:"creators"`
	Totals   []orderstore.OrderTotals `json:"totals"`
}

type creatorJSON struct {
	ID       byline.CreatorID          `json:"id"`
	Name     string                    `json:"name"`
	Accounts []creator.Account         `json:"accounts,omitempty"`
	Codes    []string                  `json:"codes,omitempty"`
	Sales    []orderstore.CreatorSales `json:"sales"`
	Balances []contracts.Balance       `json:"balances"`
}

func (s *server) creatorsAPI(w http.ResponseWriter, r *http.Request) error {
	o, err := s.readOverview(r.Context())
	if err != nil {
		return err
	}
	body := creatorsJSON{Creators: []creatorJSON{}, Totals: o.totals}
	for _, row := range s.creatorRows(o) {
		m, _ := s.programme.member(row.ID)
		c := creatorJSON{ID: row.ID, Name: row.Name, Accounts: m.Accounts, Codes: row.Codes, Sales: []orderstore.CreatorSales{}, Balances: []contracts.Balance{}}
		for _, sale := range o.sales {
			if sale.Creator == row.ID {
				c.Sales = append(c.Sales, sale)
			}
		}
		for _, b := range o.balances {
			if b.Creator == row.ID {
				c.Balances = append(c.Balances, b)
			}
		}
		body.Creators = append(body.Creators, c)
	}
	writeJSON(w, http.StatusOK, body)
	return nil
}

type statementJSON struct {
	ID         byline.CreatorID    `json:"id"`
	Name       string              `json:"name"`
	Balances   []contracts.Balance `json:"balances"`
	Held       []waiting           `json:"held"` // the soonest released first; without until: not by time alone
	Agreements []contracts.Terms   `json:"agreements"`
	Entries    []contracts.Entry   `json:"entries"` // the latest, newest first
	Orders     []byline.OrderID    `json:"orders"`  // the latest, newest first
}

func (s *server) creatorAPI(w http.ResponseWriter, r *http.Request) error {
	st, err := s.readStatement(r.Context(), byline.CreatorID(r.PathValue("id")))
	if err != nil {
		return err
	}
	body := statementJSON{
		ID: st.id, Name: s.programme.name(st.id), Balances: st.balances, Held: append([]waiting{}, st.waiting...), Entries: st.entries,
		Agreements: append([]contracts.Terms{}, st.agreements...), Orders: []byline.OrderID{},
	}
	for _, record := range st.latest {
		body.Orders = append(body.Orders, record.Order.ID)
	}
	writeJSON(w, http.StatusOK, body)
	return nil
}

type deliveriesJSON struct {
	Counts     map[attribution.Status]int `json:"counts"`
	ToLookAt   []orderstore.DeliveryInfo  `json:"to_look_at"` // failed and quarantined
	Deliveries []orderstore.DeliveryInfo  `json:"deliveries"` // the latest, newest first
}

func (s *server) deliveriesAPI(w http.ResponseWriter, r *http.Request) error {
	in, err := s.readInbox(r.Context(), 0)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, deliveriesJSON{in.counts, append([]orderstore.DeliveryInfo{}, in.look...), in.latest})
	return nil
}

// healthz says whether the store answers. It tells a stranger nothing else.
func (s *server) healthz(w http.ResponseWriter, r *http.Request) {
	if _, err := s.orders.DeliveryCounts(r.Context()); err != nil {
		s.log.ErrorContext(r.Context(), "the store does not answer", "error", err)
		writeError(w, http.StatusServiceUnavailable, "unavailable", publicText(http.StatusServiceUnavailable, err))
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}
