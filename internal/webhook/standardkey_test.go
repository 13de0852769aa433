package webhook_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/webhook"
)

func encoded(n int, of byte) string {
	return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{of}, n))
}

func TestParseStandardKey(t *testing.T) {
	t.Parallel()
	swapped := strings.Replace(privateText, "DXWpgB", "DXWpgC", 1)
	tests := map[string]struct{ text, code string }{
		"a shared key":                            {sharedText, ""},
		"a shared key without its prefix":         {strings.TrimPrefix(sharedText, "whsec_"), ""},
		"a shared key of 24 bytes":                {"whsec_" + encoded(24, 'k'), ""},
		"a shared key of 64 bytes":                {"whsec_" + encoded(64, 'k'), ""},
		"a public key":                            {publicText, ""},
		"a seed":                                  {seedText, ""},
		"a seed and its public key":               {privateText, ""},
		"nothing":                                 {"", "webhook.key_length"},
		"a prefix only":                           {"whsec_", "webhook.key_length"},
		"a public prefix only":                    {"whpk_", "webhook.key_length"},
		"a private prefix only":                   {"whsk_", "webhook.key_length"},
		"a shared key of 23 bytes":                {"whsec_" + encoded(23, 'k'), "webhook.key_length"},
		"a shared key of 65 bytes":                {"whsec_" + encoded(65, 'k'), "webhook.key_length"},
		"a megabyte":                              {"whsec_" + encoded(1<<20, 'k'), "webhook.key_length"},
		"a public key of 31 bytes":                {"whpk_" + encoded(31, 'k'), "webhook.key_length"},
		"a public key of 64 bytes":                {"whpk_" + encoded(64, 'k'), "webhook.key_length"},
		"a private key of 33 bytes":               {"whsk_" + encoded(33, 'k'), "webhook.key_length"},
		"a shared key of zero bytes":              {"whsec_" + encoded(32, 0), "webhook.key_zero"},
		"a public key of zero bytes":              {"whpk_" + encoded(32, 0), "webhook.key_zero"},
		"a private key of zero bytes":             {"whsk_" + encoded(32, 0), "webhook.key_zero"},
		"a seed of zero bytes and its public key": {"whsk_" + base64.StdEncoding.EncodeToString(ed25519.NewKeyFromSeed(make([]byte, 32))), "webhook.key_zero"},
		"halves that do not belong together":      {swapped, "webhook.key_pair"},
		"two prefixes":                            {"whsec_" + sharedText, "webhook.key_base64"},
		"a prefix nobody knows":                   {"whxx_" + encoded(32, 'k'), "webhook.key_base64"},
		"a prefix in upper case":                  {"WHSEC_" + encoded(32, 'k'), "webhook.key_base64"},
		"no base64":                               {"whsec_top secret!", "webhook.key_base64"},
		"base64 for addresses":                    {"whsec_" + strings.ReplaceAll(encoded(32, 0xff), "/", "_"), "webhook.key_base64"},
		"without padding":                         {"whsec_" + strings.TrimRight(encoded(32, 'k'), "="), "webhook.key_base64"},
		"spare bits":                              {"whsec_" + strings.Replace(encoded(32, 'k'), "s=", "t=", 1), "webhook.key_base64"},
		"a line break after":                      {sharedText + "\n", "webhook.key_base64"},
		"a line break in it":                      {sharedText[:20] + "\r\n" + sharedText[20:], "webhook.key_base64"},
		"a space before":                          {" " + sharedText, "webhook.key_base64"},
		"a NUL after":                             {sharedText + "\x00", "webhook.key_base64"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := webhook.ParseStandardKey(tt.text)
			if got := codeOf(t, err); got != tt.code {
				t.Errorf("code %q, want %q", got, tt.code)
			}
			if secret := tt.text[min(len(tt.text), 6):]; err != nil && len(secret) > 2 && strings.Contains(err.Error(), secret) {
				t.Errorf("the error shows the secret: %v", err)
			}
		})
	}
	require.NotEqual(t, privateText, swapped)
}

func codeOf(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	require.ErrorIs(t, err, byline.ErrInvalid)
	fault, ok := errors.AsType[*byline.FieldError](err)
	require.True(t, ok)
	require.NotEmpty(t, fault.Message)
	return fault.Code
}

func TestCodes(t *testing.T) {
	t.Parallel()
	want := []string{"webhook.key_base64", "webhook.key_length", "webhook.key_zero", "webhook.key_pair"}
	if diff := cmp.Diff(want, webhook.Codes()); diff != "" {
		t.Error(diff)
	}
}

func TestStandardKeyTellsNothing(t *testing.T) {
	t.Parallel()
	const bare = "a secret that must not be shown"
	numbers := strings.Trim(fmt.Sprintf("%d", []byte(bare)), "[]")
	hidden := []string{bare, fmt.Sprintf("%x", bare), fmt.Sprintf("%X", bare), numbers, base64.StdEncoding.EncodeToString([]byte(bare))}
	key := webhook.RawStandardKey(bare)
	shown := map[string]string{"String": key.String(), "GoString": key.GoString()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%p", "%U", "%t", "% x"} {
		shown[verb] = fmt.Sprintf(verb, key)
		shown[verb+" of a pointer"] = fmt.Sprintf(verb, &key)
		shown[verb+" of a list"] = fmt.Sprintf(verb, []webhook.StandardKey{key})
		shown[verb+" of an exported field"] = fmt.Sprintf(verb, struct{ Key webhook.StandardKey }{key})
		shown[verb+" of an unexported field"] = fmt.Sprintf(verb, struct{ key webhook.StandardKey }{key})
	}
	text, err := json.Marshal(map[string]any{"key": key, "list": []webhook.StandardKey{key}})
	require.NoError(t, err)
	shown["JSON"] = string(text)
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("", "key", key, "list", []webhook.StandardKey{key})
	slog.New(slog.NewJSONHandler(&log, nil)).Info("", "key", key, "list", []webhook.StandardKey{key})
	shown["slog"] = log.String()
	for where, text := range shown {
		for _, secret := range hidden {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows the secret: %s", where, text)
			}
		}
	}
	for _, where := range []string{"String", "GoString", "%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if shown[where] != "[redacted]" {
			t.Errorf("%s: %q, want [redacted]", where, shown[where])
		}
	}
}

func FuzzParseStandardKey(f *testing.F) {
	for _, text := range []string{sharedText, publicText, seedText, privateText, "", "whsec_", "whsk_" + encoded(64, 'k'), encoded(24, 0)} {
		f.Add(text)
	}
	public := standardKey(f, publicText)
	f.Fuzz(func(t *testing.T, text string) {
		key, err := webhook.ParseStandardKey(text)
		if code := codeOf(t, err); err != nil && !strings.HasPrefix(code, "webhook.key_") {
			t.Errorf("code %q", code)
		}
		made := webhook.SignStandard("msg_1", now(), []byte(body), key)
		at := webhook.Moment{Now: now()}
		signs := made != webhook.StandardHeader{}
		if wants := err == nil && !strings.HasPrefix(text, "whpk_"); signs != wants {
			t.Errorf("signs = %t, want %t", signs, wants)
		}
		if signs && made.Verify([]byte(body), at, key) != nil {
			t.Error("a key refuses its own signature")
		}
		if text != seedText && text != privateText && made.Verify([]byte(body), at, public) == nil {
			t.Error("a key signs for the owner of another")
		}
	})
}
