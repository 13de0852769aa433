package byline

import "time"

// Severity says how bad a finding is.
type Severity string

// Severities in rising order.
const (
	Info    Severity = "info"    // worth knowing, nothing to do
	Warning Severity = "warning" // look at it before money or a post depends on it
	Blocker Severity = "blocker" // do not go on until it is mended
)

// Confidence says how well a rule's source is known.
type Confidence string

// How a rule's source was read. A recalled rule may warn and never block.
const (
	Primary   Confidence = "primary"   // the regulator's or the platform's own text
	Secondary Confidence = "secondary" // a law firm's or the press's account of it
	Recalled  Confidence = "recalled"  // not confirmed
)

// Finding is one remark of a review. It is a result, not an error.
//
// Code is stable and unique; Path is in JSON names as in [FieldError]; Fix says what
// would mend it and Rule, where there is one, on what ground it stands.
type Finding struct {
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	Path     string   `json:"path,omitempty"`
	Message  string   `json:"message"`
	Fix      string   `json:"fix,omitempty"`
	Rule     *Rule    `json:"rule,omitempty"`
}

// Rule is the dated source of a finding: a law, a guideline or a platform's policy.
type Rule struct {
	ID         string     `json:"id"`
	Market     Market     `json:"market,omitempty"` // "" where the rule is a platform's
	Instrument string     `json:"instrument"`       // the law or policy by its name
	Effective  Window     `json:"effective"`
	Source     string     `json:"source"` // where it was read
	ReadAt     time.Time  `json:"read_at,omitzero"`
	Confidence Confidence `json:"confidence"`
}
