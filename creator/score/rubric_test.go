package score_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/score"
)

type at struct{ Path, Code string }

func faultsOf(t *testing.T, err error) []at {
	t.Helper()
	if err == nil {
		return nil
	}
	require.ErrorIs(t, err, byline.ErrInvalid)
	var out []at
	if all, ok := errors.AsType[*byline.ValidationError](err); ok {
		for _, f := range all.Fields {
			out = append(out, at{f.Path, f.Code})
		}
		return out
	}
	one, ok := errors.AsType[*byline.FieldError](err)
	require.True(t, ok)
	return []at{{one.Path, one.Code}}
}

func TestRubricFaults(t *testing.T) {
	t.Parallel()
	nan, one, two, inf, minusInf := math.NaN(), 1.0, 2.0, math.Inf(1), math.Inf(-1)
	tests := map[string]struct {
		edit func(*score.Rubric)
		want []at
	}{
		"good":           {func(*score.Rubric) {}, nil},
		"nothing":        {func(r *score.Rubric) { *r = score.Rubric{} }, []at{{"name", "rubric.name"}, {"version", "rubric.version"}, {"groups", "rubric.groups"}}},
		"coverage":       {func(r *score.Rubric) { r.Coverage = 1.01 }, []at{{"coverage", "rubric.coverage"}}},
		"coverage nan":   {func(r *score.Rubric) { r.Coverage = nan }, []at{{"coverage", "rubric.coverage"}}},
		"full coverage":  {func(r *score.Rubric) { r.Coverage = 1 }, nil},
		"group name":     {func(r *score.Rubric) { r.Groups[1].Name = "sales" }, []at{{"groups[1].name", "rubric.group_name"}}},
		"no group name":  {func(r *score.Rubric) { r.Groups[1].Name = "" }, []at{{"groups[1].name", "rubric.group_name"}}},
		"no criteria":    {func(r *score.Rubric) { r.Groups[0].Criteria = nil }, []at{{"groups[0].criteria", "rubric.criteria"}}},
		"no weight":      {func(r *score.Rubric) { r.Groups[0].Weight = 0 }, []at{{"groups[0].weight", "rubric.weight"}}},
		"weight nan":     {func(r *score.Rubric) { r.Groups[0].Criteria[0].Weight = nan }, []at{{"groups[0].criteria[0].weight", "rubric.weight"}}},
		"weight inf":     {func(r *score.Rubric) { r.Groups[0].Criteria[0].Weight = math.Inf(1) }, []at{{"groups[0].criteria[0].weight", "rubric.weight"}}},
		"negative":       {func(r *score.Rubric) { r.Groups[0].Criteria[0].Weight = -1 }, []at{{"groups[0].criteria[0].weight", "rubric.weight"}}},
		"no metric":      {func(r *score.Rubric) { r.Groups[0].Criteria[0].Metric = "" }, []at{{"groups[0].criteria[0].metric", "rubric.metric"}}},
		"counted twice":  {func(r *score.Rubric) { r.Groups[0].Criteria[0].Metric = "audience.fit" }, []at{{"groups[1].criteria[0].metric", "rubric.metric_twice"}}},
		"equal anchors":  {func(r *score.Rubric) { r.Groups[0].Criteria[0].Target = 0 }, []at{{"groups[0].criteria[0].target", "rubric.anchors"}}},
		"anchor nan":     {func(r *score.Rubric) { r.Groups[0].Criteria[0].Floor = nan }, []at{{"groups[0].criteria[0].target", "rubric.anchors"}}},
		"anchor inf":     {func(r *score.Rubric) { r.Groups[0].Criteria[0].Target = math.Inf(-1) }, []at{{"groups[0].criteria[0].target", "rubric.anchors"}}},
		"anchor too far": {func(r *score.Rubric) { r.Groups[0].Criteria[0].Target = 1.1e300 }, []at{{"groups[0].criteria[0].target", "rubric.anchors"}}},
		"bound inf":      {func(r *score.Rubric) { r.Limits[0].AtLeast = &inf }, []at{{"limits[0]", "limit.bounds"}}},
		"bound -inf":     {func(r *score.Rubric) { r.Limits[0].AtLeast, r.Limits[0].AtMost = nil, &minusInf }, []at{{"limits[0]", "limit.bounds"}}},
		"unit":           {func(r *score.Rubric) { r.Groups[0].Criteria[0].Unit = "stars" }, []at{{"groups[0].criteria[0].unit", "rubric.unit"}}},
		"check":          {func(r *score.Rubric) { r.Checks = append(r.Checks, "", r.Checks[0]) }, []at{{"checks[2]", "rubric.check"}, {"checks[3]", "rubric.check"}}},
		"limit metric":   {func(r *score.Rubric) { r.Limits[0].Metric = "" }, []at{{"limits[0].metric", "limit.metric"}}},
		"limit unit":     {func(r *score.Rubric) { r.Limits[0].Unit = "x" }, []at{{"limits[0].unit", "rubric.unit"}}},
		"no bounds":      {func(r *score.Rubric) { r.Limits[0].AtLeast = nil }, []at{{"limits[0]", "limit.bounds"}}},
		"crossed bounds": {func(r *score.Rubric) { r.Limits[0].AtLeast, r.Limits[0].AtMost = &two, &one }, []at{{"limits[0]", "limit.bounds"}}},
		"bound nan":      {func(r *score.Rubric) { r.Limits[0].AtLeast = &nan }, []at{{"limits[0]", "limit.bounds"}}},
		"equal bounds":   {func(r *score.Rubric) { r.Limits[0].AtLeast, r.Limits[0].AtMost = &one, &one }, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := demoRubric()
			tt.edit(&r)
			_, err := score.New(r)
			if diff := cmp.Diff(tt.want, faultsOf(t, err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadRubric(t *testing.T) {
	t.Parallel()
	good, err := json.Marshal(demoRubric())
	require.NoError(t, err)
	read, err := score.ReadRubric(good)
	require.NoError(t, err)
	if diff := cmp.Diff(demoRubric(), read); diff != "" {
		t.Errorf("rubric mismatch (-want +got):\n%s", diff)
	}
	for name, text := range map[string]string{
		"misspelt":   `{"name":"a","version":"1","groups":[{"name":"g","weigth":1}]}`,
		"two":        string(good) + string(good),
		"no object":  `[]`,
		"cut":        string(good[:len(good)-1]),
		"nothing":    ``,
		"other type": `{"name":1}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := score.ReadRubric([]byte(text))
			if diff := cmp.Diff([]at{{"", "rubric.json"}}, faultsOf(t, err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
	_, err = score.ReadRubric([]byte(`{}`))
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func TestScorerKeepsItsRubric(t *testing.T) {
	t.Parallel()
	r := demoRubric()
	s := scorer(t, r)
	before := s.Assess(steady())
	r.Groups[0].Criteria[0].Target, r.Groups[0].Weight, r.Checks[0] = 1, 99, "other"
	s.Rubric().Groups[1].Criteria[0].Floor = -9
	if diff := cmp.Diff(before, s.Assess(steady())); diff != "" {
		t.Errorf("a later change reached the scorer (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(demoRubric(), s.Rubric()); diff != "" {
		t.Errorf("rubric mismatch (-want +got):\n%s", diff)
	}
}

func FuzzReadRubric(f *testing.F) {
	good, err := json.Marshal(demoRubric())
	require.NoError(f, err)
	for _, seed := range []string{
		string(good), `{}`, `[]`, `null`, `{"name":"a","version":"1","coverage":1e-320,"groups":[{"name":"g","weight":1e100,"criteria":[{"metric":"m","weight":5e-324,"floor":-1e300,"target":1e300}]}]}`,
		`{"name":"a","version":"1","groups":[{"name":"g","weight":1,"criteria":[{"metric":"m","weight":1,"floor":0,"target":5e-324}]}],"limits":[{"metric":"m","at_most":0,"sure":true}]}`,
	} {
		f.Add([]byte(seed), 0.5)
	}
	f.Fuzz(func(t *testing.T, data []byte, v float64) {
		r, err := score.ReadRubric(data)
		if err != nil {
			require.ErrorIs(t, err, byline.ErrInvalid)
			return
		}
		again, err := json.Marshal(r)
		require.NoError(t, err)
		back, err := score.ReadRubric(again)
		require.NoError(t, err)
		s, err := score.New(back)
		require.NoError(t, err)
		c := score.Candidate{CreatorID: "ada"}
		for _, g := range r.Groups {
			for _, k := range g.Criteria {
				c = with(c, known(k.Metric, v))
			}
		}
		a := s.Assess(c)
		got, known := a.Score.Value()
		inside(t, a.Missing, got, known)
		inside(t, a.Likely, got, known)
		inside(t, a.Weights, got, known)
		_, err = json.Marshal(a)
		require.NoError(t, err)
	})
}
