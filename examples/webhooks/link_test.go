package main

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/signedjson"
	"github.com/bylinehq/byline/attribution/tracking"
)

func backend() shopFile { return testShops()[5] }

// backendOrder posts an order of 100.00 that a customer placed just now, and returns what
// became of it.
func backendOrder(t *testing.T, url, id, more string) orderJSON {
	t.Helper()
	now := time.Now().UTC()
	placed := now.Add(time.Second).Format(time.RFC3339Nano)
	body := fmt.Appendf(nil, `{"type": "order.changed", "timestamp": %q, "data": {"id": %q, "placed_at": %q, "payment": "paid", "currency": "EUR",
		"lines": [{"id": "a", "quantity": 1, "unit_price": "100.00"}]%s}}`, placed, id, placed, more)
	h, err := signedjson.Sign(id, now, body, studioSecret)
	require.NoError(t, err)
	status, answer := knock(t, url, "a-backend", h, body)
	answered(t, status, answer, http.StatusOK, "accepted")
	wait(t, url)
	return getJSON[orderJSON](t, url+"/api"+orderPath(signedjson.OrderID("demo.example", id)))
}

// follow asks for a tracked link and returns where it leads.
func follow(t *testing.T, address string, header map[string]string) (status int, target string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	for name, value := range header {
		req.Header.Set(name, value)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	if got := resp.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("%s may be kept: %q", address, got)
	}
	return resp.StatusCode, resp.Header.Get("Location")
}

func clickOf(t *testing.T, target string) string {
	t.Helper()
	u, err := url.Parse(target)
	require.NoError(t, err)
	return u.Query().Get(tracking.ClickParameter)
}

// A click on a tracked link is found again by the order that carries its id, even after
// a restart, and by a server that could not check its signature any more.
func TestTrackedLink(t *testing.T) {
	t.Parallel()
	c := config{db: filepath.Join(t.TempDir(), defaultDB), clicks: []attribution.Secret{demoClickKey}}
	p := shopsProgramme(t, shopsOutside(nil), backend())
	var click string
	t.Run("clicked", func(t *testing.T) { //nolint:paralleltest // one server after the other
		s := launch(t, c, p, quiet())
		status, target := follow(t, s.url+"/go/Ada", nil)
		if status != http.StatusFound || !strings.HasPrefix(target, "https://shop.example/tables?size=2&bl=ADA&blc=blc1_") {
			t.Fatalf("%d to %s", status, target)
		}
		click = clickOf(t, target)
		order := backendOrder(t, s.url, "whole", fmt.Sprintf(`, "landing_url": %q`, target))
		if got := order.Decision.Credits; len(got) != 1 || got[0].Creator != "example-ada" || got[0].By != attribution.ByClick {
			t.Errorf("credits %+v", got)
		}
		_, page := get(t, s.url+orderPath(order.Order.ID))
		for _, want := range []string{"ADA was the last click", "on our link, recorded", "Won by it", "€12.00"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
	})
	t.Run("ordered", func(t *testing.T) { //nolint:paralleltest // one server after the other
		without := c
		without.clicks = nil
		s := launch(t, without, p, quiet())
		order := backendOrder(t, s.url, "id alone", fmt.Sprintf(`, "attributes": {"_blc": %q}`, click))
		if got := order.Owed; !cmp.Equal(got, []due{{"example-ada", "ag-ada", 1, byline.Minor(12_00, byline.EUR), byline.Minor(0, byline.EUR)}}) {
			t.Errorf("owed %+v", got)
		}
		if status, _ := get(t, s.url+"/go/ada"); status != http.StatusNotFound {
			t.Errorf("without a key the link answers with %d", status)
		}
	})
}

// What is no click of a customer, and what only pretends to be one, brings no order.
func TestTrackedLinkRefuses(t *testing.T) {
	t.Parallel()
	c := config{clicks: []attribution.Secret{demoClickKey}, token: testToken}
	s := launch(t, c, shopsProgramme(t, shopsOutside(nil), backend()), quiet())
	touches := func() (n int) {
		require.NoError(t, s.database.reader.QueryRowContext(t.Context(), `SELECT count(*) FROM attribution_touch`).Scan(&n))
		return n
	}
	for name, header := range map[string]map[string]string{
		"a preview":  {"User-Agent": "WhatsApp/2.23"},
		"a prefetch": {"Sec-Purpose": "prefetch"},
	} {
		if status, target := follow(t, s.url+"/go/ada", header); status != http.StatusFound || clickOf(t, target) != "" {
			t.Errorf("%s: %d to %s", name, status, target)
		}
	}
	for path, want := range map[string]int{"/go/nobody": 404, "/go/": 303, "/go/ada/more": 303} {
		if status, _ := follow(t, s.url+path, nil); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
	if n := touches(); n != 0 {
		t.Errorf("%d clicks on record", n)
	}
	if status, _ := follow(t, s.url+"/go/ADA", nil); status != http.StatusFound || touches() != 1 {
		t.Errorf("a stranger's click without the token: %d, %d on record", status, touches())
	}
}

func TestForgedClick(t *testing.T) {
	t.Parallel()
	s := launch(t, config{clicks: []attribution.Secret{demoClickKey}}, shopsProgramme(t, shopsOutside(nil), backend()), quiet())
	_, target := follow(t, s.url+"/go/ada", nil)
	click, err := s.clicks().Read(clickOf(t, target))
	require.NoError(t, err)
	forged, err := tracking.Clicks{Keys: []attribution.Secret{demoIdentityKey}}.Sign(click)
	require.NoError(t, err)
	for name, id := range map[string]string{"another key": forged, "an id of one's own": "blc1_mine"} {
		order := backendOrder(t, s.url, name, fmt.Sprintf(`, "attributes": {"blc": %q}`, id))
		if len(order.Decision.Credits) > 0 || order.Decision.Candidates[0].Reason != attribution.ReasonClickUnknown {
			t.Errorf("%s: %+v", name, order.Decision.Candidates)
		}
	}
}

func TestLinkFaults(t *testing.T) {
	t.Parallel()
	offers := []attribution.Offer{{Link: "ada"}, {Code: "BO"}}
	tests := map[string]struct {
		file map[string]string
		want []string
	}{
		"a link of an offer, in any spelling": {map[string]string{"Ada": "https://shop.example/"}, nil},
		"a link of nobody":                    {map[string]string{"cleo": "https://shop.example/"}, []string{"links.cleo programme.link"}},
		"a code is no link":                   {map[string]string{"BO": "https://shop.example/"}, []string{"links.BO programme.link"}},
		"nothing":                             {map[string]string{"": "https://shop.example/"}, []string{"links. programme.link"}},
		"one link in two spellings":           {map[string]string{"ADA": "https://shop.example/", "ada": "https://shop.example/b"}, []string{"links.ada programme.link_twice"}},
		"no address":                          {map[string]string{"ada": "shop.example"}, []string{"links.ada tracking.scheme", "links.ada tracking.host"}},
		"a program":                           {map[string]string{"ada": "javascript:alert(1)"}, []string{"links.ada tracking.scheme", "links.ada tracking.host"}},
	}
	for name, tt := range tests {
		_, faults := openLinks(tt.file, offers)
		var got []string
		for _, f := range faults {
			got = append(got, f.Path+" "+f.Code)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A click is kept for as long as any rule may count it.
func TestLongestWindow(t *testing.T) {
	t.Parallel()
	p := noProgramme()
	if got := p.longestWindow(); got != 30*day {
		t.Errorf("by default %v", got)
	}
	p.Policies = []attribution.Policy{{ClickWindowDays: 90}, {ClickWindowDays: 7}}
	p.Offers = []attribution.Offer{{WindowDays: 45}}
	if got := p.longestWindow(); got != 90*day {
		t.Errorf("with several: %v", got)
	}
}
