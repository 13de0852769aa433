package attribution

import (
	"github.com/bylinehq/byline/internal/webhook"
)

// Why a webhook was not let in. Each answers to byline.ErrUnauthorized.
var (
	ErrNotSigned    = webhook.ErrNotSigned    // it carries no signature
	ErrBadSignature = webhook.ErrBadSignature // its signature is not of its body and a known secret
	ErrExpired      = webhook.ErrExpired      // its signed time is too far from now
)

// nobodysSignature is well formed and made by nobody.
const nobodysSignature = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

// verifyNothing does the work of a verification that cannot succeed.
func verifyNothing(body []byte) error {
	return webhook.VerifyHMAC(body, nobodysSignature, webhook.Base64)
}
