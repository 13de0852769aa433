package httpapi_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/httpapi"
)

type wire struct {
	A httpapi.Scalar `json:"a"`
	B httpapi.Scalar `json:"b"`
	L []struct {
		A httpapi.Scalar `json:"a"`
	} `json:"l"`
}

func codesOf(r httpapi.Reader) []string {
	var found []string
	for _, f := range r.Faults {
		found = append(found, strings.TrimSpace(f.Path+" "+f.Code))
	}
	return found
}

func TestScalar(t *testing.T) {
	t.Parallel()
	type seen struct {
		Kind           httpapi.Kind
		Missing, Empty bool
		Words          string
		Whole          int64
		IsWhole        bool
	}
	tests := map[string]seen{
		`{}`:                            {Kind: httpapi.Absent, Missing: true, Empty: true},
		`{"a":null}`:                    {Kind: httpapi.Null, Missing: true, Empty: true},
		`{"a":""}`:                      {Kind: httpapi.Text, Empty: true},
		`{"a":"x\u0041\n"}`:             {Kind: httpapi.Text, Words: "xA\n"},
		"{\"a\":\"\xff\"}":              {Kind: httpapi.Text, Words: "\ufffd"},
		`{"a":"007"}`:                   {Kind: httpapi.Text, Words: "007", Whole: 7, IsWhole: true},
		`{"a":820982911946154508}`:      {Kind: httpapi.Number, Words: "820982911946154508", Whole: 820982911946154508, IsWhole: true},
		`{"a":9223372036854775808}`:     {Kind: httpapi.Number, Words: "9223372036854775808", Whole: 9223372036854775807},
		`{"a":-1}`:                      {Kind: httpapi.Number, Words: "-1"},
		`{"a":1e3}`:                     {Kind: httpapi.Number, Words: "1e3"},
		`{"a":1.0}`:                     {Kind: httpapi.Number, Words: "1.0"},
		`{"a":true}`:                    {Kind: httpapi.Boolean},
		`{"a":{"a":1}}`:                 {Kind: httpapi.Composite},
		`{"a":[1]}`:                     {Kind: httpapi.Composite},
		`{"a":1,"a":"the last counts"}`: {Kind: httpapi.Text, Words: "the last counts"},
	}
	for body, want := range tests {
		var w wire
		require.NoError(t, json.Unmarshal([]byte(body), &w))
		n, ok := w.A.Whole()
		got := seen{Kind: w.A.Kind, Missing: w.A.Missing(), Empty: w.A.Empty(), Words: w.A.Words(), Whole: n, IsWhole: ok}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", body, diff)
		}
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body string
		ok   bool
		want []string
	}{
		"a document":             {`{"a":1}`, true, nil},
		"a part of another type": {`{"a":1,"l":7}`, true, []string{"l demo.shape"}},
		"another type":           {`[1]`, false, []string{"demo.shape"}},
		"nothing":                {``, false, []string{"demo.json"}},
		"what breaks off":        {`{"a":`, false, []string{"demo.json"}},
		"more than one":          {`{}{}`, false, []string{"demo.json"}},
		"too many levels":        {strings.Repeat("[", 10_001), false, []string{"demo.json"}},
		"too many values":        {`{"l":[` + strings.Repeat("{},", 250_001) + `{}]}`, false, []string{"demo.size"}},
	}
	for name, tt := range tests {
		r := httpapi.Reader{Prefix: "demo."}
		if ok := r.Decode([]byte(tt.body), &wire{}); ok != tt.ok {
			t.Errorf("%s: ok = %t", name, ok)
		}
		if diff := cmp.Diff(tt.want, codesOf(r)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
}

// read decodes a value under "a" and reads it.
func read[T any](t *testing.T, value string, as func(r *httpapi.Reader, s httpapi.Scalar) T) (T, string) {
	t.Helper()
	var w wire
	body := `{}`
	if value != "" {
		body = `{"a":` + value + `}`
	}
	require.NoError(t, json.Unmarshal([]byte(body), &w))
	r := httpapi.Reader{Prefix: "demo.", Currency: byline.EUR}
	got := as(&r, w.A)
	return got, strings.Join(codesOf(r), ", ")
}

func TestReaderOfNumbers(t *testing.T) {
	t.Parallel()
	tests := []struct{ value, id, idFault, count, countFault string }{
		{"", "", "a demo.required", "0", "a demo.required"},
		{"null", "", "a demo.required", "0", "a demo.required"},
		{"12", "12", "", "12", ""},
		{`"0012"`, "12", "", "12", ""},
		{"0", "", "a demo.id", "0", ""},
		{"-1", "", "a demo.id", "0", "a demo.quantity"},
		{"1.5", "", "a demo.id", "0", "a demo.quantity"},
		{`"x"`, "", "a demo.id", "0", "a demo.quantity"},
		{"true", "", "a demo.id", "0", "a demo.quantity"},
		{"{}", "", "a demo.id", "0", "a demo.quantity"},
	}
	for _, tt := range tests {
		id, idFault := read(t, tt.value, func(r *httpapi.Reader, s httpapi.Scalar) string { return r.ID("a", s) })
		count, countFault := read(t, tt.value, func(r *httpapi.Reader, s httpapi.Scalar) string {
			b, err := json.Marshal(r.Count("a", s))
			require.NoError(t, err)
			return string(b)
		})
		if diff := cmp.Diff([]string{tt.id, tt.idFault, tt.count, tt.countFault}, []string{id, idFault, count, countFault}); diff != "" {
			t.Errorf("%q mismatch (-want +got):\n%s", tt.value, diff)
		}
	}
}

func TestReaderOfFlags(t *testing.T) {
	t.Parallel()
	tests := []struct {
		value string
		want  bool
		fault string
	}{
		{"", false, ""},
		{"null", false, ""},
		{`""`, false, ""},
		{"true", true, ""},
		{`"True"`, true, ""},
		{"false", false, ""},
		{`"FALSE"`, false, ""},
		{"1", false, "a demo.flag"},
		{`"yes"`, false, "a demo.flag"},
		{"{}", false, "a demo.flag"},
	}
	for _, tt := range tests {
		got, fault := read(t, tt.value, func(r *httpapi.Reader, s httpapi.Scalar) bool { return r.Flag("a", s) })
		if got != tt.want || fault != tt.fault {
			t.Errorf("%q = %t, %q", tt.value, got, fault)
		}
	}
}

func TestReaderOfTimes(t *testing.T) {
	t.Parallel()
	tests := []struct{ value, want, fault, must string }{
		{"", "", "", "a demo.required"},
		{`""`, "", "", "a demo.required"},
		{`"2026-10-04T11:00:05.5+02:00"`, "2026-10-04T09:00:05.5Z", "", ""},
		{`"2026-10-04"`, "", "a demo.time", "a demo.time"},
		{`"0001-01-01T00:00:00Z"`, "", "a demo.time", "a demo.time"},
		{`"9999-12-31T23:59:59-14:00"`, "", "a demo.time", "a demo.time"},
		{"1759568400", "", "a demo.time", "a demo.time"},
	}
	for _, tt := range tests {
		at, fault := read(t, tt.value, func(r *httpapi.Reader, s httpapi.Scalar) time.Time { return r.Time("a", s, httpapi.RFC3339) })
		_, must := read(t, tt.value, func(r *httpapi.Reader, s httpapi.Scalar) time.Time { return r.MustTime("a", s, httpapi.RFC3339) })
		got := ""
		if !at.IsZero() {
			got = at.Format(time.RFC3339Nano)
		}
		if diff := cmp.Diff([]string{tt.want, tt.fault, tt.must}, []string{got, fault, must}); diff != "" {
			t.Errorf("%q mismatch (-want +got):\n%s", tt.value, diff)
		}
	}
}

func TestReaderOfCurrencies(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{"": "a demo.required", `""`: "a demo.required", `"eur"`: "", `"EURO"`: "a demo.currency"} {
		if _, fault := read(t, value, func(r *httpapi.Reader, s httpapi.Scalar) byline.Currency { return r.Code("a", s) }); fault != want {
			t.Errorf("currency %q: %q, want %q", value, fault, want)
		}
	}
}

func TestReaderOfAmounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		value, fault string
		currency     byline.Currency
		want         byline.Money
	}{
		{"", "a demo.required", byline.EUR, byline.Minor(0, byline.EUR)},
		{`""`, "a demo.required", byline.EUR, byline.Minor(0, byline.EUR)},
		{`"10.50"`, "", byline.EUR, byline.Minor(1050, byline.EUR)},
		{"10.5000", "", byline.EUR, byline.Minor(1050, byline.EUR)},
		{`"2369.6667"`, "", byline.EUR, byline.Minor(236967, byline.EUR)},
		{"0.004999", "", byline.EUR, byline.Minor(0, byline.EUR)},
		{"0.005", "", byline.EUR, byline.Minor(1, byline.EUR)},
		{"-0.005", "", byline.EUR, byline.Minor(-1, byline.EUR)},
		{"-1", "", byline.EUR, byline.Minor(-100, byline.EUR)},
		{"1000.5", "", byline.JPY, byline.Minor(1001, byline.JPY)},
		{"1.2345", "", byline.KWD, byline.Minor(1235, byline.KWD)},
		{"1e3", "a demo.money", byline.EUR, byline.Minor(0, byline.EUR)},
		{`"1,50"`, "a demo.money", byline.EUR, byline.Minor(0, byline.EUR)},
		{`"1."`, "a demo.money", byline.EUR, byline.Minor(0, byline.EUR)},
		{`".5"`, "a demo.money", byline.EUR, byline.Minor(0, byline.EUR)},
		{`"--1"`, "a demo.money", byline.EUR, byline.Minor(0, byline.EUR)},
		{`"` + strings.Repeat("1", 65) + `"`, "a demo.money", byline.EUR, byline.Minor(0, byline.EUR)},
		{"true", "a demo.money", byline.EUR, byline.Minor(0, byline.EUR)},
		{"99999999999999999999", "a demo.money", byline.EUR, byline.Money{}},
		{"1", "a demo.money", "", byline.Money{}},
	}
	for _, tt := range tests {
		got, fault := read(t, tt.value, func(r *httpapi.Reader, s httpapi.Scalar) byline.Money {
			r.Currency = tt.currency
			return r.Rounded("a", r.MustAmount("a", s))
		})
		if got != tt.want || fault != tt.fault {
			t.Errorf("%q = %s, %q", tt.value, got, fault)
		}
	}
	_, fault := read(t, "null", func(r *httpapi.Reader, s httpapi.Scalar) bool {
		_, ok := r.Amount("a", s)
		return ok
	})
	if fault != "" {
		t.Errorf("an amount that may be missing: %s", fault)
	}
}

func TestFaultsOfParts(t *testing.T) {
	t.Parallel()
	r := httpapi.Reader{Prefix: "demo.", Currency: byline.EUR}
	r.Inside("order", func(r *httpapi.Reader) {
		r.Inside(httpapi.Item("lines", 2), func(r *httpapi.Reader) { r.MustAmount("price", httpapi.Scalar{}) })
		r.Add("", "demo.own", "of the package itself")
	})
	if diff := cmp.Diff([]string{"order.lines[2].price demo.required", "order demo.own"}, codesOf(r)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	err := r.Err("order 250")
	require.ErrorIs(t, err, byline.ErrInvalid)
	if want := "demo: order 250: order.lines[2].price: missing; order: of the package itself"; err.Error() != want {
		t.Errorf("error = %q, want %q", err, want)
	}
	if err := (&httpapi.Reader{}).Err("x"); err != nil {
		t.Errorf("without faults, Err = %v", err)
	}
}

func TestFaultsAreBounded(t *testing.T) {
	t.Parallel()
	r := httpapi.Reader{Prefix: "demo."}
	for range 1000 {
		r.Inside("a", func(r *httpapi.Reader) { r.ID("id", httpapi.Scalar{}) })
	}
	if len(r.Faults) != 50 {
		t.Errorf("%d faults", len(r.Faults))
	}
}

func TestCodesHaveMeanings(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, row := range httpapi.Codes("demo.") {
		if !strings.HasPrefix(row.Code, "demo.") || row.Meaning == "" || seen[row.Code] {
			t.Errorf("row %q %q", row.Code, row.Meaning)
		}
		seen[row.Code] = true
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	table := append(httpapi.Codes("demo.", "flag", "money"), httpapi.Code{Code: "demo.own", Meaning: "of its own"})
	tests := map[string]string{"demo.time": "not a time between 1970 and 9999", "demo.own": "of its own", "demo.flag": "", "demo.money": ""}
	for code, want := range tests {
		if diff := cmp.Diff(&byline.FieldError{Code: code, Message: want}, httpapi.Fault(table, code)); diff != "" {
			t.Errorf("%s: fault mismatch (-want +got):\n%s", code, diff)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"a":"1.5","b":null,"l":[{"a":true}]}`))
	f.Add([]byte("{\"a\":\"\\ud800\xff\"}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httpapi.Reader{Prefix: "demo.", Currency: byline.KWD}
		var w wire
		ok := r.Decode(body, &w)
		if !ok && len(r.Faults) == 0 {
			t.Fatal("not read, and nobody says why")
		}
		r.ID("a", w.A)
		r.Flag("a", w.B)
		r.Rounded("a", r.MustAmount("a", w.A))
		if at := r.Time("a", w.B, httpapi.RFC3339); !at.IsZero() {
			_, err := at.MarshalJSON()
			require.NoError(t, err)
		}
		if len(r.Faults) > 50 {
			t.Fatalf("%d faults", len(r.Faults))
		}
	})
}
