package main

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
)

const listedOrders = 100

type ordersBody struct {
	Heading string
	Summary string
	People  []person
	Rows    []orderRow
	Older   string // where the list goes on
	Steps   []step
}

type person struct {
	ID     byline.CreatorID
	Name   string
	Chosen bool
}

type orderRow struct {
	ID       byline.OrderID
	Number   string
	PlacedAt time.Time
	Credits  []creditName
	Evidence []evidenceTag
	Standing pill
	Sold     byline.Money
	Counts   byline.Money
}

type creditName struct {
	Creator byline.CreatorID
	Name    string
}

func (s *server) ordersPage(w http.ResponseWriter, r *http.Request) error {
	chosen := byline.CreatorID(r.URL.Query().Get("creator"))
	before, err := parseCursor(r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	records, err := s.orders.RecentOrders(r.Context(), orderstore.OrderQuery{Creator: chosen, Limit: listedOrders, Before: before})
	if err != nil {
		return err
	}
	totals, err := s.orders.Totals(r.Context())
	if err != nil {
		return err
	}
	received := 0
	for _, t := range totals {
		received += t.Orders
	}
	b := ordersBody{Heading: "Latest orders", Summary: plural(received, "order", "orders") + " received, test orders not counted", Rows: s.orderRows(records)}
	if chosen != "" {
		b.Heading = "Credited to " + s.programme.name(chosen)
	}
	for _, m := range s.programme.Creators {
		b.People = append(b.People, person{m.ID, m.Name, m.ID == chosen})
	}
	if received == 0 && chosen == "" {
		b.Steps = s.steps()
	}
	if len(records) == listedOrders {
		b.Older = ordersBefore(chosen, orderstore.After(records[listedOrders-1]))
	}
	return s.show(w, r, "orders", view{Title: "Orders", Active: "orders", Body: b})
}

func ordersOf(id byline.CreatorID) string {
	return "/orders?" + url.Values{"creator": {string(id)}}.Encode()
}

func ordersBefore(chosen byline.CreatorID, c orderstore.OrderCursor) string {
	query := url.Values{"before": {strconv.FormatInt(c.PlacedAt.UnixMicro(), 10) + "." + string(c.ID)}}
	if chosen != "" {
		query.Set("creator", string(chosen))
	}
	return "/orders?" + query.Encode()
}

// parseCursor reads what ordersBefore wrote; "" is the start of the list.
func parseCursor(text string) (orderstore.OrderCursor, error) {
	if text == "" {
		return orderstore.OrderCursor{}, nil
	}
	placed, id, ok := strings.Cut(text, ".")
	micros, err := strconv.ParseInt(placed, 10, 64)
	if err != nil || !ok {
		return orderstore.OrderCursor{}, &byline.FieldError{Path: "before", Code: "invalid", Message: "not a place in the list of orders"}
	}
	return orderstore.OrderCursor{PlacedAt: time.UnixMicro(micros).UTC(), ID: byline.OrderID(id)}, nil
}

func (s *server) orderRows(records []attribution.Record) []orderRow {
	rows := make([]orderRow, len(records))
	for i, r := range records {
		row := orderRow{
			ID: r.Order.ID, Number: cmp.Or(r.Order.Number, string(r.Order.ID)), PlacedAt: r.Order.PlacedAt,
			Standing: decisionPill(r.Decision), Sold: r.Decision.Sold, Counts: countsNow(r.Decision),
		}
		for _, c := range r.Decision.Credits {
			row.Credits = append(row.Credits, creditName{c.Creator, s.programme.name(c.Creator)})
			for _, tag := range evidenceTags(c) {
				if !slices.Contains(row.Evidence, tag) {
					row.Evidence = append(row.Evidence, tag)
				}
			}
		}
		rows[i] = row
	}
	return rows
}
