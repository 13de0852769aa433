package score_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/internal/golden"
)

func goals() []string {
	return []string{score.Awareness, score.Consideration, score.Conversion, score.Loyalty}
}

func TestPresetGolden(t *testing.T) {
	t.Parallel()
	later, ok := creator.SchemeNamed("later")
	require.True(t, ok)
	for _, goal := range goals() {
		r, err := score.Preset(goal, &score.PresetOptions{Scheme: later, Tier: "micro", OrdersPerPost: 8})
		require.NoError(t, err)
		data, err := json.MarshalIndent(r, "", "  ")
		require.NoError(t, err)
		golden.Equal(t, "preset_"+goal+".json", append(data, '\n'))
	}
}

// Every goal makes a rubric for every tier of every scheme that ships.
func TestPresets(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, scheme := range creator.Schemes() {
		for _, tier := range scheme.Tiers {
			for _, goal := range goals() {
				r, err := score.Preset(goal, &score.PresetOptions{Scheme: scheme, Tier: tier.Name, OrdersPerPost: 3})
				require.NoError(t, err)
				_, err = score.New(r)
				require.NoError(t, err)
				if names[r.Name] {
					t.Errorf("two rubrics are called %s", r.Name)
				}
				names[r.Name] = true
				var whole float64
				for _, g := range r.Groups {
					whole += g.Weight
				}
				near(t, r.Name, 100, whole)
			}
		}
	}
}

func TestPresetOptions(t *testing.T) {
	t.Parallel()
	bare, err := score.Preset(score.Conversion, nil)
	require.NoError(t, err)
	if slices.ContainsFunc(bare.Groups, func(g score.Group) bool { return g.Name == "delivered" }) {
		t.Error("orders count although nobody said how many are many")
	}
	views := func(r score.Rubric) score.Criterion {
		for _, g := range r.Groups {
			if g.Name == "reach" {
				return g.Criteria[0]
			}
		}
		return score.Criterion{}
	}
	if got := views(bare).Metric; got != "engagement.view_rate" {
		t.Errorf("without a tier, views are held against %s", got)
	}
	scheme := creator.Scheme{Name: "own", Tiers: []creator.Tier{{Name: "small", To: 10_000}, {Name: "big", From: 10_000}}}
	for tier, want := range map[string]float64{"small": 1000, "big": 10_000} {
		r, err := score.Preset(score.Awareness, &score.PresetOptions{Scheme: scheme, Tier: tier})
		require.NoError(t, err)
		if got := views(r); got.Metric != "views.median" || got.Target != want || got.Floor != want/20 || r.Name != "awareness:own:"+tier {
			t.Errorf("%s: %+v", r.Name, got)
		}
	}
}

func TestPresetFaults(t *testing.T) {
	t.Parallel()
	_, err := score.Preset("fame", &score.PresetOptions{Tier: "micro", OrdersPerPost: math.NaN()})
	if diff := cmp.Diff([]at{{"goal", "preset.goal"}, {"tier", "preset.tier"}, {"orders_per_post", "preset.orders"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	_, err = score.Preset(score.Loyalty, &score.PresetOptions{OrdersPerPost: -1})
	if diff := cmp.Diff([]at{{"orders_per_post", "preset.orders"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}
