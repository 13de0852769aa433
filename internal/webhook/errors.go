package webhook

import "github.com/bylinehq/byline"

// Codes of what can be wrong with the text of a key. They are a public contract: one
// may retire, none is ever reused.
const (
	codeKeyBase64 = "webhook.key_base64"
	codeKeyLength = "webhook.key_length"
	codeKeyZero   = "webhook.key_zero"
	codeKeyPair   = "webhook.key_pair"
)

// codeMeaning is one row of the table of codes.
type codeMeaning struct{ code, meaning string }

func codes() []codeMeaning {
	return []codeMeaning{
		{codeKeyBase64, "a key is base64 in the standard alphabet, with its padding and nothing around it"},
		{codeKeyLength, "a shared key has 24 to 64 bytes, a public key 32, a private key 32 or 64"},
		{codeKeyZero, "a key of zero bytes is no key"},
		{codeKeyPair, "the two halves of the private key do not belong together"},
	}
}

func fault(code string) *byline.FieldError {
	message := ""
	for _, row := range codes() {
		if row.code == code {
			message = row.meaning
		}
	}
	return &byline.FieldError{Code: code, Message: message}
}
