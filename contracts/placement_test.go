package contracts_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

func placed(id string, c contracts.Channel, at, until time.Time) contracts.Placement {
	asset := reelAsset()
	asset.Permissions = []contracts.PlatformPermission{sparkCode(date(3, 1), date(4, 20))}
	return contracts.Placement{ID: id, Asset: asset, Use: contracts.Use{Channel: c, Market: "DE", At: at, Until: until}, Cost: eur(1000)}
}

func placements() []contracts.Placement {
	list := []contracts.Placement{
		placed("good", contracts.ChannelWebsite, date(3, 1), date(5, 1)),
		placed("no-planned-end", contracts.ChannelWebsite, date(3, 5), time.Time{}),
		placed("goes-on-too-long", contracts.ChannelWebsite, date(3, 1), date(7, 1)),
		placed("code-runs-out", contracts.ChannelSparkAd, date(3, 1), date(5, 1)),
		placed("never-granted", contracts.ChannelEmail, date(3, 1), date(5, 1)),
		placed("began-too-early", contracts.ChannelWebsite, date(2, 1), date(5, 1)),
		placed("planned-too-late", contracts.ChannelWebsite, date(8, 1), date(8, 9)),
		placed("planned-well", contracts.ChannelWebsite, date(4, 20), date(4, 25)),
		placed("is-over", contracts.ChannelEmail, date(2, 1), date(3, 1)),
		placed("ends-now", contracts.ChannelEmail, date(2, 1), date(4, 1)),
		placed("starts-now", contracts.ChannelEmail, date(4, 1), date(4, 2)),
	}
	list[1].Cost = byline.Money{}
	list[4].Cost = byline.Minor(70, byline.USD)
	return list
}

func TestAudit(t *testing.T) {
	t.Parallel()
	rights := rightsOf(t, granting(t, website(), spark()))
	report, err := rights.Audit(placements(), date(4, 1))
	require.NoError(t, err)
	type breach struct {
		ID          string
		From, Until time.Time
		Codes       []string
	}
	short := func(list []contracts.Breach) (found []breach) {
		for _, b := range list {
			found = append(found, breach{b.Placement.ID, b.From, b.Until, b.Codes})
		}
		return found
	}
	end := inBerlin(t, 6, 1, 1) // three months from 1 March 1:00
	now := []breach{
		{"never-granted", date(3, 1), date(5, 1), []string{"rights.channel"}},
		{"starts-now", date(4, 1), date(4, 2), []string{"rights.channel"}},
	}
	toCome := []breach{
		{"code-runs-out", date(4, 20), date(5, 1), []string{"rights.permission_gap"}},
		{"goes-on-too-long", end, date(7, 1), []string{"rights.ended"}},
		{"no-planned-end", end, time.Time{}, []string{"rights.ended"}},
		{"planned-too-late", date(8, 1), date(8, 9), []string{"rights.ended"}},
	}
	if diff := cmp.Diff(now, short(report.Now)) + cmp.Diff(toCome, short(report.ToCome)); diff != "" {
		t.Errorf("breaches (-want +got):\n%s", diff)
	}
	costs := contracts.Costs{Now: []byline.Money{eur(1000), byline.Minor(70, byline.USD)}, ToCome: []byline.Money{eur(3000)}, ToComeUnknown: 1}
	if diff := cmp.Diff(costs, report.Costs); diff != "" || report.Placements != 11 || report.Running != 7 {
		t.Errorf("%d placements, %d run, costs (-want +got):\n%s", report.Placements, report.Running, diff)
	}
	golden.Equal(t, "audit.golden.txt", []byte(report.Explain()))
	turned := placements()
	slices.Reverse(turned)
	again, err := rights.Audit(turned, date(4, 1))
	require.NoError(t, err)
	if diff := cmp.Diff(report, again); diff != "" {
		t.Errorf("another order, another report:\n%s", diff)
	}
}

// One placement can be in breach, be right and be in breach again; its cost counts once.
func TestAuditTwoBreaches(t *testing.T) {
	t.Parallel()
	p := placed("p", contracts.ChannelWebsite, date(2, 1), date(7, 1))
	report, err := rightsOf(t, granting(t, website())).Audit([]contracts.Placement{p}, date(2, 10))
	require.NoError(t, err)
	if len(report.Now) != 1 || len(report.ToCome) != 1 || !report.Now[0].Until.Equal(date(3, 1)) {
		t.Fatalf("%s", report.Explain())
	}
	if diff := cmp.Diff(contracts.Costs{Now: []byline.Money{eur(1000)}}, report.Costs); diff != "" {
		t.Errorf("costs (-want +got):\n%s", diff)
	}
}

// A right without end leaves a placement without one alone.
func TestAuditWithoutEnd(t *testing.T) {
	t.Parallel()
	g := website()
	g.Term = contracts.Term{From: contracts.FromSigning, Perpetual: true}
	list := []contracts.Placement{placed("p", contracts.ChannelWebsite, date(3, 1), time.Time{}), placed("q", contracts.ChannelWebsite, date(3, 1), date(9, 1))}
	report, err := rightsOf(t, granting(t, g)).Audit(list, date(4, 1))
	require.NoError(t, err)
	if len(report.Now)+len(report.ToCome) > 0 || report.Running != 2 {
		t.Errorf("%s", report.Explain())
	}
}

func TestAuditWithoutRights(t *testing.T) {
	t.Parallel()
	var none *contracts.Rights
	report, err := none.Audit([]contracts.Placement{placed("p", contracts.ChannelSparkAd, date(3, 1), time.Time{})}, date(4, 1))
	require.NoError(t, err)
	if len(report.Now) != 1 || !report.Now[0].Until.IsZero() || report.Now[0].Codes[0] != "rights.no_grant" {
		t.Errorf("%+v", report.Now)
	}
}

func TestAuditFaults(t *testing.T) {
	t.Parallel()
	good := placed("p", contracts.ChannelEmail, date(3, 1), date(4, 1))
	rights := rightsOf(t)
	_, err := rights.Audit([]contracts.Placement{good, good, placed("", contracts.ChannelEmail, time.Time{}, date(4, 1)), placed("q", contracts.ChannelEmail, date(4, 1), date(4, 1))}, date(3, 1))
	want := []fault{{"[1].id", "audit.placement_twice"}, {"[2].id", "required"}, {"[2].use.at", "required"}, {"[3].use.until", "audit.order"}}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	good.Cost = eur(math.MaxInt64)
	other := good
	other.ID = "q"
	_, err = rights.Audit([]contracts.Placement{good, other}, date(3, 1))
	if diff := cmp.Diff([]fault{{"", "money.range"}}, faultsOf(err)); diff != "" {
		t.Errorf("a sum that is too large (-want +got):\n%s", diff)
	}
}
