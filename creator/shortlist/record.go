package shortlist

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Record is what is kept of a choice: who made it, when, on what, and what they noted.
type Record struct {
	At         time.Time `json:"at"`
	By         string    `json:"by"`
	Request    Request   `json:"request"`
	Options    Options   `json:"options"`
	InputsHash string    `json:"inputs_hash"` // see [InputsHash]
	Known      []Known   `json:"known,omitempty"`
	Notes      []Note    `json:"notes,omitempty"`
	List       List      `json:"list"`
	Erased     int       `json:"erased,omitempty"` // creators taken out by [Erase]
}

// Known is a fact about a creator that the choice rests on, and when it was true.
type Known struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	What      string           `json:"what"` // "audience", "engagement.rate"
	At        time.Time        `json:"at"`
	Source    string           `json:"source,omitempty"`
}

// Note is what a person wrote about a creator while vetting.
type Note struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	By        string           `json:"by"`
	At        time.Time        `json:"at"`
	Text      string           `json:"text"`
}

// NewRecord chooses and records it. Known holds, sorted, when every candidate's outcome,
// score and checks were true; the caller may add what else was known, and notes. Errors
// are those of [Choose].
func NewRecord(at time.Time, by string, candidates []Candidate, r Request, o *Options) (Record, error) {
	list, err := Choose(candidates, r, o)
	if err != nil {
		return Record{}, err
	}
	record := Record{At: at, By: by, Request: r, List: list, Known: known(candidates)}
	if o != nil {
		record.Options = *o
		record.Options.Coverage = nil
	}
	record.InputsHash, err = InputsHash(candidates, r, o)
	return record, err
}

func known(candidates []Candidate) []Known {
	var list []Known
	add := func(id byline.CreatorID, what string, at time.Time) {
		if !at.IsZero() {
			list = append(list, Known{CreatorID: id, What: what, At: at})
		}
	}
	for _, c := range byKey(candidates) {
		add(c.CreatorID, "outcome", c.Outcome.Value.At())
		add(c.CreatorID, "score", c.Score.At())
		for _, check := range c.Checks {
			add(c.CreatorID, check.Code, check.At)
		}
	}
	return list
}

func byKey(candidates []Candidate) []Candidate {
	sorted := slices.Clone(candidates)
	slices.SortStableFunc(sorted, func(a, b Candidate) int { return a.compare(b.Key) })
	return sorted
}

// InputsHash is the SHA-256 of candidates in the order of their keys, request and options,
// as JSON. A coverage is not part of it.
func InputsHash(candidates []Candidate, r Request, o *Options) (string, error) {
	filled, fields := o.filled()
	if err := byline.Faults(fields); err != nil {
		return "", err
	}
	data, err := json.Marshal(struct {
		Candidates []Candidate
		Request    Request
		Options    Options
	}{byKey(candidates), r, filled})
	if err != nil {
		return "", fmt.Errorf("hash inputs: %w", err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// Verify makes the list of a record again and says what differs: findings of code
// "record.inputs_differ" where candidates, request or options are not the same,
// "record.list_differs" where the list is not, and "record.erased" where creators have
// been erased, after which it cannot be compared. None says that all is the same. coverage
// is as in [Options], nil for sums. Errors are those of [Choose].
func Verify(record Record, candidates []Candidate, coverage func() Coverage) ([]byline.Finding, error) {
	if record.Erased > 0 {
		return []byline.Finding{difference("record.erased", "list", fmt.Sprintf("%d creators were erased from the record", record.Erased))}, nil
	}
	options := record.Options
	options.Coverage = coverage
	list, err := Choose(candidates, record.Request, &options)
	if err != nil {
		return nil, err
	}
	hash, err := InputsHash(candidates, record.Request, &options)
	if err != nil {
		return nil, err
	}
	var findings []byline.Finding
	if hash != record.InputsHash {
		findings = append(findings, difference("record.inputs_differ", "inputs_hash", "the inputs are not those of the record"))
	}
	// As JSON, because that is how a record is kept.
	was, err := json.Marshal(record.List)
	if err != nil {
		return nil, fmt.Errorf("compare lists: %w", err)
	}
	is, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("compare lists: %w", err)
	}
	if !bytes.Equal(was, is) {
		findings = append(findings, difference("record.list_differs", "list", "choosing again gives another list"))
	}
	return findings, nil
}

func difference(code, path, message string) byline.Finding {
	return byline.Finding{Code: code, Severity: byline.Warning, Path: path, Message: message}
}
