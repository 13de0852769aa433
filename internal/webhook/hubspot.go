package webhook

import "time"

// HubSpotRequest is what a delivery of HubSpot's signature version 3 is judged by. What
// the older versions sign holds no time, and is refused.
// https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation,
// read 2026-11-22.
type HubSpotRequest struct {
	Method string // of the request, in upper case
	// URI is the whole address as it is registered with HubSpot, from "https://" to the
	// query. Take it from configuration: behind a proxy the headers say what the sender
	// likes. HubSpot signs %3A %2F %3F %40 %21 %24 %27 %28 %29 %2A %2C %3B as the
	// characters that they stand for: write those here.
	URI       string
	Timestamp string // X-HubSpot-Request-Timestamp, milliseconds since 1970
	Signature string // X-HubSpot-Signature-v3
}

// Verify reports whether the request was signed over body by the holder of one of the
// secrets, which are client secrets of the app.
//
// It returns nil, [ErrNotSigned] for an empty Signature, [ErrExpired] for a good one
// made too long before or after at, or [ErrBadSignature] for everything else: an empty
// body or URI, a Method that is not upper-case letters, a Timestamp that is not a plain
// number. It shares the care of [VerifyHMAC] about time.
func (r HubSpotRequest) Verify(body []byte, at Moment, secrets ...string) error {
	if r.Signature == "" {
		return ErrNotSigned
	}
	claimed, isSum := Base64.decode(r.Signature)
	milliseconds, isStamp := parseStamp(r.Timestamp)
	if !isSum || !isStamp || !validMethod(r.Method) || r.URI == "" || len(body) == 0 {
		return ErrBadSignature
	}
	if !signedBy(secrets, []digest{claimed}, []byte(r.Method+r.URI), body, []byte(r.Timestamp)) {
		return ErrBadSignature
	}
	return at.judge(time.UnixMilli(milliseconds))
}

// SignHubSpot returns the signature that [HubSpotRequest.Verify] accepts for r and body
// under secret, which must not be empty. It does not look at r.Signature.
func SignHubSpot(r HubSpotRequest, body []byte, secret string) string {
	return Base64.encode(sum(secret, []byte(r.Method+r.URI), body, []byte(r.Timestamp)))
}

// validMethod keeps the method apart from the address after it: nothing stands between
// them in the signed text, and no address begins without a colon and slashes.
func validMethod(method string) bool {
	for _, letter := range []byte(method) {
		if letter < 'A' || letter > 'Z' {
			return false
		}
	}
	return method != ""
}
