package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
	"github.com/bylinehq/byline/attribution/trust"
)

// Every amount adds up, by creator and altogether.
func TestSumsAddUp(t *testing.T) {
	t.Parallel()
	split := declare(attribution.Policy{
		Version: "test/1",
		Rules: []attribution.Rule{
			{Evidence: []attribution.EvidenceKind{attribution.ByCode}, Pick: attribution.PickEvenly},
			{Evidence: []attribution.EvidenceKind{attribution.ByClick, attribution.ByUTM}},
		},
	})
	for name, policy := range map[string]declared{"default": declare(attribution.Policy{}), "split": split} {
		given := demoTold(t, config{})
		given.policy = policy
		var err error
		given.decider, err = attribution.NewDecider(given.book, policy.policy)
		require.NoError(t, err)
		r := pass(t, given, bytes.NewReader(demoFile(t, 5000)))
		require.Len(t, r.Currencies, 3)
		for _, s := range r.Currencies {
			sum := sums{}
			for _, c := range s.Creators {
				require.NoError(t, sum.add(&c.sums))
				adds(t, name, string(c.Creator), c.sums)
			}
			require.NoError(t, sum.add(&s.Nobody))
			adds(t, name, "nobody", s.Nobody)
			adds(t, name, "all", s.Total)
			// A shared order counts for each creator, so only amounts have to agree.
			sum.Orders, sum.Code, sum.Click, sum.Confirmed, sum.Agree = s.Total.Orders, s.Total.Code, s.Total.Click, s.Total.Confirmed, s.Total.Agree
			if diff := cmp.Diff(s.Total, sum); diff != "" {
				t.Errorf("%s, %s (-total +sum):\n%s", name, s.Currency, diff)
			}
		}
	}
}

func adds(t *testing.T, policy, who string, s sums) {
	t.Helper()
	parts, err := byline.Sum(s.Returned, s.Unpaid, s.Earning, s.Held)
	if err != nil || parts != s.Sold {
		t.Errorf("%s: of %s, %s is sold and the parts are %s, %v", policy, who, s.Sold, parts, err)
	}
}

// What leaves the trace out must find what the trace finds.
func TestScoringFindsWhatDecidingFinds(t *testing.T) {
	t.Parallel()
	file := demoFile(t, 3000)
	given := demoTold(t, config{})
	got := pass(t, given, bytes.NewReader(file))
	want := newTally()
	r, err := ordercsv.NewReader(bytes.NewReader(file), given.mapping)
	require.NoError(t, err)
	for o, err := range r.Orders() {
		if err != nil {
			continue
		}
		d := given.decider.Decide(o, &attribution.History{Customer: r.CustomerStatus()})
		require.NoError(t, want.add(&d))
	}
	if diff := cmp.Diff(want.sections(true), got.Currencies, cmp.AllowUnexported(creatorRow{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.whys(), got.Nobody.Reasons); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// An amount that waits is in no earning.
func TestHeld(t *testing.T) {
	t.Parallel()
	eur := func(minor int64) byline.Money { return byline.Minor(minor, byline.EUR) }
	ta := newTally()
	require.NoError(t, ta.add(&attribution.Decision{
		Standing: attribution.StandingEarning, Sold: eur(100), Returned: eur(10), Earning: eur(90),
		Credits: []attribution.Credit{{Creator: "ada", By: attribution.ByCode, Share: attribution.Share{Num: 1, Den: 1}, Sold: eur(100), Earning: eur(0), Held: eur(90)}},
	}))
	zero := eur(0)
	want := sums{Orders: 1, Code: 1, Sold: eur(100), Returned: eur(10), Held: eur(90), Earning: zero, Unpaid: zero}
	s := ta.sections(false)[0]
	if diff := cmp.Diff([]sums{want, want}, []sums{s.Total, s.Creators[0].sums}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	r := report{Currencies: []section{s}, Clicks: true}
	var table, page bytes.Buffer
	require.NoError(t, r.writeTable(&table))
	require.NoError(t, r.writeHTML(&page))
	for name, text := range map[string]string{"table": table.String(), "page": page.String()} {
		if !strings.Contains(text, "Held") || !strings.Contains(text, "€0.90") {
			t.Errorf("the %s does not tell what is held:\n%s", name, text)
		}
	}
}

// Leads have no money, and are counted all the same.
func TestLeads(t *testing.T) {
	t.Parallel()
	r := reportOf(t, "id,kind,placed_at,codes\n1,lead,2026-11-02T09:00:00Z,ADA15\n2,sign_up,2026-11-02T09:00:00Z,\n", config{})
	s := r.Currencies[0]
	if s.Currency != "" || s.Total.Orders != 2 || s.Creators[0].Orders != 1 || s.Total.Sold != (byline.Money{}) || len(r.Notes) != 1 {
		t.Errorf("%+v", r)
	}
	var table, page bytes.Buffer
	require.NoError(t, r.writeTable(&table))
	require.NoError(t, r.writeHTML(&page))
	if !strings.Contains(table.String(), "Without money: 2 orders, 1 of them credited") || strings.Contains(page.String(), `scope="col" class="n">Earning`) {
		t.Errorf("%s", table.String())
	}
}

// A leak is found in whatever order the file is.
func TestLeaks(t *testing.T) {
	t.Parallel()
	file := demoFile(t, 20_000)
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	require.NoError(t, err)
	slices.Reverse(rows[1:])
	var backward bytes.Buffer
	require.NoError(t, csv.NewWriter(&backward).WriteAll(rows))
	given := demoTold(t, config{})
	got, reversed := pass(t, given, bytes.NewReader(file)), pass(t, given, &backward)
	if diff := cmp.Diff(got.Leaks, reversed.Leaks); diff != "" {
		t.Errorf("(-forward +backward):\n%s", diff)
	}
	if l := got.Leaks.Leaking; len(l) != 1 || l[0].Creator != "dario" || got.Leaks.Codes[trust.NothingYet] != 9 || got.Leaks.Missed != 0 {
		t.Errorf("%+v", got.Leaks)
	}
}

// More uses than can wait, the latest first: what cannot be watched is told.
func TestUsesMissed(t *testing.T) {
	t.Parallel()
	w, err := newWatch(1)
	require.NoError(t, err)
	for i := range held + held/2 + 1 {
		w.add(decisionByCode("ADA15", -i))
	}
	if got := w.leaks(); got.Missed != held/2+1 {
		t.Errorf("%d missed", got.Missed)
	}
	w, err = newWatch(1)
	require.NoError(t, err)
	for i := range maxWatched + 7 {
		w.add(decisionByCode(fmt.Sprint("CODE", i), i))
	}
	if got := w.leaks(); got.Missed != 7 || got.Codes[trust.TooFewUses] != maxWatched {
		t.Errorf("%d missed, %v", got.Missed, got.Codes)
	}
}

// decisionByCode is of an order that was placed so many minutes after another.
func decisionByCode(code string, minutes int) attribution.Decision {
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(minutes) * time.Minute)
	return attribution.Decision{
		Order: byline.OrderID(code), PlacedAt: at, Credits: []attribution.Credit{{Creator: "ada", By: attribution.ByCode, Evidence: []string{code}}},
	}
}

// Codes that may bring only so many orders stop counting there.
func TestLimitedUses(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{"offers.csv": "creator,campaign,code,uses\nada,autumn,ADA15,2\n"})
	var orders strings.Builder
	_, _ = io.WriteString(&orders, head)
	for i, payment := range []string{"paid", "voided", "paid", "paid"} {
		fmt.Fprintf(&orders, "%d,2026-11-%02dT09:00:00Z,%s,EUR,10.00,,ADA15,,,,\n", i, i+1, payment)
	}
	got := call(t, dir, orders.String(), "-orders", "-", "-offers", "@/offers.csv")
	for _, want := range []string{"Credited  3 (75%)", "1  the code had brought as many orders as its offer allows"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is not in\n%s", want, got.out)
		}
	}
}

// What a file cannot tell is said where a policy asks for it.
func TestNotes(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		"offers.csv":  "creator,campaign,code,uses\nada,autumn,ADA15,2\n",
		"orders.csv":  "id,placed_at,payment,currency,gross\n1,2026-11-02T09:00:00Z,paid,EUR,1\n2,2026-11-01T09:00:00Z,paid,EUR,1\n",
		"policy.json": `{"version":"v","rules":[{"evidence":["manual"]},{"evidence":["binding"]},{"evidence":["code"],"customers":"new"}]}`,
	})
	got := call(t, dir, "", "-orders", "@/orders.csv", "-offers", "@/offers.csv", "-policy", "@/policy.json", "-format", "json")
	for _, code := range []string{"no_clicks", "no_history", "no_customer_status", "uses_unordered"} {
		if !strings.Contains(got.out, `"code": "`+code+`"`) {
			t.Errorf("no note %s in\n%s", code, got.out)
		}
	}
	if got := call(t, dir, "", "-orders", "@/orders.csv", "-offers", "@/offers.csv", "-against", "dub"); !strings.Contains(got.out, "bindings and cool-downs found nothing") {
		t.Errorf("nothing is said of the other policy:\n%s", got.out)
	}
}
