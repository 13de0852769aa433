package attribution

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// ExplainOptions say how an explanation speaks to its reader.
type ExplainOptions struct {
	// Name turns a creator's id into what the reader calls them. Default: the id.
	Name func(byline.CreatorID) string
	// Money writes an amount in the reader's way. Default: Money.String.
	Money func(byline.Money) string
}

// Explain renders the decision for a person, in plain English, one to five sentences.
// The wording may change; programs read the fields.
func (d Decision) Explain() string { return d.ExplainTo(nil) }

// ExplainTo is Explain in the reader's own names and number format. Nil options are
// the defaults.
func (d Decision) ExplainTo(opts *ExplainOptions) string {
	e := explanation{Decision: d, name: func(id byline.CreatorID) string { return string(id) }, money: byline.Money.String}
	if opts != nil && opts.Name != nil {
		e.name = opts.Name
	}
	if opts != nil && opts.Money != nil {
		e.money = opts.Money
	}
	return strings.Join(append(e.credits(), e.standing()...), " ")
}

// explanation is a decision with the words for it.
type explanation struct {
	Decision
	name  func(byline.CreatorID) string
	money func(byline.Money) string
}

func (d explanation) credits() []string {
	if len(d.Credits) == 0 {
		return []string{d.nobody()}
	}
	var said []string
	for _, c := range d.Credits {
		said = append(said, d.owner(c))
	}
	if len(said) > 2 {
		said = []string{fmt.Sprintf("%d creators share the order by what their codes took off.", len(d.Credits))}
	}
	if rejected := d.rejected(); rejected != "" {
		said = append(said, rejected)
	}
	return said
}

func (d explanation) owner(c Credit) string {
	winner := d.winning(c)
	verb := "was used"
	if c.By == ByClick {
		verb = "was the last click, " + ago(d.PlacedAt.Sub(winner.At))
	} else if len(c.Evidence) > 1 {
		verb = "were used"
	}
	text := fmt.Sprintf("%s %s; it belongs to %s%s", joinAnd(c.Evidence), verb, d.name(c.Creator), until(winner.Active))
	if c.Corroborated {
		text += ", and " + d.click(c)
	}
	if c.Share.Num != c.Share.Den {
		text += fmt.Sprintf(", credited with %s of the order", percent(c.Share))
	}
	return text + "."
}

func (d explanation) winning(c Credit) Candidate {
	for _, e := range d.Candidates {
		if e.Accepted && e.Kind == c.By && e.Creator == c.Creator && e.Campaign == c.Campaign && e.Reason != ReasonClickCorroborates {
			return e
		}
	}
	return Candidate{}
}

func (d explanation) click(c Credit) string {
	for _, e := range d.Candidates {
		if e.Reason == ReasonClickCorroborates && e.Creator == c.Creator && e.Campaign == c.Campaign {
			return fmt.Sprintf("a click on %s %s agrees", e.Evidence, ago(d.PlacedAt.Sub(e.At)))
		}
	}
	return "a click agrees"
}

func (d explanation) rejected() string {
	for _, e := range d.Candidates {
		if e.Accepted || e.Reason == ReasonClickOutranked {
			continue
		}
		return d.rejection(e)
	}
	return ""
}

func (d explanation) nobody() string {
	if len(d.Candidates) == 0 {
		return "No creator is credited: the order carries no code and no click."
	}
	return "No creator is credited. " + d.rejection(d.Candidates[0])
}

func (d explanation) rejection(c Candidate) string {
	name := fmt.Sprintf("The %s %s", c.Kind, c.Evidence)
	switch c.Reason {
	case ReasonUnknown:
		return name + " belongs to nobody."
	case ReasonExpired:
		return fmt.Sprintf("%s belonged to %s until %s.", name, d.name(c.Creator), day(c.Active.End))
	case ReasonNotStarted:
		return fmt.Sprintf("%s belongs to %s only from %s.", name, d.name(c.Creator), day(c.Active.Start))
	case ReasonForeignCampaign:
		return fmt.Sprintf("%s belongs to another campaign.", name)
	case ReasonNotGenuine:
		return fmt.Sprintf("%s is a discount typed by hand, not a code a customer used.", name)
	case ReasonCodeNoEffect:
		return fmt.Sprintf("%s of %s took nothing off.", name, d.name(c.Creator))
	case ReasonCodeOutranked:
		return fmt.Sprintf("%s of %s took off less.", name, d.name(c.Creator))
	case ReasonClickAfterOrder:
		return name + " came after the order."
	case ReasonClickTooOld:
		return name + " was too old to count."
	}
	return name + " was not counted."
}

func (d explanation) standing() []string {
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
	return []string{d.amounts()}
}

func (d explanation) amounts() string {
	text := fmt.Sprintf("%s counts, net of discounts and without tax, shipping, tips and gift cards", d.money(d.Earning))
	if d.Returned.Sign() > 0 {
		text += fmt.Sprintf(": %s was sold and %s taken back", d.money(d.Sold), d.money(d.Returned))
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

// percent rounds for reading; the exact share is in the fields.
func percent(s Share) string {
	return strconv.FormatFloat(100*float64(s.Num)/float64(s.Den), 'f', 1, 64) + "%"
}
