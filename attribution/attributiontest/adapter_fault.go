package attributiontest

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Faults lists the faults of an error as "path code", in the order they came.
func Faults(err error) []string {
	var found []string
	for _, f := range byline.Nest("", err) {
		found = append(found, strings.TrimSpace(f.Path+" "+f.Code))
	}
	return found
}

// Refused fails unless a body gave no event, and an error that begins with the place it
// comes from and holds exactly the wanted faults, as [Faults] lists them.
func Refused(t testing.TB, place string, want []string, events []attribution.Event, err error) {
	t.Helper()
	if len(events) > 0 || !errors.Is(err, byline.ErrInvalid) || !strings.HasPrefix(err.Error(), place) {
		t.Fatalf("%d events with the error %v, which does not begin with %q or may pass", len(events), err, place)
	}
	if diff := cmp.Diff(want, Faults(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// CodeTable is the table of an adapter's codes with what its tests meet of it.
type CodeTable struct {
	Prefix  string   // of every code: "demo."
	Codes   []string // in the order of the table
	Meaning func(code string) string
	// Met are faults that tests want, as [Faults] lists them.
	Met [][]string
	// Elsewhere are codes that other tests meet.
	Elsewhere []string
}

// TestCodes holds a table to the contract of codes: each of its form, once, with a
// meaning, and met by a test; and none is met that is not in the table.
func TestCodes(t *testing.T, table CodeTable) {
	t.Helper()
	report(t, table.check())
}

func (table CodeTable) check() (wrong []string) {
	format := regexp.MustCompile(`^` + regexp.QuoteMeta(table.Prefix) + `[a-z]+(_[a-z]+)*$`)
	met, seen := table.met(), map[string]bool{}
	for _, code := range table.Codes {
		if !format.MatchString(code) {
			wrong = append(wrong, fmt.Sprintf("%q is not of the form of a code", code))
		}
		if table.Meaning(code) == "" {
			wrong = append(wrong, fmt.Sprintf("%q has no meaning", code))
		}
		if seen[code] {
			wrong = append(wrong, fmt.Sprintf("%q stands twice in the table", code))
		} else if !met[code] {
			wrong = append(wrong, fmt.Sprintf("no test meets %q", code))
		}
		seen[code] = true
		delete(met, code)
	}
	for code := range met {
		wrong = append(wrong, fmt.Sprintf("%q is not in the table", code))
	}
	return wrong
}

func (table CodeTable) met() map[string]bool {
	met := map[string]bool{}
	for _, code := range table.Elsewhere {
		met[code] = true
	}
	for _, want := range table.Met {
		for _, w := range want {
			met[w[strings.LastIndex(w, " ")+1:]] = true
		}
	}
	return met
}

// Parsed is for fuzz targets: whatever a body is, it gives the same events twice, or an
// error with faults and without an e-mail address in it.
func Parsed(t testing.TB, parse func() ([]attribution.Event, error)) []attribution.Event {
	t.Helper()
	events, err := parse()
	if err != nil {
		if _, told := errors.AsType[*byline.FieldError](err); !told || len(events) > 0 || !errors.Is(err, byline.ErrInvalid) || strings.Contains(err.Error(), "@") {
			t.Fatalf("%d events with the error %v", len(events), err)
		}
		return nil
	}
	again, err := parse()
	if diff := cmp.Diff(events, again); err != nil || diff != "" {
		t.Fatalf("read twice, %v (-first +second):\n%s", err, diff)
	}
	return events
}

// Mergeable is for fuzz targets: an order encodes and comes back, merging it again changes
// nothing, and reckoning its sales does not panic. Line by line they come to the same.
func Mergeable(t testing.TB, o attribution.Order) {
	t.Helper()
	var decoded attribution.Order
	if err := json.Unmarshal(encode(t, o), &decoded); err != nil {
		t.Fatalf("the order does not come back: %v", err)
	}
	once, err := o.Merge(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []attribution.Order{o, once} {
		twice, err := once.Merge(other)
		if diff := cmp.Diff(once, twice); err != nil || diff != "" {
			t.Fatalf("merged again, %v (-once +twice):\n%s", err, diff)
		}
	}
	// It may refuse, for a negative price or a line that stands twice.
	sales, err := o.Sales()
	if err != nil {
		return
	}
	lines, err := o.Breakdown()
	if err != nil {
		t.Fatal(err)
	}
	report(t, unsummed(sales, lines))
}

func unsummed(sales attribution.Sales, b attribution.Breakdown) (wrong []string) {
	var sold, kept int64
	for _, l := range b.Lines {
		sold, kept = sold+l.Net.Sold.Minor(), kept+l.Net.Kept.Minor()
	}
	if b.Sales != sales || sold != sales.Sold.Minor() || kept != sales.Kept.Minor() {
		wrong = append(wrong, fmt.Sprintf("the lines sold %d and kept %d of %+v", sold, kept, sales))
	}
	return wrong
}
