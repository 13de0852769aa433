package webhook_test

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bylinehq/byline/internal/webhook"
)

// stamp is the second at which the signatures of these tests were made.
const stamp = 1767225600

func now() time.Time { return time.Unix(stamp, 0) }

// scheme verifies a genuine signature, made at stamp or with another text in its
// place, and so lets one table hold for all.
type scheme func(text string, at webhook.Moment) error

func schemes() map[string]scheme {
	return map[string]scheme{
		"stripe": func(text string, at webhook.Moment) error {
			signature := webhook.Sign([]byte(text+"."+body), webhook.Hex, secret)
			return webhook.VerifyStripe([]byte(body), "t="+text+",v1="+signature, at, secret)
		},
		"standard": func(text string, at webhook.Moment) error {
			h := webhook.StandardHeader{ID: "msg_1", Timestamp: text}
			h.Signature = "v1," + webhook.Sign([]byte("msg_1."+text+"."+body), webhook.Base64, secret)
			return h.Verify([]byte(body), at, webhook.RawStandardKey(secret))
		},
		"hubspot": func(text string, at webhook.Moment) error {
			r := webhook.HubSpotRequest{Method: "POST", URI: hubspotURI, Timestamp: text}
			if text != "" {
				r.Timestamp += "000"
			}
			r.Signature = webhook.SignHubSpot(r, []byte(body), secret)
			return r.Verify([]byte(body), at, secret)
		},
	}
}

func TestMoment(t *testing.T) {
	t.Parallel()
	minute := time.Minute
	tests := []struct {
		name      string
		now       time.Time
		tolerance time.Duration
		want      error
	}{
		{"at once", now(), 0, nil},
		{"in another zone", now().In(time.FixedZone("", -5*3600)), 0, nil},
		{"exactly five minutes old", now().Add(5 * minute), 0, nil},
		{"older by a nanosecond", now().Add(5*minute + 1), 0, webhook.ErrExpired},
		{"exactly five minutes in the future", now().Add(-5 * minute), 0, nil},
		{"further by a nanosecond", now().Add(-5*minute - 1), 0, webhook.ErrExpired},
		{"exactly a tolerance of a second", now().Add(time.Second), time.Second, nil},
		{"older than a second", now().Add(time.Second + 1), time.Second, webhook.ErrExpired},
		{"a second in the future", now().Add(-time.Second), time.Second, nil},
		{"further than a second", now().Add(-time.Second - 1), time.Second, webhook.ErrExpired},
		{"a day old, a day is tolerated", now().Add(24 * time.Hour), 24 * time.Hour, nil},
		{"a negative tolerance", now(), -1, webhook.ErrExpired},
		{"no time", time.Time{}, 0, webhook.ErrExpired},
		{"no time and all tolerance", time.Time{}, math.MaxInt64, webhook.ErrExpired},
		{"the year 1", time.Time{}.Add(1), 0, webhook.ErrExpired},
		{"the end of time", time.Unix(math.MaxInt64>>1, 0), 0, webhook.ErrExpired},
	}
	for name, verify := range schemes() {
		for _, tt := range tests {
			t.Run(name+"/"+tt.name, func(t *testing.T) {
				t.Parallel()
				got := verify(strconv.Itoa(stamp), webhook.Moment{Now: tt.now, Tolerance: tt.tolerance})
				if !errors.Is(got, tt.want) {
					t.Errorf("got %v, want %v", got, tt.want)
				}
			})
		}
	}
}

// Each text stands in a signature that the holder of the secret made.
func TestStamp(t *testing.T) {
	t.Parallel()
	plain := strconv.Itoa(stamp)
	tests := map[string]struct {
		text string
		want error
	}{
		"plain":                              {plain, nil},
		"the second after 1970":              {"1", webhook.ErrExpired},
		"far in the future":                  {"999999999999999", webhook.ErrExpired},
		"empty":                              {"", webhook.ErrBadSignature},
		"zero":                               {"0", webhook.ErrBadSignature},
		"negative":                           {"-" + plain, webhook.ErrBadSignature},
		"a leading plus":                     {"+" + plain, webhook.ErrBadSignature},
		"a leading zero":                     {"0" + plain, webhook.ErrBadSignature},
		"a space before":                     {" " + plain, webhook.ErrBadSignature},
		"a space after":                      {plain + " ", webhook.ErrBadSignature},
		"a line break after":                 {plain + "\n", webhook.ErrBadSignature},
		"a NUL after":                        {plain + "\x00", webhook.ErrBadSignature},
		"hexadecimal":                        {"0x69557100", webhook.ErrBadSignature},
		"underscores":                        {"1_767_225_600", webhook.ErrBadSignature},
		"a fraction":                         {plain + ".0", webhook.ErrBadSignature},
		"an exponent":                        {"1e9", webhook.ErrBadSignature},
		"digits of another script":           {"१७६७२२५६००", webhook.ErrBadSignature},
		"text":                               {"now", webhook.ErrBadSignature},
		"more than a time holds":             {"9223372036854775807", webhook.ErrBadSignature},
		"beyond 2^63":                        {"9223372036854775808", webhook.ErrBadSignature},
		"beyond 2^64, in range after a wrap": {"18446744075476777216", webhook.ErrBadSignature},
		"a thousand digits":                  {strings.Repeat("1", 1000), webhook.ErrBadSignature},
	}
	for scheme, verify := range schemes() {
		for name, tt := range tests {
			t.Run(scheme+"/"+name, func(t *testing.T) {
				t.Parallel()
				if got := verify(tt.text, webhook.Moment{Now: now()}); !errors.Is(got, tt.want) {
					t.Errorf("got %v, want %v", got, tt.want)
				}
			})
		}
	}
}

// Who holds no secret hears nothing of the time, neither ours nor his.
func TestTimeIsJudgedLast(t *testing.T) {
	t.Parallel()
	late := webhook.Moment{Now: now().Add(time.Hour)}
	stripe := webhook.VerifyStripe([]byte(body), webhook.SignStripe([]byte(body), now(), "foreign"), late, secret)
	standard := webhook.SignStandard("msg_1", now(), []byte(body), webhook.RawStandardKey("foreign")).
		Verify([]byte(body), late, webhook.RawStandardKey(secret))
	r := hubspotRequest()
	r.Signature = webhook.SignHubSpot(r, []byte(body), "foreign")
	for name, got := range map[string]error{"stripe": stripe, "standard": standard, "hubspot": r.Verify([]byte(body), late, secret)} {
		if !errors.Is(got, webhook.ErrBadSignature) {
			t.Errorf("%s: got %v, want %v", name, got, webhook.ErrBadSignature)
		}
	}
}
