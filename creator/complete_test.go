package creator_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// filler sets all that a value can hold, and keeps what was set as it is told.
type filler struct {
	n     int
	texts []string
}

func (f *filler) next(text string) string {
	f.texts = append(f.texts, text)
	return text
}

func (f *filler) fill(v reflect.Value) {
	f.n++
	at := time.Date(2000+f.n, time.March, 4, 5, 6, 7, 0, time.UTC)
	switch v.Interface().(type) {
	case time.Time:
		f.next(at.Format(time.RFC3339))
		v.Set(reflect.ValueOf(at))
		return
	case byline.Measure:
		m := byline.Known(float64(70_000+f.n), f.next(fmt.Sprintf("d%dx", f.n)), at)
		f.next(fmt.Sprint(70_000 + f.n))
		f.next(at.Format(time.RFC3339))
		v.Set(reflect.ValueOf(m))
		return
	case byline.Money:
		f.next(fmt.Sprintf("%d.00", 80_000+f.n))
		v.Set(reflect.ValueOf(byline.Minor(int64(80_000+f.n)*100, "CHF")))
		return
	}
	f.fillKind(v)
}

func (f *filler) fillKind(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.next(fmt.Sprintf("t%dx", f.n)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(int64(90_000 + f.n))
		f.next(fmt.Sprint(90_000 + f.n))
	case reflect.Float32:
		v.SetFloat(float64(60_000 + f.n))
		f.next(fmt.Sprint(60_000 + f.n))
	case reflect.Struct:
		for _, field := range v.Fields() {
			f.fill(field)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(v.Index(0))
		f.fill(v.Index(1))
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(key)
		f.fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	default:
		panic("a " + v.Kind().String() + " is new in a dossier: say here how it is filled")
	}
}

// fields fills those of a struct but one, and returns their JSON names.
func (f *filler) fields(v reflect.Value, but string) []string {
	var names []string
	for field, value := range v.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != but {
			names = append(names, name)
			f.fill(value)
		}
	}
	return names
}

// Whatever field a dossier gets: what stands in it is handed out, in both forms.
func TestEveryFieldIsHandedOut(t *testing.T) {
	t.Parallel()
	d := creator.Dossier{Origins: []creator.Origin{{Part: creator.PartRates}}}
	var f filler
	f.fields(reflect.ValueOf(&d).Elem(), "origins")
	f.fields(reflect.ValueOf(&d.Origins[0]).Elem(), "part")
	e := d.Export(day(22))
	data, err := json.Marshal(e)
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, e.WriteText(&text))
	if len(f.texts) < 150 {
		t.Fatalf("only %d leaves were set", len(f.texts))
	}
	for _, leaf := range f.texts {
		if !strings.Contains(string(data), leaf) || !strings.Contains(text.String(), leaf) {
			t.Errorf("%q is not handed out", leaf)
		}
	}
}

// Whatever field a dossier gets: the record of its erasure says nothing of what stands in it.
func TestNoFieldIsInTheErasure(t *testing.T) {
	t.Parallel()
	d := creator.Dossier{Origins: make([]creator.Origin, 1)}
	var f filler
	f.fields(reflect.ValueOf(&d).Elem(), "origins")
	f.fill(reflect.ValueOf(&d.Origins[0]).Elem())
	data, err := json.Marshal(creator.Erase(d, day(22), "asked for"))
	require.NoError(t, err)
	said := strings.Replace(string(data), `"creator":"`+string(d.Profile.ID)+`"`, "", 1)
	for _, leaf := range f.texts {
		if strings.Contains(said, leaf) {
			t.Errorf("the erasure says %q", leaf)
		}
	}
}

// Whatever part a dossier gets: it is counted, erased, and dropped when it has run out.
func TestEveryPartCanGo(t *testing.T) {
	t.Parallel()
	var full creator.Dossier
	var f filler
	names := f.fields(reflect.ValueOf(&full).Elem(), "origins")
	var counted []string
	for _, p := range creator.Erase(full, day(22), "").Parts {
		counted = append(counted, string(p.Part))
	}
	if diff := cmp.Diff(names, counted); diff != "" {
		t.Errorf("parts mismatch (-fields +counted):\n%s", diff)
	}
	for i, name := range names {
		d := full
		d.Origins = []creator.Origin{{Part: creator.Part(name), CollectedAt: day(1), RetainUntil: day(2)}}
		kept, dropped := d.Prune(day(22))
		left := reflect.ValueOf(kept).Field(i)
		if name == "profile" {
			left = reflect.ValueOf(kept.Profile.Name)
		}
		if !left.IsZero() || len(dropped) == 0 || string(dropped[0]) != name {
			t.Errorf("%s has run out, dropped is %v, and %v is left", name, dropped, left)
		}
	}
}

// Whatever field a profile gets: where it alone is set, there is a profile to erase.
func TestEveryFieldIsAProfile(t *testing.T) {
	t.Parallel()
	for i := range reflect.TypeFor[creator.Profile]().NumField() {
		var d creator.Dossier
		var f filler
		f.fill(reflect.ValueOf(&d.Profile).Elem().Field(i))
		want := 1
		if d.Profile.ID != "" {
			want = 0
		}
		if got := creator.Erase(d, day(22), "").Parts; len(got) != want {
			t.Errorf("%s alone makes %v", reflect.TypeFor[creator.Profile]().Field(i).Name, got)
		}
	}
}
