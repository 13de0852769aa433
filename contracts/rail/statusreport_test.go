package rail_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/rail"
)

// statusReport is a bank's answer about a batch; group is what stands behind the header's
// reference, rest the payment.
func statusReport(b contracts.Batch, group, rest string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-12-04T08:15:00+01:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>` + b.MessageID() + `</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>` + group + `</OrgnlGrpInfAndSts>
` + strings.ReplaceAll(rest, "<OrgnlPmtInfId>P<", "<OrgnlPmtInfId>"+b.MessageID()+"<") + `
</CstmrPmtStsRpt></Document>
`
}

func transfer(reference, status, more string) string {
	return `<TxInfAndSts><OrgnlEndToEndId>` + reference + `</OrgnlEndToEndId><TxSts>` + status + `</TxSts>` + more + `</TxInfAndSts>`
}

func payment(transfers ...string) string {
	return `<OrgnlPmtInfAndSts><OrgnlPmtInfId>P</OrgnlPmtInfId>` + strings.Join(transfers, "") + `</OrgnlPmtInfAndSts>`
}

func TestReadStatusReport(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailSEPA, demo()...)
	ada, bruno, cleo := b.Items[0].Reference, b.Items[1].Reference, b.Items[2].Reference
	at := date(12, 4).Add(-135 * 60e9)
	told := func(reference string, status contracts.PayoutStatus, reason string) contracts.Outcome {
		return contracts.Outcome{Reference: reference, Status: status, At: at, Reason: reason}
	}
	settledAda := told(ada, contracts.PayoutPaid, "")
	settledAda.RailID, settledAda.Amount = "T-77", eur(123456)
	tests := map[string]struct {
		report string
		want   []contracts.Outcome
	}{
		"each by itself": {
			statusReport(b, `<GrpSts>PART</GrpSts>`, payment(
				transfer(ada, "ACSC", `<AcctSvcrRef>T-77</AcctSvcrRef><OrgnlTxRef><Amt><InstdAmt Ccy="EUR">1234.5600</InstdAmt></Amt></OrgnlTxRef>`),
				transfer(bruno, "RJCT", `<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></StsRsnInf>`), transfer(cleo, "PDNG", ``))),
			[]contracts.Outcome{settledAda, told(bruno, contracts.PayoutFailed, "AC04"), told(cleo, contracts.PayoutUnderWay, "")},
		},
		"all refused": {
			statusReport(b, `<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Prtry>no funds</Prtry></Rsn></StsRsnInf>`, ``),
			[]contracts.Outcome{told(ada, "failed", "no funds"), told(bruno, "failed", "no funds"), told(cleo, "failed", "no funds")},
		},
		"all but one settled": {
			statusReport(b, `<GrpSts>ACSC</GrpSts>`, payment(transfer(bruno, "RJCT", ``))),
			[]contracts.Outcome{told(bruno, "failed", ""), told(ada, "paid", ""), told(cleo, "paid", "")},
		},
		"the payment as a whole": {
			statusReport(b, `<GrpSts>PART</GrpSts>`, `<OrgnlPmtInfAndSts><PmtInfSts>ACCP</PmtInfSts></OrgnlPmtInfAndSts>`),
			[]contracts.Outcome{told(ada, "under_way", ""), told(bruno, "under_way", ""), told(cleo, "under_way", "")},
		},
		"nothing said": {statusReport(b, ``, ``), nil},
		"several parts, each for itself": {
			statusReport(b, ``, payment(transfer(ada, "ACSC", ``))+`<OrgnlPmtInfAndSts><PmtInfSts>RJCT</PmtInfSts>`+transfer(bruno, "RJCT", ``)+`</OrgnlPmtInfAndSts>`),
			[]contracts.Outcome{told(ada, "paid", ""), told(bruno, "failed", "")},
		},
		"deep, as some banks are": {statusReport(b, ``, strings.Repeat(`<a>`, 28)+strings.Repeat(`</a>`, 28)), nil},
		"under a prefix": {
			strings.NewReplacer("</", "</p:", "<?", "<?", "<", "<p:", "xmlns=", "xmlns:p=").Replace(statusReport(b, ``, payment(transfer(ada, "ACCC", ``)))),
			[]contracts.Outcome{told(ada, "paid", "")},
		},
		"a reference of another's":  {statusReport(b, ``, payment(transfer("SOMEBODY", "ACSC", ``))), []contracts.Outcome{told("SOMEBODY", "paid", "")}},
		"a reason longer than good": {statusReport(b, ``, payment(transfer(ada, "RJCT", `<StsRsnInf><Rsn><Prtry>`+strings.Repeat("ä", 99)+`</Prtry></Rsn></StsRsnInf>`))), []contracts.Outcome{told(ada, "failed", strings.Repeat("ä", 35))}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := rail.ReadStatusReport([]byte(tt.report), b)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadStatusReportRefuses(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailSEPA, demo()...)
	ada := b.Items[0].Reference
	other := b
	other.ID = "2026-10"
	tests := map[string]struct {
		report string
		want   []wrong
	}{
		"nothing":                {``, []wrong{{"", "rail.xml"}}},
		"no XML":                 {`reference;status`, []wrong{{"", "rail.xml"}}},
		"cut off":                {statusReport(b, ``, ``)[:300], []wrong{{"", "rail.xml"}}},
		"something behind it":    {statusReport(b, ``, ``) + `<Document/>`, []wrong{{"", "rail.xml"}}},
		"text behind it":         {statusReport(b, ``, ``) + `x`, []wrong{{"", "rail.xml"}}},
		"a document type":        {`<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>` + statusReport(b, ``, ``)[39:], []wrong{{"", "rail.xml"}}},
		"an entity":              {statusReport(b, `<GrpSts>&xxe;</GrpSts>`, ``), []wrong{{"", "rail.xml"}}},
		"another document":       {`<html/>`, []wrong{{"", "rail.shape"}}},
		"the request itself":     {strings.ReplaceAll(statusReport(b, ``, ``), "pain.002.001.10", "pain.001.001.09"), []wrong{{"", "rail.shape"}}},
		"no namespace":           {`<Document><CstmrPmtStsRpt/></Document>`, []wrong{{"", "rail.shape"}}},
		"another message inside": {`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><Other/></Document>`, []wrong{{"", "rail.shape"}}},
		"about another batch":    {statusReport(other, ``, ``), []wrong{{"OrgnlGrpInfAndSts.OrgnlMsgId", "rail.message"}}},
		"millions of transfers":  {statusReport(b, ``, payment(strings.Repeat(`<TxInfAndSts/>`, 200_001))), []wrong{{"", "rail.size"}}},
		"larger than any":        {strings.Repeat(" ", 33<<20), []wrong{{"", "rail.size"}}},
		"an unknown group":       {statusReport(b, `<GrpSts>GONE</GrpSts>`, ``), []wrong{{"OrgnlGrpInfAndSts.GrpSts", "rail.status"}}},
		"all at once": {
			strings.Replace(statusReport(b, ``, payment(transfer(ada, "LOST", ``), transfer("", "ACSC", ``), transfer(ada, "ACSC", `<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">1e3</InstdAmt></Amt></OrgnlTxRef>`))), "2026-12-04T", "today ", 1),
			[]wrong{
				{"GrpHdr.CreDtTm", "rail.time"}, {"OrgnlPmtInfAndSts[0].TxInfAndSts[0].TxSts", "rail.status"},
				{"OrgnlPmtInfAndSts[0].TxInfAndSts[1].OrgnlEndToEndId", "rail.shape"}, {"OrgnlPmtInfAndSts[0].TxInfAndSts[2].OrgnlTxRef.Amt.InstdAmt", "rail.money"},
			},
		},
		"a whole refused, its payment settled":  {statusReport(b, `<GrpSts>RJCT</GrpSts>`, `<OrgnlPmtInfAndSts><PmtInfSts>ACSC</PmtInfSts></OrgnlPmtInfAndSts>`), []wrong{{"OrgnlPmtInfAndSts[0].PmtInfSts", "rail.contradiction"}}},
		"a whole settled, its payment refused":  {statusReport(b, `<GrpSts>ACSC</GrpSts>`, `<OrgnlPmtInfAndSts><PmtInfSts>RJCT</PmtInfSts></OrgnlPmtInfAndSts>`), []wrong{{"OrgnlPmtInfAndSts[0].PmtInfSts", "rail.contradiction"}}},
		"a whole refused, a transfer settled":   {statusReport(b, `<GrpSts>RJCT</GrpSts>`, payment(transfer(ada, "ACSC", ``))), []wrong{{"OrgnlPmtInfAndSts[0].TxInfAndSts[0].TxSts", "rail.contradiction"}}},
		"a payment refused, a transfer settled": {statusReport(b, ``, `<OrgnlPmtInfAndSts><PmtInfSts>RJCT</PmtInfSts>`+transfer(ada, "ACCC", ``)+`</OrgnlPmtInfAndSts>`), []wrong{{"OrgnlPmtInfAndSts[0].TxInfAndSts[0].TxSts", "rail.contradiction"}}},
		"a payment of another's":                {statusReport(b, ``, `<OrgnlPmtInfAndSts><OrgnlPmtInfId>SOMEBODY-ELSES</OrgnlPmtInfId><PmtInfSts>ACSC</PmtInfSts></OrgnlPmtInfAndSts>`), []wrong{{"OrgnlPmtInfAndSts[0].OrgnlPmtInfId", "rail.message"}}},
		"two groups":                            {statusReport(b, `<GrpSts>ACSC</GrpSts></OrgnlGrpInfAndSts><OrgnlGrpInfAndSts><OrgnlMsgId>`+b.MessageID()+`</OrgnlMsgId>`, ``), []wrong{{"", "rail.shape"}}},
		"two reports": {
			statusReport(b, `<GrpSts>ACSC</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt><CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-12-04T08:00:00Z</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>`+b.MessageID()+`</OrgnlMsgId>`, ``),
			[]wrong{{"", "rail.shape"}},
		},
		"two headers":         {strings.Replace(statusReport(b, ``, ``), `<OrgnlGrpInfAndSts>`, `<GrpHdr/><OrgnlGrpInfAndSts>`, 1), []wrong{{"", "rail.shape"}}},
		"deeper than any":     {statusReport(b, ``, strings.Repeat(`<a>`, 40)+strings.Repeat(`</a>`, 40)), []wrong{{"", "rail.size"}}},
		"millions of nothing": {statusReport(b, ``, strings.Repeat(`<a/>`, 2_000_001)), []wrong{{"", "rail.size"}}},
		"two codes in one":    {statusReport(b, ``, payment(transfer(ada, "ACSC ACCC", ``))), []wrong{{"OrgnlPmtInfAndSts[0].TxInfAndSts[0].TxSts", "rail.status"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := rail.ReadStatusReport([]byte(tt.report), b)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || got != nil {
				t.Errorf("read %d outcomes, faults (-want +got):\n%s", len(got), diff)
			}
		})
	}
	_, err := rail.ReadStatusReport([]byte(statusReport(b, ``, payment(strings.Repeat(transfer(ada, "LOST", ``), 60)))), b)
	if got := len(faultsOf(err)); got != 50 {
		t.Errorf("%d faults, want 50", got)
	}
}

// The status of a whole is about what went out, and not about what is settled since.
func TestStatusOfTheWholeIsForWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailSEPA, demo()...)
	b = b.Reconcile([]contracts.Outcome{{Reference: b.Items[0].Reference, Status: contracts.PayoutFailed}}).Batch
	got, err := rail.ReadStatusReport([]byte(statusReport(b, `<GrpSts>ACSC</GrpSts>`, ``)), b)
	require.NoError(t, err)
	var references []string
	for _, o := range got {
		references = append(references, o.Reference)
	}
	if diff := cmp.Diff([]string{b.Items[1].Reference, b.Items[2].Reference}, references); diff != "" {
		t.Errorf("told of (-want +got):\n%s", diff)
	}
}

// What is built of a document of beginnings is a small part of its size.
func TestDeepReportTakesNoMemory(t *testing.T) { //nolint:paralleltest // it counts what is allocated
	b := underWay(t, contracts.RailSEPA, demo()...)
	data := []byte(statusReport(b, ``, strings.Repeat(`<a>`, 1<<20)))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := rail.ReadStatusReport(data, b)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > uint64(len(data)) {
		t.Errorf("%d bytes were allocated for %d", took, len(data))
	}
	if diff := cmp.Diff([]wrong{{"", "rail.size"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// What was written, answered and read settles the batch.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailSEPA, demo()...)
	outcomes, err := rail.ReadStatusReport([]byte(statusReport(b, `<GrpSts>ACSC</GrpSts>`, ``)), b)
	require.NoError(t, err)
	r := b.Reconcile(outcomes)
	if r.Batch.State() != contracts.BatchSettled || len(r.Findings) != 0 {
		t.Errorf("batch %s, findings %+v", r.Batch.State(), r.Findings)
	}
}

func FuzzReadStatusReport(f *testing.F) {
	b := underWay(f, contracts.RailSEPA, demo()...)
	f.Add([]byte(statusReport(b, `<GrpSts>RJCT</GrpSts>`, payment(transfer(b.Items[0].Reference, "ACSC", ``)))))
	f.Add([]byte(statusReport(b, `<GrpSts>GONE</GrpSts>`, payment(transfer("mira@demo.example", "x", `<OrgnlTxRef><Amt><InstdAmt Ccy="E">1</InstdAmt></Amt></OrgnlTxRef>`)))))
	f.Add([]byte(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt/></Document>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		outcomes, err := rail.ReadStatusReport(data, b)
		checkRead(t, b, outcomes, err)
	})
}

// checkRead holds whatever was read to what a batch may take.
func checkRead(t *testing.T, b contracts.Batch, outcomes []contracts.Outcome, err error) {
	t.Helper()
	if err != nil {
		if !errors.Is(err, byline.ErrInvalid) || outcomes != nil || strings.Contains(err.Error(), "mira") {
			t.Errorf("error %v with %d outcomes", err, len(outcomes))
		}
		return
	}
	for _, o := range outcomes {
		if o.Reference == "" || o.Status == "" || len(o.Reason) > 255 || o.At.Location().String() != "UTC" {
			t.Errorf("outcome %+v", o)
		}
	}
	first := b.Reconcile(outcomes)
	if again := first.Batch.Reconcile(outcomes); cmp.Diff(first.Batch, again.Batch) != "" {
		t.Error("reconciling again changes the batch")
	}
	if err := first.Batch.Check(); err != nil {
		t.Errorf("the batch is not good any more: %v", err)
	}
}

func BenchmarkReadStatusReport(b *testing.B) {
	var dues []due
	for i := range 1000 {
		d := demo()[0]
		d.creator = byline.CreatorID(fmt.Sprint("c", i))
		dues = append(dues, d)
	}
	batch := underWay(b, contracts.RailSEPA, dues...)
	var transfers []string
	for _, item := range batch.Items {
		transfers = append(transfers, transfer(item.Reference, "ACSC", ``))
	}
	data := []byte(statusReport(batch, ``, payment(transfers...)))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := rail.ReadStatusReport(data, batch); err != nil {
			b.Fatal(err)
		}
	}
}
