package vet_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

func TestVariantsAreSourced(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for i, v := range vet.Variants() {
		require.NoError(t, v.Validate())
		if i > 0 && (v.Source == "" || v.ReadAt.IsZero() || v.Confidence == "") {
			t.Errorf("%s is not sourced and dated", v.Name)
		}
		if v.Name == "" || seen[v.Name] {
			t.Errorf("name %q", v.Name)
		}
		seen[v.Name] = true
		data, err := json.Marshal(v)
		require.NoError(t, err)
		var back vet.Variant
		require.NoError(t, json.Unmarshal(data, &back))
		if diff := cmp.Diff(v, back); diff != "" {
			t.Errorf("round trip:\n%s", diff)
		}
	}
	if _, ok := vet.VariantNamed("nobody"); ok {
		t.Error("a variant that nobody published")
	}
}

func TestDefinitions(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"byline":             "engagement.rate{likes+comments}/followers;median;last=12;days=90;age>=72h;n>=5;v1",
		"hypeauditor":        "engagement.rate{likes+comments}/followers;mean;last=12;age>=0h;n>=5;v1",
		"hypeauditor_tiktok": "engagement.rate{likes+comments+shares}/views;mean;last=30;age>=0h;n>=5;v1",
		"modash":             "engagement.rate{likes}/followers;mean;last=500;days=61;age>=0h;n>=5;v1",
		"trnd":               "engagement.rate{likes}/followers;median;days=61;age>=0h;n>=5;v1",
		"upfluence":          "engagement.rate{likes+comments}/followers;mean;days=90;age>=0h;n>=5;v1",
		"upfluence_tiktok":   "engagement.rate{likes+comments}/posts;mean;days=90;age>=0h;n>=5;v1",
		"infludata":          "engagement.rate{likes+comments}/followers;mean;last=12;age>=0h;n>=5;v1",
		"infludata_tiktok":   "engagement.rate{likes+comments}/views;mean;last=12;age>=0h;n>=5;v1",
		"kari_err":           "engagement.rate{likes+comments}/reach;mean;age>=0h;n>=5;v1",
	}
	got := map[string]string{}
	for _, v := range vet.Variants() {
		got[v.Name] = v.Definition()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("definitions (-want +got):\n%s", diff)
	}
	a := vet.Variant{Counts: []creator.Metric{creator.Comments, creator.Likes}, Per: creator.Views, Formats: []string{"B", "a", "b"}, OrganicOnly: true}
	if got, want := a.Definition(), "engagement.rate{likes+comments}/views;median;age>=72h;n>=5;formats=a+b;organic;v1"; got != want {
		t.Errorf("definition %s, want %s", got, want)
	}
}

func TestVariantRefuses(t *testing.T) {
	t.Parallel()
	v := vet.Variant{
		Counts: []creator.Metric{creator.Likes, creator.Views, creator.Likes}, Per: creator.Likes, Statistic: "mode",
		Last: -1, Days: -1, MinAgeHours: -2, MinPosts: -1, Formats: []string{""},
	}
	_, err := vet.Engagement(dossier(), ada(), v, now())
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok {
		t.Fatalf("error is %v", err)
	}
	var got []string
	for _, f := range all.Fields {
		got = append(got, f.Path+" "+f.Code)
	}
	want := []string{
		"counts[1] variant.counts", "counts[2] variant.count_twice", "per variant.per", "statistic variant.statistic", "last variant.last",
		"days variant.days", "min_age_hours variant.min_age", "min_posts variant.min_posts", "formats[0] variant.format",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if err := (vet.Variant{}).Validate(); !errors.Is(err, byline.ErrInvalid) {
		t.Errorf("the zero variant: %v", err)
	}
}
