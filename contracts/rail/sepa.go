package rail

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// pain001 is the version of the message that the SEPA guidelines of 2023 name.
// https://www.iso20022.org/iso-20022-message-definitions, recalled 2026-11-22.
const pain001 = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"

// maxSEPA is the most that one transfer carries, 999,999,999.99 EUR, by
// http://www.architome.nl/unifi/docs/maximal_amounts.html; maxRemittance is the length of
// its text, by https://www.alphabank.com.cy/english/useful10_2.shtm; both read 2026-11-22.
// maxSEPAName is the length of a name, recalled of the same guidelines; a longer one has a
// bank refuse the whole file.
const (
	maxSEPA       = 99_999_999_999
	maxSEPAName   = 70
	maxRemittance = 140
)

// SEPAOptions say who pays and when, where the batch does not. What was approved with the
// batch, its Payer and ExecuteOn, may be left empty here, and nothing else said.
type SEPAOptions struct {
	Debtor    contracts.Payee // Name and IBAN, with BIC where the bank asks for it
	CreatedAt time.Time
	// ExecuteOn is a day, in its own location: not one that is over everywhere when the file
	// is created, and at most a year behind. The bank decides about bank holidays.
	ExecuteOn time.Time
	// SingleBooking asks the bank for one line on the statement for each payout instead of
	// one for all.
	SingleBooking bool
	Text          string // to the creators, at most 140 characters of the SEPA alphabet; may be empty
}

// SEPA writes what is under way of a batch as an ISO 20022 pain.001.001.09 document, to
// be handed to the bank: one payment of all, MsgId and PmtInfId the batch's MessageID,
// EndToEndId each item's reference. Names are written in the SEPA alphabet, without the
// marks of their letters; banks compare them with the account's name. The same batch and
// options give the same bytes.
//
// Faults are those of [Check], "rail.other", "rail.state", "rail.nothing", and of the
// options "rail.debtor", "rail.date", "rail.text", "rail.alphabet", and "rail.approved"
// where they say otherwise than the batch. When the day that was approved is over before
// the file is written, its payouts are posted as failed and proposed again.
func SEPA(b contracts.Batch, o SEPAOptions) ([]byte, error) {
	items, err := underWay(b, contracts.RailSEPA)
	if err != nil {
		return nil, err
	}
	if o, err = o.of(b); err != nil {
		return nil, err
	}
	document, err := o.document(b.MessageID(), items)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString(xml.Header)
	encoder := xml.NewEncoder(&out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(document); err != nil {
		return nil, fmt.Errorf("pain.001: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// of completes the options by what was approved with a batch, and checks them.
func (o SEPAOptions) of(b contracts.Batch) (SEPAOptions, error) {
	var faults []*byline.FieldError
	if b.Payer != nil {
		if o.Debtor != (contracts.Payee{}) && o.Debtor != *b.Payer {
			faults = append(faults, fault("debtor", "rail.approved"))
		}
		o.Debtor = *b.Payer
	}
	if !b.ExecuteOn.IsZero() {
		if !o.ExecuteOn.IsZero() && o.ExecuteOn.Format(time.DateOnly) != b.ExecuteOn.Format(time.DateOnly) {
			faults = append(faults, fault("execute_on", "rail.approved"))
		}
		o.ExecuteOn = b.ExecuteOn
	}
	return o, byline.Faults(append(faults, byline.Nest("", o.Check())...))
}

// Check returns the faults for which [SEPA] refuses the options, of a batch that says
// neither who pays nor when. Call it beside [Check] before anybody approves: behind
// PostBatch a payer who cannot be written holds up a batch that is booked already.
func (o SEPAOptions) Check() error {
	var faults []*byline.FieldError
	if o.Debtor.Check(contracts.RailSEPA) != nil {
		faults = append(faults, fault("debtor", "rail.debtor"))
	} else if name, ok := sepaText(o.Debtor.Name); !ok {
		faults = append(faults, fault("debtor.name", "rail.alphabet"))
	} else if len(name) > maxSEPAName {
		faults = append(faults, fault("debtor.name", "rail.text"))
	}
	if o.CreatedAt.IsZero() {
		faults = append(faults, fault("created_at", "rail.date"))
	}
	if !o.executable() {
		faults = append(faults, fault("execute_on", "rail.date"))
	}
	if text, ok := sepaText(o.Text); !ok && o.Text != "" {
		faults = append(faults, fault("text", "rail.alphabet"))
	} else if len(text) > maxRemittance {
		faults = append(faults, fault("text", "rail.text"))
	}
	return byline.Faults(faults)
}

// executable reports whether the day of execution is one that a bank can still meet.
// Somewhere a day lasts until noon of the next one in UTC. The year is our own bound.
func (o SEPAOptions) executable() bool {
	y, m, d := o.ExecuteOn.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return !o.ExecuteOn.IsZero() && !o.CreatedAt.After(day.Add(36*time.Hour)) && !day.After(o.CreatedAt.AddDate(1, 0, 0))
}

// The elements stand in the order of the schema.
type (
	initiation struct {
		XMLName xml.Name    `xml:"Document"`
		XMLNS   string      `xml:"xmlns,attr"`
		Header  groupHeader `xml:"CstmrCdtTrfInitn>GrpHdr"`
		Payment paymentInfo `xml:"CstmrCdtTrfInitn>PmtInf"`
	}
	groupHeader struct {
		MessageID string `xml:"MsgId"`
		CreatedAt string `xml:"CreDtTm"`
		Count     string `xml:"NbOfTxs"`
		Sum       string `xml:"CtrlSum"`
		Initiator string `xml:"InitgPty>Nm"`
	}
	paymentInfo struct {
		ID            string     `xml:"PmtInfId"`
		Method        string     `xml:"PmtMtd"`
		BatchBooking  bool       `xml:"BtchBookg"`
		Count         string     `xml:"NbOfTxs"`
		Sum           string     `xml:"CtrlSum"`
		ServiceLevel  string     `xml:"PmtTpInf>SvcLvl>Cd"`
		ExecuteOn     string     `xml:"ReqdExctnDt>Dt"`
		DebtorName    string     `xml:"Dbtr>Nm"`
		DebtorIBAN    string     `xml:"DbtrAcct>Id>IBAN"`
		DebtorAgent   agent      `xml:"DbtrAgt>FinInstnId"`
		ChargesBearer string     `xml:"ChrgBr"`
		Transfers     []transfer `xml:"CdtTrfTxInf"`
	}
	transfer struct {
		Reference string      `xml:"PmtId>EndToEndId"`
		Amount    instructed  `xml:"Amt>InstdAmt"`
		Agent     *agent      `xml:"CdtrAgt>FinInstnId"`
		Name      string      `xml:"Cdtr>Nm"`
		IBAN      string      `xml:"CdtrAcct>Id>IBAN"`
		Text      *remittance `xml:"RmtInf"`
	}
	agent struct {
		BIC   string `xml:"BICFI,omitempty"`
		Other *other `xml:"Othr"`
	}
	other struct {
		ID string `xml:"Id"`
	}
	remittance struct {
		Text string `xml:"Ustrd"`
	}
	instructed struct {
		Currency byline.Currency `xml:"Ccy,attr"`
		Amount   string          `xml:",chardata"`
	}
)

func (o SEPAOptions) document(messageID string, items []contracts.BatchItem) (initiation, error) {
	sum := byline.Minor(0, byline.EUR)
	var transfers []transfer
	for _, item := range items {
		var err error
		if sum, err = sum.Add(item.Net); err != nil {
			return initiation{}, fmt.Errorf("pain.001: %w", err)
		}
		transfers = append(transfers, o.transfer(item))
	}
	name, _ := sepaText(o.Debtor.Name) // check has tried it
	count := strconv.Itoa(len(items))
	debtorAgent := agent{BIC: o.Debtor.BIC}
	if debtorAgent.BIC == "" {
		// An agent is mandatory in the schema, its BIC is not in the schemes.
		debtorAgent.Other = &other{ID: "NOTPROVIDED"}
	}
	return initiation{
		XMLNS: pain001,
		Header: groupHeader{
			MessageID: messageID, CreatedAt: o.CreatedAt.UTC().Format("2006-01-02T15:04:05Z"),
			Count: count, Sum: sum.Amount(), Initiator: name,
		},
		Payment: paymentInfo{
			ID: messageID, Method: "TRF", BatchBooking: !o.SingleBooking, Count: count, Sum: sum.Amount(),
			ServiceLevel: "SEPA", ExecuteOn: o.ExecuteOn.Format(time.DateOnly),
			DebtorName: name, DebtorIBAN: o.Debtor.IBAN, DebtorAgent: debtorAgent, ChargesBearer: "SLEV", Transfers: transfers,
		},
	}, nil
}

func (o SEPAOptions) transfer(item contracts.BatchItem) transfer {
	name, _ := sepaText(item.Payee.Name) // Check has tried it
	t := transfer{
		Reference: item.Reference, Name: name, IBAN: item.Payee.IBAN,
		Amount: instructed{Currency: item.Net.Currency(), Amount: item.Net.Amount()},
	}
	if item.Payee.BIC != "" {
		t.Agent = &agent{BIC: item.Payee.BIC}
	}
	if text, _ := sepaText(o.Text); text != "" {
		t.Text = &remittance{Text: text}
	}
	return t
}
