package stripe_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/stripe"
	"github.com/bylinehq/byline/internal/golden"
)

// The vectors come from the test suites of Stripe's libraries. Their events are of topics
// that mean nothing here, so a good signature leads as far as ErrIgnored, and with a body
// that is no event to a delivery.
func TestVectors(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(golden.SharedData(t, "payloads", "vectors.json"))
	require.NoError(t, err)
	var file struct {
		Vectors []struct {
			ID, Platform, Expect, Secret, Body string
			Headers                            map[string]string
			Now                                int64
			Tolerance                          int `json:"tolerance_s"`
		}
	}
	require.NoError(t, json.Unmarshal(data, &file))
	judged := 0
	for _, v := range file.Vectors {
		if v.Platform != "stripe" {
			continue
		}
		judged++
		header := http.Header{}
		for name, value := range v.Headers {
			header[name] = []string{value}
		}
		hook := stripe.Webhook{
			Secrets: []attribution.Secret{attribution.Secret(v.Secret)}, Tolerance: time.Duration(v.Tolerance) * time.Second,
			Now: func() time.Time { return time.Unix(v.Now, 0) },
		}
		_, err := hook.Verify(header, []byte(v.Body))
		good := err == nil || errors.Is(err, attribution.ErrIgnored)
		bad := errors.Is(err, attribution.ErrBadSignature) || errors.Is(err, attribution.ErrExpired)
		if (v.Expect == "valid") != good || (v.Expect == "valid") == bad {
			t.Errorf("%s: Verify = %v, want %s", v.ID, err, v.Expect)
		}
	}
	if judged != 3 {
		t.Errorf("judged %d vectors, want 3", judged)
	}
}

// Each file of the research data, and what becomes of it. Those that are called resources
// are no events.
func TestSharedPayloads(t *testing.T) {
	t.Parallel()
	tests := []struct{ file, want string }{
		{"charge.dispute.closed.json", "data.object.id stripe.required"}, // of 2013, when disputes had none
		{"charge.dispute.created.json", "stripe:ch_000000000000000000000000 dispute dp_000000000000000000000000 inquiry of 1.00 USD"},
		{"charge.refunded.json", "stripe:ch_000000000000000000000000 refund re_000000000000000000000000 settled of 1.00 USD"},
		{"checkout.session.completed.json", "stripe:pi_000000000000000000000000 paid keeps 30.00 USD of 30.00 USD, no code, test true"},
		{"checkout.session.completed.payment_mode.json", "stripe:pi_00000000000000 paid keeps 250.00 USD of 250.00 USD, no code, test true"},
		{"customer.discount.created.json", ""},
		{
			"invoice.paid.json",
			"stripe:in_000000000000000000000000 paid keeps 20.00 USD of 20.00 USD, no code, test true; " +
				"stripe:pi_000000000000000000000000 is stripe:in_000000000000000000000000; stripe:ch_000000000000000000000000 is stripe:in_000000000000000000000000",
		},
		{"resource.checkout.session.json", "stripe.shape"},
		{"resource.dispute.json", "stripe.shape"},
		{"resource.promotion_code.json", "stripe.shape"},
		{"resource.refund.json", "stripe.shape"},
	}
	dir := golden.SharedData(t, "payloads", "stripe")
	listed := map[string]bool{}
	for _, tt := range tests {
		listed[tt.file] = true
		body, err := os.ReadFile(filepath.Join(dir, tt.file))
		require.NoError(t, err)
		if diff := cmp.Diff(tt.want, summary(decode(t, body))); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", tt.file, diff)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	for _, f := range files {
		if !listed[filepath.Base(f)] {
			t.Errorf("%s is not in the table", filepath.Base(f))
		}
	}
}

// summary says in a line what events came of a body, or its faults.
func summary(events []attribution.Event, err error) string {
	if err != nil {
		return strings.Join(codesOf(err), ", ")
	}
	var lines []string
	for _, e := range events {
		lines = append(lines, summaryOf(e))
	}
	return strings.Join(lines, "; ")
}

func summaryOf(e attribution.Event) string {
	switch {
	case e.Alias != nil:
		return fmt.Sprintf("%s is %s", e.Alias.Also, e.Alias.Order)
	case e.Kind == attribution.OrderRefunded:
		r := e.Order.Refunds[0]
		return fmt.Sprintf("%s refund %s %s of %s", e.Order.ID, r.ID, r.State, r.Cash)
	case e.Kind == attribution.OrderDisputed:
		d := e.Order.Disputes[0]
		return fmt.Sprintf("%s dispute %s %s of %s", e.Order.ID, d.ID, d.State, d.Amount)
	case !e.Order.HasDocument():
		return fmt.Sprintf("%s with %d touches", e.Order.ID, len(e.Order.Touches))
	}
	sales, err := e.Order.Sales()
	if err != nil {
		return err.Error()
	}
	codes := "no code"
	for i, c := range e.Order.Codes {
		if codes = strings.TrimPrefix(codes, "no code"); i > 0 {
			codes += " and "
		}
		codes += fmt.Sprintf("%s %s %s", c.Code, c.Kind, c.Discount)
	}
	return fmt.Sprintf("%s %s keeps %s of %s, %s, test %t", e.Order.ID, e.Order.Payment, sales.Kept, sales.Sold, codes, e.Order.Test)
}
