package attributiontest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Load reads a file of the package's testdata.
func Load(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Money is an amount like "10.50". It panics on text that is none.
func Money(amount string, c byline.Currency) byline.Money {
	m, err := byline.ParseMoney(amount, c)
	if err != nil {
		panic(err)
	}
	return m
}

// Patch returns a JSON object with the fields of another put in. A field whose value is
// the text "drop" is taken out.
func Patch(t testing.TB, object, patch string) []byte {
	t.Helper()
	var fields, changes map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal([]byte(object), &fields), json.Unmarshal([]byte(patch), &changes)); err != nil {
		t.Fatalf("%s with %s: %v", object, patch, err)
	}
	for name, value := range changes {
		if fields[name] = value; string(value) == `"drop"` {
			delete(fields, name)
		}
	}
	return encode(t, fields)
}

// With returns a copy of h with one header of these values, or of none.
func With(h http.Header, name string, values ...string) http.Header {
	changed := h.Clone()
	if changed[name] = values; values == nil {
		delete(changed, name)
	}
	return changed
}

// Rename writes the headers of h under the names that f gives them, as they are.
func Rename(h http.Header, f func(string) string) http.Header {
	renamed := http.Header{}
	for name, values := range h {
		renamed[f(name)] = values
	}
	return renamed
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Golden compares what was read of a sample with its golden file: "order.golden.json" for
// "order.json". equal does the comparing.
func Golden(t testing.TB, equal func(t testing.TB, name string, got []byte), sample string, read any) {
	t.Helper()
	got, err := json.MarshalIndent(read, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, strings.TrimSuffix(sample, ".json")+".golden.json", append(got, '\n'))
}

// AllListed fails for a file of testdata that belongs to none of the samples: a table that
// was shortened proves less than it seems to.
func AllListed(t testing.TB, samples ...string) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	report(t, unlisted(files, samples))
}

func unlisted(files, samples []string) (wrong []string) {
	for _, f := range files {
		name := strings.Replace(filepath.Base(f), ".golden.json", ".json", 1)
		if !slices.Contains(samples, name) {
			wrong = append(wrong, f+" is of no sample in the table")
		}
	}
	return wrong
}

// Signatures holds the samples to signatures that another program made, which stand in
// testdata/signatures.txt: a line for each, "signature  file", and comments after "#".
func Signatures(t testing.TB, samples []string, verify func(sample, signature string) error) {
	t.Helper()
	report(t, badSignatures(string(Load(t, "signatures.txt")), samples, verify))
}

func badSignatures(list string, samples []string, verify func(sample, signature string) error) (wrong []string) {
	seen := map[string]bool{}
	for line := range strings.Lines(list) {
		signature, file, found := strings.Cut(strings.TrimSpace(line), "  ")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		seen[file] = true
		if err := verify(file, signature); err != nil {
			wrong = append(wrong, fmt.Sprintf("%s: %v", file, err))
		}
	}
	for _, s := range samples {
		if !seen[s] {
			wrong = append(wrong, s+" has no signature in the list")
		}
	}
	return wrong
}

// Impersonal fails where one of the words stands in what was kept of a document.
func Impersonal(t testing.TB, words []string, kept any) {
	t.Helper()
	text := string(encode(t, kept))
	for _, word := range words {
		if strings.Contains(text, word) {
			t.Errorf("an event holds %q", word)
		}
	}
}

// Sold fails where an order's sales are not as they were worked out by hand, or its lines
// do not come to them.
func Sold(t testing.TB, o attribution.Order, c byline.Currency, sold, returned, kept string) {
	t.Helper()
	got, err := o.Sales()
	if err != nil {
		t.Fatal(err)
	}
	want := attribution.Sales{Sold: Money(sold, c), Returned: Money(returned, c), Kept: Money(kept, c)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Sales mismatch (-want +got):\n%s", diff)
	}
	lines, err := o.Breakdown()
	if err != nil {
		t.Fatal(err)
	}
	report(t, unsummed(got, lines))
}

func report(t testing.TB, wrong []string) {
	t.Helper()
	for _, w := range wrong {
		t.Error(w)
	}
}
