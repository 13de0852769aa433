package bigcommerce_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/bigcommerce"
)

func FuzzParse(f *testing.F) {
	for _, n := range notices {
		f.Add(load(f, n.file))
	}
	for _, tt := range faultyNotices {
		f.Add([]byte(tt.body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, e := range attributiontest.Parsed(t, func() ([]attribution.Event, error) { return parse(string(body)) }) {
			if e.Key == "" || e.Shop != store || e.Kind != attribution.OrderPointed || e.Order != nil || e.Pointer == nil {
				t.Fatalf("event %+v", e)
			}
			if e.Pointer.Type != "order" || e.Pointer.ID == "" || strings.Trim(e.Pointer.ID, "0123456789") != "" {
				t.Fatalf("pointer %+v", e.Pointer)
			}
			if _, err := json.Marshal(e); err != nil {
				t.Fatalf("the event does not encode: %v", err)
			}
		}
	})
}

func FuzzDocuments(f *testing.F) {
	for file := range orders {
		p := loadParts(f, file)
		f.Add([]byte(p.Order), []byte(p.Coupons), []byte(p.Products), []byte(`{"data":`+string(p.Refunds)+`}`))
	}
	empty := bigcommerce.EmptyDocuments()
	f.Add(empty[0], empty[1], empty[2], empty[3])
	f.Fuzz(func(t *testing.T, head, coupons, products, refunds []byte) {
		o, err := bigcommerce.Convert(decoder(), "250", head, coupons, products, refunds)
		if err != nil {
			if !errors.Is(err, byline.ErrInvalid) || len(codesOf(err)) == 0 || strings.Contains(err.Error(), "@") {
				t.Fatalf("error %v", err)
			}
			return
		}
		checkOrder(t, o)
	})
}

func checkOrder(t *testing.T, o attribution.Order) {
	t.Helper()
	event, err := attribution.OrderEvent(attribution.OrderChanged, o, o.UpdatedAt)
	if err != nil || event.Key == "" {
		t.Fatalf("the order makes no event: %v", err)
	}
	if o.ID != "bigcommerce:np7k2:250" || !o.HasDocument() || !o.Currency.Known() || o.PlacedAt.IsZero() {
		t.Fatalf("order %+v", o)
	}
	attributiontest.Mergeable(t, o)
	// It may refuse, for a negative price or a line that stands twice; it must not panic.
	if sales, err := o.Sales(); err == nil && sales.Kept.Sign() < 0 {
		t.Fatalf("sales %+v", sales)
	}
}
