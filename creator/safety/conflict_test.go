package safety_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
	"github.com/bylinehq/byline/internal/golden"
)

// planned is the term of the demo work, and before it a look-back of ninety days.
var planned = byline.Window{Start: date(2026, 12, 1), End: date(2027, 1, 1)}

func demoRivalry() safety.Rivalry {
	return safety.Rivalry{
		Brand: safety.Name{Name: "Demo Glow"}, Categories: []string{"beauty/skincare"},
		Competitors: []safety.Name{{Name: "Apple"}, {Name: "L'Oréal", Aliases: []string{"loreal.paris"}}},
		Lookback:    90, Planned: planned, Promises: []safety.Promise{},
	}
}

func during(start, end time.Time) byline.Window { return byline.Window{Start: start, End: end} }

// seen is what a test compares of a conflict.
type seen struct {
	Code     string
	Severity byline.Severity
	Phase    safety.Phase
}

func seenOf(found []safety.Conflict) []seen {
	var list []seen
	for _, c := range found {
		list = append(list, seen{c.Code, c.Severity, c.Phase})
	}
	return list
}

func TestPartnerships(t *testing.T) {
	t.Parallel()
	var zero time.Time
	rival := func(w byline.Window) creator.Partnership {
		return creator.Partnership{Brand: "LOREAL", During: w, Commerce: creator.Sponsored}
	}
	edit := func(f func(*creator.Partnership)) creator.Partnership {
		p := rival(during(date(2026, 10, 1), date(2026, 11, 1)))
		f(&p)
		return p
	}
	edge := planned.Start.AddDate(0, 0, -90)
	competitor := func(s byline.Severity, p safety.Phase) []seen { return []seen{{"conflict.competitor", s, p}} }
	category := func(s byline.Severity) []seen { return []seen{{"conflict.category", s, safety.BeforeTerm}} }
	inCategory := func(categories ...string) creator.Partnership {
		return edit(func(p *creator.Partnership) { p.Brand, p.Categories = "Cleo Cosmetics", categories })
	}
	tests := map[string]struct {
		give creator.Partnership
		want []seen
	}{
		"ended as the look-back begins":    {rival(during(date(2026, 1, 1), edge)), nil},
		"ended just after":                 {rival(during(date(2026, 1, 1), edge.Add(1))), competitor(byline.Blocker, safety.BeforeTerm)},
		"ended as the term begins":         {rival(during(date(2026, 1, 1), planned.Start)), competitor(byline.Blocker, safety.BeforeTerm)},
		"reaches into the term":            {rival(during(date(2026, 1, 1), planned.Start.Add(1))), competitor(byline.Blocker, safety.DuringTerm)},
		"begins at the last instant":       {rival(during(planned.End.Add(-1), date(2028, 1, 1))), competitor(byline.Blocker, safety.DuringTerm)},
		"begins as the term ends":          {rival(during(planned.End, date(2028, 1, 1))), nil},
		"no end, began in the look-back":   {rival(during(edge.Add(1), zero)), competitor(byline.Blocker, safety.DuringTerm)},
		"no end, began long before":        {rival(during(date(2020, 1, 1), zero)), competitor(byline.Warning, safety.DuringTerm)},
		"no end, begins after the term":    {rival(during(planned.End, zero)), nil},
		"no start, ended in the look-back": {rival(during(zero, date(2026, 11, 1))), competitor(byline.Blocker, safety.BeforeTerm)},
		"no start, ended before it":        {rival(during(zero, edge)), nil},
		"no start, ends with the term":     {rival(during(zero, planned.End)), competitor(byline.Blocker, safety.DuringTerm)},
		"no start, ends after the term":    {rival(during(zero, date(2028, 1, 1))), competitor(byline.Warning, safety.DuringTerm)},
		"no dates":                         {rival(byline.Window{}), competitor(byline.Warning, safety.DuringTerm)},
		"dates that cannot be":             {rival(during(date(2026, 2, 1), date(2026, 1, 1))), competitor(byline.Warning, safety.DuringTerm)},
		"organic":                          {edit(func(p *creator.Partnership) { p.Commerce = creator.Organic }), competitor(byline.Info, safety.BeforeTerm)},
		"commerce not said":                {edit(func(p *creator.Partnership) { p.Commerce = "" }), competitor(byline.Blocker, safety.BeforeTerm)},
		"a handle":                         {edit(func(p *creator.Partnership) { p.Brand = "@Loreal_Paris" }), competitor(byline.Blocker, safety.BeforeTerm)},
		"the brand itself":                 {edit(func(p *creator.Partnership) { p.Brand = "demo-glow"; p.Categories = []string{"beauty/skincare"} }), nil},
		"the category":                     {inCategory("Beauty / Skincare"), category(byline.Blocker)},
		"within the category":              {inCategory("home", "beauty/skincare/serum"), category(byline.Blocker)},
		"the category, no dates": {edit(func(p *creator.Partnership) {
			p.Brand, p.Categories, p.During = "Cleo Cosmetics", []string{"beauty/skincare"}, byline.Window{}
		}), []seen{{"conflict.category", byline.Warning, safety.DuringTerm}}},
		"a wider category":         {inCategory("beauty"), category(byline.Warning)},
		"a sister":                 {inCategory("beauty/hair"), nil},
		"a name that begins alike": {inCategory("beauty/skincare-tools"), nil},
		"no category":              {inCategory(), category(byline.Warning)},
		"an id of the taxonomy":    {inCategory("553"), category(byline.Blocker)},
		"an id in a circle":        {inCategory("round"), nil},
		"no brand":                 {edit(func(p *creator.Partnership) { p.Brand = "?"; p.Categories = []string{"beauty/skincare"} }), category(byline.Warning)},
		"other markets":            {edit(func(p *creator.Partnership) { p.Markets = []byline.Market{"US", "CA"} }), nil},
		"a shared market":          {edit(func(p *creator.Partnership) { p.Markets = []byline.Market{"US", "DE"} }), competitor(byline.Blocker, safety.BeforeTerm)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := demoRivalry()
			r.Markets = []byline.Market{"DE", "AT"}
			r.Taxonomy = map[string]string{"553": "552", "552": "Beauty/Skincare", "round": "about", "about": "round"}
			got := safety.Conflicts(&creator.Dossier{Partnerships: []creator.Partnership{tt.give}}, r, date(2026, 11, 20))
			if diff := cmp.Diff(tt.want, seenOf(got)); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
		})
	}
}

// Work that starts when a conflict says it is clear is free of it, and an instant before
// it is not.
func TestClearsAtIsTrue(t *testing.T) {
	t.Parallel()
	d := &creator.Dossier{
		Partnerships: []creator.Partnership{{Brand: "Apple", During: during(date(2026, 9, 1), date(2026, 10, 1)), Commerce: creator.Sponsored}},
		Posts:        []creator.Post{{ID: "p", Brands: []string{"apple"}, PublishedAt: date(2026, 9, 15), Commerce: creator.Sponsored}},
	}
	for _, lookback := range []int{0, 1, 90} {
		r := demoRivalry()
		r.Lookback, r.Planned = lookback, during(date(2026, 9, 10), date(2027, 6, 1))
		for _, c := range safety.Conflicts(d, r, date(2026, 9, 10)) {
			r.Planned.Start = c.ClearsAt.Add(-1)
			early := safety.Conflicts(d, r, date(2026, 9, 10))
			r.Planned.Start = c.ClearsAt
			late := safety.Conflicts(d, r, date(2026, 9, 10))
			if len(early) <= len(late) || len(late) > 1 {
				t.Errorf("look-back %d, %s clears at %v: %d conflicts before, %d then", lookback, c.Evidence, c.ClearsAt, len(early), len(late))
			}
		}
	}
}

// An end at the end of time is one that nobody knows, and a record of it can be stored.
func TestClearsAtIsADate(t *testing.T) {
	t.Parallel()
	for end, want := range map[time.Time]time.Time{
		date(9999, 12, 31): {}, date(9999, 1, 1): date(9999, 4, 1),
	} {
		d := &creator.Dossier{
			Partnerships: []creator.Partnership{{Brand: "Apple", During: during(date(2026, 1, 1), end)}},
			Posts:        []creator.Post{{ID: "p", Brands: []string{"Apple"}, PublishedAt: end}},
		}
		r := demoRivalry()
		r.Planned.End = time.Time{}
		found := safety.Conflicts(d, r, date(2026, 11, 20))
		if len(found) != 2 || !found[0].ClearsAt.Equal(want) || !found[1].ClearsAt.Equal(want) {
			t.Errorf("an end at %v clears at %+v", end, found)
		}
		_, err := json.Marshal(found)
		require.NoError(t, err)
	}
}

func TestPosts(t *testing.T) {
	t.Parallel()
	at := date(2026, 11, 1)
	give := func(text string, commerce creator.Commerce, brands ...string) creator.Post {
		return creator.Post{ID: "p", PublishedAt: at, Text: text, Commerce: commerce, Brands: brands}
	}
	when := func(p time.Time) creator.Post { x := give("", creator.Sponsored, "Apple"); x.PublishedAt = p; return x }
	edge := planned.Start.AddDate(0, 0, -90)
	one := func(s byline.Severity) []seen { return []seen{{"conflict.competitor", s, safety.BeforeTerm}} }
	tests := map[string]struct {
		give creator.Post
		want []seen
	}{
		"sponsored":                    {give("x", creator.Sponsored, "APPLE"), one(byline.Blocker)},
		"organic":                      {give("x", creator.Organic, "Apple"), one(byline.Info)},
		"nobody says":                  {give("x", "", "Apple"), one(byline.Warning)},
		"a handle, sponsored":          {give("thanks @apple!", creator.Sponsored), one(byline.Warning)},
		"a handle with a dot":          {give("thanks @Loreal.Paris.", ""), one(byline.Warning)},
		"a hashtag, organic":           {give("love #LOréal", creator.Organic), one(byline.Info)},
		"a word":                       {give("apple pie, Apple, an apple's core", creator.Sponsored), nil},
		"another hashtag":              {give("#applepie @applebees", creator.Sponsored), nil},
		"an address":                   {give("mail me at ada@apple.example", creator.Sponsored), nil},
		"a field and a handle":         {give("@apple #apple", creator.Sponsored, "Apple", "apple"), one(byline.Blocker)},
		"another brand":                {give("@demo.glow", creator.Sponsored, "Demo Glow", "Bruno Bikes"), nil},
		"just as the look-back begins": {when(edge), nil},
		"an instant later":             {when(edge.Add(1)), one(byline.Blocker)},
		"as the term begins":           {when(planned.Start), []seen{{"conflict.competitor", byline.Blocker, safety.DuringTerm}}},
		"the last instant of the term": {when(planned.End.Add(-1)), []seen{{"conflict.competitor", byline.Blocker, safety.DuringTerm}}},
		"as the term ends":             {when(planned.End), nil},
		"at a time that is not known":  {when(time.Time{}), []seen{{"conflict.competitor", byline.Warning, safety.DuringTerm}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := safety.Conflicts(&creator.Dossier{Posts: []creator.Post{tt.give}}, demoRivalry(), date(2026, 11, 20))
			if diff := cmp.Diff(tt.want, seenOf(got)); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPromises(t *testing.T) {
	t.Parallel()
	var zero time.Time
	term := during(date(2026, 6, 1), date(2026, 12, 15))
	edit := func(f func(*safety.Promise)) safety.Promise {
		p := safety.Promise{By: safety.ByCreator, Party: "Cleo Cosmetics", Categories: []string{"beauty"}, During: term, Source: "agreement 7"}
		f(&p)
		return p
	}
	ours := func(f func(*safety.Promise)) safety.Promise {
		return edit(func(p *safety.Promise) { p.By, p.Party = safety.ByBrand, "bruno"; f(p) })
	}
	const blocker, warning = byline.Blocker, byline.Warning
	tests := map[string]struct {
		give safety.Promise
		want byline.Severity
	}{
		"a category above":          {edit(func(*safety.Promise) {}), blocker},
		"a category below":          {edit(func(p *safety.Promise) { p.Categories = []string{"beauty/skincare/serum"} }), warning},
		"another category":          {edit(func(p *safety.Promise) { p.Categories = []string{"food"} }), ""},
		"a blank category":          {edit(func(p *safety.Promise) { p.Categories = []string{" "} }), ""},
		"names our brand":           {edit(func(p *safety.Promise) { p.Categories, p.Competitors = nil, []string{"DemoGlow"} }), blocker},
		"names another":             {edit(func(p *safety.Promise) { p.Categories, p.Competitors = nil, []string{"Apple"} }), ""},
		"keeps everyone out":        {edit(func(p *safety.Promise) { p.Categories = nil }), blocker},
		"was made to us":            {edit(func(p *safety.Promise) { p.Party = "Demo Glow" }), ""},
		"other markets":             {edit(func(p *safety.Promise) { p.Markets = []byline.Market{"US"} }), ""},
		"ends as the work begins":   {edit(func(p *safety.Promise) { p.During.End = planned.Start }), ""},
		"ends an instant later":     {edit(func(p *safety.Promise) { p.During.End = planned.Start.Add(1) }), blocker},
		"begins as the work ends":   {edit(func(p *safety.Promise) { p.During = during(planned.End, zero) }), ""},
		"an end that is not known":  {edit(func(p *safety.Promise) { p.During.End = zero }), warning},
		"of neither side":           {edit(func(p *safety.Promise) { p.By = "" }), warning},
		"ours to another creator":   {ours(func(*safety.Promise) {}), blocker},
		"ours to her":               {ours(func(p *safety.Promise) { p.Party = "ada" }), ""},
		"ours, names her":           {ours(func(p *safety.Promise) { p.Categories, p.Competitors = nil, []string{"ada"} }), blocker},
		"ours, names somebody else": {ours(func(p *safety.Promise) { p.Categories, p.Competitors = nil, []string{"dario"} }), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := demoRivalry()
			r.Markets, r.Promises = []byline.Market{"DE"}, []safety.Promise{tt.give}
			got := safety.Conflicts(&creator.Dossier{Profile: creator.Profile{ID: "ada"}}, r, date(2026, 11, 20))
			var severity byline.Severity
			if len(got) > 0 {
				severity = got[0].Severity
			}
			if severity != tt.want || len(got) > 1 || len(got) == 1 && got[0].Code != "conflict.exclusivity" {
				t.Errorf("got %+v, want %q", got, tt.want)
			}
		})
	}
	r := demoRivalry()
	r.Categories, r.Promises = nil, []safety.Promise{edit(func(*safety.Promise) {})}
	if got := safety.Conflicts(nil, r, date(2026, 11, 20)); len(got) != 1 || got[0].Severity != warning {
		t.Errorf("work whose category is not known: %+v", got)
	}
}

// Without a term the question is about now, and what begins later is only possible.
func TestWithoutATerm(t *testing.T) {
	t.Parallel()
	at := date(2026, 11, 20)
	r := demoRivalry()
	r.Planned = byline.Window{}
	for want, w := range map[byline.Severity]byline.Window{
		"":             during(date(2026, 1, 1), at.AddDate(0, 0, -90)),
		byline.Blocker: during(date(2026, 1, 1), at.AddDate(0, 0, -90).Add(1)),
		byline.Warning: during(date(2026, 12, 1), date(2027, 1, 1)),
	} {
		got := safety.Conflicts(&creator.Dossier{Partnerships: []creator.Partnership{{Brand: "Apple", During: w}}}, r, at)
		if want == "" && got != nil || want != "" && (len(got) != 1 || got[0].Severity != want) {
			t.Errorf("%v: %+v", w, got)
		}
	}
}

func TestCheckConflicts(t *testing.T) {
	t.Parallel()
	at := date(2026, 11, 20)
	states := func(d *creator.Dossier, r safety.Rivalry) map[string]creator.State {
		all := map[string]creator.State{}
		for _, c := range safety.CheckConflicts(d, r, at) {
			all[c.Code] = c.State
		}
		return all
	}
	asked := demoRivalry()
	nobodyAsked := demoRivalry()
	nobodyAsked.Promises = nil
	few := safety.Rivalry{Brand: asked.Brand, Promises: asked.Promises}
	none := safety.Rivalry{Brand: asked.Brand, Categories: []string{}, Competitors: safety.Named(), Promises: []safety.Promise{}}
	collected := func(day int) *creator.Dossier {
		return &creator.Dossier{Origins: []creator.Origin{{Part: creator.PartPosts}, {Part: creator.PartComments}, {Part: creator.PartPartnerships, Source: "media kit", CollectedAt: date(2026, 11, day)}}}
	}
	blank := post("p", "")
	picture := blank
	picture.Brands = []string{"Bruno Bikes"}
	bruno := creator.Partnership{Brand: "Bruno Bikes", Categories: []string{"sport"}, During: planned}
	tests := map[string]struct {
		d    *creator.Dossier
		r    safety.Rivalry
		want map[string]creator.State
	}{
		"nothing is known":      {nil, nobodyAsked, map[string]creator.State{"conflict.competitor": open, "conflict.category": open, "conflict.exclusivity": open}},
		"nobody said who":       {&creator.Dossier{Partnerships: []creator.Partnership{bruno}}, few, map[string]creator.State{"conflict.competitor": open, "conflict.category": open, "conflict.exclusivity": pass}},
		"there is nothing":      {nil, none, map[string]creator.State{"conflict.competitor": pass, "conflict.category": pass, "conflict.exclusivity": pass}},
		"never worked":          {collected(20), asked, map[string]creator.State{"conflict.competitor": pass, "conflict.category": pass, "conflict.exclusivity": pass}},
		"asked only later":      {collected(21), asked, map[string]creator.State{"conflict.competitor": open, "conflict.category": open, "conflict.exclusivity": pass}},
		"a picture with brands": {&creator.Dossier{Posts: []creator.Post{picture}}, asked, map[string]creator.State{"conflict.competitor": pass, "conflict.category": open, "conflict.exclusivity": pass}},
		"a post of a picture":   {&creator.Dossier{Posts: []creator.Post{blank}}, asked, map[string]creator.State{"conflict.competitor": open, "conflict.category": open, "conflict.exclusivity": pass}},
		"an old post says little": {&creator.Dossier{Posts: []creator.Post{post("p", "x")}}, func() safety.Rivalry { r := asked; r.Lookback = 1; return r }(),
			map[string]creator.State{"conflict.competitor": open, "conflict.category": open, "conflict.exclusivity": pass}},
		"posts carry no category": {&creator.Dossier{Posts: []creator.Post{post("p", "x")}}, asked, map[string]creator.State{"conflict.competitor": pass, "conflict.category": open, "conflict.exclusivity": pass}},
		"other work":              {&creator.Dossier{Partnerships: []creator.Partnership{bruno}}, asked, map[string]creator.State{"conflict.competitor": pass, "conflict.category": pass, "conflict.exclusivity": pass}},
		"a rival":                 {&creator.Dossier{Partnerships: []creator.Partnership{bruno, {Brand: "Apple", During: planned}}}, asked, map[string]creator.State{"conflict.competitor": fail, "conflict.category": pass, "conflict.exclusivity": pass}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, states(tt.d, tt.r)); diff != "" {
				t.Errorf("states (-want +got):\n%s", diff)
			}
		})
	}
}

// The reasons say what was looked at, and what would help where that is nothing.
func TestReasonsOfConflictChecks(t *testing.T) {
	t.Parallel()
	work := &creator.Dossier{Partnerships: []creator.Partnership{{Brand: "Bruno Bikes", Categories: []string{"sport"}, During: planned}}}
	posts := &creator.Dossier{Posts: []creator.Post{post("p", "x")}}
	both := &creator.Dossier{Partnerships: work.Partnerships, Posts: posts.Posts}
	empty := &creator.Dossier{Origins: []creator.Origin{{Part: creator.PartPartnerships, CollectedAt: date(2026, 11, 1)}}}
	asked, none := demoRivalry(), safety.Rivalry{Brand: safety.Named("Demo")[0], Categories: []string{}, Competitors: safety.Named(), Promises: []safety.Promise{}}
	const unknown = "nothing is known that could answer this"
	wrong := demoRivalry()
	wrong.Competitors = safety.Named("")
	const mend = unknown + ": mend the rivalry, of which Validate says what is wrong"
	bound := demoRivalry()
	bound.Promises = []safety.Promise{{By: safety.ByCreator, Party: "Demo Glow", During: planned}}
	tests := map[string]struct {
		d    *creator.Dossier
		r    safety.Rivalry
		want [3]string // reasons, and what would help
	}{
		"nobody said":   {both, safety.Rivalry{Brand: none.Brand}, [3]string{unknown + ": name the competitors, or give an empty list where there are none", unknown + ": name the categories of the work, or give an empty list where none is kept free", unknown + ": ask both sides for the exclusivities in force, and give an empty list where there are none"}},
		"there is none": {both, none, [3]string{"the rivalry names no competitors", "the rivalry names no categories", "there are no promises"}},
		"no facts":      {nil, asked, [3]string{unknown + ": collect the creator's partnerships and posts of the look-back, and say where an empty list is from", unknown + ": collect the creator's partnerships with their categories, and say where an empty list is from", "there are no promises"}},
		"work":          {work, asked, [3]string{"no conflict in 1 partnership", "no conflict in 1 partnership", "there are no promises"}},
		"posts":         {posts, asked, [3]string{"no conflict in the handles, hashtags and listed brands of 1 post", unknown + ": collect the creator's partnerships with their categories, and say where an empty list is from", "there are no promises"}},
		"both":          {both, bound, [3]string{"no conflict in 1 partnership, and in the handles, hashtags and listed brands of 1 post", "no conflict in 1 partnership", "no conflict in 1 promise"}},
		"not valid":     {both, wrong, [3]string{mend, mend, mend}},
		"none so far":   {empty, asked, [3]string{"no conflict in a list of partnerships that is empty", "no conflict in a list of partnerships that is empty", "there are no promises"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got [3]string
			for i, c := range safety.CheckConflicts(tt.d, tt.r, date(2026, 11, 20)) {
				got[i] = c.Reason
				if c.State == open {
					got[i] += ": " + c.Findings[0].Fix
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConflictsThatAreNotShown(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{50: 50, 51: 51, 60: 51} {
		d := &creator.Dossier{Partnerships: slices.Repeat([]creator.Partnership{{Brand: "Apple", During: planned}}, n)}
		got := safety.CheckConflicts(d, demoRivalry(), planned.Start)[0].Findings
		last := got[len(got)-1]
		if more := fmt.Sprintf("%d more are among the conflicts", n-50); len(got) != want || (last.Code == "conflict.more") != (n > 50) || n > 50 && last.Message != more {
			t.Errorf("%d conflicts: %d findings, the last is %+v", n, len(got), last)
		}
	}
}

// A look-back beyond its bounds is taken for the bound, and the rivalry is not valid.
func TestLookbackOutOfBounds(t *testing.T) {
	t.Parallel()
	d := &creator.Dossier{Partnerships: []creator.Partnership{
		{Brand: "Apple", During: during(planned.Start.AddDate(0, 0, -5), planned.Start.AddDate(0, 0, -1))},
		{Brand: "Apple", During: during(planned.Start.AddDate(0, 0, -5000), planned.Start.AddDate(0, 0, -3650))},
		{Brand: "Apple", During: during(planned.Start.AddDate(0, 0, -5000), planned.Start.AddDate(0, 0, -3649))},
		{Brand: "Apple", During: planned},
	}}
	for days, want := range map[int]int{-100: 1, -1: 1, 0: 1, 3650: 3, 3651: 3, 1 << 40: 3} {
		r := demoRivalry()
		r.Lookback = days
		if got := safety.Conflicts(d, r, planned.Start); len(got) != want {
			t.Errorf("%d days: %d conflicts, want %d", days, len(got), want)
		}
	}
}

// One brand is written in many ways, and some names are of two brands.
func TestNamesOfBrands(t *testing.T) {
	t.Parallel()
	const blocker, warning = byline.Blocker, byline.Warning
	tests := map[string]struct {
		competitor, brand string
		want              byline.Severity
	}{
		"accents":                   {"L'Oréal", "LOREAL", blocker},
		"a typographic apostrophe":  {"L'Oréal", "l’oreal", blocker},
		"an umlaut as two":          {"Müller", "Mueller", blocker},
		"an umlaut as one":          {"Müller", "@muller", blocker},
		"two for an umlaut":         {"Mueller", "MÜLLER", blocker},
		"an umlaut of two runes":    {"Müller", "mu\u0308ller", blocker},
		"ä, ö and å":                {"Bä Bö Bå", "baeboebaa", blocker},
		"a stroke":                  {"Søstre", "@sostre", blocker},
		"a stroke as two":           {"Søstre", "soestre", blocker},
		"letters of their own":      {"Łæ Đœ Þð ı", "laedoethdi", blocker},
		"and":                       {"& Other Demos", "@andotherdemos", blocker},
		"and, left out":             {"& Other Demos", "other demos", blocker},
		"and, spelled out":          {"Demo and Demo", "Demo & Demo", blocker},
		"a plus":                    {"Demo + Co", "demoandco", blocker},
		"and with an umlaut":        {"Müller & Söhne", "muellerandsoehne", blocker},
		"another script":            {"資生堂", "資生堂", blocker},
		"full width":                {"Ｄｅｍｏ", "demo", blocker},
		"a line of the competitor":  {"L'Oréal", "Loreal Paris", warning},
		"a longer line":             {"Demo Sun", "Demo Sun Care for Kids", warning},
		"a known brand of its own":  {"Apple", "Apple Tree Bakery", ""},
		"our own line":              {"Demo", "Demo Glow", ""},
		"a name that begins alike":  {"Gap", "Gapminder", ""},
		"a competitor in the midst": {"Gap", "Mind the Gap", ""},
		"a name of signs":           {"Demo", "&", ""},
		"signs for signs":           {"and", "&", ""},
		"no name":                   {"Demo", "", ""},
		"too long when spelled out": {"a" + strings.Repeat("&", 400), "b" + strings.Repeat("&", 400), ""},
		"a name of 1025 bytes":      {"Demo", strings.Repeat("demo ", 205), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := safety.Rivalry{Brand: safety.Name{Name: "Demo Glow"}, Competitors: safety.Named(tt.competitor), Planned: planned, Known: []safety.Brand{{Name: safety.Name{Name: "apple tree bakery"}, Categories: []string{"food"}}}}
			d := &creator.Dossier{
				Partnerships: []creator.Partnership{{Brand: tt.brand, Commerce: creator.Sponsored, During: planned}},
				Posts:        []creator.Post{{ID: "p", Brands: []string{tt.brand}, Commerce: creator.Sponsored, PublishedAt: planned.Start}},
			}
			found := safety.Conflicts(d, r, planned.Start)
			if tt.want == "" && len(found) > 0 || tt.want != "" && (len(found) != 2 || found[0].Severity != tt.want || found[1].Severity != tt.want) {
				t.Errorf("got %+v", found)
			}
		})
	}
}

// Of two competitors that share a name the first by name is told, whichever is listed first.
func TestTwoCompetitorsOfOneName(t *testing.T) {
	t.Parallel()
	both := []safety.Name{{Name: "Bruno", Aliases: []string{"shared"}}, {Name: "Ada", Aliases: []string{"shared"}}}
	d := &creator.Dossier{Partnerships: []creator.Partnership{{Brand: "Shared", During: planned}}}
	known := []safety.Brand{{Name: both[0], Categories: []string{"beauty/b"}}, {Name: both[1], Categories: []string{"beauty/a"}}}
	for range 2 {
		slices.Reverse(both)
		slices.Reverse(known)
		sold := safety.Conflicts(d, safety.Rivalry{Brand: safety.Name{Name: "Demo"}, Categories: []string{"beauty"}, Known: known, Planned: planned}, planned.Start)
		if len(sold) != 1 || sold[0].Category != "beauty/a" || sold[0].Severity != byline.Blocker {
			t.Errorf("got %+v", sold)
		}
		got := safety.Conflicts(d, safety.Rivalry{Brand: safety.Name{Name: "Demo"}, Competitors: both, Planned: planned}, planned.Start)
		if len(got) != 1 || !strings.HasPrefix(got[0].Message, "work for the competitor Ada,") {
			t.Errorf("got %+v", got)
		}
	}
}

// A brand that is known for what it sells answers for partnerships without categories and
// for posts.
func TestKnownBrands(t *testing.T) {
	t.Parallel()
	known := []safety.Brand{
		{Name: safety.Name{Name: "Cleo", Aliases: []string{"cleo.cosmetics"}}, Categories: []string{"beauty/skincare/serum"}},
		{Name: safety.Name{Name: "Dario Store"}, Categories: []string{"food", "beauty/skincare"}},
		{Name: safety.Name{Name: "Hugo"}, Categories: []string{"beauty"}},
		{Name: safety.Name{Name: "Bruno Bikes"}, Categories: []string{"sport"}},
		{Name: safety.Name{Name: "demo glow"}, Categories: []string{"beauty/skincare"}},
		{Name: safety.Name{Name: "Apple Balms"}, Categories: []string{"beauty/skincare"}},
	}
	const blocker, warning, info = byline.Blocker, byline.Warning, byline.Info
	sponsored := func(brand string) creator.Partnership {
		return creator.Partnership{Brand: brand, Commerce: creator.Sponsored, During: planned}
	}
	shown := func(commerce creator.Commerce, text string, brands ...string) creator.Post {
		return creator.Post{ID: "p", PublishedAt: planned.Start, Commerce: commerce, Brands: brands, Text: text}
	}
	of := func(p creator.Partnership, categories ...string) creator.Partnership {
		p.Categories = categories
		return p
	}
	tests := map[string]struct {
		work []creator.Partnership
		post []creator.Post
		want []seen
	}{
		"sells this alone":       {[]creator.Partnership{sponsored("CLEO")}, nil, []seen{{"conflict.category", blocker, safety.DuringTerm}}},
		"sells other things too": {[]creator.Partnership{sponsored("Dario Store")}, nil, []seen{{"conflict.category", warning, safety.DuringTerm}}},
		"sells something wider":  {[]creator.Partnership{sponsored("Hugo")}, nil, []seen{{"conflict.category", warning, safety.DuringTerm}}},
		"sells something else":   {[]creator.Partnership{sponsored("Bruno Bikes")}, nil, nil},
		"nobody knows it":        {[]creator.Partnership{sponsored("Ema")}, nil, []seen{{"conflict.category", warning, safety.DuringTerm}}},
		"promoted another thing": {[]creator.Partnership{of(sponsored("Cleo"), "food")}, nil, nil},
		"promoted two things":    {[]creator.Partnership{of(sponsored("Dario Store"), "food", "beauty/skincare")}, nil, []seen{{"conflict.category", blocker, safety.DuringTerm}}},
		"is the brand itself":    {[]creator.Partnership{sponsored("Demo Glow")}, []creator.Post{shown(creator.Sponsored, "@demoglow", "Demo Glow")}, nil},
		"begins as a competitor": {[]creator.Partnership{sponsored("Apple Balms")}, nil, []seen{{"conflict.category", blocker, safety.DuringTerm}}},
		"may be a competitor, in the category": {[]creator.Partnership{of(sponsored("Apple Skin"), "beauty/skincare")}, nil,
			[]seen{{"conflict.category", blocker, safety.DuringTerm}, {"conflict.competitor", warning, safety.DuringTerm}}},
		"a sponsored post":       {nil, []creator.Post{shown(creator.Sponsored, "", "Cleo")}, []seen{{"conflict.category", blocker, safety.DuringTerm}}},
		"a post, sells more":     {nil, []creator.Post{shown(creator.Sponsored, "", "Dario Store")}, []seen{{"conflict.category", warning, safety.DuringTerm}}},
		"a post, nobody says":    {nil, []creator.Post{shown("", "", "Cleo")}, []seen{{"conflict.category", warning, safety.DuringTerm}}},
		"an organic post":        {nil, []creator.Post{shown(creator.Organic, "thanks @cleo.cosmetics")}, []seen{{"conflict.category", info, safety.DuringTerm}}},
		"a handle":               {nil, []creator.Post{shown(creator.Sponsored, "#cleo @cleo")}, []seen{{"conflict.category", warning, safety.DuringTerm}}},
		"a post, something else": {nil, []creator.Post{shown(creator.Sponsored, "@hugo_x", "Bruno Bikes", "Ema")}, nil},
		"a post, wider":          {nil, []creator.Post{shown(creator.Sponsored, "", "Hugo")}, []seen{{"conflict.category", warning, safety.DuringTerm}}},
		"a competitor after what may be of it": {nil, []creator.Post{shown(creator.Sponsored, "@apple", "Apple Music", "Apple", "Apple")},
			[]seen{{"conflict.competitor", blocker, safety.DuringTerm}, {"conflict.competitor", warning, safety.DuringTerm}}},
		"a post of both": {nil, []creator.Post{shown(creator.Sponsored, "", "Apple", "Cleo")},
			[]seen{{"conflict.category", blocker, safety.DuringTerm}, {"conflict.competitor", blocker, safety.DuringTerm}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, competitors := range [][]safety.Name{safety.Named("Apple"), nil} {
				r := demoRivalry()
				r.Known, r.Competitors = known, competitors
				want := slices.DeleteFunc(slices.Clone(tt.want), func(s seen) bool { return competitors == nil && s.Code == "conflict.competitor" })
				got := seenOf(safety.Conflicts(&creator.Dossier{Partnerships: tt.work, Posts: tt.post}, r, planned.Start))
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%d competitors, conflicts (-want +got):\n%s", len(competitors), diff)
				}
			}
		})
	}
}

func TestConflictsGolden(t *testing.T) {
	t.Parallel()
	d := &creator.Dossier{
		Profile: creator.Profile{ID: "ada"},
		Partnerships: []creator.Partnership{
			{Brand: "Loreal", Commerce: creator.Sponsored, During: during(date(2026, 9, 1), date(2026, 10, 1)), Source: "media kit"},
			{Brand: "Cleo Cosmetics", Categories: []string{"beauty"}, During: during(date(2026, 8, 1), time.Time{}), Source: "post"},
		},
		Posts: []creator.Post{{ID: "p7", Account: creator.Ref{Platform: byline.TikTok, Handle: "ada"}, PublishedAt: date(2026, 11, 1), Text: "apple pie with @apple music on", Commerce: creator.Organic}},
	}
	r := demoRivalry()
	r.Promises = []safety.Promise{{By: safety.ByCreator, Party: "Cleo Cosmetics", Categories: []string{"beauty"}, During: during(date(2026, 8, 1), date(2026, 12, 15)), Source: "agreement 7"}}
	found := safety.Conflicts(d, r, date(2026, 11, 20))
	data, err := json.MarshalIndent(struct {
		Conflicts []safety.Conflict
		Checks    []creator.Check
	}{found, safety.CheckConflicts(d, r, date(2026, 11, 20))}, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "conflicts.json", append(data, '\n'))
	data, err = json.Marshal(found)
	require.NoError(t, err)
	var back []safety.Conflict
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(found, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
	data, err = json.Marshal(r)
	require.NoError(t, err)
	var rivalry safety.Rivalry
	require.NoError(t, json.Unmarshal(data, &rivalry))
	if diff := cmp.Diff(r, rivalry); diff != "" {
		t.Errorf("round trip of the rivalry (-want +got):\n%s", diff)
	}
}

func TestOrderOfFactsPlaysNoPart(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		pick := func(from ...string) string { return from[r.IntN(len(from))] }
		when := func() time.Time { return date(2026, 6, 1).AddDate(0, 0, r.IntN(300)) }
		var d creator.Dossier
		for i := range 12 {
			d.Partnerships = append(d.Partnerships, creator.Partnership{
				Brand: pick("Apple", "loreal", "Cleo", "Demo Glow"), Categories: []string{pick("beauty", "beauty/skincare/x", "food")},
				During: during(when(), when()), Commerce: creator.Commerce(pick("organic", "sponsored", "")),
			})
			d.Posts = append(d.Posts, creator.Post{ID: fmt.Sprint(i), PublishedAt: when(), Text: pick("@apple", "#loreal", "x"), Brands: []string{pick("Apple", "x")}})
		}
		rivalry := demoRivalry()
		want := safety.Conflicts(&d, rivalry, date(2026, 11, 20))
		r.Shuffle(len(d.Posts), func(i, j int) { d.Posts[i], d.Posts[j] = d.Posts[j], d.Posts[i] })
		r.Shuffle(len(d.Partnerships), func(i, j int) { d.Partnerships[i], d.Partnerships[j] = d.Partnerships[j], d.Partnerships[i] })
		got := safety.Conflicts(&d, rivalry, date(2026, 11, 20))
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(safety.Conflict{}, "Path")); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
		rivalry.Lookback = 30
		if fewer := safety.Conflicts(&d, rivalry, date(2026, 11, 20)); len(fewer) > len(want) {
			t.Fatalf("seed %d: a shorter look-back finds more", seed)
		}
	}
}
