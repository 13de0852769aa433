package hubspot

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
)

// The headers of a signed webhook. X-HubSpot-Signature with X-HubSpot-Signature-Version
// v1 or v2 stands beside them for receivers of old; it is not read.
// https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation,
// read 2026-11-22.
const (
	headerSignature = "X-HubSpot-Signature-v3"
	headerTimestamp = "X-HubSpot-Request-Timestamp"
)

// Doer sends a request; an *http.Client is one. It has to be safe for concurrent use if
// the Webhook is used so.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Webhook reads the webhooks of one portal, which is HubSpot's word for an account, and
// fetches the deals and contacts that they point at. It is a value, safe for concurrent
// use. One that Check finds fault with accepts nothing it should not, and maybe nothing at
// all.
type Webhook struct {
	// Secrets are the client secrets of the app, the current one first.
	Secrets []attribution.Secret
	// URI is the address of this endpoint exactly as it is registered with HubSpot, from
	// "https://" on. It is signed, so it comes from configuration and never from the
	// request: behind a proxy that says what the proxy, or the sender, likes. Register one
	// without percent-encoded characters, of which HubSpot decodes some.
	URI string
	// Method is that of the request. Default: POST.
	Method string
	// PortalID is the portal. A change in another one fails the delivery: an app that is
	// installed in several portals sends all of them to one address.
	PortalID int64
	// Now is the receiver's clock. Without it nothing is accepted.
	Now func() time.Time
	// Tolerance is how far from Now a webhook may have been signed. Default: five minutes.
	Tolerance time.Duration

	// Client and Token are for Fetch. Token is sent as a bearer token; leave it empty where
	// the Client adds one of its own, as an OAuth client does that renews it. It needs the
	// scopes crm.objects.deals.read and crm.objects.contacts.read.
	Client Doer
	Token  attribution.Secret
	// BaseURL is where the API is. Default: https://api.hubapi.com.
	BaseURL string

	// Won and Lost are the ids of the deal stages that end a deal. Default: "closedwon" and
	// "closedlost", and any stage that HubSpot itself counts as won or lost.
	Won, Lost []string
	// Currency is that of deals that name none, as in a portal with a single one.
	Currency byline.Currency
	// Properties names where the evidence stands.
	Properties Properties
	// Identity makes the keys of who bought. Default: none are made, and no e-mail address
	// or telephone number is asked for.
	Identity attribution.Identity
	// Market is where a telephone number without its country belongs to.
	Market byline.Market
}

var _ attribution.Fetcher = Webhook{}

// Verify checks the signature over method, URI, body and time, as [attribution.Decoder]
// describes. The Delivery's Body is the slice it was given. It has no Topic: one body
// holds changes of many kinds.
//
// HubSpot names no delivery, so one is known by its body. A retry counts its attempts in
// the body and is therefore another delivery, of the same events.
func (w Webhook) Verify(h http.Header, body []byte) (attribution.Delivery, error) {
	if w.PortalID <= 0 {
		return attribution.Delivery{}, fmt.Errorf("hubspot: no PortalID is configured: %w", attribution.ErrBadSignature)
	}
	request := w.request(h.Get(headerTimestamp))
	request.Signature = h.Get(headerSignature)
	secrets := make([]string, len(w.Secrets))
	for i, secret := range w.Secrets {
		secrets[i] = string(secret)
	}
	moment := webhook.Moment{Tolerance: w.Tolerance}
	if w.Now != nil {
		moment.Now = w.Now()
	}
	if err := request.Verify(body, moment, secrets...); err != nil {
		return attribution.Delivery{}, fmt.Errorf("hubspot: %w", err)
	}
	sum := sha256.Sum256(body)
	return attribution.Delivery{ID: "body:" + hex.EncodeToString(sum[:]), Body: body}, nil
}

func (w Webhook) request(timestamp string) webhook.HubSpotRequest {
	method := w.Method
	if method == "" {
		method = http.MethodPost
	}
	return webhook.HubSpotRequest{Method: method, URI: w.URI, Timestamp: timestamp}
}

// Parse reads a verified Delivery. A deal or a contact that changed, however often, is one
// event that points at it, see [Webhook.Fetch]; that it was deleted or restored is another.
// A contact that was deleted for its privacy is an event to forget it, and no other.
// Changes of other objects are none.
//
// A delivery with one change that cannot be read fails whole, with what is wrong at each
// of them: there is no way to apply the good ones and to show the bad one. Little can be
// wrong, because a change needs no more than its type, its portal and an id.
//
// The error is a [*byline.ValidationError] of codes "hubspot.…", each with its place in
// the body ("[3].objectId"), and no word of what stands there.
func (w Webhook) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	r := newReader()
	events := w.parse(&r, d)
	if err := r.Err("webhook"); err != nil {
		return nil, err
	}
	return events, nil
}

// Sign returns the headers that HubSpot would send with body to w.URI. It is for tests,
// demonstrations and whoever replays deliveries of their own. It signs with the first of
// w.Secrets.
func (w Webhook) Sign(at time.Time, body []byte) http.Header {
	h := http.Header{}
	if len(w.Secrets) == 0 {
		return h
	}
	request := w.request(strconv.FormatInt(at.UnixMilli(), 10))
	h.Set(headerTimestamp, request.Timestamp)
	h.Set(headerSignature, webhook.SignHubSpot(request, body, string(w.Secrets[0])))
	return h
}

// DealID names the order of a deal across all portals: "hubspot:62515:deal:250".
func DealID(portal int64, id string) byline.OrderID { return orderID(portal, deal, id) }

// ContactID names the lead of a contact across all portals: "hubspot:62515:contact:123".
func ContactID(portal int64, id string) byline.OrderID { return orderID(portal, contact, id) }

func orderID(portal int64, o object, id string) byline.OrderID {
	return byline.OrderID("hubspot:" + strconv.FormatInt(portal, 10) + ":" + string(o) + ":" + id)
}

// shop is how the portal calls itself.
func (w Webhook) shop() string { return strconv.FormatInt(w.PortalID, 10) }
