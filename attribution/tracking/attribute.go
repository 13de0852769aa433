package tracking

import (
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
)

// Attribute reads one cart attribute, metadata entry or custom field: a link under
// "bl", a click id under [ClickParameter], each also with an underscore in front, in
// any case. The value stands as it is and is not decoded. ok is false for any other
// name, and for a value that [Visit] would drop.
func Attribute(name, value string, at time.Time, source string) (t attribution.Touch, ok bool) {
	name = strings.TrimPrefix(strings.TrimSpace(name), "_")
	t = attribution.Touch{At: at, Source: source}
	switch {
	case strings.EqualFold(name, attribution.LinkParameter):
		t.Link, ok = clean(value)
	case strings.EqualFold(name, ClickParameter):
		t.ID, ok = cleanID(value)
	}
	if !ok {
		return attribution.Touch{}, false
	}
	return t, true
}
