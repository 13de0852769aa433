package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/signedjson"
	"github.com/bylinehq/byline/contracts"
)

// submit posts a form of the server's own pages.
func submit(t *testing.T, s *server, path string, form url.Values, header map[string]string) (status int, location string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Host = "127.0.0.1:8080"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := ask(s.routes(), r)
	return w.Code, w.Header().Get("Location")
}

// formOf reads the id that the form of an order's page was given.
func formOf(t *testing.T, page string) string {
	t.Helper()
	_, html := get(t, page)
	found := regexp.MustCompile(`name="claim" value="([^"]+)"`).FindStringSubmatch(html)
	if found == nil {
		t.Fatal("the page has no form to assign the order")
	}
	return found[1]
}

// An order that is assigned by hand moves to another creator, once, and comes back when
// that is taken back. All of it stays on record.
func TestAssign(t *testing.T) {
	t.Parallel()
	s := launch(t, shopConfig(), example(t), quiet())
	deliver(t, s.url, "orders/paid", "order.json")
	page := s.url + exampleOrderPath
	form := url.Values{"claim": {formOf(t, page)}, "creator": {"example-bo"}, "author": {"Demo <colleague>"}, "reason": {"named on the phone"}}
	owed := func() []due { return getJSON[orderJSON](t, s.url+"/api"+exampleOrderPath).Owed }
	to := func(creator byline.CreatorID, version int, cents int64) due {
		return due{creator, map[byline.CreatorID]contracts.AgreementID{"example-ada": "ag-ada", "example-bo": "ag-bo"}[creator], version, byline.Minor(cents, byline.EUR), byline.Minor(0, byline.EUR)}
	}
	for range 2 { // a form is sent twice when somebody is impatient
		if status, location := submit(t, s, exampleOrderPath+"/assign", form, nil); status != http.StatusSeeOther || location != exampleOrderPath+"#claims" {
			t.Fatalf("%d to %q", status, location)
		}
	}
	order := getJSON[orderJSON](t, s.url+"/api"+exampleOrderPath)
	if len(order.Order.Claims) != 1 || order.Decision.Credits[0].By != attribution.ByManual {
		t.Errorf("claims %+v, credits %+v", order.Order.Claims, order.Decision.Credits)
	}
	// 9.5% of 125.38 is 11.91.
	if diff := cmp.Diff([]due{to("example-ada", 1, 0), to("example-bo", 2, 11_91)}, owed()); diff != "" {
		t.Errorf("assigned (-want +got):\n%s", diff)
	}
	_, html := get(t, page)
	for _, want := range []string{"Demo &lt;colleague&gt;", "named on the phone", "Rule 1 of 3", "Take back"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	back := withdrawPath(order.Order.ID, order.Order.Claims[0].ID)
	for range 2 {
		if status, _ := submit(t, s, back, nil, nil); status != http.StatusSeeOther {
			t.Errorf("taking back: %d", status)
		}
	}
	if diff := cmp.Diff([]due{to("example-ada", 1, 15_05), to("example-bo", 2, 0)}, owed()); diff != "" {
		t.Errorf("taken back (-want +got):\n%s", diff)
	}
	if _, html := get(t, page); !strings.Contains(html, "Taken back") || !strings.Contains(html, "named on the phone") || strings.Contains(html, back) {
		t.Error("the page does not show that it was taken back")
	}
	if entries := getJSON[orderJSON](t, s.url+"/api"+exampleOrderPath).Entries; len(entries) != 5 {
		t.Errorf("%d entries, want the first, two to move it and two to move it back", len(entries))
	}
}

// Nothing is assigned by a form with a slip in it, or by a foreign page.
func TestAssignRefuses(t *testing.T) {
	t.Parallel()
	s := launch(t, shopConfig(), example(t), quiet())
	deliver(t, s.url, "orders/paid", "order.json")
	good := func(change func(url.Values)) url.Values {
		form := url.Values{"claim": {newClaimID()}, "creator": {"example-bo"}, "author": {"Demo colleague"}, "reason": {"because"}}
		change(form)
		return form
	}
	none := func(url.Values) {}
	tests := map[string]struct {
		path   string
		form   url.Values
		header map[string]string
		want   int
	}{
		"nothing":                  {exampleOrderPath + "/assign", nil, nil, 400},
		"no author":                {exampleOrderPath + "/assign", good(func(f url.Values) { f.Set("author", " \t") }), nil, 400},
		"no reason":                {exampleOrderPath + "/assign", good(func(f url.Values) { f.Del("reason") }), nil, 400},
		"a reason without end":     {exampleOrderPath + "/assign", good(func(f url.Values) { f.Set("reason", strings.Repeat("ü", maxReason+1)) }), nil, 400},
		"a form without end":       {exampleOrderPath + "/assign", good(func(f url.Values) { f.Set("reason", strings.Repeat("x", maxForm)) }), nil, 400},
		"no text":                  {exampleOrderPath + "/assign", good(func(f url.Values) { f.Set("author", "\xff") }), nil, 400},
		"an unknown creator":       {exampleOrderPath + "/assign", good(func(f url.Values) { f.Set("creator", "nobody") }), nil, 400},
		"an id of one's own":       {exampleOrderPath + "/assign", good(func(f url.Values) { f.Set("claim", "survey") }), nil, 400},
		"an unknown order":         {"/orders/none/assign", good(none), nil, 404},
		"a foreign page":           {exampleOrderPath + "/assign", good(none), map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"an unknown assignment":    {exampleOrderPath + "/claims/none/withdraw", nil, nil, 404},
		"a foreign page, to undo":  {exampleOrderPath + "/claims/none/withdraw", nil, map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		"undoing an unknown order": {"/orders/none/claims/none/withdraw", nil, nil, 404},
	}
	for name, tt := range tests {
		if status, _ := submit(t, s, tt.path, tt.form, tt.header); status != tt.want {
			t.Errorf("%s: %d, want %d", name, status, tt.want)
		}
	}
	if order := getJSON[orderJSON](t, s.url+"/api"+exampleOrderPath); len(order.Order.Claims) > 0 || len(order.Entries) != 1 {
		t.Errorf("claims %+v, entries %+v", order.Order.Claims, order.Entries)
	}
}

// What a customer said is not a colleague's to take back.
func TestSurveyStands(t *testing.T) {
	t.Parallel()
	s := launch(t, config{}, shopsProgramme(t, shopsOutside(nil), backend()), quiet())
	order := backendOrder(t, s.url, "asked", `, "claims": [{"id": "q1", "kind": "survey", "creator": "example-bo", "reason": "a friend"}]`)
	_, page := get(t, s.url+orderPath(order.Order.ID))
	for _, want := range []string{"Survey answer", "a friend", "Example Bo", "no_rule"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(page, "Take back") {
		t.Error("the page offers to take the customer's answer back")
	}
	if status, _ := submit(t, s, withdrawPath(order.Order.ID, "q1"), nil, nil); status != http.StatusNotFound {
		t.Errorf("taking it back: %d", status)
	}
}

// A creator who buys with their own code is credited, and the amount is on hold until somebody
// assigns the order.
func TestHeldAmount(t *testing.T) {
	t.Parallel()
	out := shopsOutside(nil)
	file := exampleProgrammeFile(t)
	file.Shops = []shopFile{backend()}
	file.Policies = append(file.Policies, written(attribution.Policy{
		Version: "autumn/3", Trust: []attribution.TrustRule{{Signal: "self_dealing", Mode: attribution.Hold, MinScore: 80}},
	}))
	p, err := newProgramme(file, out)
	require.NoError(t, err)
	s := launch(t, config{identity: out.identity}, p, quiet())
	order := backendOrder(t, s.url, "own", `, "codes": ["ADA15"], "customer": {"email": "Ada+shopping@creators.example.com"}`)
	credit := order.Decision.Credits[0]
	if held := byline.Minor(12_00, byline.EUR); !cmp.Equal(order.Owed, []due{{"example-ada", "ag-ada", 1, held, held}}) || credit.Held != byline.Minor(100_00, byline.EUR) {
		t.Fatalf("owed %+v, credit %+v", order.Owed, credit)
	}
	_, page := get(t, s.url+orderPath(order.Order.ID))
	for _, want := range []string{"€100.00 more is on hold", "Self dealing (score 100)", "assign it by hand to release the amount"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	form := url.Values{"claim": {newClaimID()}, "creator": {"example-ada"}, "author": {"Demo colleague"}, "reason": {"a gift for a friend, seen and agreed"}}
	submit(t, s, orderPath(order.Order.ID)+"/assign", form, nil)
	released := getJSON[orderJSON](t, s.url+"/api"+orderPath(signedjson.OrderID("demo.example", "own")))
	if diff := cmp.Diff([]due{{"example-ada", "ag-ada", 1, byline.Minor(12_00, byline.EUR), byline.Minor(0, byline.EUR)}}, released.Owed); diff != "" {
		t.Errorf("released (-want +got):\n%s", diff)
	}
}
