package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
)

const (
	sessionCookie = "byline_session"
	sessionLength = 12 * time.Hour
	maxLoginBody  = 4 << 10
)

// door asks for the token: programs send it as a bearer token, people type it once and
// get a cookie. The cookie holds no token, only an end of validity under a key that
// lives as long as the process.
type door struct {
	token  attribution.Secret
	key    []byte
	secure bool // send the cookie over TLS only
	now    func() time.Time
	pages  *pages
}

func newDoor(token attribution.Secret, secure bool, now func() time.Time, p *pages) *door {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // it cannot fail: it crashes the process instead
	return &door{token: token, key: key, secure: secure, now: now, pages: p}
}

// guard lets in who has the token. Programs are told so in JSON, people are sent to
// the form.
func (d *door) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bearer, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		switch {
		case isBearer && d.isToken(bearer), !isBearer && d.hasSession(r):
			next.ServeHTTP(w, r)
		case isBearer, strings.HasPrefix(r.URL.Path, "/api/"), r.Method != http.MethodGet:
			w.Header().Set("WWW-Authenticate", `Bearer realm="byline"`)
			writeError(w, http.StatusUnauthorized, "unauthorized", "send the token of "+envToken+" as a bearer token")
		default:
			http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		}
	})
}

// isToken compares hashes, so that the time it takes says nothing, not even a length.
func (d *door) isToken(text string) bool {
	got, want := sha256.Sum256([]byte(text)), sha256.Sum256([]byte(string(d.token)))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

func (d *door) hasSession(r *http.Request) bool {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return false
	}
	end, mac, _ := strings.Cut(cookie.Value, ".")
	if subtle.ConstantTimeCompare([]byte(mac), []byte(d.mac(end))) != 1 {
		return false
	}
	seconds, err := strconv.ParseInt(end, 10, 64)
	return err == nil && d.now().Unix() < seconds
}

func (d *door) mac(end string) string {
	h := hmac.New(sha256.New, d.key)
	h.Write([]byte(end))
	return hex.EncodeToString(h.Sum(nil))
}

type loginBody struct {
	Next  string
	Wrong bool
}

func (d *door) form(w http.ResponseWriter, r *http.Request) {
	d.pages.write(w, http.StatusOK, "login", view{Title: "Log in", Body: loginBody{Next: ownPath(r.URL.Query().Get("next"))}})
}

func (d *door) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxLoginBody)
	next := ownPath(r.PostFormValue("next"))
	if !d.isToken(r.PostFormValue("token")) {
		d.pages.write(w, http.StatusUnauthorized, "login", view{Title: "Log in", Body: loginBody{Next: next, Wrong: true}})
		return
	}
	end := strconv.FormatInt(d.now().Add(sessionLength).Unix(), 10)
	http.SetCookie(w, d.cookie(end+"."+d.mac(end), int(sessionLength.Seconds())))
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (d *door) logout(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, d.cookie("", -1))
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

func (d *door) cookie(value string, maxAge int) *http.Cookie {
	return &http.Cookie{
		Name: sessionCookie, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: d.secure, SameSite: http.SameSiteLaxMode,
	}
}

// ownPath keeps a way back on this server: anything that a browser could read as
// another host becomes the first page.
func ownPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\t\r\n") {
		return "/"
	}
	return path
}
