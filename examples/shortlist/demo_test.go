package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator/vet"
)

// The demo's creators are made here and kept in files. -update makes them anew.
func TestDemoFiles(t *testing.T) {
	t.Parallel()
	sum := 0
	for name, rows := range drawDemo() {
		var want bytes.Buffer
		require.NoError(t, csv.NewWriter(&want).WriteAll(rows))
		sum += want.Len()
		path := filepath.Join("demo", name)
		if *update {
			require.NoError(t, os.WriteFile(path, want.Bytes(), 0o644))
		}
		got, err := os.ReadFile(path)
		require.NoError(t, err, "write it with -update")
		if !bytes.Equal(want.Bytes(), got) {
			t.Errorf("%s is not what is made; write it with -update and build again\n%s", path, cmp.Diff(firstLines(want.Bytes()), firstLines(got)))
		}
	}
	if sum > 600_000 {
		t.Errorf("the files have %d bytes", sum)
	}
}

func firstLines(file []byte) string { return string(file[:min(len(file), 2000)]) }

// part is the role that somebody has in the demo.
type part struct {
	id, platform string
	followers    float64
	fit          float64 // how much of the audience is whom the shop wants; 0: nothing is known of it
	rate         float64 // likes and comments of a post, of the followers
	sells        float64 // orders that a post brings; 0: never worked for the shop
	posts        int     // that it made for the shop
	price        int     // of two posts in euros; 0: nobody asked
	theme        string
}

func cast() []part {
	return []part{
		{"ada", "instagram", 112_400, 0.74, 0.026, 21, 6, 2600, "sourdough"},
		{"anouk", "instagram", 46_100, 0.78, 0.033, 8.4, 5, 1300, "pastry"},
		{"bela", "instagram", 33_300, 0.70, 0.038, 6.6, 5, 980, "family"},
		{"bruno", "instagram", 14_200, 0.95, 0.051, 17, 8, 780, "sourdough"},
		{"cleo", "instagram", 1_380_000, 0, 0.011, 0, 0, 16_500, "lifestyle"},
		{"dario", "tiktok", 236_000, 0.50, 0.021, 7, 5, 3100, "lifestyle"},
		{"ella", "instagram", 64_200, 0.86, 0.032, 15, 6, 1700, "sourdough"},
		{"finn", "youtube", 91_000, 0.80, 0.042, 18, 6, 2350, "sourdough"},
		{"gaia", "tiktok", 47_300, 0.72, 0.058, 11, 5, 1150, "pastry"},
		{"hugo", "instagram", 3_140, 0, 0.07, 0, 0, 190, "sourdough"},
		{"ida", "instagram", 38_200, 0.85, 0.036, 12.5, 6, 1220, "sourdough"},
		{"juno", "instagram", 36_400, 0.84, 0.034, 11.8, 6, 1150, "sourdough"},
		{"kai", "tiktok", 83_500, 0.70, 0.044, 14, 5, 1500, "sourdough"},
		{"lena", "instagram", 58_000, 0.12, 0.031, 3.5, 5, 1350, "pastry"},
		{"milo", "youtube", 29_400, 0.81, 0.046, 9.5, 5, 0, "sourdough"},
		{"nora", "instagram", 8_420, 0.91, 0.062, 7.4, 7, 420, "sourdough"},
		{"otto", "tiktok", 19_600, 0.64, 0.066, 4.4, 5, 520, "family"},
		{"pia", "instagram", 27_300, 0.88, 0.041, 10.6, 6, 920, "pastry"},
		{"quinn", "youtube", 142_000, 0.61, 0.033, 9, 5, 3900, "family"},
		{"rosa", "instagram", 22_700, 0.90, 0.045, 0, 0, 760, "sourdough"},
		{"sven", "tiktok", 31_200, 0.58, 0.055, 0, 0, 840, "lifestyle"},
		{"tara", "instagram", 11_300, 0.93, 0.056, 0, 0, 460, "pastry"},
		{"ugo", "youtube", 52_800, 0.56, 0.036, 0, 0, 1750, "family"},
		{"vera", "instagram", 74_100, 0.69, 0.028, 6.3, 5, 1900, "family"},
		{"wim", "tiktok", 12_600, 0.62, 0.071, 3.1, 5, 360, "lifestyle"},
		{"xenia", "instagram", 5_230, 0.80, 0.068, 4.6, 6, 280, "pastry"},
		{"yara", "youtube", 17_500, 0.86, 0.048, 9.8, 6, 740, "sourdough"},
		{"zeno", "tiktok", 128_000, 0.45, 0.036, 3.6, 5, 2500, "lifestyle"},
	}
}

// demoDay is when all of it is read.
func demoDay() time.Time { return time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC) }

// stage makes the files.
type stage struct {
	random *rand.Rand
	files  map[string][][]string
}

func drawDemo() map[string][][]string {
	s := &stage{rand.New(rand.NewPCG(2026, 11)), map[string][][]string{
		"accounts.csv":     {{"creator", "platform", "handle", "name", "followers", "following", "posts", "market", "languages", "themes", "tone", "style", "contact"}},
		"audiences.csv":    {{"creator", "platform", "dimension", "bucket", "share", "base", "at"}},
		"posts.csv":        {{"creator", "platform", "id", "published_at", "at", "format", "text", "language", "link", "themes", "brands", "commerce", "promotion", "views", "likes", "comments"}},
		"series.csv":       {{"creator", "platform", "metric", "at", "value"}},
		"comments.csv":     {{"creator", "platform", "id", "post_id", "text", "author", "language"}},
		"partnerships.csv": {{"creator", "brand", "categories", "commerce", "from", "until", "source"}},
		"rates.csv":        {{"creator", "platform", "format", "pieces", "price", "currency", "quoted_at"}},
		"reviews.csv":      {{"creator", "by", "at", "rubric", "question", "value", "notes"}},
		"followers.csv":    {{"creator", "posts", "followers", "following", "name_digits", "picture"}},
		"deliveries.csv":   {{"creator", "from", "until", "clicks", "posts"}},
		"orders.csv":       {{"creator", "order", "clicked", "refunded", "contribution"}},
		"segments.csv":     {{"creator", "segment", "people", "share"}},
	}}
	for _, p := range cast() {
		s.account(p)
		s.audience(p)
		s.posts(p)
		s.series(p)
		s.business(p)
		s.sample(p)
		s.sales(p)
		s.segments(p)
	}
	return s.files
}

func (s *stage) add(file string, cells ...any) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		switch v := cell.(type) {
		case float64:
			row[i] = strconv.FormatFloat(v, 'f', -1, 64)
		case time.Time:
			row[i] = v.Format(time.DateOnly)
		default:
			row[i] = fmt.Sprint(v)
		}
	}
	s.files[file+".csv"] = append(s.files[file+".csv"], row)
}

// about is a number around one, as rates and counts are.
func (s *stage) about(v, spread float64) float64 {
	return v * math.Exp(spread*s.random.NormFloat64())
}

func pick[T any](s *stage, from []T) T { return from[s.random.IntN(len(from))] }

func (p part) handle() string { return p.id + ".demo" }

func (p part) format() string {
	return map[string]string{"instagram": "reel", "tiktok": "video", "youtube": "video"}[p.platform]
}

func (s *stage) account(p part) {
	name := string(p.id[0]-'a'+'A') + p.id[1:]
	tone := map[string]string{"sourdough": "patient", "pastry": "playful", "family": "warm", "lifestyle": "glossy"}[p.theme]
	style := map[string]string{"sourdough": "close-up", "pastry": "overhead", "family": "handheld", "lifestyle": "studio"}[p.theme]
	s.add("accounts", p.id, p.platform, p.handle(), name, p.followers, math.Round(s.about(600, 0.4)), 200+s.random.IntN(900), pick(s, []string{"GB", "IE", "GB"}), "en", p.theme+"|baking", tone, style, "yes")
}

// audience mixes whom the shop wants with whom everybody has. cleo hides hers.
func (s *stage) audience(p part) {
	type bucket struct {
		dimension, key string
		wanted, others float64
	}
	for _, b := range []bucket{
		{"country", "GB", 0.55, 0.12}, {"country", "IE", 0.40, 0.02}, {"country", "US", 0.03, 0.48}, {"country", "IN", 0, 0.32}, {"country", "unknown", 0.02, 0.06},
		{"age", "13-17", 0, 0.18}, {"age", "18-24", 0.10, 0.44}, {"age", "25-34", 0.40, 0.24}, {"age", "35-44", 0.32, 0.09}, {"age", "45-64", 0.18, 0.05},
		{"gender", "female", 0.66, 0.44}, {"gender", "male", 0.34, 0.56},
	} {
		fit := p.fit
		if p.id == "hugo" { // who knows where they live, and no more
			if b.dimension != "country" {
				continue
			}
			fit = 0.8
		}
		share := fmt.Sprintf("%.1f%%", 100*(fit*b.wanted+(1-fit)*b.others))
		if p.id == "cleo" {
			share = "hidden"
		}
		s.add("audiences", p.id, p.platform, b.dimension, b.key, share, p.followers, demoDay().AddDate(0, 0, -20))
	}
}

func phrases() map[string][]string {
	return map[string][]string{
		"sourdough": {
			"Day 5 of the rye starter and it smells of apples now.", "The crumb opened up once I let it rest two hours longer.", "Three flours, one loaf, and a crust that sings when it cools.",
			"My grandmother folded her dough every forty minutes, so do I.", "This loaf took 18 hours and every minute was worth it.", "Why your starter sleeps in winter, and how to wake it gently.",
		},
		"pastry": {
			"Lamination is patience with butter in between.", "Croissants at six in the morning, before anyone is awake.", "The trick with puff pastry is a cold bowl and colder hands.",
			"Cardamom buns for the first frost of the year.", "Twelve layers, two failures, one tray I am proud of.",
		},
		"family": {
			"The kids kneaded this one and it shows.", "Sunday pancakes for six in one pan.", "Lunch boxes for the whole week in one hour.", "We baked letters and spelled everybody's name.",
		},
		"lifestyle": {
			"A slow morning, good light and nothing planned.", "What is on my counter this month.", "Three things I stopped buying this year.", "A table for eight and no stress at all.",
		},
	}
}

// redefinition is when YouTube began to count a view otherwise.
func redefinition() time.Time { return time.Date(2026, 8, 27, 0, 0, 0, 0, time.UTC) }

func (s *stage) posts(p part) {
	for i := range 14 {
		published := demoDay().AddDate(0, 0, -5-11*i-s.random.IntN(3)).Add(time.Duration(7+s.random.IntN(12)) * time.Hour)
		if p.id == "dario" && published.After(demoDay().AddDate(0, 0, -46)) && published.Before(demoDay().AddDate(0, 0, -36)) {
			continue
		}
		measured := demoDay()
		if p.id == "finn" && i > 3 { // somebody exported the older ones in August, and nobody since
			published = redefinition().AddDate(0, 0, -6-5*i)
			measured = redefinition().AddDate(0, 0, -7)
		}
		text, themes, brands, commerce, promotion := pick(s, phrases()[p.theme]), p.theme, "", "organic", "none"
		switch {
		case p.id == "ella" && i == 2:
			text, brands, commerce = "My new favourite flour is in this loaf, thank you @rivalflour!", "Rival Flour", "sponsored"
		case p.id == "gaia" && i == 4:
			text = "Brandy in the glaze and a drunk cook before noon, this cake had a day."
		case p.id == "zeno" && i%3 == 1:
			promotion = "boosted"
		case i%6 == 5:
			text, brands, commerce = "The pan in this video was given to me. "+text, "Pan Works", "sponsored"
		}
		likes := math.Round(s.about(p.followers*p.rate*0.96, 0.22))
		views := math.Round(likes * s.about(map[string]float64{"instagram": 11, "tiktok": 16, "youtube": 9}[p.platform], 0.15))
		id := fmt.Sprintf("%s-%02d", p.id, i)
		s.add("posts", p.id, p.platform, id, published.Format(time.RFC3339), measured, p.format(), text, "en", "https://"+p.platform+".example/"+p.handle()+"/"+id, themes, brands, commerce, promotion, views, likes, math.Round(likes*s.about(0.04, 0.3)))
		if i < 6 && p.id != "hugo" {
			s.comments(p, id)
		}
	}
}

// comments stand under the newest posts. What dario's followers write would fit anywhere.
func (s *stage) comments(p part, post string) {
	own := []string{
		"How long did you let it rest before the second fold?", "Mine came out flat, what did I do wrong?", "Which flour is that, the stoneground one?", "I tried this on Sunday and the whole house smelled of it",
		"Does this work with spelt as well?", "What temperature was your kitchen?", "The crust on this one, I can hear it", "Saved for the weekend, my starter is ready", "Could I leave it in the fridge overnight?",
		"Your tip with the cold bowl saved my dough", "Finally somebody who explains the why", "My kids ate it before I took a picture",
	}
	empty := []string{"Wow!", "So nice", "Love this", "Amazing", "❤❤❤", "Great post", "So good!!", "🔥🔥🔥"}
	sad := []string{"This was a terrible waste of flour, mine was awful", "I hate how sad and flat mine was, really disappointing"}
	generic := map[string]float64{"dario": 0.8, "zeno": 0.5, "sven": 0.45, "cleo": 0.5}[p.id]
	for i := range 6 {
		text := pick(s, own)
		switch draw := s.random.Float64(); {
		case draw < math.Max(generic, 0.12):
			text = pick(s, empty)
		case draw > 0.97:
			text = pick(s, sad)
		}
		s.add("comments", p.id, p.platform, fmt.Sprintf("%s-%d", post, i), post, text, fmt.Sprintf("key-%07d", s.random.IntN(1e7)), "en")
	}
}

// series are the followers of each day. Twelve thousand came to dario overnight, and left.
func (s *stage) series(p part) {
	const days = 70
	count := p.followers * 0.965
	if p.id == "dario" {
		count = p.followers - 16_000
	}
	for i := range days {
		day := demoDay().AddDate(0, 0, i-days+1)
		count += count * s.about(0.0005, 0.35)
		if p.id == "dario" {
			switch {
			case i == 28:
				count += 21_000
			case i > 28 && i < 60:
				count -= 240
			}
		}
		shown := math.Round(count)
		if p.platform == "youtube" { // which shows three digits
			unit := math.Pow(10, math.Floor(math.Log10(count))-2)
			shown = math.Floor(count/unit) * unit
		}
		s.add("series", p.id, p.platform, "followers", day, shown)
	}
}

// business is what else they work for, what they ask and what a person wrote down.
func (s *stage) business(p part) {
	s.add("partnerships", p.id, "Pan Works", "kitchen/cookware", "sponsored", demoDay().AddDate(0, 0, -100-s.random.IntN(90)), demoDay().AddDate(0, 0, -80), "post")
	if p.id == "ella" {
		s.add("partnerships", p.id, "Rival Flour", "food/flour", "sponsored", demoDay().AddDate(0, 0, -34), demoDay().AddDate(0, 0, -20), "the post of 28 October")
	}
	if p.price > 0 {
		s.add("rates", p.id, p.platform, p.format(), 2, fmt.Sprintf("%d.00", p.price), "EUR", demoDay().AddDate(0, 0, -9-s.random.IntN(20)))
	}
	notes := map[string]string{
		"bruno": "Answers questions for hours. Reads like a neighbour.", "ada": "Good on camera, speaks fast; asks for the script two weeks ahead.",
		"finn": "Long videos, the product comes after minute three.", "nora": "Small and steady. Sent last year's parcels back with a letter.", "gaia": "Funny. Somebody should look at the party posts.",
	}
	if text, there := notes[p.id]; there {
		s.add("reviews", p.id, "mara", demoDay().AddDate(0, 0, -6), "look/1", "fits our tone", 3+s.random.IntN(3), text)
	}
}

// sample are followers that somebody looked at; YouTube shows none.
func (s *stage) sample(p part) {
	if p.platform == "youtube" || p.fit == 0 || p.id == "wim" {
		return
	}
	fake := 0.04 + 0.05*s.random.Float64()
	if p.id == "dario" {
		fake = 0.42
	}
	for range 150 {
		named := s.random.Float64() < 0.07
		if s.random.Float64() < fake {
			named = s.random.Float64() < 0.62
		}
		if named {
			s.add("followers", p.id, s.random.IntN(3), 5+s.random.IntN(40), 900+s.random.IntN(4000), 0.4, "no")
			continue
		}
		s.add("followers", p.id, 10+s.random.IntN(300), 80+s.random.IntN(900), 100+s.random.IntN(500), math.Round(100*vetDigits(s.random))/100, "yes")
	}
}

// vetDigits is the share of digits in an ordinary handle.
func vetDigits(r *rand.Rand) float64 {
	v, _ := vet.DigitShare([]string{"baker", "anna.k", "tom1985", "oven_diary", "mill2"}[r.IntN(5)], demoDay()).Value()
	return v
}

// sales are of the spring campaign: who sold what for the shop.
func (s *stage) sales(p part) {
	if p.sells == 0 {
		return
	}
	const from, until = "2026-03-01", "2026-06-01"
	n := int(math.Round(p.sells*float64(p.posts) + math.Sqrt(p.sells*float64(p.posts))*s.random.NormFloat64()))
	clicked := 0
	for i := range n {
		click, refund := s.random.Float64() < 0.7, s.random.Float64() < 0.06
		if click {
			clicked++
		}
		left := fmt.Sprintf("%.2f", 14+10*s.random.Float64())
		if refund {
			left = "-4.50"
		}
		s.add("orders", p.id, fmt.Sprintf("%s-%03d", p.id, i), map[bool]string{true: "yes", false: "no"}[click], map[bool]string{true: "yes", false: "no"}[refund], left)
	}
	s.add("deliveries", p.id, from, until, clicked+int(s.about(float64(clicked)*24, 0.2)), p.posts)
}

// segments say of which circles an audience is made. ida and juno have one circle between
// them; nobody has seen cleo's and milo's.
func (s *stage) segments(p part) {
	switch p.id {
	case "cleo", "milo", "hugo":
		return
	case "ida", "juno":
		s.add("segments", p.id, "the harbour bakery", 40_000, math.Round(1000*p.followers*0.93/40_000)/1000)
		s.add("segments", p.id, "bread people", 40_000, math.Round(1e6*p.followers*0.07/40_000)/1e6)
		return
	}
	rest := p.followers
	add := func(segment string, people, part float64) {
		share := math.Min(p.followers*part/people, 0.9)
		s.add("segments", p.id, segment, people, math.Round(1e6*share)/1e6)
		rest -= share * people
	}
	add(map[string]string{"sourdough": "bread people", "pastry": "pastry people", "family": "parents", "lifestyle": "scrollers"}[p.theme], map[string]float64{"sourdough": 40_000, "pastry": 30_000, "family": 60_000, "lifestyle": 80_000}[p.theme], 0.5)
	add("everybody", 300_000, 0.25)
	s.add("segments", p.id, "only "+p.id, math.Round(rest), 1.0)
}
