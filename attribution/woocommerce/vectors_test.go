package woocommerce_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/woocommerce"
	"github.com/bylinehq/byline/internal/golden"
)

// The signature was worked out from WooCommerce's source by another program.
func TestVectors(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(golden.SharedData(t, "payloads", "vectors.json"))
	require.NoError(t, err)
	var file struct {
		Vectors []struct {
			ID, Platform, Expect, Secret, Body string
			Headers                            map[string]string
		}
	}
	require.NoError(t, json.Unmarshal(data, &file))
	judged := 0
	for _, v := range file.Vectors {
		if v.Platform != "woocommerce" {
			continue
		}
		judged++
		var want error
		if v.Expect != "valid" {
			want = attribution.ErrBadSignature
		}
		header := http.Header{}
		for name, value := range v.Headers {
			header[name] = []string{value}
		}
		hook := woocommerce.Webhook{Secrets: []attribution.Secret{attribution.Secret(v.Secret)}, Shop: "example.com"}
		d, err := hook.Verify(header, []byte(v.Body))
		if !errors.Is(err, want) {
			t.Errorf("%s: Verify = %v, want %v", v.ID, err, want)
		}
		// Its body is a refund of the REST API, which no webhook sends.
		if _, err := hook.Parse(d); v.Expect == "valid" && strings.Join(codesOf(err), ", ") != "woocommerce.shape" {
			t.Errorf("%s: Parse = %v", v.ID, err)
		}
	}
	if judged != 1 {
		t.Errorf("judged %d vectors, want 1", judged)
	}
}

// Each file of the research data, and what becomes of it.
func TestSharedPayloads(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		read func(body []byte) (attribution.Order, error)
		want string
	}{
		"doc_order_1.json":  {readOrder, "woocommerce:example.com:727 paid, placed 2017-03-22T19:28:02Z by api, keeps 18.00 USD of 18.00 USD in 2 lines, tax 1.35 USD, 0 codes, 0 touches, 0 refunds"},
		"doc_order_2.json":  {readOrder, "woocommerce:example.com:727 paid, placed 2017-03-22T19:28:02Z by api, keeps 18.00 USD of 18.00 USD in 2 lines, tax 1.35 USD, 0 codes, 0 touches, 0 refunds"},
		"doc_refund_1.json": {readRefunds, "woocommerce:example.com:723 refund 726 settled of [], cash 10.00 USD; refund 724 settled of [{311 1 9.00 USD 0.00 USD}], cash 9.00 USD"},
	}
	dir := golden.SharedData(t, "payloads", "woocommerce")
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	for _, f := range files {
		tt, listed := tests[filepath.Base(f)]
		if !listed {
			t.Errorf("%s is not in the table", filepath.Base(f))
			continue
		}
		body, err := os.ReadFile(f)
		require.NoError(t, err)
		o, err := tt.read(body)
		require.NoError(t, err)
		if diff := cmp.Diff(tt.want, summary(t, o)); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", filepath.Base(f), diff)
		}
	}
}

func readOrder(body []byte) (attribution.Order, error) {
	hook := woocommerce.Webhook{Secrets: []attribution.Secret{secret}, Shop: "https://example.com/"}
	events, err := hook.Decode(with(signed("order.created", body), sourceHeader, "https://example.com/"), body, arrival())
	if err != nil || len(events) != 1 {
		return attribution.Order{}, fmt.Errorf("%d events: %w", len(events), err)
	}
	return *events[0].Order, nil
}

func readRefunds(body []byte) (attribution.Order, error) {
	return woocommerce.ParseRefunds(body, woocommerce.RefundList{Shop: "example.com", Order: 723, Currency: byline.USD, AsOf: arrival(), Whole: true})
}

func summary(t *testing.T, o attribution.Order) string {
	t.Helper()
	if !o.HasDocument() {
		var refunds []string
		for _, r := range o.Refunds {
			refunds = append(refunds, fmt.Sprintf("refund %s %s of %v, cash %s", r.ID, r.State, r.Lines, r.Cash))
		}
		return fmt.Sprintf("%s %s", o.ID, strings.Join(refunds, "; "))
	}
	sales, err := o.Sales()
	require.NoError(t, err)
	var tax byline.Money
	for _, l := range o.Lines {
		tax = add(t, tax, l.Tax)
	}
	return fmt.Sprintf("%s %s, placed %s by %s, keeps %s of %s in %d lines, tax %s, %d codes, %d touches, %d refunds",
		o.ID, o.Payment, o.PlacedAt.Format("2006-01-02T15:04:05Z07:00"), o.Channel, sales.Kept, sales.Sold, len(o.Lines), tax, len(o.Codes), len(o.Touches), len(o.Refunds))
}
