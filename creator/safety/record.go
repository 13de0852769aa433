package safety

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/bylinehq/byline/creator"
)

// JudgeMethod names the rules by which [Judge] answers.
const JudgeMethod = "safety.judge;v1"

// Record is an answer with all that it rests on, to be stored: what was read with which
// lists, what the brand accepts, what people decided, as of when, and the checks.
//
// Texts and lists are in it by their SHA-256: who keeps posts and lists can scan them
// again, with the window and the languages of the scan, and compare.
type Record struct {
	Method    string          `json:"method"` // [JudgeMethod]
	Scanned   Scanned         `json:"scanned"`
	Tolerance Tolerance       `json:"tolerance"`
	Decisions []Decision      `json:"decisions"`
	At        time.Time       `json:"at"`
	Checks    []creator.Check `json:"checks"`
}

// NewRecord judges a scan, see [Judge], and keeps what it was judged by.
func NewRecord(s Scanned, t Tolerance, decisions []Decision, at time.Time) Record {
	return Record{Method: JudgeMethod, Scanned: s, Tolerance: t, Decisions: append([]Decision{}, decisions...), At: at, Checks: Judge(s, t, decisions, at)}
}

// Holds reports whether the checks of a record are what its scan, tolerance and decisions
// give by the rules of today. It is false for a record that was changed, and for one of
// other rules.
func (r Record) Holds() bool {
	if r.Method != JudgeMethod {
		return false
	}
	want, err := json.Marshal(Judge(r.Scanned, r.Tolerance, r.Decisions, r.At))
	if err != nil {
		return false
	}
	got, err := json.Marshal(r.Checks)
	return err == nil && bytes.Equal(want, got)
}
