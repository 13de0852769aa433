package contracts

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// fill puts one entry into every list and something into every field, so that a field
// that is added later is tried too.
func fill(v reflect.Value, n int64) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Unix(n, 0).UTC()))
		return
	case reflect.TypeFor[byline.Money]():
		v.Set(reflect.ValueOf(byline.Minor(n, byline.EUR)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, n)
		}
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		fill(v.Elem(), n)
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 1, 2))
		}
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
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

// Whatever is changed in a copy, at any depth, is not changed in the original, and no
// field gets lost on the way.
func TestTermsCloneDetachesEverything(t *testing.T) {
	t.Parallel()
	write := func(terms Terms) string {
		data, err := json.Marshal(terms)
		require.NoError(t, err)
		return string(data)
	}
	var original Terms
	fill(reflect.ValueOf(&original).Elem(), 1)
	want := write(original)
	changed := original.clone()
	require.Equal(t, want, write(changed))
	fill(reflect.ValueOf(&changed).Elem(), 2)
	if got := write(original); got != want {
		t.Errorf("a change of the copy reached the original:\n%s\n%s", want, got)
	}
	if write(changed) == want {
		t.Error("the probe changed nothing")
	}
}

// Every field takes part in the digest, but for those of the signing.
func TestDigestCoversEveryField(t *testing.T) {
	t.Parallel()
	var terms Terms
	fill(reflect.ValueOf(&terms).Elem(), 1)
	digest := func() string {
		d, err := terms.digest()
		require.NoError(t, err)
		return d
	}
	before := digest()
	probe(reflect.ValueOf(&terms).Elem(), "", func(path string) {
		signing := path == ".SignedAt" || strings.HasPrefix(path, ".Signatures.")
		if (digest() == before) != signing {
			t.Errorf("%s: the digest changes: %v", path, !signing)
		}
	})
}

// No difference goes untold, whatever field it is in, and each is told in words.
func TestDiffTellsEveryField(t *testing.T) {
	t.Parallel()
	var before, after Terms
	fill(reflect.ValueOf(&before).Elem(), 1)
	fill(reflect.ValueOf(&after).Elem(), 1)
	probe(reflect.ValueOf(&after).Elem(), "", func(path string) {
		untold := path == ".Version" || path == ".SignedAt" || strings.HasPrefix(path, ".Signatures.")
		changes := diffTerms(&before, &after, time.UTC)
		if (len(changes) == 0) != untold {
			t.Errorf("%s: %d changes", path, len(changes))
		}
		for _, c := range changes {
			if c.Before == c.After || c.Path == "" || !strings.HasSuffix(c.Sentence, ".") {
				t.Errorf("%s: %+v", path, c)
			}
		}
	})
}

// probe changes one field after the other, and back.
func probe(v reflect.Value, path string, check func(path string)) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() != reflect.TypeFor[time.Time]() && v.Type() != reflect.TypeFor[byline.Money]() {
			for named, field := range v.Fields() {
				probe(field, path+"."+named.Name, check)
			}
			return
		}
	case reflect.Pointer:
		probe(v.Elem(), path, check)
		return
	case reflect.Slice:
		probe(v.Index(0), path, check)
		return
	}
	before := reflect.New(v.Type()).Elem()
	before.Set(v)
	fill(v, 2)
	check(path)
	v.Set(before)
}
