package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// TaxRule is what a market asks of who pays a creator there, for payments of some years.
// It is data with a date and a source, and no advice on tax.
type TaxRule struct {
	byline.Rule
	Threshold byline.Money `json:"threshold"` // of what is paid in a calendar year, from which payments are reported
	Withhold  Rate         `json:"withhold"`  // of a payment, where no taxpayer number is on file
}

// TaxRules returns the rules this version knows: those of the United States on payments
// to contractors there. They begin with 2018, when the rate became 24 %. From 2027 on
// the threshold follows an index; a caller who knows a year's figure adds a row for it.
func TaxRules() []TaxRule {
	year := func(y int) time.Time { return time.Date(y, time.January, 1, 0, 0, 0, 0, time.UTC) }
	read := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)
	rule := func(id string, from, to int, source string, dollars int64) TaxRule {
		return TaxRule{
			Rule: byline.Rule{
				ID: id, Market: "US", Instrument: "26 U.S.C. 6041, 6041A and 3406; Form 1099-NEC",
				Effective: byline.Window{Start: year(from), End: year(to)},
				Source:    source, ReadAt: read, Confidence: byline.Secondary,
			},
			Threshold: byline.Minor(100*dollars, byline.USD), Withhold: 24 * Percent,
		}
	}
	return []TaxRule{
		rule("us.nonemployee_2018", 2018, 2026, "https://daytraderscpa.com/irs-reporting-thresholds-raised-under-obbba-what-businesses-need-to-know/", 600),
		rule("us.nonemployee_2026", 2026, 2027, "https://sovos.com/regulatory-updates/trr/one-big-beautiful-bill-raises-1099-reporting-thresholds", 2000),
	}
}

// TaxOutcome is what a TaxDecision comes to.
type TaxOutcome string

// Outcomes of a decision. None of them says that nothing is due.
const (
	TaxNothingKnown    TaxOutcome = "nothing_known"    // no rule of the table asks for anything before this payment
	TaxFormNeeded      TaxOutcome = "form_needed"      // the creator's form with a taxpayer number (in the US W-9) comes first
	TaxWithhold        TaxOutcome = "withhold"         // pay, and keep back a part for the tax authority
	TaxCannotDetermine TaxOutcome = "cannot_determine" // see TaxDecision.Why
)

// TaxReason is the stable code of why a decision is what it is.
type TaxReason string

// Reasons of a decision.
const (
	TaxNoRule          TaxReason = "no_rule_for_payer"   // the table has nothing for the payer's market
	TaxBelowThreshold  TaxReason = "below_threshold"     //
	TaxNumberOnFile    TaxReason = "number_on_file"      // the year's payments are to be reported, see Reportable
	TaxNumberMissing   TaxReason = "number_missing"      // and the threshold is reached
	TaxYearUnknown     TaxReason = "year_unknown"        // the table has no row for the day
	TaxPaidUnknown     TaxReason = "paid_unknown"        // nobody said what was paid earlier in the year
	TaxOtherCurrency   TaxReason = "other_currency"      // than the threshold's
	TaxPayerUnknown    TaxReason = "payer_unknown"       // no market
	TaxPayeeUnknown    TaxReason = "payee_unknown"       // no market of tax residence
	TaxPayeeElsewhere  TaxReason = "payee_elsewhere"     // where the work was done decides then, which is not known here
	TaxAmountUncertain TaxReason = "amount_out_of_range" // beyond what Money holds
)

// TaxQuestion is one payment to one creator.
type TaxQuestion struct {
	Payer  byline.Market // where who pays is established
	Payee  byline.Market // the creator's tax residence
	HasID  bool          // a taxpayer number is on file
	On     time.Time     // the day of payment, in its own location
	Amount byline.Money  // positive, before anything is kept back
	// PaidSoFar is what was paid to the creator in the calendar year of On before this
	// payment, with what was kept back; see PaidInYear. The zero Money means that it is not
	// known, which matters to a payment below the threshold alone; nothing paid is zero of
	// the currency.
	PaidSoFar byline.Money
	// PayWithoutID pays and withholds where the number is missing, instead of waiting.
	PayWithoutID bool
}

// TaxDecision is what the rules say before a payment, and why.
type TaxDecision struct {
	Outcome    TaxOutcome    `json:"outcome"`
	Why        TaxReason     `json:"why"`
	Reportable bool          `json:"reportable,omitempty"` // with this payment the year's total is at the threshold or above
	Withhold   byline.Money  `json:"withhold,omitzero"`
	Total      byline.Money  `json:"total,omitzero"` // of the year, with this payment; of this payment alone where the rest is not known
	Threshold  byline.Money  `json:"threshold,omitzero"`
	Rules      []byline.Rule `json:"rules,omitempty"`
}

// DecideTax looks a payment up in a table of rules, TaxRules() when it is nil. Of several
// rows for a market and day the last counts, so a caller appends their own.
//
// Kept back is the rate of the whole payment that reaches the threshold, and of each one
// behind it, rounded half away from zero. That it is of the whole is recalled from
// 26 CFR 31.3406(b)(3)-1; the rules do not tell payments through a card or a payment
// service, which that service may have to report instead.
func DecideTax(q TaxQuestion, table []TaxRule) TaxDecision {
	if table == nil {
		table = TaxRules()
	}
	rule, why := q.rule(table)
	if why == TaxNoRule {
		return TaxDecision{Outcome: TaxNothingKnown, Why: why}
	}
	unclear := func(why TaxReason) TaxDecision {
		d := TaxDecision{Outcome: TaxCannotDetermine, Why: why}
		if rule != nil {
			d.Rules, d.Threshold = []byline.Rule{rule.Rule}, rule.Threshold
		}
		return d
	}
	if why != "" {
		return unclear(why)
	}
	total, err := q.PaidSoFar.Add(q.Amount)
	if err != nil {
		return unclear(TaxAmountUncertain)
	}
	return q.decide(*rule, total)
}

// rule is the row for the question, or why it cannot be answered.
func (q TaxQuestion) rule(table []TaxRule) (*TaxRule, TaxReason) {
	if q.Payer == "" {
		return nil, TaxPayerUnknown
	}
	ofPayer := slices.DeleteFunc(slices.Clone(table), func(r TaxRule) bool { return r.Market != q.Payer })
	if len(ofPayer) == 0 {
		return nil, TaxNoRule
	}
	// A year begins where one pays, not in Greenwich.
	y, m, d := q.On.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	var rule *TaxRule
	for i := range ofPayer {
		if ofPayer[i].Effective.Contains(day) {
			rule = &ofPayer[i]
		}
	}
	switch {
	case rule == nil:
		return nil, TaxYearUnknown
	case q.Payee == "":
		return rule, TaxPayeeUnknown
	case q.Payee != q.Payer:
		return rule, TaxPayeeElsewhere
	case q.Amount.Currency() != rule.Threshold.Currency():
		return rule, TaxOtherCurrency
	case q.PaidSoFar == byline.Money{}:
		// Whatever was paid before, a payment of the threshold reaches it.
		if q.Amount.Minor() >= rule.Threshold.Minor() {
			return rule, ""
		}
		return rule, TaxPaidUnknown
	case q.PaidSoFar.Currency() != rule.Threshold.Currency():
		return rule, TaxOtherCurrency
	}
	return rule, ""
}

func (q TaxQuestion) decide(rule TaxRule, total byline.Money) TaxDecision {
	d := TaxDecision{Total: total, Threshold: rule.Threshold, Rules: []byline.Rule{rule.Rule}}
	d.Reportable = total.Minor() >= rule.Threshold.Minor()
	switch {
	case !d.Reportable:
		d.Outcome, d.Why = TaxNothingKnown, TaxBelowThreshold
	case q.HasID:
		d.Outcome, d.Why = TaxNothingKnown, TaxNumberOnFile
	case !q.PayWithoutID:
		d.Outcome, d.Why = TaxFormNeeded, TaxNumberMissing
	default:
		kept, err := rule.Withhold.Of(q.Amount)
		if err != nil {
			d.Outcome, d.Why = TaxCannotDetermine, TaxAmountUncertain
			return d
		}
		d.Outcome, d.Why, d.Withhold = TaxWithhold, TaxNumberMissing, kept
	}
	return d
}
