package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

const (
	exampleOrderPath = "/orders/shopify:7700000009001"
	resettleForm     = `<form method="post" action="` + exampleOrderPath + `/resettle">`
)

// settleAgain posts the form of the order's page as a browser does.
func settleAgain(t *testing.T, s *server, path, header, value string) (status int, location string) {
	t.Helper()
	r := localRequest(t, http.MethodPost, path+"/resettle")
	r.Header.Set(header, value)
	w := ask(s.routes(), r)
	return w.Code, w.Header().Get("Location")
}

// An order that came before the programme is settled again under it, once.
func TestResettle(t *testing.T) {
	t.Parallel()
	c := shopConfig()
	c.db = filepath.Join(t.TempDir(), defaultDB)
	t.Run("without a programme", func(t *testing.T) { //nolint:paralleltest // one server after the other
		s := launch(t, c, noProgramme(), quiet())
		if order := deliver(t, s.url, "orders/paid", "order.json"); len(order.Decision.Credits) != 0 {
			t.Errorf("credits %+v", order.Decision.Credits)
		}
		if _, page := get(t, s.url+exampleOrderPath); !strings.Contains(page, resettleForm) || !strings.Contains(page, "Settle again") {
			t.Error("the page of an order that nobody is credited with has no button to settle it again")
		}
	})
	t.Run("with one", func(t *testing.T) { //nolint:paralleltest // one server after the other
		s := launch(t, c, example(t), quiet())
		for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
			if status, _ := settleAgain(t, s, exampleOrderPath, header, value); status != http.StatusForbidden {
				t.Errorf("%s: %s was answered with %d", header, value, status)
			}
		}
		if order := getJSON[orderJSON](t, s.url+"/api"+exampleOrderPath); len(order.Entries) != 0 {
			t.Errorf("a foreign page made the server post %+v", order.Entries)
		}
		for range 2 {
			if status, location := settleAgain(t, s, exampleOrderPath, "Sec-Fetch-Site", "same-origin"); status != http.StatusSeeOther || location != exampleOrderPath {
				t.Errorf("answered with %d to %q", status, location)
			}
			order := getJSON[orderJSON](t, s.url+"/api"+exampleOrderPath)
			if len(order.Entries) != 1 || order.Entries[0].Amount != byline.Minor(15_05, byline.EUR) {
				t.Errorf("entries %+v, want one of 15.05", order.Entries)
			}
		}
		if _, page := get(t, s.url+exampleOrderPath); strings.Contains(page, resettleForm) {
			t.Error("an order that owes what it should has a button to settle it again")
		}
		if status, _ := settleAgain(t, s, "/orders/none", "Sec-Fetch-Site", "same-origin"); status != http.StatusNotFound {
			t.Errorf("an unknown order was answered with %d", status)
		}
	})
}

// The button stands where an offer or an agreement could be missing.
func TestResettleButton(t *testing.T) {
	t.Parallel()
	credited := []attribution.Credit{{Creator: "a"}}
	tests := map[string]struct {
		decision attribution.Decision
		want     string
	}{
		"nobody is credited":      {attribution.Decision{}, "/orders/shopify:1/resettle"},
		"somebody is":             {attribution.Decision{Credits: credited}, ""},
		"an agreement is missing": {attribution.Decision{Credits: credited, Flags: []byline.Finding{{Code: "agreement.missing"}}}, "/orders/shopify:1/resettle"},
		"something else is amiss": {attribution.Decision{Credits: credited, Flags: []byline.Finding{{Code: "order.currency"}}}, ""},
	}
	s := bare(t)
	for name, tt := range tests {
		a := account{record: attribution.Record{Order: attribution.Order{ID: "shopify:1"}, Decision: tt.decision}}
		if got := s.orderBody(a).Resettle; got != tt.want {
			t.Errorf("%s: the button posts to %q, want %q", name, got, tt.want)
		}
	}
}
