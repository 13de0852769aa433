package attributiontest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// recorder stands in for a test that may fail.
type recorder struct {
	testing.TB
	failed string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.failed += fmt.Sprintf(format, args...) + "\n"
}

func (r *recorder) Error(args ...any) { r.failed += fmt.Sprintln(args...) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

func (r *recorder) Fatal(args ...any) {
	r.Error(args...)
	runtime.Goexit()
}

// failure is what a check says of what it is given, "" for nothing.
func failure(check func(t testing.TB)) string {
	var r recorder
	done := make(chan struct{})
	go func() {
		defer close(done)
		check(&r)
	}()
	<-done
	return r.failed
}

func demoFaults() error {
	return fmt.Errorf("demo: order: %w", byline.Faults([]*byline.FieldError{{Path: "id", Code: "demo.id"}, {Code: "demo.own"}}))
}

func TestAdapterChecksCanFail(t *testing.T) {
	t.Parallel()
	event := []attribution.Event{{Key: "k"}}
	faults := []string{"id demo.id", "demo.own"}
	mail := byline.Faults([]*byline.FieldError{{Code: "demo.id", Message: "mira@example.com"}})
	calls := 0
	parsing := func(events []attribution.Event, err error) func(testing.TB) {
		return func(t testing.TB) {
			Parsed(t, func() ([]attribution.Event, error) { return events, err })
		}
	}
	order := attribution.Order{ID: "demo:1"}
	golden := func(want string) func(testing.TB, string, []byte) {
		return func(t testing.TB, name string, got []byte) {
			if name != "order.golden.json" || string(got) != want {
				t.Errorf("%s: %s", name, got)
			}
		}
	}
	tests := map[string]struct {
		check func(t testing.TB)
		want  string // a part of what it says, "" for nothing
	}{
		"a file that is not there":      {func(t testing.TB) { Load(t, "absent.json") }, "absent.json"},
		"a patch that is none":          {func(t testing.TB) { Patch(t, `{}`, `[`) }, "["},
		"an object that is none":        {func(t testing.TB) { Patch(t, `7`, `{}`) }, "7"},
		"golden as wanted":              {func(t testing.TB) { Golden(t, golden("{\n \"a\": 1\n}\n"), "order.json", map[string]int{"a": 1}) }, ""},
		"golden otherwise":              {func(t testing.TB) { Golden(t, golden("{}"), "order.json", map[string]int{"a": 1}) }, "order.golden.json"},
		"golden of what cannot be":      {func(t testing.TB) { Golden(t, golden(""), "order.json", make(chan int)) }, "chan int"},
		"no file at all":                {func(t testing.TB) { AllListed(t, "order.json") }, "0 files"},
		"no signatures":                 {func(t testing.TB) { Signatures(t, nil, nil) }, "signatures.txt"},
		"nobody":                        {func(t testing.TB) { Impersonal(t, []string{"Mira"}, order) }, ""},
		"somebody":                      {func(t testing.TB) { Impersonal(t, []string{"Ada", "demo:1"}, order) }, `holds "demo:1"`},
		"sales as wanted":               {func(t testing.TB) { Sold(t, sold("10"), byline.EUR, "10", "0", "10") }, ""},
		"other sales":                   {func(t testing.TB) { Sold(t, sold("10"), byline.EUR, "10", "1", "9") }, "Sales mismatch"},
		"sales that are refused":        {func(t testing.TB) { Sold(t, sold("-10"), byline.EUR, "10", "0", "10") }, "negative"},
		"refused as wanted":             {func(t testing.TB) { Refused(t, "demo: order: ", faults, nil, demoFaults()) }, ""},
		"not refused":                   {func(t testing.TB) { Refused(t, "", nil, nil, nil) }, "<nil>"},
		"refused for now":               {func(t testing.TB) { Refused(t, "", nil, nil, byline.ErrUnavailable) }, "unavailable"},
		"refused with events":           {func(t testing.TB) { Refused(t, "demo: order: ", faults, event, demoFaults()) }, "1 events"},
		"refused by somebody else":      {func(t testing.TB) { Refused(t, "other: ", faults, nil, demoFaults()) }, "other: "},
		"refused for another reason":    {func(t testing.TB) { Refused(t, "demo: ", faults[:1], nil, demoFaults()) }, "faults mismatch"},
		"refused in another order":      {func(t testing.TB) { Refused(t, "demo: ", []string{faults[1], faults[0]}, nil, demoFaults()) }, "faults mismatch"},
		"parsed":                        {parsing(event, nil), ""},
		"parsed with faults":            {parsing(nil, demoFaults()), ""},
		"parsed with faults and events": {parsing(event, demoFaults()), "1 events"},
		"parsed with an error that is no fault": {
			parsing(nil, byline.ErrInvalid), "invalid",
		},
		"parsed with an error that may pass": {parsing(nil, byline.ErrUnavailable), "unavailable"},
		"parsed with a quotation":            {parsing(nil, mail), "mira@"},
		"parsed otherwise again": {func(t testing.TB) {
			Parsed(t, func() ([]attribution.Event, error) {
				calls++
				return []attribution.Event{{Key: fmt.Sprint(calls)}}, nil
			})
		}, "read twice"},
		"an order":            {func(t testing.TB) { Mergeable(t, sold("10")) }, ""},
		"an order of nothing": {func(t testing.TB) { Mergeable(t, attribution.Order{}) }, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := failure(tt.check); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("it says %q, want %q", got, tt.want)
			}
		})
	}
}

func sold(gross string) attribution.Order {
	return attribution.Order{
		ID: "demo:1", Currency: byline.EUR, Payment: attribution.Paid,
		Lines: []attribution.Line{{ID: "1", Quantity: 1, Gross: Money(gross, byline.EUR)}},
	}
}

func TestUnlisted(t *testing.T) {
	t.Parallel()
	got := unlisted([]string{"testdata/a.json", "testdata/a.golden.json", "testdata/b.json", "testdata/c.golden.json"}, []string{"a.json"})
	want := []string{"testdata/b.json is of no sample in the table", "testdata/c.golden.json is of no sample in the table"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestBadSignatures(t *testing.T) {
	t.Parallel()
	const list = "# how it was made  a.json\n\ngood  a.json\nbad  b.json\n"
	got := badSignatures(list, []string{"a.json", "b.json", "c.json"}, func(_, signature string) error {
		if signature != "good" {
			return errors.New("no")
		}
		return nil
	})
	if diff := cmp.Diff([]string{"b.json: no", "c.json has no signature in the list"}, got); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestCodeTable(t *testing.T) {
	t.Parallel()
	good := CodeTable{
		Prefix: "demo.", Codes: []string{"demo.id", "demo.time_zone"}, Meaning: strings.ToUpper,
		Met: [][]string{{"data.id demo.id"}}, Elsewhere: []string{"demo.time_zone"},
	}
	tests := map[string]struct {
		change func(table *CodeTable)
		want   []string
	}{
		"good":             {func(*CodeTable) {}, nil},
		"of another form":  {func(c *CodeTable) { c.Prefix = "other." }, []string{`"demo.id" is not of the form of a code`, `"demo.time_zone" is not of the form of a code`}},
		"twice":            {func(c *CodeTable) { c.Codes = append(c.Codes, "demo.id") }, []string{`"demo.id" stands twice in the table`}},
		"not met":          {func(c *CodeTable) { c.Met = nil }, []string{`no test meets "demo.id"`}},
		"not listed":       {func(c *CodeTable) { c.Met = append(c.Met, []string{"money.size"}) }, []string{`"money.size" is not in the table`}},
		"not listed apart": {func(c *CodeTable) { c.Codes = c.Codes[:1] }, []string{`"demo.time_zone" is not in the table`}},
		"without meaning":  {func(c *CodeTable) { c.Meaning = strings.TrimSpace; c.Codes = append(c.Codes, "") }, []string{`"" is not of the form of a code`, `"" has no meaning`, `no test meets ""`}},
	}
	for name, tt := range tests {
		table := good
		tt.change(&table)
		if diff := cmp.Diff(tt.want, table.check()); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
}

func TestAdapterHelpers(t *testing.T) {
	t.Parallel()
	var got map[string]any
	if err := json.Unmarshal(Patch(t, `{"a":1,"b":2,"c":3}`, `{"a":"x","b":"drop","d":null}`), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"a": "x", "c": 3.0, "d": nil}, got); diff != "" {
		t.Errorf("patched (-want +got):\n%s", diff)
	}
	h := http.Header{"A": {"1"}, "B": {"2"}}
	for _, tt := range []struct{ want, got http.Header }{
		{http.Header{"A": {"1", "3"}, "B": {"2"}}, With(h, "A", "1", "3")},
		{http.Header{"B": {"2"}}, With(h, "A")},
		{http.Header{"a": {"1"}, "b": {"2"}}, Rename(h, strings.ToLower)},
		{http.Header{"A": {"1"}, "B": {"2"}}, h},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("headers (-want +got):\n%s", diff)
		}
	}
}
