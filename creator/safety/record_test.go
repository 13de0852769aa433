package safety_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
)

func TestRecordHolds(t *testing.T) {
	t.Parallel()
	s := demoScan(t)
	decisions := []safety.Decision{s.Hits[0].Decide(safety.Rejected, "cleo", date(2026, 11, 2))}
	record := func() safety.Record {
		return safety.NewRecord(s, safety.Tolerance{Default: safety.LowRisk}, decisions, date(2026, 11, 20))
	}
	data, err := json.Marshal(record())
	require.NoError(t, err)
	var back safety.Record
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(record(), back); diff != "" || !back.Holds() {
		t.Errorf("it holds: %t, round trip (-want +got):\n%s", back.Holds(), diff)
	}
	for name, edit := range map[string]func(*safety.Record){
		"a check":         func(r *safety.Record) { r.Checks[1].State = creator.Passed },
		"a reason":        func(r *safety.Record) { r.Checks[0].Reason = "fine" },
		"no checks":       func(r *safety.Record) { r.Checks = nil },
		"a hit":           func(r *safety.Record) { r.Scanned.Hits = nil },
		"the tolerance":   func(r *safety.Record) { r.Tolerance.Default = "" },
		"a decision":      func(r *safety.Record) { r.Decisions = nil },
		"the time":        func(r *safety.Record) { r.At = date(2026, 11, 1) },
		"another method":  func(r *safety.Record) { r.Method = "safety.judge;v0" },
		"another verdict": func(r *safety.Record) { r.Decisions[0].Verdict = safety.Accepted },
	} {
		r := record()
		edit(&r)
		if r.Holds() {
			t.Errorf("%s was changed, and it holds", name)
		}
	}
	if decisions[0].Verdict != safety.Rejected {
		t.Error("a record shares the decisions it was made of")
	}
}
