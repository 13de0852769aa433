package contracts

// Meaning is one row of a table of codes: what a code says, for people to read.
type Meaning[Code ~string] struct {
	Code    Code   `json:"code"`
	Meaning string `json:"meaning"`
}

// MeaningOf looks a code up in its table, and returns the code itself where it is not
// listed, as one of a later version.
func MeaningOf[Code ~string](table []Meaning[Code], code Code) string {
	for _, row := range table {
		if row.Code == code {
			return row.Meaning
		}
	}
	return string(code)
}

// LeftReasons lists every reason to leave a balance out of a batch with what it means.
func LeftReasons() []Meaning[LeftReason] {
	return []Meaning[LeftReason]{
		{LeftNothing, "nothing is payable"},
		{LeftNegative, "below zero: carried forward"},
		{LeftBelowMinimum, "below the minimum: carried forward"},
		{LeftNoPayee, "nobody said where the money goes"},
		{LeftFaultyPayee, "the account is faulty"},
		{LeftOnReview, "on review"},
		{LeftCurrency, "not a currency of this rail"},
		{LeftTaxForm, "a tax form comes first"},
		{LeftTaxUnknown, "it cannot be determined what tax asks for"},
		{LeftUnwritable, "this rail cannot carry it as it is"},
	}
}

// TaxOutcomes lists what a decision on tax comes to, with what it means.
func TaxOutcomes() []Meaning[TaxOutcome] {
	return []Meaning[TaxOutcome]{
		{TaxNothingKnown, "nothing known"},
		{TaxFormNeeded, "form needed"},
		{TaxWithhold, "withheld"},
		{TaxCannotDetermine, "cannot be determined"},
	}
}

// TaxReasons lists every reason of a decision on tax with what it means.
func TaxReasons() []Meaning[TaxReason] {
	return []Meaning[TaxReason]{
		{TaxNoRule, "no rule is known for the payer's market"},
		{TaxBelowThreshold, "below the threshold"},
		{TaxNumberOnFile, "to be reported, number on file"},
		{TaxNumberMissing, "number missing"},
		{TaxYearUnknown, "no rule is known for the year"},
		{TaxPaidUnknown, "not known what was paid this year"},
		{TaxOtherCurrency, "in another currency than the threshold"},
		{TaxPayerUnknown, "the payer's market is not known"},
		{TaxPayeeUnknown, "the creator's tax residence is not known"},
		{TaxPayeeElsewhere, "the creator is resident elsewhere"},
		{TaxAmountUncertain, "amounts out of range"},
	}
}

// ItemStatuses lists every status of a payout in a batch with what it means.
func ItemStatuses() []Meaning[ItemStatus] {
	return []Meaning[ItemStatus]{
		{ItemPlanned, "not sent"},
		{ItemRefused, "refused, never sent"},
		{ItemUnderWay, "under way"},
		{ItemPaid, "paid"},
		{ItemFailed, "failed, payable again"},
		{ItemReturned, "returned, payable again"},
	}
}
