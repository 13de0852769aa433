package odrl

import (
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Policy is what ODRL says of who may do what, as far as this package understands it:
// [Import] reads all of a document into it or returns an error. Policies come from Import
// and [FromTerms]; one that was put together by hand is evaluated as safely, but need not
// be one that can be written and read again.
type Policy struct {
	ID      string // an absolute IRI
	Kind    Kind
	Zone    string // of days and months, "Europe/Berlin"; UTC when empty
	Version int    // of the agreement; 0: not said
	// Prohibitions win over permissions.
	Permissions  []Rule
	Prohibitions []Rule
}

// Kind is the class of a policy.
type Kind string

// Kinds. An offer binds nobody and is never evaluated.
const (
	Set       Kind = "Set"
	Offer     Kind = "Offer"
	Agreement Kind = "Agreement"
)

// Rule permits or prohibits actions. Each of its actions on each of its targets is
// meant, by each of its assignees, while all of its constraints hold and, of a permission,
// once all of its duties are done.
type Rule struct {
	ID          string // "" where the document gives none
	Targets     []Reference
	Assigners   []Reference
	Assignees   []Reference // none: anybody
	Actions     []Action
	Constraints []Constraint
	Duties      []Duty
	// What follows says what a grant says, and takes no part in an evaluation.
	Exclusive    bool
	Acknowledged bool
	Fee          byline.Money // that is no condition of the right
}

// Reference points to an asset or a party, or to a collection of them.
type Reference struct {
	ID         string
	Collection bool
	Source     string // of a collection: whose members are meant
}

// Duty is a condition of a permission: something to be done before. While its own
// constraints do not hold it is none.
type Duty struct {
	ID          string
	Action      Action
	Pay         *Constraint // on PayAmount: what Compensate takes; nil: any payment
	Constraints []Constraint
}

// Constraint compares one fact of a request with a bound, or joins other constraints.
type Constraint struct {
	ID       string
	Operand  Operand
	Operator Operator
	// The right operand, of which the operand needs one or two.
	Instant time.Time           // DateTime; SinceDate, which counts from it
	Place   contracts.Territory // Spatial
	Count   int64               // Count
	Amount  byline.Money        // PayAmount, Spend
	Months  int                 // of the operands that begin with Since
	Days    int
	// Logic joins Parts; there is no operand then.
	Logic Logic
	Parts []Constraint
}

// Operand is the fact that a constraint looks at.
type Operand string

// Operands. Those of our profile are a span of months and days since something happened,
// and what media have cost. Until it happened, that it is longer or shorter than any span
// is unknown.
const (
	DateTime          Operand = "odrl:dateTime"
	Spatial           Operand = "odrl:spatial"
	Count             Operand = "odrl:count"     // of a use: its impressions in all
	PayAmount         Operand = "odrl:payAmount" // of a duty to compensate
	Spend             Operand = "byline:spend"   // of paid media in all
	SinceDate         Operand = "byline:sinceDate"
	SinceSigning      Operand = "byline:sinceSigning"
	SinceDelivery     Operand = "byline:sinceDelivery"
	SincePosting      Operand = "byline:sincePosting"
	SinceFirstPosting Operand = "byline:sinceFirstPosting"
)

// trigger is what an operand counts from.
func (o Operand) trigger() (contracts.Trigger, bool) {
	switch o {
	case SinceDate:
		return contracts.FromDate, true
	case SinceSigning:
		return contracts.FromSigning, true
	case SinceDelivery:
		return contracts.FromHandover, true
	case SincePosting:
		return contracts.FromPosting, true
	case SinceFirstPosting:
		return contracts.FromFirstPosting, true
	default:
		return "", false
	}
}

func since(trigger contracts.Trigger) (Operand, bool) {
	for _, o := range []Operand{SinceDate, SinceSigning, SinceDelivery, SincePosting, SinceFirstPosting} {
		if t, _ := o.trigger(); t == trigger {
			return o, true
		}
	}
	return "", false
}

// Operator compares.
type Operator string

// Operators. The last three go with Spatial, and so do Eq and Neq: Eq there means
// IsAnyOf of one, Neq IsNoneOf of one.
const (
	Eq       Operator = "odrl:eq"
	Neq      Operator = "odrl:neq"
	Lt       Operator = "odrl:lt"
	LtEq     Operator = "odrl:lteq"
	Gt       Operator = "odrl:gt"
	GtEq     Operator = "odrl:gteq"
	IsAnyOf  Operator = "odrl:isAnyOf"
	IsNoneOf Operator = "odrl:isNoneOf"
	IsPartOf Operator = "odrl:isPartOf" // means IsAnyOf: a place is part of a place that holds it
)

// Logic joins constraints.
type Logic string

// Ways to join.
const (
	And  Logic = "odrl:and"
	Or   Logic = "odrl:or"
	Xone Logic = "odrl:xone" // exactly one
)
