package brief

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// fill puts one entry into every list and something into every field, so that a field that
// is added later is tried too.
func fill(v reflect.Value, n int64) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Unix(n*86400, 0).UTC()))
		return
	case reflect.TypeFor[byline.Measure]():
		v.Set(reflect.ValueOf(byline.Known(float64(n)/10, "share", time.Unix(n, 0).UTC())))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, n)
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 1, 2))
		}
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Map:
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
		v.SetMapIndex(reflect.ValueOf("utm_source"), reflect.ValueOf(string(rune('a'+n))))
	case reflect.String:
		v.SetString(string(rune('a' + n)))
	case reflect.Int, reflect.Int64:
		v.SetInt(n)
	case reflect.Bool:
		v.SetBool(n%2 == 1)
	default:
		panic("the probe knows no " + v.Type().String())
	}
}

func write(t *testing.T, b Brief) string {
	t.Helper()
	data, err := json.Marshal(b)
	require.NoError(t, err)
	return string(data)
}

// Whatever is changed in a copy, at any depth, is not changed in the original, and no field
// gets lost on the way.
func TestCloneDetachesEverything(t *testing.T) {
	t.Parallel()
	var original Brief
	fill(reflect.ValueOf(&original).Elem(), 1)
	want := write(t, original)
	changed := original.clone()
	require.Equal(t, want, write(t, changed))
	fill(reflect.ValueOf(&changed).Elem(), 2)
	if got := write(t, original); got != want {
		t.Errorf("a change of the copy reached the original:\n%s\n%s", want, got)
	}
	if write(t, changed) == want {
		t.Error("the probe changed nothing")
	}
}

// Every field survives JSON.
func TestBriefJSON(t *testing.T) {
	t.Parallel()
	var b Brief
	fill(reflect.ValueOf(&b).Elem(), 1)
	var read Brief
	require.NoError(t, json.Unmarshal([]byte(write(t, b)), &read))
	if diff := cmp.Diff(b, read); diff != "" {
		t.Errorf("read back otherwise (-want +got):\n%s", diff)
	}
	probe(reflect.ValueOf(&b).Elem(), "", func(path string) {
		if write(t, b) == write(t, read) {
			t.Errorf("%s is not in the JSON", path)
		}
	})
}

// No difference goes untold, whatever field it is in, and each is told in words.
func TestCompareTellsEveryField(t *testing.T) {
	t.Parallel()
	var before, after Brief
	fill(reflect.ValueOf(&before).Elem(), 1)
	fill(reflect.ValueOf(&after).Elem(), 1)
	if got := Compare(before, after); len(got) != 0 {
		t.Fatalf("equal briefs differ: %+v", got)
	}
	probe(reflect.ValueOf(&after).Elem(), "", func(path string) {
		changes := Compare(before, after)
		if (len(changes) == 0) != (path == ".Version") {
			t.Errorf("%s: %d changes", path, len(changes))
		}
		for _, c := range changes {
			if c.Before == c.After || c.Path == "" || !strings.HasSuffix(c.Sentence, ".") || strings.Contains(c.Sentence, "{") {
				t.Errorf("%s: %+v", path, c)
			}
		}
	})
}

// probe changes one field after the other, and back.
func probe(v reflect.Value, path string, check func(path string)) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() != reflect.TypeFor[time.Time]() && v.Type() != reflect.TypeFor[byline.Measure]() {
			for named, field := range v.Fields() {
				probe(field, path+"."+named.Name, check)
			}
			return
		}
	case reflect.Slice:
		probe(v.Index(0), path, check)
		return
	case reflect.Map:
		fill(v, 2)
		check(path)
		fill(v, 1)
		return
	}
	before := reflect.New(v.Type()).Elem()
	before.Set(v)
	fill(v, 2)
	check(path)
	v.Set(before)
}
