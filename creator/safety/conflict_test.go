package safety_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
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
		"a wider category":                 {inCategory("beauty"), category(byline.Warning)},
		"a sister":                         {inCategory("beauty/hair"), nil},
		"a name that begins alike":         {inCategory("beauty/skincare-tools"), nil},
		"no category":                      {inCategory(), category(byline.Warning)},
		"an id of the taxonomy":            {inCategory("553"), category(byline.Blocker)},
		"an id in a circle":                {inCategory("round"), nil},
		"no brand":                         {edit(func(p *creator.Partnership) { p.Brand = "?"; p.Categories = []string{"beauty/skincare"} }), category(byline.Warning)},
		"other markets":                    {edit(func(p *creator.Partnership) { p.Markets = []byline.Market{"US", "CA"} }), nil},
		"a shared market":                  {edit(func(p *creator.Partnership) { p.Markets = []byline.Market{"US", "DE"} }), competitor(byline.Blocker, safety.BeforeTerm)},
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
	bruno := creator.Partnership{Brand: "Bruno Bikes", Categories: []string{"sport"}, During: planned}
	tests := map[string]struct {
		d    *creator.Dossier
		r    safety.Rivalry
		want map[string]creator.State
	}{
		"nothing is known":      {nil, nobodyAsked, map[string]creator.State{"conflict.competitor": open, "conflict.category": open, "conflict.exclusivity": open}},
		"there are no promises": {nil, few, map[string]creator.State{"conflict.exclusivity": pass}},
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
