package hubspot_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/hubspot"
)

func FuzzParse(f *testing.F) {
	for _, c := range changes {
		f.Add(load(f, c.file))
	}
	for _, tt := range faultyChanges {
		f.Add([]byte(tt.body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, e := range attributiontest.Parsed(t, func() ([]attribution.Event, error) { return parse(string(body)) }) {
			checkEvent(t, e)
		}
	})
}

func checkEvent(t *testing.T, e attribution.Event) {
	t.Helper()
	if !strings.HasPrefix(e.Key, "hubspot:62515:") || e.Shop != shop || e.Order != nil {
		t.Fatalf("event %+v", e)
	}
	if _, err := json.Marshal(e); err != nil {
		t.Fatalf("the event does not encode: %v", err)
	}
	if e.Kind == attribution.PersonRedact {
		if e.Redaction == nil || e.Redaction.All || len(e.Redaction.Orders) != 1 {
			t.Fatalf("redaction %+v", e.Redaction)
		}
		return
	}
	object, verb, _ := strings.Cut(e.Pointer.Type, ".")
	if e.Kind != attribution.OrderPointed || object != "deal" && object != "contact" || verb == "" ||
		e.Pointer.ID == "" || strings.Trim(e.Pointer.ID, "0123456789") != "" {
		t.Fatalf("pointer %+v", e.Pointer)
	}
}

func FuzzRecords(f *testing.F) {
	for file, p := range records {
		c := loadContent(f, file)
		for _, deal := range c.Deals {
			f.Add(true, p.ID, []byte(deal), []byte(c.Contacts["123"]))
		}
		for _, contact := range c.Contacts {
			f.Add(false, p.ID, []byte{}, []byte(contact))
		}
	}
	f.Add(true, "1", []byte(`{}`), []byte(`{"properties":{}}`))
	f.Fuzz(func(t *testing.T, isDeal bool, id string, deal, contact []byte) {
		e := pointing(attribution.Pointer{Type: "contact.restore", ID: id})
		if isDeal {
			e.Pointer.Type = "deal.restore"
		}
		w := decoder()
		w.Identity = attribution.Identity{Key: "0123456789abcdef0123456789abcdef"}
		events, err := hubspot.FetchFrom(t.Context(), w, e, func(path string) *http.Response {
			body := contact
			if strings.HasPrefix(path, "deals/") {
				body = deal
			}
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(body))}
		})
		if err != nil {
			if len(events) > 0 || !errors.Is(err, byline.ErrInvalid) || len(codesOf(err)) == 0 {
				t.Fatalf("%d events with the error %v", len(events), err)
			}
			return
		}
		for _, e := range events {
			if e.Kind != attribution.OrderLinked {
				checkOrder(t, *e.Order)
			}
		}
	})
}

func checkOrder(t *testing.T, o attribution.Order) {
	t.Helper()
	event, err := attribution.OrderEvent(attribution.OrderChanged, o, o.UpdatedAt)
	if err != nil || event.Key == "" {
		t.Fatalf("the order makes no event: %v", err)
	}
	if !strings.HasPrefix(string(o.ID), "hubspot:62515:") || !o.HasDocument() || o.PlacedAt.IsZero() {
		t.Fatalf("order %+v", o)
	}
	attributiontest.Mergeable(t, o)
}
