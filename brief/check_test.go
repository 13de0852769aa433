package brief_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

// onlyUS are the American rules that ask for the label: enough to see that they are asked.
func onlyUS() []disclosure.Rule {
	return slices.DeleteFunc(disclosure.Rules(), func(r disclosure.Rule) bool { return r.ID != "US" })
}

func options() *brief.CheckOptions {
	return &brief.CheckOptions{Rules: onlyUS(), Competitors: []brief.Phrase{{Text: "Rival Labs"}}, OtherCodes: []string{"BRUNO10"}}
}

// agreedBrief asks for a blog post with all that can be asked for in words.
func agreedBrief() brief.Brief {
	return brief.Brief{
		ID: "autumn", Version: 1, Title: "Autumn", Language: "en", Brands: []string{"Demo Glow", "@demoglow"}, Markets: []byline.Market{"US"},
		Product: brief.Product{Name: "Demo Glow", Ties: []disclosure.Tie{disclosure.Paid}},
		Elements: []brief.Element{
			{Kind: brief.ShowProduct, Text: "Demo Glow"},
			{Kind: brief.SayMessage, Text: "Save up to 15% today.", Verbatim: true},
			{Kind: brief.CallToAction, Text: "try it", Forms: []string{"give it a try"}},
		},
		Forbidden: []brief.Phrase{{Text: "cure", Forms: []string{"cures", "cured"}, Why: "it is no medicine"}},
		Claims:    []brief.Claim{{Text: "hydrates", Kind: brief.General, Manner: "in a test of 30 people"}},
		Pieces: []brief.Piece{{
			Deliverable: brief.Deliverable{
				Platform: byline.Instagram, Format: brief.Post, Count: 1,
				Posting: byline.Window{Start: day(2), End: day(9)}, Code: "ADA15", Link: "ada",
			},
			Live: 48 * time.Hour, Frames: 2, Tags: []string{"@demoglow"}, Hashtags: []string{"#DemoGlow"},
		}},
		Timeline: brief.Timeline{EmbargoEnds: day(3)},
		Tracking: brief.Tracking{
			Codes: []brief.Code{{Code: "ADA15", Expires: day(20)}},
			Links: []brief.Link{{Key: "ada", URL: "https://demo.example/glow?ref=ada", UTM: map[string]string{"utm_source": "instagram", "utm_campaign": "autumn"}, Expires: day(20)}},
		},
		OtherBrands: brief.Excluded,
	}
}

const goodCaption = "#ad Demo Glow hydrates, in a test of 30 people. Save up to 15% today. Give it a try with ADA15! @demoglow #DemoGlow"

// agreedPost is a live post in which everything is as agreed.
func agreedPost() brief.Content {
	return brief.Content{
		Post: disclosure.Post{
			At: day(4), Platform: byline.Instagram, NoCategory: true, NoMark: true, Toggle: disclosure.Yes, Frames: 2,
			Texts: []disclosure.Passage{{Where: disclosure.Caption, Text: goodCaption}},
		},
		ID: "p1", Format: brief.Post, Stage: brief.AsLive, Tags: []string{},
		Links: []brief.PlacedLink{{
			URL: "https://www.demo.example/glow/?utm_campaign=autumn&fbclid=1&utm_source=instagram&ref=ada", Working: disclosure.Yes,
		}},
		OtherBrands: disclosure.No, SeenUntil: day(6),
	}
}

// seen is a finding in short.
type seen struct{ Severity, Code, Path string }

func seenIn(c brief.Check) []seen {
	var all []seen
	for _, f := range c.Findings {
		all = append(all, seen{string(f.Severity), f.Code, f.Path})
	}
	return all
}

// notFulfilled are the points that are not, with what they need.
func notFulfilled(c brief.Check) []string {
	var all []string
	for _, p := range c.Points {
		if p.Outcome != brief.Fulfilled {
			all = append(all, strings.Join(append([]string{p.Path, string(p.Outcome)}, p.Needs...), " "))
		}
	}
	return all
}

func TestCheckPostAsAgreed(t *testing.T) {
	t.Parallel()
	c := brief.CheckPost(agreedBrief(), agreedPost(), day(10), options())
	if diff := cmp.Diff([]seen(nil), seenIn(c)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string(nil), notFulfilled(c)); diff != "" {
		t.Errorf("not fulfilled (-want +got):\n%s", diff)
	}
	if c.Status != disclosure.NoKnownIssue || c.Piece == nil || *c.Piece != 0 || len(c.Points) != 17 {
		t.Errorf("status %s, piece %v, %d points", c.Status, c.Piece, len(c.Points))
	}
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var back brief.Check
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(c, back, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("JSON round trip (-want +got):\n%s", diff)
	}
	post := agreedPost()
	data, err = json.Marshal(post)
	require.NoError(t, err)
	var again brief.Content
	require.NoError(t, json.Unmarshal(data, &again))
	if diff := cmp.Diff(post, again); diff != "" {
		t.Errorf("JSON round trip of the post (-want +got):\n%s", diff)
	}
}

type checkCase struct {
	edit     func(*brief.Brief, *brief.Content)
	status   disclosure.Status
	findings []seen
	open     []string
}

func caption(old, with string) func(*brief.Brief, *brief.Content) {
	return func(_ *brief.Brief, p *brief.Content) {
		p.Texts[0].Text = strings.Replace(goodCaption, old, with, 1)
	}
}

func post(edit func(*brief.Content)) func(*brief.Brief, *brief.Content) {
	return func(_ *brief.Brief, p *brief.Content) { edit(p) }
}

func link(url string) func(*brief.Brief, *brief.Content) {
	return post(func(p *brief.Content) { p.Links[0].URL = url })
}

func blocked(code, path string) []seen { return []seen{{"blocker", code, path}} }
func warned(code, path string) []seen  { return []seen{{"warning", code, path}} }

func runChecks(t *testing.T, tests map[string]checkCase) {
	t.Helper()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, p := agreedBrief(), agreedPost()
			tt.edit(&b, &p)
			c := brief.CheckPost(b, p, day(10), options())
			if diff := cmp.Diff(tt.findings, seenIn(c)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.open, notFulfilled(c)); diff != "" {
				t.Errorf("not fulfilled (-want +got):\n%s", diff)
			}
			if c.Status != tt.status {
				t.Errorf("status %s, want %s", c.Status, tt.status)
			}
			for _, f := range c.Findings {
				if f.Message == "" || (f.Fix == "" && f.Severity != byline.Info) {
					t.Errorf("%s has no message or no fix", f.Code)
				}
			}
		})
	}
}

const (
	bad  = disclosure.Violation
	risk = disclosure.Risk
	open = disclosure.CannotDetermine
	fine = disclosure.NoKnownIssue
)

func TestCheckPostDeliverable(t *testing.T) {
	t.Parallel()
	d := "deliverables[0]."
	zero, far := 0, 7
	runChecks(t, map[string]checkCase{
		"at the first instant": {post(func(p *brief.Content) { p.At = day(3) }), fine, nil, nil},
		"a nanosecond before the embargo ends": {post(func(p *brief.Content) { p.At = day(3).Add(-1) }), bad,
			blocked("content.embargo", "at"), []string{"timeline.embargo_ends unfulfilled"}},
		"before the window": {func(b *brief.Brief, p *brief.Content) { b.Timeline.EmbargoEnds, p.At = time.Time{}, day(2).Add(-1) }, bad,
			blocked("deliverable.early", "at"), []string{d + "posting unfulfilled"}},
		"at the first instant of the window": {func(b *brief.Brief, p *brief.Content) { b.Timeline.EmbargoEnds, p.At = time.Time{}, day(2) }, fine, nil, nil},
		"at the last instant":                {post(func(p *brief.Content) { p.At, p.SeenUntil = day(9).Add(-1), day(10) }), fine, nil, []string{d + "minimum_live pending"}},
		"at the end of the window": {post(func(p *brief.Content) { p.At, p.SeenUntil = day(9), day(10) }), bad,
			blocked("deliverable.late", "at"), []string{d + "posting unfulfilled", d + "minimum_live pending"}},
		"a live post of the future": {post(func(p *brief.Content) { p.At, p.SeenUntil = day(10).Add(1), day(10) }), risk,
			warned("content.time", "at"), []string{"timeline.embargo_ends undetermined at", d + "posting undetermined at", d + "minimum_live undetermined at", "disclosures undetermined at"}},
		"its time over, not seen to the end": {func(b *brief.Brief, p *brief.Content) { b.Pieces[0].Live, p.SeenUntil = 6*24*time.Hour, day(9) }, open, nil,
			[]string{d + "minimum_live undetermined seen_until"}},
		"a live post of this very instant": {func(b *brief.Brief, p *brief.Content) {
			b.Pieces[0].Posting.End, p.At, p.SeenUntil = day(11), day(10), day(10)
		}, fine, nil, []string{d + "minimum_live pending"}},
		"seen in the future": {post(func(p *brief.Content) { p.At, p.SeenUntil = day(8).Add(12*time.Hour), day(12) }), risk, warned("content.time", "seen_until"), []string{d + "minimum_live pending"}},
		"removed in the future": {post(func(p *brief.Content) {
			p.At, p.SeenUntil, p.Removed = day(8).Add(12*time.Hour), day(10), day(10).Add(1)
		}), risk,
			warned("content.time", "removed"), []string{d + "minimum_live pending"}},
		"removed at the last instant": {post(func(p *brief.Content) { p.Removed, p.SeenUntil = day(6), day(5) }), fine, nil, nil},
		"removed before": {post(func(p *brief.Content) { p.Removed = day(6).Add(-1) }), bad,
			blocked("deliverable.removed", "removed"), []string{d + "minimum_live unfulfilled"}},
		"not seen to the end": {post(func(p *brief.Content) { p.SeenUntil = day(6).Add(-1) }), open, nil, []string{d + "minimum_live undetermined seen_until"}},
		"its time not over":   {post(func(p *brief.Content) { p.At, p.SeenUntil = day(8).Add(12*time.Hour), time.Time{} }), fine, nil, []string{d + "minimum_live pending"}},
		"another platform": {post(func(p *brief.Content) { p.Piece, p.Platform = &zero, byline.Blog }), bad,
			blocked("deliverable.platform", "platform"), []string{d + "platform unfulfilled"}},
		"another format": {post(func(p *brief.Content) { p.Format = brief.Carousel }), bad,
			blocked("deliverable.carried", "format"), []string{d + "format unfulfilled"}},
		"format not known": {post(func(p *brief.Content) { p.Format, p.Medium = "", disclosure.Image }), open, nil, []string{d + "format undetermined format"}},
		"too few frames": {post(func(p *brief.Content) { p.Frames = 1 }), bad,
			blocked("deliverable.frames", "frames"), []string{d + "frames unfulfilled"}},
		"frames not known": {post(func(p *brief.Content) { p.Frames = 0 }), open, nil, []string{d + "frames undetermined frames"}},
		"another language": {post(func(p *brief.Content) { p.Language = "de-AT" }), risk, warned("deliverable.language", "language"), nil},
		"a piece that is none": {post(func(p *brief.Content) { p.Piece = &far }), bad,
			blocked("deliverable.unknown", "piece"), nil},
		"a platform on which nothing was agreed": {post(func(p *brief.Content) { p.Platform = byline.Blog }), bad,
			blocked("deliverable.none", "platform"), nil},
		"a draft without a time": {post(func(p *brief.Content) { p.Stage, p.At = "", time.Time{} }), bad,
			blocked("deliverable.late", "at"), []string{"timeline.embargo_ends pending", d + "posting unfulfilled", d + "minimum_live pending"}},
		"a live post without a time": {post(func(p *brief.Content) { p.At = time.Time{} }), open, nil, []string{
			"timeline.embargo_ends undetermined at", d + "posting undetermined at", d + "minimum_live undetermined at", "disclosures undetermined at",
		}},
		"a draft planned for too late": {post(func(p *brief.Content) { p.Stage, p.At = brief.AsDraft, day(9) }), bad,
			blocked("deliverable.late", "at"), []string{d + "posting unfulfilled", d + "minimum_live pending"}},
		"a draft for the window": {post(func(p *brief.Content) { p.Stage = brief.AsDraft }), fine, nil, []string{d + "posting pending", d + "minimum_live pending"}},
	})
}

func TestCheckPostLength(t *testing.T) {
	t.Parallel()
	for length, want := range map[time.Duration]brief.Outcome{
		0: brief.Undetermined, 29 * time.Second: brief.Unfulfilled, 30 * time.Second: brief.Fulfilled, time.Minute: brief.Fulfilled, time.Minute + 1: brief.Unfulfilled,
	} {
		b, p := agreedBrief(), agreedPost()
		b.Pieces[0].Length = brief.LengthBand{Min: 30 * time.Second, Max: time.Minute}
		p.Length = length
		got := pointAt(t, brief.CheckPost(b, p, day(10), options()), "deliverables[0].length")
		if got.Outcome != want {
			t.Errorf("%s is %s, want %s", length, got.Outcome, want)
		}
	}
}

func pointAt(t *testing.T, c brief.Check, path string) brief.Point {
	t.Helper()
	i := slices.IndexFunc(c.Points, func(p brief.Point) bool { return p.Path == path })
	if i < 0 {
		t.Fatalf("no point at %s", path)
	}
	return c.Points[i]
}

func TestCheckPostWords(t *testing.T) {
	t.Parallel()
	runChecks(t, map[string]checkCase{
		"the product as a hashtag":        {caption("Demo Glow hydrates", "This hydrates"), fine, nil, nil},
		"the product in another spelling": {caption("Demo Glow hydrates", "ＤＥＭＯ\u200b glow hydrates"), fine, nil, nil},
		"no call to action":               {caption("Give it a try with", "With"), risk, warned("element.missing", "brief.elements[2]"), []string{"elements[2] unfulfilled"}},
		"its other form":                  {caption("Give it a try", "TRY IT"), fine, nil, nil},
		"a call that somebody heard": {func(_ *brief.Brief, p *brief.Content) {
			caption("Give it a try with", "With")(nil, p)
			p.Looked = map[int]disclosure.Known{2: disclosure.Yes}
		}, fine, nil, nil},
		"a message without its sign": {caption("15% today.", "15 today."), risk, warned("element.altered", "texts[0]"), []string{"elements[1] unfulfilled"}},
		"another message":            {caption("15% today.", "50% today."), bad, blocked("element.missing", "brief.elements[1]"), []string{"elements[1] unfulfilled"}},
		"a message in the bio": {func(_ *brief.Brief, p *brief.Content) {
			caption("Save up to 15% today.", "")(nil, p)
			p.Texts = append(p.Texts, disclosure.Passage{Where: disclosure.Bio, Text: "Save up to 15% today."})
		}, bad, blocked("element.missing", "brief.elements[1]"), []string{"elements[1] unfulfilled"}},
		"a call that nobody can read": {func(_ *brief.Brief, p *brief.Content) {
			caption("Give it a try with", "With")(nil, p)
			p.Texts = append(p.Texts, disclosure.Passage{Where: disclosure.Overlay, Text: "try it", Hidden: true})
		}, risk, warned("element.missing", "brief.elements[2]"), []string{"elements[2] unfulfilled"}},
		"a message that nobody can read": {func(_ *brief.Brief, p *brief.Content) {
			caption("Save up to 15% today.", "")(nil, p)
			p.Texts = append(p.Texts, disclosure.Passage{Where: disclosure.Overlay, Text: "Save up to 15% today.", Hidden: true})
		}, bad, blocked("element.missing", "brief.elements[1]"), []string{"elements[1] unfulfilled"}},
		"an overlay nobody read": {func(_ *brief.Brief, p *brief.Content) {
			caption("Save up to 15% today.", "")(nil, p)
			p.Unread = []disclosure.Where{disclosure.Overlay}
		}, open, nil, []string{"elements[1] undetermined unread[0]", "forbidden[0] undetermined unread[0]"}},
		"a forbidden word":           {caption("! @demoglow", " for a CURE! @demoglow"), bad, blocked("forbidden.said", "texts[0]"), []string{"forbidden[0] unfulfilled"}},
		"a form of it":               {caption("! @demoglow", " that cured me! @demoglow"), bad, blocked("forbidden.said", "texts[0]"), []string{"forbidden[0] unfulfilled"}},
		"a word that holds it":       {caption("! @demoglow", " for a manicure! @demoglow"), fine, nil, nil},
		"a forbidden hashtag":        {post(func(p *brief.Content) { p.Hashtags = []string{"Cures"} }), bad, blocked("forbidden.said", "hashtags[0]"), []string{"forbidden[0] unfulfilled"}},
		"a claim without its manner": {caption(", in a test of 30 people", ""), bad, blocked("claim.manner", "brief.claims[0].manner"), []string{"claims[0].manner unfulfilled"}},
		"a claim that is not made":   {caption("hydrates, in a test of 30 people", "is nice"), fine, nil, nil},
		"a claim that may be heard": {func(_ *brief.Brief, p *brief.Content) {
			caption("hydrates, in a test of 30 people", "is nice")(nil, p)
			p.Unread = []disclosure.Where{disclosure.Spoken}
		}, open, nil, []string{"forbidden[0] undetermined unread[0]", "claims[0].manner undetermined unread[0]"}},
		"an element of a piece that is not known": {func(b *brief.Brief, p *brief.Content) {
			far := 7
			b.Elements[0].Pieces, p.Piece = []int{0}, &far
		}, bad, blocked("deliverable.unknown", "piece"), []string{"elements[0] undetermined piece"}},
		"a sign without a word": {func(b *brief.Brief, _ *brief.Content) {
			b.Elements = append(b.Elements, brief.Element{Kind: brief.SayMessage, Text: "🌱", Verbatim: true})
		}, bad, blocked("element.missing", "brief.elements[3]"), []string{"elements[3] unfulfilled"}},
		"a competitor":                 {caption("! @demoglow", " not RIVAL-LABS! @demoglow"), bad, blocked("competitor.named", "texts[0]"), nil},
		"a competitor as a hashtag":    {caption("! @demoglow", "! #rivallabs @demoglow"), bad, blocked("competitor.named", "texts[0]"), nil},
		"a competitor's bare host":     {caption("! @demoglow", "! (RivalLabs.example) @demoglow"), bad, blocked("competitor.named", "texts[0]"), nil},
		"a competitor's host and name": {caption("! @demoglow", "! Rival Labs, rivallabs.example @demoglow"), bad, blocked("competitor.named", "texts[0]"), nil},
		"a name inside of another":     {caption("! @demoglow", "! arrivallabs.example, rival labsen @demoglow"), fine, nil, nil},
		"a competitor that may be there": {func(b *brief.Brief, p *brief.Content) {
			b.OtherBrands = brief.Allowed
			caption("! @demoglow", " like Rival Labs! @demoglow")(b, p)
		}, fine, []seen{{"info", "competitor.named", "texts[0]"}}, nil},
		"a competitor's link": {post(func(p *brief.Content) {
			p.Links = append(p.Links, brief.PlacedLink{URL: "https://shop.rivallabs.example/x"})
		}), bad,
			blocked("competitor.named", "links[1].url"), nil},
		"another brand":             {post(func(p *brief.Content) { p.OtherBrands = disclosure.Yes }), bad, blocked("brands.other", "other_brands"), []string{"other_brands unfulfilled"}},
		"perhaps another brand":     {post(func(p *brief.Content) { p.OtherBrands = "" }), open, nil, []string{"other_brands undetermined other_brands"}},
		"an account of somebody":    {caption("! @demoglow", "! @demoglow @cleo"), risk, warned("brands.unnamed", "tags"), nil},
		"only the platform's label": {caption("#ad ", ""), risk, warned("label.toggle_alone", "toggle"), []string{"disclosures undetermined"}},
		"no label": {func(_ *brief.Brief, p *brief.Content) {
			caption("#ad ", "")(nil, p)
			p.Toggle = disclosure.No
		}, bad, blocked("label.missing", "texts"), []string{"disclosures unfulfilled"}},
		"another label than agreed": {func(b *brief.Brief, _ *brief.Content) {
			b.Disclosures = []brief.Disclosure{{Market: "US", Language: "en", Label: "Advertisement", Toggle: "Paid partnership"}}
		}, risk, warned("agreed.label", "brief.disclosures[0].label"), []string{"disclosures[0].label unfulfilled"}},
		"the switch off": {func(b *brief.Brief, p *brief.Content) {
			b.Disclosures = []brief.Disclosure{{Market: "US", Language: "en", Label: "#ad", Toggle: "Paid partnership"}}
			p.Toggle = disclosure.No
		}, bad, blocked("agreed.toggle", "toggle"), []string{"disclosures[0].toggle unfulfilled"}},
		"the switch off, and the platform's rule says so": {func(b *brief.Brief, p *brief.Content) {
			for _, m := range []byline.Market{"US", "US"} {
				b.Disclosures = append(b.Disclosures, brief.Disclosure{Market: m, Language: "en", Label: "#ad", Toggle: "Paid partnership"})
			}
			p.Toggle = disclosure.No
		}, bad, blocked("agreed.toggle", "toggle"), []string{"disclosures[0].toggle unfulfilled", "disclosures[1].toggle unfulfilled"}},
		"a label of another platform": {func(b *brief.Brief, _ *brief.Content) {
			b.Disclosures = []brief.Disclosure{{Market: "US", Language: "en", Label: "Advertisement", Platform: byline.TikTok}}
		}, fine, nil, nil},
		"an element of another piece": {func(b *brief.Brief, _ *brief.Content) {
			b.Elements = append(b.Elements, brief.Element{Kind: brief.SayMessage, Text: "not here", Pieces: []int{1}})
		}, fine, nil, nil},
		"a shot that nobody looked for": {func(b *brief.Brief, _ *brief.Content) {
			b.Elements = append(b.Elements, brief.Element{Kind: brief.ShowShot, Text: "the bottle"})
		}, open, nil, []string{"elements[3] undetermined looked[3]"}},
		"a shot that is not there": {func(b *brief.Brief, p *brief.Content) {
			b.Elements = append(b.Elements, brief.Element{Kind: brief.ShowShot, Text: "the bottle"})
			p.Looked = map[int]disclosure.Known{3: disclosure.No}
		}, bad, blocked("element.missing", "brief.elements[3]"), []string{"elements[3] unfulfilled"}},
	})
}

// Where a platform's rule and two markets ask for the switch, one finding says it.
func TestCheckPostSaysTheSwitchOnce(t *testing.T) {
	t.Parallel()
	b, p := agreedBrief(), agreedPost()
	b.Disclosures = []brief.Disclosure{{Market: "US", Language: "en", Label: "#ad", Toggle: "Paid partnership"}, {Market: "CA", Language: "en", Label: "#ad", Toggle: "Paid partnership"}}
	p.Toggle = disclosure.No
	opts := options()
	opts.Rules = nil
	c := brief.CheckPost(b, p, day(10), opts)
	if diff := cmp.Diff(blocked("toggle.off", "toggle"), seenIn(c)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	for _, path := range []string{"disclosures[0].toggle", "disclosures[1].toggle"} {
		if got := pointAt(t, c, path).Outcome; got != brief.Unfulfilled {
			t.Errorf("%s is %s", path, got)
		}
	}
}

func TestCheckPostPermissions(t *testing.T) {
	t.Parallel()
	keep := func(b *brief.Brief, _ *brief.Content) {
		b.Music, b.Politics, b.Profanity = brief.Excluded, brief.Excluded, brief.Excluded
	}
	with := func(edit func(*brief.Content)) func(*brief.Brief, *brief.Content) {
		return func(b *brief.Brief, p *brief.Content) {
			keep(b, p)
			p.Music, p.Politics, p.Profanity = disclosure.No, disclosure.No, disclosure.No
			edit(p)
		}
	}
	licensed := func(music, license disclosure.Known) func(*brief.Brief, *brief.Content) {
		return func(b *brief.Brief, p *brief.Content) { b.Music, p.Music, p.Licensed = brief.Licensed, music, license }
	}
	runChecks(t, map[string]checkCase{
		"nobody looked": {keep, open, nil, []string{"music undetermined music", "politics undetermined politics", "profanity undetermined profanity"}},
		"none is in it": {with(func(*brief.Content) {}), fine, nil, nil},
		"music":         {with(func(p *brief.Content) { p.Music, p.Licensed = disclosure.Yes, disclosure.Yes }), bad, blocked("content.music", "music"), []string{"music unfulfilled"}},
		"politics":      {with(func(p *brief.Content) { p.Politics = disclosure.Yes }), bad, blocked("content.politics", "politics"), []string{"politics unfulfilled"}},
		"profanity":     {with(func(p *brief.Content) { p.Profanity = disclosure.Yes }), bad, blocked("content.profanity", "profanity"), []string{"profanity unfulfilled"}},
		"allowed": {func(b *brief.Brief, p *brief.Content) {
			b.Music, b.Politics, b.Profanity, p.Music, p.Politics, p.Profanity = "allowed", "allowed", "allowed", "yes", "yes", "yes"
		}, fine, nil, nil},
		"licensed":      {licensed(disclosure.Yes, disclosure.Yes), fine, nil, nil},
		"not licensed":  {licensed(disclosure.Yes, disclosure.No), bad, blocked("content.unlicensed", "licensed"), []string{"music unfulfilled"}},
		"perhaps":       {licensed(disclosure.Yes, ""), open, nil, []string{"music undetermined licensed"}},
		"no music":      {licensed(disclosure.No, ""), fine, nil, nil},
		"perhaps music": {licensed("", disclosure.No), open, nil, []string{"music undetermined music"}},
		"what there is": {licensed("", disclosure.Yes), fine, nil, nil},
	})
}

func TestCheckPostCode(t *testing.T) {
	t.Parallel()
	gone := []string{"deliverables[0].code unfulfilled"}
	runChecks(t, map[string]checkCase{
		"in small letters":          {caption("ADA15", "ada15"), fine, nil, nil},
		"as a hashtag":              {caption("ADA15", "#ada15"), fine, nil, nil},
		"missing":                   {caption("ADA15", "it"), bad, blocked("code.missing", "brief.deliverables[0].code"), gone},
		"S for 5":                   {caption("ADA15", "ADA1S"), bad, blocked("code.typo", "texts[0]"), gone},
		"two signs that look alike": {caption("ADA15", "ADAIS"), bad, blocked("code.typo", "texts[0]"), gone},
		"exchanged":                 {caption("ADA15", "ADA51"), bad, blocked("code.typo", "texts[0]"), gone},
		"one more":                  {caption("ADA15", "ADA155"), bad, blocked("code.typo", "texts[0]"), gone},
		"one less":                  {caption("ADA15", "ADA1"), bad, blocked("code.typo", "texts[0]"), gone},
		"a Cyrillic letter":         {caption("ADA15", "АDA15"), bad, blocked("code.typo", "texts[0]"), gone},
		"expired since, and gone": {func(b *brief.Brief, p *brief.Content) {
			b.Tracking.Codes[0].Expires, b.Tracking.Links[0].Expires, p.Removed = day(7), day(7), day(8)
		}, fine, nil, nil},
		"an account that is near": {caption("ADA15", "ADA15 @ada16"), risk, warned("brands.unnamed", "tags"), nil},
		"all letters Cyrillic":    {caption("ADA15", "АDА15"), bad, blocked("code.typo", "texts[0]"), gone},
		"letters of another code": {caption("ADA15", "ЖDЖ15"), bad, blocked("code.missing", "brief.deliverables[0].code"), gone},
		"a code with a stroke, in two words": {func(b *brief.Brief, p *brief.Content) {
			b.Pieces[0].Code = "ADA-15"
			caption("ADA15", "ADA 15")(b, p)
		}, bad, blocked("code.typo", "texts[0]"), gone},
		"a code with a stroke": {func(b *brief.Brief, p *brief.Content) {
			b.Pieces[0].Code = "ADA-15"
			caption("ADA15", "ada-15")(b, p)
		}, fine, nil, nil},
		"somebody heard it": {func(b *brief.Brief, p *brief.Content) {
			b.Elements = append(b.Elements, brief.Element{Kind: brief.NameCode, Text: "ada15"})
			caption("ADA15", "it")(b, p)
			p.Looked = map[int]disclosure.Known{3: disclosure.Yes}
		}, fine, nil, nil},
		"in two words":           {caption("ADA15", "ADA 15"), bad, blocked("code.typo", "texts[0]"), gone},
		"with a stroke":          {caption("ADA15", "ADA-15"), bad, blocked("code.typo", "texts[0]"), gone},
		"right and wrong":        {caption("ADA15", "ADA15 ADA16"), risk, warned("code.typo", "texts[0]"), nil},
		"a word that is near":    {caption("ADA15", "ADA15, says ADA with her 15 friends"), fine, nil, nil},
		"of somebody else":       {caption("ADA15", "BRUNO10"), bad, []seen{{"blocker", "code.missing", "brief.deliverables[0].code"}, {"blocker", "code.other", "texts[0]"}}, gone},
		"both":                   {caption("ADA15", "ADA15 bruno10"), bad, blocked("code.other", "texts[0]"), nil},
		"in an address only":     {caption("ADA15", "demo.example/ADA15"), bad, blocked("code.missing", "brief.deliverables[0].code"), gone},
		"expired when published": {func(b *brief.Brief, _ *brief.Content) { b.Tracking.Codes[0].Expires = day(4) }, bad, blocked("code.expired", "brief.tracking.codes[0].expires"), nil},
		"expired since":          {func(b *brief.Brief, _ *brief.Content) { b.Tracking.Codes[0].Expires = day(4).Add(1) }, fine, []seen{{"info", "code.ran_out", "brief.tracking.codes[0].expires"}}, nil},
		"a code that is a word, in capitals": {func(b *brief.Brief, p *brief.Content) {
			b.Pieces[0].Code = "TRY"
			caption("ADA15", "TRY")(b, p)
		}, fine, nil, nil},
		"a code that is a word, in small letters": {func(b *brief.Brief, p *brief.Content) {
			b.Pieces[0].Code = "TRY"
			caption("ADA15", "it")(b, p)
		}, open, nil, []string{"deliverables[0].code undetermined texts[0]"}},
		"no texts": {func(b *brief.Brief, p *brief.Content) {
			b.Elements, b.Forbidden, b.Claims, b.Markets, b.OtherBrands = nil, nil, nil, nil, ""
			p.Texts, p.Tags = nil, nil
		}, open, nil, []string{
			"deliverables[0].code undetermined texts", "deliverables[0].tags[0] undetermined texts tags", "deliverables[0].hashtags[0] undetermined texts",
			"disclosures undetermined markets",
		}},
		"asked for by an element": {func(b *brief.Brief, p *brief.Content) {
			b.Elements = append(b.Elements, brief.Element{Kind: brief.NameCode, Text: "GLOW20"})
		}, bad, blocked("code.missing", "brief.elements[3]"), []string{"elements[3] unfulfilled"}},
	})
}

func TestCheckPostLink(t *testing.T) {
	t.Parallel()
	const right = "https://demo.example/glow?ref=ada&utm_source=instagram&utm_campaign=autumn"
	gone := []string{"deliverables[0].link unfulfilled"}
	wrong := func(code string) checkCase {
		return checkCase{nil, bad, blocked(code, "links[0].url"), gone}
	}
	tests := map[string]checkCase{
		"as agreed":               {link(right), fine, nil, nil},
		"without its scheme":      {link("Demo.Example:443/glow?utm_campaign=autumn&ref=ada&utm_source=instagram#top"), fine, nil, nil},
		"escaped":                 {link(strings.Replace(right, "ada", "%61da", 1)), fine, nil, nil},
		"shortened":               {link("https://bit.ly/x"), open, []seen{{"info", "link.shortened", "links[0].url"}}, []string{"deliverables[0].link undetermined links[0].leads_to"}},
		"shortened, and followed": {post(func(p *brief.Content) { p.Links[0].URL, p.Links[0].LeadsTo = "https://bit.ly/x", right }), fine, nil, nil},
		"nobody followed it":      {post(func(p *brief.Content) { p.Links[0].Working = "" }), open, nil, []string{"deliverables[0].link undetermined links[0].working"}},
		"broken":                  {post(func(p *brief.Content) { p.Links[0].Working = disclosure.No }), bad, blocked("link.broken", "links[0].url"), gone},
		"of a draft":              {post(func(p *brief.Content) { p.Links[0].Working, p.Stage = "", brief.AsDraft }), fine, nil, []string{"deliverables[0].posting pending", "deliverables[0].minimum_live pending"}},
		"nobody looked":           {post(func(p *brief.Content) { p.Links = nil }), open, nil, []string{"deliverables[0].link undetermined links"}},
		"none":                    {post(func(p *brief.Content) { p.Links = []brief.PlacedLink{} }), bad, blocked("link.missing", "brief.deliverables[0].link"), gone},
		"a description that nobody read": {post(func(p *brief.Content) {
			p.Links, p.Unread = []brief.PlacedLink{}, []disclosure.Where{disclosure.Description}
		}), open, nil,
			[]string{"forbidden[0] undetermined unread[0]", "deliverables[0].link undetermined unread[0]"}},
		"in the text": {func(b *brief.Brief, p *brief.Content) {
			p.Links, p.Stage = nil, brief.AsDraft
			p.Texts[0].Text += " (" + right + ")."
		}, fine, nil, []string{"deliverables[0].posting pending", "deliverables[0].minimum_live pending"}},
		"expired when published": {func(b *brief.Brief, _ *brief.Content) { b.Tracking.Links[0].Expires = day(4) }, bad, blocked("link.expired", "brief.tracking.links[0].expires"), nil},
		"expired since":          {func(b *brief.Brief, _ *brief.Content) { b.Tracking.Links[0].Expires = day(10) }, fine, []seen{{"info", "link.ran_out", "brief.tracking.links[0].expires"}}, nil},
		"a key without a link": {func(b *brief.Brief, _ *brief.Content) { b.Pieces[0].Link = "nobody" }, risk, warned("link.unknown", "brief.deliverables[0].link"),
			[]string{"deliverables[0].link undetermined"}},
	}
	tests["behind words, in a text"] = checkCase{func(b *brief.Brief, p *brief.Content) {
		p.Links, p.Stage = nil, brief.AsDraft
		p.Texts[0].Text += " 詳しくは" + right + "。"
	}, fine, nil, []string{"deliverables[0].posting pending", "deliverables[0].minimum_live pending"}}
	for name, at := range map[string]string{"another view": "#/sale", "no view": ""} {
		tests[name] = checkCase{func(b *brief.Brief, p *brief.Content) {
			b.Tracking.Links[0].URL += "#/glow"
			p.Links[0].URL = right + at
		}, bad, blocked("link.target", "links[0].url"), gone}
	}
	for name, url := range map[string]string{
		"a tag twice, behind a semicolon": right + "&utm_source=tiktok;x",
		"a tag twice, not to be read":     right + "&utm_source=%zz",
		"escaped twice":                   strings.Replace(right, "instagram", "insta%2567ram", 1),
		"a name in capitals":              strings.Replace(right, "utm_source", "UTM_SOURCE", 1),
		"behind the fragment":             strings.Replace(right, "?", "#?", 1),
		"without a tag":                   "https://demo.example/glow?ref=ada&utm_source=instagram",
		"another tag":                     strings.Replace(right, "autumn", "Autumn", 1),
		"a tag twice":                     right + "&utm_source=tiktok",
		"without parameter":               strings.Replace(right, "ref=ada&", "", 1),
	} {
		c := wrong("link.parameters")
		c.edit = link(url)
		tests[name] = c
	}
	for name, url := range map[string]string{
		"another page": strings.Replace(right, "glow", "sale", 1), "the page in capitals": strings.Replace(right, "glow", "Glow", 1),
	} {
		c := wrong("link.target")
		c.edit = link(url)
		tests[name] = c
	}
	for name, url := range map[string]string{
		"another shop": strings.Replace(right, "demo.", "demo-sale.", 1), "a shop in disguise": strings.Replace(right, "demo.example/", "demo.example@evil.example/", 1),
		"another port": strings.Replace(right, "example/", "example:8443/", 1), "no address": "::", "another scheme": strings.Replace(right, "https", "javascript", 1),
		"a letter": strings.Replace(right, "https://", "mailto:ada@", 1), "a script": strings.Replace(right, "https://", "javascript:x@", 1),
		"a port of no web": strings.Replace(right, "example/", "example:80/", 1), "a letter that looks alike": strings.Replace(right, "demo.", "dеmo.", 1),
	} {
		tests[name] = checkCase{link(url), bad, blocked("link.missing", "brief.deliverables[0].link"), gone}
	}
	runChecks(t, tests)
}

func TestCheckPostMarks(t *testing.T) {
	t.Parallel()
	tag, hashtag := []string{"deliverables[0].tags[0] unfulfilled"}, []string{"deliverables[0].hashtags[0] unfulfilled"}
	runChecks(t, map[string]checkCase{
		"tagged by the platform": {func(_ *brief.Brief, p *brief.Content) {
			caption("@demoglow ", "")(nil, p)
			p.Tags = []string{"DemoGlow"}
		}, fine, nil, nil},
		"not tagged":                      {caption("@demoglow ", ""), bad, blocked("tag.missing", "brief.deliverables[0].tags[0]"), tag},
		"another's account":               {caption("@demoglow", "@demo.glow"), bad, append(blocked("tag.missing", "brief.deliverables[0].tags[0]"), warned("brands.unnamed", "tags")...), tag},
		"an e-mail address":               {caption("@demoglow", "mail ada@demoglow"), bad, blocked("tag.missing", "brief.deliverables[0].tags[0]"), tag},
		"an address that ends in a digit": {caption("@demoglow", "mail ada1@demoglow"), bad, blocked("tag.missing", "brief.deliverables[0].tags[0]"), tag},
		"an account of somebody, twice":   {caption("@demoglow", "@demoglow @cleo @Cleo"), risk, warned("brands.unnamed", "tags"), nil},
		"nobody looked": {func(_ *brief.Brief, p *brief.Content) {
			caption("@demoglow ", "")(nil, p)
			p.Tags = nil
		}, open, nil, []string{"deliverables[0].tags[0] undetermined tags"}},
		"full width and a stop": {caption("@demoglow", "＠demoglow."), fine, nil, nil},
		"no hashtag":            {caption(" #DemoGlow", ""), bad, blocked("hashtag.missing", "brief.deliverables[0].hashtags[0]"), hashtag},
		"a longer hashtag":      {caption("#DemoGlow", "#DemoGlowing"), bad, blocked("hashtag.missing", "brief.deliverables[0].hashtags[0]"), hashtag},
		"a hashtag given apart": {func(_ *brief.Brief, p *brief.Content) {
			caption(" #DemoGlow", "")(nil, p)
			p.Hashtags = []string{"demoglow"}
		}, fine, nil, nil},
	})
}

// A video without a transcript is never short of words, and never free of forbidden ones.
func TestCheckPostWithoutTranscript(t *testing.T) {
	t.Parallel()
	b, p := agreedBrief(), agreedPost()
	b.Pieces[0].Format, p.Format = brief.Reel, brief.Reel
	p.Texts = []disclosure.Passage{{Where: disclosure.Caption, Text: "#ad @demoglow #DemoGlow"}}
	c := brief.CheckPost(b, p, day(10), options())
	if diff := cmp.Diff(disclosure.CannotDetermine, c.Status); diff != "" {
		t.Errorf("status (-want +got):\n%s\n%v", diff, seenIn(c))
	}
	for path, want := range map[string]brief.Outcome{
		"elements[0]": brief.Fulfilled, "elements[1]": brief.Undetermined, "elements[2]": brief.Undetermined,
		"forbidden[0]": brief.Undetermined, "deliverables[0].code": brief.Undetermined, "deliverables[0].hashtags[0]": brief.Fulfilled,
	} {
		if got := pointAt(t, c, path); got.Outcome != want || (want == brief.Undetermined && !slices.Equal(got.Needs, []string{"texts"})) {
			t.Errorf("%s is %s, needs %v", path, got.Outcome, got.Needs)
		}
	}
	p.Texts = append(p.Texts, disclosure.Passage{Where: disclosure.Spoken, Text: "save up to 15 today give it a try with ada 15"})
	c = brief.CheckPost(b, p, day(10), options())
	for _, path := range []string{"elements[1]", "elements[2]", "forbidden[0]", "deliverables[0].code"} {
		if got := pointAt(t, c, path); got.Outcome != brief.Fulfilled {
			t.Errorf("with a transcript, %s is %s", path, got.Outcome)
		}
	}
}

// The piece is found by platform, format and time, and named by its index.
func TestCheckPostFindsThePiece(t *testing.T) {
	t.Parallel()
	b := agreedBrief()
	second, third := b.Pieces[0], b.Pieces[0]
	second.Posting = byline.Window{Start: day(9), End: day(15)}
	third.Format = brief.Carousel
	b.Pieces = append(b.Pieces, second, third)
	one := 1
	for name, tt := range map[string]struct {
		edit func(*brief.Content)
		want any
	}{
		"the first window":        {func(*brief.Content) {}, 0},
		"the second window":       {func(p *brief.Content) { p.At = day(9) }, 1},
		"no window":               {func(p *brief.Content) { p.At = day(20) }, 0},
		"another format":          {func(p *brief.Content) { p.Format = brief.Carousel }, 2},
		"a format not agreed":     {func(p *brief.Content) { p.Format = brief.Reel }, nil},
		"named against the times": {func(p *brief.Content) { p.Piece = &one }, 1},
	} {
		p := agreedPost()
		tt.edit(&p)
		got := brief.CheckPost(b, p, day(10), options()).Piece
		if (got == nil) != (tt.want == nil) || got != nil && *got != tt.want {
			t.Errorf("%s: piece %v, want %v", name, got, tt.want)
		}
	}
}

// A draft without a time is held against the law of the first day on which it may go out.
func TestCheckPostDraftOfTheFuture(t *testing.T) {
	t.Parallel()
	p := agreedPost()
	p.Stage, p.At = brief.AsDraft, time.Time{}
	c := brief.CheckPost(agreedBrief(), p, day(1), options())
	if diff := cmp.Diff([]string{"timeline.embargo_ends pending", "deliverables[0].posting pending", "deliverables[0].minimum_live pending"}, notFulfilled(c)); diff != "" {
		t.Errorf("not fulfilled (-want +got):\n%s", diff)
	}
	if c.Status != disclosure.NoKnownIssue || len(c.Disclosure.Missing) > 0 {
		t.Errorf("status %s, missing %v", c.Status, c.Disclosure.Missing)
	}
	b := agreedBrief() // the window opens on the second, the embargo ends on the third
	b.Tracking.Codes[0].Expires = day(3)
	if got := seenIn(brief.CheckPost(b, p, day(1), options())); !slices.Equal(got, blocked("code.expired", "brief.tracking.codes[0].expires")) {
		t.Errorf("a code that expires when the embargo ends: %v", got)
	}
}

// No text makes it panic, gives a finding without a code or lets a check of nothing pass;
// the arguments are not written to.
func FuzzCheckPost(f *testing.F) {
	for _, s := range []string{goodCaption, "", "ADA1S", "@", "#", "@@a.-", "https://%zz/", "\xff\xfe", "割引", "İ ﬃ ſ", "🌱", strings.Repeat("ADA ", 50)} {
		f.Add(s, s, "https://demo.example/"+s)
	}
	f.Fuzz(func(t *testing.T, text, words, url string) {
		b, p := agreedBrief(), agreedPost()
		b.Elements = append(b.Elements, brief.Element{Kind: brief.SayMessage, Text: words, Verbatim: true}, brief.Element{Kind: brief.NameCode, Text: words})
		b.Forbidden = append(b.Forbidden, brief.Phrase{Text: words})
		b.Tracking.Links[0].URL = url
		p.Texts[0].Text = text
		p.Links[0].URL = url
		before, err := json.Marshal([]any{b, p})
		require.NoError(t, err)
		c := brief.CheckPost(b, p, day(10), &brief.CheckOptions{Rules: onlyUS(), OtherCodes: []string{words}, Competitors: []brief.Phrase{{Text: words}}})
		again := brief.CheckPost(b, p, day(10), &brief.CheckOptions{Rules: onlyUS(), OtherCodes: []string{words}, Competitors: []brief.Phrase{{Text: words}}})
		if diff := cmp.Diff(c, again); diff != "" {
			t.Errorf("two answers:\n%s", diff)
		}
		after, err := json.Marshal([]any{b, p})
		require.NoError(t, err)
		if string(before) != string(after) {
			t.Error("the arguments were written to")
		}
		if strings.TrimSpace(text) == "" && c.Status == disclosure.NoKnownIssue {
			t.Error("a post without words is what was agreed")
		}
		for _, finding := range c.Findings {
			if finding.Code == "" || finding.Message == "" {
				t.Errorf("%+v", finding)
			}
		}
	})
}

func BenchmarkCheckPost(b *testing.B) {
	agreed, opts := agreedBrief(), &brief.CheckOptions{Rules: disclosure.Rules(), OtherCodes: []string{"BRUNO10"}}
	posts := make([]brief.Content, 1000)
	for i := range posts {
		posts[i] = agreedPost()
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range posts {
			brief.CheckPost(agreed, p, day(10), opts)
		}
	}
	b.ReportMetric(float64(b.N*len(posts))/b.Elapsed().Seconds(), "posts/s")
}

// Texts of 100 kB that are all codes, names, addresses or hashtags.
func BenchmarkCheckPostHostile(b *testing.B) {
	for name, piece := range map[string]string{"codes": "ADA16 ", "names": "@a.b", "addresses": "a.b/c ", "hashtags": "#a", "words": "demo ", "one word": "a", "signs": "#", "wide": "＠"} {
		b.Run(name, func(b *testing.B) {
			p := agreedPost()
			p.Texts[0].Text = strings.Repeat(piece, 100_000/len(piece))
			for b.Loop() {
				brief.CheckPost(agreedBrief(), p, day(10), options())
			}
		})
	}
}
