package shortlist_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/shortlist"
	"github.com/bylinehq/byline/internal/golden"
)

func recorded(t *testing.T) (shortlist.Record, []shortlist.Candidate) {
	t.Helper()
	cs, r := demo()
	r.Never, r.Apart = []byline.CreatorID{"emil"}, [][2]byline.CreatorID{{"fay", "zoe"}}
	record, err := shortlist.NewRecord(day(), "desk", cs, r, nil)
	require.NoError(t, err)
	record.Notes = []shortlist.Note{
		{CreatorID: "fay", By: "desk", At: day(), Text: "warm, replies fast"},
		{CreatorID: "ada", By: "desk", At: day(), Text: "friend of fay, not of fayette"},
	}
	return record, cs
}

func found(t *testing.T, record shortlist.Record, cs []shortlist.Candidate) (codes []string) {
	t.Helper()
	findings, err := shortlist.Verify(record, cs, nil)
	require.NoError(t, err)
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	return codes
}

func TestRecord(t *testing.T) {
	t.Parallel()
	record, cs := recorded(t)
	data, err := json.MarshalIndent(record, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "record.json", append(data, '\n'))
	var back shortlist.Record
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(record, back); diff != "" {
		t.Errorf("JSON round trip:\n%s", diff)
	}
	if got := found(t, back, cs); got != nil {
		t.Errorf("found %s", got)
	}
	cs[0], cs[1] = cs[1], cs[0]
	if got := found(t, back, cs); got != nil {
		t.Errorf("in another order found %s", got)
	}
}

func TestVerifyTells(t *testing.T) {
	t.Parallel()
	record, cs := recorded(t)
	changed := append([]shortlist.Candidate(nil), cs...)
	changed[5].Price = eur(59_999)
	if diff := cmp.Diff([]string{"record.inputs_differ", "record.list_differs"}, found(t, record, changed)); diff != "" {
		t.Error(diff)
	}
	tampered := record
	tampered.List.Value++
	if diff := cmp.Diff([]string{"record.list_differs"}, found(t, tampered, cs)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"record.erased"}, found(t, shortlist.Erase(record, "fay"), cs)); diff != "" {
		t.Error(diff)
	}
}

func TestKnownHoldsWhatWasTrueWhen(t *testing.T) {
	t.Parallel()
	cs := six()[:1]
	cs[0].Score = byline.Known(70, "s", day().AddDate(0, 0, -1))
	cs[0].Checks = []creator.Check{{Code: "a.b", State: creator.Passed, At: day().AddDate(0, 0, -2)}, {Code: "c.d", State: creator.Passed}}
	record, err := shortlist.NewRecord(day(), "desk", cs, sums(100), nil)
	require.NoError(t, err)
	want := []shortlist.Known{
		{CreatorID: "ada", What: "outcome", At: day()},
		{CreatorID: "ada", What: "score", At: day().AddDate(0, 0, -1)},
		{CreatorID: "ada", What: "a.b", At: day().AddDate(0, 0, -2)},
	}
	if diff := cmp.Diff(want, record.Known); diff != "" {
		t.Error(diff)
	}
}

func TestEraseLeavesNothing(t *testing.T) {
	t.Parallel()
	record, _ := recorded(t)
	record.Request.Name, record.List.Name = "spring with bruno", "spring with bruno"
	record.List.Binding = append(record.List.Binding, shortlist.Binding{Path: "max", Next: &shortlist.Next{Key: shortlist.Key{CreatorID: "hana"}}})
	before, err := json.Marshal(record)
	require.NoError(t, err)
	for _, id := range []byline.CreatorID{"ada", "bruno", "cleo", "dario", "emil", "fay", "hana", "zoe"} {
		erased := shortlist.Erase(record, id)
		data, err := json.Marshal(erased)
		require.NoError(t, err)
		if text := strings.ReplaceAll(string(data), "fayette", ""); strings.Contains(text, string(id)) {
			t.Errorf("%s is still there: %s", id, text)
		}
		if erased.Erased != 1 || erased.List.Spent != record.List.Spent || erased.List.Value != record.List.Value {
			t.Errorf("%s: erased %d, spent %s, value %g", id, erased.Erased, erased.List.Spent, erased.List.Value)
		}
		if diff := cmp.Diff(erased, shortlist.Erase(erased, id)); diff != "" {
			t.Errorf("erasing twice:\n%s", diff)
		}
		for _, o := range erased.List.Out {
			if o.CreatorID == shortlist.Erased && o.Message != "" {
				t.Errorf("why %s was out is still there: %s", id, o.Message)
			}
		}
		if id != "ada" && !strings.Contains(string(data), "fayette") {
			t.Errorf("erasing %s took a part of another name", id)
		}
		if id == "fay" && strings.Contains(string(data), "warm") {
			t.Error("a note about her is still there")
		}
	}
	after, err := json.Marshal(record)
	require.NoError(t, err)
	if string(before) != string(after) {
		t.Error("the given record was changed")
	}
	for _, id := range []byline.CreatorID{"", shortlist.Erased, "nobody"} {
		if diff := cmp.Diff(record, shortlist.Erase(record, id)); diff != "" {
			t.Errorf("erasing %q:\n%s", id, diff)
		}
	}
}
