package creator_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// readings tells what was read: the id of each dossier, or where and by which code not.
func readings(t *testing.T, in io.Reader, limit int) []string {
	t.Helper()
	var got []string
	for d, err := range creator.ReadJSONLimited(in, limit) {
		wrong, bad := errors.AsType[*creator.JSONError](err)
		switch {
		case bad:
			require.ErrorIs(t, err, byline.ErrInvalid)
			got = append(got, fmt.Sprintf("%d line %d %s", wrong.Index, wrong.Line, wrong.Fault.Code))
		case err != nil:
			got = append(got, err.Error())
		default:
			got = append(got, string(d.Profile.ID))
		}
	}
	return got
}

func TestReadJSON(t *testing.T) {
	t.Parallel()
	one := func(id string) string { return `{"profile":{"id":"` + id + `","name":"n","accounts":[]}}` }
	const a, b, c = "a", "b", "c"
	tests := map[string]struct {
		in   string
		want []string
	}{
		"nothing":                  {"", nil},
		"only space":               {" \r\n\t\n", nil},
		"lines":                    {one(a) + "\n" + one(b) + "\r\n" + one(c), []string{a, b, c}},
		"blank lines":              {"\n\n" + one(a) + "\n \n" + one(b) + "\n\n", []string{a, b}},
		"indented":                 {"{\n  \"profile\": {\n    \"id\": \"a\"\n  }\n}", []string{a}},
		"indented, several":        {"\ufeff\n{\r\n\t\"profile\":\r\n\t{\"id\":\"a\"}\r\n}\r\n\n{\n  \"profile\":\n  {\"id\":\"b\"}\n}\n{}", []string{a, b, ""}},
		"indented, a bad one":      {"{\n  \"profile\":\n}\n{\n  \"profile\": {\"id\":\"b}\n}\n\n{\n  \"profile\":{\"id\":\"c\"}}\n", []string{"0 line 1 dossier.syntax", "1 line 4 dossier.syntax", c}},
		"indented, too large":      {"{\n\"profile\":{\"id\":\n\"" + strings.Repeat("x", 2000) + "\"}}\n" + one(b), []string{"0 line 1 dossier.size", b}},
		"indented, with a tail":    {"{\n}\n]\n" + one(b), []string{"0 line 1 dossier.syntax", b}},
		"a brace that is left":     {"{", []string{"0 line 1 dossier.syntax"}},
		"a byte order mark":        {"\ufeff" + one(a) + "\n", []string{a}},
		"a mark before an array":   {"\ufeff[" + one(a) + "]", []string{a}},
		"a bad line":               {one(a) + "\n{\"profile\":\n" + one(c) + "\n", []string{a, "1 line 2 dossier.syntax", c}},
		"two on a line":            {one(a) + one(b) + "\n" + one(c), []string{"0 line 1 dossier.syntax", c}},
		"what is no object":        {"null\n7\n\"a\"\n" + one(a), []string{"0 line 1 dossier.syntax", "1 line 2 dossier.syntax", "2 line 3 dossier.syntax", a}},
		"an unknown field":         {`{"profile":{"id":"a","shoe_size":39}}` + "\n" + one(b), []string{"0 line 1 dossier.unknown_field", b}},
		"an unknown field, deep":   {`{"posts":[{"account":{"platform":"x","id":1}}]}`, []string{"0 line 1 dossier.unknown_field"}},
		"a wrong kind":             {`{"profile":{"id":7}}` + "\n" + one(b), []string{"0 line 1 dossier.type", b}},
		"a number out of range":    {`{"profile":{"accounts":[{"followers":{"value":1e999}}]}}`, []string{"0 line 1 dossier.type"}},
		"a measure with both":      {`{"profile":{"accounts":[{"followers":{"value":1,"missing":"hidden"}}]}}`, []string{"0 line 1 measure.contradiction"}},
		"an amount out of its own": {`{"rates":[{"pieces":1,"price":{"amount":"1.001","currency":"EUR"}}]}`, []string{"0 line 1 money.precision"}},
		"a day that is none":       {`{"posts":[{"published_at":"2026-02-30T00:00:00Z"}]}` + "\n" + one(b), []string{"0 line 1 dossier.type", b}},
		"not UTF-8":                {`{"profile":{"id":"` + "\xff" + `"}}` + "\n" + one(b), []string{"0 line 1 dossier.text", b}},
		"too large":                {one(a) + "\n" + one(strings.Repeat("x", 2000)) + "\n" + one(c), []string{a, "1 line 2 dossier.size", c}},

		"an array":                {"[\n" + one(a) + ",\n\n" + one(b) + "\n]\n", []string{a, b}},
		"an array of one":         {"[" + one(a) + "]", []string{a}},
		"an empty array":          {" [ \n ] ", nil},
		"an array over lines":     {"[{\n\"profile\":\n{\"id\":\"a\"}}\n,{\"profile\"\n:{}}]", []string{a, ""}},
		"a bad one in an array":   {"[" + one(a) + ",\n{\"profile\":nope},\n" + one(c) + "]", []string{a, "1 line 2 dossier.syntax", c}},
		"brackets in a text":      {`[{"profile":{"id":"}],[{\"\\"}},` + one(b) + "]", []string{`}],[{"\`, b}},
		"a quote that is missing": {"[" + one(a) + ",\n{\"profile\":{\"id\":\"b}}\n,\n" + one(c) + "]", []string{a, "1 line 2 dossier.unclosed"}},
		"a line break in a text":  {"[" + one("a\nb") + "," + one(c) + "]", []string{"0 line 1 dossier.syntax", c}},
		"too large in an array":   {"[" + one(a) + ",\n" + one(strings.Repeat("x", 2000)) + ",\n" + one(c) + "]", []string{a, "1 line 2 dossier.size", c}},
		"a comma too many":        {"[" + one(a) + ",]", []string{a, "1 line 1 dossier.syntax"}},
		"only a comma":            {"[,]", []string{"0 line 1 dossier.syntax", "1 line 1 dossier.syntax"}},
		"an array without end":    {"[" + one(a) + ",\n" + one(b), []string{a, "1 line 2 dossier.unclosed"}},
		"a bracket alone":         {"[", []string{"0 line 1 dossier.unclosed"}},
		"something behind":        {"[" + one(a) + "]\n" + one(b), []string{a, "1 line 2 dossier.unclosed"}},
		"a brace too many":        {"[" + one(a) + "}," + one(b) + "]", []string{"0 line 1 dossier.syntax", b}},
		"very deep":               {strings.Repeat("[", 900) + "\n", []string{"0 line 1 dossier.unclosed"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, readings(t, strings.NewReader(tt.in), 1000)); diff != "" {
				t.Errorf("dossiers mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, readings(t, iotest.OneByteReader(strings.NewReader(tt.in)), 1000)); diff != "" {
				t.Errorf("dossiers mismatch, byte by byte (-want +got):\n%s", diff)
			}
		})
	}
}

// No error repeats what stands in a dossier.
func TestJSONErrorsAreDiscreet(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		`{"profile":{"id":"a","name":123456}}`, `{"posts":[{"published_at":"123456"}]}`, `{"profile":{"accounts":[{"followers":{"value":"123456"}}]}}`,
		`{"rates":[{"price":{"amount":"123456x","currency":"EUR"}}]}`, `{"profile":{"id":123456e999}}`, `{"reviews":[{"at":123456}]}`, `{"profile":"123456}`,
	} {
		for _, err := range creator.ReadJSON(strings.NewReader(in)) {
			require.Error(t, err, in)
			if strings.Contains(err.Error(), "123456") {
				t.Errorf("%s gives %v", in, err)
			}
		}
	}
}

func TestReadJSONFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, before := range []string{"", "[", "[{}", "[{}]", "{}\n", "{}", "[{},", "{\n", "{\n}\n"} {
		var last error
		for _, err := range creator.ReadJSON(io.MultiReader(strings.NewReader(before), iotest.ErrReader(broken))) {
			last = err
		}
		require.ErrorIs(t, last, broken, before)
	}
}

func TestReadJSONStops(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"{}\n{}\n", "[{},{}]", "1\n2\n", "[1,2]"} {
		count := 0
		for _, err := range creator.ReadJSON(strings.NewReader(in)) {
			_ = err // the first is enough, whatever it is
			count++
			break
		}
		if count != 1 {
			t.Errorf("%q gave %d", in, count)
		}
	}
}

// generated is a dossier of random size and numbers.
func generated(r *rand.Rand) creator.Dossier {
	texts := []string{"", "a", "ß\u2028", "</script>", "\"\\", "日本", "line\nbreak\x00"}
	text := func() string { return texts[r.IntN(len(texts))] }
	when := func() time.Time {
		if r.IntN(5) == 0 {
			return time.Time{}
		}
		return time.Unix(r.Int64N(4e9), r.Int64N(1e9)).UTC()
	}
	measure := func() byline.Measure {
		switch r.IntN(4) {
		case 0:
			return byline.Measure{}
		case 1:
			return byline.Missing(byline.Hidden, text(), when())
		}
		return byline.Known(math.Float64frombits(r.Uint64()), text(), when())
	}
	d := goodDossier()
	for i := range r.IntN(4) {
		p := goodPost(fmt.Sprint(i), 1+r.IntN(20))
		p.Text, p.Link = text(), text()
		p.Measures = map[creator.Metric]byline.Measure{creator.Saves: measure(), creator.Metric("of" + text()): measure()}
		d.Posts = append(d.Posts, p)
		d.Comments = append(d.Comments, creator.Comment{ID: text(), Text: text(), At: when(), Likes: measure()})
		d.Series = append(d.Series, creator.Series{Account: youtube(), Metric: creator.Views, Points: []byline.Measure{measure(), measure()}})
		d.Rates = append(d.Rates, creator.Rate{Price: byline.Minor(r.Int64N(1e12)-5e11, "KWD"), Valid: byline.Window{Start: when(), End: when()}})
		d.Profile.Embeddings[fmt.Sprint(i)] = []float32{r.Float32(), -r.Float32()}
	}
	return d
}

func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2026, 11))
	var want []creator.Dossier
	for range 60 {
		want = append(want, generated(r))
	}
	var file bytes.Buffer
	require.NoError(t, creator.WriteJSON(&file, slices.Values(want)))
	asArray := "[" + strings.Join(strings.Split(strings.TrimSpace(file.String()), "\n"), ",\n") + "]"
	var indented bytes.Buffer
	for i := range want {
		text, err := json.MarshalIndent(want[i], "", "  ")
		require.NoError(t, err)
		indented.Write(append(text, '\n'))
	}
	for _, in := range []string{file.String(), asArray, indented.String()} {
		var got []creator.Dossier
		for d, err := range creator.ReadJSON(strings.NewReader(in)) {
			require.NoError(t, err)
			got = append(got, d)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("round trip mismatch (-want +got):\n%s", diff)
		}
	}
}

func TestWriteJSONTellsWhich(t *testing.T) {
	t.Parallel()
	bad := goodDossier()
	bad.Profile.Embeddings = map[string][]float32{"m": {float32(math.NaN())}}
	var out bytes.Buffer
	err := creator.WriteJSON(&out, slices.Values([]creator.Dossier{goodDossier(), bad}))
	require.ErrorContains(t, err, "dossier 1")
	if strings.Count(out.String(), "\n") != 1 {
		t.Errorf("%d lines were written", strings.Count(out.String(), "\n"))
	}
}

func FuzzReadJSON(f *testing.F) {
	f.Add([]byte("[{\"profile\":{\"id\":\"a\"}},\n{}]"))
	f.Add([]byte("{\"profile\":{\"id\":\"a\"}}\n{\"posts\":[{\"measures\":{\"views\":{\"value\":1}}}]}\n"))
	f.Add([]byte("\ufeff[\"\\\"\n,{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		items := 0
		for d, err := range creator.ReadJSON(bytes.NewReader(data)) {
			if items++; items > len(data)+2 {
				t.Fatal("more dossiers than bytes")
			}
			if err == nil {
				_ = d.Validate()
			}
		}
	})
}
