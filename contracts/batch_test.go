package contracts_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

// The IBANs of the standard's own examples; nobody's.
const (
	ibanDE = "DE89370400440532013000"
	ibanGB = "GB29NWBK60161331926819"
)

func payable(creator byline.CreatorID, amount byline.Money) contracts.Balance {
	return contracts.Balance{Creator: creator, Payable: amount, Owed: amount}
}

func sepaOptions() contracts.BatchOptions {
	return contracts.BatchOptions{
		ID: "2026-11", By: "preparer", At: date(12, 1), Rail: contracts.RailSEPA, Minimum: []byline.Money{eur(2500)},
		Payees: map[byline.CreatorID]contracts.Payee{
			"ada":   {Name: "Ada Demo", IBAN: ibanDE, Market: "DE"},
			"bruno": {Name: "Bruno Demo", IBAN: ibanGB, BIC: "NWBKGB2L", Market: "GB"},
			"cleo":  {Name: "Cleo Demo", IBAN: "DE88370400440532013000"},
			"dario": {Name: "Dario Demo", IBAN: ibanDE},
		},
		Review: map[byline.CreatorID]bool{"dario": true},
	}
}

func TestPropose(t *testing.T) {
	t.Parallel()
	balances := []contracts.Balance{
		payable("dario", eur(100)), payable("bruno", eur(2500)), payable("ada", eur(10000)), payable("ada", byline.Minor(5000, byline.JPY)),
		payable("cleo", eur(9900)), payable("emil", eur(9900)), payable("finn", eur(0)), payable("gina", eur(-408)), payable("bruno", byline.Minor(-1, byline.KWD)),
	}
	b, err := contracts.Propose(balances, sepaOptions())
	require.NoError(t, err)
	require.NoError(t, b.Check())
	data, err := json.MarshalIndent(b, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "batch.golden.json", append(data, '\n'))
	if b.State() != contracts.BatchProposed {
		t.Errorf("state %s", b.State())
	}
	totals, err := b.Totals()
	require.NoError(t, err)
	if diff := cmp.Diff([]byline.Money{eur(12500)}, totals); diff != "" {
		t.Errorf("totals (-want +got):\n%s", diff)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		rng.Shuffle(len(balances), func(i, j int) { balances[i], balances[j] = balances[j], balances[i] })
		again, err := contracts.Propose(balances, sepaOptions())
		require.NoError(t, err)
		if diff := cmp.Diff(b, again); diff != "" {
			t.Fatalf("the order of balances matters:\n%s", diff)
		}
	}
}

func TestProposeRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change   func(*contracts.BatchOptions)
		balances []contracts.Balance
		want     []fault
	}{
		"nothing at all":        {func(o *contracts.BatchOptions) { *o = contracts.BatchOptions{} }, nil, []fault{{"id", "required"}, {"prepared_by", "required"}, {"rail", "batch.rail"}}},
		"nobody but space":      {func(o *contracts.BatchOptions) { o.By = " \t" }, nil, []fault{{"prepared_by", "required"}}},
		"minimum below zero":    {func(o *contracts.BatchOptions) { o.Minimum = []byline.Money{eur(-1)} }, nil, []fault{{"minimum[0]", "batch.minimum"}}},
		"two minimums":          {func(o *contracts.BatchOptions) { o.Minimum = append(o.Minimum, eur(1)) }, nil, []fault{{"minimum[1]", "batch.minimum"}}},
		"a minimum of nothing":  {func(o *contracts.BatchOptions) { o.Minimum = []byline.Money{{}} }, nil, []fault{{"minimum[0]", "batch.minimum"}}},
		"a balance twice":       {nil, []contracts.Balance{payable("ada", eur(1)), payable("ada", eur(1))}, []fault{{"balances[1]", "batch.item_twice"}}},
		"a balance of nobody":   {nil, []contracts.Balance{payable("", eur(1))}, []fault{{"balances[0]", "required"}}},
		"an id of bad bytes":    {func(o *contracts.BatchOptions) { o.ID, o.By = "a\xff", "b\xff" }, nil, []fault{{"id", "batch.text"}, {"prepared_by", "batch.text"}}},
		"a creator of them":     {nil, []contracts.Balance{payable("ad\xff", eur(10000))}, []fault{{"balances[0]", "batch.text"}}},
		"a payer in no country": {func(o *contracts.BatchOptions) { o.Tax = &contracts.BatchTax{Payer: "us"} }, nil, []fault{{"tax.payer", "batch.market"}}},
		"a payer's wrong IBAN":  {func(o *contracts.BatchOptions) { o.Payer = &contracts.Payee{IBAN: ibanDE + "0"} }, nil, []fault{{"payer.name", "required"}, {"payer.iban", "payee.iban"}}},
		"a balance of no money": {nil, []contracts.Balance{payable("ada", byline.Money{})}, []fault{{"balances[0]", "required"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := sepaOptions()
			if tt.change != nil {
				tt.change(&o)
			}
			_, err := contracts.Propose(tt.balances, o)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// TestProposeLosesNothing: every balance stands in the batch once, and items add up.
func TestProposeLosesNothing(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	currencies := []byline.Currency{byline.USD, byline.EUR, byline.JPY, byline.KWD}
	for range 300 {
		o := contracts.BatchOptions{ID: "b", By: "p", Rail: contracts.RailFile, Minimum: []byline.Money{usd(rng.Int64N(500))},
			Payees: map[byline.CreatorID]contracts.Payee{}, Review: map[byline.CreatorID]bool{},
			Tax: &contracts.BatchTax{Payer: "US", On: date(11, 30), PaidSoFar: map[byline.CreatorID]byline.Money{}, PayWithoutID: rng.IntN(2) == 0}}
		want := map[string]int64{}
		var balances []contracts.Balance
		for i := range rng.IntN(12) {
			creator := byline.CreatorID(fmt.Sprint("c", i))
			if rng.IntN(4) > 0 {
				o.Payees[creator] = contracts.Payee{Name: "Demo", Market: []byline.Market{"", "US", "DE"}[rng.IntN(3)], TaxID: rng.IntN(2) == 0}
			}
			o.Review[creator] = rng.IntN(5) == 0
			if rng.IntN(2) == 0 {
				o.Tax.PaidSoFar[creator] = usd(rng.Int64N(400000))
			}
			amount := byline.Minor(rng.Int64N(300000)-50000, currencies[rng.IntN(4)])
			balances = append(balances, payable(creator, amount))
			want[string(creator)+amount.String()]++
		}
		b, err := contracts.Propose(balances, o)
		require.NoError(t, err)
		require.NoError(t, b.Check())
		for _, i := range b.Items {
			want[string(i.Creator)+i.Gross.String()]--
			if i.Net.Minor()+i.Withheld.Minor() != i.Gross.Minor() || i.Net.Sign() <= 0 {
				t.Fatalf("item %+v does not add up", i)
			}
		}
		for _, l := range b.LeftOut {
			want[string(l.Creator)+l.Payable.String()]--
			if len(l.Reasons) == 0 {
				t.Fatalf("left out without a reason: %+v", l)
			}
		}
		for key, n := range want {
			if n != 0 {
				t.Fatalf("%s stands %d times too few", key, n)
			}
		}
	}
}

func TestPayoutReference(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, parts := range [][3]string{{"b", "ada", "EUR"}, {"b", "ada", "USD"}, {"b", "adaE", "UR"}, {"ba", "da", "EUR"}, {"", "bada", "EUR"}, {"b\x00", "ada", "EUR"}, {"b", "", "EUR"}} {
		r := contracts.PayoutReference(parts[0], byline.CreatorID(parts[1]), byline.Currency(parts[2]))
		if other, ok := seen[r]; ok {
			t.Errorf("%q and %q have one reference", parts, other)
		}
		seen[r] = fmt.Sprint(parts)
		if len(r) != 28 || strings.Trim(r, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
			t.Errorf("reference %q", r)
		}
	}
	// It is a contract with the rails: a change would pay what is under way a second time.
	if got := contracts.PayoutReference("2026-11", "ada", byline.EUR); got != "BYYEUWBMZ6Y6Z7ROVNQ2M5YKRQWU" {
		t.Errorf("the reference has changed: %s", got)
	}
}

// proposal is a batch of two, in a ledger that covers both.
func proposal(t *testing.T) (contracts.Batch, cashbox) {
	t.Helper()
	s := newCashbox(t, "ada", "bruno")
	b, err := contracts.Propose([]contracts.Balance{payable("ada", eur(10000)), payable("bruno", eur(10000))}, sepaOptions())
	require.NoError(t, err)
	return b, s
}

func approved(t *testing.T, b contracts.Batch) contracts.Batch {
	t.Helper()
	for _, by := range []string{"first", "second"} {
		var err error
		b, err = b.Approve(by, date(12, 2))
		require.NoError(t, err)
	}
	return b
}

func (s cashbox) postBatch(b contracts.Batch) (contracts.Batch, error) {
	return contracts.PostBatch(s.Context(), attribution.NoTx{}, s.Ledger, b, date(12, 3))
}

func TestApprove(t *testing.T) {
	t.Parallel()
	b, _ := proposal(t)
	for _, by := range []string{"preparer", "Preparer ", "PREPARER"} {
		_, err := b.Approve(by, date(12, 2))
		if diff := cmp.Diff([]fault{{"by", "batch.same_person"}}, faultsOf(err)); diff != "" {
			t.Errorf("by %q (-want +got):\n%s", by, diff)
		}
	}
	_, err := b.Approve(" ", date(12, 2))
	if diff := cmp.Diff([]fault{{"by", "required"}}, faultsOf(err)); diff != "" {
		t.Errorf("by nobody (-want +got):\n%s", diff)
	}
	one, err := b.Approve("first", date(12, 2))
	require.NoError(t, err)
	_, err = one.Approve("First", date(12, 2))
	if diff := cmp.Diff([]fault{{"by", "batch.same_person"}}, faultsOf(err)); diff != "" || one.State() != contracts.BatchProposed {
		t.Errorf("twice by one (-want +got):\n%s", diff)
	}
	two, err := one.Approve("second", date(12, 2))
	require.NoError(t, err)
	if two.State() != contracts.BatchApproved || len(b.Approvals) != 0 || len(one.Approvals) != 1 {
		t.Errorf("state %s; approvals before: %d, %d", two.State(), len(b.Approvals), len(one.Approvals))
	}
	empty, err := contracts.Propose(nil, sepaOptions())
	require.NoError(t, err)
	_, err = empty.Approve("first", date(12, 2))
	if diff := cmp.Diff([]fault{{"items", "batch.empty"}}, faultsOf(err)); diff != "" {
		t.Errorf("of nothing (-want +got):\n%s", diff)
	}
}

// Whatever is changed after it was approved voids the approvals.
func TestApprovalsHoldForWhatWasSeen(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*contracts.Batch){
		"the account":  func(b *contracts.Batch) { b.Items[0].Payee.IBAN = ibanGB },
		"the name":     func(b *contracts.Batch) { b.Items[0].Payee.Name = "Someone Else" },
		"the amount":   func(b *contracts.Batch) { b.Items[0].Gross, b.Items[0].Net = eur(1), eur(1) },
		"an item less": func(b *contracts.Batch) { b.Items = b.Items[:1] },
		"the preparer": func(b *contracts.Batch) { b.PreparedBy = "other" },
		"the tax":      func(b *contracts.Batch) { b.Items[0].Tax = &contracts.TaxDecision{Outcome: contracts.TaxNothingKnown} },
		"the order":    func(b *contracts.Batch) { slices.Reverse(b.Items) },
		"the rail":     func(b *contracts.Batch) { b.Rail = contracts.RailFile },
		"the time":     func(b *contracts.Batch) { b.PreparedAt = b.PreparedAt.Add(time.Second) },
		"the payer":    func(b *contracts.Batch) { b.Payer = &contracts.Payee{Name: "Demo Brand", IBAN: ibanGB} },
		"the day":      func(b *contracts.Batch) { b.ExecuteOn = date(12, 7) },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, s := proposal(t)
			b = approved(t, b)
			b.Items = slices.Clone(b.Items)
			change(&b)
			require.NoError(t, b.Check())
			if b.State() != contracts.BatchProposed {
				t.Errorf("state %s", b.State())
			}
			_, err := s.postBatch(b)
			if diff := cmp.Diff([]fault{{"", "batch.state"}}, faultsOf(err)); diff != "" {
				t.Errorf("posting (-want +got):\n%s", diff)
			}
			b, err = b.Approve("third", date(12, 4))
			require.NoError(t, err)
			if len(b.Approvals) != 1 || b.State() != contracts.BatchProposed {
				t.Errorf("void approvals stay: %+v", b.Approvals)
			}
		})
	}
}

func TestBatchCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*contracts.Batch)
		want   []fault
	}{
		"the preparer of it all":     {func(b *contracts.Batch) { b.PreparedBy = "" }, []fault{{"prepared_by", "required"}}},
		"another id":                 {func(b *contracts.Batch) { b.ID = "2026-12" }, []fault{{"items[0].reference", "batch.reference"}, {"items[1].reference", "batch.reference"}}},
		"another creator":            {func(b *contracts.Batch) { b.Items[1].Creator = "ada" }, []fault{{"items[1].reference", "batch.reference"}}},
		"twice the same":             {func(b *contracts.Batch) { b.Items[1] = b.Items[0] }, []fault{{"items[1]", "batch.item_twice"}}},
		"more than the gross":        {func(b *contracts.Batch) { b.Items[0].Net = eur(10001) }, []fault{{"items[0].net", "batch.amount"}}},
		"less than the gross":        {func(b *contracts.Batch) { b.Items[0].Net = eur(1) }, []fault{{"items[0].net", "batch.amount"}}},
		"negative withheld":          {func(b *contracts.Batch) { b.Items[0].Withheld, b.Items[0].Net = eur(-1), eur(10001) }, []fault{{"items[0].net", "batch.amount"}}},
		"nothing left":               {func(b *contracts.Batch) { b.Items[0].Withheld, b.Items[0].Net = eur(10000), eur(0) }, []fault{{"items[0].net", "batch.amount"}}},
		"no account":                 {func(b *contracts.Batch) { b.Items[0].Payee.IBAN = "" }, []fault{{"items[0].payee.iban", "required"}}},
		"an unknown status":          {func(b *contracts.Batch) { b.Items[0].Status = "gone" }, []fault{{"items[0].status", "batch.status"}}},
		"under way without approval": {func(b *contracts.Batch) { b.Items[0].Status = contracts.ItemUnderWay }, []fault{{"items[0].status", "batch.unapproved"}}},
		"a creator of bad bytes": {func(b *contracts.Batch) {
			b.Items[0].Creator, b.Items[0].Reference = "ad\xff", contracts.PayoutReference(b.ID, "ad\xff", byline.EUR)
		}, []fault{{"items[0].creator", "batch.text"}}},
		"a payer without a name": {func(b *contracts.Batch) { b.Payer = &contracts.Payee{IBAN: ibanDE} }, []fault{{"payer.name", "required"}}},
		"an unknown rail":        {func(b *contracts.Batch) { b.Rail = "cheque" }, []fault{{"rail", "batch.rail"}}},
		"yen by SEPA": {func(b *contracts.Batch) {
			b.Items[0].Gross, b.Items[0].Withheld, b.Items[0].Net = byline.Minor(1, byline.JPY), byline.Minor(0, byline.JPY), byline.Minor(1, byline.JPY)
			b.Items[0].Reference = contracts.PayoutReference(b.ID, "ada", byline.JPY)
		}, []fault{{"items[0].net", "batch.currency"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, _ := proposal(t)
			tt.change(&b)
			if diff := cmp.Diff(tt.want, faultsOf(b.Check())); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			data, err := json.Marshal(b)
			require.NoError(t, err)
			var back contracts.Batch
			require.ErrorIs(t, json.Unmarshal(data, &back), byline.ErrInvalid)
			if diff := cmp.Diff(contracts.Batch{}, back); diff != "" {
				t.Errorf("read all the same:\n%s", diff)
			}
		})
	}
}

func TestPayeeCheck(t *testing.T) {
	t.Parallel()
	good := contracts.Payee{Name: "Ada Demo", IBAN: ibanDE, StripeAccount: "acct_1Demo", PayPalEmail: "ada@demo.example"}
	tests := map[string]struct {
		rail   contracts.Rail
		change func(*contracts.Payee)
		want   []fault
	}{
		"SEPA":                   {contracts.RailSEPA, func(*contracts.Payee) {}, nil},
		"Stripe":                 {contracts.RailStripe, func(p *contracts.Payee) { p.Name = "" }, nil},
		"PayPal":                 {contracts.RailPayPal, func(p *contracts.Payee) { p.Name = "" }, nil},
		"a file":                 {contracts.RailFile, func(p *contracts.Payee) { *p = contracts.Payee{Name: "Ada"} }, nil},
		"nothing for SEPA":       {contracts.RailSEPA, func(p *contracts.Payee) { *p = contracts.Payee{} }, []fault{{"name", "required"}, {"iban", "required"}}},
		"nothing for Stripe":     {contracts.RailStripe, func(p *contracts.Payee) { *p = contracts.Payee{} }, []fault{{"stripe_account", "required"}}},
		"nothing for PayPal":     {contracts.RailPayPal, func(p *contracts.Payee) { *p = contracts.Payee{} }, []fault{{"paypal_email", "required"}}},
		"check digits":           {contracts.RailSEPA, func(p *contracts.Payee) { p.IBAN = "DE88370400440532013000" }, []fault{{"iban", "payee.iban"}}},
		"two digits exchanged":   {contracts.RailSEPA, func(p *contracts.Payee) { p.IBAN = "DE89370400440532010300" }, []fault{{"iban", "payee.iban"}}},
		"in groups":              {contracts.RailSEPA, func(p *contracts.Payee) { p.IBAN = "DE89 3704 0044 0532 0130 00" }, []fault{{"iban", "payee.iban"}}},
		"in small letters":       {contracts.RailSEPA, func(p *contracts.Payee) { p.IBAN = strings.ToLower(ibanDE) }, []fault{{"iban", "payee.iban"}}},
		"too long":               {contracts.RailSEPA, func(p *contracts.Payee) { p.IBAN += strings.Repeat("0", 40) }, []fault{{"iban", "payee.iban"}}},
		"a BIC":                  {contracts.RailSEPA, func(p *contracts.Payee) { p.BIC = "COBADEFFXXX" }, nil},
		"a BIC of nine":          {contracts.RailSEPA, func(p *contracts.Payee) { p.BIC = "COBADEFFX" }, []fault{{"bic", "payee.bic"}}},
		"a BIC of no country":    {contracts.RailSEPA, func(p *contracts.Payee) { p.BIC = "COBA1EFF" }, []fault{{"bic", "payee.bic"}}},
		"a name of lines":        {contracts.RailFile, func(p *contracts.Payee) { p.Name = "Ada\nDemo" }, []fault{{"name", "payee.name"}}},
		"a name turned around":   {contracts.RailFile, func(p *contracts.Payee) { p.Name = "Ada\u202eomeD" }, []fault{{"name", "payee.name"}}},
		"a name of bad bytes":    {contracts.RailFile, func(p *contracts.Payee) { p.Name = "Ada\xff" }, []fault{{"name", "payee.name"}}},
		"a name of space":        {contracts.RailFile, func(p *contracts.Payee) { p.Name = "   " }, []fault{{"name", "payee.name"}}},
		"a name without end":     {contracts.RailFile, func(p *contracts.Payee) { p.Name = strings.Repeat("ä", 141) }, []fault{{"name", "payee.name"}}},
		"a name as long as may":  {contracts.RailFile, func(p *contracts.Payee) { p.Name = strings.Repeat("ä", 140) }, nil},
		"another's id":           {contracts.RailStripe, func(p *contracts.Payee) { p.StripeAccount = "cus_123" }, []fault{{"stripe_account", "payee.stripe_account"}}},
		"an id with more in it":  {contracts.RailStripe, func(p *contracts.Payee) { p.StripeAccount = "acct_1&amount=1" }, []fault{{"stripe_account", "payee.stripe_account"}}},
		"an IBAN too short":      {contracts.RailSEPA, func(p *contracts.Payee) { p.IBAN = "DE22370400440532" }, []fault{{"iban", "payee.iban"}}},
		"an IBAN of no country":  {contracts.RailSEPA, func(p *contracts.Payee) { p.IBAN = "ZZ22370400440532013000" }, []fault{{"iban", "payee.iban"}}},
		"an IBAN from elsewhere": {contracts.RailFile, func(p *contracts.Payee) { p.IBAN = "TR330006100519786457841326" }, nil},
		"a market in small":      {contracts.RailFile, func(p *contracts.Payee) { p.Market = "de" }, []fault{{"market", "payee.market"}}},
		"an address of one name": {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "ada@example" }, []fault{{"paypal_email", "payee.email"}}},
		"an address that ends":   {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "ada@demo." }, []fault{{"paypal_email", "payee.email"}}},
		"an address of dots":     {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "ada@." }, []fault{{"paypal_email", "payee.email"}}},
		"two dots before the at": {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "ada..b@demo.example" }, []fault{{"paypal_email", "payee.email"}}},
		"a number for a domain":  {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "ada@127.0.0.10" }, []fault{{"paypal_email", "payee.email"}}},
		"a name behind a hyphen": {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "ada@-demo.example" }, []fault{{"paypal_email", "payee.email"}}},
		"an address in umlauts":  {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "ada+1@dëmo.example" }, nil},
		"no address":             {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "ada" }, []fault{{"paypal_email", "payee.email"}}},
		"two addresses":          {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "a@b.example,c@d.example" }, []fault{{"paypal_email", "payee.email"}}},
		"an address with a name": {contracts.RailPayPal, func(p *contracts.Payee) { p.PayPalEmail = "Ada <a@b.example>" }, []fault{{"paypal_email", "payee.email"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := good
			tt.change(&p)
			err := p.Check(tt.rail)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if err != nil && p.IBAN != "" && strings.Contains(err.Error(), p.IBAN) {
				t.Errorf("the error shows the account: %v", err)
			}
		})
	}
}

func TestPostBatch(t *testing.T) {
	t.Parallel()
	b, s := proposal(t)
	_, err := s.postBatch(b)
	if diff := cmp.Diff([]fault{{"", "batch.state"}}, faultsOf(err)); diff != "" {
		t.Errorf("not approved (-want +got):\n%s", diff)
	}
	b = approved(t, b)
	s.earn("bruno", eur(9999)) // one cent came back since
	posted, err := s.postBatch(b)
	require.NoError(t, err)
	if got := statuses(posted); got != "under_way refused" || posted.State() != contracts.BatchUnderWay {
		t.Errorf("items %s, batch %s", got, posted.State())
	}
	if got := s.stands("ada") + ", " + s.stands("bruno"); got != "0.00 100.00 0.00, 99.99 0.00 0.00" {
		t.Errorf("stands at %s", got)
	}
	require.NoError(t, posted.Check())
	for name, again := range map[string]contracts.Batch{"the result": posted, "the batch as it was before": b} {
		back, err := s.postBatch(again)
		require.NoError(t, err)
		if diff := cmp.Diff(posted, back); diff != "" {
			t.Errorf("posting %s again (-want +got):\n%s", name, diff)
		}
	}
	_, err = posted.Approve("third", date(12, 4))
	if diff := cmp.Diff([]fault{{"", "batch.state"}}, faultsOf(err)); diff != "" {
		t.Errorf("approving behind it (-want +got):\n%s", diff)
	}
}

func statuses(b contracts.Batch) string {
	words := make([]string, len(b.Items))
	for i, item := range b.Items {
		words[i] = string(item.Status)
	}
	return strings.Join(words, " ")
}

// A batch that was lost between posting and storing takes its statuses from the ledger.
func TestPostBatchAfterTheOutcome(t *testing.T) {
	t.Parallel()
	b, s := proposal(t)
	b = approved(t, b)
	posted, err := s.postBatch(b)
	require.NoError(t, err)
	settled := posted.Reconcile([]contracts.Outcome{
		{Reference: b.Items[0].Reference, Status: contracts.PayoutPaid}, {Reference: b.Items[1].Reference, Status: contracts.PayoutFailed},
	})
	_, err = contracts.PostOutcomes(t.Context(), attribution.NoTx{}, s.Ledger, settled.Batch, date(12, 5))
	require.NoError(t, err)
	again, err := s.postBatch(b)
	require.NoError(t, err)
	if got := statuses(again); got != "paid failed" || again.State() != contracts.BatchSettled {
		t.Errorf("items %s, batch %s", got, again.State())
	}
}

// Two batches over the same balances at once pay them once.
func TestBatchesAtOnce(t *testing.T) {
	t.Parallel()
	for range 20 {
		_, s := proposal(t)
		var wg sync.WaitGroup
		results := make([]contracts.Batch, 8)
		for i := range results {
			o := sepaOptions()
			o.ID = fmt.Sprint("batch ", i/2) // each by two processes
			b, err := contracts.Propose([]contracts.Balance{payable("ada", eur(10000)), payable("bruno", eur(10000))}, o)
			require.NoError(t, err)
			b = approved(t, b)
			wg.Go(func() {
				var err error
				if results[i], err = s.postBatch(b); err != nil {
					t.Errorf("batch %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		winners := map[byline.CreatorID][]string{}
		for _, b := range results {
			for _, item := range b.Items {
				if item.Status == contracts.ItemUnderWay && !slices.Contains(winners[item.Creator], b.ID) {
					winners[item.Creator] = append(winners[item.Creator], b.ID)
				}
			}
		}
		for _, creator := range []byline.CreatorID{"ada", "bruno"} {
			if len(winners[creator]) != 1 || s.stands(creator) != "0.00 100.00 0.00" {
				t.Fatalf("%s is paid by %v, stands at %s", creator, winners[creator], s.stands(creator))
			}
		}
	}
}

func TestWithheldItem(t *testing.T) {
	t.Parallel()
	s := newCashbox(t)
	s.earn("ada", usd(250001))
	o := contracts.BatchOptions{
		ID: "2026-11", By: "preparer", At: date(11, 30), Rail: contracts.RailFile,
		Payees: map[byline.CreatorID]contracts.Payee{"ada": {Name: "Ada Demo", Market: "US"}},
		Tax:    &contracts.BatchTax{Payer: "US", On: date(11, 30), PaidSoFar: map[byline.CreatorID]byline.Money{"ada": usd(0)}, PayWithoutID: true},
	}
	b, err := contracts.Propose([]contracts.Balance{payable("ada", usd(250001))}, o)
	require.NoError(t, err)
	item := b.Items[0]
	if item.Gross != usd(250001) || item.Withheld != usd(60000) || item.Net != usd(190001) {
		t.Errorf("item %+v", item)
	}
	posted, err := s.postBatch(approved(t, b))
	require.NoError(t, err)
	settled := posted.Reconcile([]contracts.Outcome{{Reference: item.Reference, Status: contracts.PayoutPaid, Amount: item.Net}})
	entries, err := contracts.PostOutcomes(t.Context(), attribution.NoTx{}, s.Ledger, settled.Batch, date(12, 5))
	require.NoError(t, err)
	if len(entries) != 2 || s.stands("ada") != "0.00 0.00 2500.01" {
		t.Errorf("stands at %s after %+v", s.stands("ada"), entries)
	}
	o.Tax.PayWithoutID = false
	b, err = contracts.Propose([]contracts.Balance{payable("ada", usd(250001))}, o)
	require.NoError(t, err)
	if len(b.Items) != 0 || !slices.Equal(b.LeftOut[0].Reasons, []contracts.LeftReason{contracts.LeftTaxForm}) || b.LeftOut[0].Tax.Why != contracts.TaxNumberMissing {
		t.Errorf("batch %+v", b)
	}
}

// underWayBatch is posted, with both items under way.
func underWayBatch(t *testing.T) (contracts.Batch, cashbox) {
	t.Helper()
	b, s := proposal(t)
	posted, err := s.postBatch(approved(t, b))
	require.NoError(t, err)
	return posted, s
}

func TestReconcileOutcomes(t *testing.T) {
	t.Parallel()
	batch, _ := underWayBatch(t)
	ada, bruno := batch.Items[0].Reference, batch.Items[1].Reference
	told := func(reference string, status contracts.PayoutStatus) contracts.Outcome {
		return contracts.Outcome{Reference: reference, Status: status, At: date(12, 4), RailID: "t-1", Amount: eur(10000)}
	}
	amount := func(o contracts.Outcome, m byline.Money) contracts.Outcome {
		o.Amount = m
		return o
	}
	tests := map[string]struct {
		outcomes []contracts.Outcome
		want     string
		state    contracts.BatchState
		findings []string
	}{
		"nothing":              {nil, "under_way under_way", contracts.BatchUnderWay, []string{"items[0] outcome.missing", "items[1] outcome.missing"}},
		"both paid":            {[]contracts.Outcome{told(ada, "paid"), told(bruno, "paid")}, "paid paid", contracts.BatchSettled, nil},
		"one failed":           {[]contracts.Outcome{told(ada, "paid"), told(bruno, "failed")}, "paid failed", contracts.BatchSettled, nil},
		"one missing":          {[]contracts.Outcome{told(ada, "paid")}, "paid under_way", contracts.BatchPartlySettled, []string{"items[1] outcome.missing"}},
		"one still under way":  {[]contracts.Outcome{told(ada, "paid"), told(bruno, "under_way")}, "paid under_way", contracts.BatchPartlySettled, nil},
		"paid and returned":    {[]contracts.Outcome{told(ada, "paid"), told(ada, "under_way"), told(ada, "returned"), told(bruno, "paid")}, "returned paid", contracts.BatchSettled, nil},
		"paid and failed":      {[]contracts.Outcome{told(ada, "paid"), told(ada, "failed"), told(bruno, "paid")}, "under_way paid", contracts.BatchPartlySettled, []string{"items[0] outcome.contradiction"}},
		"all of it":            {[]contracts.Outcome{told(ada, "paid"), told(ada, "failed"), told(ada, "returned"), told(bruno, "paid")}, "returned paid", contracts.BatchSettled, []string{"items[0] outcome.contradiction"}},
		"an unknown reference": {[]contracts.Outcome{told(ada, "paid"), told(bruno, "paid"), told("BY?", "paid")}, "paid paid", contracts.BatchSettled, []string{" outcome.unknown_reference"}},
		"another amount":       {[]contracts.Outcome{amount(told(ada, "paid"), eur(9999)), told(bruno, "paid")}, "under_way paid", contracts.BatchPartlySettled, []string{"items[0] outcome.amount"}},
		"another currency":     {[]contracts.Outcome{amount(told(ada, "paid"), usd(10000)), told(bruno, "paid")}, "under_way paid", contracts.BatchPartlySettled, []string{"items[0] outcome.currency"}},
		"no amount":            {[]contracts.Outcome{amount(told(ada, "paid"), byline.Money{}), told(bruno, "paid")}, "paid paid", contracts.BatchSettled, nil},
		"an unknown status":    {[]contracts.Outcome{told(ada, "lost"), told(bruno, "paid")}, "under_way paid", contracts.BatchPartlySettled, []string{"items[0] outcome.status"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := batch.Reconcile(tt.outcomes)
			require.NoError(t, first.Batch.Check())
			var found []string
			for _, f := range first.Findings {
				found = append(found, f.Path+" "+f.Code)
			}
			if diff := cmp.Diff(tt.findings, found); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if got := statuses(first.Batch); got != tt.want || first.Batch.State() != tt.state {
				t.Errorf("items %s, batch %s", got, first.Batch.State())
			}
			if again := first.Batch.Reconcile(tt.outcomes); cmp.Diff(first.Batch, again.Batch) != "" {
				t.Errorf("again (-want +got):\n%s", cmp.Diff(first.Batch, again.Batch))
			}
			permutations(append(slices.Clone(tt.outcomes), tt.outcomes[:min(1, len(tt.outcomes))]...), func(order []contracts.Outcome) {
				if got := batch.Reconcile(order); cmp.Diff(first, got) != "" {
					t.Fatalf("in another order (-want +got):\n%s", cmp.Diff(first, got))
				}
			})
			if statuses(batch) != "under_way under_way" {
				t.Fatal("the batch itself has changed")
			}
		})
	}
}

// Reports in several parts lead where one report of all leads.
func TestReconcileInParts(t *testing.T) {
	t.Parallel()
	batch, _ := underWayBatch(t)
	var outcomes []contracts.Outcome
	for _, item := range batch.Items {
		for i, status := range []contracts.PayoutStatus{contracts.PayoutUnderWay, contracts.PayoutPaid, contracts.PayoutReturned} {
			outcomes = append(outcomes, contracts.Outcome{Reference: item.Reference, Status: status, At: date(12, 3+i), RailID: fmt.Sprint("t", i)})
		}
	}
	want := batch.Reconcile(outcomes).Batch
	rng := rand.New(rand.NewPCG(8, 9))
	for range 200 {
		rng.Shuffle(len(outcomes), func(i, j int) { outcomes[i], outcomes[j] = outcomes[j], outcomes[i] })
		got := batch
		for part := range slices.Chunk(outcomes, 1+rng.IntN(3)) {
			got = got.Reconcile(part).Batch
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("in parts (-want +got):\n%s", diff)
		}
	}
}

func TestReconcileWhatNeverWentOut(t *testing.T) {
	t.Parallel()
	b, s := proposal(t)
	b = approved(t, b)
	s.earn("ada", eur(1))
	posted, err := s.postBatch(b)
	require.NoError(t, err)
	for what, batch := range map[string]contracts.Batch{"refused": posted, "planned": b} {
		r := batch.Reconcile([]contracts.Outcome{{Reference: b.Items[0].Reference, Status: contracts.PayoutPaid}})
		if r.Findings[0].Code != "outcome.not_under_way" || r.Findings[0].Severity != byline.Blocker || r.Batch.Items[0].Status != batch.Items[0].Status {
			t.Errorf("%s: %+v", what, r.Findings)
		}
	}
}

// TestOutcomesReachTheLedger: whatever the rail reports, in whatever order and however
// often, nothing is lost: each creator's money is payable, in transit or paid.
func TestOutcomesReachTheLedger(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(10, 20))
	all := []contracts.PayoutStatus{contracts.PayoutUnderWay, contracts.PayoutPaid, contracts.PayoutFailed, contracts.PayoutReturned}
	where := map[contracts.ItemStatus]string{
		contracts.ItemUnderWay: "0.00 100.00 0.00", contracts.ItemPaid: "0.00 0.00 100.00",
		contracts.ItemFailed: "100.00 0.00 0.00", contracts.ItemReturned: "100.00 0.00 0.00",
	}
	seen := map[contracts.ItemStatus]bool{}
	for range 200 {
		b, s := underWayBatch(t)
		for range 6 {
			var outcomes []contracts.Outcome
			for range rng.IntN(3) {
				outcomes = append(outcomes, contracts.Outcome{Reference: b.Items[rng.IntN(2)].Reference, Status: all[rng.IntN(4)]})
			}
			b = b.Reconcile(outcomes).Batch
			for _, wantNone := range []bool{false, true} {
				entries, err := contracts.PostOutcomes(t.Context(), attribution.NoTx{}, s.Ledger, b, date(12, 6))
				require.NoError(t, err)
				if wantNone && len(entries) > 0 {
					t.Fatalf("posted twice: %+v", entries)
				}
			}
			for _, item := range b.Items {
				seen[item.Status] = true
				if got := s.stands(item.Creator); got != where[item.Status] {
					t.Fatalf("%s is %s and stands at %s", item.Creator, item.Status, got)
				}
			}
		}
	}
	if len(seen) != len(where) {
		t.Errorf("only %v came up", slices.Collect(maps.Keys(seen)))
	}
}

func TestPostOutcomesRefuses(t *testing.T) {
	t.Parallel()
	b, s := proposal(t)
	_, err := contracts.PostOutcomes(t.Context(), attribution.NoTx{}, s.Ledger, b, date(12, 6))
	if diff := cmp.Diff([]fault{{"", "batch.state"}}, faultsOf(err)); diff != "" {
		t.Errorf("not approved (-want +got):\n%s", diff)
	}
	posted, err := s.postBatch(approved(t, b))
	require.NoError(t, err)
	failed := posted.Reconcile([]contracts.Outcome{{Reference: b.Items[0].Reference, Status: contracts.PayoutFailed}}).Batch
	_, err = contracts.PostOutcomes(t.Context(), attribution.NoTx{}, s.Ledger, failed, date(12, 6))
	require.NoError(t, err)
	// Another process had kept the batch as it was, and was told otherwise.
	paid := posted.Reconcile([]contracts.Outcome{{Reference: b.Items[0].Reference, Status: contracts.PayoutPaid}}).Batch
	_, err = contracts.PostOutcomes(t.Context(), attribution.NoTx{}, s.Ledger, paid, date(12, 6))
	if conflictOf(err) != "payout.step" {
		t.Errorf("error %v", err)
	}
}

func TestBatchJSON(t *testing.T) {
	t.Parallel()
	b, _ := underWayBatch(t)
	b = b.Reconcile([]contracts.Outcome{{Reference: b.Items[0].Reference, Status: contracts.PayoutPaid, At: date(12, 4), RailID: "t-1"}}).Batch
	data, err := json.Marshal(b)
	require.NoError(t, err)
	var back contracts.Batch
	require.NoError(t, json.Unmarshal(data, &back))
	if back.Posted {
		t.Error("what was read says that the ledger has been asked")
	}
	back.Posted = true
	if diff := cmp.Diff(b, back); diff != "" || back.State() != contracts.BatchPartlySettled {
		t.Errorf("state %s, round trip (-want +got):\n%s", back.State(), diff)
	}
	forged := strings.Replace(string(data), ibanDE, ibanGB, 1)
	err = json.Unmarshal([]byte(forged), &back)
	if diff := cmp.Diff([]fault{{"items[0].status", "batch.unapproved"}, {"items[1].status", "batch.unapproved"}}, faultsOf(err)); diff != "" {
		t.Errorf("another account behind the approvals (-want +got):\n%s", diff)
	}
}

func FuzzBatch(f *testing.F) {
	o := sepaOptions()
	b, err := contracts.Propose([]contracts.Balance{payable("ada", eur(10000))}, o)
	require.NoError(f, err)
	data, err := json.Marshal(b)
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"id":"x","rail":"file","prepared_by":"p","prepared_at":"2026-12-01T00:00:00Z","items":[{}]}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b contracts.Batch
		if err := json.Unmarshal(data, &b); err != nil || b.ID == "" {
			return
		}
		require.NoError(t, b.Check())
		again, err := json.Marshal(b)
		if err != nil {
			return // a time beyond the year 9999
		}
		var back contracts.Batch
		require.NoError(t, json.Unmarshal(again, &back))
		want, err := b.Digest()
		require.NoError(t, err)
		if got, err := back.Digest(); err != nil || got != want || b.State() != back.State() {
			t.Errorf("digest %s, then %s, %v", want, got, err)
		}
		if b.Reconcile(nil).Batch.State() != b.State() {
			t.Error("no outcome changes the state")
		}
	})
}

// failing is a store whose balances cannot be read.
type failing struct{ *contracts.Ledger }

var errStore = errors.New("no connection")

func (failing) BalancesOf(_ context.Context, _ attribution.NoTx, _ byline.CreatorID) ([]contracts.Balance, error) {
	return nil, errStore
}

func TestPostBatchTellsOfTheStore(t *testing.T) {
	t.Parallel()
	b, s := proposal(t)
	_, err := contracts.PostBatch(t.Context(), attribution.NoTx{}, failing{s.Ledger}, approved(t, b), date(12, 3))
	require.ErrorIs(t, err, errStore)
	_, err = contracts.PostWriteOff(t.Context(), attribution.NoTx{}, failing{s.Ledger}, contracts.Waiver{Reference: "w", Creator: "ada", Amount: eur(1)}, date(12, 3))
	require.ErrorIs(t, err, errStore)
}

// What was refused stays so: it has left the batch, and its money waits for the next.
func TestRefusedItemIsNotRevived(t *testing.T) {
	t.Parallel()
	b, s := proposal(t)
	s.earn("ada", eur(1))
	posted, err := s.postBatch(approved(t, b))
	require.NoError(t, err)
	s.earn("ada", eur(10000))
	again, err := s.postBatch(posted)
	require.NoError(t, err)
	if got := statuses(again); got != "refused under_way" || s.stands("ada") != "100.00 0.00 0.00" {
		t.Errorf("items %s, ada stands at %s", got, s.stands("ada"))
	}
}

func TestReconcileKeepsTheLatestWord(t *testing.T) {
	t.Parallel()
	b, _ := underWayBatch(t)
	word := func(day int, id string) contracts.Outcome {
		return contracts.Outcome{Reference: b.Items[0].Reference, Status: contracts.PayoutReturned, At: date(12, day), RailID: id}
	}
	got := b.Reconcile([]contracts.Outcome{word(4, "z"), word(5, "a"), word(3, "y")}).Batch
	if got.Items[0].Outcome.RailID != "a" {
		t.Errorf("kept %+v", got.Items[0].Outcome)
	}
	got = got.Reconcile([]contracts.Outcome{word(4, "z")}).Batch
	if got.Items[0].Outcome.RailID != "a" {
		t.Errorf("an earlier word came late, and is kept: %+v", got.Items[0].Outcome)
	}
}

// Of the check digits that leave the same remainder only one is good.
func TestCheckDigitsAreUnique(t *testing.T) {
	t.Parallel()
	valid := func(iban string) bool {
		return contracts.Payee{Name: "Demo", IBAN: iban}.Check(contracts.RailSEPA) == nil
	}
	met := map[string]bool{}
	for account := range 1000 {
		var good []string
		for digits := range 100 {
			if iban := fmt.Sprintf("DE%02d%018d", digits, account); valid(iban) {
				good = append(good, iban[2:4])
			}
		}
		if len(good) != 1 {
			t.Fatalf("account %d has the check digits %v", account, good)
		}
		met[good[0]] = true
	}
	if len(met) < 90 {
		t.Errorf("only %d check digits came up", len(met))
	}
}

// Whoever writes approvals past Approve does not get further by it.
func TestApprovalsOfTheSamePerson(t *testing.T) {
	t.Parallel()
	b, _ := proposal(t)
	digest, err := b.Digest()
	require.NoError(t, err)
	for name, by := range map[string][]string{
		"the preparer helps": {"first", "preparer"}, "one person twice": {"first", "FIRST "}, "nobody helps": {"first", " "},
	} {
		b.Approvals = nil
		for _, who := range by {
			b.Approvals = append(b.Approvals, contracts.Approval{By: who, At: date(12, 2), Digest: digest})
		}
		if b.State() != contracts.BatchProposed {
			t.Errorf("%s: state %s", name, b.State())
		}
	}
}

// locking tells in which order balances were asked for.
type locking struct {
	*contracts.Ledger
	asked *[]byline.CreatorID
}

func (l locking) BalancesOf(ctx context.Context, tx attribution.NoTx, creator byline.CreatorID) ([]contracts.Balance, error) {
	*l.asked = append(*l.asked, creator)
	return l.Ledger.BalancesOf(ctx, tx, creator)
}

// Stores lock by creator, so the order must not depend on the currencies of a batch.
func TestPostBatchLocksInOneOrder(t *testing.T) {
	t.Parallel()
	s := newCashbox(t, "bruno", "cleo")
	s.earn("ada", usd(500))
	o := sepaOptions()
	o.Rail, o.Payees["cleo"] = contracts.RailFile, contracts.Payee{Name: "Cleo Demo"}
	b, err := contracts.Propose([]contracts.Balance{payable("cleo", eur(10000)), payable("bruno", eur(10000)), payable("ada", usd(500))}, o)
	require.NoError(t, err)
	var asked []byline.CreatorID
	posted, err := contracts.PostBatch(t.Context(), attribution.NoTx{}, locking{s.Ledger, &asked}, approved(t, b), date(12, 3))
	require.NoError(t, err)
	if diff := cmp.Diff([]byline.CreatorID{"ada", "bruno", "cleo"}, asked); diff != "" || statuses(posted) != "under_way under_way under_way" {
		t.Errorf("items %s, asked for (-want +got):\n%s", statuses(posted), diff)
	}
}

// One booking leaves by one rail, from one account and to one payee, whatever is approved
// under its id later.
func TestOneBookingLeavesOneWay(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*contracts.BatchOptions){
		"by another rail": func(o *contracts.BatchOptions) { o.Rail = contracts.RailFile },
		"to another account": func(o *contracts.BatchOptions) {
			o.Payees["ada"] = contracts.Payee{Name: "Ada Demo", IBAN: ibanGB}
		},
		"from another account": func(o *contracts.BatchOptions) {
			o.Payer = &contracts.Payee{Name: "Demo Brand", IBAN: ibanGB}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newCashbox(t, "ada")
			balances := []contracts.Balance{payable("ada", eur(10000))}
			o := sepaOptions()
			o.Payer = &contracts.Payee{Name: "Demo Brand", IBAN: ibanDE}
			first, err := contracts.Propose(balances, o)
			require.NoError(t, err)
			first, err = s.postBatch(approved(t, first))
			require.NoError(t, err)
			change(&o)
			second, err := contracts.Propose(balances, o)
			require.NoError(t, err)
			second = approved(t, second)
			posted, err := s.postBatch(second)
			if conflictOf(err) != "payout.other" || posted.Posted {
				t.Errorf("posted: %t, error %v", posted.Posted, err)
			}
			paid := second.Reconcile([]contracts.Outcome{{Reference: second.Items[0].Reference, Status: contracts.PayoutPaid}}).Batch
			paid.Items[0].Status = contracts.ItemPaid
			_, err = contracts.PostOutcomes(t.Context(), attribution.NoTx{}, s.Ledger, paid, date(12, 5))
			if conflictOf(err) != "payout.other" || s.stands("ada") != "0.00 100.00 0.00" {
				t.Errorf("ada stands at %s, error %v", s.stands("ada"), err)
			}
			if again, err := s.postBatch(first); err != nil || statuses(again) != "under_way" {
				t.Errorf("the first batch is %s, error %v", statuses(again), err)
			}
		})
	}
}

// A batch says under way; only what the ledger has under way is. What no ledger has seen
// settled is a contradiction.
func TestPostBatchAsksTheLedgerForEveryItem(t *testing.T) {
	t.Parallel()
	b, _ := proposal(t)
	b = approved(t, b)
	s := newCashbox(t, "ada") // nothing covers bruno
	tampered := b
	tampered.Items = slices.Clone(b.Items)
	for i := range tampered.Items {
		tampered.Items[i].Status = contracts.ItemUnderWay
	}
	posted, err := s.postBatch(tampered)
	require.NoError(t, err)
	if statuses(posted) != "under_way refused" || s.stands("ada") != "0.00 100.00 0.00" || !posted.Posted {
		t.Errorf("items %s, ada stands at %s", statuses(posted), s.stands("ada"))
	}
	for _, status := range []contracts.ItemStatus{contracts.ItemPaid, contracts.ItemFailed, contracts.ItemReturned} {
		tampered.Items[1].Status = status
		if _, err := s.postBatch(tampered); conflictOf(err) != "payout.unknown" {
			t.Errorf("%s in the batch, nothing in the ledger: error %v", status, err)
		}
	}
}

// Of two copies of a batch the one that was refused learns that the other was posted.
func TestRefusedInOneCopy(t *testing.T) {
	t.Parallel()
	b, _ := proposal(t)
	b = approved(t, b)
	s := newCashbox(t, "bruno")
	one, err := s.postBatch(b)
	require.NoError(t, err)
	s.earn("ada", eur(10000))
	two, err := s.postBatch(b)
	require.NoError(t, err)
	again, err := s.postBatch(one)
	require.NoError(t, err)
	if diff := cmp.Diff(two, again); diff != "" || statuses(one) != "refused under_way" || statuses(two) != "under_way under_way" {
		t.Errorf("first %s, posted again (-second +first):\n%s", statuses(one), diff)
	}
}

// An outcome that is not posted yet outlives a posting of the batch; one that contradicts
// the ledger does not.
func TestPostBatchKeepsWhatIsToBePosted(t *testing.T) {
	t.Parallel()
	b, s := underWayBatch(t)
	ada := b.Items[0].Reference
	paid := b.Reconcile([]contracts.Outcome{{Reference: ada, Status: contracts.PayoutPaid}}).Batch
	again, err := s.postBatch(paid)
	require.NoError(t, err)
	if statuses(again) != "paid under_way" {
		t.Errorf("items %s", statuses(again))
	}
	_, err = s.pay(contracts.Payment{Reference: ada, Creator: "ada", Amount: eur(10000), Status: contracts.PayoutFailed})
	require.NoError(t, err)
	again, err = s.postBatch(paid)
	require.NoError(t, err)
	if statuses(again) != "failed under_way" {
		t.Errorf("the ledger has it as failed, items %s", statuses(again))
	}
}

// One item that the ledger contradicts keeps no other from the books.
func TestPostOutcomesPostsTheRest(t *testing.T) {
	t.Parallel()
	b, s := underWayBatch(t)
	_, err := s.pay(contracts.Payment{Reference: b.Items[0].Reference, Creator: "ada", Amount: eur(10000), Status: contracts.PayoutFailed})
	require.NoError(t, err)
	b = b.Reconcile([]contracts.Outcome{
		{Reference: b.Items[0].Reference, Status: contracts.PayoutPaid}, {Reference: b.Items[1].Reference, Status: contracts.PayoutPaid},
	}).Batch
	entries, err := contracts.PostOutcomes(t.Context(), attribution.NoTx{}, s.Ledger, b, date(12, 5))
	if conflictOf(err) != "payout.step" || len(entries) != 1 || s.stands("bruno") != "0.00 0.00 100.00" {
		t.Errorf("bruno stands at %s after %+v, error %v", s.stands("bruno"), entries, err)
	}
}

// However a name is written, its bearer is one person; and nobody is a mark alone.
func TestApprovalsBySpelling(t *testing.T) {
	t.Parallel()
	for name, spellings := range map[string][3]string{
		"composed and decomposed": {"Jos\u00e9 Nu\u00f1ez", "Jose\u0301 Nu\u00f1ez", "JOSE\u0301  Nun\u0303ez"},
		"invisible":               {"mallory", "mallory\u200b", "mal\u00adlory"},
		"full width":              {"mallory", "\uff4dallory", "\uff4d\uff41llory"},
		"case beyond lower case":  {"strauss", "\u017ftrauss", "\u017ftrau\u00df"},
		"fillers":                 {"mallory", "mallory\u3164", "mallory\ufe0f"},
	} {
		b, _ := proposal(t)
		b.PreparedBy = spellings[0]
		for _, by := range spellings[1:] {
			_, err := b.Approve(by, date(12, 2))
			if diff := cmp.Diff([]fault{{"by", "batch.same_person"}}, faultsOf(err)); diff != "" {
				t.Errorf("%s: prepared by %+q, approved by %+q (-want +got):\n%s", name, spellings[0], by, diff)
			}
		}
	}
	b, _ := proposal(t)
	for by, want := range map[string]string{"\u0301": "required", "\u200b \u3164": "required", "a\xff": "batch.text"} {
		_, err := b.Approve(by, date(12, 2))
		if diff := cmp.Diff([]fault{{"by", want}}, faultsOf(err)); diff != "" {
			t.Errorf("by %+q (-want +got):\n%s", by, diff)
		}
	}
}

// What a rail cannot write is left out, with a reason, and keeps nobody else back.
func TestProposeLeavesOutWhatCannotBeWritten(t *testing.T) {
	t.Parallel()
	o := sepaOptions()
	var asked []byline.CreatorID
	o.Writable = func(i contracts.BatchItem) error {
		asked = append(asked, i.Creator)
		if i.Creator == "ada" {
			return byline.ErrInvalid
		}
		return nil
	}
	b, err := contracts.Propose([]contracts.Balance{payable("ada", eur(10000)), payable("bruno", eur(10000)), payable("dario", eur(10000))}, o)
	require.NoError(t, err)
	want := []contracts.LeftOut{
		{Creator: "ada", Payable: eur(10000), Reasons: []contracts.LeftReason{contracts.LeftUnwritable}},
		{Creator: "dario", Payable: eur(10000), Reasons: []contracts.LeftReason{contracts.LeftOnReview}},
	}
	if diff := cmp.Diff(want, b.LeftOut); diff != "" || len(b.Items) != 1 || !slices.Equal(asked, []byline.CreatorID{"ada", "bruno"}) {
		t.Errorf("asked for %v, left out (-want +got):\n%s", asked, diff)
	}
}

// The payer and the day are a part of the batch, whatever becomes of the options.
func TestBatchPayer(t *testing.T) {
	t.Parallel()
	o := sepaOptions()
	o.Payer = &contracts.Payee{Name: "Demo Brand", IBAN: ibanDE}
	o.ExecuteOn = time.Date(2026, 12, 4, 23, 30, 0, 0, time.FixedZone("", -8*60*60)) // the 5th in UTC
	b, err := contracts.Propose([]contracts.Balance{payable("ada", eur(10000))}, o)
	require.NoError(t, err)
	o.Payer.IBAN = ibanGB
	if b.Payer.IBAN != ibanDE || !b.ExecuteOn.Equal(time.Date(2026, 12, 4, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("paid from %+v on %s", b.Payer, b.ExecuteOn)
	}
	data, err := json.Marshal(b)
	require.NoError(t, err)
	var back contracts.Batch
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(b, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

// One batch is two messages over two rails, so that neither takes the other's report.
func TestMessageIDIsOfTheRail(t *testing.T) {
	t.Parallel()
	seen := map[string]contracts.Rail{}
	for _, r := range []contracts.Rail{contracts.RailSEPA, contracts.RailStripe, contracts.RailPayPal, contracts.RailFile} {
		id := contracts.Batch{ID: "2026-11", Rail: r}.MessageID()
		if other, ok := seen[id]; ok {
			t.Errorf("%s and %s have one id", r, other)
		}
		seen[id] = r
	}
}

// What came back is back, though the word that it was paid comes later.
func TestReturnedBeatsPaidLater(t *testing.T) {
	t.Parallel()
	b, _ := underWayBatch(t)
	word := func(day int, status contracts.PayoutStatus) contracts.Outcome {
		return contracts.Outcome{Reference: b.Items[0].Reference, Status: status, At: date(12, day)}
	}
	got := b.Reconcile([]contracts.Outcome{word(4, contracts.PayoutReturned), word(5, contracts.PayoutPaid)}).Batch
	if got.Items[0].Status != contracts.ItemReturned || !got.Items[0].Outcome.At.Equal(date(12, 4)) {
		t.Errorf("item %+v", got.Items[0])
	}
}
