package rail_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/rail"
)

func sepaOptions() rail.SEPAOptions {
	return rail.SEPAOptions{
		Debtor:    contracts.Payee{Name: "Demo Brand GmbH", IBAN: ibanDE, BIC: "COBADEFFXXX"},
		CreatedAt: date(12, 3), ExecuteOn: date(12, 4), Text: "Commission of November 2026",
	}
}

func TestSEPA(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailSEPA, demo()...)
	full, err := rail.SEPA(b, sepaOptions())
	require.NoError(t, err)
	equal(t, "pain001.golden.xml", full)
	checkInitiation(t, full)
	bare := sepaOptions()
	bare.Debtor.BIC, bare.Text, bare.SingleBooking = "", "", true
	bare.ExecuteOn = time.Date(2026, 12, 4, 23, 30, 0, 0, time.FixedZone("", -8*60*60)) // the 5th in UTC
	least, err := rail.SEPA(b, bare)
	require.NoError(t, err)
	equal(t, "pain001_least.golden.xml", least)
	checkInitiation(t, least)
}

// schema is the order of children in pain.001.001.09 as far as it is used here, and the
// patterns of its texts.
var schema = map[string]string{
	"Document": "CstmrCdtTrfInitn", "CstmrCdtTrfInitn": "GrpHdr PmtInf+",
	"GrpHdr": "MsgId CreDtTm NbOfTxs CtrlSum? InitgPty", "InitgPty": "Nm", "Dbtr": "Nm", "Cdtr": "Nm",
	"PmtInf":      "PmtInfId PmtMtd BtchBookg? NbOfTxs? CtrlSum? PmtTpInf? ReqdExctnDt Dbtr DbtrAcct DbtrAgt UltmtDbtr? ChrgBr? CdtTrfTxInf+",
	"CdtTrfTxInf": "PmtId PmtTpInf? Amt ChrgBr? CdtrAgt? Cdtr CdtrAcct RmtInf?",
	"PmtTpInf":    "SvcLvl", "SvcLvl": "Cd", "ReqdExctnDt": "Dt", "DbtrAcct": "Id", "CdtrAcct": "Id", "Id": "IBAN", "PmtId": "InstrId? EndToEndId",
	"DbtrAgt": "FinInstnId", "CdtrAgt": "FinInstnId", "FinInstnId": "BICFI? Othr?", "Othr": "Id!", "Amt": "InstdAmt", "RmtInf": "Ustrd",
}

var patterns = map[string]string{
	"MsgId": `[A-Z0-9]{1,35}`, "PmtInfId": `[A-Z0-9]{1,35}`, "EndToEndId": `[A-Z0-9]{1,35}`, "NbOfTxs": `[0-9]{1,15}`,
	"CtrlSum": `[0-9]{1,15}\.[0-9]{2}`, "InstdAmt": `[0-9]{1,9}\.[0-9]{2}`, "CreDtTm": `\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`, "Dt": `\d{4}-\d\d-\d\d`,
	"PmtMtd": `TRF`, "BtchBookg": `true|false`, "Cd": `SEPA`, "ChrgBr": `SLEV`, "IBAN": `[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}`,
	"BICFI": `[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?`, "Nm": `[A-Za-z0-9/\-?:().,'+ ]{1,70}`, "Ustrd": `[A-Za-z0-9/\-?:().,'+ ]{1,140}`, "Id": `NOTPROVIDED`,
}

type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

// checkInitiation holds a document to the essentials of the schema, its counts and sums.
func checkInitiation(t *testing.T, data []byte) {
	t.Helper()
	require.True(t, bytes.HasPrefix(data, []byte(xml.Header)))
	decoder := xml.NewDecoder(bytes.NewReader(data))
	var root element
	require.NoError(t, decoder.Decode(&root))
	if _, err := decoder.Token(); err == nil {
		_, err = decoder.Token()
		require.ErrorIs(t, err, io.EOF)
	}
	if root.XMLName.Space != "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" {
		t.Errorf("namespace %q", root.XMLName.Space)
	}
	found := map[string][]string{}
	checkElement(t, root, found)
	sum := byline.Minor(0, byline.EUR)
	for _, text := range found["InstdAmt"] {
		amount, err := byline.ParseMoney(text, byline.EUR)
		require.NoError(t, err)
		sum, err = sum.Add(amount)
		require.NoError(t, err)
	}
	count := fmt.Sprint(len(found["InstdAmt"]))
	if diff := cmp.Diff([]string{sum.Amount(), sum.Amount(), count, count}, slices.Concat(found["CtrlSum"], found["NbOfTxs"])); diff != "" {
		t.Errorf("control sums and counts (-want +got):\n%s", diff)
	}
	if ids := slices.Compact(slices.Sorted(slices.Values(found["EndToEndId"]))); len(ids) != len(found["InstdAmt"]) {
		t.Error("a reference stands twice")
	}
}

func checkElement(t *testing.T, e element, found map[string][]string) {
	t.Helper()
	name := e.XMLName.Local
	if len(e.Children) == 0 {
		pattern, ok := patterns[name]
		if !ok || !regexp.MustCompile(`^(`+pattern+`)$`).MatchString(e.Text) {
			t.Errorf("%s holds %q", name, e.Text)
		}
		found[name] = append(found[name], e.Text)
		if name == "InstdAmt" && (len(e.Attrs) != 1 || e.Attrs[0].Name.Local != "Ccy" || e.Attrs[0].Value != "EUR") {
			t.Errorf("attributes of the amount: %v", e.Attrs)
		}
		return
	}
	var children []string
	for _, child := range e.Children {
		children = append(children, child.XMLName.Local)
		checkElement(t, child, found)
	}
	order := regexp.QuoteMeta(schema[name])
	order = regexp.MustCompile(`(\w+)(\\\+|\\\?|!)? ?`).ReplaceAllStringFunc(order, func(part string) string {
		word := strings.TrimRight(strings.TrimSpace(part), `\+?!`)
		switch {
		case strings.Contains(part, "+"):
			return "(" + word + " )+"
		case strings.Contains(part, "?"):
			return "(" + word + " )?"
		}
		return word + " "
	})
	if got := strings.Join(children, " ") + " "; schema[name] == "" || !regexp.MustCompile("^"+order+"$").MatchString(got) {
		t.Errorf("%s holds %s, want %s", name, got, schema[name])
	}
}

func TestSEPARefuses(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailSEPA, demo()...)
	tests := map[string]struct {
		batch  contracts.Batch
		change func(*rail.SEPAOptions)
		want   []wrong
	}{
		"a day that is over":       {b, func(o *rail.SEPAOptions) { o.ExecuteOn = o.CreatedAt.AddDate(0, 0, -2) }, []wrong{{"execute_on", "rail.date"}}},
		"a day years ago":          {b, func(o *rail.SEPAOptions) { o.ExecuteOn = o.CreatedAt.AddDate(-1, 0, 0) }, []wrong{{"execute_on", "rail.date"}}},
		"a day years ahead":        {b, func(o *rail.SEPAOptions) { o.ExecuteOn = o.CreatedAt.AddDate(1, 0, 1) }, []wrong{{"execute_on", "rail.date"}}},
		"beyond the calendar":      {b, func(o *rail.SEPAOptions) { o.ExecuteOn = o.CreatedAt.AddDate(9000, 0, 0) }, []wrong{{"execute_on", "rail.date"}}},
		"read from a store":        {read(t, b), nil, []wrong{{"", "rail.state"}}},
		"nothing said":             {b, func(o *rail.SEPAOptions) { *o = rail.SEPAOptions{} }, []wrong{{"debtor", "rail.debtor"}, {"created_at", "rail.date"}, {"execute_on", "rail.date"}}},
		"a debtor's wrong IBAN":    {b, func(o *rail.SEPAOptions) { o.Debtor.IBAN = ibanDE[:20] + "99" }, []wrong{{"debtor", "rail.debtor"}}},
		"a debtor in Greek":        {b, func(o *rail.SEPAOptions) { o.Debtor.Name = "Επίδειξη" }, []wrong{{"debtor.name", "rail.alphabet"}}},
		"a debtor without end":     {b, func(o *rail.SEPAOptions) { o.Debtor.Name = strings.Repeat("a", 71) }, []wrong{{"debtor.name", "rail.text"}}},
		"a text in Greek":          {b, func(o *rail.SEPAOptions) { o.Text = "Επίδειξη" }, []wrong{{"text", "rail.alphabet"}}},
		"a text too long":          {b, func(o *rail.SEPAOptions) { o.Text = strings.Repeat("a", 141) }, []wrong{{"text", "rail.text"}}},
		"a text with two slashes":  {b, func(o *rail.SEPAOptions) { o.Text = "a//b" }, []wrong{{"text", "rail.alphabet"}}},
		"a batch not approved":     {propose(t, contracts.RailSEPA, demo()...), nil, []wrong{{"", "rail.state"}}},
		"a batch for another rail": {underWay(t, contracts.RailFile, demo()...), nil, []wrong{{"rail", "rail.other"}}},
		"a batch that is settled":  {settled(b), nil, []wrong{{"items", "rail.nothing"}}},
		"an account changed behind the approvals": {changed(b), nil, []wrong{
			{"items[0].status", "batch.unapproved"}, {"items[1].status", "batch.unapproved"}, {"items[2].status", "batch.unapproved"},
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := sepaOptions()
			if tt.change != nil {
				tt.change(&o)
			}
			data, err := rail.SEPA(tt.batch, o)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || data != nil {
				t.Errorf("wrote %d bytes, faults (-want +got):\n%s", len(data), diff)
			}
		})
	}
}

// read is a batch as a store gives it back.
func read(t *testing.T, b contracts.Batch) contracts.Batch {
	t.Helper()
	data, err := json.Marshal(b)
	require.NoError(t, err)
	var back contracts.Batch
	require.NoError(t, json.Unmarshal(data, &back))
	return back
}

func settled(b contracts.Batch) contracts.Batch {
	var outcomes []contracts.Outcome
	for _, item := range b.Items {
		outcomes = append(outcomes, contracts.Outcome{Reference: item.Reference, Status: contracts.PayoutPaid})
	}
	return b.Reconcile(outcomes).Batch
}

func changed(b contracts.Batch) contracts.Batch {
	b.Items = slices.Clone(b.Items)
	b.Items[0].Payee.IBAN = ibanFR
	return b
}

// What is settled, or was refused, is not sent again.
func TestSEPAWritesOnlyWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailSEPA, demo()...)
	b = b.Reconcile([]contracts.Outcome{{Reference: b.Items[1].Reference, Status: contracts.PayoutFailed}}).Batch
	data, err := rail.SEPA(b, sepaOptions())
	require.NoError(t, err)
	checkInitiation(t, data)
	for i, want := range []bool{true, false, true} {
		if got := bytes.Contains(data, []byte(b.Items[i].Reference)); got != want {
			t.Errorf("item %d is written: %t", i, got)
		}
	}
}

// Check tells of a proposed batch what its export would refuse.
func TestCheck(t *testing.T) {
	t.Parallel()
	payee := func(change func(*contracts.Payee)) contracts.Payee {
		p := demo()[0].payee
		if change != nil {
			change(&p)
		}
		return p
	}
	tests := map[string]struct {
		rail   contracts.Rail
		amount byline.Money
		payee  contracts.Payee
		want   []wrong
	}{
		"good":                        {contracts.RailSEPA, eur(99_999_999_999), payee(nil), nil},
		"more than a transfer":        {contracts.RailSEPA, eur(100_000_000_000), payee(nil), []wrong{{"items[0].net", "rail.amount"}}},
		"a name in Cyrillic":          {contracts.RailSEPA, eur(1), payee(func(p *contracts.Payee) { p.Name = "Демо" }), []wrong{{"items[0].payee.name", "rail.alphabet"}}},
		"a name of signs":             {contracts.RailSEPA, eur(1), payee(func(p *contracts.Payee) { p.Name = "*** --" }), []wrong{{"items[0].payee.name", "rail.alphabet"}}},
		"a name as long as may":       {contracts.RailSEPA, eur(1), payee(func(p *contracts.Payee) { p.Name = strings.Repeat("ß", 35) }), nil},
		"a name that grows":           {contracts.RailSEPA, eur(1), payee(func(p *contracts.Payee) { p.Name = strings.Repeat("ß", 36) }), []wrong{{"items[0].payee.name", "rail.text"}}},
		"ten dinars of Stripe":        {contracts.RailStripe, byline.Minor(10000, byline.KWD), payee(nil), nil},
		"a thousandth of Stripe":      {contracts.RailStripe, byline.Minor(10001, byline.KWD), payee(nil), []wrong{{"items[0].net", "rail.amount"}}},
		"half an ariary":              {contracts.RailStripe, byline.Minor(150, "MGA"), payee(nil), []wrong{{"items[0].net", "rail.amount"}}},
		"twelve digits of Stripe":     {contracts.RailStripe, byline.Minor(999_999_999_999, byline.JPY), payee(nil), nil},
		"thirteen digits":             {contracts.RailStripe, byline.Minor(1_000_000_000_000, byline.JPY), payee(nil), []wrong{{"items[0].net", "rail.amount"}}},
		"thirteen digits by hundreds": {contracts.RailStripe, byline.Minor(10_000_000_000, "ISK"), payee(nil), []wrong{{"items[0].net", "rail.amount"}}},
		"a dinar of PayPal":           {contracts.RailPayPal, byline.Minor(1000, byline.KWD), payee(nil), []wrong{{"items[0].net", "rail.currency"}}},
		"half a forint of PayPal":     {contracts.RailPayPal, byline.Minor(10050, "HUF"), payee(nil), []wrong{{"items[0].net", "rail.amount"}}},
		"a forint of PayPal":          {contracts.RailPayPal, byline.Minor(10000, "HUF"), payee(nil), nil},
		"anything in a file":          {contracts.RailFile, byline.Minor(1, byline.KWD), payee(func(p *contracts.Payee) { p.Name = "Демо" }), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := propose(t, tt.rail, due{"ada", tt.amount, tt.payee})
			if diff := cmp.Diff(tt.want, faultsOf(rail.Check(b))); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzSEPAName(f *testing.F) {
	for _, name := range []string{"Ada Demo", "Ünïcøde ß", "a]]>b", "<!-- -->", "&amp;", "\u202e", "//", "Ⅷ", "İ", "ﬁ"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		p := contracts.Payee{Name: name, IBAN: ibanDE}
		if p.Check(contracts.RailSEPA) != nil {
			return
		}
		b := underWay(t, contracts.RailSEPA, due{"ada", eur(1), p})
		o := sepaOptions()
		o.Text, o.Debtor.Name = "", "Demo"
		data, err := rail.SEPA(b, o)
		if err != nil {
			if !errors.Is(err, byline.ErrInvalid) || strings.Contains(err.Error(), name) && len(name) > 12 {
				t.Errorf("error %v", err)
			}
			return
		}
		checkInitiation(t, data)
	})
}

// A status in a file is no booking: only what the ledger was asked about is written.
func TestSEPAWritesOnlyWhatIsBooked(t *testing.T) {
	t.Parallel()
	b := propose(t, contracts.RailSEPA, demo()[:2]...)
	for _, by := range []string{"first", "second"} {
		var err error
		b, err = b.Approve(by, date(12, 2))
		require.NoError(t, err)
	}
	for i := range b.Items {
		b.Items[i].Status = contracts.ItemUnderWay
	}
	data, err := rail.SEPA(read(t, b), sepaOptions())
	if diff := cmp.Diff([]wrong{{"", "rail.state"}}, faultsOf(err)); diff != "" || data != nil {
		t.Errorf("wrote %d bytes, faults (-want +got):\n%s", len(data), diff)
	}
}

// greek is somebody whose name this rail cannot carry.
func greek() due {
	d := demo()[0]
	d.creator, d.payee.Name = "zoe", "Ζωή"
	return d
}

// An item that does not go out, because it failed or nothing covered it, keeps no other
// from going out.
func TestFaultyItemKeepsNobodyBack(t *testing.T) {
	t.Parallel()
	dues := append(demo()[:2], greek())
	b := underWay(t, contracts.RailSEPA, dues...)
	_, err := rail.SEPA(b, sepaOptions())
	if diff := cmp.Diff([]wrong{{"items[2].payee.name", "rail.alphabet"}}, faultsOf(err)); diff != "" {
		t.Errorf("under way (-want +got):\n%s", diff)
	}
	failed := b.Reconcile([]contracts.Outcome{{Reference: b.Items[2].Reference, Status: contracts.PayoutFailed}}).Batch
	refused := b
	refused.Items = slices.Clone(b.Items)
	refused.Items[2].Status = contracts.ItemRefused
	for what, b := range map[string]contracts.Batch{"failed": failed, "refused": refused} {
		data, err := rail.SEPA(b, sepaOptions())
		require.NoError(t, err, what)
		checkInitiation(t, data)
		if bytes.Contains(data, []byte(b.Items[2].Reference)) || !bytes.Contains(data, []byte(b.Items[1].Reference)) {
			t.Errorf("%s: the document is\n%s", what, data)
		}
	}
}

// Writable keeps out of a batch what Check would find in it.
func TestWritable(t *testing.T) {
	t.Parallel()
	o := contracts.BatchOptions{ID: "b", By: "p", Rail: contracts.RailSEPA, Payees: map[byline.CreatorID]contracts.Payee{}, Writable: rail.Writable(contracts.RailSEPA)}
	var balances []contracts.Balance
	for _, d := range append(demo(), greek()) {
		balances = append(balances, contracts.Balance{Creator: d.creator, Payable: d.amount})
		o.Payees[d.creator] = d.payee
	}
	b, err := contracts.Propose(balances, o)
	require.NoError(t, err)
	require.NoError(t, rail.Check(b))
	want := []contracts.LeftOut{{Creator: "zoe", Payable: demo()[0].amount, Reasons: []contracts.LeftReason{contracts.LeftUnwritable}}}
	if diff := cmp.Diff(want, b.LeftOut); diff != "" || len(b.Items) != 3 {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
}

// Who pays and when was approved with the batch: the options may repeat it, and say
// nothing else.
func TestSEPAPaysAsApproved(t *testing.T) {
	t.Parallel()
	o := sepaOptions()
	want, err := rail.SEPA(underWay(t, contracts.RailSEPA, demo()...), o)
	require.NoError(t, err)
	b := underWayFor(t, func(b *contracts.BatchOptions) { b.Payer, b.ExecuteOn = &o.Debtor, o.ExecuteOn }, contracts.RailSEPA, demo()...)
	for name, o := range map[string]rail.SEPAOptions{"said again": o, "left to the batch": {CreatedAt: o.CreatedAt, Text: o.Text}} {
		got, err := rail.SEPA(b, o)
		require.NoError(t, err)
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	o.Debtor.IBAN, o.ExecuteOn = ibanFR, o.ExecuteOn.AddDate(0, 0, 1)
	_, err = rail.SEPA(b, o)
	if diff := cmp.Diff([]wrong{{"debtor", "rail.approved"}, {"execute_on", "rail.approved"}}, faultsOf(err)); diff != "" {
		t.Errorf("otherwise (-want +got):\n%s", diff)
	}
}

// The time of the file is told in UTC, wherever it was made.
func TestSEPAIsCreatedInUTC(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailSEPA, demo()...)
	o := sepaOptions()
	want, err := rail.SEPA(b, o)
	require.NoError(t, err)
	o.CreatedAt = o.CreatedAt.In(time.FixedZone("", 14*60*60))
	got, err := rail.SEPA(b, o)
	require.NoError(t, err)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("elsewhere (-UTC +there):\n%s", diff)
	}
}

// A day is not over while it lasts anywhere.
func TestSEPAOnTheDayItself(t *testing.T) {
	t.Parallel()
	o := sepaOptions()
	west := time.FixedZone("", -12*60*60)
	o.CreatedAt = time.Date(2026, 12, 3, 23, 59, 0, 0, west)
	o.ExecuteOn = o.CreatedAt
	require.NoError(t, o.Check())
	o.ExecuteOn = o.CreatedAt.AddDate(1, 0, 0)
	require.NoError(t, o.Check())
}
