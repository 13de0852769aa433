package tracking

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Links is the caller's table of short links. Link returns the link of a key, which is
// in the form of attribution.NormalizeCode; byline.ErrNotFound when there is none. A Key
// that the link leaves empty is the key asked for. It is safe for concurrent use.
type Links interface {
	Link(ctx context.Context, key string) (Link, error)
}

// Recorder keeps clicks. It is safe for concurrent use.
type Recorder interface {
	Record(ctx context.Context, t attribution.Touch) error
}

// recordWait is how long a customer waits for a click to be recorded.
const recordWait = 2 * time.Second

// retryAfterSeconds is what is answered when the table cannot be asked.
const retryAfterSeconds = "5"

// Redirect answers short links: it finds the target, makes a signed click id, records
// the click and sends the customer on, with the key, the click id and the UTM values of
// the link in the address. Mount it under a pattern with a {link} wildcard, GET /{link}.
//
// Targets come from the table alone, and nothing of the request but the key is read into
// the address, so it is no open redirect. Nothing of the visitor is recorded. HEAD,
// prefetches and the bots that make previews of links are sent on without a click id
// and not recorded; a click that is prefetched first and made later is therefore known
// by its link alone.
//
// Answers: 302, never stored, for a link; 404 for an unknown one, or 302 to Home; 405;
// 503, or 302 to Home, when the table fails or holds an address that [Link.URL] refuses.
// What fails behind that, a nonce, a signature or the recorder, is logged and never
// keeps a customer; the recorder has two seconds.
type Redirect struct {
	Links    Links
	Clicks   Clicks
	Recorder Recorder
	Nonce    func() ([12]byte, error) // fresh random bytes, as of crypto/rand
	Now      func() time.Time         // when clicks happen
	Home     string                   // where a link leads that is unknown or cannot be found. Default: an error
	Log      *slog.Logger             // Default: no log. It never holds what a visitor sent
}

// ServeHTTP sends one visitor on.
func (rd *Redirect) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	link, err := rd.find(r)
	if err != nil {
		rd.lost(w, r, err)
		return
	}
	var click attribution.Touch
	counts := isClick(r)
	if counts {
		click = rd.click(r.Context(), link)
		link.Click = click.ID
	}
	address, err := link.URL()
	if err != nil {
		rd.log().ErrorContext(r.Context(), "short link leads nowhere", "link", link.Key, "error", err)
		rd.lost(w, r, err)
		return
	}
	if counts {
		rd.record(r.Context(), click)
	}
	rd.send(w, r, address)
}

// find looks the link up.
func (rd *Redirect) find(r *http.Request) (Link, error) {
	key := r.PathValue("link")
	if key == "" {
		key = strings.Trim(r.URL.Path, "/")
	}
	key, ok := clean(attribution.NormalizeCode(key))
	if !ok || strings.Contains(key, "/") {
		return Link{}, byline.ErrNotFound
	}
	link, err := rd.Links.Link(r.Context(), key)
	if err != nil {
		if !errors.Is(err, byline.ErrNotFound) {
			rd.log().ErrorContext(r.Context(), "short link could not be looked up", "error", err)
		}
		return Link{}, err
	}
	link.Click = ""
	if link.Key == "" {
		link.Key = key
	}
	return link, nil
}

// click is what to record. Without an id it is still the caller's own record.
func (rd *Redirect) click(ctx context.Context, link Link) attribution.Touch {
	click := Click{Link: link.Key, At: rd.Now().UTC().Truncate(time.Millisecond)}
	var err error
	if click.Nonce, err = rd.Nonce(); err != nil {
		rd.log().ErrorContext(ctx, "no nonce for a click id", "link", link.Key, "error", err)
		return click.touch("")
	}
	id, err := rd.Clicks.Sign(click)
	if err != nil {
		rd.log().ErrorContext(ctx, "click id not signed", "link", link.Key, "error", err)
	}
	return click.touch(id)
}

func (rd *Redirect) record(ctx context.Context, click attribution.Touch) {
	// Who closes the page at once has clicked all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordWait)
	defer cancel()
	if err := rd.Recorder.Record(ctx, click); err != nil {
		rd.log().ErrorContext(ctx, "click not recorded", "link", click.Link, "error", err)
	}
}

// lost answers when there is no target.
func (rd *Redirect) lost(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case rd.Home != "":
		rd.send(w, r, rd.Home)
	case errors.Is(err, byline.ErrNotFound):
		http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
	default:
		w.Header().Set("Retry-After", retryAfterSeconds)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
}

// send tells the shop from which site the customer came, and not from which page.
func (rd *Redirect) send(w http.ResponseWriter, r *http.Request, address string) {
	w.Header().Set("Referrer-Policy", "strict-origin")
	http.Redirect(w, r, address, http.StatusFound)
}

func (rd *Redirect) log() *slog.Logger {
	if rd.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return rd.Log
}
