package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
)

const (
	listedToLookAt   = 50
	listedDeliveries = 25
)

// inbox is the deliveries as the page and its JSON show them.
type inbox struct {
	counts map[attribution.Status]int
	look   []orderstore.DeliveryInfo // failed and quarantined
	latest []orderstore.DeliveryInfo
}

// readInbox reads a page of the latest deliveries, those before a number when there is
// one.
func (s *server) readInbox(ctx context.Context, before int64) (inbox, error) {
	var in inbox
	var err error
	if in.counts, err = s.orders.DeliveryCounts(ctx); err != nil {
		return in, err
	}
	for _, status := range []attribution.Status{attribution.StatusFailed, attribution.StatusQuarantined} {
		some, err := s.orders.Deliveries(ctx, orderstore.DeliveryQuery{Status: status, Limit: listedToLookAt})
		if err != nil {
			return in, err
		}
		in.look = append(in.look, some...)
	}
	slices.SortStableFunc(in.look, func(a, b orderstore.DeliveryInfo) int { return cmp.Compare(b.Seq, a.Seq) })
	in.latest, err = s.orders.Deliveries(ctx, orderstore.DeliveryQuery{Limit: listedDeliveries, Before: before})
	return in, err
}

type deliveriesBody struct {
	Strip   strip
	Look    []deliveryRow
	Latest  []deliveryRow
	Started bool   // something has arrived, whatever this page of the list shows
	Older   string // where the list goes on
	Steps   []step
}

type deliveryRow struct {
	orderstore.DeliveryInfo
	Status pill
	Why    string
	Tried  string
	Replay string // where to post, "" when there is nothing to replay
}

func (s *server) deliveriesPage(w http.ResponseWriter, r *http.Request) error {
	before, err := numberOf(r.URL.Query().Get("before"), 0)
	if err != nil {
		return err
	}
	in, err := s.readInbox(r.Context(), before)
	if err != nil {
		return err
	}
	return s.show(w, r, "deliveries", view{Title: "Deliveries", Active: "deliveries", Body: s.deliveriesBody(in)})
}

func (s *server) deliveriesBody(in inbox) deliveriesBody {
	count := func(label string, status attribution.Status, note string) tile {
		return tile{Label: label, Values: []string{showCount(in.counts[status])}, Note: note}
	}
	b := deliveriesBody{
		Look: deliveryRows(in.look), Latest: deliveryRows(in.latest),
		Strip: strip{Label: "Deliveries by status", Tiles: []tile{
			count("Waiting", attribution.StatusPending, "for the worker"),
			count("Processed", attribution.StatusProcessed, "their effect is committed"),
			count("No news", attribution.StatusDuplicate, "another said the same"),
			count("Failed", attribution.StatusFailed, "replay when mended"),
			count("Quarantined", attribution.StatusQuarantined, "a known id, another body"),
		}},
	}
	for _, n := range in.counts {
		b.Started = b.Started || n > 0
	}
	if !b.Started {
		b.Steps = s.steps()
	}
	if len(in.latest) == listedDeliveries {
		b.Older = fmt.Sprintf("/deliveries?before=%d#latest", in.latest[listedDeliveries-1].Seq)
	}
	return b
}

func deliveryRows(infos []orderstore.DeliveryInfo) []deliveryRow {
	rows := make([]deliveryRow, len(infos))
	for i, d := range infos {
		rows[i] = deliveryRow{DeliveryInfo: d, Status: statusPill(d.Status), Why: d.Reason, Tried: "not tried"}
		if d.Attempts > 0 {
			rows[i].Tried = plural(d.Attempts, "attempt", "attempts")
		}
		if d.Status == attribution.StatusQuarantined {
			rows[i].Why = "Its id is known with another body"
		}
		if !d.Erased && (d.Status == attribution.StatusFailed || d.Status == attribution.StatusQuarantined) {
			rows[i].Replay = fmt.Sprintf("/deliveries/%d/replay", d.Seq)
		}
	}
	return rows
}

// replay lets a delivery wait again, once what stood in its way is mended.
func (s *server) replay(w http.ResponseWriter, r *http.Request) error {
	seq, err := numberOf(r.PathValue("seq"), -1)
	if err != nil {
		return err
	}
	if err := s.orders.Replay(r.Context(), seq); err != nil {
		return err
	}
	s.worker.Wake()
	http.Redirect(w, r, "/deliveries", http.StatusSeeOther)
	return nil
}

// numberOf reads the number of a delivery; text that is none answers to
// byline.ErrInvalid.
func numberOf(text string, missing int64) (int64, error) {
	if text == "" {
		return missing, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, &byline.FieldError{Code: "invalid", Message: "not the number of a delivery"}
	}
	return n, nil
}
