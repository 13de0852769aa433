package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/creator"
)

// hostile is text that comes from outside: creators' names, codes, shops, reasons.
func hostile() []string {
	return []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `javascript:alert(1)`,
		`</title></style>{{.}}`, strings.Repeat("long", 500), "שלום עולם \u202e RTL", "👩‍🍳🔥", "\x00\xff not UTF-8", "",
	}
}

// renderAll draws every page with the given words in every place where words stand.
func renderAll(t *testing.T, s *server, word string) map[string]string {
	t.Helper()
	id := byline.CreatorID(word)
	s.programme.Plan.ID, s.programme.Plan.Name, s.config.shop, s.shops[0].Shop = "c", word, word, word
	s.programme.Creators = []member{{
		Profile:      creator.Profile{ID: id, Name: word, Accounts: []creator.Account{{Platform: byline.Platform(word), Handle: word}}},
		Deliverables: []brief.Deliverable{{Platform: byline.Platform(word), Format: brief.Format(word), Code: word}},
	}}
	s.programme.Offers = []attribution.Offer{{Creator: id, Code: word, Link: word}}
	record, entry := wordy(word)
	info := orderstore.DeliveryInfo{Seq: 1, Source: word, ID: word, Topic: word, Status: attribution.StatusFailed, Reason: word, Orders: []byline.OrderID{record.Order.ID}}
	over := overview{
		sales:    []orderstore.CreatorSales{{Creator: id, Orders: 1, AllOrders: 2, ByCode: 1, Sold: record.Decision.Sold, Earning: record.Decision.Earning}},
		totals:   []orderstore.OrderTotals{{Currency: byline.EUR, Orders: 1, Credited: 1, CreditedSold: record.Decision.Sold, EarningBase: record.Decision.Earning}},
		balances: []contracts.Balance{{Creator: id, Earned: entry.Amount, Paid: byline.Minor(0, byline.EUR), Owed: entry.Amount.Neg()}},
		latest:   []attribution.Record{record},
	}
	terms := contracts.Terms{ID: contracts.AgreementID(word), Version: 1, Creator: id}
	st := statement{id: id, member: s.programme.Creators[0], known: true, entries: []contracts.Entry{entry}, agreements: []contracts.Terms{terms}, latest: over.latest}
	return drawn(t, s, map[string]any{
		"creators": s.creatorsBody(over), "order": s.orderBody(account{record, []contracts.Entry{entry}}), "creator": s.creatorBody(st),
		"orders":     ordersBody{Heading: word, Summary: word, People: []person{{id, word, true}}, Rows: s.orderRows(over.latest), Older: "/orders?before=1.x"},
		"deliveries": s.deliveriesBody(inbox{look: []orderstore.DeliveryInfo{info}, latest: []orderstore.DeliveryInfo{info}}),
		"failure":    failureBody{Heading: word, Text: word}, "login": loginBody{Next: word, Wrong: true},
	})
}

// wordy is an order and an entry with a word in every place.
func wordy(word string) (attribution.Record, contracts.Entry) {
	id, at := byline.CreatorID(word), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	amount := byline.Minor(1234, byline.EUR)
	o := attribution.Order{
		ID: byline.OrderID("shopify:" + word), Number: word, Shop: word, PlacedAt: at, Currency: byline.EUR,
		Disputes: []attribution.Dispute{{ID: word, At: at, State: attribution.DisputeState(word), Amount: amount}, {ID: word, State: attribution.DisputeOpen}},
		Claims: []attribution.Claim{
			{ID: word, Kind: attribution.ByManual, Creator: id, Author: word, Reason: word, At: at, AsOf: at},
			{ID: "2", Kind: attribution.EvidenceKind(word), Creator: id, Author: word, Reason: word, At: at, AsOf: at, Withdrawn: true},
		},
		Kind: attribution.Conversion(word), Forgotten: true,
		Refunds: []attribution.Refund{{ID: word, At: at, State: attribution.RefundState(word), Lines: []attribution.RefundLine{{Line: word, Quantity: 1, Subtotal: amount}}, Cash: amount}},
	}
	d := attribution.Decision{
		Order: o.ID, Policy: word, Standing: attribution.Standing(word), Sold: amount, Returned: amount, Disputed: amount, Earning: amount,
		Rule: 7, Customer: attribution.CustomerStatus(word),
		Credits: []attribution.Credit{{Creator: id, By: attribution.EvidenceKind(word), Evidence: []string{word}, Share: attribution.Share{Num: 1, Den: 3}, Sold: amount, Earning: amount, Held: amount}},
		Candidates: []attribution.Candidate{
			{Kind: attribution.ByClick, Evidence: word, Source: word, At: at.Add(-time.Hour), Creator: id, Reason: attribution.Reason(word)},
			{Kind: attribution.ByCode, Evidence: word, Discount: amount, Creator: id, Accepted: true, Reason: attribution.ReasonCodeOwner},
			{Kind: attribution.ByManual, Evidence: word, Creator: id, Author: word, Note: word, Accepted: true, Held: true, Reason: attribution.ReasonAssigned},
			{Kind: attribution.ByBinding, Evidence: word, Creator: id, Group: attribution.Group(word), Counts: byline.Window{Start: at}, Reason: attribution.ReasonBindingEnded},
			{Kind: attribution.EvidenceKind(word), Evidence: word, Reason: attribution.Reason(word)},
		},
		Flags: []byline.Finding{
			{Code: word, Severity: byline.Severity(word), Message: word, Fix: word},
			{Code: "signal.held", Path: word, Severity: byline.Warning, Message: word, Fix: word},
		},
	}
	e := contracts.Entry{Subject: contracts.Subject("order:" + word), Revision: 1, PostedAt: at, Line: contracts.Line{
		Creator: id, Agreement: contracts.AgreementID(word), Version: 1, Amount: amount.Neg(), Base: amount, Rate: contracts.Percent, Reason: contracts.Reason(word),
	}}
	return attribution.Record{Order: o, Decision: d}, e
}

// drawn renders each body and fails on anything but a whole page.
func drawn(t *testing.T, s *server, bodies map[string]any) map[string]string {
	t.Helper()
	html := map[string]string{}
	for name := range s.pages.sets {
		body, ok := bodies[name]
		if !ok {
			t.Errorf("no body for the page %q", name)
			continue
		}
		w := httptest.NewRecorder()
		s.pages.write(w, http.StatusOK, name, view{Title: name, Active: name, Alerts: 3, Site: s.site(), Body: body})
		html[name] = w.Body.String()
		if w.Code != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(html[name]), "</html>") {
			t.Errorf("%s: status %d, %d bytes", name, w.Code, len(html[name]))
		}
	}
	return html
}

// bare is a server with stores and nothing else.
func bare(t *testing.T) *server {
	t.Helper()
	s, err := newServer(t.Context(), config{db: t.TempDir() + "/" + defaultDB}, noProgramme(), quiet())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.close()) })
	s.url = "http://127.0.0.1:1"
	return s
}

func TestPagesWithHostileWords(t *testing.T) {
	t.Parallel()
	s := bare(t)
	for _, word := range hostile() {
		for name, html := range renderAll(t, s, word) {
			if word == "" && strings.ContainsRune(html, '\ufffd') {
				t.Errorf("%s: nothing is drawn as something", name)
			}
			for _, bad := range []string{"<script", "<img", "onerror=alert(1)>", "' onmouseover='", `href="javascript:`, "ZgotmplZ"} {
				if strings.Contains(html, bad) {
					t.Errorf("%s with %.20q: the page contains %q", name, word, bad)
				}
			}
		}
	}
}

func TestPagesEmpty(t *testing.T) {
	t.Parallel()
	s := bare(t)
	for name, html := range drawn(t, s, map[string]any{
		"creators": s.creatorsBody(overview{}), "orders": ordersBody{Steps: s.steps()}, "deliveries": s.deliveriesBody(inbox{}),
		"order": s.orderBody(account{}), "creator": s.creatorBody(statement{}), "failure": failureBody{}, "login": loginBody{},
	}) {
		says := strings.Contains(html, "openssl dgst") && strings.Contains(html, s.url+"/webhooks/shopify") && strings.Contains(html, envSecret)
		if list := name == "creators" || name == "orders" || name == "deliveries"; list && !says {
			t.Errorf("the empty page %s does not say what to do", name)
		}
	}
}

// Amounts of several currencies stand on lines of their own and are never added.
func TestPagesWithTwoCurrencies(t *testing.T) {
	t.Parallel()
	s := bare(t)
	eur, jpy := byline.Minor(100_00, byline.EUR), byline.Minor(9_000, byline.JPY)
	over := overview{
		sales: []orderstore.CreatorSales{{Creator: "a", Orders: 2, Sold: eur, Earning: eur}, {Creator: "a", Orders: 1, Sold: jpy, Earning: jpy}},
		totals: []orderstore.OrderTotals{
			{Currency: byline.EUR, Orders: 2, Credited: 2, CreditedSold: eur, EarningBase: eur, CreditedReturned: byline.Minor(0, byline.EUR)},
			{Currency: byline.JPY, Orders: 1, Credited: 1, CreditedSold: jpy, EarningBase: jpy, CreditedReturned: byline.Minor(0, byline.JPY)},
		},
		balances: []contracts.Balance{{Creator: "a", Earned: eur, Owed: eur}, {Creator: "a", Earned: jpy, Owed: jpy}},
		latest:   []attribution.Record{{}},
	}
	html := drawn(t, s, map[string]any{
		"creators": s.creatorsBody(over), "orders": ordersBody{}, "deliveries": s.deliveriesBody(inbox{}),
		"order": s.orderBody(account{}), "creator": s.creatorBody(statement{}), "failure": failureBody{}, "login": loginBody{},
	})["creators"]
	for _, want := range []string{
		`<span class="amount">€100.00</span><span class="amount">¥9,000</span>`, "Share of sales in EUR",
		"From sold to kept, in EUR", "From sold to kept, in JPY", "of €100.00 and ¥9,000 sold",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
}
