package vet

import (
	"fmt"
	"hash/fnv"
	"math"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Ideal is whom a campaign wants to reach, dimension by dimension, and what no fit may
// make up for. It is the caller's choice: nothing in it is learnt or assumed.
type Ideal struct {
	Name string `json:"name"` // stands in the definition of every reading
	// Audience is the kind of snapshot that is compared. Empty takes followers, or viewers
	// where there are none, or those who engaged; the definition says which.
	Audience creator.AudienceKind `json:"audience,omitempty"`
	Targets  []Target             `json:"targets"`
	Floors   []Floor              `json:"floors,omitempty"`
}

// Target is how one dimension should look. Weight is above 0 and means something only
// beside the other weights. Shares of an exclusive dimension make up the whole; those of
// [creator.Interest] are read one by one.
type Target struct {
	Dimension creator.Dimension `json:"dimension"`
	Weight    float64           `json:"weight"`
	Shares    []TargetShare     `json:"shares"`
}

// TargetShare is the share, 0 to 1, that a bucket should have. Population is the share
// that it has among everybody in the market, where the caller knows it: it gives the
// index, and changes no fit.
type TargetShare struct {
	Key        string   `json:"key"`
	Share      float64  `json:"share"`
	Population *float64 `json:"population,omitempty"`
}

// Floor is a share, above 0 to 1, that a bucket must have whatever else fits: half of the
// audience lives where the goods are sold. It is a gate and never a weight.
type Floor struct {
	Dimension creator.Dimension `json:"dimension"`
	Key       string            `json:"key"`
	AtLeast   float64           `json:"at_least"`
}

// By how much target shares may miss the whole, for they are often written in whole
// percent.
const idealRounding = 0.005

type idealFaults []*byline.FieldError

func (f *idealFaults) unless(ok bool, path, code, message string) {
	if !ok {
		*f = append(*f, &byline.FieldError{Path: path, Code: code, Message: message})
	}
}

// Validate reports all faults: "ideal.name" where it has none or one above 200 bytes,
// "ideal.audience" for a kind that is none, "ideal.no_targets", and of each target
// "ideal.dimension", "ideal.dimension_twice", "ideal.weight" unless it is from 1e-6 to
// 1e6, and "ideal.no_shares".
//
// Of the shares it reports "ideal.key" for one that is empty, unknown or does not fit the
// dimension (a country is ISO 3166-1, an age is as in "18-24" or "65+"), "ideal.key_twice",
// "ideal.age_overlap", "ideal.share", "ideal.population" unless it is above 0 and at most
// 1, and "ideal.sum" where an exclusive dimension misses the whole by more than half a
// percent. Floors have "ideal.dimension", "ideal.key" and "ideal.at_least".
func (i *Ideal) Validate() error {
	if i == nil {
		i = &Ideal{}
	}
	var f idealFaults
	f.unless(i.Name != "" && len(i.Name) <= 200, "name", "ideal.name", "an ideal has a name of up to 200 bytes")
	switch i.Audience {
	case "", creator.Followers, creator.Viewers, creator.Engaged:
	default:
		f.unless(false, "audience", "ideal.audience", "not a kind of audience")
	}
	f.unless(len(i.Targets) > 0, "targets", "ideal.no_targets", "at least one dimension has a target")
	seen := map[creator.Dimension]bool{}
	for n := range i.Targets {
		t, path := &i.Targets[n], fmt.Sprintf("targets[%d]", n)
		f.unless(!seen[t.Dimension], path+".dimension", "ideal.dimension_twice", "this dimension has a target already")
		seen[t.Dimension] = true
		f.target(t, path)
	}
	for n, floor := range i.Floors {
		path := fmt.Sprintf("floors[%d]", n)
		if f.dimension(floor.Dimension, path) {
			f.unless(fitKeyValid(floor.Dimension, floor.Key), path+".key", "ideal.key", "not a key of this dimension")
		}
		f.unless(floor.AtLeast > 0 && floor.AtLeast <= 1, path+".at_least", "ideal.at_least", "a floor is above 0 and at most 1")
	}
	return byline.Faults(f)
}

func (f *idealFaults) dimension(d creator.Dimension, path string) bool {
	switch d {
	case creator.Age, creator.Gender, creator.Country, creator.City, creator.Language, creator.Interest:
		return true
	}
	f.unless(false, path+".dimension", "ideal.dimension", "not a dimension of an audience")
	return false
}

func (f *idealFaults) target(t *Target, path string) {
	f.unless(t.Weight >= 1e-6 && t.Weight <= 1e6, path+".weight", "ideal.weight", "a weight is from 1e-6 to 1e6")
	f.unless(len(t.Shares) > 0, path+".shares", "ideal.no_shares", "a target has at least one share")
	if !f.dimension(t.Dimension, path) {
		return
	}
	sum, seen, sound := 0.0, map[string]bool{}, true
	for n, s := range t.Shares {
		at, key := fmt.Sprintf("%s.shares[%d]", path, n), fitKey(t.Dimension, s.Key)
		valid := fitKeyValid(t.Dimension, s.Key)
		f.unless(valid, at+".key", "ideal.key", "not a key of this dimension")
		f.unless(!valid || !seen[key], at+".key", "ideal.key_twice", "this key stands twice")
		inRange := s.Share > 0 && s.Share <= 1
		f.unless(inRange, at+".share", "ideal.share", "a share that is wanted is above 0 and at most 1")
		p := s.Population
		f.unless(p == nil || (*p > 0 && *p <= 1), at+".population", "ideal.population", "a share of the population is above 0 and at most 1")
		f.unless(t.Dimension != creator.Age || !valid || !overlapsAge(t.Shares[:n], s.Key), at+".key", "ideal.age_overlap", "this range overlaps another")
		seen[key] = true
		sum += s.Share
		sound = sound && inRange
	}
	if t.Dimension.Exclusive() && sound && len(t.Shares) > 0 {
		f.unless(math.Abs(sum-1) <= idealRounding, path+".shares", "ideal.sum", "the shares of this dimension make up the whole, 1")
	}
}

func overlapsAge(before []TargetShare, key string) bool {
	s, ok := parseSpan(key)
	for _, b := range before {
		other, parsed := parseSpan(b.Key)
		if ok && parsed && fitKey(creator.Age, b.Key) != fitKey(creator.Age, key) && s.overlaps(other) {
			return true
		}
	}
	return false
}

func fitKeyValid(d creator.Dimension, key string) bool {
	normal := fitKey(d, key)
	switch {
	case normal == "" || normal == creator.UnknownBucket || len(key) > 200:
		return false
	case d == creator.Age:
		_, ok := parseSpan(key)
		return ok
	}
	return true
}

// fitKey is a key as it is compared: a country in upper case with UK as GB, a language by
// its primary subtag ("en-GB" is "en"), a gender "f" and "m" as "female" and "male",
// anything else in lower case. Who is of an age, in a place or speaks a language that a
// source does not list is unknown, as is who is in a country that is none.
func fitKey(d creator.Dimension, key string) string {
	key = strings.ToLower(strings.TrimSpace(key))
	switch {
	case key == creator.UnknownBucket || (hasRest(d) && isRest(key)):
		return creator.UnknownBucket
	case d == creator.Country:
		return fitCountry(key)
	case d == creator.Gender:
		return fitGender(key)
	case d == creator.Language:
		primary, _, _ := strings.Cut(strings.ReplaceAll(key, "_", "-"), "-")
		return primary
	case d == creator.Age:
		return strings.ReplaceAll(key, " ", "")
	}
	return key
}

func fitCountry(key string) string {
	market, err := byline.ParseMarket(key)
	if err != nil {
		return creator.UnknownBucket
	}
	return string(market)
}

// fitGender reads the letters that some platforms give.
func fitGender(key string) string {
	switch key {
	case "f":
		return "female"
	case "m":
		return "male"
	case "u":
		return creator.UnknownBucket
	}
	return key
}

// hasRest reports whether "other" is a rest: another gender or interest is one of its own.
func hasRest(d creator.Dimension) bool {
	return d == creator.Age || d == creator.Country || d == creator.City || d == creator.Language
}

func isRest(key string) bool {
	return key == "other" || key == "others" || key == "rest" || key == "zz" || key == "und"
}

// fingerprint tells two ideals of one name apart: a hash of all that changes a fit.
func (i *Ideal) fingerprint() string {
	h := fnv.New32a()
	number := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	for _, t := range i.Targets {
		write(h, string(t.Dimension), number(t.Weight))
		for _, s := range t.Shares {
			write(h, fitKey(t.Dimension, s.Key), number(s.Share))
		}
	}
	return fmt.Sprintf("%s#%08x", i.Name, h.Sum32())
}

type byteWriter interface{ Write([]byte) (int, error) }

func write(w byteWriter, texts ...string) {
	for _, text := range texts {
		_, _ = w.Write([]byte(text)) // a hash takes everything
		_, _ = w.Write([]byte{0})
	}
}
