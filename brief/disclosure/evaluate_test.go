package disclosure_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

func missing(paths ...string) answered { return answered{d.CannotDetermine, nil, paths} }

type answered struct {
	Status  d.Status
	Codes   []string
	Missing []string
}

// askDuty returns what the rule's duty answers, and nothing where it does not reach.
func askDuty(p d.Post, r d.Rule, duty string) *answered {
	for _, a := range d.Evaluate(p, []d.Rule{r}).Answers {
		if a.Duty != duty {
			continue
		}
		got := &answered{Status: a.Status, Missing: a.Missing}
		for _, f := range a.Findings {
			got.Codes = append(got.Codes, f.Code)
		}
		return got
	}
	return nil
}

type dutyCase struct {
	edit edit
	want *answered
}

func ok() *answered { return &answered{Status: d.NoKnownIssue} }

func fails(status d.Status, codes ...string) *answered {
	return &answered{Status: status, Codes: codes}
}

func lacks(paths ...string) *answered { a := missing(paths...); return &a }

func runDuty(t *testing.T, r d.Rule, duty string, tests map[string]dutyCase) {
	t.Helper()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("BE", "de", "neu")
			if tt.edit != nil {
				tt.edit(&p)
			}
			if diff := cmp.Diff(tt.want, askDuty(p, r, duty)); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

func words(frame int, text string) d.Passage {
	return d.Passage{Where: d.Overlay, Text: text, Frame: frame}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad"), Risky: labels("", "#sp"), Place: map[d.Medium]d.Place{d.Frame: {EachFrame: true, InContent: true}}})
	frames := func(n int, passages ...d.Passage) edit {
		return func(p *d.Post) { p.Medium, p.Frames, p.Texts = d.Frame, n, passages }
	}
	runDuty(t, r, "label", map[string]dutyCase{
		"on all":                    {frames(2, words(1, "#ad"), words(2, "#ad")), ok()},
		"on all at once":            {frames(7, words(0, "#ad")), ok()},
		"on all, how many unknown":  {frames(0, words(0, "#ad")), ok()},
		"on the first":              {frames(3, words(1, "#ad")), fails(d.Violation, "label.frame")},
		"on one of a thousand":      {frames(1000, words(1, "#ad")), fails(d.Violation, "label.frame")},
		"on none":                   {frames(2, words(1, "neu")), fails(d.Violation, "label.missing")},
		"how many is not known":     {frames(0, words(1, "#ad")), lacks("frames")},
		"open on one":               {frames(2, words(1, "#ad"), words(2, "#sp")), fails(d.Risk, "label.open")},
		"beside the story":          {frames(1, d.Passage{Where: d.Caption, Text: "#ad"}), fails(d.Violation, "label.not_in_content")},
		"of a frame that is not":    {frames(1, words(2, "#ad")), fails(d.Violation, "label.frame")},
		"not a story":               {with(frames(2, words(1, "#ad")), medium(d.Image, 0)), ok()},
		"nobody looked":             {with(frames(2, words(1, "neu")), func(p *d.Post) { p.Unread = []d.Where{d.Overlay} }), lacks("unread[0]")},
		"open, and nobody looked":   {with(frames(1, words(1, "#sp")), func(p *d.Post) { p.Unread = []d.Where{d.Overlay} }), lacks("unread[0]")},
		"the medium is not known":   {with(frames(2, words(1, "#ad")), medium("", 0)), lacks("medium")},
		"covered by the platform's": {frames(1, d.Passage{Where: d.Overlay, Text: "#ad", Hidden: true}), fails(d.Violation, "label.hidden")},
	})
}

func TestChannels(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "ad"), Place: map[d.Medium]d.Place{
		d.Video: {InContent: true, BothChannels: true, StartOfVideo: true, Repeated: true}, d.Live: {InContent: true, Repeated: true},
	}})
	said := func(text string, from time.Duration) d.Passage {
		return d.Passage{Where: d.Spoken, Text: text, Span: d.Span{From: from, To: from + time.Second}}
	}
	video := func(length time.Duration, passages ...d.Passage) edit {
		return with(medium(d.Video, length), texts(passages...))
	}
	const m = time.Minute
	runDuty(t, r, "label", map[string]dutyCase{
		"seen and heard":             {video(m, overlay("ad", 0, 0), said("this is an ad", 0)), ok()},
		"seen, and nobody speaks":    {video(m, overlay("ad", 0, 0)), ok()},
		"seen, and somebody speaks":  {video(m, overlay("ad", 0, 0), said("hello", 0)), fails(d.Risk, "label.one_channel")},
		"seen, nobody listened":      {with(video(m, overlay("ad", 0, 0)), func(p *d.Post) { p.Unread = []d.Where{d.Spoken} }), lacks("unread[0]")},
		"heard alone":                {video(m, said("an ad", 0)), fails(d.Risk, "label.one_channel")},
		"late":                       {video(m, overlay("ad", 20*time.Second, m)), fails(d.Risk, "label.late")},
		"before the middle":          {video(m, overlay("ad", 25*time.Second, m)), fails(d.Risk, "label.late")},
		"at the end":                 {video(m, overlay("ad", 50*time.Second, m)), fails(d.Violation, "label.late")},
		"once in a long one":         {video(9*m, overlay("ad", 0, 5*time.Second)), fails(d.Risk, "label.once")},
		"twice in a long one":        {video(9*m, overlay("ad", 0, 5*time.Second), overlay("ad", m, 2*m)), ok()},
		"for half of a long one":     {video(8*m, overlay("ad", 0, 4*m)), ok()},
		"once, length unknown":       {video(0, overlay("ad", 0, 5*time.Second)), lacks("length")},
		"once in a live":             {with(medium(d.Live, 0), texts(overlay("ad", 0, 5*time.Second))), fails(d.Violation, "label.once")},
		"all along a live":           {with(medium(d.Live, 0), texts(overlay("ad", 0, 0))), ok()},
		"when it is said is unknown": {video(m, d.Passage{Where: d.Spoken, Text: "an ad"}), lacks("texts[0].span")},
	})
}

func TestTime(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "ad"), ToggleSuffices: d.Enough})
	r.Time = &d.TimeDuty{Bands: []d.TimeBand{
		{UpTo: 15 * time.Second, AtLeast: 3 * time.Second, Confidence: byline.Recalled}, {UpTo: 2*time.Minute - 1, Part: 1. / 3}, {Promoted: true},
	}}
	const s = time.Second
	video := func(length time.Duration, passages ...d.Passage) edit {
		return with(medium(d.Video, length), texts(passages...))
	}
	promoted := func(from, to time.Duration) edit { return func(p *d.Post) { p.Promoted = d.Span{From: from, To: to} } }
	runDuty(t, r, "time", map[string]dutyCase{
		"a third":                     {video(60*s, overlay("ad", 0, 20*s)), ok()},
		"less than a third":           {video(60*s, overlay("ad", 0, 20*s-1)), fails(d.Violation, "time.short")},
		"a third in parts":            {video(60*s, overlay("ad", 0, 10*s), overlay("ad", 50*s, 60*s)), ok()},
		"parts that overlap":          {video(60*s, overlay("ad", 0, 10*s), overlay("ad", 5*s, 15*s)), fails(d.Violation, "time.short")},
		"beyond the end":              {video(60*s, overlay("ad", 50*s, 90*s)), fails(d.Violation, "time.short")},
		"the span of other words":     {video(60*s, overlay("ad", 0, s), overlay("neu", 0, 60*s)), fails(d.Violation, "time.short")},
		"a short one":                 {video(15*s, overlay("ad", 0, 3*s)), ok()},
		"a short one by a recalled":   {video(15*s, overlay("ad", 0, 2*s)), fails(d.Risk, "time.short")},
		"just longer":                 {video(15*s+1, overlay("ad", 0, 3*s)), fails(d.Violation, "time.short")},
		"two minutes, the whole":      {video(120*s, overlay("ad", 0, 120*s)), ok()},
		"two minutes, a third":        {video(120*s, overlay("ad", 0, 40*s)), fails(d.Violation, "time.short")},
		"the promoted part":           {with(video(600*s, overlay("ad", 100*s, 160*s)), promoted(100*s, 160*s)), ok()},
		"beside the promoted part":    {with(video(600*s, overlay("ad", 0, 100*s)), promoted(100*s, 160*s)), fails(d.Violation, "time.short")},
		"all along":                   {video(0, overlay("ad", 0, 0)), ok()},
		"the length is not known":     {video(0, overlay("ad", 0, s)), lacks("length")},
		"when it is said is unknown":  {video(60*s, d.Passage{Where: d.Spoken, Text: "ad"}), lacks("texts[0].span")},
		"none":                        {video(60*s, overlay("neu", 0, 0)), fails(d.Violation, "time.short")},
		"the platform's instead":      {with(video(60*s, overlay("neu", 0, 0)), toggleOn), ok()},
		"beside it, in the caption":   {video(60*s, d.Passage{Where: d.Caption, Text: "ad"}), ok()},
		"beside it, in the title":     {video(60*s, d.Passage{Where: d.Title, Text: "ad"}), ok()},
		"below it, behind a click":    {video(60*s, d.Passage{Where: d.Description, Text: "ad"}), fails(d.Violation, "time.short")},
		"a picture has no length":     {texts(words(0, "ad")), nil},
		"a span that runs backwards":  {video(60*s, overlay("ad", 30*s, 0)), fails(d.Violation, "time.short")},
		"a length that is below zero": {video(-s, overlay("ad", 0, s)), lacks("length")},
	})
}

func TestScopes(t *testing.T) {
	t.Parallel()
	gate := func(s d.Scope) d.Rule {
		r := standIn("BE.gate", "BE")
		r.Scope, r.Gate = s, &d.GateDuty{Effect: d.Ban}
		return r
	}
	banned := fails(d.Violation, "gate.banned")
	tests := map[string]struct {
		scope d.Scope
		edit  edit
		want  *answered
	}{
		"all":                         {d.Scope{}, nil, banned},
		"a tie":                       {d.Scope{Ties: []d.Tie{d.Paid}}, nil, banned},
		"another tie":                 {d.Scope{Ties: []d.Tie{d.Loan}}, nil, nil},
		"no tie known":                {d.Scope{Ties: []d.Tie{d.Loan}}, func(p *d.Post) { p.Ties = nil }, lacks("ties")},
		"no tie":                      {d.Scope{}, func(p *d.Post) { p.Ties, p.NoTie = nil, true }, nil},
		"controlled":                  {d.Scope{Control: []d.Tie{d.Paid}}, nil, banned},
		"not controlled":              {d.Scope{Control: []d.Tie{d.Paid}}, func(p *d.Post) { p.Control = d.No }, nil},
		"control not known":           {d.Scope{Control: []d.Tie{d.Paid}}, func(p *d.Post) { p.Control = "" }, lacks("control")},
		"a tie outweighs none":        {d.Scope{}, func(p *d.Post) { p.NoTie = true }, banned},
		"control of another tie":      {d.Scope{Control: []d.Tie{d.Loan}}, func(p *d.Post) { p.Control = "" }, banned},
		"a platform":                  {d.Scope{Platforms: []byline.Platform{byline.Instagram}}, nil, banned},
		"another platform":            {d.Scope{Platforms: []byline.Platform{byline.X}}, nil, nil},
		"no platform":                 {d.Scope{Platforms: []byline.Platform{byline.X}}, func(p *d.Post) { p.Platform = "" }, lacks("platform")},
		"a medium":                    {d.Scope{Media: []d.Medium{d.Image}}, nil, banned},
		"another medium":              {d.Scope{Media: []d.Medium{d.Audio}}, nil, nil},
		"a language":                  {d.Scope{Languages: []string{"de"}}, nil, banned},
		"a part of a language":        {d.Scope{Languages: []string{"de"}}, func(p *d.Post) { p.Language = "de-AT" }, banned},
		"another language":            {d.Scope{Languages: []string{"nl"}}, nil, nil},
		"no category":                 {d.Scope{Categories: []d.Category{d.Alcohol}}, nil, nil},
		"category not known":          {d.Scope{Categories: []d.Category{d.Alcohol}}, func(p *d.Post) { p.NoCategory = false }, lacks("categories")},
		"the category":                {d.Scope{Categories: []d.Category{d.Alcohol}}, category(d.Alcohol), banned},
		"another category":            {d.Scope{Categories: []d.Category{d.Alcohol}}, category(d.CFD), nil},
		"the mark":                    {d.Scope{Marks: []d.Mark{d.AIPerson}}, aiPerson, banned},
		"no mark":                     {d.Scope{Marks: []d.Mark{d.AIPerson}}, nil, nil},
		"mark not known":              {d.Scope{Marks: []d.Mark{d.AIPerson}}, func(p *d.Post) { p.NoMark = false }, lacks("marks.ai_person")},
		"staff at the threshold":      {d.Scope{StaffMin: 250}, staff(250), banned},
		"staff below":                 {d.Scope{StaffMin: 250}, staff(249), nil},
		"staff not known":             {d.Scope{StaffMin: 250}, func(p *d.Post) { p.Staff = nil }, lacks("staff")},
		"followers below":             {d.Scope{FollowersMin: 500_000}, nil, nil},
		"followers not known":         {d.Scope{FollowersMin: 500_000}, func(p *d.Post) { p.Followers = nil }, lacks("followers")},
		"no minors":                   {d.Scope{Minors: 18}, nil, nil},
		"none under 18, so under 13":  {d.Scope{Minors: 13}, nil, nil},
		"under 13, so under 18":       {d.Scope{Minors: 18}, func(p *d.Post) { p.Minors = map[int]d.Known{13: d.Yes} }, banned},
		"none under 13 says no more":  {d.Scope{Minors: 18}, func(p *d.Post) { p.Minors = map[int]d.Known{13: d.No} }, lacks("minors.18")},
		"the region":                  {d.Scope{Regions: []string{"BE-BRU"}}, func(p *d.Post) { p.Regions = []string{"BE-BRU"} }, banned},
		"another region":              {d.Scope{Regions: []string{"BE-BRU"}}, func(p *d.Post) { p.Regions = []string{"BE-VLG"} }, nil},
		"region not known":            {d.Scope{Regions: []string{"BE-BRU"}}, nil, lacks("regions")},
		"one no outweighs an unknown": {d.Scope{Media: []d.Medium{d.Audio}, Regions: []string{"BE-BRU"}}, nil, nil},
		"two unknown":                 {d.Scope{StaffMin: 1, Regions: []string{"BE-BRU"}}, func(p *d.Post) { p.Staff = nil }, lacks("regions", "staff")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("BE", "de", "neu")
			if tt.edit != nil {
				tt.edit(&p)
			}
			if diff := cmp.Diff(tt.want, askDuty(p, gate(tt.scope), "gate")); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// Where the duty is fulfilled anyway, it does not matter whether it is one.
func TestFulfilledAnyway(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad")})
	r.Scope.Ties = []d.Tie{d.Paid}
	p := known("BE", "de", "#ad neu")
	p.Ties = nil
	if diff := cmp.Diff(ok(), askDuty(p, r, "label")); diff != "" {
		t.Errorf("with a label (-want +got):\n%s", diff)
	}
	p.Texts[0].Text = "neu"
	if diff := cmp.Diff(lacks("ties"), askDuty(p, r, "label")); diff != "" {
		t.Errorf("without (-want +got):\n%s", diff)
	}
}

func TestSimpleDuties(t *testing.T) {
	t.Parallel()
	check := func(id string, is d.Known) edit { return func(p *d.Post) { p.Checks = map[string]d.Known{id: is} } }
	rule := func(edit func(*d.Rule)) d.Rule { r := standIn("BE", "BE"); edit(&r); return r }
	toggle := rule(func(r *d.Rule) { r.Toggle = &d.ToggleDuty{Name: "Paid partnership"} })
	permit := rule(func(r *d.Rule) { r.Permit = &d.PermitDuty{Name: "permit", Visible: true} })
	gate := rule(func(r *d.Rule) { r.Gate = &d.GateDuty{Effect: d.Conditions, Conditions: "adults only"} })
	shown := rule(func(r *d.Rule) { r.Gate = &d.GateDuty{Effect: d.Credentials, Conditions: "a registration"} })
	notice := rule(func(r *d.Rule) {
		r.Notice = &d.NoticeDuty{Accepted: labels("de", "Virtuelles Bild"), Place: map[d.Medium]d.Place{"": {InContent: true}}}
	})
	none := func(p *d.Post) { p.Toggle = "" }
	for _, tt := range []struct {
		name, duty string
		rule       d.Rule
		edit       edit
		want       *answered
	}{
		{"toggle on", "toggle", toggle, toggleOn, ok()},
		{"toggle off", "toggle", toggle, nil, fails(d.Violation, "toggle.off")},
		{"toggle not known", "toggle", toggle, none, lacks("toggle")},
		{"permit shown", "permit", permit, check("BE.permit", d.Yes), ok()},
		{"no permit", "permit", permit, check("BE.permit", d.No), fails(d.Violation, "permit.missing")},
		{"permit not known", "permit", permit, nil, lacks("checks[BE.permit]")},
		{"conditions met", "gate", gate, check("BE.gate", d.Yes), ok()},
		{"conditions not met", "gate", gate, check("BE.gate", d.No), fails(d.Violation, "gate.conditions")},
		{"conditions of another rule", "gate", gate, check("NL.gate", d.Yes), lacks("checks[BE.gate]")},
		{"no credentials", "gate", shown, check("BE.gate", d.No), fails(d.Violation, "gate.credentials")},
		{"no notice", "notice", notice, nil, fails(d.Violation, "notice.missing")},
		{"notice elsewhere", "notice", notice, func(p *d.Post) { p.Texts[0].Text = "Virtuelles Bild" }, fails(d.Violation, "notice.place")},
		{"notice of another language", "notice", notice, with(texts(words(0, "Virtuelles Bild")), func(p *d.Post) { p.Language = "nl" }), fails(d.Risk, "notice.unclear")},
		{"notice", "notice", notice, texts(words(0, "virtuelles bild")), ok()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			runDuty(t, tt.rule, tt.duty, map[string]dutyCase{"": {tt.edit, tt.want}})
		})
	}
}

func TestToggleInPlaceOfWords(t *testing.T) {
	t.Parallel()
	unknown := func(p *d.Post) { p.Toggle = "" }
	alone, none := fails(d.Risk, "label.toggle_alone"), fails(d.Violation, "label.missing")
	tests := map[string]struct {
		worth d.Sufficiency
		edit  edit
		want  *answered
	}{
		"enough":                  {d.Enough, toggleOn, ok()},
		"enough, off":             {d.Enough, nil, none},
		"enough, not known":       {d.Enough, unknown, lacks("toggle")},
		"enough elsewhere":        {d.Enough, with(toggleOn, func(p *d.Post) { p.Platform = byline.TikTok }), alone},
		"not enough":              {d.NotEnough, toggleOn, alone},
		"not enough, and unknown": {d.NotEnough, unknown, none},
		"conditional":             {d.Conditional, toggleOn, alone},
		"not stated":              {d.NotStated, toggleOn, alone},
		"both are asked":          {d.Both, toggleOn, none},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := anywhere(d.LabelDuty{Accepted: labels("", "#ad"), ToggleSuffices: tt.worth, TogglePlatforms: []byline.Platform{byline.Instagram}})
			runDuty(t, r, "label", map[string]dutyCase{"": {tt.edit, tt.want}})
		})
	}
}

func TestTies(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad"), Rejected: labels("", "#gifted"), ByTie: []d.TieLabels{
		{Ties: []d.Tie{d.GiftUnsolicited, d.Event}, Accepted: labels("", "#gifted"), Uncontrolled: true},
	}})
	ties := func(control d.Known, ties ...d.Tie) edit {
		return func(p *d.Post) { p.Ties, p.Control, p.Texts[0].Text = ties, control, "#gifted" }
	}
	runDuty(t, r, "label", map[string]dutyCase{
		"a gift":                    {ties(d.No, d.GiftUnsolicited), ok()},
		"a gift and an event":       {ties(d.No, d.GiftUnsolicited, d.Event), ok()},
		"a gift and pay":            {ties(d.No, d.GiftUnsolicited, d.Paid), fails(d.Violation, "label.inadequate")},
		"with a say":                {ties(d.Yes, d.GiftUnsolicited), fails(d.Violation, "label.inadequate")},
		"nobody knows of a say":     {ties("", d.GiftUnsolicited), lacks("control")},
		"nobody knows of any tie":   {ties(d.No), lacks("ties")},
		"more than it needs":        {with(ties("", d.GiftUnsolicited), texts(d.Passage{Where: d.Caption, Text: "#ad"})), ok()},
		"pay, and the word of pay":  {with(ties(d.Yes, d.Paid), texts(d.Passage{Where: d.Caption, Text: "#ad"})), ok()},
		"nothing, nobody knows why": {with(ties("", d.GiftUnsolicited), texts(d.Passage{Where: d.Caption, Text: "neu"})), fails(d.Violation, "label.missing")},
	})
}

func TestBrandsNotKnown(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: append(labels("", "#{brand}Partner", "Reklam för {brand}"), d.Label{Text: "#adv", Companion: true})})
	says := func(text string) edit { return func(p *d.Post) { p.Brands, p.Texts[0].Text = nil, text } }
	runDuty(t, r, "label", map[string]dutyCase{
		"may be the brand":  {says("#ZenithPartner"), lacks("brands")},
		"may be its name":   {says("Reklam för Zenith"), lacks("brands")},
		"may stand beside":  {says("#adv #zenith"), lacks("brands")},
		"cannot be a label": {says("Zenith"), fails(d.Violation, "label.missing")},
		"no brand in it":    {says("#partner"), fails(d.Violation, "label.missing")},
	})
}

func TestRecalledOnlyWarns(t *testing.T) {
	t.Parallel()
	unsure := anywhere(d.LabelDuty{Accepted: []d.Label{{Text: "#ad", Confidence: byline.Recalled}}})
	runDuty(t, unsure, "label", map[string]dutyCase{
		"none of words that are recalled": {nil, fails(d.Risk, "label.missing")},
		"one of them":                     {func(p *d.Post) { p.Texts[0].Text = "#ad" }, fails(d.NoKnownIssue, "label.unconfirmed")},
	})
	for _, r := range standIns() {
		r.Market, r.Confidence, r.Effective = "BE", byline.Recalled, byline.Window{}
		p := known("BE", "de", "#gifted sponsored")
		p.Categories, p.Checks = []d.Category{d.HFSS, d.Tips}, map[string]d.Known{r.ID + ".permit": d.No}
		aiPerson(&p)
		answers := d.Evaluate(p, []d.Rule{r}).Answers
		if len(answers) == 0 {
			t.Errorf("%s does not answer", r.ID)
		}
		for _, a := range answers {
			if a.Status == d.Violation {
				t.Errorf("%s is recalled and blocks: %+v", a.ID(), a.Findings)
			}
		}
	}
}

// The day is the one on the audience's clock, to the minute.
func TestDays(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad")})
	r.Effective = byline.Window{Start: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	tokyo, honolulu := time.FixedZone("", 9*3600), time.FixedZone("", -10*3600)
	tests := map[string]struct {
		at   time.Time
		want bool
	}{
		"the minute before":        {time.Date(2026, 1, 4, 23, 59, 0, 0, time.UTC), false},
		"the minute":               {time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), true},
		"midnight in the east":     {time.Date(2026, 1, 5, 0, 0, 0, 0, tokyo), true},
		"the evening before there": {time.Date(2026, 1, 4, 23, 59, 0, 0, tokyo), false},
		"the evening in the west":  {time.Date(2026, 1, 4, 23, 59, 0, 0, honolulu), false},
		"the last day":             {time.Date(2026, 5, 31, 23, 59, 0, 0, honolulu), true},
		"the day of the end":       {time.Date(2026, 6, 1, 0, 0, 0, 0, tokyo), false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("BE", "de", "neu")
			p.At = tt.at
			if got := askDuty(p, r, "label") != nil; got != tt.want {
				t.Errorf("in force is %t", got)
			}
		})
	}
}

func TestMarkets(t *testing.T) {
	t.Parallel()
	at := func(markets ...byline.Market) d.Post { p := known("", "de", "neu"); p.Markets = markets; return p }
	area := standIn("EU", "")
	area.Area, area.Label = d.EU, &d.LabelDuty{Accepted: labels("", "#ad"), ToggleSuffices: d.NotStated}
	mine := standIn("DE", "DE")
	mine.Label = &d.LabelDuty{Accepted: labels("", "Anzeige"), ToggleSuffices: d.NotStated}
	platform := standIn("instagram", "")
	platform.Scope.Platforms, platform.Toggle = []byline.Platform{byline.Instagram}, &d.ToggleDuty{Name: "Paid partnership"}
	france := standIn("FR", "FR")
	france.Gate = &d.GateDuty{Effect: d.Ban}
	tests := map[string]struct {
		post        d.Post
		answers     []string
		unruled     []byline.Market
		missingFact []string
	}{
		"the area's":         {at("AT"), []string{"EU.label", "instagram.toggle"}, nil, nil},
		"the market's own":   {at("DE"), []string{"DE.label", "instagram.toggle"}, nil, nil},
		"both":               {at("DE", "AT"), []string{"DE.label", "EU.label", "instagram.toggle"}, nil, nil},
		"twice is once":      {at("DE", "DE"), []string{"DE.label", "instagram.toggle"}, nil, nil},
		"a gate is no label": {at("FR"), []string{"EU.label", "FR.gate", "instagram.toggle"}, nil, nil},
		"overseas":           {at("GP"), []string{"EU.label", "FR.gate", "instagram.toggle"}, nil, nil},
		"no rule":            {at("US", "AT"), []string{"EU.label", "instagram.toggle"}, []byline.Market{"US"}, nil},
		"no market":          {at(), nil, nil, []string{"markets"}},
		"no day":             {func() d.Post { p := at("DE"); p.At = time.Time{}; return p }(), nil, nil, []string{"at"}},
		"nothing":            {d.Post{}, nil, nil, []string{"at", "markets"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := d.Evaluate(tt.post, []d.Rule{area, mine, platform, france})
			var ids []string
			for _, a := range got.Answers {
				ids = append(ids, a.ID())
			}
			if diff := cmp.Diff(tt.answers, ids); diff != "" {
				t.Errorf("answers (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.unruled, got.Unruled); diff != "" {
				t.Errorf("unruled (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.missingFact, got.Missing); diff != "" {
				t.Errorf("missing (-want +got):\n%s", diff)
			}
		})
	}
}

// Without a rule for a market nothing is known, however good the rest is.
func TestStatusOfUnruled(t *testing.T) {
	t.Parallel()
	p := known("BE", "de", "#ad")
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad")})
	if got := d.Evaluate(p, []d.Rule{r}).Status; got != d.NoKnownIssue {
		t.Errorf("with a rule: %s", got)
	}
	p.Markets = append(p.Markets, "MN")
	if got := d.Evaluate(p, []d.Rule{r}).Status; got != d.CannotDetermine {
		t.Errorf("without: %s", got)
	}
	p.Texts[0].Text = "neu"
	if got := d.Evaluate(p, []d.Rule{r}).Status; got != d.Violation {
		t.Errorf("with a violation: %s", got)
	}
}
