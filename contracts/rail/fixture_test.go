package rail_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

func date(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 9, 30, 0, 0, time.UTC)
}

func eur(cents int64) byline.Money { return byline.Minor(cents, byline.EUR) }

// The IBANs of the standard's own examples; nobody's.
const (
	ibanDE = "DE89370400440532013000"
	ibanGB = "GB29NWBK60161331926819"
	ibanFR = "FR1420041010050500013M02606"
)

// due is what a creator is owed, and where it goes.
type due struct {
	creator byline.CreatorID
	amount  byline.Money
	payee   contracts.Payee
}

func demo() []due {
	return []due{
		{"ada", eur(123456), contracts.Payee{Name: "Ada Demo", IBAN: ibanDE, BIC: "COBADEFFXXX", StripeAccount: "acct_1DemoAda", PayPalEmail: "ada@demo.example", Market: "DE"}},
		{"bruno", eur(5), contracts.Payee{Name: "Brünö & Söhne <\"Demo\">", IBAN: ibanGB, StripeAccount: "acct_1DemoBruno", PayPalEmail: "bruno+pay@demo.example", Market: "GB"}},
		{"cleo", eur(100000000), contracts.Payee{Name: "=Cléo Ça/Ira", IBAN: ibanFR, StripeAccount: "acct_1DemoCleo", PayPalEmail: "cleo@demo.example", Market: "FR"}},
	}
}

func propose(t testing.TB, rail contracts.Rail, dues ...due) contracts.Batch {
	t.Helper()
	return proposeFor(t, func(*contracts.BatchOptions) {}, rail, dues...)
}

func proposeFor(t testing.TB, change func(*contracts.BatchOptions), rail contracts.Rail, dues ...due) contracts.Batch {
	t.Helper()
	o := contracts.BatchOptions{ID: "2026-11", By: "preparer", At: date(12, 1), Rail: rail, Payees: map[byline.CreatorID]contracts.Payee{}}
	var balances []contracts.Balance
	for _, d := range dues {
		balances = append(balances, contracts.Balance{Creator: d.creator, Payable: d.amount})
		o.Payees[d.creator] = d.payee
	}
	change(&o)
	b, err := contracts.Propose(balances, o)
	require.NoError(t, err)
	require.Len(t, b.Items, len(dues))
	return b
}

// underWay is a batch that was approved and posted.
func underWay(t testing.TB, rail contracts.Rail, dues ...due) contracts.Batch {
	t.Helper()
	return underWayFor(t, func(*contracts.BatchOptions) {}, rail, dues...)
}

func underWayFor(t testing.TB, change func(*contracts.BatchOptions), rail contracts.Rail, dues ...due) contracts.Batch {
	t.Helper()
	b := proposeFor(t, change, rail, dues...)
	var ledger contracts.Ledger
	for i, d := range dues {
		line := contracts.Line{Creator: d.creator, Kind: contracts.Commission, Amount: d.amount, Reason: contracts.ReasonEarned}
		_, err := ledger.Post(contracts.Subject(fmt.Sprint("order:", i)), []contracts.Line{line}, date(11, 1))
		require.NoError(t, err)
	}
	for _, by := range []string{"first", "second"} {
		var err error
		b, err = b.Approve(by, date(12, 2))
		require.NoError(t, err)
	}
	b, err := contracts.PostBatch(t.Context(), attribution.NoTx{}, &ledger, b, date(12, 3))
	require.NoError(t, err)
	return b
}

type wrong struct{ Path, Code string }

func faultsOf(err error) []wrong {
	var faults []wrong
	for _, f := range byline.Nest("", err) {
		faults = append(faults, wrong{f.Path, f.Code})
	}
	return faults
}

func equal(t *testing.T, file string, got []byte) {
	t.Helper()
	golden.Equal(t, file, got)
}
