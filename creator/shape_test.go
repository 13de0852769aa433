package creator_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/creator"
)

// places calls at for all that can be set below v, v included: fields, entries of lists.
func places(v reflect.Value, at func(reflect.Value)) {
	if !v.CanSet() {
		return
	}
	at(v)
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			places(field, at)
		}
	case reflect.Slice:
		for i := range v.Len() {
			places(v.Index(i), at)
		}
	}
}

// others are values that a tag may refuse, or just not.
func others(of reflect.Value) []any {
	if _, isTime := reflect.TypeAssert[time.Time](of); isTime {
		return []any{time.Time{}}
	}
	switch of.Kind() {
	case reflect.String:
		texts := []any{"", "ZZ", "fans", "profile", "x y", strings.Repeat("é", 200)}
		for _, n := range []int{36, 50, 51, 101, 200, 201, 501, 2001} {
			texts = append(texts, strings.Repeat("a", n))
		}
		return texts
	case reflect.Slice:
		return []any{reflect.Zero(of.Type()).Interface(), reflect.MakeSlice(of.Type(), 0, 0).Interface(), reflect.MakeSlice(of.Type(), 1, 1).Interface()}
	case reflect.Int:
		return []any{0, -1, 10_001}
	}
	return nil
}

// With any one place changed, the short way finds what the tags say, and no less.
func TestShapeIsWhatTheTagsSay(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	d.Profile.Tone, d.Profile.Style, d.Profile.Contact, d.Profile.City = []string{"dry"}, []string{"handheld"}, creator.CanContact, "Demo Town"
	d.Posts[0].Brands, d.Posts[0].Link = []string{"Demo Mill"}, "https://demo.example"
	d.Posts, d.Comments, d.Origins, d.Audiences[0].Breakdowns = d.Posts[:1], d.Comments[:1], d.Origins[:1], d.Audiences[0].Breakdowns[:2]
	plain := d // of which nothing is left to the engine
	plain.Partnerships, plain.Rates, plain.Reviews = nil, nil, nil
	for _, d := range []creator.Dossier{plain, d} {
		faults, changed := 0, 0
		places(reflect.ValueOf(&d).Elem(), func(place reflect.Value) {
			before := reflect.New(place.Type()).Elem()
			before.Set(place)
			for _, other := range others(place) {
				place.Set(reflect.ValueOf(other).Convert(place.Type()))
				want := creator.TagFaults(&d)
				if diff := cmp.Diff(want, creator.ShapeFaults(&d)); diff != "" {
					t.Errorf("%v mismatch (-tags +shape):\n%s", other, diff)
				}
				faults, changed = faults+min(len(want), 1), changed+1
			}
			place.Set(before)
		})
		if got := creator.TagFaults(&d); len(got) > 0 || faults < 100 || changed < 2*faults {
			t.Errorf("%d of %d were faults, %v in the end", faults, changed, got)
		}
	}
}
