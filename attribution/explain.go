package attribution

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

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
	if d.Standing == StandingNoDocument {
		return nil
	}
	if len(d.Credits) == 0 {
		return d.nobody()
	}
	var said []string
	if len(d.Credits) > 2 {
		said = append(said, d.manyOwners())
	} else {
		for _, c := range d.Credits {
			said = append(said, d.owner(c))
		}
	}
	return append(said, d.rejections(1)...)
}

func (d explanation) owner(c Credit) string {
	winners := d.winning(c)
	subject, belongs := joinAnd(quotedAll(c.Evidence)), "it belongs"
	verb := "was used"
	switch {
	case c.By == ByClick:
		verb = "was the last click, " + ago(d.PlacedAt.Sub(winners[0].At))
	case len(winners) > 1:
		verb, belongs = "were used", "they belong"
	}
	text := fmt.Sprintf("%s %s; %s to %s%s", subject, verb, belongs, d.name(c.Creator), until(winners))
	if c.Corroborated {
		text += ", and " + d.click(c)
	}
	if c.Share.Num != c.Share.Den {
		text += fmt.Sprintf(", credited with %s of the order, %s", percent(c.Share), d.money(c.Earning))
	}
	return text + "."
}

func (d explanation) manyOwners() string {
	parts := make([]string, len(d.Credits))
	for i, c := range d.Credits {
		parts[i] = fmt.Sprintf("%s %s", d.name(c.Creator), percent(c.Share))
	}
	return fmt.Sprintf("Codes of several creators were used, who share the order: %s.", joinAnd(parts))
}

// winning returns the candidates that a credit stands on.
func (d explanation) winning(c Credit) []Candidate {
	var winning []Candidate
	for _, e := range d.Candidates {
		if e.Accepted && e.Kind == c.By && e.Creator == c.Creator && e.Campaign == c.Campaign && e.Reason != ReasonClickCorroborates {
			winning = append(winning, e)
		}
	}
	if len(winning) == 0 { // of a decision that was put together by hand
		return []Candidate{{At: d.PlacedAt}}
	}
	return winning
}

func (d explanation) click(c Credit) string {
	for _, e := range d.Candidates {
		if e.Reason == ReasonClickCorroborates && e.Creator == c.Creator && e.Campaign == c.Campaign {
			return fmt.Sprintf("a click on %s %s agrees", quoted(e.Evidence), ago(d.PlacedAt.Sub(e.At)))
		}
	}
	return "a click agrees"
}

func (d explanation) nobody() []string {
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
			if (e.Creator != "") == known && !e.Accepted && e.Reason != ReasonClickOutranked && len(said) < limit {
				said = append(said, d.rejection(e))
			}
		}
	}
	return said
}

func (d explanation) rejection(c Candidate) string {
	name := fmt.Sprintf("The %s %s", c.Kind, quoted(c.Evidence))
	switch c.Reason {
	case ReasonUnknown:
		return name + " belongs to nobody."
	case ReasonExpired:
		if c.Kind == ByClick {
			return fmt.Sprintf("%s came after the link had ended for %s, on %s.", name, d.name(c.Creator), lastDay(c.Active.End))
		}
		return fmt.Sprintf("%s belonged to %s until %s.", name, d.name(c.Creator), lastDay(c.Active.End))
	case ReasonNotStarted:
		return fmt.Sprintf("%s belongs to %s only from %s.", name, d.name(c.Creator), day(c.Active.Start))
	case ReasonForeignCampaign:
		return fmt.Sprintf("%s belongs to another campaign.", name)
	case ReasonNotGenuine:
		return fmt.Sprintf("%s is a discount listed like a code; no customer used it.", name)
	case ReasonCodeNoEffect:
		return fmt.Sprintf("%s of %s took nothing off.", name, d.name(c.Creator))
	case ReasonCodeOutranked:
		return fmt.Sprintf("%s of %s took off no more, and the policy credits one.", name, d.name(c.Creator))
	case ReasonClickAfterOrder:
		return name + " came after the order."
	case ReasonClickTooOld:
		return name + " was too old to count."
	}
	return name + " was not counted."
}

func (d explanation) standing() []string {
	switch d.Standing {
	case StandingNoDocument:
		return []string{"Only a refund has arrived, not the order itself: nobody is credited and nothing is earned yet."}
	case StandingTest:
		return []string{"It is a test order and earns nothing."}
	case StandingCancelled:
		return []string{"The order was cancelled, so nothing is earned."}
	case StandingVoided:
		return []string{"The payment was voided, so nothing is earned."}
	case StandingRefunded:
		return []string{"The whole order was refunded, so nothing is earned."}
	case StandingInvalid:
		return []string{"Its amounts contradict each other, so nothing is earned until it is corrected."}
	case StandingUnpaid:
		return []string{"Nothing is earned yet: the order is not paid in full."}
	}
	if len(d.Credits) == 0 {
		return nil
	}
	return []string{d.amounts()}
}

func (d explanation) amounts() string {
	switch {
	case d.Sold.IsZero():
		return "Nothing of it counts: it holds only gift cards, or goods that were given away."
	case d.Earning.IsZero():
		return fmt.Sprintf("All of it came back, %s, so nothing is earned.", d.money(d.Returned))
	}
	text := fmt.Sprintf("%s counts, net of discounts and without tax, shipping, tips and gift cards", d.money(d.Earning))
	if d.Returned.Sign() > 0 {
		text += fmt.Sprintf(": %s was sold and %s taken back", d.money(d.Sold), d.money(d.Returned))
	}
	return text + "."
}

// until names the end that several offers have in common.
func until(winners []Candidate) string {
	end := winners[0].Active.End
	for _, w := range winners {
		if !w.Active.End.Equal(end) {
			return ""
		}
	}
	if end.IsZero() {
		return ""
	}
	return " until " + lastDay(end)
}

// lastDay names an exclusive end: at midnight by the day before it, which is the last
// one inside, else by its instant. Days are UTC.
func lastDay(end time.Time) string {
	if end = end.UTC(); end.Equal(end.Truncate(24 * time.Hour)) {
		return day(end.AddDate(0, 0, -1))
	}
	return day(end)
}

// day names midnight by its day alone.
func day(t time.Time) string {
	if t = t.UTC(); t.Equal(t.Truncate(24 * time.Hour)) {
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
	if s.Den == 0 {
		return "0%"
	}
	text := strconv.FormatFloat(100*float64(s.Num)/float64(s.Den), 'f', 1, 64)
	if text == "0.0" && s.Num > 0 {
		return "less than 0.1%"
	}
	return strings.TrimSuffix(text, ".0") + "%"
}

// quoted puts quotes around evidence that could be taken for the sentence around it, and
// makes visible what a terminal would obey.
func quoted(evidence string) string {
	plain := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' }
	if evidence != "" && len(evidence) <= maxCode && strings.TrimFunc(evidence, plain) == "" {
		return evidence
	}
	if len(evidence) > maxCode {
		evidence = evidence[:maxCode] + "…"
	}
	return strconv.Quote(evidence)
}

func quotedAll(evidence []string) []string {
	all := make([]string, len(evidence))
	for i, e := range evidence {
		all[i] = quoted(e)
	}
	return all
}
