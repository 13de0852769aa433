package contracts

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// Batch is a list of payouts that goes out together: prepared by one person, approved by
// two others, posted to the ledger, sent over one rail, and settled by what the rail
// reports. It is a value; what changes it returns another one, to be stored by the
// caller in the same unit of work. Its JSON holds account details.
type Batch struct {
	ID         string      `json:"id"`
	Rail       Rail        `json:"rail"`
	PreparedBy string      `json:"prepared_by"` // see BatchOptions.By
	PreparedAt time.Time   `json:"prepared_at"`
	Payer      *Payee      `json:"payer,omitempty"`     // from whose account; nil: whoever exports says
	ExecuteOn  time.Time   `json:"execute_on,omitzero"` // the day, as midnight UTC; zero: whoever exports says
	Items      []BatchItem `json:"items"`               // ordered by currency, then creator
	LeftOut    []LeftOut   `json:"left_out,omitempty"`
	Approvals  []Approval  `json:"approvals,omitempty"`
	// Posted says that PostBatch has compared every item with the ledger. It is not stored:
	// what was read, somebody may have changed, so it is posted again before it goes out.
	Posted bool `json:"-"`
}

// BatchItem is one payout: Gross = Withheld + Net, of which Net goes to the creator.
type BatchItem struct {
	Reference string           `json:"reference"` // see PayoutReference
	Creator   byline.CreatorID `json:"creator"`
	Gross     byline.Money     `json:"gross"`
	Withheld  byline.Money     `json:"withheld"`
	Net       byline.Money     `json:"net"`
	Payee     Payee            `json:"payee"`
	Tax       *TaxDecision     `json:"tax,omitempty"`
	Status    ItemStatus       `json:"status,omitempty"`
	Outcome   *Outcome         `json:"outcome,omitempty"` // what the rail said last
}

// ItemStatus is how far an item has come.
type ItemStatus string

// Statuses of an item. The last four are those of its payout.
const (
	ItemPlanned  ItemStatus = ""
	ItemRefused  ItemStatus = "refused" // nothing covered it when the batch was posted; it never went out
	ItemUnderWay ItemStatus = "under_way"
	ItemPaid     ItemStatus = "paid"
	ItemFailed   ItemStatus = "failed"
	ItemReturned ItemStatus = "returned"
)

func (s ItemStatus) settled() bool { return s == ItemPaid || s == ItemFailed || s == ItemReturned }

func (s ItemStatus) known() bool {
	return s == ItemPlanned || s == ItemRefused || PayoutStatus(s).known()
}

// LeftOut is a balance that a batch does not pay, and every reason why.
type LeftOut struct {
	Creator byline.CreatorID `json:"creator"`
	Payable byline.Money     `json:"payable"`
	Reasons []LeftReason     `json:"reasons"`
	Tax     *TaxDecision     `json:"tax,omitempty"`
}

// LeftReason is the stable code of why a balance is not paid.
type LeftReason string

// Reasons to leave a balance out.
const (
	LeftNothing      LeftReason = "nothing_payable"
	LeftNegative     LeftReason = "negative"       // carried forward
	LeftBelowMinimum LeftReason = "below_minimum"  //
	LeftNoPayee      LeftReason = "no_payee"       // nobody said where the money goes
	LeftFaultyPayee  LeftReason = "payee_faulty"   // see Payee.Check
	LeftOnReview     LeftReason = "on_review"      //
	LeftCurrency     LeftReason = "other_currency" // than the rail carries
	LeftTaxForm      LeftReason = "tax_form_needed"
	LeftTaxUnknown   LeftReason = "tax_unknown"  // see TaxDecision.Why and BatchTax.PayUndetermined
	LeftUnwritable   LeftReason = "not_writable" // see BatchOptions.Writable
)

// BatchOptions say what a batch is made of.
type BatchOptions struct {
	ID string // the caller's own, one for each batch
	// By is who prepares it. An account's id is best, here and at Approve: two names that
	// look alike may be two people, and one person may have two names.
	By        string
	At        time.Time
	Rail      Rail
	Payer     *Payee    // whose account the money comes from, a part of what is approved; may be nil
	ExecuteOn time.Time // the day on which a bank shall pay, in its own location, another part; may be zero
	// Writable says why an item cannot be written for the rail, as rail.Writable does; nil:
	// every item can. Whoever it refuses is left out, and keeps nobody else from being paid.
	Writable func(BatchItem) error
	Minimum  []byline.Money // at most one for each currency; without one any amount is paid
	Payees   map[byline.CreatorID]Payee
	Review   map[byline.CreatorID]bool // whose balances somebody has yet to look at
	Tax      *BatchTax                 // nil: tax is not looked at
}

// BatchTax is what DecideTax needs to know beside a payee.
type BatchTax struct {
	Payer        byline.Market
	On           time.Time                         // the day of payment
	PaidSoFar    map[byline.CreatorID]byline.Money // in the calendar year of On; who is missing is not known
	Rules        []TaxRule                         // nil: TaxRules()
	PayWithoutID bool
	// PayUndetermined pays in full what the rules cannot decide on, as what goes to a creator
	// resident elsewhere; else it is left out.
	PayUndetermined bool
}

// Propose makes a batch of what is payable. Every balance stands either in Items or in
// LeftOut. A creator who is below zero in one currency is still paid in another.
//
// The same balances and options give the same batch, with the same references. Faults:
// "required" for an id, a person or a creator that is missing, "batch.rail" for an
// unknown rail, "batch.minimum" for one that is negative or of a currency that has one
// already, "batch.item_twice" for a creator and currency that stands twice, "batch.text"
// for an id or a person that is not UTF-8, "batch.market" for a payer's market that is no
// country, and those of [Payee.Check] at payer.
func Propose(balances []Balance, opts BatchOptions) (Batch, error) {
	if err := opts.check(balances); err != nil {
		return Batch{}, err
	}
	b := Batch{ID: opts.ID, Rail: opts.Rail, PreparedBy: opts.By, PreparedAt: opts.At.UTC().Round(0), Payer: opts.payer(), ExecuteOn: dayOf(opts.ExecuteOn), Items: []BatchItem{}}
	ordered := slices.SortedFunc(slices.Values(balances), func(a, b Balance) int {
		return cmp.Or(cmp.Compare(a.Payable.Currency(), b.Payable.Currency()), cmp.Compare(a.Creator, b.Creator))
	})
	for _, balance := range ordered {
		item, reasons := opts.item(balance)
		if len(reasons) > 0 {
			b.LeftOut = append(b.LeftOut, LeftOut{Creator: balance.Creator, Payable: balance.Payable, Reasons: reasons, Tax: item.Tax})
			continue
		}
		b.Items = append(b.Items, item)
	}
	return b, nil
}

func (o BatchOptions) check(balances []Balance) error {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	faults = append(faults, Batch{ID: o.ID, PreparedBy: o.By, Rail: o.Rail, Payer: o.Payer}.headFaults()...)
	if o.Tax != nil && o.Tax.Payer != "" && !o.Tax.Payer.Known() {
		add("tax.payer", "batch.market", "not the code of a country")
	}
	limited := map[byline.Currency]bool{}
	for i, m := range o.Minimum {
		if m.Sign() < 0 || !m.Currency().Known() || limited[m.Currency()] {
			add(fmt.Sprintf("minimum[%d]", i), "batch.minimum", "a minimum is at least zero, and one for each currency")
		}
		limited[m.Currency()] = true
	}
	seen := map[string]bool{}
	for i, b := range balances {
		at := fmt.Sprintf("balances[%d]", i)
		if b.Creator == "" || !b.Payable.Currency().Known() {
			add(at, "required", "a balance is a creator's, in an ISO 4217 currency")
			continue
		}
		if !utf8.ValidString(string(b.Creator)) {
			add(at, "batch.text", notUTF8)
		}
		key := PayoutReference(o.ID, b.Creator, b.Payable.Currency())
		if seen[key] {
			add(at, "batch.item_twice", "the balance of this creator and currency stands twice")
		}
		seen[key] = true
	}
	return byline.Faults(faults)
}

const notUTF8 = "text in UTF-8; other bytes do not come back from JSON as they were"

func (b Batch) headFaults() (faults []*byline.FieldError) {
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if b.ID == "" {
		add("id", "required", "a batch has an id of its own")
	}
	if personOf(b.PreparedBy) == "" {
		add("prepared_by", "required", "somebody prepares a batch")
	}
	if !b.Rail.known() {
		add("rail", "batch.rail", "not a rail that is known")
	}
	if !utf8.ValidString(b.ID) {
		add("id", "batch.text", notUTF8)
	}
	if !utf8.ValidString(b.PreparedBy) {
		add("prepared_by", "batch.text", notUTF8)
	}
	if b.Payer != nil {
		faults = append(faults, byline.Nest("payer", b.Payer.checkPayer(b.Rail))...)
	}
	return faults
}

// item makes a payout of a balance, or says why there is none.
func (o BatchOptions) item(b Balance) (BatchItem, []LeftReason) {
	switch b.Payable.Sign() {
	case 0:
		return BatchItem{}, []LeftReason{LeftNothing}
	case -1:
		return BatchItem{}, []LeftReason{LeftNegative}
	}
	var reasons []LeftReason
	currency := b.Payable.Currency()
	leave := func(when bool, why LeftReason) {
		if when {
			reasons = append(reasons, why)
		}
	}
	payee, known := o.Payees[b.Creator]
	leave(slices.ContainsFunc(o.Minimum, func(m byline.Money) bool {
		return m.Currency() == currency && b.Payable.Minor() < m.Minor()
	}), LeftBelowMinimum)
	leave(!known, LeftNoPayee)
	leave(known && payee.Check(o.Rail) != nil, LeftFaultyPayee)
	leave(o.Review[b.Creator], LeftOnReview)
	leave(o.Rail == RailSEPA && currency != byline.EUR, LeftCurrency)
	item := BatchItem{
		Reference: PayoutReference(o.ID, b.Creator, currency), Creator: b.Creator,
		Gross: b.Payable, Withheld: byline.Minor(0, currency), Payee: payee,
	}
	if o.Tax != nil {
		decision := o.Tax.decide(b, payee)
		item.Tax = &decision
		leave(decision.Outcome == TaxFormNeeded, LeftTaxForm)
		leave(decision.Outcome == TaxCannotDetermine && !o.Tax.PayUndetermined, LeftTaxUnknown)
		if decision.Outcome == TaxWithhold {
			item.Withheld = decision.Withhold
		}
	}
	item.Net = byline.Minor(item.Gross.Minor()-item.Withheld.Minor(), currency)
	leave(item.Net.Sign() <= 0, LeftNothing)
	// What is left out already may be what cannot be written, as a currency.
	leave(len(reasons) == 0 && o.Writable != nil && o.Writable(item) != nil, LeftUnwritable)
	return item, reasons
}

// payer is a copy, so that a batch does not change with its options.
func (o BatchOptions) payer() *Payee {
	if o.Payer == nil {
		return nil
	}
	p := *o.Payer
	return &p
}

// payer is who pays, nobody where the batch does not say.
func (b Batch) payer() Payee {
	if b.Payer == nil {
		return Payee{}
	}
	return *b.Payer
}

// dayOf is the day of an instant in its own location, as midnight UTC.
func dayOf(at time.Time) time.Time {
	if at.IsZero() {
		return time.Time{}
	}
	y, m, d := at.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func (t *BatchTax) decide(b Balance, payee Payee) TaxDecision {
	return DecideTax(TaxQuestion{
		Payer: t.Payer, Payee: payee.Market, HasID: payee.TaxID, On: t.On,
		Amount: b.Payable, PaidSoFar: t.PaidSoFar[b.Creator], PayWithoutID: t.PayWithoutID,
	}, t.Rules)
}

// PayoutReference is the reference of a batch's payout to a creator in a currency: 28
// capital letters and digits, which every rail takes as its idempotency key. The same
// three give the same reference, and others another one.
func PayoutReference(batch string, creator byline.CreatorID, c byline.Currency) string {
	return "BY" + shortDigest(batch, string(creator), string(c))
}

// MessageID is what the batch is called towards a bank or a payment service, in the
// alphabet and length of a reference. Sent twice, it is known there.
func (b Batch) MessageID() string { return "BM" + shortDigest(b.ID, string(b.Rail)) }

// shortDigest has 130 bits, of parts that cannot run into each other.
func shortDigest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(p)))
		h.Write(length[:])
		h.Write([]byte(p))
	}
	return base32.StdEncoding.EncodeToString(h.Sum(nil))[:26]
}

// Totals sums what the batch was approved to pay, Net, one amount for each currency in
// the order of Items. The error is "money.range".
func (b Batch) Totals() ([]byline.Money, error) {
	var totals []byline.Money
	for _, item := range b.Items {
		i := slices.IndexFunc(totals, func(m byline.Money) bool { return m.Currency() == item.Net.Currency() })
		if i < 0 {
			totals = append(totals, item.Net)
			continue
		}
		if err := addTo(&totals[i], item.Net); err != nil {
			return nil, fmt.Errorf("batch %s: %w", b.ID, err)
		}
	}
	return totals, nil
}
