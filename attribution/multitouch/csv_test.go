package multitouch_test

import (
	"bytes"
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
	"github.com/bylinehq/byline/attribution/multitouch"
)

const csvHead = "path,total_conversions,total_conversion_value,total_null\n"

// readCSV returns copies of the good rows, and the faults of the bad ones with their line.
func readCSV(file string, opts *multitouch.CSVOptions) (rows []multitouch.Journey, faults []string) {
	for row, err := range multitouch.ReadCSV(strings.NewReader(file), opts) {
		if err != nil {
			line := 0
			if bad, ok := errors.AsType[*multitouch.RowError](err); ok {
				line = bad.Line
			}
			for _, f := range faultsOf(err) {
				faults = append(faults, strings.Join(strings.Fields(fmt.Sprint(line, " ", f)), " "))
			}
			continue
		}
		row.Path, row.Ages = slices.Clone(row.Path), slices.Clone(row.Ages)
		rows = append(rows, row)
	}
	return rows, faults
}

func inEuro() *multitouch.CSVOptions { return &multitouch.CSVOptions{Currency: byline.EUR} }

func TestReadCSV(t *testing.T) {
	t.Parallel()
	ada := multitouch.Journey{Path: []string{"ada", "bruno"}, Conversions: 3, Nulls: 17, Value: byline.Minor(12_050, byline.EUR)}
	with := func(change func(*multitouch.Journey)) []multitouch.Journey {
		j := ada
		change(&j)
		return []multitouch.Journey{j}
	}
	for name, tt := range map[string]struct {
		file string
		opts *multitouch.CSVOptions
		want []multitouch.Journey
	}{
		"the usual form":         {csvHead + "ada > bruno,3,120.50,17\n", inEuro(), []multitouch.Journey{ada}},
		"no space":               {csvHead + "ada>bruno,3,120.5,17", inEuro(), []multitouch.Journey{ada}},
		"CRLF and a mark":        {"\ufeff" + strings.ReplaceAll(csvHead+"ada > bruno,3,120.50,17\n\n,,,\n", "\n", "\r\n"), inEuro(), []multitouch.Journey{ada}},
		"quotes and zeros":       {`"Path","Total_Conversions","total_conversion_value","total_null"` + "\n" + `" ada > bruno ","3.0"," 120.5000 ","17"` + "\n", inEuro(), []multitouch.Journey{ada}},
		"a mark and quotes":      {"\ufeff" + `"path",total_conversions,total_conversion_value,total_null` + "\nada > bruno,3,120.50,17\n", inEuro(), []multitouch.Journey{ada}},
		"another order":          {"total_null,path,total_conversion_value,total_conversions\n17,ada > bruno,120.50,3\n", inEuro(), []multitouch.Journey{ada}},
		"quoted delimiters":      {csvHead + `"a,d""a > bruno",3,120.50,17` + "\n", inEuro(), with(func(j *multitouch.Journey) { j.Path = []string{`a,d"a`, "bruno"} })},
		"other names and signs":  {"weg;käufe;ohne\nada | bruno;3;17\n", &multitouch.CSVOptions{Separator: " | ", Delimiter: ";", Columns: multitouch.CSVColumns{Path: "Weg", Conversions: "Käufe", Nulls: "ohne"}}, with(func(j *multitouch.Journey) { j.Value = byline.Money{} })},
		"a long separator":       {csvHead + "ada --> bruno,3,120.50,17\n", &multitouch.CSVOptions{Currency: byline.EUR, Separator: "→"}, with(func(j *multitouch.Journey) { j.Path = []string{"ada --> bruno"} })},
		"other columns":          {"id,path,total_conversions\n1,ada > bruno,3\n", &multitouch.CSVOptions{OtherColumns: true}, with(func(j *multitouch.Journey) { j.Nulls, j.Value = 0, byline.Money{} })},
		"no touch":               {csvHead + ",3,120.50,17\n", inEuro(), with(func(j *multitouch.Journey) { j.Path = nil })},
		"no value":               {csvHead + "ada > bruno,3,,17\n", inEuro(), with(func(j *multitouch.Journey) { j.Value = byline.Money{} })},
		"a refund":               {csvHead + "ada > bruno,3,-0.01,17\n", inEuro(), with(func(j *multitouch.Journey) { j.Value = byline.Minor(-1, byline.EUR) })},
		"no decimals":            {csvHead + "ada > bruno,3,120.00,17\n", &multitouch.CSVOptions{Currency: byline.JPY}, with(func(j *multitouch.Journey) { j.Value = byline.Minor(120, byline.JPY) })},
		"three decimals":         {csvHead + "ada > bruno,3,120.501,17\n", &multitouch.CSVOptions{Currency: byline.KWD}, with(func(j *multitouch.Journey) { j.Value = byline.Minor(120_501, byline.KWD) })},
		"a guarded formula":      {csvHead + "'=ada > bruno,3,120.50,17\n", inEuro(), with(func(j *multitouch.Journey) { j.Path = []string{"=ada", "bruno"} })},
		"an apostrophe":          {csvHead + "'ada > '=bruno,3,120.50,17\n", inEuro(), with(func(j *multitouch.Journey) { j.Path = []string{"'ada", "'=bruno"} })},
		"names of other scripts": {csvHead + "आदा > 艾达,3,120.50,17\n", inEuro(), with(func(j *multitouch.Journey) { j.Path = []string{"आदा", "艾达"} })},
		"ages and stages": {"path,total_conversions,total_null,ages,lead,opportunity\nada > bruno,3,17,36.5 > PT90S,1,2\n", nil, with(func(j *multitouch.Journey) {
			j.Value, j.Ages, j.Lead, j.Opportunity = byline.Money{}, []time.Duration{36*time.Hour + 30*time.Minute, 90 * time.Second}, 1, 2
		})},
		"zeros behind points": {"path,total_conversions,total_conversion_value,total_null,lead\nada > bruno,3.00,0120.500,17.0,2.0\n", inEuro(), with(func(j *multitouch.Journey) { j.Lead = 2 })},
		"many digits": {csvHead + "ada > bruno,1234.000,1234.500,0.000\n", inEuro(), with(func(j *multitouch.Journey) {
			j.Conversions, j.Nulls, j.Value = 1234, 0, byline.Minor(123_450, byline.EUR)
		})},
		"no value anywhere":       {csvHead + "ada > bruno,3,,17\nada > bruno,3,0,17\nada > bruno,3,-0.00,17\n", nil, slices.Repeat(with(func(j *multitouch.Journey) { j.Value = byline.Money{} }), 3)},
		"no row":                  {csvHead, nil, nil},
		"the largest row":         {csvHead + "ada > bruno,3,120.50,17\n", &multitouch.CSVOptions{Currency: byline.EUR, MaxRow: math.MaxInt}, []multitouch.Journey{ada}},
		"empty ages and stages":   {"path,total_conversions,total_null,ages,lead,opportunity\nada > bruno,3,17,,,0\n", nil, with(func(j *multitouch.Journey) { j.Value = byline.Money{} })},
		"the most that one holds": {"path,total_conversions\nada > bruno,4294967295\n", nil, with(func(j *multitouch.Journey) { j.Conversions, j.Nulls, j.Value = 4294967295, 0, byline.Money{} })},
	} {
		rows, faults := readCSV(tt.file, tt.opts)
		if diff := cmp.Diff(tt.want, rows, cmp.Transformer("none", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
			t.Errorf("%s: rows mismatch (-want +got):\n%s", name, diff)
		}
		if faults != nil {
			t.Errorf("%s: faults %v", name, faults)
		}
	}
}

func TestReadCSVFaults(t *testing.T) {
	t.Parallel()
	const good = "ada,1,1,1\n"
	wide := "path,total_conversions,ages,lead,opportunity\n"
	for name, tt := range map[string]struct {
		file string
		want []string
	}{
		"a part of a conversion":  {csvHead + good + "ada,0.4,0,0\n" + good, []string{"3 conversions csv.count"}},
		"an exponent":             {csvHead + "ada,1e+05,1,1\n", []string{"2 conversions csv.count"}},
		"perhaps a thousand":      {csvHead + "ada,1.000,1,1\nada,1,12.500,1\nada,1,-1.000,999.000\n", []string{"2 conversions csv.count", "3 value csv.value", "4 nulls csv.count", "4 value csv.value"}},
		"thousands and commas":    {csvHead + `ada,"1,000","1,00",1 000` + "\nada,1,1e309,1_0\nada,0x1,1'000,１\n", []string{"2 conversions csv.count", "2 nulls csv.count", "2 value csv.value", "3 nulls csv.count", "3 value csv.value", "4 conversions csv.count", "4 nulls csv.count", "4 value csv.value"}},
		"no number":               {csvHead + "ada,NaN,Inf,x\n", []string{"2 conversions csv.count", "2 nulls csv.count", "2 value csv.value"}},
		"signs":                   {csvHead + "ada,+1,+1,+1\n", []string{"2 conversions csv.count", "2 nulls csv.count", "2 value csv.value"}},
		"below 0":                 {csvHead + "ada,-1,0,-2\n", []string{"2 conversions journey.negative", "2 nulls journey.negative"}},
		"too many":                {csvHead + "ada,4294967296,0,9223372036854775808\nada,4294967296,0,1\n", []string{"2 nulls csv.count", "3 conversions journey.count"}},
		"nothing":                 {csvHead + "ada,,,\n", []string{"2 conversions csv.required", "2 nulls csv.required"}},
		"a value of nothing":      {csvHead + "ada,0,1,1\n", []string{"2 value journey.value"}},
		"a part of a cent":        {csvHead + "ada,1,0.001,0\n", []string{"2 value csv.value"}},
		"a value out of range":    {csvHead + "ada,1,92233720368547758.08,0\n", []string{"2 value csv.value"}},
		"an empty touch":          {csvHead + "ada > > bruno >,1,1,1\n", []string{"2 path[1] journey.channel", "2 path[3] journey.channel"}},
		"only a separator":        {csvHead + ">,1,1,1\n", []string{"2 path[0] journey.channel", "2 path[1] journey.channel"}},
		"no UTF-8":                {csvHead + "\xff,1,1,1\n", []string{"2 path csv.text"}},
		"another delimiter":       {strings.ReplaceAll(csvHead+good, ",", ";"), []string{"1 columns[0] csv.column_unknown", "1 csv.header"}},
		"a control character":     {csvHead + "a\x00da,1,1,1\n\"a\nb\",1,1,1\n" + "a\u0085b,1,1,1\n", []string{"2 path csv.text", "3 path csv.text", "5 path csv.text"}},
		"other cells":             {csvHead + "ada,1,1\nada,1,1,1,1\n", []string{"2 csv.cells", "3 csv.cells"}},
		"a bare quote":            {csvHead + "a\"da,1,1,1\n" + good + "ada,x,1,1\n", []string{"2 csv.quotes", "4 conversions csv.count"}},
		"an open quote":           {csvHead + good + "\"ada,1,1,1\n" + good, []string{"3 csv.quotes"}},
		"ages that do not fit":    {wide + "ada > bruno,1,1,,\nada,1,-1,,\nada,1,P1Y,,\nada,1,PT,,\nada,1,1 >,,\n", []string{"2 ages journey.ages", "3 ages[0] csv.age", "4 ages[0] csv.age", "5 ages[0] csv.age", "6 ages[1] csv.age"}},
		"stages that do not fit":  {wide + "ada,1,,2,\nada,1,,x,-1\nada > ada,1,,2,1\n", []string{"2 lead journey.stage", "3 lead csv.place", "3 opportunity csv.place", "4 lead journey.stage_order"}},
		"no file":                 {"", []string{"1 csv.header"}},
		"a mark":                  {"\ufeff", []string{"1 csv.header"}},
		"an empty header":         {",,\n", []string{"1 csv.header"}},
		"a quote in the header":   {"pa\"th\n", []string{"1 csv.header"}},
		"UTF-16":                  {"\xff\xfep\x00a\x00", []string{"1 csv.encoding"}},
		"missing columns":         {"total_null\n", []string{"1 path csv.column_missing", "1 conversions csv.column_missing"}},
		"an unknown column":       {"path,total_conversions,total_nulls\n" + good, []string{"1 columns[2] csv.column_unknown"}},
		"a column twice":          {"path,total_conversions,PATH \n" + good, []string{"1 path csv.column_twice"}},
		"a row without an end":    {csvHead + good + "\"" + strings.Repeat("a,", 1<<20), []string{"3 csv.row_size"}},
		"a header without an end": {strings.Repeat("a", 2<<20), []string{"1 csv.row_size"}},
	} {
		_, faults := readCSV(tt.file, inEuro())
		if diff := cmp.Diff(tt.want, faults); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
	// Good rows are read beside bad ones.
	if rows, _ := readCSV(csvHead+good+"a\"da,1,1,1\n"+good+"ada,0.4,1,1\n"+good, inEuro()); len(rows) != 3 {
		t.Errorf("%d good rows were read", len(rows))
	}
	// The line is not lost where an error is passed on.
	_, err := multitouch.Collect(multitouch.ReadCSV(strings.NewReader(csvHead+"\n\nada,x,1,1\n"), inEuro()), nil)
	require.ErrorContains(t, err, `rows[0].conversions: line 4, column "total_conversions": a count`)
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func TestCSVOptions(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts multitouch.CSVOptions
		want []string
	}{
		"a long delimiter":   {multitouch.CSVOptions{Delimiter: ";;"}, []string{"0 delimiter csv.delimiter"}},
		"a quote":            {multitouch.CSVOptions{Delimiter: `"`, Separator: "'"}, []string{"0 delimiter csv.delimiter", "0 separator csv.separator"}},
		"no UTF-8":           {multitouch.CSVOptions{Delimiter: "\xff"}, []string{"0 delimiter csv.delimiter"}},
		"an ambiguous sign":  {multitouch.CSVOptions{Separator: "."}, []string{"0 separator csv.separator"}},
		"space":              {multitouch.CSVOptions{Separator: "\t "}, []string{"0 separator csv.separator"}},
		"letters of ages":    {multitouch.CSVOptions{Separator: "PT"}, []string{"0 separator csv.separator"}},
		"no currency":        {multitouch.CSVOptions{Currency: "EURO"}, []string{"0 currency csv.currency"}},
		"a negative size":    {multitouch.CSVOptions{MaxRow: -1}, []string{"0 max_row csv.max_row"}},
		"one name for two":   {multitouch.CSVOptions{Columns: multitouch.CSVColumns{Lead: "Path"}}, []string{"0 columns.lead csv.column_twice"}},
		"values of nothing":  {multitouch.CSVOptions{}, []string{"2 currency csv.currency"}},
		"a named column":     {multitouch.CSVOptions{Currency: byline.EUR, Columns: multitouch.CSVColumns{Ages: "age"}}, []string{"1 ages csv.column_missing"}},
		"a row that is long": {multitouch.CSVOptions{Currency: byline.EUR, MaxRow: 1}, []string{"3 csv.row_size"}},
	} {
		_, faults := readCSV(csvHead+"ada,1,1,1\n"+strings.Repeat("a", 9000), &tt.opts)
		if diff := cmp.Diff(tt.want, faults); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
}

// A person reads the line once and the file's own words; a program reads paths.
func TestRowError(t *testing.T) {
	t.Parallel()
	opts := &multitouch.CSVOptions{Currency: byline.EUR, Columns: multitouch.CSVColumns{Value: "umsatz"}}
	for name, tt := range map[string]struct {
		file string
		want []string
	}{
		"a row": {"Path,Total_Conversions, Umsatz\n\nada > > b >,x,1.234\n", []string{
			`line 3, column "Total_Conversions": a count is a whole number in plain digits; column "Umsatz": an amount with three decimals may be one in thousands; EUR has 2 decimals`,
		}},
		"two touches":   {"path,total_conversions,umsatz\nada > > b >,1,1\n", []string{`line 2, column "path", touch 2: a touch needs the name of its channel; column "path", touch 4: a touch needs the name of its channel`}},
		"cells":         {"path,total_conversions,umsatz\nada\n", []string{"line 2: the row has 1 cells and the header 3"}},
		"no such words": {"ada@shop.example,total_conversions,umsatz\n", []string{`line 1, column 1: nothing is known of a column of its name; OtherColumns passes over it; the file has no column "path"`}},
	} {
		var got []string
		for _, err := range multitouch.ReadCSV(strings.NewReader(tt.file), opts) {
			got = append(got, err.Error())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", name, diff)
		}
	}
}

// Without a currency the reading ends at the first amount, and not once for each.
func TestReadCSVWithoutCurrency(t *testing.T) {
	t.Parallel()
	for _, amount := range []string{"0.01", "-5", "x", "1e3"} {
		rows, faults := readCSV(csvHead+"ada,1,,1\nada,1,0.00,1\nada,1,"+amount+",1\nada,1,7,1\n", nil)
		if diff := cmp.Diff([]string{"4 currency csv.currency"}, faults); diff != "" || len(rows) != 2 {
			t.Errorf("%s: %d rows, faults mismatch (-want +got):\n%s", amount, len(rows), diff)
		}
	}
}

// What is hostile is told in few words.
func TestReadCSVBounds(t *testing.T) {
	t.Parallel()
	const head = "path,total_conversions,ages\n"
	for name, file := range map[string]string{
		"columns": head[:len(head)-1] + strings.Repeat(",x", 1<<18) + "\n",
		"touches": head + strings.Repeat(">", 1<<18) + ",1,\n",
		"ages":    head + "ada,1," + strings.Repeat(">", 1<<18) + "\n",
	} {
		for _, err := range multitouch.ReadCSV(strings.NewReader(file), nil) {
			if faults := byline.Nest("", err); len(faults) != 100 {
				t.Errorf("%s: %d faults", name, len(faults))
			}
		}
	}
}

// A thousand yen are not one.
func TestReadCSVThousands(t *testing.T) {
	t.Parallel()
	for currency, want := range map[byline.Currency]int64{byline.JPY: 0, byline.EUR: 0, byline.KWD: 1000} {
		rows, faults := readCSV(csvHead+"ada,1,1.000,1\n", &multitouch.CSVOptions{Currency: currency})
		switch {
		case want == 0 && !slices.Equal(faults, []string{"2 value csv.value"}):
			t.Errorf("%s: %v", currency, faults)
		case want > 0 && (len(rows) != 1 || rows[0].Value.Minor() != want):
			t.Errorf("%s: %v, %v", currency, rows, faults)
		}
	}
}

func TestReadCSVEnds(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is gone")
	file := io.MultiReader(strings.NewReader(csvHead+strings.Repeat("ada,1,1,1\n", 1000)), iotest.ErrReader(broken))
	good := 0
	var last error
	for _, err := range multitouch.ReadCSV(file, inEuro()) {
		if last = err; err == nil {
			good++
		}
	}
	require.ErrorIs(t, last, broken)
	if good != 1000 || errors.Is(last, byline.ErrInvalid) {
		t.Errorf("%d rows were read before %v", good, last)
	}
	// A row is bounded, a file is not.
	rows, faults := readCSV(csvHead+strings.Repeat("ada,1,1,1\n", 5000), &multitouch.CSVOptions{Currency: byline.EUR, MaxRow: 20})
	if len(rows) != 5000 || faults != nil {
		t.Errorf("%d rows, %v", len(rows), faults)
	}
	for _, err := range multitouch.ReadCSV(iotest.ErrReader(broken), inEuro()) {
		require.ErrorIs(t, err, broken)
	}
	for _, err := range multitouch.ReadCSV(strings.NewReader(csvHead+strings.Repeat("ada,1,1,1\n", 10)), inEuro()) {
		require.NoError(t, err)
		break // which must not panic
	}
}

func TestISOAges(t *testing.T) {
	t.Parallel()
	const head = "path,total_conversions,ages\n"
	for text, want := range map[string]time.Duration{
		"0": 0, "1": time.Hour, "0.000000001": 3600 * time.Nanosecond, "P2W": 14 * 24 * time.Hour, "P1DT2H3M4.5S": 26*time.Hour + 3*time.Minute + 4500*time.Millisecond,
		"PT0.000000001S": 1, "P0.5D": 12 * time.Hour, "PT9223372035S": 9223372035 * time.Second, "P1W2D": 9 * 24 * time.Hour,
	} {
		rows, faults := readCSV(head+"ada,1,"+text+"\n", nil)
		if len(rows) != 1 || rows[0].Ages[0] != want {
			t.Errorf("%s: %v, %v", text, rows, faults)
		}
	}
	for _, text := range []string{"P", "PT", "T1H", "P1H", "PT1D", "P1", "P1M", "PT1H1H", "PT1M1H", "PT5MS", "1h", "1.", ".5", "-1", "P-1D", "1e3", "NaN", "1.0000000001", "2562048", "P99999999999W", "PT9223372036S1", "P106751DT9223372035S", "PT9223372036.854775808S", "P1DT", "PTT1S"} {
		if rows, faults := readCSV(head+"ada,1,"+text+"\n", nil); len(rows) > 0 || !slices.Equal(faults, []string{"2 ages[0] csv.age"}) {
			t.Errorf("%s: %v, %v", text, rows, faults)
		}
	}
}

func all(t testing.TB, j *multitouch.Journeys) []multitouch.Journey {
	t.Helper()
	var rows []multitouch.Journey
	for row, err := range j.All() {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	return rows
}

func TestWriteCSV(t *testing.T) {
	t.Parallel()
	plain := []multitouch.Journey{{Path: []string{"=1+1", "b"}, Conversions: 1, Nulls: 2}, {Path: []string{"b"}, Nulls: 1}}
	for name, tt := range map[string]struct {
		rows []multitouch.Journey
		opts *multitouch.CSVOptions
	}{
		"plain":     {plain, nil},
		"many":      {aged(500, 9), inEuro()},
		"untouched": {[]multitouch.Journey{{Conversions: 4294967295, Value: byline.Minor(-5, byline.EUR)}, {Conversions: 4294967295, Nulls: 7}, {Path: []string{"ada"}, Nulls: 1}}, inEuro()},
		"yen":       {[]multitouch.Journey{{Path: []string{"ada"}, Conversions: 3, Value: byline.Minor(-1000, byline.JPY)}}, &multitouch.CSVOptions{Currency: byline.JPY, Delimiter: ";", Separator: "|"}},
		"hostile": {[]multitouch.Journey{
			{Path: []string{"'=x", "+y", "-z", "@w", "'a", "''-"}, Conversions: 1}, {Path: []string{`"`, ",", ";", "'"}, Conversions: 1}, {Path: []string{"＝", "\\."}, Conversions: 1},
			{Path: []string{"'＝x"}, Conversions: 1, Ages: []time.Duration{1<<63 - 1}}, {Path: []string{"\\."}, Conversions: 1, Ages: []time.Duration{1}},
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := collect(t, tt.rows)
			var file bytes.Buffer
			require.NoError(t, j.WriteCSV(&file, tt.opts))
			for line := range strings.SplitSeq(file.String(), "\n") {
				if line != "" && strings.ContainsAny(line[:1], "=+-@") {
					t.Errorf("a spreadsheet takes %q for a formula", line)
				}
			}
			back, err := multitouch.Collect(multitouch.ReadCSV(&file, tt.opts), nil)
			require.NoError(t, err)
			if diff := cmp.Diff(all(t, j), all(t, back)); diff != "" {
				t.Errorf("rows mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(j.Totals(), back.Totals()); diff != "" {
				t.Errorf("totals mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCSVThereAndBack writes hostile names under hostile options: either they are refused,
// or they come back as they were.
func TestCSVThereAndBack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 8))
	parts := []string{"a", "b", "'", "=", "+", "-", "@", "＝", ">", "|", ",", ";", "\"", " ", "\u00a0", "→", "\ufeff", "1", ".", "PT", "\\.", "T"}
	separators := []string{"", ">", "|", ",", ";", "->", "> >", "=>", "@", "→", " | ", "TP>", "||"}
	written := 0
	for range 3000 {
		opts := &multitouch.CSVOptions{Currency: byline.KWD, Separator: separators[random.IntN(len(separators))], Delimiter: []string{"", ",", ";", "\t", "|", " ", "→", "="}[random.IntN(8)]}
		if opts.Separator == "->" {
			opts.Separator = "~>" // a sign is refused
		}
		var rows []multitouch.Journey
		for range 1 + random.IntN(3) {
			row := multitouch.Journey{Conversions: 1 + random.Int64N(3), Nulls: random.Int64N(3), Value: byline.Minor(random.Int64N(2001)-1000, byline.KWD)}
			for range 1 + random.IntN(3) {
				name := ""
				for range 1 + random.IntN(3) {
					name += parts[random.IntN(len(parts))]
				}
				row.Path = append(row.Path, name)
			}
			if random.IntN(2) == 0 {
				for range row.Path {
					row.Ages = append(row.Ages, time.Duration(random.Int64N(1<<random.IntN(63))))
				}
			}
			if n := len(row.Path); random.IntN(2) == 0 {
				row.Opportunity = 1 + random.IntN(n)
				row.Lead = random.IntN(row.Opportunity + 1)
			}
			rows = append(rows, row)
		}
		j := collect(t, rows)
		var file bytes.Buffer
		if err := j.WriteCSV(&file, opts); err != nil {
			for _, fault := range faultsOf(err) {
				if !strings.HasSuffix(fault, " csv.name") {
					t.Fatalf("%+v: %v", opts, err)
				}
			}
			continue
		}
		written++
		text := file.String()
		back, err := multitouch.Collect(multitouch.ReadCSV(&file, opts), nil)
		require.NoError(t, err, text)
		if diff := cmp.Diff(all(t, j), all(t, back)); diff != "" {
			t.Fatalf("%+v\n%s\nrows mismatch (-want +got):\n%s", opts, text, diff)
		}
	}
	if written < 500 {
		t.Errorf("only %d were written", written)
	}
}

func TestWriteCSVFaults(t *testing.T) {
	t.Parallel()
	j := collect(t, []multitouch.Journey{{Path: []string{"a>b", " c", "d\n", "e", "\xff", "f\u00a0"}, Conversions: 1}})
	var file bytes.Buffer
	err := j.WriteCSV(&file, nil)
	want := []string{"channels[0] csv.name", "channels[1] csv.name", "channels[2] csv.name", "channels[4] csv.name", "channels[5] csv.name"}
	got := faultsOf(err)
	slices.Sort(got)
	slices.Sort(want)
	if len(got) != len(want) || file.Len() > 0 {
		t.Errorf("faults are %v; %d bytes were written", got, file.Len())
	}
	// The end of a name and the separator make a separator that is too early.
	j = collect(t, []multitouch.Journey{{Path: []string{"x >", "y"}, Conversions: 1, Value: byline.Minor(1, byline.EUR)}})
	err = j.WriteCSV(&file, &multitouch.CSVOptions{Separator: "> >", Currency: byline.JPY})
	if diff := cmp.Diff([]string{"channels[0] csv.name", "currency csv.currency"}, faultsOf(err)); diff != "" || file.Len() > 0 {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	broken := errors.New("the disk is full")
	require.ErrorIs(t, collect(t, aged(5000, 1)).WriteCSV(failing{broken}, nil), broken)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func FuzzReadCSV(f *testing.F) {
	f.Add(csvHead + "ada > bruno,3,120.50,17\n'=x,1,-1,\n")
	f.Add("path,total_conversions,ages,lead,opportunity\nada > bruno,3,36.5 > PT90S,1,2\n")
	f.Add("\ufeffpath,total_conversions\r\n\"a\"\"b\",1.0\r\n,5\n")
	f.Fuzz(func(t *testing.T, file string) {
		j, err := multitouch.NewJourneys(nil)
		require.NoError(t, err)
		for row, err := range multitouch.ReadCSV(strings.NewReader(file), inEuro()) {
			if err != nil {
				require.ErrorIs(t, err, byline.ErrInvalid)
				continue
			}
			if err := j.Add(row); err != nil && !slices.ContainsFunc(faultsOf(err), func(f string) bool { return strings.Contains(f, "journey.total") }) {
				t.Fatalf("a row that was read cannot be added: %v", err)
			}
		}
		if u := j.Totals().Untouched; u.Conversions > 1<<40 || u.Nulls > 1<<40 {
			return
		}
		var written bytes.Buffer
		require.NoError(t, j.WriteCSV(&written, inEuro()))
		back, err := multitouch.Collect(multitouch.ReadCSV(&written, inEuro()), nil)
		require.NoError(t, err)
		if diff := cmp.Diff(all(t, j), all(t, back)); diff != "" {
			t.Fatalf("rows mismatch (-want +got):\n%s", diff)
		}
	})
}

// Models are compared on a file as other tools write it.
func ExampleReadCSV() {
	file := strings.NewReader(`path,total_conversions,total_conversion_value,total_null
ada > bruno,2,80.00,5
bruno,1,25.00,9
cleo > ada > bruno,1,40.00,0
`)
	rows := multitouch.ReadCSV(file, &multitouch.CSVOptions{Currency: byline.EUR})
	result, err := multitouch.Attribute(rows, multitouch.Linear{}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range result.Credits {
		fmt.Printf("%s %.4f %s\n", c.Channel, c.Conversions, c.Value)
	}
	// Output:
	// ada 1.3333 53.33 EUR
	// bruno 2.3333 78.33 EUR
	// cleo 0.3333 13.34 EUR
}

func BenchmarkReadCSV(b *testing.B) {
	j, err := multitouch.Collect(synthetic(100_000, 50, 42), nil)
	if err != nil {
		b.Fatal(err)
	}
	var file bytes.Buffer
	if err := j.WriteCSV(&file, inEuro()); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range multitouch.ReadCSV(bytes.NewReader(file.Bytes()), inEuro()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	perTouch(b, j)
}
