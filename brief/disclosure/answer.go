package disclosure

import "github.com/bylinehq/byline"

// Answer is what one duty of one rule says about a post.
type Answer struct {
	Rule   byline.Rule `json:"rule"`
	Force  Force       `json:"force"`
	Liable []Party     `json:"liable,omitempty"`
	Says   string      `json:"says"` // what the rule asks for
	Duty   string      `json:"duty"` // "label", "time", "toggle", "notice", "gate", "permit"
	Status Status      `json:"status"`
	// Findings say why, each with the rule as its source, how it would be mended, and where
	// in the post ("texts[0]"). A recalled rule, or a recalled wording, never has one above
	// byline.Warning.
	Findings []byline.Finding `json:"findings,omitempty"`
	// Label is what was found and where, "" where nothing was.
	Label   string `json:"label,omitempty"`
	Passage int    `json:"passage,omitempty"`
	// Missing names the facts without which nothing can be said, as JSON paths of Post.
	Missing []string `json:"missing,omitempty"`
}

// ID names the answer across assessments: the rule's id and the duty, "US.label".
func (a Answer) ID() string { return a.Rule.ID + "." + a.Duty }

// Status is an answer in a word. There is none for "compliant".
type Status string

// Statuses, from the worst.
const (
	Violation       Status = "violation"
	Risk            Status = "risk"
	CannotDetermine Status = "cannot_determine"
	NoKnownIssue    Status = "no_known_issue"
)

// Assessment holds the answers of all rules that reach a post, the worst first.
type Assessment struct {
	Status  Status   `json:"status"` // the worst of the answers
	Answers []Answer `json:"answers,omitempty"`
	// Unruled are the markets of the post for which there is no rule here. Nothing is known
	// about them, so Status is never better than CannotDetermine where there is one.
	Unruled []byline.Market `json:"unruled,omitempty"`
	// Missing names the facts without which no rule can be chosen, as JSON paths of Post.
	Missing []string `json:"missing,omitempty"`
}
