package attribution

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/bylinehq/byline"
)

// Inbox keeps deliveries. Put returns only when the delivery is durable: a power cut a
// moment later must not lose it. It is safe for concurrent use.
type Inbox interface {
	Put(ctx context.Context, d Delivery) (Receipt, error)
}

// DefaultMaxBody is how large a webhook may be unless a Receiver says otherwise.
const DefaultMaxBody = 2 << 20

// retryAfterSeconds is what a sender is told when the inbox cannot take more.
const retryAfterSeconds = "5"

// Receiver is the HTTP side of taking webhooks in: verify, make durable, answer. It
// reads no JSON and decides nothing, so it answers in the time of one commit; a
// [Worker] does the rest.
//
// Mount it under a pattern with a {source} wildcard, POST /webhooks/{source}. One
// source is one shop: two shops that share a signing secret need two sources, because
// a shop's name travels in headers that nobody signs.
//
// Answers: 200 with {"status": …} for a Receipt or "ignored"; 401 for a bad signature
// or an unknown source, without a word on which; 405, 413, 415; 503 when the inbox
// cannot take it, so that the sender tries again.
type Receiver struct {
	Sources map[string]Decoder // by the {source} of the path
	Inbox   Inbox
	Now     func() time.Time // stamps arrivals; never decides
	MaxBody int64            // bytes. Default: DefaultMaxBody
	Log     *slog.Logger     // Default: no log. It never holds a body, a secret or a signature
	Arrived func()           // called after each accepted delivery, e.g. Worker.Wake. Default: nothing
}

// ServeHTTP takes one webhook.
func (rc *Receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		rc.answer(w, http.StatusMethodNotAllowed, "method_not_allowed")
		return
	}
	if enc := r.Header.Get("Content-Encoding"); enc != "" && enc != "identity" {
		// Nobody signs compressed bytes, and inflating them is an attack surface.
		rc.answer(w, http.StatusUnsupportedMediaType, "content_encoding_not_supported")
		return
	}
	limit := rc.MaxBody
	if limit <= 0 {
		limit = DefaultMaxBody
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		rc.answer(w, http.StatusRequestEntityTooLarge, "too_large")
		return
	}
	if err != nil {
		rc.answer(w, http.StatusBadRequest, "body_not_read")
		return
	}
	rc.take(w, r, body)
}

func (rc *Receiver) take(w http.ResponseWriter, r *http.Request, body []byte) {
	source := r.PathValue("source")
	d, err := rc.verify(source, r.Header, body)
	switch {
	case errors.Is(err, ErrIgnored):
		rc.answer(w, http.StatusOK, "ignored")
		return
	case err != nil:
		rc.log().WarnContext(r.Context(), "webhook refused", "source", source, "reason", err, "bytes", len(body))
		rc.answer(w, http.StatusUnauthorized, "unauthorized")
		return
	}
	d.Source, d.Body, d.ReceivedAt = source, body, rc.Now()
	receipt, err := rc.Inbox.Put(r.Context(), d)
	if err != nil {
		rc.log().ErrorContext(r.Context(), "inbox did not take a webhook", "source", source, "topic", d.Topic, "error", err)
		w.Header().Set("Retry-After", retryAfterSeconds)
		rc.answer(w, http.StatusServiceUnavailable, "unavailable")
		return
	}
	if receipt == Quarantined {
		rc.log().WarnContext(r.Context(), "webhook quarantined: its id is known with another body", "source", source, "delivery", d.ID)
	}
	if receipt == Accepted && rc.Arrived != nil {
		rc.Arrived()
	}
	rc.answer(w, http.StatusOK, string(receipt))
}

// verify costs the same for a source that does not exist.
func (rc *Receiver) verify(source string, header http.Header, body []byte) (Delivery, error) {
	decoder, ok := rc.Sources[source]
	if !ok {
		return Delivery{}, verifyNothing(body)
	}
	return decoder.Verify(header, body)
}

func (rc *Receiver) answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The sender may have gone; there is nobody left to tell.
	_ = json.NewEncoder(w).Encode(map[string]string{"status": text})
}

func (rc *Receiver) log() *slog.Logger {
	if rc.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return rc.Log
}

// Permanent reports whether an error will stay: the input is wrong or contradicts what
// is known, and trying again changes nothing. A conflict is not permanent: somebody
// else was faster, and the next try sees what they wrote.
func Permanent(err error) bool { return errors.Is(err, byline.ErrInvalid) }
