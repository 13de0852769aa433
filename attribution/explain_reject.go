package attribution

import (
	"fmt"
	"strings"
)

func (d explanation) nobody() []string {
	if d.Candidates == nil {
		return []string{"No creator is credited."}
	}
	if len(d.Candidates) == 0 {
		return []string{"No creator is credited: the order carries no code and no click."}
	}
	return append([]string{"No creator is credited."}, d.rejections(2)...)
}

// rejections tells of the rejected evidence that would surprise someone, that of a known
// creator first.
func (d explanation) rejections(limit int) []string {
	var said []string
	for _, known := range []bool{true, false} {
		for _, e := range d.Candidates {
			if (e.Creator != "") == known && !e.Accepted && surprises(e) && len(said) < limit {
				said = append(said, d.rejection(e))
			}
		}
	}
	return said
}

// surprises leaves out what loses in every shop every day.
func surprises(c Candidate) bool {
	switch c.Reason {
	case ReasonClickOutranked, ReasonOutranked, ReasonBindingEnded, ReasonNotRecorded:
		return false
	case ReasonUnknown:
		return c.Kind == ByCode || c.Kind == ByClick
	case ReasonNoRule:
		return c.Kind != ByBinding && c.Kind != ByView
	}
	return true
}

func (d explanation) rejection(c Candidate) string {
	return capital(fmt.Sprintf("the %s %s", evidenceName(c.Kind), quoted(c.Evidence))) + " " + d.failing(c) + "."
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func evidenceName(k EvidenceKind) string {
	switch k {
	case ByUTM:
		return "UTM value"
	case ByPage:
		return "visit to"
	case ByBinding:
		return "earlier order"
	case BySurvey:
		return "survey answer"
	case ByManual:
		return "assignment"
	}
	return string(k)
}

// failing completes a sentence about a rejected candidate.
func (d explanation) failing(c Candidate) string {
	name := d.name(c.Creator)
	switch c.Reason {
	case ReasonUnknown:
		return "belongs to nobody"
	case ReasonExpired:
		if c.Kind == ByCode {
			return fmt.Sprintf("belonged to %s until %s", name, lastDay(c.Active.End))
		}
		return fmt.Sprintf("came after the offer had ended for %s, on %s", name, lastDay(c.Active.End))
	case ReasonNotStarted:
		return fmt.Sprintf("belongs to %s only from %s", name, day(c.Active.Start))
	case ReasonCodeNoEffect:
		return fmt.Sprintf("of %s took nothing off", name)
	case ReasonCodeOutranked:
		return fmt.Sprintf("of %s does not come first, and the policy credits one", name)
	case ReasonNeedsClick:
		return fmt.Sprintf("counts for %s only beside a click, and there was none", name)
	case ReasonNeedsWinner:
		return fmt.Sprintf("counts for %s only where a click of theirs would win", name)
	case ReasonCoolDown:
		return fmt.Sprintf("came too soon after the last order of this customer that %s was credited for", name)
	case ReasonWithheld:
		return fmt.Sprintf("is in doubt, and the policy withholds the credit of %s", name)
	case ReasonLesserGroup:
		return fmt.Sprintf("of %s gives way to a better credit group", name)
	}
	if text, ok := rejectionWords()[c.Reason]; ok {
		return text
	}
	return "was not counted"
}

// rejectionWords are of reasons that need no more than the evidence.
func rejectionWords() map[Reason]string {
	return map[Reason]string{
		ReasonForeignCampaign: "belongs to another campaign",
		ReasonNotGenuine:      "is a discount listed like a code; no customer used it",
		ReasonClickAfterOrder: "came after the order",
		ReasonClickTooOld:     "was too old to count",
		ReasonClickUnknown:    "is of a click of which there is no record",
		ReasonNotVerified:     "does not count, because only the order speaks of it",
		ReasonOtherProducts:   "is for products that the order does not hold",
		ReasonUsedUp:          "had been used as often as it may be",
		ReasonIncomplete:      "does not say all that it has to",
		ReasonWithdrawn:       "was taken back",
		ReasonNoRule:          "is recorded and does not count by the policy",
		ReasonOtherCustomers:  "counts for other customers only: this one is not known to be one of them",
		ReasonOtherChannel:    "decides by the policy, and no creator brought it",
		ReasonNoTouch:         "is no touch, though it stands among them",
	}
}
