package odrl

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Codes of what can be wrong with a document or with what is to become one. They are a
// public contract: one may retire, none is ever reused. The first group is what [Import]
// finds, the second what [FromTerms] and [Policy.Grants] find.
//
//	"odrl.json"            not one JSON document in UTF-8
//	"odrl.size"            more, or nested deeper, than any policy
//	"odrl.duplicate"       a name twice in one object, or an id on two rules, duties or constraints
//	"odrl.shape"           not of the JSON type that ODRL gives it
//	"odrl.required"        missing
//	"odrl.context"         a context that would have to be fetched, or that gives ODRL's words other meanings
//	"odrl.profile"         a profile that is not understood
//	"odrl.kind"            not a Set, an Offer or an Agreement
//	"odrl.id"              not an absolute IRI
//	"odrl.zone"            not a zone of the IANA database
//	"odrl.conflict"        a strategy other than that prohibitions win, or a property both of the policy and of its rule
//	"odrl.nested"          a policy inside of a policy, or one that inherits
//	"odrl.property"        a property that is not understood
//	"odrl.action"          an action that is not understood
//	"odrl.left_operand"    a left operand that is not understood in this place
//	"odrl.operator"        an operator that does not go with its left operand
//	"odrl.right_operand"   not a value of the left operand
//	"odrl.unit"            not a currency, or a unit where none belongs
//
//	"odrl.word"            a value of a grant for which the profile has no word
//	"odrl.term"            a term that is no term: see contracts.Term
//	"odrl.grant"           a rule that no grant can say
const (
	codeJSON         = "odrl.json"
	codeSize         = "odrl.size"
	codeDuplicate    = "odrl.duplicate"
	codeShape        = "odrl.shape"
	codeRequired     = "odrl.required"
	codeContext      = "odrl.context"
	codeProfile      = "odrl.profile"
	codeKind         = "odrl.kind"
	codeID           = "odrl.id"
	codeZone         = "odrl.zone"
	codeConflict     = "odrl.conflict"
	codeNested       = "odrl.nested"
	codeProperty     = "odrl.property"
	codeAction       = "odrl.action"
	codeLeftOperand  = "odrl.left_operand"
	codeOperator     = "odrl.operator"
	codeRightOperand = "odrl.right_operand"
	codeUnit         = "odrl.unit"
	codeWord         = "odrl.word"
	codeTerm         = "odrl.term"
	codeGrant        = "odrl.grant"
)

func meaning(code string) string {
	switch code {
	case codeJSON:
		return "not one JSON document in UTF-8"
	case codeSize:
		return "more, or nested deeper, than any policy"
	case codeDuplicate:
		return "stands here twice"
	case codeShape:
		return "not of the JSON type that ODRL gives it"
	case codeRequired:
		return "missing"
	case codeContext:
		return "only ODRL's own context and plain prefixes are read; nothing is fetched"
	case codeProfile:
		return "a profile that is not understood"
	case codeKind:
		return "not a Set, an Offer or an Agreement"
	case codeID:
		return "not an absolute IRI"
	case codeZone:
		return "not a zone of the IANA database"
	case codeConflict:
		return "only the strategy prohibit is understood"
	case codeNested:
		return "policies inside of policies and inheritance are not understood"
	case codeProperty:
		return "a property that is not understood"
	case codeAction:
		return "an action that is not understood"
	case codeLeftOperand:
		return "a left operand that is not understood in this place"
	case codeOperator:
		return "an operator that does not go with its left operand"
	case codeRightOperand:
		return "not a value of the left operand"
	case codeUnit:
		return "not a currency, or a unit where none belongs"
	case codeWord:
		return "the profile has no word for it"
	case codeTerm:
		return "not a term"
	default:
		return "no grant can say it"
	}
}

// maxFaults keeps the account of a hopeless document short.
const maxFaults = 50

// faults collects what is wrong. No fault quotes a value of the document.
type faults struct{ list []*byline.FieldError }

// add notes a fault. A message of "" is what the code means.
func (f *faults) add(path, code, message string) {
	if message == "" {
		message = meaning(code)
	}
	if len(f.list) < maxFaults {
		f.list = append(f.list, &byline.FieldError{Path: path, Code: code, Message: message})
	}
}

func (f *faults) err() error {
	if len(f.list) == 0 {
		return nil
	}
	return fmt.Errorf("odrl: %w", byline.Faults(f.list))
}
