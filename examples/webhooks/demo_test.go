package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// TestDemoOnce runs the demo as a newcomer does and reads what it prints.
func TestDemoOnce(t *testing.T) {
	t.Parallel()
	out := &output{}
	require.NoError(t, run(t.Context(), []string{"-demo", "-once", "-addr", "127.0.0.1:0"}, env(nil), out))
	text := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{
		"Acorn & Ash (demo)", "Every person, shop and order is made up",
		"ada15 was used; it belongs to Demo Ada, and a click on ada agrees.",
		"Owed: €9.60 to Demo Bruno under ag-bruno version 1 (+€13.28, −€3.68).",
		"Owed: nothing any more to Demo Farid under ag-farid version 1",
		"The code GRETA20 is a discount listed like a code; no customer used it.",
		"The code HUGO10 belonged to Demo Hugo until",
		"under ag-chloe version 1", "under ag-chloe version 2", "Owed: nothing.",
		"Demo Greta GRETA20 10 €1,058.42 −€16.60",
		"(+€2.76, −€2.76, +€2.76)", "€304.33 for Demo Inês is ",
		"ADA was the last click", "The survey answer Q1 is recorded and does not count", `"Demo colleague" assigned the order to Demo Edda`,
		"The customer asked to be forgotten",
		"openssl dgst -sha256 -hmac 'demo-secret-not-for-production' -binary ", "/api/orders/shopify:7700000009001",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not print %q", want)
		}
	}
	if decisions := strings.Count(text, "Owed: "); decisions < 12 {
		t.Errorf("%d decisions are told, want a dozen", decisions)
	}
	if t.Failed() {
		t.Log(out)
	}
}

// The same two months, whenever they are told.
func TestStoryIsTheSameEveryDay(t *testing.T) {
	t.Parallel()
	tell := func(base time.Time) []string {
		var lines []string
		for _, e := range newStory(base).episodes {
			lines = append(lines, fmt.Sprintln(e.sale.number, e.sale.placed.Sub(base), e.sale.codes, e.sale.link, e.sale.total(), len(e.refunds)))
		}
		return lines
	}
	base := time.Date(2026, 9, 23, 0, 0, 0, 0, time.UTC)
	if diff := cmp.Diff(tell(base), tell(base.Add(400*day))); diff != "" {
		t.Errorf("(-this day +another day):\n%s", diff)
	}
}

// Shops repeat themselves, and so does the story.
func TestStoryRepeatsItself(t *testing.T) {
	t.Parallel()
	told := newStory(time.Date(2026, 9, 23, 0, 0, 0, 0, time.UTC))
	times, topics, mixed := map[string]int{}, map[string]int{}, 0
	list := told.postings()
	for i, p := range list {
		times[p.id]++
		topics[p.topic]++
		if i > 0 && p.at.Before(list[i-1].at) {
			mixed++
		}
	}
	if again := len(list) - len(times); again < 20 || mixed < 50 || topics["refunds/create"] < 10 {
		t.Errorf("%d sent again, %d out of order, %v", again, mixed, topics)
	}
}

// Everything that the demo owes adds up: the statements of all creators, the accounts
// of all orders with the fees and the payout, and the rows of the ledger.
func TestDemoAddsUp(t *testing.T) {
	t.Parallel()
	s, told := launchDemo(t)
	creators := getJSON[creatorsJSON](t, s.url+"/api/creators")
	if len(creators.Creators) < 8 {
		t.Errorf("%d creators, want at least 8", len(creators.Creators))
	}
	var owed, posted, fees, paid, periods, gifts int64
	for _, c := range creators.Creators {
		statement := getJSON[statementJSON](t, s.url+"/api"+creatorPath(c.ID))
		if diff := cmp.Diff(c.Balances, statement.Balances); diff != "" {
			t.Errorf("%s: two balances (-list +statement):\n%s", c.ID, diff)
		}
		for _, b := range c.Balances {
			owed += b.Owed.Minor()
		}
	}
	sum := func(query string, into *int64) {
		require.NoError(t, s.database.reader.QueryRowContext(t.Context(), query).Scan(into))
	}
	sum(`SELECT sum(amount) FROM contracts_entry WHERE account <> 'in_kind'`, &posted)
	sum(`SELECT sum(amount) FROM contracts_entry WHERE kind = 'flat_fee'`, &fees)
	sum(`SELECT sum(amount) FROM contracts_entry WHERE kind = 'payout'`, &paid)
	sum(`SELECT sum(amount) FROM contracts_entry WHERE subject LIKE 'periods:%'`, &periods)
	sum(`SELECT sum(amount) FROM contracts_entry WHERE account = 'in_kind'`, &gifts)
	orders := fees + paid + periods
	ids := make([]byline.OrderID, 0, len(told.episodes))
	for _, e := range told.episodes {
		ids = append(ids, e.sale.orderID())
	}
	for _, t := range told.epilogue[:3] { // the fourth is one of the episodes
		ids = append(ids, t.id)
	}
	for _, id := range ids {
		for _, d := range getJSON[orderJSON](t, s.url+"/api"+orderPath(id)).Owed {
			orders += d.Amount.Minor()
		}
	}
	if owed != posted || owed != orders || owed == 0 {
		t.Errorf("owed by statements %d, by the ledger %d, by orders with fees, periods and payouts %d", owed, posted, orders)
	}
	if fees != 1630_00 || paid >= 0 || periods <= 0 || gifts != 79_00 {
		t.Errorf("fees %d, payouts %d, periods %d, gifts %d", fees, paid, periods, gifts)
	}
	if greta := creators.Creators[slices.IndexFunc(creators.Creators, func(c creatorJSON) bool { return c.ID == paidOut })]; greta.Balances[0].Owed.Sign() >= 0 {
		t.Errorf("a refund after the payout is not carried forward: %+v", greta.Balances)
	}
}

// Whatever order the webhooks come in, the money ends the same.
func TestDemoInAnyOrder(t *testing.T) {
	t.Parallel()
	base := time.Date(2026, 9, 23, 0, 0, 0, 0, time.UTC)
	p, err := newProgramme(demoProgramme(base), testOutside())
	require.NoError(t, err)
	told := newStory(base)
	forward := slices.Concat(told.postings(), accidents(told)[:3], told.latePostings())
	backward := slices.Clone(forward)
	slices.Reverse(backward)
	settle := func(list []posting) []contracts.Balance {
		s := launch(t, config{shop: demoShop, secrets: []attribution.Secret{demoSecret}}, p, quiet())
		require.NoError(t, sendAll(t.Context(), s, newSender(s.url, demoShop), list))
		require.NoError(t, s.accrue(t.Context()))
		balances, err := s.ledger.Balances(t.Context())
		require.NoError(t, err)
		return balances
	}
	if diff := cmp.Diff(settle(forward), settle(backward)); diff != "" {
		t.Errorf("(-as told +backwards):\n%s", diff)
	}
}

// Each kind of order ends as its title says.
func TestDemoEpisodes(t *testing.T) {
	t.Parallel()
	s, told := launchDemo(t)
	tests := map[string]struct {
		standing attribution.Standing
		credits  []byline.CreatorID
		reason   attribution.Reason // of the first candidate
	}{
		"A code, and a click that agrees":                 {attribution.StandingEarning, []byline.CreatorID{"demo-ada"}, attribution.ReasonCodeOwner},
		"A click and no code":                             {attribution.StandingEarning, []byline.CreatorID{"demo-hugo"}, attribution.ReasonLastClick},
		"A code that later passed on":                     {attribution.StandingEarning, []byline.CreatorID{"demo-dag"}, attribution.ReasonCodeOwner},
		"The same code after the hand-over":               {attribution.StandingEarning, []byline.CreatorID{"demo-edda"}, attribution.ReasonCodeOwner},
		"Under version 1 of an agreement":                 {attribution.StandingEarning, []byline.CreatorID{"demo-chloe"}, attribution.ReasonCodeOwner},
		"Under version 2, at another rate":                {attribution.StandingEarning, []byline.CreatorID{"demo-chloe"}, attribution.ReasonCodeOwner},
		"Two creators’ codes on one order":                {attribution.StandingEarning, []byline.CreatorID{"demo-ada", "demo-bruno"}, attribution.ReasonCodeOwner},
		"Part of it came back":                            {attribution.StandingEarning, []byline.CreatorID{"demo-bruno"}, attribution.ReasonCodeOwner},
		"The refund arrived before the order":             {attribution.StandingEarning, []byline.CreatorID{"demo-ines"}, attribution.ReasonCodeOwner},
		"All of it came back":                             {attribution.StandingRefunded, []byline.CreatorID{"demo-farid"}, attribution.ReasonCodeOwner},
		"Cancelled":                                       {attribution.StandingCancelled, []byline.CreatorID{"demo-ada"}, attribution.ReasonCodeOwner},
		"A code that had ended":                           {attribution.StandingEarning, nil, attribution.ReasonExpired},
		"A discount typed by hand under a creator’s code": {attribution.StandingEarning, nil, attribution.ReasonNotGenuine},
		"Not paid yet":                                    {attribution.StandingUnpaid, []byline.CreatorID{"demo-jonas"}, attribution.ReasonCodeOwner},
		"Came back after the creator was paid":            {attribution.StandingRefunded, []byline.CreatorID{"demo-greta"}, attribution.ReasonCodeOwner},
		"Disputed, and the shop won":                      {attribution.StandingEarning, []byline.CreatorID{"demo-farid"}, attribution.ReasonCodeOwner},
		"Disputed, and not ruled on yet":                  {attribution.StandingEarning, []byline.CreatorID{"demo-chloe"}, attribution.ReasonCodeOwner},
		"A creator buys with their own code":              {attribution.StandingEarning, []byline.CreatorID{"demo-ines"}, attribution.ReasonCodeOwner},
	}
	for _, e := range told.told() {
		want, ok := tests[e.title]
		if !ok {
			t.Errorf("%q is told and not tested", e.title)
			continue
		}
		d := getJSON[orderJSON](t, s.url+"/api"+orderPath(e.sale.orderID())).Decision
		var credits []byline.CreatorID
		for _, c := range d.Credits {
			credits = append(credits, c.Creator)
		}
		if d.Standing != want.standing || d.Candidates[0].Reason != want.reason || !slices.Equal(credits, want.credits) {
			t.Errorf("%s: standing %s, credits %v, reason %s", e.title, d.Standing, credits, d.Candidates[0].Reason)
		}
	}
	if len(told.told()) != len(tests) {
		t.Errorf("%d episodes told, %d tested", len(told.told()), len(tests))
	}
}

// A demo finds another port when the usual one is taken; a server does not.
func TestTakenPort(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = taken.Close() })
	if _, err := listen(t.Context(), config{addr: taken.Addr().String(), demo: true}); err == nil || !strings.Contains(err.Error(), "-addr") {
		t.Errorf("an address that was asked for and is taken: %v", err)
	}
	if usual, err := net.Listen("tcp", defaultAddr); err == nil {
		t.Cleanup(func() { _ = usual.Close() })
	}
	ln, err := listen(t.Context(), config{addr: defaultAddr, demo: true})
	require.NoError(t, err)
	if ln.Addr().String() == defaultAddr {
		t.Error("it listens where somebody else does")
	}
	require.NoError(t, ln.Close())
}

// A demo leaves nothing behind.
func TestDemoCleansUp(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_ = run(ctx, []string{"-demo", "-once", "-addr", "127.0.0.1:0"}, env(nil), io.Discard)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
