package byline_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

type fault = byline.FieldError

func TestNest(t *testing.T) {
	t.Parallel()
	field := &fault{Path: "amount", Code: "required", Message: "a value is required"}
	whole := &fault{Code: "money.syntax", Message: "not a plain decimal number"}
	entry := &fault{Path: "[2].due_at", Code: "required", Message: "a value is required"}
	tests := []struct {
		name, path string
		err        error
		want       []*fault
	}{
		{"nil", "fee", nil, nil},
		{"no faults", "fee", byline.Faults(nil), nil},
		{"a field", "fee", field, []*fault{{Path: "fee.amount", Code: "required", Message: "a value is required"}}},
		{"the value as a whole", "fee", whole, []*fault{{Path: "fee", Code: "money.syntax", Message: "not a plain decimal number"}}},
		{"an entry of a list", "deliverables", entry, []*fault{{Path: "deliverables[2].due_at", Code: "required", Message: "a value is required"}}},
		{"under an entry of a list", "deliverables[2]", field, []*fault{{Path: "deliverables[2].amount", Code: "required", Message: "a value is required"}}},
		{"an entry of an entry", "[0]", entry, []*fault{{Path: "[0][2].due_at", Code: "required", Message: "a value is required"}}},
		{"no path", "", field, []*fault{field}},
		{"no path to the whole", "", whole, []*fault{whole}},
		{
			"many, in order", "a", byline.Faults([]*fault{entry, field, whole}),
			[]*fault{
				{Path: "a[2].due_at", Code: "required", Message: "a value is required"},
				{Path: "a.amount", Code: "required", Message: "a value is required"},
				{Path: "a", Code: "money.syntax", Message: "not a plain decimal number"},
			},
		},
		{"wrapped", "a", fmt.Errorf("reading: %w", field), []*fault{{Path: "a.amount", Code: "required", Message: "a value is required"}}},
		{"beside its sentinel", "a", fmt.Errorf("%w: %w", byline.ErrInvalid, whole), []*fault{{Path: "a", Code: "money.syntax", Message: "not a plain decimal number"}}},
		{
			"joined faults", "a", errors.Join(field, whole),
			[]*fault{{Path: "a.amount", Code: "required", Message: "a value is required"}, {Path: "a", Code: "money.syntax", Message: "not a plain decimal number"}},
		},
		{
			"joined lists of faults", "a", fmt.Errorf("both: %w", errors.Join(byline.Faults([]*fault{field}), byline.Faults([]*fault{whole}))),
			[]*fault{{Path: "a.amount", Code: "required", Message: "a value is required"}, {Path: "a", Code: "money.syntax", Message: "not a plain decimal number"}},
		},
		{"a plain error", "a", io.ErrUnexpectedEOF, []*fault{{Path: "a", Code: "invalid", Message: "unexpected EOF"}}},
		{"a wrapped plain error", "a", fmt.Errorf("reading: %w", io.EOF), []*fault{{Path: "a", Code: "invalid", Message: "reading: EOF"}}},
		{"an invalid error without faults", "a", &byline.CurrencyMismatchError{A: "EUR", B: "USD"}, []*fault{{Path: "a", Code: "invalid", Message: `currencies differ: "EUR" and "USD"`}}},
		{"an error is never lost", "a", &byline.ValidationError{}, []*fault{{Path: "a", Code: "invalid"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, byline.Nest(tt.path, tt.err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("twice, and the child stays as it was", func(t *testing.T) {
		t.Parallel()
		child := &fault{Path: "amount", Code: "required"}
		got := byline.Nest("lines", byline.Faults(byline.Nest("[3]", child)))
		if diff := cmp.Diff([]*fault{{Path: "lines[3].amount", Code: "required"}}, got); diff != "" {
			t.Errorf("faults mismatch (-want +got):\n%s", diff)
		}
		if child.Path != "amount" {
			t.Errorf("the child's path became %q", child.Path)
		}
	})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, none := range [][]*fault{nil, {}} {
		if err := byline.Faults(none); err != nil {
			t.Errorf("no faults make the error %v", err)
		}
	}
	first, second := &fault{Path: "b", Code: "max", Message: "must be at most 10"}, &fault{Code: "required", Message: "a value is required"}
	err := fmt.Errorf("plan: %w", byline.Faults([]*fault{first, second}))
	if !errors.Is(err, byline.ErrInvalid) || errors.Is(err, byline.ErrNotFound) {
		t.Errorf("%v answers to the wrong sentinel", err)
	}
	if !errors.Is(err, second) {
		t.Error("the second fault is not in the tree")
	}
	if got, ok := errors.AsType[*fault](err); !ok || got != first {
		t.Errorf("the first fault is %v, %t", got, ok)
	}
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok {
		t.Fatal("no ValidationError")
	}
	if diff := cmp.Diff([]*fault{first, second}, all.Fields); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	if want := "plan: b: must be at most 10; a value is required"; err.Error() != want {
		t.Errorf("it reads %q, want %q", err, want)
	}
	data, err := json.Marshal(all)
	require.NoError(t, err)
	const text = `{"fields":[{"path":"b","code":"max","message":"must be at most 10"},{"path":"","code":"required","message":"a value is required"}]}`
	if diff := cmp.Diff(text, string(data)); diff != "" {
		t.Errorf("JSON mismatch (-want +got):\n%s", diff)
	}
}

func sentinels() []error {
	return []error{byline.ErrInvalid, byline.ErrNotFound, byline.ErrConflict, byline.ErrUnauthorized, byline.ErrRateLimited, byline.ErrUnavailable, byline.ErrRefused}
}

// answers returns the sentinels that err answers to.
func answers(err error) []error {
	var to []error
	for _, s := range sentinels() {
		if errors.Is(fmt.Errorf("tiktok: list posts: %w", err), s) {
			to = append(to, s)
		}
	}
	return to
}

func TestWhichSentinel(t *testing.T) {
	t.Parallel()
	remote := func(status int) error { return &byline.RemoteError{Platform: byline.TikTok, Status: status} }
	tests := []struct {
		name string
		err  error
		want []error
	}{
		{"no answer", remote(0), []error{byline.ErrUnavailable}},
		{"200, which is no failure of HTTP", remote(200), nil},
		{"400", remote(400), nil},
		{"401", remote(401), []error{byline.ErrUnauthorized}},
		{"402", remote(402), nil},
		{"403", remote(403), []error{byline.ErrUnauthorized}},
		{"404", remote(404), []error{byline.ErrNotFound}},
		{"410", remote(410), nil},
		{"499", remote(499), nil},
		{"500", remote(500), []error{byline.ErrUnavailable}},
		{"503", remote(503), []error{byline.ErrUnavailable}},
		{"599", remote(599), []error{byline.ErrUnavailable}},
		{"too many calls", &byline.RateLimitError{}, []error{byline.ErrRateLimited}},
		{"a fault", &fault{}, []error{byline.ErrInvalid}},
		{"faults", byline.Faults([]*fault{{}}), []error{byline.ErrInvalid}},
		{"a refusal", &byline.RefusalError{}, []error{byline.ErrRefused}},
		{"currencies", &byline.CurrencyMismatchError{}, []error{byline.ErrInvalid}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := answers(tt.err)
			if len(got) != len(tt.want) || len(got) == 1 && got[0] != tt.want[0] { //nolint:errorlint // which one, not what it wraps
				t.Errorf("it answers to %v, want %v", got, tt.want)
			}
		})
	}
}

func TestErrorTexts(t *testing.T) {
	t.Parallel()
	tests := map[string]error{
		"a value is required":           &fault{Code: "required", Message: "a value is required"},
		"lines[1]: a value is required": &fault{Path: "lines[1]", Code: "required", Message: "a value is required"},

		"tiktok did not answer":                                &byline.RemoteError{Platform: byline.TikTok},
		"tiktok did not answer, request r-1":                   &byline.RemoteError{Platform: byline.TikTok, RequestID: "r-1"},
		"youtube answered with status 503":                     &byline.RemoteError{Platform: byline.YouTube, Status: 503},
		"youtube answered with status 403, code quotaExceeded": &byline.RemoteError{Platform: byline.YouTube, Status: 403, Code: "quotaExceeded"},
		"x answered with status 404, code 50, request 8f":      &byline.RemoteError{Platform: byline.X, Status: 404, Code: "50", RequestID: "8f"},
		"instagram: rate limited":                              &byline.RateLimitError{Platform: byline.Instagram},
		"pinterest: rate limited":                              &byline.RateLimitError{Platform: byline.Pinterest, RetryAfter: -time.Second},
		"instagram: rate limited, retry after 1m30s":           &byline.RateLimitError{Platform: byline.Instagram, RetryAfter: 90 * time.Second},
		`currencies differ: "" and "USD"`:                      &byline.CurrencyMismatchError{B: byline.USD},
		"invalid":                                              byline.ErrInvalid,
		"not a platform this version knows":                    parseError(byline.ParsePlatform("myspace")),
		"not an ISO 3166-1 country code":                       parseError(byline.ParseMarket("EU")),
		"not an ISO 4217 currency code":                        parseError(byline.ParseCurrency("BTC")),
		"KWD has 3 decimals":                                   parseError(byline.ParseMoney("1.0005", byline.KWD)),
		"a measure has a value or a reason, not both":          new(byline.Measure).UnmarshalJSON([]byte(`{"value":1,"missing":"hidden"}`)),
		"a portion needs num >= 0 and den > 0":                 parseError(byline.Minor(1, byline.EUR).Portion(1, 0)),
		"amount out of range":                                  parseError(byline.Minor(2, byline.EUR).Portion(1<<62, 1)),
	}
	for want, err := range tests {
		if err == nil || err.Error() != want {
			t.Errorf("it reads %q, want %q", err, want)
		}
	}
}

func parseError[T any](_ T, err error) error { return err }
