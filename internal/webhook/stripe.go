package webhook

import (
	"strconv"
	"strings"
	"time"
)

// VerifyStripe reports whether header, the Stripe-Signature of a delivery, was made
// over body by the holder of one of the secrets. A secret is the whole text that
// Stripe shows, "whsec_" included; list two while one is rolled.
// https://docs.stripe.com/webhooks, read 2026-11-22.
//
// The header is "t=<seconds>,v1=<hex>", with a v1 for every active secret. One that
// matches is enough; what is not hex is passed over, and so are v0, which Stripe makes
// for test events, and keys nobody knows. A part that is not key=value, a second t and
// more than 1024 characters make the header invalid.
//
// It returns nil, [ErrNotSigned] for an empty header, [ErrExpired] for a good signature
// made too long before or after at, or [ErrBadSignature] for everything else, like
// [VerifyHMAC], whose care about time it shares.
func VerifyStripe(body []byte, header string, at Moment, secrets ...string) error {
	if header == "" {
		return ErrNotSigned
	}
	h, ok := parseStripe(header)
	if !ok || len(body) == 0 || !signedBy(secrets, h.claims, []byte(h.stamp+"."), body) {
		return ErrBadSignature
	}
	return at.judge(h.sent)
}

// SignStripe returns the header that [VerifyStripe] accepts for body under secret,
// which must not be empty. The time is written in whole seconds.
func SignStripe(body []byte, at time.Time, secret string) string {
	stamp := strconv.FormatInt(at.Unix(), 10)
	return "t=" + stamp + ",v1=" + Hex.encode(sum(secret, []byte(stamp+"."), body))
}

type stripeHeader struct {
	stamp  string // as it was signed
	sent   time.Time
	claims []digest
}

func parseStripe(header string) (h stripeHeader, ok bool) {
	if len(header) > maxList {
		return h, false
	}
	for part := range strings.SplitSeq(header, ",") {
		key, value, isPair := strings.Cut(part, "=")
		if !isPair || strings.Contains(value, "=") {
			return h, false
		}
		switch key {
		case "t":
			seconds, isStamp := parseStamp(value)
			if !isStamp || h.stamp != "" {
				return h, false
			}
			h.stamp, h.sent = value, time.Unix(seconds, 0)
		case "v1":
			if claimed, isSum := Hex.decode(value); isSum {
				h.claims = append(h.claims, claimed)
			}
		}
	}
	return h, h.stamp != ""
}
