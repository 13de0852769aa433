package safety_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
	"github.com/bylinehq/byline/internal/golden"
)

// harmless makes posts without anything in them, one a day.
func harmless(n int) []creator.Post {
	posts := make([]creator.Post, n)
	for i := range posts {
		posts[i] = post(fmt.Sprintf("h%03d", i), "a loaf of sourdough")
		posts[i].PublishedAt = date(2026, 10, 1).AddDate(0, 0, i)
	}
	return posts
}

// demoBook has a term of every kind: of the floor, decisive, and of middling risk.
func demoBook(t testing.TB) *safety.Lexicon {
	news := safety.Except{Context: safety.News, Words: only("reported")}
	floor := safety.Term{ID: "floor", Topic: safety.Hate, Language: "en", Risk: safety.Floor, Words: only("floorword"), Except: []safety.Except{news}}
	decisive := floor
	decisive.ID, decisive.Words, decisive.Decisive = "decisive", only("decisiveword"), true
	middling := safety.Term{ID: "middling", Topic: safety.Arms, Language: "en", Risk: safety.MediumRisk, Words: only("gun")}
	return lexicon(t, listOf(floor, decisive, middling))
}

// states returns the answers of the two checks.
func states(checks []creator.Check) [2]creator.State {
	return [2]creator.State{checks[0].State, checks[1].State}
}

const (
	pass = creator.Passed
	fail = creator.Failed
	open = creator.Undetermined
)

func TestJudge(t *testing.T) {
	t.Parallel()
	at := date(2026, 11, 20)
	text := func(s string) []creator.Post { return append(harmless(30), post("p", s)) }
	// decided makes a decision about the first hit.
	decided := func(v safety.Verdict, day int) func(safety.Scanned) safety.Decision {
		return func(s safety.Scanned) safety.Decision { return s.Hits[0].Decide(v, "cleo", date(2026, 11, day)) }
	}
	topical := func(v safety.Verdict, day int) func(safety.Scanned) safety.Decision {
		return func(s safety.Scanned) safety.Decision {
			d := s.Hits[0].Decide(v, "dario", date(2026, 11, day))
			d.TermID = ""
			return d
		}
	}
	medium := safety.Tolerance{Default: safety.MediumRisk}
	tests := map[string]struct {
		posts     []creator.Post
		tolerance safety.Tolerance
		decisions []func(safety.Scanned) safety.Decision
		want      [2]creator.State
	}{
		"nothing":                       {harmless(30), safety.Tolerance{}, nil, [2]creator.State{pass, pass}},
		"no posts":                      {nil, safety.Tolerance{}, nil, [2]creator.State{open, open}},
		"too few posts":                 {harmless(19), safety.Tolerance{}, nil, [2]creator.State{open, open}},
		"just enough posts":             {harmless(20), safety.Tolerance{}, nil, [2]creator.State{pass, pass}},
		"enough for this brand":         {harmless(5), safety.Tolerance{MinPosts: 5}, nil, [2]creator.State{pass, pass}},
		"nobody looked":                 {text("gun"), safety.Tolerance{}, nil, [2]creator.State{pass, open}},
		"within the tolerance":          {text("gun"), medium, nil, [2]creator.State{pass, pass}},
		"an invalid tolerance":          {text("gun"), safety.Tolerance{Default: safety.Floor}, nil, [2]creator.State{pass, open}},
		"rejected":                      {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Rejected, 2)}, [2]creator.State{pass, fail}},
		"rejected within the tolerance": {text("gun"), medium, []func(safety.Scanned) safety.Decision{decided(safety.Rejected, 2)}, [2]creator.State{pass, fail}},
		"accepted":                      {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Accepted, 2)}, [2]creator.State{pass, pass}},
		"false positive":                {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.FalsePositive, 2)}, [2]creator.State{pass, pass}},
		"the latest counts":             {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Accepted, 3), decided(safety.Rejected, 2)}, [2]creator.State{pass, pass}},
		"the stricter of one time":      {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Rejected, 3), decided(safety.Accepted, 3), decided(safety.FalsePositive, 3)}, [2]creator.State{pass, fail}},
		"a decision to come":            {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Rejected, 21)}, [2]creator.State{pass, open}},
		"a decision at the instant":     {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Rejected, 20)}, [2]creator.State{pass, fail}},
		"a whole topic":                 {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{topical(safety.Accepted, 2)}, [2]creator.State{pass, pass}},
		"a topic after a term":          {text("gun"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Accepted, 2), topical(safety.Rejected, 3)}, [2]creator.State{pass, fail}},
		"the floor":                     {text("floorword"), safety.Tolerance{Default: safety.HighRisk}, nil, [2]creator.State{open, pass}},
		"the floor, in the news":        {text("reported floorword"), safety.Tolerance{}, nil, [2]creator.State{open, pass}},
		"the same, low risk accepted":   {text("reported floorword"), safety.Tolerance{Default: safety.LowRisk}, nil, [2]creator.State{open, pass}},
		"the same, seen by a person":    {text("reported floorword"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Accepted, 2)}, [2]creator.State{pass, pass}},
		"the floor, accepted":           {text("floorword"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Accepted, 2)}, [2]creator.State{open, pass}},
		"the floor, a false positive":   {text("floorword"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.FalsePositive, 2)}, [2]creator.State{pass, pass}},
		"the floor, confirmed":          {text("floorword"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.Rejected, 2)}, [2]creator.State{fail, pass}},
		"a decisive term":               {text("decisiveword"), safety.Tolerance{}, nil, [2]creator.State{fail, pass}},
		"a decisive term, in the news":  {text("reported decisiveword"), safety.Tolerance{}, nil, [2]creator.State{open, pass}},
		"a decisive term, cleared":      {text("decisiveword"), safety.Tolerance{}, []func(safety.Scanned) safety.Decision{decided(safety.FalsePositive, 2)}, [2]creator.State{pass, pass}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := safety.Scan(tt.posts, demoBook(t), nil)
			var decisions []safety.Decision
			for _, d := range tt.decisions {
				decisions = append(decisions, d(s))
			}
			got := safety.Judge(s, tt.tolerance, decisions, at)
			if states(got) != tt.want || got[0].Code != "safety.floor" || got[1].Code != "safety.topic" {
				t.Errorf("got %v, want %v: %+v", states(got), tt.want, got)
			}
		})
	}
}

func TestDecisionsAndTexts(t *testing.T) {
	t.Parallel()
	at := date(2026, 11, 20)
	before := safety.Scan(append(harmless(30), post("p", "gun")), demoBook(t), nil)
	rejected := []safety.Decision{before.Hits[0].Decide(safety.Rejected, "cleo", date(2026, 11, 2))}

	other := lexicon(t, listOf(sugar()))
	after := safety.Scan(append(harmless(30), post("p", "gun")), other, nil)
	got := safety.Judge(after, safety.Tolerance{}, rejected, at)[1]
	if got.State != fail || got.By != "cleo" || got.Findings[0].Code != "safety.rejected" {
		t.Errorf("a rescan with another list: %+v", got)
	}

	changed := safety.Scan(append(harmless(30), post("p", "gun!")), demoBook(t), nil)
	got = safety.Judge(changed, safety.Tolerance{}, rejected, at)[1]
	if got.State != open || got.Findings[1].Code != "safety.decision_void" {
		t.Errorf("another text: %+v", got)
	}

	gone := safety.Scan(harmless(30), demoBook(t), nil)
	got = safety.Judge(gone, safety.Tolerance{}, append(rejected, safety.Decision{}), at)[1]
	if got.State != pass || len(got.Findings) != 2 {
		t.Errorf("the post is gone: %+v", got)
	}

	cleared := append(rejected, rejected[0])
	cleared[1].Verdict, cleared[1].At = safety.FalsePositive, date(2026, 11, 3)
	if got = safety.Judge(after, safety.Tolerance{}, cleared, at)[1]; got.State != pass {
		t.Errorf("a rejection that was taken back: %+v", got)
	}
}

func TestUnreadPostsAreNotClean(t *testing.T) {
	t.Parallel()
	posts := harmless(40)
	for i := range posts[:10] {
		posts[i].Language = []string{"ja", "", "und", "xx-YY", "fr"}[i%5]
	}
	s := safety.Scan(posts, demoBook(t), nil)
	c := s.Coverage()
	want := map[safety.SkipReason]int{safety.SkipNoLanguage: 4, safety.SkipUnknownLanguage: 6}
	if diff := cmp.Diff(want, c.Skipped); diff != "" || c.Read != 30 || c.Share() != 0.75 {
		t.Errorf("read %d, share %v, skipped (-want +got):\n%s", c.Read, c.Share(), diff)
	}
	checks := safety.Judge(s, safety.Tolerance{}, nil, date(2026, 11, 20))
	if states(checks) != [2]creator.State{open, open} {
		t.Errorf("three quarters read: %+v", checks)
	}
	checks = safety.Judge(s, safety.Tolerance{MinShare: 0.75}, nil, date(2026, 11, 20))
	if states(checks) != [2]creator.State{pass, pass} || checks[0].Findings[0].Code != "safety.skipped" {
		t.Errorf("enough for this brand: %+v", checks)
	}

	assumed := safety.Scan(posts, demoBook(t), &safety.ScanOptions{AssumeLanguage: "en-GB"}).Coverage()
	if assumed.Read != 34 || assumed.Assumed != 4 {
		t.Errorf("%d are read where a language is assumed, of which %d by that", assumed.Read, assumed.Assumed)
	}
	none := safety.Scan(posts, nil, nil).Coverage()
	if none.Read != 0 || none.Skipped[safety.SkipUnknownLanguage] != 36 {
		t.Errorf("without a lexicon: %+v", none)
	}
	asked := safety.Scan(posts, demoBook(t), &safety.ScanOptions{Languages: []string{"de"}}).Coverage()
	if asked.Read != 0 || asked.Skipped[safety.SkipNotAsked] != 30 {
		t.Errorf("another language asked for: %+v", asked)
	}
}

// What is the same in every language is found in a post that is otherwise not read.
func TestTermsOfEveryLanguage(t *testing.T) {
	t.Parallel()
	p := post("p", "新しい 1488 gun")
	p.Language = "ja"
	s := safety.Scan([]creator.Post{p}, lexicon(t, safety.English()), nil)
	if len(s.Hits) != 1 || s.Hits[0].TermID != "und-hate-number" || s.Posts[0].Skipped != safety.SkipUnknownLanguage {
		t.Errorf("got %+v", s)
	}
}

func TestScanWindow(t *testing.T) {
	t.Parallel()
	since, until := date(2026, 10, 10), date(2026, 10, 20)
	at := func(id string, when time.Time) creator.Post { p := post(id, "gun"); p.PublishedAt = when; return p }
	posts := []creator.Post{
		at("before", since.Add(-1)), at("start", since), at("last", until.Add(-1)), at("end", until), at("undated", time.Time{}),
	}
	s := safety.Scan(posts, demoBook(t), &safety.ScanOptions{Since: since, Until: until})
	var got []string
	for _, h := range s.Hits {
		got = append(got, h.PostID)
	}
	c := s.Coverage()
	if diff := cmp.Diff([]string{"last", "start", "undated"}, got); diff != "" || s.Outside != 2 || c.Days != 10 || c.Undated != 1 {
		t.Errorf("outside %d, coverage %+v, hits (-want +got):\n%s", s.Outside, c, diff)
	}
}

func TestFindingsAreBounded(t *testing.T) {
	t.Parallel()
	var posts []creator.Post
	for i := range 120 {
		posts = append(posts, post(fmt.Sprint(i), "gun"))
	}
	s := safety.Scan(posts, demoBook(t), nil)
	got := safety.Judge(s, safety.Tolerance{}, nil, date(2026, 11, 20))[1]
	if len(s.Hits) != 120 || len(got.Findings) != 51 || got.Findings[50].Code != "safety.more" {
		t.Errorf("%d hits, %d findings", len(s.Hits), len(got.Findings))
	}
	last := s.Hits[119].Decide(safety.Rejected, "cleo", date(2026, 11, 2))
	got = safety.Judge(s, safety.Tolerance{}, []safety.Decision{last}, date(2026, 11, 20))[1]
	if got.Findings[0].Severity != byline.Blocker || len(got.Findings) != 51 || !strings.HasPrefix(got.Findings[50].Message, "70 more") {
		t.Errorf("what fails is not shown first: %+v", got.Findings)
	}
}

func TestQuotesAreBoundedAndClean(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("x", 5000) + " \x1b[31m\u202e\x00 one\ttwo\r\nthree \xff gun four five six seven eight nine ten " + strings.Repeat("é", 5000)
	h := safety.Scan([]creator.Post{post("p", text)}, demoBook(t), nil).Hits[0]
	if want := "…" + strings.Repeat("x", 52) + " [31m one two three \uFFFD gun four five six seven eight nine…"; h.Quote != want {
		t.Errorf("quote is %q, want %q", h.Quote, want)
	}
	if text[h.Start:h.End] != "gun" {
		t.Errorf("it stands at %q", text[h.Start:h.End])
	}
}

// demoScan is a record with something of everything.
func demoScan(t testing.TB) safety.Scanned {
	posts := append(harmless(25), []creator.Post{
		post("p1", "Our documentary on gun safety comes out today"),
		post("p2", "New toy from the range! #MyGun #fun"),
		post("p3", "The glue gun is back"),
		post("p4", "What a b1tch of a morning, what a bitch"),
		post("p5", ""),
	}...)
	posts[0].Language, posts[1].Language = "ja", ""
	return safety.Scan(posts, lexicon(t, safety.English()), &safety.ScanOptions{Since: date(2026, 1, 1), Until: date(2026, 12, 1)})
}

func TestRecordOfAScan(t *testing.T) {
	t.Parallel()
	s := demoScan(t)
	data, err := json.MarshalIndent(s, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "scan.json", append(data, '\n'))
	var back safety.Scanned
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(s, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
	var text strings.Builder
	require.NoError(t, s.WriteText(&text))
	golden.Equal(t, "scan.txt", []byte(text.String()))

	checks := safety.Judge(s, safety.Tolerance{Default: safety.LowRisk}, []safety.Decision{s.Hits[0].Decide(safety.Rejected, "cleo", date(2026, 11, 2))}, date(2026, 11, 20))
	data, err = json.MarshalIndent(checks, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "checks.json", append(data, '\n'))
}

func TestScanOfNothing(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(safety.Scan(nil, nil, nil))
	require.NoError(t, err)
	if string(data) != `{"method":"`+safety.ScanMethod+`","lexicon":[],"posts":[],"hits":[]}` {
		t.Errorf("got %s", data)
	}
}

func TestOnePostTwice(t *testing.T) {
	t.Parallel()
	a, b := post("p", "gun"), post("p", "gun")
	b.Account.Platform = byline.YouTube
	edited := post("p", "a gun")
	s := safety.Scan([]creator.Post{a, a, b, edited}, demoBook(t), nil)
	if len(s.Posts) != 3 || len(s.Hits) != 3 {
		t.Errorf("%d posts, %d hits", len(s.Posts), len(s.Hits))
	}
}

// A decision is about its own term, of a person, and the latest rejection is named.
func TestWhomADecisionIsOf(t *testing.T) {
	t.Parallel()
	at := date(2026, 11, 20)
	rifle := safety.Term{ID: "rifle", Topic: safety.Arms, Language: "en", Risk: safety.MediumRisk, Words: only("rifle")}
	gun := rifle
	gun.ID, gun.Words = "gun", only("gun")
	s := safety.Scan(append(harmless(30), post("p", "gun rifle")), lexicon(t, listOf(gun, rifle)), nil)
	judged := func(d ...safety.Decision) creator.Check { return safety.Judge(s, safety.Tolerance{}, d, at)[1] }
	if c := judged(s.Hits[0].Decide(safety.Accepted, "cleo", at)); c.State != open {
		t.Errorf("one term of two is accepted: %+v", c)
	}
	if c := judged(s.Hits[0].Decide(safety.Rejected, "", at)); c.State != open {
		t.Errorf("nobody rejected it: %+v", c)
	}
	first, last := s.Hits[0].Decide(safety.Rejected, "cleo", date(2026, 11, 1)), s.Hits[1].Decide(safety.Rejected, "dario", date(2026, 11, 2))
	if c := judged(first, last); c.State != fail || c.By != "dario" {
		t.Errorf("the latest rejection is not named: %+v", c)
	}
}
