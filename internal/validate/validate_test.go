package validate_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

type fault = byline.FieldError

type deliverable struct {
	Kind  string    `json:"kind" validate:"required,oneof=post story 'live stream'"`
	DueAt time.Time `json:"due_at" validate:"required"`
	Posts int       `json:"posts" validate:"min=1,max=10"`
}

type contact struct {
	Email string `json:"email" validate:"omitempty,email"`
}

type plan struct {
	contact                              // JSON lifts its fields
	Title        string                  `json:"title" validate:"required,min=3,max=8"`
	Deliverables []deliverable           `json:"deliverables" validate:"min=1,max=5,dive"`
	Tags         map[string]string       `json:"tags,omitempty" validate:"dive,keys,max=9,endkeys,required"`
	ByMarket     map[string]*deliverable `json:"by_market" validate:"dive"`
	Budget       byline.Money            `json:"budget"`
}

func goodDeliverable() deliverable {
	return deliverable{Kind: "live stream", DueAt: time.Unix(1, 0), Posts: 1}
}

func TestStructPaths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		edit func(*plan)
		want []*fault
	}{
		{"nothing wrong", func(*plan) {}, nil},
		{
			"the field itself", func(p *plan) { p.Title = "" },
			[]*fault{{Path: "title", Code: "required", Message: "a value is required"}},
		},
		{
			"the whole slice", func(p *plan) { p.Deliverables = nil },
			[]*fault{{Path: "deliverables", Code: "min", Message: "must have at least 1 entry"}},
		},
		{
			"inside a slice", func(p *plan) {
				p.Deliverables = []deliverable{goodDeliverable(), goodDeliverable(), goodDeliverable()}
				p.Deliverables[2].DueAt = time.Time{}
			},
			[]*fault{{Path: "deliverables[2].due_at", Code: "required", Message: "a value is required"}},
		},
		{
			"a map's value", func(p *plan) { p.Tags = map[string]string{"abc": ""} },
			[]*fault{{Path: "tags[abc]", Code: "required", Message: "a value is required"}},
		},
		{
			"a map's key", func(p *plan) { p.Tags = map[string]string{"abcdefghij": "x"} },
			[]*fault{{Path: "tags[abcdefghij]", Code: "max", Message: "must have at most 9 characters"}},
		},
		{
			"inside a map", func(p *plan) {
				p.ByMarket = map[string]*deliverable{"DE": {Kind: "post", DueAt: time.Unix(1, 0), Posts: 11}}
			},
			[]*fault{{Path: "by_market[DE].posts", Code: "max", Message: "must be at most 10"}},
		},
		{
			"inside an embedded struct", func(p *plan) { p.Email = "nobody" },
			[]*fault{{Path: "email", Code: "email", Message: "not an e-mail address"}},
		},
		{
			"all at once, in the order of the fields", func(p *plan) {
				p.Email, p.Title, p.Deliverables[0].Kind, p.Deliverables[0].Posts = "nobody", "ab", "reel", 0
			},
			[]*fault{
				{Path: "email", Code: "email", Message: "not an e-mail address"},
				{Path: "title", Code: "min", Message: "must have at least 3 characters"},
				{Path: "deliverables[0].kind", Code: "oneof", Message: `must be one of "post", "story", "live stream"`},
				{Path: "deliverables[0].posts", Code: "min", Message: "must be at least 1"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := plan{Title: "Spring", Deliverables: []deliverable{goodDeliverable()}}
			tt.edit(&p)
			if diff := cmp.Diff(tt.want, validate.Struct(p)); diff != "" {
				t.Errorf("by value: faults mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, validate.Struct(&p)); diff != "" {
				t.Errorf("by pointer: faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

type page[T any] struct {
	Items []T `json:"items" validate:"required"`
}

func TestStructTypeNames(t *testing.T) {
	t.Parallel()
	type secretive struct {
		Hidden  string `json:"-" validate:"required"`
		Unnamed string `validate:"required"`
	}
	tests := []struct {
		name string
		in   any
		want []string
	}{
		{"a generic type, whose name has dots", page[byline.Money]{}, []string{"items"}},
		{
			"an anonymous struct, which has no name",
			struct {
				Inner struct {
					Name string `json:"name" validate:"required"`
				} `json:"inner"`
			}{},
			[]string{"inner.name"},
		},
		{
			"a field that JSON hides stands at its parent",
			struct {
				In secretive `json:"in"`
			}{},
			[]string{"in", "in.Unnamed"},
		},
		{"a hidden field at the top is the value as a whole", secretive{Unnamed: "x"}, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, paths(validate.Struct(tt.in))); diff != "" {
				t.Errorf("paths mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func paths(faults []*fault) []string {
	var list []string
	for _, f := range faults {
		list = append(list, f.Path)
	}
	return list
}

func TestStructNotAStruct(t *testing.T) {
	t.Parallel()
	var nilPlan *plan
	pointer := &plan{}
	tests := map[string]any{
		"nil": nil, "a nil pointer": nilPlan, "a pointer to a pointer": &pointer, "a slice": []plan{{}},
		"a map": map[string]plan{}, "text": "x", "a number": 1, "a time": time.Unix(1, 0), "a function": func() {},
	}
	want := []*fault{{Code: "invalid", Message: "nothing to check: not a struct"}}
	for name, in := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(want, validate.Struct(in)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOwnTags(t *testing.T) {
	t.Parallel()
	type words struct {
		Currency byline.Currency  `json:"currency" validate:"currency"`
		Market   byline.Market    `json:"market" validate:"market"`
		Platform *byline.Platform `json:"platform" validate:"omitempty,platform"`
		Also     []byline.Market  `json:"also" validate:"dive,market"`
		Maybe    string           `json:"maybe" validate:"omitempty,currency"`
	}
	tests := []struct {
		name string
		in   words
		want []*fault
	}{
		{"known", words{Currency: "KWD", Market: "JP", Platform: new(byline.TikTok), Also: []byline.Market{"DE"}}, nil},
		{
			"unknown",
			words{"EURO", "UK", new(byline.Platform("myspace")), []byline.Market{"DE", "XX"}, "???"},
			[]*fault{
				{Path: "currency", Code: "currency", Message: "not an ISO 4217 currency code"},
				{Path: "market", Code: "market", Message: "not an ISO 3166-1 country code"},
				{Path: "platform", Code: "platform", Message: "not a platform this version knows"},
				{Path: "also[1]", Code: "market", Message: "not an ISO 3166-1 country code"},
				{Path: "maybe", Code: "currency", Message: "not an ISO 4217 currency code"},
			},
		},
		{"lower case is another word", words{Currency: "eur", Market: "DE"}, []*fault{
			{Path: "currency", Code: "currency", Message: "not an ISO 4217 currency code"},
		}},
		{"empty is not known", words{Market: "DE"}, []*fault{
			{Path: "currency", Code: "currency", Message: "not an ISO 4217 currency code"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, validate.Struct(tt.in)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOwnTagsOnANumber(t *testing.T) {
	t.Parallel()
	in := struct {
		Currency int `json:"currency" validate:"currency"`
	}{978}
	if got := validate.Struct(in); len(got) != 1 {
		t.Errorf("faults = %v, want one: a number is no currency", got)
	}
}

func TestRequiredMoney(t *testing.T) {
	t.Parallel()
	type fee struct {
		Amount byline.Money `json:"amount" validate:"required"`
	}
	if diff := cmp.Diff([]string{"amount"}, paths(validate.Struct(fee{}))); diff != "" {
		t.Errorf("no money: paths mismatch (-want +got):\n%s", diff)
	}
	if got := validate.Struct(fee{byline.Minor(0, byline.EUR)}); got != nil {
		t.Errorf("zero euros are an amount, got %v", got)
	}
}

// Every kind of message, with a value and Go names that must not show in it.
func TestMessages(t *testing.T) {
	t.Parallel()
	const leak = "LEAKED"
	type sample struct {
		GoName  string         `json:"a" validate:"len=3"`
		List    []string       `json:"b" validate:"lt=1"`
		Pairs   map[string]int `json:"c" validate:"len=2"`
		Number  int            `json:"d" validate:"gt=5"`
		Share   float64        `json:"e" validate:"lte=0.5"`
		Word    string         `json:"f" validate:"eq=yes"`
		Other   string         `json:"g" validate:"ne=LEAKED"`
		Unique  []string       `json:"h" validate:"unique"`
		Web     string         `json:"i" validate:"https_url"`
		Zone    string         `json:"j" validate:"timezone"`
		Lang    string         `json:"k" validate:"bcp47_language_tag"`
		Same    string         `json:"l" validate:"eqfield=GoName"`
		Needed  string         `json:"m" validate:"required_with=GoName"`
		Refused string         `json:"n" validate:"excluded_with=GoName"`
		Odd     string         `json:"o" validate:"numeric"`
		Wait    time.Duration  `json:"p" validate:"max=1h"`
		One     string         `json:"q" validate:"max=1"`
		NotThis int            `json:"r" validate:"ne=7"`
	}
	faults := validate.Struct(sample{
		GoName: leak, List: []string{leak}, Share: 0.75, Word: leak, Other: leak, Unique: []string{leak, leak},
		Web: "http://" + leak, Zone: leak, Lang: leak + leak, Same: "x", Refused: leak, Odd: leak,
		Wait: 2 * time.Hour, One: leak, NotThis: 7,
	})
	got := map[string]string{}
	for _, f := range faults {
		got[f.Code+" "+f.Path] = f.Message
		if strings.Contains(f.Message, leak) || strings.Contains(f.Message, "GoName") {
			t.Errorf("%s shows a value or a Go name: %q", f.Path, f.Message)
		}
	}
	want := map[string]string{
		"len a":                "must have exactly 3 characters",
		"lt b":                 "must have less than 1 entry",
		"len c":                "must have exactly 2 entries",
		"gt d":                 "must be more than 5",
		"lte e":                "must be at most 0.5",
		"eq f":                 `must be exactly "yes"`,
		"ne g":                 "must not be this value",
		"unique h":             "must not hold the same entry twice",
		"https_url i":          "not a web address",
		"timezone j":           "not an IANA time zone",
		"bcp47_language_tag k": "not a BCP 47 language tag",
		"eqfield l":            "does not fit another field",
		"required_with m":      "a value is required because of another field",
		"excluded_with n":      "must be left out because of another field",
		"numeric o":            "not a valid value",
		"max p":                "must be at most 1h",
		"max q":                "must have at most 1 character",
		"ne r":                 "must not be this value",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages mismatch (-want +got):\n%s", diff)
	}
}

// Go walks a map in random order: without sorting, one of the rounds differs.
func TestStructIsDeterministic(t *testing.T) {
	t.Parallel()
	type entry struct {
		Zeta  string `json:"zeta" validate:"required"`
		Alpha string `json:"alpha" validate:"required"`
	}
	type report struct {
		Zoo    map[string]entry          `json:"zoo" validate:"dive"`
		Years  map[int]string            `json:"years" validate:"dive,required"`
		Nested map[string]map[int]string `json:"nested" validate:"dive,dive,required"`
	}
	in := report{
		Zoo:    map[string]entry{"c": {}, "a.z": {}, "b[1": {}, "a": {}},
		Years:  map[int]string{10: "", 9: "", -1: "", 2026: ""},
		Nested: map[string]map[int]string{"y": {2: "", 1: ""}, "x": {11: "", 3: ""}},
	}
	want := []string{
		"zoo[a.z].zeta", "zoo[a.z].alpha", "zoo[a].zeta", "zoo[a].alpha",
		"zoo[b[1].zeta", "zoo[b[1].alpha", "zoo[c].zeta", "zoo[c].alpha",
		"years[-1]", "years[9]", "years[10]", "years[2026]",
		"nested[x][3]", "nested[x][11]", "nested[y][1]", "nested[y][2]",
	}
	for range 50 {
		if diff := cmp.Diff(want, paths(validate.Struct(in))); diff != "" {
			t.Fatalf("paths mismatch (-want +got):\n%s", diff)
		}
	}
}
