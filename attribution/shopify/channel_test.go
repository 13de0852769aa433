package shopify_test

import (
	"fmt"
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

func TestChannel(t *testing.T) {
	t.Parallel()
	const token = `,"checkout_token":"0f0e0d0c"`
	tests := []struct {
		name, patch string
		want        attribution.Channel
		renewal     bool
	}{
		{"the online shop", `"source_name":"web"`, attribution.Online, false},
		{"the online shop, without a token", `"source_name":"web","checkout_token":null`, attribution.Online, false},
		{"the till", `"source_name":"pos"` + token, attribution.InStore, false},
		{"the till in capitals", `"source_name":"POS"`, attribution.InStore, false},
		{"a draft", `"source_name":"shopify_draft_order"` + token, attribution.Draft, false},
		{"staff with a telephone", `"source_name":"iphone"`, attribution.Draft, false},
		{"staff with another", `"source_name":"android"`, attribution.Draft, false},
		{"an app that writes orders", `"source_name":"755357713"`, attribution.API, false},
		{"an app's id as a number", `"source_name":755357713`, attribution.API, false},
		{"a marketplace by its name", `"source_name":"bazaar"`, attribution.API, false},
		{"an app through which customers buy", `"source_name":"3890849"` + token, attribution.Online, false},
		{"the same in an older version", `"source_name":"3890849","checkout_id":36119877554433`, attribution.Online, false},
		{"a renewal", `"source_name":"subscription_contract"`, attribution.Online, true},
		{"a renewal since October 2025", `"source_name":"subscription_contract_checkout_one"`, attribution.Online, true},
		{"a renewal by its next name", `"source_name":"subscription_contract_of_tomorrow"`, attribution.Online, true},
		{"the order that starts a subscription", `"source_name":"web","line_items":[{"id":11,"quantity":1,"price":"10.00","selling_plan_allocation":{"selling_plan":{"id":1}}}]`, attribution.Online, false},
		{"nothing", `"source_name":null`, attribution.Online, false},
		{"an odd type", `"source_name":{}`, attribution.Online, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := decodeOrder(t, "orders/create", change(t, plainOrder, `{`+tt.patch+`}`))
			if o.Channel != tt.want || o.Renewal != tt.renewal {
				t.Errorf("Channel = %q, renewal %t; want %q, %t", o.Channel, o.Renewal, tt.want, tt.renewal)
			}
		})
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, patch, tag string
		want             bool
	}{
		{"the order's", `"tags":"trade"`, "trade", true},
		{"one of several, spaced, in another case", `"tags":"autumn,  Trade ,x"`, " TRADE", true},
		{"letters beyond ASCII", `"tags":"GROẞHANDEL"`, "Großhandel", true},
		{"a part of a tag", `"tags":"trade fair"`, "trade", false},
		{"the customer's, in older versions", `"tags":"","customer":{"id":7,"tags":"vip, trade"}`, "trade", true},
		{"no tags", `"tags":""`, "trade", false},
		{"an empty tag is none", `"tags":",,"`, " ", false},
		{"none is looked for", `"tags":"trade"`, "", false},
		{"an odd type", `"tags":["trade"]`, "trade", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := change(t, plainOrder, `{`+tt.patch+`}`)
			read := func(tags shopify.Tags) string {
				w := decoder()
				w.Tags = tags
				o := orderOf(t, w, "orders/create", body)
				return fmt.Sprintf("staff %t, wholesale %t, renewal %t", o.Customer.Staff, o.Customer.Wholesale, o.Renewal)
			}
			for tags, want := range map[shopify.Tags]string{
				{Staff: tt.tag}:     fmt.Sprintf("staff %t, wholesale false, renewal false", tt.want),
				{Wholesale: tt.tag}: fmt.Sprintf("staff false, wholesale %t, renewal false", tt.want),
				{Renewal: tt.tag}:   fmt.Sprintf("staff false, wholesale false, renewal %t", tt.want),
			} {
				if got := read(tags); got != want {
					t.Errorf("%+v: %s, want %s", tags, got, want)
				}
			}
		})
	}
}
