package trust_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution/trust"
	"github.com/bylinehq/byline/internal/promise"
)

// codes is the table of all fault codes of this package. They are a public contract: one
// may retire, none is ever reused for something else.
func codes() []string {
	return []string{
		"options.baseline", "options.chance", "options.margin", "options.min_uses", "options.opens",
		"party.creator", "party.unknown",
		"rulebook.crowd", "rulebook.min_customers", "rulebook.points", "rulebook.refund_percent",
		"use.amount", "use.click", "use.code", "use.coupon", "use.customer", "use.first_seen", "use.late", "use.order", "use.region", "use.time",
	}
}

func TestCodesAreListedAndDocumented(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	if diff := cmp.Diff(codes(), used); diff != "" {
		t.Errorf("codes in the table and in the source (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(codes(), documented); diff != "" {
		t.Errorf("codes in the table and in doc comments (-want +got):\n%s", diff)
	}
}

// The reasons are a public contract too. Their points are the default score.
func TestReasons(t *testing.T) {
	t.Parallel()
	want := []trust.Reason{
		trust.NoClick, trust.CouponReferrer, trust.ReturningCustomers, trust.NewCustomers, trust.NewRegions, trust.BusyDays, trust.JustSeen,
		trust.OwnAccount, trust.OwnEmail, trust.OwnPayment, trust.OwnPhone, trust.OwnVisitor, trust.OwnAddress, trust.StaffOrder,
		trust.SharedPayment, trust.SharedPhone, trust.SharedVisitor, trust.SharedAddress, trust.ManyIdentities,
		trust.RefundShare, trust.UnusualRefundShare, trust.SameCustomerRefunds,
	}
	signals := []string{trust.SignalLeak, trust.SignalSelfDealing, trust.SignalDuplicateIdentity, trust.SignalRepeatRefunds}
	shape := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	var got []trust.Reason
	for _, row := range trust.Reasons() {
		if slices.Contains(got, row.Reason) || !shape.MatchString(string(row.Reason)) || row.Meaning == "" || !slices.Contains(signals, row.Signal) {
			t.Errorf("%+v", row)
		}
		if (row.Points > 0) == (row.Signal == trust.SignalLeak) || row.Points > 100 {
			t.Errorf("%s adds %d points", row.Reason, row.Points)
		}
		got = append(got, row.Reason)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}
