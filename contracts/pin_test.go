package contracts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

func register(t testing.TB, agreements ...*contracts.Agreement) *contracts.Register {
	t.Helper()
	r, err := contracts.NewRegister(agreements...)
	require.NoError(t, err)
	return r
}

func pin(creator byline.CreatorID, campaign byline.CampaignID, agreement string, version int) attribution.Pin {
	return attribution.Pin{Creator: creator, Campaign: campaign, Agreement: agreement, Version: version}
}

// pinVersions are agreements of ada: three versions in one campaign, the third of which
// begins later, one agreement before them, and one in another campaign.
func pinVersions(t testing.TB) *contracts.Register {
	t.Helper()
	version := func(n int, rate contracts.Rate, start time.Time) *contracts.Agreement {
		return draft(t, func(a *contracts.Terms) {
			a.Version, a.Pay.Percentages[0].Rate, a.Effective.Start = n, rate*contracts.Percent, start
		})
	}
	return register(t, version(1, 0, date(11, 1)), version(2, 50, date(11, 1)), version(3, 30, date(11, 25)),
		draft(t, func(a *contracts.Terms) {
			a.ID, a.Version, a.Pay.Percentages[0].Rate, a.Effective = "ag-before", 2, 90*contracts.Percent, byline.Window{Start: date(10, 1), End: date(11, 1)}
		}),
		draft(t, func(a *contracts.Terms) {
			a.ID, a.Campaign, a.Pay.Percentages[0].Rate = "ag-spring", "spring", 5*contracts.Percent
		}))
}

func TestRegisterEarnPins(t *testing.T) {
	t.Parallel()
	v1, v2 := pin("ada", "autumn", "ag-ada", 1), pin("ada", "autumn", "ag-ada", 2)
	v3, before := pin("ada", "autumn", "ag-ada", 3), pin("ada", "autumn", "ag-before", 2)
	spring, gone := pin("ada", "spring", "ag-spring", 1), pin("cleo", "autumn", "ag-cleo", 7)
	tests := map[string]struct {
		placed time.Time
		pinned []attribution.Pin
		want   []attribution.Pin
		rate   contracts.Rate
	}{
		"the version in force becomes the pin":       {date(11, 20), nil, []attribution.Pin{v2}, 50},
		"a pin holds, though it earns nothing":       {date(11, 20), []attribution.Pin{v1}, []attribution.Pin{v1}, 0},
		"the latest pin counts":                      {date(11, 20), []attribution.Pin{v1, v2}, []attribution.Pin{v2}, 50},
		"the latest pin counts, whichever it is":     {date(11, 20), []attribution.Pin{v2, v1}, []attribution.Pin{v1}, 0},
		"another campaign's pin is another's":        {date(11, 20), []attribution.Pin{spring}, []attribution.Pin{v2, spring}, 50},
		"a pin whose window is over does not hold":   {date(11, 20), []attribution.Pin{before}, []attribution.Pin{v2}, 50},
		"a pin whose window is to come does not":     {date(11, 20), []attribution.Pin{v3}, []attribution.Pin{v2}, 50},
		"a pin of somebody no longer credited stays": {date(11, 20), []attribution.Pin{gone, v1}, []attribution.Pin{v1, gone}, 0},
		"a pin stays where none is in force":         {date(12, 1), []attribution.Pin{v1}, []attribution.Pin{v1}, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := order()
			o.PlacedAt, o.Codes = tt.placed, o.Codes[:1]
			earned, err := pinVersions(t).Earn(decide(t, o), tt.pinned, nil)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, earned.Pins); diff != "" {
				t.Errorf("pins (-want +got):\n%s", diff)
			}
			var rate contracts.Rate
			for _, l := range earned.Lines {
				rate += l.Rate
			}
			if rate != tt.rate*contracts.Percent {
				t.Errorf("earns at %s, want %d%%", rate, tt.rate)
			}
		})
	}
}

// A version that is not registered is an error, and it takes its id and its number to
// name one.
func TestRegisterEarnUnderALostVersion(t *testing.T) {
	t.Parallel()
	r := pinVersions(t)
	for name, lost := range map[string]attribution.Pin{
		"another number": pin("ada", "autumn", "ag-ada", 4),
		"another id":     pin("ada", "autumn", "ag-lost", 2),
		"another's id":   pin("ada", "autumn", "ag-spring", 1),
	} {
		_, err := r.Earn(decide(t, order()), []attribution.Pin{lost}, nil)
		require.ErrorIs(t, err, byline.ErrUnavailable, name)
	}
}

func TestRegisterEarnReportsAMissingAgreement(t *testing.T) {
	t.Parallel()
	r := register(t, draft(t, nil))
	earned, err := r.Earn(decide(t, order()), nil, nil)
	require.NoError(t, err)
	want := []byline.Finding{{
		Code: "agreement.missing", Severity: byline.Warning, Path: "credits",
		Message: "bruno is credited and had no agreement in force when the order was placed; nothing is owed",
		Fix:     "draft the agreement with an effective window that contains the order, then settle the order again",
	}}
	if diff := cmp.Diff(want, earned.Findings); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]attribution.Pin{pin("ada", "autumn", "ag-ada", 1)}, earned.Pins); diff != "" {
		t.Errorf("pins (-want +got):\n%s", diff)
	}
	if len(earned.Lines) != 1 || earned.Lines[0].Creator != "ada" {
		t.Errorf("lines %+v, want ada's", earned.Lines)
	}
}

// Before the document nothing is known of when the order was placed, so nothing is
// decided for good and nothing is missing.
func TestRegisterEarnWithoutADocument(t *testing.T) {
	t.Parallel()
	kept := []attribution.Pin{pin("cleo", "autumn", "ag-cleo", 1)}
	for name, placed := range map[string]time.Time{"placed": date(11, 20), "not even placed": {}} {
		o := order()
		o.PlacedAt, o.UpdatedAt = placed, time.Time{}
		earned, err := register(t, draft(t, nil)).Earn(decide(t, o), kept, nil)
		require.NoError(t, err)
		if diff := cmp.Diff(kept, earned.Pins); diff != "" {
			t.Errorf("%s: pins (-want +got):\n%s", name, diff)
		}
		if len(earned.Findings) != 0 {
			t.Errorf("%s: findings %+v", name, earned.Findings)
		}
		for _, l := range earned.Lines {
			if !l.Amount.IsZero() {
				t.Errorf("%s: line %+v", name, l)
			}
		}
	}
}

func TestANilRegisterIsEmpty(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*contracts.Register{"nil": nil, "zero": {}} {
		if _, ok := r.InForce("ada", "autumn", date(11, 20)); ok || len(r.Agreements()) != 0 {
			t.Errorf("the %s register holds something", name)
		}
		earned, err := r.Earn(decide(t, order()), nil, nil)
		require.NoError(t, err)
		if len(earned.Findings) != 2 || len(earned.Lines) != 0 || len(earned.Pins) != 0 {
			t.Errorf("the %s register: %+v, want two findings", name, earned)
		}
		_, err = r.Earn(decide(t, order()), []attribution.Pin{pin("ada", "autumn", "ag-ada", 1)}, nil)
		require.ErrorIs(t, err, byline.ErrUnavailable)
	}
}
