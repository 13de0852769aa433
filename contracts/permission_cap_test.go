package contracts_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// ads is a right to paid social in Germany for a stretch of time, with a cap of spend
// where it is not the zero Money.
func ads(id contracts.GrantID, spend byline.Money, start, end time.Time) contracts.Grant {
	g := website()
	g.ID, g.Channels, g.Spend = id, []contracts.Channel{contracts.ChannelPaidSocial}, spend
	g.Term = contracts.Term{From: contracts.FromDate, Start: start, End: end}
	return g
}

func adUse(at, until time.Time) contracts.Use {
	return contracts.Use{Channel: contracts.ChannelPaidSocial, Market: "DE", At: at, Until: until}
}

func findingPaths(list []byline.Finding) []string {
	var paths []string
	for _, f := range list {
		paths = append(paths, f.Code+" "+f.Path+" "+strings.Fields(f.Message)[1])
	}
	return paths
}

// A cap is told of wherever the use needs the grant that has it, not only at its start.
func TestMayUseTellsOfEachUncheckedCap(t *testing.T) {
	t.Parallel()
	march := ads("march", byline.Money{}, date(3, 1), date(4, 1))
	april := ads("april", eur(100), date(4, 1), date(5, 1))
	whole := ads("whole", byline.Money{}, date(3, 1), date(5, 1))
	both := ads("both", eur(100), date(3, 1), date(5, 1))
	both.Impressions = 10
	flight := adUse(date(3, 15), date(4, 15))
	tests := map[string]struct {
		grants []contracts.Grant
		use    contracts.Use
		want   []string
	}{
		"of the second grant":             {[]contracts.Grant{march, april}, flight, []string{"rights.cap_unchecked spend april"}},
		"not needed before it":            {[]contracts.Grant{march, april}, adUse(date(3, 15), date(4, 1)), nil},
		"not needed in its time":          {[]contracts.Grant{whole, april}, flight, nil},
		"two caps of one grant":           {[]contracts.Grant{both}, flight, []string{"rights.cap_unchecked spend both", "rights.cap_unchecked impressions both"}},
		"of the one that lasts longest":   {[]contracts.Grant{march, both}, adUse(date(3, 15), time.Time{}), []string{"rights.cap_unchecked spend both", "rights.cap_unchecked impressions both"}},
		"of two grants, in one order":     {[]contracts.Grant{ads("z", eur(1), date(3, 1), date(4, 1)), april}, flight, []string{"rights.cap_unchecked spend april", "rights.cap_unchecked spend z"}},
		"nothing spent is a known number": {[]contracts.Grant{april}, contracts.Use{Channel: contracts.ChannelPaidSocial, Market: "DE", At: date(4, 2), Spend: eur(0)}, nil},
	}
	for name, tt := range tests {
		p := rightsOf(t, granting(t, tt.grants...)).MayUse(reelAsset(), tt.use)
		if diff := cmp.Diff(tt.want, findingPaths(p.Findings)); diff != "" || !p.Allowed {
			t.Errorf("%s: allowed %t, findings (-want +got):\n%s", name, p.Allowed, diff)
		}
	}
}

// A number below zero fits no cap, and says nothing where there is none.
func TestMayUseNumbersBelowZero(t *testing.T) {
	t.Parallel()
	capped, free := ads("capped", eur(100), date(3, 1), date(5, 1)), ads("free", byline.Money{}, date(3, 1), date(5, 1))
	capped.Impressions = 10
	use := adUse(date(4, 1), time.Time{})
	use.Spend, use.Impressions = eur(-1), -1
	p := rightsOf(t, granting(t, capped)).MayUse(reelAsset(), use)
	if diff := cmp.Diff([]string{"rights.spend_cap", "rights.impression_cap"}, denied(p)); diff != "" || p.Allowed {
		t.Errorf("allowed %t, reasons (-want +got):\n%s", p.Allowed, diff)
	}
	if !rightsOf(t, granting(t, free)).MayUse(reelAsset(), use).Allowed {
		t.Error("where no cap is, the number plays no part")
	}
}

// What an audit could not check stands in its report, whether or not there is a breach.
func TestAuditTellsOfUncheckedCaps(t *testing.T) {
	t.Parallel()
	rights := rightsOf(t, granting(t, ads("march", byline.Money{}, date(3, 1), date(4, 1)), ads("april", eur(100), date(4, 1), date(5, 1))))
	place := func(id string, at, until time.Time, spend byline.Money) contracts.Placement {
		p := contracts.Placement{ID: id, Asset: reelAsset(), Use: adUse(at, until)}
		p.Use.Spend = spend
		return p
	}
	report, err := rights.Audit([]contracts.Placement{
		place("no-end", date(3, 1), time.Time{}, byline.Money{}), place("later", date(4, 2), date(4, 3), byline.Money{}),
		place("told", date(4, 2), date(4, 3), eur(5)), place("march", date(3, 1), date(4, 1), byline.Money{}), place("over", date(2, 1), date(3, 10), byline.Money{}),
	}, date(3, 10))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, u := range report.Unchecked {
		got[u.Placement.ID] = findingPaths(u.Findings)
	}
	april := []string{"rights.cap_unchecked spend april"}
	if diff := cmp.Diff(map[string][]string{"no-end": april, "later": april}, got); diff != "" {
		t.Errorf("unchecked (-want +got):\n%s", diff)
	}
	if !strings.Contains(report.Explain(), "2 placements could not be checked in full.\n- later: Grant april of agreement ag-ada caps the spend") {
		t.Error(report.Explain())
	}
}
