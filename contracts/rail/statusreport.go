package rail

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// What a report of a bank or a table may hold; more than any batch has.
const (
	maxReport = 32 << 20
	maxRows   = 100_000

	maxDepth    = 32
	maxElements = 20 * maxRows
)

// pain002 is how the namespace of a status report begins; banks differ in the version
// behind it, and what is read here is the same in .03 to .14.
// https://www.iso20022.org/iso-20022-message-definitions, recalled 2026-11-22.
const pain002 = "urn:iso:std:iso:20022:tech:xsd:pain.002.001."

// Status codes of ISO 20022, ExternalPaymentTransactionStatus1Code and
// ExternalPaymentGroupStatus1Code. ACSC is settlement on the payer's account: the money
// may still be returned, which a bank tells by a camt message and not by this report.
// BLCK is money that is neither posted nor returned, RVCM a check of the payee's name that
// did not agree: both wait for somebody.
// https://cdn.jsdelivr.net/npm/@taprsvp/iso20022_external_codes@1.0.1/code_sets/external_payment_transaction_status_code.json
// and external_payment_group_status_code.json beside it, read 2026-11-22.
const (
	paidCodes     = " ACSC ACCC "
	failedCodes   = " RJCT CANC "
	underWayCodes = " ACTC ACCP ACSP ACWC ACWP ACFC ACFW ACIS ACPD BLCK PATC PDNG RCVD RCVC RVCM RVNC "
	partCode      = "PART" // the single ones say
)

// What is to stand once is read as often as it stands: a second one would be merged into
// the first otherwise.
type statusReport struct {
	XMLName xml.Name `xml:"Document"`
	Reports []struct {
		Headers []struct {
			CreatedAt string `xml:"CreDtTm"`
		} `xml:"GrpHdr"`
		Groups []struct {
			MessageID string     `xml:"OrgnlMsgId"`
			Status    string     `xml:"GrpSts"`
			Reason    reasonCode `xml:"StsRsnInf>Rsn"`
		} `xml:"OrgnlGrpInfAndSts"`
		Payments []paymentStatus `xml:"OrgnlPmtInfAndSts"`
	} `xml:"CstmrPmtStsRpt"`
}

type paymentStatus struct {
	ID        string           `xml:"OrgnlPmtInfId"`
	Status    string           `xml:"PmtInfSts"`
	Reason    reasonCode       `xml:"StsRsnInf>Rsn"`
	Transfers []transferStatus `xml:"TxInfAndSts"`
}

// one reports whether everything that stands once in a report does.
func (r statusReport) one() bool {
	return len(r.Reports) == 1 && len(r.Reports[0].Headers) == 1 && len(r.Reports[0].Groups) == 1
}

type transferStatus struct {
	Reference string     `xml:"OrgnlEndToEndId"`
	Status    string     `xml:"TxSts"`
	Reason    reasonCode `xml:"StsRsnInf>Rsn"`
	RailID    string     `xml:"AcctSvcrRef"`
	Amount    *struct {
		Currency string `xml:"Ccy,attr"`
		Amount   string `xml:",chardata"`
	} `xml:"OrgnlTxRef>Amt>InstdAmt"`
}

type reasonCode struct {
	Code  string `xml:"Cd"`
	Other string `xml:"Prtry"`
}

func (r reasonCode) text() string { return max35(r.Code + r.Other) }

// max35 cuts text to the length that ISO 20022 gives references and reasons.
func max35(text string) string {
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > 35 {
		return string(runes[:35])
	}
	return text
}

// ReadStatusReport reads a bank's answer to [SEPA], an ISO 20022 pain.002 document, into
// outcomes for contracts.Batch.Reconcile. A status of the whole message, or of the whole
// payment, counts for every item of the batch that is under way and not named by itself.
//
// Where the document has several parts for the one payment, the status of none of them
// counts for what is not named.
//
// Faults are those of the document, all at once but never more than 50: "rail.size" for
// one above 32 MiB, 100,000 transfers or what those could need of elements and depth,
// "rail.xml", "rail.shape" for another document or one with several reports in it,
// "rail.message" for a report about another message or payment than the batch's,
// "rail.status", "rail.contradiction" for a whole that is refused with a part that is
// paid, or a whole that is paid with a payment that is refused, "rail.time" and
// "rail.money". Then there are no outcomes. A fault never shows what the document says.
func ReadStatusReport(data []byte, b contracts.Batch) ([]contracts.Outcome, error) {
	document, err := parseStatusReport(data)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(document.Reports[0].Groups[0].MessageID) != b.MessageID() {
		return nil, fault("OrgnlGrpInfAndSts.OrgnlMsgId", "rail.message")
	}
	r := statusReader{batch: b, named: map[string]bool{}}
	if r.at, err = readInstant(document.Reports[0].Headers[0].CreatedAt); err != nil {
		r.faults = append(r.faults, fault("GrpHdr.CreDtTm", "rail.time"))
	}
	r.read(document)
	if err := byline.Faults(r.faults[:min(len(r.faults), maxFaults)]); err != nil {
		return nil, err
	}
	return r.outcomes, nil
}

func parseStatusReport(data []byte) (*statusReport, error) {
	// Counted before anything is built of them; each stands twice, unless it is empty.
	if len(data) > maxReport || bytes.Count(data, []byte("TxInfAndSts")) > 2*maxRows {
		return nil, fault("", "rail.size")
	}
	// A document type is where entities and outside files come in; no bank sends one.
	if bytes.Contains(data, []byte("<!DOCTYPE")) {
		return nil, fault("", "rail.xml")
	}
	if err := checkTree(data); err != nil {
		return nil, err
	}
	var document statusReport
	decoder := xml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&document); err != nil {
		if _, other := errors.AsType[xml.UnmarshalError](err); other {
			return nil, fault("", "rail.shape")
		}
		return nil, fault("", "rail.xml")
	}
	if !onlySpaceLeft(decoder) {
		return nil, fault("", "rail.xml")
	}
	if !strings.HasPrefix(document.XMLName.Space, pain002) || !document.one() {
		return nil, fault("", "rail.shape")
	}
	return &document, nil
}

// checkTree counts depth and elements before anything is built of them: a document of
// nothing but beginnings would take many times its size. A report is nine deep.
func checkTree(data []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for depth, elements := 0, 0; ; {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fault("", "rail.xml")
		}
		switch token.(type) {
		case xml.StartElement:
			depth, elements = depth+1, elements+1
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth || elements > maxElements {
			return fault("", "rail.size")
		}
	}
}

func onlySpaceLeft(decoder *xml.Decoder) bool {
	for {
		token, err := decoder.Token()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		switch t := token.(type) {
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return false
			}
		case xml.Comment, xml.ProcInst:
		default:
			return false
		}
	}
}

// statusReader gathers outcomes and faults.
type statusReader struct {
	batch    contracts.Batch
	at       time.Time
	named    map[string]bool
	outcomes []contracts.Outcome
	faults   []*byline.FieldError
}

func (r *statusReader) read(document *statusReport) {
	report := document.Reports[0]
	group := report.Groups[0]
	whole, reason := group.Status, group.Reason
	for i, payment := range report.Payments {
		path := fmt.Sprintf("OrgnlPmtInfAndSts[%d]", i)
		if id := strings.TrimSpace(payment.ID); id != "" && id != r.batch.MessageID() {
			r.faults = append(r.faults, fault(path+".OrgnlPmtInfId", "rail.message"))
		}
		if contradicts(group.Status, payment.Status) {
			r.faults = append(r.faults, fault(path+".PmtInfSts", "rail.contradiction"))
		}
		if payment.Status != "" && len(report.Payments) == 1 {
			whole, reason = payment.Status, payment.Reason
		}
		for j, t := range payment.Transfers {
			at := fmt.Sprintf("%s.TxInfAndSts[%d]", path, j)
			if isPaid(t.Status) && (allRefused(group.Status) || allRefused(payment.Status)) {
				r.faults = append(r.faults, fault(at+".TxSts", "rail.contradiction"))
			}
			r.transfer(at, t)
		}
	}
	r.rest(whole, reason)
}

// contradicts reports whether a message and its only payment cannot both stand so.
func contradicts(group, payment string) bool {
	return allRefused(group) && isPaid(payment) || isPaid(group) && allRefused(payment)
}

func allRefused(code string) bool {
	status, _ := statusOf(code)
	return status == contracts.PayoutFailed
}

func isPaid(code string) bool {
	status, _ := statusOf(code)
	return status == contracts.PayoutPaid
}

func (r *statusReader) transfer(path string, t transferStatus) {
	o := contracts.Outcome{
		Reference: strings.TrimSpace(t.Reference), At: r.at, RailID: max35(t.RailID), Reason: t.Reason.text(),
	}
	if o.Reference == "" {
		r.faults = append(r.faults, fault(path+".OrgnlEndToEndId", "rail.shape"))
	}
	// A bank may name a transfer without a status of its own; the whole says then.
	if strings.TrimSpace(t.Status) == "" {
		return
	}
	r.named[o.Reference] = true
	var ok bool
	if o.Status, ok = statusOf(t.Status); !ok {
		r.faults = append(r.faults, fault(path+".TxSts", "rail.status"))
	}
	if t.Amount != nil {
		amount, err := readMoney(t.Amount.Amount, t.Amount.Currency)
		if err != nil {
			r.faults = append(r.faults, fault(path+".OrgnlTxRef.Amt.InstdAmt", "rail.money"))
		}
		o.Amount = amount
	}
	r.outcomes = append(r.outcomes, o)
}

// rest gives the status of the whole to the items that were not named.
func (r *statusReader) rest(whole string, reason reasonCode) {
	whole = strings.TrimSpace(whole)
	if whole == "" || whole == partCode {
		return
	}
	status, ok := statusOf(whole)
	if !ok {
		r.faults = append(r.faults, fault("OrgnlGrpInfAndSts.GrpSts", "rail.status"))
		return
	}
	for _, item := range r.batch.Items {
		if item.Status == contracts.ItemUnderWay && !r.named[item.Reference] {
			r.outcomes = append(r.outcomes, contracts.Outcome{Reference: item.Reference, Status: status, At: r.at, Reason: reason.text()})
		}
	}
}

func statusOf(code string) (contracts.PayoutStatus, bool) {
	word := " " + strings.TrimSpace(code) + " "
	switch {
	case len(word) != 6:
	case strings.Contains(paidCodes, word):
		return contracts.PayoutPaid, true
	case strings.Contains(failedCodes, word):
		return contracts.PayoutFailed, true
	case strings.Contains(underWayCodes, word):
		return contracts.PayoutUnderWay, true
	}
	return "", false
}

// readInstant reads an ISO date and time. One without a zone, which banks send too, is
// read as UTC.
func readInstant(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		at, err = time.Parse("2006-01-02T15:04:05.999999999", text)
	}
	if err == nil && (at.UTC().Year() < 1970 || at.UTC().Year() > 9999) {
		err = fault("", "rail.time")
	}
	return at.UTC(), err
}

func readMoney(amount, currency string) (byline.Money, error) {
	c, err := byline.ParseCurrency(currency)
	if err != nil {
		return byline.Money{}, err
	}
	return byline.ParseMoney(strings.TrimSpace(amount), c)
}
