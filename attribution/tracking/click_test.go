package tracking_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

func TestSignAndRead(t *testing.T) {
	t.Parallel()
	tests := map[string]tracking.Click{
		"a click":      click(),
		"no nonce":     {Link: "a", At: at()},
		"the epoch":    {Link: "a", At: time.Unix(0, 0).UTC()},
		"the last":     {Link: "a", At: time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC)},
		"the longest":  {Link: strings.Repeat("a", 112), At: at()},
		"other script": {Link: "ハート & 10%", At: at()},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id, err := clicks(key).Sign(want)
			require.NoError(t, err)
			if len(id) > 200 || !strings.HasPrefix(id, "blc1_") || strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
				t.Errorf("not of the form of a click id: %q, %d long", id, len(id))
			}
			got, err := clicks(key).Read(id)
			require.NoError(t, err)
			diff(t, want, got)
			diff(t, "click:/"+id, seen(t, reference(id)))
			diff(t, "click:/"+id, seen(t, tracking.Visit("/?blc="+id, at(), "test")))
		})
	}
}

func TestSignIsPinned(t *testing.T) {
	t.Parallel()
	id, err := clicks(key).Sign(click())
	require.NoError(t, err)
	diff(t, signed, id)
}

func TestSignKeepsMillisecondsInUTC(t *testing.T) {
	t.Parallel()
	c := click()
	c.At = c.At.Add(999 * time.Microsecond).In(time.FixedZone("", 7200))
	id, err := clicks(key).Sign(c)
	require.NoError(t, err)
	diff(t, signed, id)
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	newer, err := clicks(otherKey, key).Sign(click())
	require.NoError(t, err)
	if newer == signed {
		t.Fatal("the first key did not sign")
	}
	tests := map[string]struct {
		keys []attribution.Secret
		id   string
		want error
	}{
		"the old id, before":         {[]attribution.Secret{key}, signed, nil},
		"the old id, meanwhile":      {[]attribution.Secret{otherKey, key}, signed, nil},
		"the old id, afterwards":     {[]attribution.Secret{otherKey}, signed, tracking.ErrBadSignature},
		"the new id, before":         {[]attribution.Secret{key}, newer, tracking.ErrBadSignature},
		"the new id, meanwhile":      {[]attribution.Secret{otherKey, key}, newer, nil},
		"the new id, in other order": {[]attribution.Secret{key, otherKey}, newer, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := clicks(tt.keys...).Read(tt.id)
			require.ErrorIs(t, err, tt.want)
			if tt.want == nil {
				diff(t, click(), got)
			}
		})
	}
}

// Every id that differs from a genuine one in a single character is refused, also where
// the difference is in bits that no byte needs.
func TestReadRefusesEveryChange(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/\n\r \x00%"
	for _, link := range []string{"a", "ab", "abc", "abcd"} {
		id, err := clicks(key).Sign(tracking.Click{Link: link, At: at()})
		require.NoError(t, err)
		for i := range len(id) {
			for _, c := range alphabet {
				if changed := id[:i] + string(c) + id[i+1:]; changed != id {
					checkRefused(t, changed)
				}
			}
			checkRefused(t, id[:i])
			checkRefused(t, id[:i]+"\n"+id[i:])
			checkRefused(t, id[:i]+id[i+1:])
		}
		for _, changed := range []string{id + "A", id + "=", id + "\n", " " + id, id + id, strings.ToUpper(id), strings.TrimPrefix(id, "blc1_"), "blc2_" + id[5:]} {
			checkRefused(t, changed)
		}
	}
}

func checkRefused(t *testing.T, id string) {
	t.Helper()
	got, err := clicks(key).Read(id)
	if !errors.Is(err, byline.ErrUnauthorized) || !errors.Is(err, tracking.ErrNotSigned) && !errors.Is(err, tracking.ErrBadSignature) || got != (tracking.Click{}) {
		t.Errorf("%q was read: %+v, %v", id, got, err)
	}
}

// A key that is used elsewhere may have signed anything.
func TestReadRefusesWhatIsNoClick(t *testing.T) {
	t.Parallel()
	head := make([]byte, 18)
	late := append([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, head[6:]...)
	tests := map[string]struct {
		prefix string
		body   []byte
	}{
		"another version":   {"blc2_", append(head, "ada"...)},
		"no link":           {"blc1_", head},
		"too short":         {"blc1_", head[:4]},
		"nothing":           {"blc1_", nil},
		"a long link":       {"blc1_", append(head, strings.Repeat("a", 113)...)},
		"an e-mail address": {"blc1_", append(head, "mira@example.com"...)},
		"invalid UTF-8":     {"blc1_", append(head, 0xff)},
		"a late time":       {"blc1_", append(late, "ada"...)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkRefused(t, tracking.SignBody(key, tt.prefix, tt.body))
		})
	}
	t.Run("a click", func(t *testing.T) {
		t.Parallel()
		id := tracking.SignBody(key, "blc1_", append(make([]byte, 18), "ada"...))
		if _, err := clicks(key).Read(id); err != nil {
			t.Errorf("the model is refused: %v", err)
		}
	})
}

var faultyClicks = map[string]struct {
	clicks tracking.Clicks
	click  tracking.Click
	want   []string
}{
	"no keys":       {clicks(), click(), []string{"keys required"}},
	"an empty key":  {clicks(""), click(), []string{"keys[0] tracking.key"}},
	"a short key":   {clicks(key[:31]), click(), []string{"keys[0] tracking.key"}},
	"an old one":    {clicks(key, "short", otherKey, ""), click(), []string{"keys[1] tracking.key", "keys[3] tracking.key"}},
	"no link":       {clicks(key), tracking.Click{At: at()}, []string{"link required"}},
	"a long link":   {clicks(key), tracking.Click{Link: strings.Repeat("a", 113), At: at()}, []string{"link tracking.length"}},
	"control signs": {clicks(key), tracking.Click{Link: "a\nb", At: at()}, []string{"link tracking.value"}},
	"personal data": {clicks(key), tracking.Click{Link: "mira@example.com", At: at()}, []string{"link tracking.personal"}},
	"no time":       {clicks(key), tracking.Click{Link: "a"}, []string{"at tracking.time"}},
	"before 1970":   {clicks(key), tracking.Click{Link: "a", At: time.UnixMilli(-1)}, []string{"at tracking.time"}},
	"year 10000":    {clicks(key), tracking.Click{Link: "a", At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, []string{"at tracking.time"}},
	"year 292 mio.": {clicks(key), tracking.Click{Link: "a", At: time.Unix(1<<62, 0)}, []string{"at tracking.time"}},
	"all at once":   {clicks("short"), tracking.Click{}, []string{"keys[0] tracking.key", "link required", "at tracking.time"}},
}

func TestClickFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range faultyClicks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id, err := tt.clicks.Sign(tt.click)
			require.ErrorIs(t, err, byline.ErrInvalid)
			diff(t, tt.want, faultsOf(err))
			diff(t, "", id)
			if strings.HasPrefix(tt.want[0], "keys") {
				_, err = tt.clicks.Read(signed)
				require.ErrorIs(t, err, byline.ErrInvalid)
				if got := tt.clicks.Touches([]string{signed}); got != nil {
					t.Errorf("touches without a good set of keys: %+v", got)
				}
			}
		})
	}
}

func TestTouches(t *testing.T) {
	t.Parallel()
	second, err := clicks(otherKey).Sign(tracking.Click{Link: "bruno", At: at().Add(time.Hour)})
	require.NoError(t, err)
	foreign, err := clicks(key + "!").Sign(click())
	require.NoError(t, err)
	got := clicks(key, otherKey).Touches([]string{"", "x1", second, foreign, signed, signed, signed + "A", second})
	diff(t, []attribution.Touch{
		{ID: second, Link: "bruno", At: at().Add(time.Hour), Source: "redirect", Verified: true},
		{ID: signed, Link: "ada-autumn", At: at(), Source: "redirect", Verified: true},
	}, got)
	if got := clicks(key).Touches(nil); got != nil {
		t.Errorf("touches of nothing: %+v", got)
	}
}

func TestKeysAreNotPrinted(t *testing.T) {
	t.Parallel()
	c := clicks(key)
	encoded, err := json.Marshal(c)
	require.NoError(t, err)
	var logged strings.Builder
	slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "clicks", c)
	mint, err := tracking.NewMint(key, "####", "")
	require.NoError(t, err)
	_, err = clicks(key, "short secret").Sign(click())
	_, readErr := clicks(key).Read(signed + "A")
	texts := []string{string(encoded), logged.String(), fmt.Sprint(c), fmt.Sprintf("%+v %#v %s %q", c, c, c, c), fmt.Sprintf("%+v %#v %s %v", mint, mint, mint, *mint), fmt.Sprint(err, readErr)}
	for _, text := range texts {
		for _, secret := range []string{string(key), "short secret"} {
			if strings.Contains(text, secret) {
				t.Errorf("the key is in %q", text)
			}
		}
	}
}
