package trust

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Rulebook says how much each rule about people weighs. The zero Rulebook is the
// default; it holds no state and is safe for concurrent use.
type Rulebook struct {
	// Points replace those of Reasons, 0 to 100; a rule of 0 is off.
	Points map[Reason]int `json:"points,omitempty"`
	// Crowd is how many people may share an address or a browser before it is taken for
	// a house, an office, a parcel shop or a till, and says nothing. Default: 5.
	Crowd int `json:"crowd,omitempty"`
	// RefundPercent is the part of a creator's customers with a refunded order from
	// which RefundShare speaks. Default: 25, which is FirstPromoter's
	// (https://changelog.firstpromoter.com/refund-fraud-detection-cjlTO, read 2026-11-22).
	// Where much comes back as a rule, as in fashion, set it higher.
	RefundPercent int `json:"refund_percent,omitempty"`
	// MinCustomers is how many customers a share of refunds is judged by. With fewer it
	// is not judged at all. Default: 20.
	MinCustomers int `json:"min_customers,omitempty"`
}

// many is from when on several of a kind are a pattern.
const many = 3

// Validate reports all faults: "rulebook.points", "rulebook.crowd",
// "rulebook.refund_percent", "rulebook.min_customers". A rulebook with faults is applied
// as it stands.
func (b Rulebook) Validate() error {
	var faults []*byline.FieldError
	check := func(ok bool, path, code, message string) {
		if !ok {
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	for _, r := range slices.Sorted(maps.Keys(b.Points)) {
		path := fmt.Sprintf("points.%s", r)
		row := meaningOf(r)
		check(row.Signal != "" && row.Signal != SignalLeak, path, "rulebook.points", "not a rule that adds points")
		check(b.Points[r] >= 0 && b.Points[r] <= 100, path, "rulebook.points", "must be 0 to 100")
	}
	check(b.Crowd >= 0, "crowd", "rulebook.crowd", "must not be negative")
	check(b.RefundPercent >= 0 && b.RefundPercent <= 100, "refund_percent", "rulebook.refund_percent", "must be 0 to 100")
	check(b.MinCustomers >= 0, "min_customers", "rulebook.min_customers", "must not be negative")
	return byline.Faults(faults)
}

func (b Rulebook) withDefaults() Rulebook {
	if b.Crowd == 0 {
		b.Crowd = 5
	}
	if b.RefundPercent == 0 {
		b.RefundPercent = 25
	}
	if b.MinCustomers == 0 {
		b.MinCustomers = 20
	}
	return b
}

// Suspicion is what the rules found about one creator. Score is the sum of the points of
// all that spoke, at most 100.
type Suspicion struct {
	Code    string           `json:"code"`              // of the signal, as SignalSelfDealing
	Creator byline.CreatorID `json:"creator,omitempty"` // "" means whoever is credited
	Score   int              `json:"score"`
	Points  []Points         `json:"points"` // in the order of Reasons
}

// Points is what one rule adds.
type Points struct {
	Reason  Reason `json:"reason"`
	Points  int    `json:"points"`
	Message string `json:"message"` // what was seen, for a person; it names nobody
}

// Signal is the suspicion as a policy takes it.
func (s Suspicion) Signal() attribution.Signal {
	messages := make([]string, len(s.Points))
	for i, p := range s.Points {
		messages[i] = fmt.Sprintf("%s (%d points)", p.Message, p.Points)
	}
	return attribution.Signal{Code: s.Code, Creator: s.Creator, Score: s.Score, Message: strings.Join(messages, "; ")}
}

// seen is what a rule saw: "" beside a reason means that its meaning says all.
type seen map[Reason]string

// suspect adds up what was seen, and is false when nothing weighs anything.
func (b Rulebook) suspect(signal string, creator byline.CreatorID, what seen) (Suspicion, bool) {
	s := Suspicion{Code: signal, Creator: creator}
	for _, row := range Reasons() {
		detail, saw := what[row.Reason]
		points, replaced := b.Points[row.Reason]
		if !replaced {
			points = row.Points
		}
		if !saw || points <= 0 {
			continue
		}
		message := row.Meaning
		if detail != "" {
			message += ": " + detail
		}
		s.Points = append(s.Points, Points{row.Reason, points, message})
		s.Score = min(s.Score+points, 100)
	}
	return s, s.Score > 0
}
