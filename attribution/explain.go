package attribution

import (
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Explain renders the decision for a person, in plain English, one to five sentences.
// It names creators by their ids. The wording may change; programs read the fields.
func (d Decision) Explain() string {
	sentences := append(d.explainCredits(), d.explainStanding()...)
	return strings.Join(sentences, " ")
}

func (d Decision) explainCredits() []string {
	if len(d.Credits) == 0 {
		return []string{d.explainNobody()}
	}
	var said []string
	for _, c := range d.Credits {
		said = append(said, d.explainOwner(c))
	}
	if len(said) > 2 {
		said = []string{fmt.Sprintf("%d creators share the order by what their codes took off.", len(d.Credits))}
	}
	if rejected := d.explainRejected(); rejected != "" {
		said = append(said, rejected)
	}
	return said
}

func (d Decision) explainOwner(c Credit) string {
	winner := d.winning(c)
	verb := "was used"
	if c.By == ByClick {
		verb = "was the last click, " + ago(d.PlacedAt.Sub(winner.At))
	} else if len(c.Evidence) > 1 {
		verb = "were used"
	}
	text := fmt.Sprintf("%s %s; it belongs to %s%s", joinAnd(c.Evidence), verb, c.Creator, until(winner.Active))
	if c.Corroborated {
		text += ", and " + d.explainClick(c)
	}
	if c.Share.Num != c.Share.Den {
		text += fmt.Sprintf(", credited with %s of the order", c.Share)
	}
	return text + "."
}

func (d Decision) winning(c Credit) Candidate {
	for _, e := range d.Candidates {
		if e.Accepted && e.Kind == c.By && e.Creator == c.Creator && e.Campaign == c.Campaign && e.Reason != ReasonClickCorroborates {
			return e
		}
	}
	return Candidate{}
}

func (d Decision) explainClick(c Credit) string {
	for _, e := range d.Candidates {
		if e.Reason == ReasonClickCorroborates && e.Creator == c.Creator && e.Campaign == c.Campaign {
			return fmt.Sprintf("a click on %s %s agrees", e.Evidence, ago(d.PlacedAt.Sub(e.At)))
		}
	}
	return "a click agrees"
}

func (d Decision) explainRejected() string {
	for _, e := range d.Candidates {
		if e.Accepted || e.Reason == ReasonClickOutranked {
			continue
		}
		return e.explainRejection()
	}
	return ""
}

func (d Decision) explainNobody() string {
	if len(d.Candidates) == 0 {
		return "No creator is credited: the order carries no code and no click."
	}
	return "No creator is credited. " + d.Candidates[0].explainRejection()
}

func (c Candidate) explainRejection() string {
	name := fmt.Sprintf("The %s %s", c.Kind, c.Evidence)
	switch c.Reason {
	case ReasonUnknown:
		return name + " belongs to nobody."
	case ReasonExpired:
		return fmt.Sprintf("%s belonged to %s until %s.", name, c.Creator, day(c.Active.End))
	case ReasonNotStarted:
		return fmt.Sprintf("%s belongs to %s only from %s.", name, c.Creator, day(c.Active.Start))
	case ReasonForeignCampaign:
		return fmt.Sprintf("%s belongs to another campaign.", name)
	case ReasonNotGenuine:
		return fmt.Sprintf("%s is a discount typed by hand, not a code a customer used.", name)
	case ReasonCodeNoEffect:
		return fmt.Sprintf("%s of %s took nothing off.", name, c.Creator)
	case ReasonCodeOutranked:
		return fmt.Sprintf("%s of %s took off less.", name, c.Creator)
	case ReasonClickAfterOrder:
		return name + " came after the order."
	case ReasonClickTooOld:
		return name + " was too old to count."
	}
	return name + " was not counted."
}

func (d Decision) explainStanding() []string {
	switch d.Standing {
	case NoDocument:
		return []string{"Nothing is earned yet: only a refund has arrived, not the order itself."}
	case TestOrder:
		return []string{"It is a test order and earns nothing."}
	case Cancelled:
		return []string{"The order was cancelled, so nothing is earned."}
	case NoSale:
		return []string{"The payment was voided, so nothing is earned."}
	case TakenBack:
		return []string{"The whole order was refunded, so nothing is earned."}
	case Malformed:
		return []string{"Its amounts contradict each other, so nothing is earned until it is corrected."}
	case Unpaid:
		return []string{"Nothing is earned yet: the order is not paid in full."}
	}
	if len(d.Credits) == 0 {
		return nil
	}
	return []string{d.explainAmounts()}
}

func (d Decision) explainAmounts() string {
	text := fmt.Sprintf("%s counts, net of discounts and without tax, shipping, tips and gift cards", d.Earning)
	if d.Returned.Sign() > 0 {
		text += fmt.Sprintf(": %s was sold and %s taken back", d.Sold, d.Returned)
	}
	return text + "."
}

func until(w byline.Window) string {
	if w.End.IsZero() {
		return ""
	}
	return " until " + day(w.End)
}

// day names an exclusive end by its instant when it is not midnight, because "until
// 1 Dec" would hide the hours.
func day(t time.Time) string {
	t = t.UTC()
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan 2006 15:04 UTC")
}

func ago(d time.Duration) string {
	switch days, hours := int(d/(24*time.Hour)), int(d/time.Hour); {
	case days > 1:
		return fmt.Sprintf("%d days earlier", days)
	case days == 1:
		return "a day earlier"
	case hours > 1:
		return fmt.Sprintf("%d hours earlier", hours)
	case d >= time.Minute:
		return "shortly before"
	default:
		return "in the same visit"
	}
}
