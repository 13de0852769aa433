package contracts_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

const (
	brand   = contracts.RoleBrand
	creator = contracts.RoleCreator
)

// move is one step of a negotiation, by whatever method.
type move func(contracts.Negotiation) (contracts.Negotiation, error)

func propose(by contracts.Role, day int, rate contracts.Rate) move {
	return func(n contracts.Negotiation) (contracts.Negotiation, error) {
		return n.Propose(by, date(10, day), atRate(rate), "")
	}
}

func accept(by contracts.Role, offer, day int) move {
	return func(n contracts.Negotiation) (contracts.Negotiation, error) {
		return n.Accept(by, offer, date(10, day))
	}
}

func decline(by contracts.Role, offer, day int) move {
	return func(n contracts.Negotiation) (contracts.Negotiation, error) {
		return n.Decline(by, offer, date(10, day))
	}
}

func withdraw(by contracts.Role, offer, day int) move {
	return func(n contracts.Negotiation) (contracts.Negotiation, error) {
		return n.Withdraw(by, offer, date(10, day))
	}
}

func atRate(rate contracts.Rate) contracts.Terms {
	t := terms()
	t.Pay.Percentages[0].Rate = rate * contracts.Percent
	return t
}

func negotiate(t testing.TB, moves ...move) contracts.Negotiation {
	t.Helper()
	n := contracts.NewNegotiation("neg-1")
	for _, m := range moves {
		var err error
		n, err = m(n)
		require.NoError(t, err)
	}
	return n
}

func TestNegotiation(t *testing.T) {
	t.Parallel()
	p1, p2 := propose(brand, 1, 10), propose(creator, 2, 15)
	tests := map[string]struct {
		before []move
		then   move
		want   error   // nil: it is allowed
		faults []fault // where want is ErrInvalid
	}{
		"an offer":                      {nil, p1, nil, nil},
		"a counter-offer":               {[]move{p1}, p2, nil, nil},
		"one's own better offer":        {[]move{p1}, propose(brand, 2, 12), nil, nil},
		"the other side accepts":        {[]move{p1, p2}, accept(brand, 2, 3), nil, nil},
		"at the same instant":           {[]move{p1}, accept(creator, 1, 1), nil, nil},
		"accepting one's own":           {[]move{p1, p2}, accept(creator, 2, 3), byline.ErrInvalid, []fault{{"offer", "negotiation.own_offer"}}},
		"declining one's own":           {[]move{p1}, decline(brand, 1, 3), byline.ErrInvalid, []fault{{"offer", "negotiation.own_offer"}}},
		"accepting what was replaced":   {[]move{p1, p2}, accept(creator, 1, 3), byline.ErrConflict, nil},
		"accepting what was withdrawn":  {[]move{p1, withdraw(brand, 1, 2)}, accept(creator, 1, 3), byline.ErrConflict, nil},
		"accepting what was declined":   {[]move{p1, decline(creator, 1, 2)}, accept(creator, 1, 3), byline.ErrConflict, nil},
		"accepting twice":               {[]move{p1, accept(creator, 1, 2)}, accept(creator, 1, 3), byline.ErrConflict, nil},
		"withdrawing what was accepted": {[]move{p1, accept(creator, 1, 2)}, withdraw(brand, 1, 3), byline.ErrConflict, nil},
		"an offer after the end":        {[]move{p1, accept(creator, 1, 2)}, propose(brand, 3, 5), byline.ErrConflict, nil},
		"an offer after a refusal":      {[]move{p1, decline(creator, 1, 2)}, propose(brand, 3, 5), nil, nil},
		"withdrawing another's":         {[]move{p1}, withdraw(creator, 1, 3), byline.ErrInvalid, []fault{{"offer", "negotiation.other_offer"}}},
		"no such offer":                 {[]move{p1}, accept(creator, 2, 3), byline.ErrNotFound, nil},
		"offer zero":                    {[]move{p1}, accept(creator, 0, 3), byline.ErrNotFound, nil},
		"before any offer":              {nil, accept(creator, 1, 3), byline.ErrNotFound, nil},
		"back in time":                  {[]move{p2}, accept(brand, 1, 1), byline.ErrInvalid, []fault{{"at", "negotiation.time"}}},
		"an agency":                     {[]move{p1}, accept(contracts.RoleAgency, 1, 3), byline.ErrInvalid, []fault{{"by", "oneof"}}},
		"terms with faults": {nil, func(n contracts.Negotiation) (contracts.Negotiation, error) {
			bad := terms()
			bad.Zone, bad.Campaign = "x", ""
			return n.Propose("", time.Time{}, bad, strings.Repeat("x", 10_001))
		}, byline.ErrInvalid, []fault{{"by", "oneof"}, {"at", "required"}, {"note", "max"}, {"terms.campaign", "required"}, {"terms.zone", "agreement.zone"}}},
		"another agreement": {[]move{p1}, func(n contracts.Negotiation) (contracts.Negotiation, error) {
			other := terms()
			other.Creator = "bruno"
			return n.Propose(brand, date(10, 2), other, "")
		}, byline.ErrInvalid, []fault{{"terms", "negotiation.subject"}}},
		"after all years": {[]move{p1}, func(n contracts.Negotiation) (contracts.Negotiation, error) {
			return n.Accept(creator, 1, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))
		}, byline.ErrInvalid, []fault{{"at", "negotiation.time"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := negotiate(t, tt.before...)
			after, err := tt.then(before)
			if tt.want == nil {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, tt.want)
			}
			if tt.want == byline.ErrInvalid { //nolint:errorlint // the table's own value
				if diff := cmp.Diff(tt.faults, faultsOf(err)); diff != "" {
					t.Errorf("faults (-want +got):\n%s", diff)
				}
			}
			if grew := len(after.Moves()) - len(before.Moves()); len(before.Moves()) != len(tt.before) || err == nil && grew != 1 {
				t.Errorf("the log grew by %d, before it has %d", grew, len(before.Moves()))
			}
		})
	}
}

func TestNegotiationNeedsAnID(t *testing.T) {
	t.Parallel()
	_, err := propose(brand, 1, 10)(contracts.NewNegotiation(""))
	if diff := cmp.Diff([]fault{{"id", "required"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestNegotiationAgreed(t *testing.T) {
	t.Parallel()
	open := negotiate(t, propose(brand, 1, 10), propose(creator, 2, 15))
	if offer, by, ok := open.Open(); offer != 2 || by != creator || !ok {
		t.Errorf("open is offer %d of %s: %v", offer, by, ok)
	}
	if _, ok := open.Agreed(); ok {
		t.Error("an open negotiation has agreed terms")
	}
	n := negotiate(t, propose(brand, 1, 10), propose(creator, 2, 15), decline(brand, 2, 3), propose(brand, 4, 12), accept(creator, 3, 5))
	agreed, ok := n.Agreed()
	if !ok || agreed.Pay.Percentages[0].Rate != 12*contracts.Percent {
		t.Errorf("agreed %v: %v", ok, agreed.Pay)
	}
	if _, _, ok := n.Open(); ok {
		t.Error("an offer is open after the end")
	}
	agreed.Pay.Percentages[0].Rate = 1
	n.Moves()[0].Terms.Pay.Percentages[0].Rate = 1
	again, _ := n.Agreed()
	if again.Pay.Percentages[0].Rate != 12*contracts.Percent || n.Moves()[0].Terms.Pay.Percentages[0].Rate != 10*contracts.Percent {
		t.Error("a caller changed the record")
	}
	last := n.Moves()[4]
	if last.By != creator || last.Kind != contracts.Accepted || last.Offer != 3 {
		t.Errorf("the record says %+v", last)
	}
}

// An offer carries no signature, and two moves from one state do not disturb each other.
func TestNegotiationForks(t *testing.T) {
	t.Parallel()
	signed := signedByBoth(t).Terms()
	n, err := contracts.NewNegotiation("neg-2").Propose(brand, date(10, 9), signed, "again")
	require.NoError(t, err)
	if got := n.Moves()[0].Terms; len(got.Signatures) > 0 || !got.SignedAt.IsZero() {
		t.Errorf("an offer is signed: %v", got.Signatures)
	}
	base := negotiate(t, propose(brand, 1, 10), propose(creator, 2, 15), propose(brand, 3, 11))
	yes, err := base.Accept(creator, 3, date(10, 4))
	require.NoError(t, err)
	no, err := base.Decline(creator, 3, date(10, 4))
	require.NoError(t, err)
	if yes.Moves()[3].Kind != contracts.Accepted || no.Moves()[3].Kind != contracts.Declined {
		t.Error("one future overwrote the other")
	}
}

func history(t testing.TB) contracts.Negotiation {
	t.Helper()
	n := negotiate(t, propose(brand, 1, 10), propose(creator, 2, 15), withdraw(creator, 2, 3))
	n, err := n.Propose(brand, date(10, 4).Add(time.Nanosecond).In(time.FixedZone("", 3600)), richTerms2(), "last <word> \xff")
	require.NoError(t, err)
	n, err = n.Accept(creator, 3, date(10, 5))
	require.NoError(t, err)
	return n
}

// richTerms2 are those of richTerms for the agreement that terms are of.
func richTerms2() contracts.Terms {
	t := richTerms()
	t.ID, t.Creator, t.Campaign = terms().ID, terms().Creator, terms().Campaign
	return t
}

func TestReadNegotiation(t *testing.T) {
	t.Parallel()
	n := history(t)
	data, err := json.Marshal(n)
	require.NoError(t, err)
	back, err := contracts.ReadNegotiation(data)
	require.NoError(t, err)
	again, err := json.Marshal(back)
	require.NoError(t, err)
	if diff := cmp.Diff(n.Moves(), back.Moves(), cmp.Comparer(byline.Money.Equal)); diff != "" || back.ID() != "neg-1" {
		t.Errorf("round trip of %s (-want +got):\n%s", back.ID(), diff)
	}
	if back.Explain() != n.Explain() || len(again) == 0 {
		t.Error("read back it says something else")
	}
	empty, err := contracts.ReadNegotiation([]byte(`{"id":"neg-2","moves":null}`))
	require.NoError(t, err)
	if len(empty.Moves()) != 0 || empty.ID() != "neg-2" {
		t.Errorf("read %v", empty)
	}
}

// Whatever is changed in a stored log, it is refused at the first wrong move.
func TestReadNegotiationTampered(t *testing.T) {
	t.Parallel()
	type log struct {
		ID    string           `json:"id"`
		Moves []contracts.Move `json:"moves"`
	}
	tests := map[string]struct {
		change func(*log)
		want   []fault
	}{
		"not at all":          {func(*log) {}, nil},
		"another id":          {func(l *log) { l.ID = "neg-2" }, []fault{{"moves[0].hash", "negotiation.hash"}}},
		"another rate":        {func(l *log) { l.Moves[0].Terms.Pay.Percentages[0].Rate++ }, []fault{{"moves[0].hash", "negotiation.hash"}}},
		"another day":         {func(l *log) { l.Moves[1].At = l.Moves[1].At.Add(1) }, []fault{{"moves[1].hash", "negotiation.hash"}}},
		"another note":        {func(l *log) { l.Moves[3].Note = "" }, []fault{{"moves[3].hash", "negotiation.hash"}}},
		"another side":        {func(l *log) { l.Moves[0].By = creator }, []fault{{"moves[0].hash", "negotiation.hash"}}},
		"another hash":        {func(l *log) { l.Moves[4].Hash = noDocument }, []fault{{"moves[4].hash", "negotiation.hash"}}},
		"another end":         {func(l *log) { l.Moves[4].Kind = contracts.Declined }, []fault{{"moves[4].hash", "negotiation.hash"}}},
		"one taken out":       {func(l *log) { l.Moves = append(l.Moves[:2], l.Moves[3:]...) }, []fault{{"moves[2].hash", "negotiation.hash"}}},
		"the first taken out": {func(l *log) { l.Moves = l.Moves[1:] }, []fault{{"moves[0]", "negotiation.order"}}},
		"one put in twice":    {func(l *log) { l.Moves = append(l.Moves, l.Moves[4]) }, []fault{{"moves[5].offer", "negotiation.order"}}},
		"two swapped":         {func(l *log) { l.Moves[1], l.Moves[2] = l.Moves[2], l.Moves[1] }, []fault{{"moves[1].offer", "negotiation.order"}}},
		"no such move":        {func(l *log) { l.Moves[0].Kind = "hinted" }, []fault{{"moves[0].kind", "oneof"}, {"moves[0]", "negotiation.order"}}},
		"an offer of nothing": {func(l *log) { l.Moves[0].Terms = nil }, []fault{{"moves[0]", "negotiation.order"}}},
		"an answer with more": {func(l *log) { l.Moves[2].Note = "x" }, []fault{{"moves[2]", "negotiation.order"}}},
		"a forged acceptance": {func(l *log) { l.Moves[4].By = brand }, []fault{{"moves[4].offer", "negotiation.own_offer"}}},
		"an offer signed":     {func(l *log) { l.Moves[0].Terms.Signatures = signatures(brand) }, []fault{{"moves[0].terms", "negotiation.signed"}}},
		"an offer dated":      {func(l *log) { l.Moves[0].Terms.SignedAt = date(1, 15) }, []fault{{"moves[0].terms", "negotiation.signed"}}},
		"nobody":              {func(l *log) { l.Moves[4].By = "" }, []fault{{"moves[4].by", "oneof"}}},
		"no id":               {func(l *log) { l.ID = "" }, []fault{{"", "negotiation.syntax"}}},
	}
	data, err := json.Marshal(history(t))
	require.NoError(t, err)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stored log
			require.NoError(t, json.Unmarshal(data, &stored))
			tt.change(&stored)
			changed, err := json.Marshal(stored)
			require.NoError(t, err)
			_, err = contracts.ReadNegotiation(changed)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadNegotiationSyntax(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "null", "[]", "{", `{"id":1}`, `{"id":"a"}{}`, `{"id":"a","more":1}`, `{"id":"a","moves":[{"more":1}]}`,
		`{"id":"a","id":"a"}`, `{"id":"a","moves":[],"moves":[]}`, `{"id":"a","moves":null,"MOVES":[]}`, `{"ID":"a"}`, `{"id":"a","moveſ":[]}`, `{"id":"a","moves":[{"by":"brand","by":"creator"}]}`, strings.Repeat("[", 100_000)} {
		_, err := contracts.ReadNegotiation([]byte(text))
		if diff := cmp.Diff([]fault{{"", "negotiation.syntax"}}, faultsOf(err)); diff != "" {
			t.Errorf("%.40q (-want +got):\n%s", text, diff)
		}
	}
}

// A log ends somewhere: each move copies it.
func TestNegotiationIsBounded(t *testing.T) {
	t.Parallel()
	n := contracts.NewNegotiation("neg-1")
	for range 1000 {
		var err error
		n, err = propose(brand, 1, 10)(n)
		require.NoError(t, err)
	}
	_, err := accept(creator, 1000, 1)(n)
	if diff := cmp.Diff([]fault{{"moves", "max"}}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func FuzzReadNegotiation(f *testing.F) {
	data, err := json.Marshal(history(f))
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"id":"a","moves":[{"kind":"accepted","by":"brand","at":"2026-10-01T00:00:00Z","offer":1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := contracts.ReadNegotiation(data)
		if err != nil {
			require.ErrorIs(t, err, byline.ErrInvalid)
			return
		}
		n.Explain()
		written, err := json.Marshal(n)
		require.NoError(t, err)
		again, err := contracts.ReadNegotiation(written)
		require.NoError(t, err)
		rewritten, err := json.Marshal(again)
		require.NoError(t, err)
		if !bytes.Equal(written, rewritten) {
			t.Errorf("%s\nread and written: %s", written, rewritten)
		}
	})
}

func ExampleNegotiation() {
	offer := contracts.Terms{ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "autumn",
		Effective: byline.Window{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)},
		Pay: contracts.Pay{Fees: []contracts.Fee{{ID: "posting", Amount: byline.Minor(50000, byline.EUR), Due: contracts.AtPosting}},
			Percentages: []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent}}}}
	day := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	n, err := contracts.NewNegotiation("neg-1").Propose(contracts.RoleBrand, day, offer, "as last year")
	if err != nil {
		fmt.Println(err)
		return
	}
	offer.Pay.Fees[0].Amount = byline.Minor(40000, byline.EUR)
	offer.Pay.Percentages[0].Rate = 15 * contracts.Percent
	counter, err := n.Propose(contracts.RoleCreator, day.AddDate(0, 0, 1), offer, "less up front")
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = counter.Accept(contracts.RoleCreator, 1, day.AddDate(0, 0, 2))
	fmt.Println(err)
	done, err := counter.Accept(contracts.RoleBrand, 2, day.AddDate(0, 0, 2))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(done.Explain())
	// Output:
	// offer 1 is not open: it was replaced by offer 2: conflict
	// Negotiation neg-1
	// 1 Oct 2026 09:00 UTC: the brand makes offer 1: "as last year"
	// 2 Oct 2026 09:00 UTC: the creator makes offer 2, which replaces offer 1: "less up front"
	//   The fee 'posting' falls from 500.00 EUR to 400.00 EUR.
	//   The commission 'sales' rises from 10% to 15%.
	// 3 Oct 2026 09:00 UTC: the brand accepts offer 2.
	// Agreed: offer 2.
}
