package wire_test

import (
	"encoding/json"
	"errors"
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

type document struct {
	A wire.Scalar `json:"a"`
	B wire.Scalar `json:"b"`
	L []struct {
		A wire.Scalar `json:"a"`
	} `json:"l"`
}

// codes is the table of a package with a code of its own and its own word for another.
func codes() []wire.Code {
	table := wire.Codes("demo.", "json")
	return append(table, wire.Code{Code: "demo.json", Meaning: "no document"}, wire.Code{Code: "demo.own", Meaning: "of its own"})
}

func newReader() wire.Reader {
	return wire.Reader{Prefix: "demo.", Table: codes, Currency: byline.EUR}
}

func codesOf(r wire.Reader) []string {
	var found []string
	for _, f := range byline.Nest("", r.Err("")) {
		found = append(found, strings.TrimSpace(f.Path+" "+f.Code))
	}
	return found
}

func TestScalar(t *testing.T) {
	t.Parallel()
	type seen struct {
		Kind           wire.Kind
		Missing, Empty bool
		Text, Words    string
		Whole          int64
		IsWhole, True  bool
	}
	tests := map[string]seen{
		`{}`:                        {Kind: wire.Absent, Missing: true, Empty: true},
		`{"a":null}`:                {Kind: wire.Null, Missing: true, Empty: true},
		`{"a":""}`:                  {Kind: wire.Text, Empty: true},
		`{"a":"x\u0041\n"}`:         {Kind: wire.Text, Text: "xA\n", Words: "xA\n"},
		"{\"a\":\"\xff\"}":          {Kind: wire.Text, Text: "\ufffd", Words: "\ufffd"},
		`{"a":"007"}`:               {Kind: wire.Text, Text: "007", Words: "007", Whole: 7, IsWhole: true},
		`{"a":820982911946154508}`:  {Kind: wire.Number, Words: "820982911946154508", Whole: 820982911946154508, IsWhole: true},
		`{"a":9223372036854775808}`: {Kind: wire.Number, Words: "9223372036854775808", Whole: 9223372036854775807},
		`{"a":-1}`:                  {Kind: wire.Number, Words: "-1"},
		`{"a":1e3}`:                 {Kind: wire.Number, Words: "1e3"},
		`{"a":1.0}`:                 {Kind: wire.Number, Words: "1.0"},
		`{"a":true}`:                {Kind: wire.Boolean, True: true},
		`{"a":false}`:               {Kind: wire.Boolean},
		`{"a":"true"}`:              {Kind: wire.Text, Text: "true", Words: "true"},
		`{"a":123456789012345678901234567890.10}`: {Kind: wire.Number, Words: "123456789012345678901234567890.10"},
		`{"a":{"a":1}}`:                 {Kind: wire.Composite},
		`{"a":[1]}`:                     {Kind: wire.Composite},
		`{"a":1,"a":"the last counts"}`: {Kind: wire.Text, Text: "the last counts", Words: "the last counts"},
	}
	for body, want := range tests {
		var w document
		require.NoError(t, json.Unmarshal([]byte(body), &w))
		n, ok := w.A.Whole()
		got := seen{Kind: w.A.Kind, Missing: w.A.Missing(), Empty: w.A.Empty(), Text: w.A.Text(), Words: w.A.Words(), Whole: n, IsWhole: ok, True: w.A.IsTrue()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s mismatch (-want +got):\n%s", body, diff)
		}
		given := w.A
		if want.Empty {
			given = wire.Scalar{}
		}
		if w.A.Given() != given {
			t.Errorf("%s: Given = %+v, want %+v", body, w.A.Given(), given)
		}
	}
}

func TestLoose(t *testing.T) {
	t.Parallel()
	type part struct {
		A wire.Scalar `json:"a"`
	}
	tests := map[string][]string{
		`{}`:                                    nil,
		`{"l":null}`:                            nil,
		`{"l":7}`:                               nil,
		`{"l":{"a":"x"}}`:                       nil,
		`{"l":[{"a":"x"},{"a":"y"}]}`:           {"x", "y"},
		`{"l":[{"a":"x"},7,{"a":"y"},[],null]}`: {"x", "", "y", "", ""},
		`{"l":[{"a":"x"}],"l":"the last counts"}`:   nil,
		`{"l":"the last counts","l":[{"a":"x"}]}`:   {"x"},
		`{"l":[{"a":"x"},{"a":"y"}],"l":[{"b":1}]}`: {""},
	}
	for body, want := range tests {
		var w struct {
			L wire.Loose[[]part] `json:"l"`
		}
		require.NoError(t, json.Unmarshal([]byte(body), &w))
		var got []string
		for _, p := range w.L.Value {
			got = append(got, p.A.Words())
		}
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
		r := newReader()
		if ok := r.Decode([]byte(tt.body), &document{}); ok != tt.ok {
			t.Errorf("%s: ok = %t", name, ok)
		}
		if diff := cmp.Diff(tt.want, codesOf(r)); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
}

// read decodes a value under "a" and reads it.
func read[T any](t *testing.T, value string, as func(r *wire.Reader, s wire.Scalar) T) (T, string) {
	t.Helper()
	var w document
	body := `{}`
	if value != "" {
		body = `{"a":` + value + `}`
	}
	require.NoError(t, json.Unmarshal([]byte(body), &w))
	r := newReader()
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
		{`""`, "", "a demo.id", "0", "a demo.quantity"},
		{"9223372036854775807", "9223372036854775807", "", "9223372036854775807", ""},
	}
	for _, tt := range tests {
		id, idFault := read(t, tt.value, func(r *wire.Reader, s wire.Scalar) string { return r.ID("a", s) })
		number, numberFault := read(t, tt.value, func(r *wire.Reader, s wire.Scalar) int64 { return r.Number("a", s) })
		if want, _ := strconv.ParseInt(tt.id, 10, 64); number != want || numberFault != tt.idFault {
			t.Errorf("%q = %d, %s", tt.value, number, numberFault)
		}
		count, countFault := read(t, tt.value, func(r *wire.Reader, s wire.Scalar) string {
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
		{`""`, false, "a demo.flag"},
		{"true", true, ""},
		{`"True"`, true, ""},
		{"false", false, ""},
		{`"FALSE"`, false, ""},
		{"1", false, "a demo.flag"},
		{`"yes"`, false, "a demo.flag"},
		{"{}", false, "a demo.flag"},
	}
	for _, tt := range tests {
		got, fault := read(t, tt.value, func(r *wire.Reader, s wire.Scalar) bool { return r.Flag("a", s) })
		if got != tt.want || fault != tt.fault {
			t.Errorf("%q = %t, %q", tt.value, got, fault)
		}
	}
}

func TestReaderOfTimes(t *testing.T) {
	t.Parallel()
	tests := []struct{ value, want, fault, must string }{
		{"", "", "", "a demo.required"},
		{`""`, "", "a demo.time", "a demo.time"},
		{`"2026-10-04T11:00:05.5+02:00"`, "2026-10-04T09:00:05.5Z", "", ""},
		{`"2026-10-04"`, "", "a demo.time", "a demo.time"},
		{`"0001-01-01T00:00:00Z"`, "", "a demo.time", "a demo.time"},
		{`"9999-12-31T23:59:59-14:00"`, "", "a demo.time", "a demo.time"},
		{"1759568400", "", "a demo.time", "a demo.time"},
	}
	for _, tt := range tests {
		at, fault := read(t, tt.value, func(r *wire.Reader, s wire.Scalar) time.Time { return r.Time("a", s, wire.RFC3339) })
		_, must := read(t, tt.value, func(r *wire.Reader, s wire.Scalar) time.Time { return r.MustTime("a", s, wire.RFC3339) })
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
	for value, want := range map[string]string{"": "a demo.required", `""`: "a demo.currency", `"eur"`: "", `"EURO"`: "a demo.currency"} {
		if _, fault := read(t, value, func(r *wire.Reader, s wire.Scalar) byline.Currency { return r.CurrencyOf("a", s) }); fault != want {
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
		got, fault := read(t, tt.value, func(r *wire.Reader, s wire.Scalar) byline.Money {
			r.Currency = tt.currency
			return r.Rounded("a", r.MustAmount("a", s))
		})
		if got != tt.want || fault != tt.fault {
			t.Errorf("%q = %s, %q", tt.value, got, fault)
		}
	}
	_, fault := read(t, "null", func(r *wire.Reader, s wire.Scalar) bool {
		_, ok := r.Amount("a", s)
		return ok
	})
	if fault != "" {
		t.Errorf("an amount that may be missing: %s", fault)
	}
}

func TestReaderOfSums(t *testing.T) {
	t.Parallel()
	r := newReader()
	if got, want := r.Sum("a", byline.Minor(1, byline.EUR), byline.Minor(2, byline.EUR)), byline.Minor(3, byline.EUR); got != want || r.Failed() {
		t.Errorf("Sum = %s, %v", got, codesOf(r))
	}
	r.Sum("a", byline.Minor(math.MaxInt64, byline.EUR), byline.Minor(1, byline.EUR))
	r.NotMoney("b", errors.New("mira@example.com"))
	want := "demo: a: amount out of range; b: not an exact amount"
	if err := r.Err(""); err == nil || err.Error() != want {
		t.Errorf("error = %v, want %q", err, want)
	}
}

func TestFaultsOfParts(t *testing.T) {
	t.Parallel()
	r := newReader()
	order := r.In("order")
	line := order.Item("lines", 2)
	if line.Currency != byline.EUR || r.Failed() {
		t.Errorf("currency %q, faults %v", line.Currency, codesOf(r))
	}
	line.MustAmount("price", wire.Scalar{})
	tax := line.Item("taxes.data", 0)
	tax.Add("", "demo.own", "")
	order.Add("", "demo.own", "another word for it")
	whole := r.Item("", 3)
	whole.Add("a", "demo.own", "")
	inner := whole.In("")
	inner.Add("[4]", "demo.own", "")
	want := "demo: order 250: order.lines[2].price: missing; order.lines[2].taxes.data[0]: of its own; order: another word for it; " +
		"[3].a: of its own; [3][4]: of its own"
	for _, any := range []wire.Reader{r, order, tax} {
		err := any.Err("order 250")
		require.ErrorIs(t, err, byline.ErrInvalid)
		if err.Error() != want || !any.Failed() {
			t.Errorf("error = %q, want %q", err, want)
		}
	}
	unharmed := newReader()
	if err := unharmed.Err("x"); err != nil {
		t.Errorf("without faults, Err = %v", err)
	}
}

func TestMisfits(t *testing.T) {
	t.Parallel()
	misfit := &byline.FieldError{Code: "demo.own", Message: "of another kind"}
	r := newReader()
	if r.Misfit(nil) || r.Failed() {
		t.Error("nothing is a misfit")
	}
	for range 2 {
		if !r.Misfit(misfit) {
			t.Error("a misfit is none")
		}
	}
	if diff := cmp.Diff([]string{"demo.own"}, codesOf(r)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestForget(t *testing.T) {
	t.Parallel()
	r := newReader()
	part := r.In("a")
	r.Add("", "demo.own", "")
	part.Add("", "demo.own", "")
	if part.Forget(); r.Failed() || r.Err("") != nil {
		t.Errorf("faults %v", codesOf(r))
	}
	part.Add("", "demo.time", "")
	if diff := cmp.Diff([]string{"a demo.time"}, codesOf(r)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestSyntaxFaultsSpeakAsThePackageDoes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"a":`:                     "demo: no document: it breaks off or goes wrong at byte 5",
		`{"mira@example.com"`:       "demo: no document: it breaks off or goes wrong at byte 19",
		`{"l":"mira@example.com"}`:  "demo: l: not of the JSON type that is documented",
		`{"l":[{"a":1},"mira@ex"]}`: "demo: l: not of the JSON type that is documented",
	} {
		r := newReader()
		r.Decode([]byte(body), &document{})
		if err := r.Err(""); err == nil || err.Error() != want {
			t.Errorf("%s: error = %v, want %q", body, err, want)
		}
	}
}

func TestFaultsAreBounded(t *testing.T) {
	t.Parallel()
	r := newReader()
	for i := range 1000 {
		part := r.Item("a", i)
		part.ID("id", wire.Scalar{})
	}
	if n := len(codesOf(r)); n != 50 {
		t.Errorf("%d faults", n)
	}
}

func TestCodesHaveMeanings(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, row := range wire.Codes("demo.") {
		if !strings.HasPrefix(row.Code, "demo.") || row.Meaning == "" || seen[row.Code] {
			t.Errorf("row %q %q", row.Code, row.Meaning)
		}
		seen[row.Code] = true
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	table := append(wire.Codes("demo.", "flag", "money"), wire.Code{Code: "demo.own", Meaning: "of its own"})
	tests := map[string]string{"demo.time": "not a time between 1970 and 9999", "demo.own": "of its own", "demo.flag": "", "demo.money": ""}
	for code, want := range tests {
		if diff := cmp.Diff(&byline.FieldError{Path: "a", Code: code, Message: want}, wire.Fault(table, "a", code, "")); diff != "" {
			t.Errorf("%s: fault mismatch (-want +got):\n%s", code, diff)
		}
	}
	if got := wire.Fault(table, "", "demo.own", "more exactly"); got.Message != "more exactly" {
		t.Errorf("message %q", got.Message)
	}
}

// What is decoded takes at most so many bytes for each byte of the body. An element of
// document.L is 24 bytes, and lists grow by doubling.
const allocatedPerByte = 200

//nolint:paralleltest // what other tests allocate would count
func TestMemoryIsBounded(t *testing.T) {
	for _, element := range []string{"{},", "[],", "7,", `{"a":1},`} {
		body := []byte(`{"l":[` + strings.Repeat(element, 240_000) + `{}]}`)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := newReader()
		r.Decode(body, &document{})
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > uint64(allocatedPerByte*len(body)) {
			t.Errorf("%s %d bytes for a body of %d", element, used, len(body))
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, body := range []string{
		`{"a":"1.5","b":null,"l":[{"a":true}]}`, `{"a":820982911946154508.10,"b":1e400,"l":7}`, `{"a":-0,"l":[7,{}]}`, `[1]`, `null`, `{"a":`, "",
	} {
		f.Add([]byte(body))
	}
	f.Add([]byte("{\"a\":\"\\ud800\xff\"}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		r := newReader()
		var w document
		if ok := r.Decode(body, &w); ok != json.Valid(body) && !r.Failed() {
			t.Fatal("not read, and nobody says why")
		}
		var exact map[string]json.RawMessage
		if json.Unmarshal(body, &exact) == nil {
			checkNumber(t, exact, "a", w.A)
		}
		part := r.Item("l", 0)
		part.ID("a", w.A)
		part.Count("a", w.A)
		part.Flag("a", w.B)
		part.CurrencyOf("a", w.B)
		part.Rounded("a", part.MustAmount("a", w.A))
		if at := part.MustTime("a", w.B, wire.RFC3339); !at.IsZero() {
			_, err := at.MarshalJSON()
			require.NoError(t, err)
		}
		err := r.Err("")
		if len(codesOf(r)) > 50 || err != nil && !errors.Is(err, byline.ErrInvalid) {
			t.Fatalf("error %v", err)
		}
	})
}

// checkNumber compares the digits with those of the body. encoding/json takes a field by
// its name in any case, and of two the last, so a body with both proves nothing.
func checkNumber(t *testing.T, exact map[string]json.RawMessage, name string, got wire.Scalar) {
	t.Helper()
	raw, named := exact[name]
	if _, other := exact[strings.ToUpper(name)]; !named || other {
		return
	}
	if got.Kind == wire.Number && got.Words() != string(raw) {
		t.Fatalf("%s became %s", raw, got.Words())
	}
}

func BenchmarkDecode(b *testing.B) {
	body := []byte(`{"a":820982911946154508,"b":"2026-10-04T09:00:05Z","l":[` + strings.Repeat(`{"a":"10.00"},`, 100) + `{}]}`)
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		r := newReader()
		var w document
		if !r.Decode(body, &w) {
			b.Fatal(r.Err(""))
		}
	}
}
