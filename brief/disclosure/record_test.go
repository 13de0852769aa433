package disclosure_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
	"github.com/bylinehq/byline/internal/promise"
)

func TestRules(t *testing.T) {
	t.Parallel()
	require.NoError(t, d.Validate(d.Rules()))
	require.NoError(t, d.Validate(standIns()))
	for _, r := range d.Rules() {
		if r.ReadAt.IsZero() {
			t.Errorf("%s does not say when it was read", r.ID)
		}
		if r.Confidence != byline.Recalled && r.Source == "not confirmed" {
			t.Errorf("%s is not confirmed and not recalled", r.ID)
		}
	}
}

// Who changes what it got changes nothing for the next.
func TestRulesAreTheCallers(t *testing.T) {
	t.Parallel()
	mine := d.Rules()
	mine[0].Label.Accepted[0].Text = "changed"
	mine[0].ID = "changed"
	if again := d.Rules(); again[0].ID == "changed" || again[0].Label.Accepted[0].Text == "changed" {
		t.Error("the built-in rules have changed")
	}
}

func day(y int, m time.Month, n int) time.Time { return time.Date(y, m, n, 0, 0, 0, 0, time.UTC) }

type faultCase struct {
	name string
	edit func(*d.Rule)
	path string
	code string
}

// faultCases break a good rule in one place each.
func faultCases() []faultCase {
	place := func(m d.Medium, p d.Place) func(*d.Rule) {
		return func(r *d.Rule) { r.Label.Place = map[d.Medium]d.Place{m: p} }
	}
	bands := func(list ...d.TimeBand) func(*d.Rule) {
		return func(r *d.Rule) { r.Time = &d.TimeDuty{Bands: list} }
	}
	return []faultCase{
		{"no id", func(r *d.Rule) { r.ID = " " }, "[0].id", "rule.id"},
		{"a market that is none", func(r *d.Rule) { r.Market = "UK" }, "[0].market", "rule.market"},
		{"an area that is none", func(r *d.Rule) { r.Market, r.Area = "", "EEA" }, "[0].area", "rule.market"},
		{"market and area", func(r *d.Rule) { r.Area = d.EU }, "[0].area", "rule.market"},
		{"no instrument", func(r *d.Rule) { r.Instrument = "" }, "[0].instrument", "rule.source"},
		{"no source", func(r *d.Rule) { r.Source = "" }, "[0].source", "rule.source"},
		{"no sentence", func(r *d.Rule) { r.Says = "" }, "[0].says", "rule.source"},
		{"no confidence", func(r *d.Rule) { r.Confidence = "" }, "[0].confidence", "rule.confidence"},
		{"no force", func(r *d.Rule) { r.Force = "strong" }, "[0].force", "rule.force"},
		{"the end before the start", func(r *d.Rule) { r.Effective = byline.Window{Start: day(2026, 2, 1), End: day(2026, 1, 1)} }, "[0].effective", "rule.window"},
		{"no midnight", func(r *d.Rule) { r.Effective.Start = day(2026, 2, 1).Add(time.Hour) }, "[0].effective", "rule.window"},
		{"an unknown tie", func(r *d.Rule) { r.Scope.Ties = []d.Tie{"love"} }, "[0].scope", "rule.scope"},
		{"an unknown medium", func(r *d.Rule) { r.Scope.Media = []d.Medium{"smell"} }, "[0].scope", "rule.scope"},
		{"a region elsewhere", func(r *d.Rule) { r.Scope.Regions = []string{"US-NY"} }, "[0].scope", "rule.scope"},
		{"a language with a region", func(r *d.Rule) { r.Scope.Languages = []string{"de-AT"} }, "[0].scope", "rule.scope"},
		{"a threshold below 0", func(r *d.Rule) { r.Scope.StaffMin = -1 }, "[0].scope", "rule.scope"},
		{"an empty category", func(r *d.Rule) { r.Scope.Categories = []d.Category{""} }, "[0].scope", "rule.scope"},
		{"no words", func(r *d.Rule) { r.Label.Accepted = nil }, "[0].label.accepted", "rule.label"},
		{"a wording without a word", func(r *d.Rule) { r.Label.Risky = labels("", "#!") }, "[0].label.risky[0]", "rule.label"},
		{"two brands", func(r *d.Rule) { r.Label.Accepted[0].Text = "{brand} and {brand}" }, "[0].label.accepted[0]", "rule.label"},
		{"a bare hashtag", func(r *d.Rule) { r.Label.Accepted = []d.Label{{Text: "#ad", Bare: true}} }, "[0].label.accepted[0]", "rule.label"},
		{"a wording of a region", func(r *d.Rule) { r.Label.Accepted[0].Language = "de-AT" }, "[0].label.accepted[0]", "rule.label"},
		{"a wording twice", func(r *d.Rule) { r.Label.Accepted = labels("", "#ad", "#AD") }, "[0].label.accepted[1]", "rule.label_twice"},
		{"a wording of unknown confidence", func(r *d.Rule) { r.Label.Accepted[0].Confidence = "sure" }, "[0].label.accepted[0]", "rule.confidence"},
		{"a tie of labels that is none", func(r *d.Rule) { r.Label.ByTie = []d.TieLabels{{Ties: []d.Tie{"love"}}} }, "[0].label.by_tie[0].ties", "rule.scope"},
		{"a toggle of unknown worth", func(r *d.Rule) { r.Label.ToggleSuffices = "" }, "[0].label.toggle_suffices", "rule.toggle"},
		{"a place in no medium", place("smell", d.Place{}), "[0].label.place", "rule.place"},
		{"a place below 0", place("", d.Place{FirstLines: -1}), "[0].label.place", "rule.place"},
		{"no bands", bands(), "[0].time.bands", "rule.bands"},
		{"an open band before another", bands(d.TimeBand{}, d.TimeBand{UpTo: 1}), "[0].time.bands[0]", "rule.bands"},
		{"bands that fall", bands(d.TimeBand{UpTo: 2}, d.TimeBand{UpTo: 1}), "[0].time.bands[1]", "rule.bands"},
		{"more than the whole", bands(d.TimeBand{Part: 1.1}), "[0].time.bands[0]", "rule.bands"},
		{"a part that is no number", bands(d.TimeBand{Part: math.NaN()}), "[0].time.bands[0]", "rule.bands"},
		{"a time below 0", bands(d.TimeBand{AtLeast: -1}), "[0].time.bands[0]", "rule.bands"},
		{"the length of a picture", func(r *d.Rule) { r.Time = &d.TimeDuty{Bands: []d.TimeBand{{}}, Media: []d.Medium{d.Image}} }, "[0].time.media", "rule.bands"},
		{"a toggle without a name", func(r *d.Rule) { r.Toggle = &d.ToggleDuty{} }, "[0].toggle.name", "rule.toggle"},
		{"a notice without words", func(r *d.Rule) { r.Notice = &d.NoticeDuty{} }, "[0].notice.accepted", "rule.label"},
		{"a gate that does nothing", func(r *d.Rule) { r.Gate = &d.GateDuty{} }, "[0].gate.effect", "rule.gate"},
		{"conditions without words", func(r *d.Rule) { r.Gate = &d.GateDuty{Effect: d.Conditions} }, "[0].gate.conditions", "rule.gate"},
		{"a permit without a name", func(r *d.Rule) { r.Permit = &d.PermitDuty{} }, "[0].permit.name", "rule.permit"},
	}
}

func faultsOf(t *testing.T, err error) (paths, codes []string) {
	t.Helper()
	if err == nil {
		return nil, nil
	}
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok {
		t.Fatalf("error is %v", err)
	}
	for _, f := range all.Fields {
		paths, codes = append(paths, f.Path), append(codes, f.Code)
	}
	return paths, codes
}

func TestValidate(t *testing.T) {
	t.Parallel()
	met := []string{"rule.overlap"} // TestOverlap
	for _, tt := range faultCases() {
		r := anywhere(d.LabelDuty{Accepted: labels("", "#ad")})
		tt.edit(&r)
		paths, codes := faultsOf(t, d.Validate([]d.Rule{r}))
		if !slices.Contains(codes, tt.code) || !slices.Contains(paths, tt.path) {
			t.Errorf("%s: faults are %v at %v", tt.name, codes, paths)
		}
		met = append(met, codes...)
	}
	slices.Sort(met)
	if diff := cmp.Diff(promise.Codes(t, "validate.go", "Validate"), slices.Compact(met)); diff != "" {
		t.Errorf("codes (-promised +produced):\n%s", diff)
	}
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	first, second := standIn("BE", "BE"), standIn("BE", "BE")
	first.Effective.End, second.Effective.Start = day(2026, 6, 1), day(2026, 6, 1)
	require.NoError(t, d.Validate([]d.Rule{second, first}))
	second.Effective.Start = day(2026, 5, 31)
	paths, codes := faultsOf(t, d.Validate([]d.Rule{second, first}))
	if diff := cmp.Diff([]string{"[1].effective", "rule.overlap"}, append(paths, codes...)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func ids(rules []d.Rule) []string {
	var all []string
	for _, r := range rules {
		all = append(all, r.ID)
	}
	return all
}

func TestMerge(t *testing.T) {
	t.Parallel()
	base := []d.Rule{standIn("A", "BE"), standIn("B", "BE"), standIn("B", "NL"), standIn("C", "BE")}
	own := []d.Rule{standIn("B", "DE"), standIn("D", "DE")}
	merged := d.Merge(base, own)
	if diff := cmp.Diff([]string{"B", "D", "A", "C"}, ids(merged)); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"A", "B", "B", "C"}, ids(base)); diff != "" {
		t.Errorf("the base has changed (-want +got):\n%s", diff)
	}
	if len(d.Merge(nil, nil)) != 0 {
		t.Error("nothing and nothing is something")
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	a, b, c := standIn("A", "BE"), standIn("B", "BE"), standIn("C", "BE")
	a.Effective = byline.Window{Start: day(2026, 1, 5), End: day(2026, 6, 1)}
	b.Effective.Start = day(2026, 1, 5)
	tests := map[string]struct {
		from, to time.Time
		want     []string
	}{
		"all, the undated never":     {time.Time{}, time.Time{}, []string{"+A", "+B", "-A"}},
		"the first day is in":        {day(2026, 1, 5), day(2026, 1, 6), []string{"+A", "+B"}},
		"the last day is not":        {day(2026, 1, 6), day(2026, 6, 1), nil},
		"the end":                    {day(2026, 6, 1), time.Time{}, []string{"-A"}},
		"nothing between later days": {day(2027, 1, 1), time.Time{}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, change := range d.Changes(tt.from, tt.to, []d.Rule{c, b, a}) {
				got = append(got, map[bool]string{true: "+", false: "-"}[change.Starts]+change.Rule.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTouched(t *testing.T) {
	t.Parallel()
	rule := standIn("KR.virtual", "KR")
	rule.Effective.Start = day(2026, 6, 1)
	rule.Scope.Marks, rule.Notice = []d.Mark{d.AIPerson}, &d.NoticeDuty{Accepted: labels("ko", "가상인물 포함")}
	post := func(m byline.Market, at time.Time, edits ...edit) d.Post {
		p := known(m, "ko", "")
		p.At = at
		with(edits...)(&p)
		return p
	}
	unknown := func(p *d.Post) { p.NoMark = false }
	posts := []d.Dated{
		{ID: "planned", Post: post("KR", day(2026, 7, 1), aiPerson)},
		{ID: "live", Post: post("KR", day(2026, 5, 1), aiPerson)},
		{ID: "some day", Post: post("KR", time.Time{}, aiPerson)},
		{ID: "gone", Post: post("KR", day(2026, 5, 1), aiPerson), Until: day(2026, 5, 2)},
		{ID: "unknown", Post: post("KR", day(2026, 7, 1), unknown)},
		{ID: "no virtual person", Post: post("KR", day(2026, 7, 1))},
		{ID: "elsewhere", Post: post("JP", day(2026, 7, 1), aiPerson)},
		{ID: "no tie", Post: post("KR", day(2026, 7, 1), aiPerson, func(p *d.Post) { p.Ties, p.NoTie = nil, true })},
	}
	type touch struct {
		ID      string
		Live    bool
		Missing []string
	}
	var got []touch
	for _, one := range d.Touched(d.Changes(day(2026, 5, 1), day(2026, 7, 1), []d.Rule{rule}), posts) {
		got = append(got, touch{one.ID, one.Live, one.Missing})
	}
	want := []touch{{"planned", false, nil}, {"live", true, nil}, {"some day", false, []string{"at"}}, {"unknown", false, []string{"marks.ai_person"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("touched (-want +got):\n%s", diff)
	}
}

// standInsAndUS are rules whose labels do not change with the records.
func standInsAndUS() []d.Rule {
	return append(standIns(), slices.DeleteFunc(d.Rules(), func(r d.Rule) bool { return r.Market != "US" })...)
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	rules := standInsAndUS()
	tests := map[string]struct {
		markets  []byline.Market
		language string
		edit     edit
		first    string
		where    string
		none     bool
	}{
		"Germany":                    {[]byline.Market{"DE"}, "de", nil, "Anzeige", "as the first words", false},
		"Italy needs the brand":      {[]byline.Market{"IT"}, "it", nil, "#Pubblicità", "before the text is cut off, among the first 3 hashtags", false},
		"Sweden in Swedish":          {[]byline.Market{"SE"}, "sv-FI", nil, "Reklam", "as the first words", false},
		"Sweden in English":          {[]byline.Market{"SE"}, "en", nil, "", "", true},
		"Germany and Sweden":         {[]byline.Market{"DE", "SE"}, "de", nil, "", "", true},
		"Ireland, a gift":            {[]byline.Market{"IE"}, "en", gifted(d.No), "#Ad", "as the first words", false},
		"America and Ireland":        {[]byline.Market{"US", "IE"}, "en", nil, "#Ad", "as the first words; within the first 3 lines, before the text is cut off, not behind other hashtags", false},
		"America, video":             {[]byline.Market{"US"}, "en", medium(d.Video, 5*time.Minute), "#ad", "in the video itself, both seen and spoken", false},
		"America, a gift":            {[]byline.Market{"US"}, "en", gifted(d.Yes), "#ad", "within the first 3 lines, before the text is cut off, not behind other hashtags", false},
		"no tie":                     {[]byline.Market{"US"}, "en", func(p *d.Post) { p.Ties, p.NoTie = nil, true }, "", "", true},
		"nowhere":                    {nil, "en", nil, "", "", true},
		"where there is no rule":     {[]byline.Market{"MN"}, "en", nil, "", "", true},
		"what is said and switched ": {[]byline.Market{"DE"}, "de", with(toggleOn, texts(words(0, "#ad"))), "Anzeige", "as the first words", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("", tt.language, "")
			p.Markets = tt.markets
			if tt.edit != nil {
				tt.edit(&p)
			}
			got := d.Suggest(p, rules)
			if tt.none {
				require.Empty(t, got)
				return
			}
			require.NotEmpty(t, got)
			if got[0].Label != tt.first || got[0].Where != tt.where || len(got[0].Rules) != len(tt.markets) {
				t.Errorf("first is %+v", got[0])
			}
		})
	}
}

// What is suggested does, at the beginning of the caption and on the picture.
func TestSuggestionsDo(t *testing.T) {
	t.Parallel()
	rules := standInsAndUS()
	for _, market := range []byline.Market{"US", "DE", "IT", "KR", "JP", "SE", "IE"} {
		for _, language := range []string{"en", "de", "it", "ko", "ja", "sv"} {
			for _, s := range d.Suggest(known(market, language, ""), rules) {
				p := known(market, language, s.Label+" "+strings.Repeat("und so weiter ", 50))
				if got, _ := worstOf(d.Evaluate(p, rules), market, "label"); got != d.NoKnownIssue {
					t.Errorf("%s in %s: %q is %s", market, language, s.Label, got)
				}
			}
		}
	}
}

func TestSurvivesJSON(t *testing.T) {
	t.Parallel()
	rules := append(standIns(), d.Rules()...)
	trip := func(in, out any) {
		t.Helper()
		raw, err := json.Marshal(in)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(raw, out))
	}
	var again []d.Rule
	trip(rules, &again)
	if diff := cmp.Diff(rules, again); diff != "" {
		t.Errorf("rules (-before +after):\n%s", diff)
	}
	for _, v := range vectors() {
		var post d.Post
		trip(v.post(rules), &post)
		if diff := cmp.Diff(v.post(rules), post); diff != "" {
			t.Errorf("post (-before +after):\n%s", diff)
		}
		before := d.Evaluate(post, rules)
		var after d.Assessment
		trip(before, &after)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("assessment (-before +after):\n%s", diff)
		}
	}
}
