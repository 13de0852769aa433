package attribution

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/bylinehq/byline"
)

// MaxRecalled is how many recorded touches of one key a store recalls for an order, the
// latest before it. A browser that clicks without end fills no decision.
const MaxRecalled = 100

// UnionTouches returns all touches of the lists, each once, in an order of their own.
func UnionTouches(lists ...[]Touch) []Touch { return mergeTouches(lists...) }

// RecordedTouch is a touch as a store keeps it.
type RecordedTouch struct {
	Touch
	Digest string   // names the touch: the same for the same touch
	JSON   string   // the touch, to be kept
	Keys   []string // under which it is found
}

// NewRecordedTouch says how a store keeps a touch that somebody made in a shop. who may
// be the zero Customer, and shop is then of no meaning: such a touch is found by its
// click id alone.
//
// Faults are "required" for a touch that nothing would ever find, because it has neither
// an id nor anybody who made it, or that has no time; "touch.kind" for what is no touch,
// and "touch.encoding" for a time that cannot be written down.
func NewRecordedTouch(shop string, who Customer, t Touch) (RecordedTouch, error) {
	r := RecordedTouch{Touch: t, Keys: touchKeys([]Touch{t}, who, shop)}
	r.At = t.At.UTC()
	var faults []*byline.FieldError
	if len(r.Keys) == 0 {
		faults = append(faults, &byline.FieldError{Path: "id", Code: "required", Message: "a touch needs a click id, or somebody who made it"})
	}
	if t.At.IsZero() {
		faults = append(faults, &byline.FieldError{Path: "at", Code: "required", Message: "a touch needs its time"})
	}
	if !t.kind().isTouch() {
		faults = append(faults, &byline.FieldError{Path: "kind", Code: "touch.kind", Message: "must be click, utm, landing_page, view or empty"})
	}
	text, err := json.Marshal(r.Touch)
	if err != nil {
		faults = append(faults, &byline.FieldError{Path: "at", Code: "touch.encoding", Message: "the year has more than four digits"})
	}
	sum := sha256.Sum256(text)
	r.JSON, r.Digest = string(text), hex.EncodeToString(sum[:16])
	return r, byline.Faults(faults)
}

// TouchKeys returns the keys under which touches of an order are recorded: its click
// ids, and the browser and the accounts of its customer. Of a person who was forgotten
// only click ids are left, and of an order too large to be decided nothing is.
func (o Order) TouchKeys() []string {
	switch {
	case o.oversize() != nil:
		return nil
	case o.Forgotten:
		return touchKeys(o.Touches, Customer{}, "")
	}
	return touchKeys(o.Touches, o.Customer, o.Shop)
}

func touchKeys(touches []Touch, who Customer, shop string) []string {
	var keys []string
	for i := range touches {
		if id := touches[i].ID; id != "" && len(id) <= maxMark {
			keys = append(keys, "click:"+id)
		}
	}
	if who.Visitor != "" && len(who.Visitor) <= maxMark {
		keys = append(keys, "visitor:"+who.Visitor)
	}
	return append(keys, who.marks(shop)...)
}

// IsClickKey tells a key that is a click id's from those of a person.
func IsClickKey(key string) bool { return strings.HasPrefix(key, "click:") }
