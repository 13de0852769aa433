package campaign_test

import (
	"net/http"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// orderDecoder says the same of one order whatever it is sent, but for a broken body.
type orderDecoder struct{}

func (orderDecoder) Verify(http.Header, []byte) (attribution.Delivery, error) {
	return attribution.Delivery{}, attribution.ErrNotSigned
}

func (orderDecoder) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	if string(d.Body) == "broken" {
		return nil, &byline.FieldError{Code: "demo.broken", Message: "cannot be read"}
	}
	e, err := attribution.OrderEvent(attribution.OrderChanged, paidOrder(), d.ReceivedAt)
	return []attribution.Event{e}, err
}
