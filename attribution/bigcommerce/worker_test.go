package bigcommerce_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// All the way: a webhook comes over HTTP, the store's API is busy at first, and the order
// stands in the end.
func TestThroughTheWorker(t *testing.T) {
	t.Parallel()
	s := &fakeStore{id: "250", parts: loadParts(t, "order_code.json"), answer: map[string]func(http.ResponseWriter){"/products": refused(429)}}
	w := serve(t, s)
	sources := map[string]attribution.Decoder{"north-pier": w}
	var memory attribution.Memory
	receiver := httptest.NewServer(mux(&attribution.Receiver{Sources: sources, Inbox: &memory, Now: clock}))
	defer receiver.Close()
	var order attribution.Order
	worker := attribution.NewWorker(attribution.Worker[attribution.NoTx]{
		Queue: &memory, Sources: sources,
		Apply: func(_ context.Context, _ attribution.NoTx, e attribution.Event) error {
			order = *e.Order
			return nil
		},
	})
	post := func(delivery, body string) string {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, receiver.URL+"/webhooks/north-pier", strings.NewReader(body))
		require.NoError(t, err)
		r.Header = signedAs(delivery, body)
		response, err := receiver.Client().Do(r)
		require.NoError(t, err)
		defer response.Body.Close()
		var answer bytes.Buffer
		_, err = answer.ReadFrom(response.Body)
		require.NoError(t, err)
		return strings.TrimSpace(answer.String())
	}
	if got := post("msg_1", notice); got != `{"status":"accepted"}` {
		t.Errorf("the webhook is %s", got)
	}
	if got := post("msg_1", notice); got != `{"status":"duplicate"}` {
		t.Errorf("the retry is %s", got)
	}
	settled, err := worker.Drain(t.Context())
	require.ErrorIs(t, err, byline.ErrRateLimited)
	if settled != 0 || order.ID != "" {
		t.Errorf("settled %d, order %q, while the store is busy", settled, order.ID)
	}
	s.mu.Lock()
	s.answer = nil
	s.mu.Unlock()
	settled, err = worker.Drain(t.Context())
	require.NoError(t, err)
	if settled != 1 || order.ID != "bigcommerce:np7k2:250" || order.Payment != attribution.Paid {
		t.Errorf("settled %d, order %q %s", settled, order.ID, order.Payment)
	}
	post("msg_2", edit(`created"`, `updated"`))
	_, err = worker.Drain(t.Context())
	require.NoError(t, err)
	if _, status, err := memory.Delivery(t.Context(), 2); err != nil || status != attribution.StatusDuplicate {
		t.Errorf("a second webhook of the same state is %s, %v", status, err)
	}
}

func mux(receiver http.Handler) http.Handler {
	m := http.NewServeMux()
	m.Handle("POST /webhooks/{source}", receiver)
	return m
}
