package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

func TestDemo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, tt := range []struct {
		golden string
		args   []string
	}{
		{"demo.txt", []string{"-demo"}},
		{"demo.json", []string{"-demo", "-json"}},
		{"page.txt", []string{"-demo", "-html", "@/report.html"}},
	} {
		got := call(t, dir, tt.args...)
		if got.code != exitOK || got.err != "" {
			t.Errorf("%s: status %d, %s", tt.golden, got.code, got.err)
		}
		equalGolden(t, tt.golden, rounded([]byte(got.out)))
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("the folder holds %d files, %v", len(files), err)
	}
}

// rounded leaves nine digits of each fraction, and nothing of what is rounding alone.
func rounded(text []byte) []byte {
	return regexp.MustCompile(`-?\d+\.\d{6,}(e-\d+)?|-?\d+(\.\d+)?e-\d+`).ReplaceAllFunc(text, func(number []byte) []byte {
		v, err := strconv.ParseFloat(string(number), 64)
		switch {
		case err != nil:
			return number
		case math.Abs(v) < 1e-12:
			return []byte("0")
		}
		return strconv.AppendFloat(nil, v, 'g', 9, 64)
	})
}

// All columns sum to the whole: conversions to the last bit, value to the cent.
func TestSums(t *testing.T) {
	t.Parallel()
	r := demoReport(t)
	for _, m := range r.columns() {
		conversions, value := 0.0, byline.Minor(0, byline.EUR)
		for _, c := range m.Credits {
			conversions += c.Conversions
			var err error
			value, err = value.Add(c.Value)
			require.NoError(t, err)
		}
		if conversions != float64(r.Totals.Conversions) || !value.Equal(r.Totals.Value) {
			t.Errorf("%s: %v conversions, %s", m.Label, conversions, value)
		}
	}
	more := 0.0
	for _, s := range r.Standings {
		more += s.More
	}
	if math.Abs(more) > 1e-9 {
		t.Errorf("differences sum to %v", more)
	}
}

// What the chain of the report credits follows from its own matrix: a journey that starts
// there, with all steps to a creator cut, converts that much less often.
func TestChainFollowsFromItsSteps(t *testing.T) {
	t.Parallel()
	r := demoReport(t)
	solved, _ := r.Comparison.Result(multitouch.Markov{}.Name())
	rate := func(without string) float64 {
		reach := map[string]float64{} // chance to convert from a channel
		for range 2000 {
			next := map[string]float64{}
			for _, s := range solved.Chain.Transitions {
				from := strings.Join(s.From, "")
				switch {
				case s.End == "conversion":
					next[from] += s.Probability
				case len(s.To) > 0 && s.To[0] != without:
					next[from] += s.Probability * reach[s.To[0]]
				}
			}
			reach = next
		}
		return reach[""]
	}
	for _, c := range solved.Credits {
		if want := 1 - rate(c.Channel)/rate(""); math.Abs(c.Raw-want) > 1e-9 {
			t.Errorf("%s: removal effect %v, want %v", c.Channel, c.Raw, want)
		}
	}
}

func TestBadRows(t *testing.T) {
	t.Parallel()
	file := header + "ada,1,10.00,0\nada > ,1,10.00,0\nbruno,x,,\ncleo,1,1.234,0\ndario,0,5.00,1\n\"x\n"
	got := call(t, written(t, file), "-journeys", "@/journeys.csv", "-currency", "EUR", "-html", "@/report.html")
	if got.code != exitBad || got.out != "" {
		t.Errorf("status %d, %s", got.code, got.out)
	}
	equalGolden(t, "bad-rows.txt", []byte(got.err))
}

// Each of many bad rows is told.
func TestEveryBadRow(t *testing.T) {
	t.Parallel()
	const n = 500
	got := call(t, written(t, header+strings.Repeat("ada,-1,,0\n", n)), "-journeys", "@/journeys.csv", "-currency", "EUR")
	if lines := strings.Count(got.err, "\n  line "); lines != n {
		t.Errorf("%d rows of %d", lines, n)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file string
		args []string
		code int
		want string // in what the program says
	}{
		"empty file":      {"", nil, exitBad, "csv.header"},
		"header alone":    {header, nil, exitRefused, "There is nothing to compare"},
		"no conversion":   {noConversion, nil, exitRefused, "There is nothing to compare"},
		"no currency":     {oneCreator, []string{"-currency", ""}, exitBad, "csv.currency"},
		"unknown column":  {"path,total_conversions,colour\n", nil, exitBad, "csv.column_unknown"},
		"wrong currency":  {oneCreator, []string{"-currency", "XXZ"}, exitBad, `not "XXZ"`},
		"demo and file":   {oneCreator, []string{"-demo"}, exitBad, "-demo brings its own journeys"},
		"an argument":     {oneCreator, []string{"more"}, exitBad, `unexpected argument "more"`},
		"an unknown flag": {oneCreator, []string{"-colour"}, exitBad, "-help lists"},
		"few replicates":  {oneCreator, []string{"-replicates", "3"}, exitBad, "-replicates is 40 to 100000"},
		"no folder":       {oneCreator, []string{"-html", "@/none/report.html"}, exitBad, "cannot write @/none/report.html"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"-journeys", "@/journeys.csv", "-currency", "EUR"}, tt.args...)
			got := call(t, written(t, tt.file), args...)
			if got.code != tt.code || !strings.Contains(got.out+got.err, tt.want) {
				t.Errorf("status %d\n%s%s", got.code, got.out, got.err)
			}
		})
	}
	if got := call(t, t.TempDir(), "-journeys", "@/none.csv"); got.code != exitBad || !strings.Contains(got.err, "none.csv") {
		t.Errorf("status %d, %s", got.code, got.err)
	}
	if got := call(t, t.TempDir(), "-help"); got.code != exitOK || !strings.Contains(got.out, "-journeys") {
		t.Errorf("status %d, %s", got.code, got.out)
	}
}

// What the data do not carry stands on the page as a refusal.
func TestLacks(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file string
		want []string
	}{
		"nothing": {noConversion, []string{"tally.no_conversions"}},
		"one creator": {oneCreator, []string{
			"Only ada was touched", "rank.too_few_creators", "time_decay.no_ages", "No journey has a touch named direct", "No journey says which touch made a lead",
		}},
		"few conversions": {header + "ada > bruno,3,30.00,9\nbruno > ada > cleo,2,5.00,4\n", []string{"bootstrap.too_few_conversions"}},
		"no values":       {"path,total_conversions,total_null\nada > bruno,30,9\nbruno > ada > cleo,20,4\n", []string{"Conversions of each creator by each model"}},
		"no net value":    {header + "ada > bruno,30,30.00,9\nbruno > ada > cleo,20,-30.00,4\n", []string{"Conversions of each creator by each model"}},
		"cancelled":       {header + "ada,30,90000000.00,9\nbruno,20,-89999999.99,4\n", []string{"markov.value", "no value"}},
		"only direct":     {header + "direct,40,30.00,9\n", []string{"Only direct was touched", "rank.no_creators"}},
		"crowd":           {crowdFile(), []string{"21 more are not shown", "samples=2000"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reported(t, tt.file)
			page := pageOf(t, r)
			for _, want := range tt.want {
				if !strings.Contains(page, want) {
					t.Errorf("%q is not on the page", want)
				}
			}
			wellFormed(t, page)
			text, err := json.Marshal(r)
			require.NoError(t, err)
			var back report
			require.NoError(t, json.Unmarshal(text, &back))
			again, err := json.Marshal(back)
			require.NoError(t, err)
			if diff := cmp.Diff(string(text), string(again)); diff != "" {
				t.Errorf("JSON there and back (-want +got):\n%s", diff)
			}
		})
	}
}

// The page is one file that loads nothing: no script, no style but its own, and every
// element that is opened is closed.
func TestPage(t *testing.T) {
	t.Parallel()
	page := pageOf(t, demoReport(t))
	wellFormed(t, page)
	for _, want := range []string{"default-src &#39;none&#39;", "Never what is paid", "rank.too_thin", "Shapley, journey rate", "Say first what is asked: bruno, ada, dario, gaia and finn", "No need to argue: cleo"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
}

func wellFormed(t *testing.T, page string) {
	t.Helper()
	page = regexp.MustCompile(`(<meta [^>]*)>`).ReplaceAllString(strings.TrimPrefix(page, "<!doctype html>"), "$1/>")
	d := xml.NewDecoder(strings.NewReader(page))
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		element, is := token.(xml.StartElement)
		if !is {
			continue
		}
		if slices.Contains([]string{"script", "link", "iframe", "img", "object", "form", "base", "use"}, strings.ToLower(element.Name.Local)) {
			t.Errorf("the page has a %s", element.Name.Local)
		}
		for _, a := range element.Attr {
			if name := strings.ToLower(a.Name.Local); name == "style" || name == "src" || name == "href" || strings.HasPrefix(name, "on") {
				t.Errorf("%s has %s=%q", element.Name.Local, name, a.Value)
			}
		}
	}
}

// No name becomes a tag, an attribute, an entity or a command, in the page or the text.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{worstName, "=cmd()", "{{.CSP}}", "</title>", "&amp;", strings.Repeat("long", 300), "\u202eevil"} {
		r := reported(t, hostileFile(name))
		page := pageOf(t, r)
		wellFormed(t, page)
		var text strings.Builder
		require.NoError(t, r.writeText(&text))
		if strings.ContainsAny(page+text.String(), "\u202e\u2028\x00\x1b") {
			t.Errorf("%q came through", name)
		}
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"1,234.5": showNumber(1234.46), "−0.1": showNumber(-0.06), "0.0": showNumber(-0.04), "+0.1": showSigned(0.1), "0.0 ": showSigned(0.04) + " ",
		"13%": showPercent(0.134), "9.9%": showPercent(0.099), "10%": showPercent(0.0999), "<1%": showChance(0), ">99%": showChance(1), "50%": showChance(0.5),
		"12": showAmount(12), "1.5": showAmount(1.5), "ada and bruno": listed([]string{"ada", "bruno"}, 3), "a, b and 2 more": listed([]string{"a", "b", "c", "d"}, 2),
		"€1,234.50": showMoney(byline.Minor(123450, byline.EUR)), "−€0.05": showMore(byline.Minor(-5, byline.EUR)), "+¥5": showMore(byline.Minor(5, "JPY")),
	} {
		if want != got {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestWriteFileOverOthers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "report.html")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	failed := errors.New("failed")
	require.ErrorIs(t, writeFile(path, func(io.Writer) error { return failed }), failed)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	if string(text) != "old" {
		t.Errorf("a page that failed took the place of the old one: %q", text)
	}
	require.NoError(t, writeFile(os.DevNull, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }))
}
