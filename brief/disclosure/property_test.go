package disclosure_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

// pieces of texts that meet the labels of the stand-ins, or nearly do.
func pieces() []string {
	return []string{
		"#ad", "#adidas", "Ad", "Anzeige", "Werbung", "keine Werbung", "#adv", "#acme", "@acme", "Acme", "Publicité", "Reklam för", "samarbete",
		"[광고]", "체험단", "広告", "PR", "#PR", "neu", "love", "so", "\n", "✨", "|", "(", ")", "#love", "#gifted", "https://acme.example/ad", "e\u0301", "\u200b",
	}
}

func randomText(rng *rand.Rand) string {
	var b strings.Builder
	for range rng.IntN(40) {
		b.WriteString(pieces()[rng.IntN(len(pieces()))])
		if rng.IntN(4) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

func randomPost(rng *rand.Rand) d.Post {
	p := known("", pick(rng, "", "en", "de", "it", "sv", "ko", "ja"), "")
	p.Markets = []byline.Market{pick[byline.Market](rng, "US", "DE", "IT", "SE"), pick[byline.Market](rng, "KR", "JP", "IN", "MN", "GB")}
	p.Platform = pick(rng, byline.Instagram, byline.TikTok, byline.Blog, "")
	p.Medium = pick(rng, d.Image, d.Video, d.Frame, d.Live, d.Text, "")
	p.Length, p.Frames = time.Duration(rng.IntN(200))*time.Second, rng.IntN(4)
	p.Toggle, p.Control = pick(rng, d.Yes, d.No, d.Unknown), pick(rng, d.Yes, d.No, d.Unknown)
	p.Ties = pick(rng, nil, []d.Tie{d.Paid}, []d.Tie{d.GiftUnsolicited}, []d.Tie{d.Affiliate, d.Event})
	p.Brands = pick(rng, nil, []string{"Acme"})
	p.Texts = nil
	for range rng.IntN(5) {
		p.Texts = append(p.Texts, d.Passage{
			Where: pick(rng, d.Title, d.Caption, d.Description, d.Overlay, d.Spoken, d.Comment, d.Bio), Text: randomText(rng),
			Frame: rng.IntN(3), Hidden: rng.IntN(6) == 0, Shown: pick(rng, 0, 0, 20),
			Span: pick(rng, d.Span{}, d.Span{From: time.Second, To: 9 * time.Second}),
		})
	}
	p.Unread = pick(rng, nil, nil, []d.Where{d.Overlay})
	return p
}

func shuffled[T any](rng *rand.Rand, list []T) []T {
	list = slices.Clone(list)
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// told of all answers, without the places of texts.
func tell(a d.Assessment) map[string]told {
	all := map[string]told{"": {Status: a.Status}}
	for _, answer := range a.Answers {
		var codes []string
		for _, f := range answer.Findings {
			codes = append(codes, f.Code)
		}
		slices.Sort(codes)
		all[answer.ID()] = told{answer.Status, codes}
	}
	return all
}

func TestOrderMakesNoDifference(t *testing.T) {
	t.Parallel()
	rules := append(standIns(), d.Rules()...)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		p := randomPost(rng)
		before := d.Evaluate(p, rules)
		q := p
		q.Texts, q.Markets, q.Ties = shuffled(rng, p.Texts), shuffled(rng, p.Markets), shuffled(rng, p.Ties)
		if diff := cmp.Diff(tell(before), tell(d.Evaluate(q, shuffled(rng, rules)))); diff != "" {
			t.Fatalf("told (-before +after):\n%s\n%+v", diff, p)
		}
	}
}

// The same call gives the same, and changes nothing it was given.
func TestEvaluateIsPure(t *testing.T) {
	t.Parallel()
	rules := append(standIns(), d.Rules()...)
	rng := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		p := randomPost(rng)
		image := func() string {
			raw, err := json.Marshal([]any{p, rules})
			require.NoError(t, err)
			return string(raw)
		}
		before := image()
		first := d.Evaluate(p, rules)
		if diff := cmp.Diff(first, d.Evaluate(p, rules)); diff != "" {
			t.Fatalf("twice (-first +second):\n%s", diff)
		}
		if image() != before {
			t.Fatal("the post or the rules have changed")
		}
	}
}

// Whatever more is asked for, a violation stays one.
func TestAskingMoreForgivesNothing(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	stricter := []func(*d.Place){
		func(p *d.Place) { p.Start = true }, func(p *d.Place) { p.FirstLines = 1 }, func(p *d.Place) { p.BeforeFold = true },
		func(p *d.Place) { p.MaxHashtags = 1 }, func(p *d.Place) { p.NotBuried = true }, func(p *d.Place) { p.InContent = true },
		func(p *d.Place) { p.EachFrame = true }, func(p *d.Place) { p.StartOfVideo = true }, func(p *d.Place) { p.Repeated = true },
	}
	for range 1000 {
		p := randomPost(rng)
		p.Markets, p.Unread = []byline.Market{"BE"}, nil
		p.Medium = pick(rng, d.Image, d.Video, d.Frame, d.Live)
		p.Brands = []string{"Acme"}
		loose := d.LabelDuty{Accepted: labels("", "#ad", "Anzeige", "Werbung", "Reklam för {brand}"), Rejected: labels("", "keine Werbung"), Place: map[d.Medium]d.Place{"": {}}}
		strict := loose
		place := d.Place{}
		stricter[rng.IntN(len(stricter))](&place)
		strict.Place = map[d.Medium]d.Place{"": place}
		before, _ := ask(p, anywhere(loose))
		after, _ := ask(p, anywhere(strict))
		if before.Status == d.Violation && after.Status != d.Violation {
			t.Fatalf("%+v forgives: %v, then %v\n%+v", place, before, after, p)
		}
		with := append(standIns(), anywhere(loose))
		if got := tell(d.Evaluate(p, with))["BE.label"]; got.Status != before.Status {
			t.Fatalf("more rules change %v to %v", before, got)
		}
	}
}

// A label that was found stays found, whatever is written behind the fold.
func TestTextBehindTheFoldChangesNothing(t *testing.T) {
	t.Parallel()
	rules := append(standIns(), d.Rules()...)
	rng := rand.New(rand.NewPCG(7, 8))
	met := 0
	for range 600 {
		p := randomPost(rng)
		p.Medium, p.Unread, p.Brands = d.Image, nil, []string{"Acme"}
		p.Texts = []d.Passage{{Where: d.Caption, Text: randomText(rng)}}
		p.Texts[0].Text += strings.Repeat(" nothing", 40) + "."
		before := tell(d.Evaluate(p, rules))
		p.Texts[0].Text += "\n" + strings.Repeat("\n.", 9) + randomText(rng)
		after := tell(d.Evaluate(p, rules))
		for id, was := range before {
			if !strings.HasSuffix(id, ".label") || was.Status != d.NoKnownIssue {
				continue
			}
			met++
			if after[id].Status != d.NoKnownIssue {
				t.Fatalf("%s was %v and is %v:\n%s", id, was, after[id], p.Texts[0].Text)
			}
		}
	}
	if met < 80 {
		t.Errorf("only %d labels were found", met)
	}
}

// The label that a finding names, put first and on the picture, mends the words.
func TestLabelFirstMends(t *testing.T) {
	t.Parallel()
	rules := append(standIns(), d.Rules()...)
	rng := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		p := randomPost(rng)
		p.Markets, p.Language, p.Brands, p.Medium = []byline.Market{"DE"}, "de", []string{"Acme"}, d.Image
		p.Texts = append([]d.Passage{{Where: d.Caption, Text: "Anzeige | " + randomText(rng)}}, p.Texts...)
		if got := tell(d.Evaluate(p, rules))["DE.label"]; got.Status != d.NoKnownIssue {
			t.Fatalf("it is %v:\n%+v", got, p.Texts)
		}
	}
}

func FuzzEvaluate(f *testing.F) {
	for _, v := range vectors() {
		f.Add(v.caption, "Acme", v.language)
	}
	for _, text := range []string{"#\u200bad\u202e", "\xff#ad\xfe", "İß＃ＡＤ", strings.Repeat("#a", 99), "{brand}", "\uE000", "@.", "://", "a.b/c", "#\u20e3"} {
		f.Add(text, text, text)
	}
	rules := append(standIns(), d.Rules()...)
	f.Fuzz(func(t *testing.T, text, brand, language string) {
		p := known("US", language, text)
		p.Markets = append(p.Markets, "DE", "IT", "KR", "JP", "SE")
		p.Brands = []string{brand}
		p.Texts = append(p.Texts, d.Passage{Where: d.Overlay, Text: brand + text, Shown: -1})
		a := d.Evaluate(p, rules)
		if a.Explain() == "" || len(a.Answers) == 0 {
			t.Error("says nothing")
		}
		for _, answer := range a.Answers {
			if (answer.Status == d.Violation || answer.Status == d.Risk) != slices.ContainsFunc(answer.Findings, func(f byline.Finding) bool { return f.Severity != byline.Info }) {
				t.Errorf("%s is %s with %v", answer.ID(), answer.Status, answer.Findings)
			}
		}
		d.Suggest(p, rules)
	})
}
