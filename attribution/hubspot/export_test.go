package hubspot

import (
	"context"
	"net/http"
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// Codes lists the codes of the table, in its order.
func Codes() []string {
	var list []string
	for _, row := range codes() {
		list = append(list, row.Code)
	}
	return list
}

// Meaning is what a fault of the code says.
func Meaning(code string) string { return fault(code).Message }

type bodies func(path string) *http.Response

func (b bodies) Do(r *http.Request) (*http.Response, error) { return b(r.URL.Path), nil }

// FetchFrom is Fetch from a client that answers by path.
func FetchFrom(ctx context.Context, w Webhook, e attribution.Event, answer func(path string) *http.Response) ([]attribution.Event, error) {
	w.Client = bodies(func(path string) *http.Response { return answer(strings.TrimPrefix(path, "/crm/v3/objects/")) })
	return w.Fetch(ctx, e)
}
