package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const testToken = "a-token-that-nobody-guesses"

// guarded is a server with a token and a clock that the test holds.
func guarded(t *testing.T) (http.Handler, *time.Time) {
	t.Helper()
	s := bare(t)
	s.config.token = testToken
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	s.now = func() time.Time { return now }
	return s.routes(), &now
}

func ask(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := newRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestTokenIsAskedFor(t *testing.T) {
	t.Parallel()
	h, _ := guarded(t)
	tests := []struct {
		name, method, path, authorization string
		want                              int
	}{
		{"a page", "GET", "/", "", 303},
		{"a page that is not there", "GET", "/nowhere", "", 303},
		{"the API", "GET", "/api/creators", "", 401},
		{"the API with the token", "GET", "/api/creators", "Bearer " + testToken, 200},
		{"a page with the token", "GET", "/", "Bearer " + testToken, 200},
		{"a wrong token", "GET", "/api/creators", "Bearer " + testToken + "x", 401},
		{"a part of the token", "GET", "/api/creators", "Bearer " + testToken[:5], 401},
		{"an empty token", "GET", "/api/creators", "Bearer ", 401},
		{"another scheme", "GET", "/api/creators", "Basic " + testToken, 401},
		{"a replay", "POST", "/deliveries/1/replay", "", 401},
		{"settling again", "POST", "/orders/1/resettle", "", 401},
		{"assigning by hand", "POST", "/orders/1/assign", "", 401},
		{"taking back", "POST", "/orders/1/claims/1/withdraw", "", 401},
		{"webhooks have their signature", "POST", "/webhooks/shopify", "", 401},
		{"health", "GET", "/healthz", "", 200},
		{"the login form", "GET", "/login", "", 200},
		{"the stylesheet", "GET", "/static/none.css", "", 404},
	}
	for _, tt := range tests {
		r := localRequest(t, tt.method, tt.path)
		r.Host = "byline.example.com"
		if tt.authorization != "" {
			r.Header.Set("Authorization", tt.authorization)
		}
		if w := ask(h, r); w.Code != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, w.Code, tt.want)
		}
	}
	w := ask(h, localRequest(t, "GET", "/orders?creator=a%26b"))
	if diff := cmp.Diff("/login?next=%2Forders%3Fcreator%3Da%2526b", w.Header().Get("Location")); diff != "" {
		t.Errorf("where to log in (-want +got):\n%s", diff)
	}
}

func logIn(t *testing.T, h http.Handler, token, next string) *httptest.ResponseRecorder {
	t.Helper()
	form := url.Values{"token": {token}, "next": {next}}.Encode()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/login", strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return ask(h, r)
}

func TestLogin(t *testing.T) {
	t.Parallel()
	h, now := guarded(t)
	if w := logIn(t, h, "wrong", "/"); w.Code != http.StatusUnauthorized || len(w.Result().Cookies()) != 0 {
		t.Errorf("a wrong token: %d, cookies %v", w.Code, w.Result().Cookies())
	}
	w := logIn(t, h, testToken, "/orders")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/orders" {
		t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	cookie := w.Result().Cookies()[0]
	if !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || strings.Contains(cookie.Value, testToken) {
		t.Errorf("cookie %+v", cookie)
	}
	page := func(value string) int {
		r := localRequest(t, "GET", "/")
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: value})
		return ask(h, r).Code
	}
	if got := page(cookie.Value); got != http.StatusOK {
		t.Errorf("with the cookie: %d", got)
	}
	end, mac, _ := strings.Cut(cookie.Value, ".")
	for _, forged := range []string{"", ".", end, "." + mac, "9" + end + "." + mac, end + "." + strings.Repeat("0", len(mac))} {
		if got := page(forged); got != http.StatusSeeOther {
			t.Errorf("with the cookie %q: %d", forged, got)
		}
	}
	*now = now.Add(sessionLength)
	if got := page(cookie.Value); got != http.StatusSeeOther {
		t.Errorf("with a cookie that has ended: %d", got)
	}
	if w := ask(h, localRequest(t, "POST", "/logout")); w.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("the cookie stays after logging out: %+v", w.Result().Cookies())
	}
	other, _ := guarded(t)
	h = other
	if got := page(cookie.Value); got != http.StatusSeeOther {
		t.Errorf("with another server's cookie: %d", got)
	}
}

func TestLoginLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	for next, want := range map[string]string{
		"/orders?x=1": "/orders?x=1", "": "/", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/",
		"/\t/evil.example": "/", "javascript:alert(1)": "/", "orders": "/", "/%zz": "/",
	} {
		if got := ownPath(next); got != want {
			t.Errorf("ownPath(%q) = %q, want %q", next, got, want)
		}
	}
}

// Without a token the pages are for this machine, by whatever name a request comes.
func TestOnlyLocalNames(t *testing.T) {
	t.Parallel()
	h := bare(t).routes()
	for host, want := range map[string]int{
		"127.0.0.1:8080": 200, "localhost:8080": 200, "[::1]:8080": 200, "localhost": 200,
		"evil.example": 421, "tunnel.example:443": 421, "localhost.evil.example": 421, "192.0.2.1": 421, "": 421,
	} {
		r := localRequest(t, "GET", "/")
		r.Host = host
		if w := ask(h, r); w.Code != want {
			t.Errorf("host %q: %d, want %d", host, w.Code, want)
		}
		r = localRequest(t, "GET", "/healthz")
		r.Host = host
		if w := ask(h, r); w.Code != http.StatusOK {
			t.Errorf("health under host %q: %d", host, w.Code)
		}
	}
}
