package shopify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution"
)

// trace says in a word what a touch is.
func trace(t attribution.Touch) string {
	what := t.Link
	switch {
	case t.Kind == attribution.ByUTM:
		what = "utm " + t.UTM.Source
	case t.Kind == attribution.ByPage:
		what = t.Page
	case t.ID != "":
		what = strings.TrimSpace(t.Link + " click " + t.ID)
	}
	return t.Source + " " + what
}

func TestTouches(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, patch string
		want        []string
	}{
		{"a full address", `{"landing_site":"https://pier.example/a?utm_source=ig&bl=ava#bl=no"}`, []string{"landing_page ava", "landing_page utm ig", "landing_page /a"}},
		{"a path", `{"landing_site":"/?bl=ava%20ig"}`, []string{"landing_page ava ig"}},
		{"a click id beside the link", `{"landing_site":"/?bl=ava&blc=c-1"}`, []string{"landing_page ava click c-1"}},
		{"no query", `{"landing_site":"/bl=ava"}`, []string{"landing_page /bl=ava"}},
		{"another parameter", `{"landing_site":"/?xbl=1&bl","landing_site_ref":"ava"}`, nil},
		{"a link that gives a discount", `{"landing_site":"/discount/AVA10?redirect=/products/oak-tray"}`, []string{"landing_page /discount/ava10"}},
		{"a wallet's path", `{"landing_site":"/wallets/checkouts.json"}`, nil},
		{"a checkout, whose token opens it", `{"landing_site":"/60001/checkouts/0f0e0d0c0b?bl=ava"}`, []string{"landing_page ava"}},
		{"an order's own page", `{"landing_site":"https://pier.example/60001/orders/0a0b0c0d/authenticate?key=fictional"}`, nil},
		{"a cart", `{"landing_site":"/cart/c/0f0e0d0c0b?key=fictional"}`, nil},
		{"an account", `{"landing_site":"/account/addresses"}`, nil},
		{"a checkout in capitals", `{"landing_site":"/60001/Checkouts/0f0e0d0c0b"}`, nil},
		{"a collection whose name only begins so", `{"landing_site":"/collections/accounts-of-ava"}`, []string{"landing_page /collections/accounts-of-ava"}},
		{"null", `{"landing_site":null}`, nil},
		{"an odd type", `{"landing_site":["?bl=ava"]}`, nil},
		{"cart attributes", `{"note_attributes":[{"name":"bl","value":"a"},{"name":"_BL","value":"b"},{"name":"Bl","value":7},{"name":"__bl","value":"no"},{"name":"blue","value":"no"}]}`,
			[]string{"cart_attribute a", "cart_attribute b", "cart_attribute 7"}},
		{"click ids in the cart", `{"note_attributes":[{"name":"_blc","value":"c-1"},{"name":"blc","value":"no id"}]}`, []string{"cart_attribute click c-1"}},
		{"attributes of odd types", `{"note_attributes":[{"name":"bl","value":{"a":1}},{"name":"bl","value":true},{"name":["bl"],"value":"a"},7,null,[]]}`, nil},
		{"attributes that are no list", `{"note_attributes":{"bl":"a"}}`, nil},
		{"a note with a link", `{"note":"thanks to https://pier.example/?bl=ava, Mira"}`, []string{"order_note ava"}},
		{"a note that is one word", `{"note":"ava"}`, nil},
		{"a note of an odd type", `{"note":{"bl":"ava"}}`, nil},
		{"everywhere", `{"landing_site":"/?bl=a","note_attributes":[{"name":"bl","value":"a"}],"note":"bl=b"}`, []string{"landing_page a", "cart_attribute a", "order_note b"}},
		{"a key longer than any of ours", `{"landing_site":"/?bl=` + strings.Repeat("a", 256) + `"}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := decodeOrder(t, "orders/create", change(t, plainOrder, tt.patch))
			var got []string
			for _, touch := range o.Touches {
				got = append(got, trace(touch))
				if !touch.At.Equal(o.PlacedAt) || touch.Verified {
					t.Errorf("the touch is not of the order's time, or passes for verified: %v", touch)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Touches mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// A buyer who fills the cart with attributes must not make the order too large to be
// decided.
func TestTouchesAreFew(t *testing.T) {
	t.Parallel()
	var attributes []string
	for i := range 5000 {
		attributes = append(attributes, fmt.Sprintf(`{"name":"bl","value":"k%d"}`, i))
	}
	o := decodeOrder(t, "orders/create", change(t, plainOrder,
		`{"landing_site":"/a?bl=k","note":"bl=n","note_attributes":[`+strings.Join(attributes, ",")+`]}`))
	if len(o.Touches) != 16 || trace(o.Touches[0]) != "landing_page k" {
		t.Errorf("%d touches, want 16, the page's among them: %v", len(o.Touches), o.Touches)
	}
}
