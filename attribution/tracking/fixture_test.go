package tracking_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

const (
	key      = attribution.Secret("a demo key of thirty-two bytes..")
	otherKey = attribution.Secret("another key of thirty-two bytes.")
)

func at() time.Time { return time.Date(2026, 10, 4, 9, 30, 0, 125_000_000, time.UTC) }

func clicks(keys ...attribution.Secret) tracking.Clicks { return tracking.Clicks{Keys: keys} }

func click() tracking.Click {
	return tracking.Click{Link: "ada-autumn", At: at(), Nonce: [12]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}
}

// signed is the id of click under key, computed outside of this package. It pins the
// format: an id that is out there has to be read by every later version.
const signed = "blc1_AaEGP7I9AQIDBAUGBwgJCgsMYWRhLWF1dHVtbiYoEIiMj55MDYSOWw5XS7c"

// faultsOf lists the faults of an error as "path code".
func faultsOf(err error) []string {
	if one, ok := errors.AsType[*byline.FieldError](err); ok {
		var all *byline.ValidationError
		if !errors.As(err, &all) {
			return []string{strings.TrimSpace(one.Path + " " + one.Code)}
		}
		var list []string
		for _, f := range all.Fields {
			list = append(list, strings.TrimSpace(f.Path+" "+f.Code))
		}
		return list
	}
	return nil
}

func diff(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("mismatch (-want +got):\n%s", d)
	}
}
