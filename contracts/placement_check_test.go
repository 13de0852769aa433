package contracts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/contracts"
)

func TestPlacementValidate(t *testing.T) {
	t.Parallel()
	good := placed("p", contracts.ChannelWebsite, date(3, 1), time.Time{})
	tests := map[string]struct {
		change func(*contracts.Placement)
		want   []fault
	}{
		"good":    {func(*contracts.Placement) {}, nil},
		"nothing": {func(p *contracts.Placement) { *p = contracts.Placement{} }, []fault{{"id", "required"}, {"asset.id", "required"}, {"use.channel", "required"}, {"use.market", "required"}, {"use.at", "required"}}},
		"words": {func(p *contracts.Placement) {
			p.Use.Channel, p.Use.Market, p.Use.Edit, p.Use.Likeness, p.Use.AI, p.Use.By = "blog", "XX", "flip", "hologram", "dream", "friends"
		}, []fault{{"use.channel", "oneof"}, {"use.market", "market"}, {"use.edit", "oneof"}, {"use.likeness", "oneof"}, {"use.ai", "oneof"}, {"use.by", "oneof"}}},
		"numbers": {func(p *contracts.Placement) { p.Use.Spend, p.Use.Impressions, p.Cost = eur(-1), -1, eur(-1) }, []fault{{"use.spend", "min"}, {"use.impressions", "min"}, {"cost", "min"}}},
		"order":   {func(p *contracts.Placement) { p.Use.Until = p.Use.At }, []fault{{"use.until", "audit.order"}}},
	}
	for name, tt := range tests {
		p := good
		tt.change(&p)
		if diff := cmp.Diff(tt.want, faultsOf(p.Validate())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What an audit takes may still be a use that nobody knows: it is granted to nobody.
func TestAuditTakesUnknownWords(t *testing.T) {
	t.Parallel()
	p := placed("p", "blog", date(3, 1), time.Time{})
	report, err := rightsOf(t, granting(t, website())).Audit([]contracts.Placement{p}, date(4, 1))
	require.NoError(t, err)
	if len(report.Now) != 1 || p.Validate() == nil {
		t.Errorf("%+v", report)
	}
}

func TestRightsPricesValidate(t *testing.T) {
	t.Parallel()
	table := prices("both")
	table.AddOns = append(table.AddOns, table.AddOns[0])
	if diff := cmp.Diff([]fault{{"order", "price.order"}, {"add_ons[2].id", "price.twice"}}, faultsOf(table.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	require.NoError(t, contracts.RightsPrices{Base: eur(1), Order: contracts.Additive}.Validate(), "a table may be for no grant at all")
}
