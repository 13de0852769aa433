package dossiercsv_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/dossiercsv"
	"github.com/bylinehq/byline/internal/golden"
)

func names() []string {
	return []string{"accounts", "audiences", "posts", "series", "comments", "partnerships", "rates", "reviews"}
}

// folder reads the files of a folder of testdata.
func folder(t testing.TB, name string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, file := range names() {
		text, err := os.ReadFile(filepath.Join("testdata", name, file+".csv"))
		require.NoError(t, err)
		texts[file] = string(text)
	}
	return texts
}

// files gives each text that is there to its reader.
func files(texts map[string]string) dossiercsv.Files {
	read := func(name string) io.Reader {
		if text, there := texts[name]; there {
			return strings.NewReader(text)
		}
		return nil
	}
	return dossiercsv.Files{
		Accounts: read("accounts"), Audiences: read("audiences"), Posts: read("posts"), Series: read("series"),
		Comments: read("comments"), Partnerships: read("partnerships"), Rates: read("rates"), Reviews: read("reviews"),
	}
}

func imported() time.Time { return time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC) }

func options() *dossiercsv.Options {
	return &dossiercsv.Options{
		Definition: "crm", At: imported(), Source: "the crm of demo.example", Purpose: "choosing creators",
		RetainUntil: imported().AddDate(1, 0, 0),
	}
}

func written(t testing.TB, d []creator.Dossier) []byte {
	t.Helper()
	var out bytes.Buffer
	in := json.NewEncoder(&out)
	in.SetIndent("", "  ")
	in.SetEscapeHTML(false)
	require.NoError(t, in.Encode(d))
	return out.Bytes()
}

func TestReadAll(t *testing.T) {
	t.Parallel()
	got, err := dossiercsv.Read(files(folder(t, "good")), options())
	require.NoError(t, err)
	if diff := cmp.Diff([]dossiercsv.Fault(nil), got.Faults); diff != "" || got.Rows != 25 {
		t.Errorf("%d rows, faults mismatch (-want +got):\n%s", got.Rows, diff)
	}
	for i := range got.Dossiers {
		require.NoError(t, got.Dossiers[i].Validate())
	}
	golden.Equal(t, "good.json", written(t, got.Dossiers))
}

// One of every fault, but for those of the size and of the file as a whole.
func TestReadFaults(t *testing.T) {
	t.Parallel()
	got, err := dossiercsv.Read(files(folder(t, "faults")), options())
	require.NoError(t, err)
	var out strings.Builder
	for _, f := range got.Faults {
		require.ErrorIs(t, f, byline.ErrInvalid)
		fmt.Fprintf(&out, "%s [%s]\n", f, f.Code)
	}
	golden.Equal(t, "faults.txt", []byte(out.String()))
	golden.Equal(t, "faults.json", written(t, got.Dossiers))
	for i := range got.Dossiers {
		require.NoError(t, got.Dossiers[i].Validate())
	}
}

// shuffled puts the rows of each file into another order.
func shuffled(t testing.TB, texts map[string]string, r *rand.Rand) map[string]string {
	t.Helper()
	other := map[string]string{}
	for name, text := range texts {
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		require.NoError(t, err)
		body := rows[1:]
		r.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
		var out strings.Builder
		require.NoError(t, csv.NewWriter(&out).WriteAll(rows))
		other[name] = out.String()
	}
	return other
}

func TestRowsInAnyOrder(t *testing.T) {
	t.Parallel()
	texts := folder(t, "good")
	want, err := dossiercsv.Read(files(texts), options())
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(7, 11))
	for range 20 {
		got, err := dossiercsv.Read(files(shuffled(t, texts, r)), options())
		require.NoError(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("another order gives other dossiers (-want +got):\n%s", diff)
		}
	}
}

const plainAccounts = "creator,name,platform,handle,followers\n"

func TestForms(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		accounts string
		o        dossiercsv.Options
	}{
		"plain":                      {plainAccounts + "ada,Ada,instagram,ada,1200\n", dossiercsv.Options{}},
		"a byte order mark":          {"\ufeff" + plainAccounts + "ada,Ada,instagram,ada,1200\n", dossiercsv.Options{}},
		"lines of Windows":           {"creator,name,platform,handle,followers\r\nada,Ada,instagram,ada,1200\r\n", dossiercsv.Options{}},
		"no line break at the end":   {plainAccounts + "ada,Ada,instagram,ada,1200", dossiercsv.Options{}},
		"blank rows":                 {plainAccounts + ",,,,\n\nada,Ada,instagram,ada,1200\n,,,,\n", dossiercsv.Options{}},
		"semicolons":                 {"creator;name;platform;handle;followers\nada;Ada;instagram;ada;1200\n", dossiercsv.Options{}},
		"tabs":                       {"creator\tname\tplatform\thandle\tfollowers\nada\tAda\tinstagram\tada\t1200\n", dossiercsv.Options{}},
		"a pipe, declared":           {"creator|name|platform|handle|followers\nada|Ada|instagram|ada|1200\n", dossiercsv.Options{Delimiter: "|"}},
		"another order and case":     {"FOLLOWERS,Handle, platform ,Name,creator\n1200,ada,Instagram,Ada,ada\n", dossiercsv.Options{}},
		"a decimal comma":            {"creator;name;platform;handle;followers\nada;Ada;instagram;ada;1.200,0\n", dossiercsv.Options{DecimalComma: true, Thousands: "."}},
		"groups, declared":           {"creator;name;platform;handle;followers\nada;Ada;instagram;ada;1 200\n", dossiercsv.Options{Thousands: " "}},
		"an @ before the handle":     {plainAccounts + "ada,Ada,instagram,@ada,1200\n", dossiercsv.Options{}},
		"the caller's columns":       {"Id,Full Name,Network,User,Fans,Notes\nada,Ada,instagram,ada,1200,x\n", dossiercsv.Options{Columns: map[dossiercsv.File]map[string]string{dossiercsv.Accounts: {"id": "creator", "full name": "name", "Network": "platform", "USER": "handle", "Fans": "followers", "notes": ""}}}},
		"a quoted semicolon, commas": {"creator,name,platform,handle,followers,\"tags\"\nada,Ada,instagram,ada,1200,\"\"\n", dossiercsv.Options{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := dossiercsv.Read(dossiercsv.Files{Accounts: strings.NewReader(tt.accounts)}, &tt.o)
			require.NoError(t, err)
			want := dossiercsv.Result{Rows: 1, Dossiers: []creator.Dossier{{Profile: creator.Profile{ID: "ada", Name: "Ada", Accounts: []creator.Account{
				{Platform: byline.Instagram, Handle: "ada", Followers: byline.Known(1200, "csv.followers", time.Time{})},
			}}}}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("result mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// numbers are cells of followers, with what they are read as.
func TestNumbers(t *testing.T) {
	t.Parallel()
	known := func(v float64) byline.Measure { return byline.Known(v, "csv.followers", time.Time{}) }
	missing := func(why byline.MissingReason) byline.Measure {
		return byline.Missing(why, "csv.followers", time.Time{})
	}
	short := dossiercsv.Options{Rounded: []dossiercsv.File{dossiercsv.Accounts}}
	rounded := func(v float64) byline.Measure { return byline.Known(v, "csv.followers.rounded", time.Time{}) }
	comma := dossiercsv.Options{DecimalComma: true, Thousands: "."}
	tests := map[string]struct {
		cell string
		o    dossiercsv.Options
		want byline.Measure
		bad  bool
	}{
		"nothing":                   {"", dossiercsv.Options{}, byline.Measure{}, false},
		"a literal zero":            {"0", dossiercsv.Options{}, known(0), false},
		"a fraction":                {"1.5", dossiercsv.Options{}, known(1.5), false},
		"groups":                    {"1,234,567", dossiercsv.Options{Thousands: ","}, known(1_234_567), false},
		"groups of India":           {"12,34,567", dossiercsv.Options{Thousands: ","}, known(1_234_567), false},
		"a comma":                   {"1.234,5", comma, known(1234.5), false},
		"hidden":                    {" Hidden ", dossiercsv.Options{}, missing(byline.Hidden), false},
		"null":                      {"NULL", dossiercsv.Options{}, missing(byline.NotCollected), false},
		"two dashes":                {"--", dossiercsv.Options{}, missing(byline.NotCollected), false},
		"n/a":                       {"N/A", dossiercsv.Options{}, missing(byline.NotCollected), false},
		"a word of the caller":      {"versteckt", dossiercsv.Options{Missing: map[string]byline.MissingReason{"Versteckt": byline.Hidden}}, missing(byline.Hidden), false},
		"another reason for a word": {"n/a", dossiercsv.Options{Missing: map[string]byline.MissingReason{"n/a": byline.NotSupported}}, missing(byline.NotSupported), false},
		"a word nobody knows":       {"many", dossiercsv.Options{}, byline.Measure{}, true},
		"groups nobody declared":    {"1,234", dossiercsv.Options{}, byline.Measure{}, true},
		"a comma nobody declared":   {"1,5", dossiercsv.Options{}, byline.Measure{}, true},
		"a slip in a group":         {"1.23,5", comma, byline.Measure{}, true},
		"a minus":                   {"-1", dossiercsv.Options{}, byline.Measure{}, true},
		"a plus":                    {"+1", dossiercsv.Options{}, byline.Measure{}, true},
		"a percentage":              {"10%", dossiercsv.Options{}, byline.Measure{}, true},
		"an exponent":               {"1e3", dossiercsv.Options{}, byline.Measure{}, true},
		"a short form":              {"12.3K", dossiercsv.Options{}, byline.Measure{}, true},
		"a short form, declared":    {"12.3 K", short, rounded(12_300), false},
		"millions":                  {"1.25m", short, rounded(1_250_000), false},
		"billions":                  {"2B", short, rounded(2e9), false},
		"in full, among short ones": {"950", short, rounded(950), false},
		"a letter alone":            {"K", short, byline.Measure{}, true},
		"two letters":               {"1KM", short, byline.Measure{}, true},
		"hidden, among short ones":  {"hidden", short, byline.Missing(byline.Hidden, "csv.followers.rounded", time.Time{}), false},
		"a long number, short":      {strings.Repeat("9", 39) + "B", short, rounded(1e48), false},
		"not a number":              {"NaN", dossiercsv.Options{}, byline.Measure{}, true},
		"infinity":                  {"Inf", dossiercsv.Options{}, byline.Measure{}, true},
		"hexadecimal":               {"0x10", dossiercsv.Options{}, byline.Measure{}, true},
		"an underscore":             {"1_000", dossiercsv.Options{}, byline.Measure{}, true},
		"a point alone":             {".", dossiercsv.Options{}, byline.Measure{}, true},
		"digits of full width":      {"１２", dossiercsv.Options{}, byline.Measure{}, true},
		"more digits than a number": {strings.Repeat("9", 400), dossiercsv.Options{}, byline.Measure{}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := dossiercsv.Read(dossiercsv.Files{Accounts: strings.NewReader(plainAccounts + "ada,Ada,instagram,ada,\"" + tt.cell + "\"\n")}, &tt.o)
			require.NoError(t, err)
			if tt.bad {
				if len(got.Dossiers) != 0 || len(got.Faults) != 1 {
					t.Errorf("got %v and %v", got.Dossiers, got.Faults)
				}
				return
			}
			require.Empty(t, got.Faults)
			if diff := cmp.Diff(tt.want, got.Dossiers[0].Profile.Accounts[0].Followers); diff != "" {
				t.Errorf("followers mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// A day begins where the caller is, and a window ends with its last day.
func TestDays(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	got, err := dossiercsv.Read(files(map[string]string{
		"accounts":     plainAccounts + "ada,Ada,instagram,ada,1\n",
		"partnerships": "creator,brand,from,until\nada,Demo Mill,2026-10-25,2026-10-25\nada,Demo Mill,,2026-10-25T12:00:00Z\n",
	}), &dossiercsv.Options{Location: berlin})
	require.NoError(t, err)
	require.Empty(t, got.Faults)
	day := time.Date(2026, time.October, 24, 22, 0, 0, 0, time.UTC)
	want := []byline.Window{{End: time.Date(2026, time.October, 25, 12, 0, 0, 0, time.UTC)}, {Start: day, End: day.Add(25 * time.Hour)}} // the clocks go back
	var windows []byline.Window
	for _, p := range got.Dossiers[0].Partnerships {
		windows = append(windows, p.During)
	}
	if diff := cmp.Diff(want, windows); diff != "" {
		t.Errorf("windows mismatch (-want +got):\n%s", diff)
	}
}

// What is wrong with a file as a whole, and what is too large.
func TestWholeFiles(t *testing.T) {
	t.Parallel()
	good := plainAccounts + "ada,Ada,instagram,ada,1\n"
	tests := map[string]struct {
		accounts, posts string
		o               dossiercsv.Options
		want            []string
		creators        int
	}{
		"empty":              {"", "", dossiercsv.Options{}, []string{"accounts 1  dossiercsv.header"}, 0},
		"only blanks":        {" \n", "", dossiercsv.Options{}, []string{"accounts 1  dossiercsv.column_unknown", "accounts 1 creator dossiercsv.column_missing", "accounts 1 platform dossiercsv.column_missing", "accounts 1 handle dossiercsv.column_missing"}, 0},
		"UTF-16":             {"\xff\xfec\x00", "", dossiercsv.Options{}, []string{"accounts 1  dossiercsv.utf_sixteen"}, 0},
		"a header in quotes": {"\"creator", "", dossiercsv.Options{}, []string{"accounts 1  dossiercsv.header"}, 0},
		"a column missing":   {good, "creator,id\nada,1\n", dossiercsv.Options{}, []string{"posts 1 platform dossiercsv.column_missing", "posts 1 published_at dossiercsv.column_missing"}, 1},
		"a mapped column missing": {
			"creator,platform,handle\n", "", dossiercsv.Options{Columns: map[dossiercsv.File]map[string]string{dossiercsv.Accounts: {"Fans": "followers"}}},
			[]string{"accounts 1 followers dossiercsv.column_missing"}, 0,
		},
		"a column twice":       {"creator,platform,handle,Handle\n", "", dossiercsv.Options{}, []string{"accounts 1 handle dossiercsv.column_twice"}, 0},
		"a column of theirs":   {strings.ReplaceAll(good, "name", "nom"), "", dossiercsv.Options{}, []string{"accounts 1 nom dossiercsv.column_unknown", "accounts 2 name dossiercsv.required"}, 0},
		"too many rows":        {good + "bruno,Bruno,instagram,bruno,1\ncleo,Cleo,x,cleo,1\n", "", dossiercsv.Options{MaxRows: 1}, []string{"accounts 3  dossiercsv.too_many_rows"}, 1},
		"a cell too long":      {good + "bruno,Brunobruno,x,bruno,1\n", "", dossiercsv.Options{MaxCell: 9}, []string{"accounts 3 name dossiercsv.cell_size"}, 1},
		"a quote that eats":    {good + "\"bruno," + strings.Repeat("x", 10_000), "", dossiercsv.Options{MaxRow: 1000}, []string{"accounts 3  dossiercsv.row_size"}, 1},
		"Namibia":              {"creator,name,platform,handle,market,languages,contact\nada,Ada,x,ada,NA,na,-\nbruno,Bruno,x,bruno,n/a,-,NULL\n", "", dossiercsv.Options{}, nil, 2},
		"fixed and there":      {good, "", dossiercsv.Options{Fixed: map[dossiercsv.File]map[string]string{dossiercsv.Accounts: {"name": "x"}}}, []string{"accounts 1 name dossiercsv.column_twice"}, 0},
		"fixed":                {"creator,handle\nada,ada\n", "", dossiercsv.Options{Fixed: map[dossiercsv.File]map[string]string{dossiercsv.Accounts: {"name": "x", "platform": "x"}}}, nil, 1},
		"a dash for a handle":  {good + "bruno,Bruno,x,-,1\n", "", dossiercsv.Options{}, []string{"accounts 3 handle required"}, 1},
		"a platform of theirs": {good + "bruno,Bruno,Weibo,bruno,1\n", "", dossiercsv.Options{Platforms: []byline.Platform{"weibo"}}, nil, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			texts := map[string]string{"accounts": tt.accounts}
			if tt.posts != "" {
				texts["posts"] = tt.posts
			}
			got, err := dossiercsv.Read(files(texts), &tt.o)
			require.NoError(t, err)
			var faults []string
			for _, f := range got.Faults {
				faults = append(faults, fmt.Sprintf("%s %d %s %s", f.File, f.Line, f.Column, f.Code))
			}
			if diff := cmp.Diff(tt.want, faults); diff != "" || len(got.Dossiers) != tt.creators {
				t.Errorf("%d creators, faults mismatch (-want +got):\n%s", len(got.Dossiers), diff)
			}
		})
	}
}

func TestOptionsAreRefused(t *testing.T) {
	t.Parallel()
	accounts := strings.NewReader(plainAccounts)
	tests := map[string]struct {
		o    dossiercsv.Options
		path string
	}{
		"two delimiters":           {dossiercsv.Options{Delimiter: ";;"}, "delimiter"},
		"a quote":                  {dossiercsv.Options{Delimiter: `"`}, "delimiter"},
		"a point for both":         {dossiercsv.Options{Thousands: "."}, "thousands"},
		"a purpose without time":   {dossiercsv.Options{Purpose: "choosing"}, "at"},
		"retained before it came":  {dossiercsv.Options{At: imported(), RetainUntil: imported().Add(-1)}, "retain_until"},
		"a reason that is none":    {dossiercsv.Options{Missing: map[string]byline.MissingReason{"x": "because"}}, "missing[x]"},
		"a column that is none":    {dossiercsv.Options{Columns: map[dossiercsv.File]map[string]string{dossiercsv.Posts: {"x": "shoe"}}}, "columns[posts][x]"},
		"a file that is none":      {dossiercsv.Options{Columns: map[dossiercsv.File]map[string]string{"orders": {"x": "id"}}}, "columns[orders][x]"},
		"views in percent":         {dossiercsv.Options{Columns: map[dossiercsv.File]map[string]string{dossiercsv.Posts: {"x": "views%"}}}, "columns[posts][x]"},
		"one of two that is none":  {dossiercsv.Options{Columns: map[dossiercsv.File]map[string]string{dossiercsv.Posts: {"x": "id,shoe"}}}, "columns[posts][x]"},
		"a bucket of nothing":      {dossiercsv.Options{Columns: map[dossiercsv.File]map[string]string{dossiercsv.Audiences: {"x": "shoe:43"}}}, "columns[audiences][x]"},
		"a bucket elsewhere":       {dossiercsv.Options{Columns: map[dossiercsv.File]map[string]string{dossiercsv.Accounts: {"x": "age:18-24"}}}, "columns[accounts][x]"},
		"a fixed one that is none": {dossiercsv.Options{Fixed: map[dossiercsv.File]map[string]string{dossiercsv.Posts: {"shoe": "43"}}}, "fixed[posts][shoe]"},
		"a rounded one of none":    {dossiercsv.Options{Rounded: []dossiercsv.File{"orders"}}, "rounded[0]"},
		"a definition too long":    {dossiercsv.Options{Definition: strings.Repeat("x", 401), Source: "x"}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := dossiercsv.Read(dossiercsv.Files{Accounts: accounts}, &tt.o)
			f, ok := errors.AsType[*byline.FieldError](err)
			if !ok || f.Path != tt.path || f.Code != "dossiercsv.option" {
				t.Errorf("error is %v", err)
			}
		})
	}
	_, err := dossiercsv.Read(dossiercsv.Files{}, nil)
	if f, ok := errors.AsType[*byline.FieldError](err); !ok || f.Code != "dossiercsv.no_accounts" {
		t.Errorf("without accounts: %v", err)
	}
}

// A reader that fails is no end of the file.
func TestReaderFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, at := range []string{"", plainAccounts[:10], plainAccounts, plainAccounts + "ada,Ada,instagram,ada,1\nbru"} {
		_, err := dossiercsv.Read(dossiercsv.Files{Accounts: io.MultiReader(strings.NewReader(at), iotest.ErrReader(broken))}, nil)
		require.ErrorIs(t, err, broken, at)
	}
}

// mutated changes a few bytes of each file.
func mutated(texts map[string]string, r *rand.Rand) map[string]string {
	other := map[string]string{}
	for _, name := range names() {
		text := []byte(texts[name])
		for range r.IntN(5) {
			i := r.IntN(len(text))
			switch r.IntN(3) {
			case 0:
				text[i] = byte(r.IntN(256))
			case 1:
				text = slices.Delete(text, i, min(len(text), i+1+r.IntN(20)))
			case 2:
				text = slices.Insert(text, i, "\",;\n\x00\xff-%"[r.IntN(8)])
			}
		}
		other[name] = string(text)
	}
	return other
}

// Whatever a file says, what is made of it is valid.
func TestReadIsValid(t *testing.T) {
	t.Parallel()
	texts := folder(t, "good")
	r := rand.New(rand.NewPCG(3, 5))
	for range 300 {
		broken := mutated(texts, r)
		got, err := dossiercsv.Read(files(broken), options())
		require.NoError(t, err)
		for i := range got.Dossiers {
			require.NoError(t, got.Dossiers[i].Validate(), "%q", broken)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("creator,platform,handle,name\na,x,k,A\na,x,\u212a,A\n", "creator,platform,dimension,bucket,share\na,x,age,18-24,5%\n", "creator,platform,id,published_at\na,x,1,2026-11-20\n", "")
	f.Add("creator;platform;handle;name\na;x;k;A\n", "creator,brand,until\na,b,2026-11-20\n", "creator,platform,id,post_id,text\na,x,1,1,\"a\nb\"\n", "creator,platform,metric,at,value\na,x,views,2026-11-20,1\n\x00creator,by,at,rubric,question,value\na,b,2026-11-20,c,d,1\n")
	f.Add("creator,platform,handle,name\na,x,k,A\n", "creator,platform,age:18-24,country:DE (%),base\na,x,5%,5,-1\na,x,-,,\n", "id\n1\n", "")
	f.Fuzz(func(t *testing.T, accounts, audiences, posts, others string) {
		series, reviews, _ := strings.Cut(others, "\x00")
		got, err := dossiercsv.Read(files(map[string]string{
			"accounts": accounts, "audiences": audiences, "posts": posts, "series": series, "reviews": reviews,
			"comments": posts, "partnerships": audiences, "rates": reviews,
		}), &dossiercsv.Options{
			At: imported(), Purpose: "choosing", MaxCell: 10_000, MaxRow: 50_000,
			Rounded: []dossiercsv.File{dossiercsv.Accounts}, TimeLayouts: []string{"01/02/2006", "15:04 2.1.06"},
		})
		require.NoError(t, err)
		for i := range got.Dossiers {
			require.NoError(t, got.Dossiers[i].Validate())
			_, err := json.Marshal(got.Dossiers[i])
			require.NoError(t, err)
		}
	})
}

func BenchmarkPosts(b *testing.B) {
	const rows = 100_000
	var posts bytes.Buffer
	posts.WriteString("creator,platform,id,published_at,format,text,language,commerce,at,views,reach,likes,comments,shares\n")
	for i := range rows {
		fmt.Fprintf(&posts, "ada,instagram,p%d,2026-%02d-%02dT%02d:00:00Z,reel,\"A caption, of some length #%d\",en,organic,2026-11-20,%d,%d,%d,%d,hidden\n",
			i, 1+i%10, 1+i%28, i%24, i, 1000+i%5000, 900+i%4000, i%300, i%40)
	}
	b.ReportAllocs()
	b.SetBytes(int64(posts.Len()))
	for b.Loop() {
		got, err := dossiercsv.Read(dossiercsv.Files{
			Accounts: strings.NewReader(plainAccounts + "ada,Ada,instagram,ada,1\n"), Posts: bytes.NewReader(posts.Bytes()),
		}, nil)
		if err != nil || len(got.Faults) > 0 || len(got.Dossiers[0].Posts) != rows {
			b.Fatal(err, got.Faults)
		}
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
