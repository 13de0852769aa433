package hubspot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// All the way: a batch comes over HTTP, the portal's API is down at first, a record of the
// batch is gone, and in the end the deal stands and the person is forgotten.
func TestThroughTheWorker(t *testing.T) {
	t.Parallel()
	p := &fakePortal{content: loadContent(t, "deal_won.json"), answer: map[string]func(http.ResponseWriter){
		"deals/250": refused(503), "/account-info/v3/details": says(`{"portalId":62515}`),
	}}
	sources := map[string]attribution.Decoder{"crm": serve(t, p)}
	var memory attribution.Memory
	m := http.NewServeMux()
	m.Handle("POST /webhooks/{source}", &attribution.Receiver{Sources: sources, Inbox: &memory, Now: clock})
	receiver := httptest.NewServer(m)
	defer receiver.Close()
	var applied []string
	worker := attribution.NewWorker(attribution.Worker[attribution.NoTx]{
		Queue: &memory, Sources: sources,
		Apply: func(_ context.Context, _ attribution.NoTx, e attribution.Event) error {
			name := string(e.Kind)
			if e.Order != nil {
				name += " " + string(e.Order.ID) + " " + string(e.Order.Payment)
			}
			applied = append(applied, name)
			return nil
		},
	})
	const batch = `[
		{"eventId":1,"portalId":62515,"occurredAt":1791104405120,"subscriptionType":"deal.creation","objectId":250},
		{"eventId":2,"portalId":62515,"occurredAt":1791000000000,"subscriptionType":"contact.propertyChange","objectId":999},
		{"eventId":3,"portalId":62515,"occurredAt":1791104405120,"subscriptionType":"deal.deletion","objectId":998},
		{"eventId":4,"portalId":62515,"occurredAt":1791104405120,"subscriptionType":"contact.privacyDeletion","objectId":997}]`
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, receiver.URL+"/webhooks/crm", strings.NewReader(batch))
	require.NoError(t, err)
	r.Header = signed("", []byte(batch))
	response, err := receiver.Client().Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("the webhook is answered with %d", response.StatusCode)
	}
	_, err = worker.Drain(t.Context())
	require.ErrorIs(t, err, byline.ErrUnavailable)
	if len(applied) > 0 {
		t.Errorf("applied %q while the portal is down", applied)
	}
	p.mu.Lock()
	delete(p.answer, "deals/250")
	p.mu.Unlock()
	settled, err := worker.Drain(t.Context())
	require.NoError(t, err)
	want := "order.changed hubspot:62515:deal:250 paid, order.deleted hubspot:62515:deal:998 , person.redact"
	if got := strings.Join(applied, ", "); got != want || settled != 1 {
		t.Errorf("settled %d, applied %q, want %q", settled, got, want)
	}
}
