package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/safety"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/creator/shortlist"
)

func TestDemo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, tt := range []struct {
		golden string
		args   []string
	}{
		{"demo.txt", []string{"-demo"}},
		{"page.txt", []string{"-demo", "-html", "@/shortlist.html"}},
	} {
		got := call(t, dir, tt.args...)
		if got.code != exitOK || got.err != "" {
			t.Errorf("%s: status %d, %s", tt.golden, got.code, got.err)
		}
		equalGolden(t, tt.golden, []byte(got.out))
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("the folder holds %d files, %v", len(files), err)
	}
}

// Each of the demo's stories ends as a person who knows it would expect, on the page too.
func TestStories(t *testing.T) {
	t.Parallel()
	r := demoReport(t)
	page := pageOf(t, r)
	for name, tt := range map[string]struct {
		id      byline.CreatorID
		verdict score.Verdict
		group   string // "" for on the list
		says    string // on the page
	}{
		"a small one whose audience fits and buys": {"bruno", score.Eligible, "", "Answers questions for hours"},
		"a star who hides the audience":            {"cleo", score.Held, "held", "no share of this dimension is known"},
		"followers overnight":                      {"dario", score.Barred, "barred", "suspicious, because no post was published nearby"},
		"worked for a rival last month":            {"ella", score.Barred, "barred", "My new favourite flour is in"},
		"views from before the redefinition":       {"finn", score.Eligible, "passed", "YouTube counts a view otherwise since 27 August 2026"},
		"a post that a person has to look at":      {"gaia", score.Held, "held", "a drunk cook before noon"},
		"a newcomer of whom little is known":       {"hugo", score.Thin, "thin", "55% of what the score asks for is known"},
		"the same followers, one":                  {"ida", score.Eligible, "", "Juno and Ida share"},
		"the same followers, the other":            {"juno", score.Eligible, "", "for reach the second adds little"},
		"asked to be left alone":                   {"kai", score.Barred, "barred", "asked in May not to be written to"},
		"the audience lives elsewhere":             {"lena", score.Barred, "barred", "for the rest is unknown"},
		"nobody asked for a price":                 {"milo", score.Eligible, "test", "Nobody has asked for a price."},
		"never worked for the shop":                {"rosa", score.Eligible, "test", "Bruno, "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := r.byID[tt.id]
			group := ""
			if !r.picked(e) {
				group, _ = r.place(e)
			}
			if e.Assessment.Verdict != tt.verdict || group != tt.group {
				t.Errorf("%s is %s in %q", tt.id, e.Assessment.Verdict, group)
			}
			if !strings.Contains(page, tt.says) {
				t.Errorf("%q is not on the page", tt.says)
			}
		})
	}
}

// Everybody stands on the page: on the list, or with the reason why not.
func TestEverybodyIsTold(t *testing.T) {
	t.Parallel()
	r := demoReport(t)
	told := map[string]int{}
	for _, p := range r.pickRows() {
		told[p.Entry.words()]++
	}
	for _, g := range r.others() {
		for _, row := range g.Rows {
			for _, name := range row.Names {
				told[name]++
			}
			if row.Why == "" {
				t.Errorf("%s is out for no reason", row.Who())
			}
		}
	}
	for _, e := range r.Entries {
		if told[e.words()] != 1 {
			t.Errorf("%s is told %d times", e.ID, told[e.words()])
		}
	}
	spent := byline.Minor(0, byline.EUR)
	for _, p := range r.Orders.Picks {
		var err error
		spent, err = spent.Add(p.Price)
		require.NoError(t, err)
	}
	if over, err := r.source.campaign.Request.Budget.Cmp(spent); err != nil || over < 0 || !spent.Equal(r.Orders.Spent) {
		t.Errorf("%s is spent of %s, and %s is said", spent, r.source.campaign.Request.Budget, r.Orders.Spent)
	}
}

// Once a person has looked at the post and can live with it, nothing holds its creator.
func TestDecision(t *testing.T) {
	t.Parallel()
	folder, err := fs.Sub(demo, "demo")
	require.NoError(t, err)
	s, err := readSource(folder)
	require.NoError(t, err)
	for i := range s.dossiers {
		for _, p := range s.dossiers[i].Posts {
			if p.ID == "gaia-04" {
				s.campaign.Decisions = []safety.Decision{{
					Platform: p.Account.Platform, PostID: p.ID, TextHash: safety.HashText(p.Text), Topic: safety.Substances,
					Verdict: safety.Accepted, By: "mara", At: s.campaign.At.AddDate(0, 0, -1),
				}}
			}
		}
	}
	past, err := s.past()
	require.NoError(t, err)
	r := &report{At: s.campaign.At, source: s, byID: map[byline.CreatorID]*entry{}}
	require.NoError(t, r.read(past.Readings))
	if got := r.byID["gaia"].Assessment.Verdict; got != score.Eligible {
		t.Errorf("gaia is %s", got)
	}
}

// The record makes the same list again.
func TestRecord(t *testing.T) {
	t.Parallel()
	r := demoReport(t)
	differs, err := shortlist.Verify(*r.Record, r.candidates(ordersOf), nil)
	require.NoError(t, err)
	if len(differs) > 0 || len(r.Record.Notes) == 0 || len(r.Record.Known) == 0 {
		t.Errorf("%v; %d notes, %d known", differs, len(r.Record.Notes), len(r.Record.Known))
	}
}

// A folder with the same files gives the same list, whatever the order of their rows.
func TestFolder(t *testing.T) {
	t.Parallel()
	changed := map[string]string{}
	files, err := demo.ReadDir("demo")
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(7, 7))
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".csv") {
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(demoFile(f.Name()))).ReadAll()
		require.NoError(t, err)
		random.Shuffle(len(rows)-1, func(i, j int) { rows[i+1], rows[j+1] = rows[j+1], rows[i+1] })
		var b bytes.Buffer
		require.NoError(t, csv.NewWriter(&b).WriteAll(rows))
		changed[f.Name()] = b.String()
	}
	got := call(t, copied(t, changed), "-data", "@")
	if got.code != exitOK || got.err != "" {
		t.Errorf("status %d, %s", got.code, got.err)
	}
	equalGolden(t, "demo.txt", []byte(got.out))
}

func TestJSON(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, demoReport(t).deliver(config{json: true}, &out))
	var back map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &back))
	for _, part := range []string{"answer", "entries", "ranking", "record", "reach", "what_if", "audience", "alike", "letters"} {
		if back[part] == nil {
			t.Errorf("%s is missing", part)
		}
	}
}

// What is not there is said, and what to do about it.
func TestLacks(t *testing.T) {
	t.Parallel()
	alone := bare()
	alone["rates.csv"] = &fstest.MapFile{Data: []byte("creator,price,currency\nada,100.00,EUR\n")}
	for name, tt := range map[string]struct {
		folder fstest.MapFS
		want   []string
	}{
		"a name and no more": {bare(), []string{"Nobody can be booked as you asked", "No audience was seen", "too few to learn from", "There is no list to change"}},
		"nothing sold":       {allow(alone), []string{"Nobody can be booked", "No look-alikes are named"}},
		"no quotas, no name": {allow(bare()), []string{"Nobody can be booked", "The list is empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reported(t, tt.folder)
			page := pageOf(t, r)
			for _, want := range tt.want {
				if !strings.Contains(page, want) {
					t.Errorf("%q is not on the page", want)
				}
			}
			wellFormed(t, page)
			require.NoError(t, r.writeText(io.Discard))
		})
	}
}

// A crowd fits on the page: what is left out is counted.
func TestCrowd(t *testing.T) {
	t.Parallel()
	r := reported(t, crowd())
	page := pageOf(t, r)
	wellFormed(t, page)
	if len(r.Orders.Picks) <= mostListed || r.Audience.Left == 0 {
		t.Errorf("%d picks, %d in no curve", len(r.Orders.Picks), r.Audience.Left)
	}
	if n := strings.Count(page, "<article class=\"card\""); n != mostListed {
		t.Errorf("%d cards", n)
	}
}

// A file that would fill the memory is not read.
func TestHugeFile(t *testing.T) {
	t.Parallel()
	dir := copied(t, nil)
	require.NoError(t, os.Truncate(filepath.Join(dir, "posts.csv"), maxFile+1))
	if got := call(t, dir, "-data", "@"); got.code != exitBad || !strings.Contains(got.err, "posts.csv has more than 256 MiB") {
		t.Errorf("status %d, %s", got.code, got.err)
	}
}

// Ids of followers in the folder are counted as they are.
func TestFollowerIDs(t *testing.T) {
	t.Parallel()
	folder := bare()
	folder["audience/ada.txt"] = &fstest.MapFile{Data: []byte("one\ntwo\n\ntwo\nthree\n")}
	folder["audience/nobody.txt"] = &fstest.MapFile{Data: []byte("one\n")}
	s, err := readSource(folder)
	require.NoError(t, err)
	if len(s.audiences) != 1 || s.audiences["ada"].Count().Value != 3 {
		t.Errorf("%d audiences, that of ada of %v", len(s.audiences), s.audiences["ada"].Count())
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	plan := string(demoFile("campaign.json"))
	for name, tt := range map[string]struct {
		changes map[string]string
		args    []string
		code    int
		want    string // in what the program says
	}{
		"no accounts":      {map[string]string{"accounts.csv": ""}, nil, exitBad, "no accounts.csv"},
		"no campaign":      {map[string]string{"campaign.json": ""}, nil, exitBad, "no campaign.json"},
		"no rubric":        {map[string]string{"rubric.json": ""}, nil, exitBad, "no rubric.json"},
		"no posts":         {map[string]string{"posts.csv": ""}, nil, exitEmpty, "0 posts were read"},
		"misspelt field":   {map[string]string{"campaign.json": strings.Replace(plan, `"purpose"`, `"porpose"`, 1)}, nil, exitBad, `unknown field "porpose"`},
		"more than a plan": {map[string]string{"campaign.json": plan + "{}"}, nil, exitBad, "behind the JSON"},
		"bad ideal":        {map[string]string{"campaign.json": strings.Replace(plan, `"share": 0.58`, `"share": 1.58`, 1)}, nil, exitBad, "ideal"},
		"bad template":     {map[string]string{"campaign.json": strings.Replace(plan, "({post.link})", "", 1)}, nil, exitBad, "post.link"},
		"bad rubric":       {map[string]string{"rubric.json": "{}"}, nil, exitBad, "rubric.json"},
		"other columns":    {map[string]string{"orders.csv": "creator,colour\n"}, nil, exitBad, "orders.csv: the columns are creator,order"},
		"an empty file":    {map[string]string{"orders.csv": "\n"}, nil, exitBad, "orders.csv: there is no header"},
		"not a number":     {map[string]string{"deliveries.csv": "creator,from,until,clicks,posts\nada,2026-03-01,2026-06-01,NaN,6\n"}, nil, exitBad, "deliveries.csv line 2: clicks"},
		"a stranger":       {map[string]string{"segments.csv": "creator,segment,people,share\nzoe,all,10,0.5\n"}, nil, exitBad, "segments.csv line 2: accounts.csv has no such creator"},
		"a huge segment":   {map[string]string{"segments.csv": "creator,segment,people,share\nada,all,1e11,0.5\n"}, nil, exitBad, "segments.csv line 2"},
		"demo and folder":  {nil, []string{"-demo"}, exitBad, "-demo brings its own creators"},
		"an argument":      {nil, []string{"more"}, exitBad, `unexpected argument "more"`},
		"an unknown flag":  {nil, []string{"-colour"}, exitBad, "-help lists"},
		"no such place":    {nil, []string{"-html", "@/none/page.html"}, exitBad, "cannot write @/none/page.html"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := copied(t, tt.changes)
			got := call(t, dir, append([]string{"-data", "@"}, tt.args...)...)
			if got.code != tt.code || !strings.Contains(got.out+got.err, tt.want) {
				t.Errorf("status %d\n%s%s", got.code, got.out, got.err)
			}
		})
	}
	dir := t.TempDir()
	if got := call(t, dir, "-data", "@/none"); got.code != exitBad || !strings.Contains(got.err, "@/none") {
		t.Errorf("status %d, %s", got.code, got.err)
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	if got := call(t, dir, "-data", "@/file"); got.code != exitBad || !strings.Contains(got.err, "is a file") {
		t.Errorf("status %d, %s", got.code, got.err)
	}
	if got := call(t, dir, "-help"); got.code != exitOK || !strings.Contains(got.out, "-data") {
		t.Errorf("status %d, %s", got.code, got.out)
	}
}

// All rows that cannot be read are told, and none of them is repeated.
func TestBadRows(t *testing.T) {
	t.Parallel()
	dir := copied(t, map[string]string{
		"accounts.csv": "creator,platform,handle,name,followers\nada,instagram,ada.demo,Ada,many\nbruno,myspace,b,Bruno,1\ncleo,instagram,c.demo,Cleo,5\n",
		"rates.csv":    "creator,price,currency\nada,12,EUR\ncleo,twelve,EUR\n",
	})
	for _, name := range []string{"audiences.csv", "posts.csv", "series.csv", "comments.csv", "partnerships.csv", "reviews.csv"} {
		require.NoError(t, os.Remove(filepath.Join(dir, name)))
	}
	got := call(t, dir, "-data", "@", "-html", "@/shortlist.html")
	if got.code != exitBad || got.out != "" {
		t.Errorf("status %d, %s", got.code, got.out)
	}
	equalGolden(t, "bad-rows.txt", []byte(got.err))
}

// What others wrote is text and nothing else.
func TestHostile(t *testing.T) {
	t.Parallel()
	r := reported(t, hostile())
	page := pageOf(t, r)
	wellFormed(t, page)
	for _, bad := range []string{"<script", "<img", "onerror=alert(1)>", "<b>bruno", "\u202e"} {
		if strings.Contains(page, bad) {
			t.Errorf("%q stands on the page", bad)
		}
	}
	if !strings.Contains(page, "&lt;script&gt;alert(4)") {
		t.Error("the note is not shown as text")
	}
	css := page[strings.Index(page, "<style>")+len("<style>") : strings.Index(page, "</style>")]
	sum := sha256.Sum256([]byte(css))
	if want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(strings.ReplaceAll(page, "&#43;", "+"), want) {
		t.Errorf("the policy does not allow the page's own style, %s", want)
	}
	if strings.Contains(page, `style="`) {
		t.Error("the policy forbids style attributes")
	}
}

// wellFormed reads the page as XML, and finds nothing in it that loads or runs.
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
