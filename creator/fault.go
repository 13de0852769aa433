package creator

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"golang.org/x/text/language"

	"github.com/bylinehq/byline"
)

// Validate reports all faults of a dossier: those of [Profile.Validate] under "profile",
// those of the tags ("required", "min", "max", "oneof", "market", "bcp47_language_tag"),
// and these:
//
//   - "audience.account", "post.account", "series.account", "comment.account": the profile
//     has no such account; of a comment, none on its platform
//   - "audience.base" below 0; "audience.coverage" and "audience.share" outside 0 to 1
//   - "audience.twice": one account, kind, time and source stand twice;
//     "audience.dimension_twice", "audience.bucket_twice", in whatever case
//   - "audience.age": a key that [ParseAge] does not read; "audience.age_overlap": an age
//     that falls into two buckets; "audience.country": not a country's code in capitals;
//     "audience.language": not a BCP 47 tag. [UnknownBucket] is always a key
//   - "post.twice", "comment.twice": an id twice on one platform
//   - "post.metric": a metric without a name, or with one of more than 50 bytes
//   - "post.measure", "series.value", "comment.likes": a count below 0
//   - "series.twice": an account and metric twice; "series.time": a point without its time
//   - "partnership.window", "rate.window": it ends before it begins, or as it does
//   - "rate.price": none, below 0, or in no currency
//   - "review.mark": a mark without its value
//   - "origin.retention": it ends before the data was collected; "origin.platform": one on
//     partnerships or reviews, which are of none
//
// Where nothing is wrong a dossier may still be doubtful; see [Dossier.Review]. It takes
// O(n log n), and as many faults as there are come back: who takes input from strangers
// bounds its size.
func (d *Dossier) Validate() error {
	var v validator
	v.accounts, v.platforms = d.Profile.held()
	v.faults = append(d.shapeFaults(), byline.Nest("profile", byline.Faults(d.Profile.ruleFaults()))...)
	v.audiences(d.Audiences)
	v.posts(d.Posts)
	v.series(d.Series)
	v.comments(d.Comments)
	v.business(d)
	for i, o := range d.Origins {
		if !o.RetainUntil.IsZero() && o.RetainUntil.Before(o.CollectedAt) {
			v.add(at("origins", i)+".retain_until", "origin.retention", "the retention ends before the data was collected")
		}
		if o.Platform != "" && (o.Part == PartPartnerships || o.Part == PartReviews) {
			v.add(at("origins", i)+".platform", "origin.platform", "this part is of no platform")
		}
	}
	return byline.Faults(v.faults)
}

// validator collects what the tags cannot tell. A rule is silent where what it looks at
// is not there: the tags tell that.
type validator struct {
	accounts  map[Ref]bool
	platforms map[byline.Platform]bool
	faults    []*byline.FieldError
}

func (v *validator) add(path, code, message string) {
	v.faults = append(v.faults, &byline.FieldError{Path: path, Code: code, Message: message})
}

func at(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

func (v *validator) account(path, code string, r Ref) {
	if r.Platform != "" && r.Handle != "" && !v.accounts[r.Key()] {
		v.add(path+".account", code, "the profile has no such account")
	}
}

func (v *validator) audiences(all []Audience) {
	type snapshot struct {
		account Ref
		kind    AudienceKind
		source  string
		at      [2]int64
	}
	seen := map[snapshot]bool{}
	for i := range all {
		a, path := &all[i], at("audiences", i)
		v.account(path, "audience.account", a.Account)
		if negative(a.Base) {
			v.add(path+".base", "audience.base", "a count of people is not negative")
		}
		if outsideUnit(a.Coverage) {
			v.add(path+".coverage", "audience.coverage", "a coverage is from 0 to 1")
		}
		key := snapshot{a.Account.Key(), a.Kind, a.Source, instant(a.Base.At())}
		if a.Account.Handle != "" && seen[key] {
			v.add(path, "audience.twice", "this snapshot stands twice: account, kind, time and source are the same")
		}
		seen[key] = true
		dimensions := map[Dimension]bool{}
		for j, b := range a.Breakdowns {
			if b.Dimension != "" && dimensions[b.Dimension] {
				v.add(path+at(".breakdowns", j), "audience.dimension_twice", "this dimension stands twice")
			}
			dimensions[b.Dimension] = true
			v.buckets(path+at(".breakdowns", j), b)
		}
	}
}

// instant is the same for all ways to write a time.
func instant(t time.Time) [2]int64 { return [2]int64{t.Unix(), int64(t.Nanosecond())} }

func (v *validator) buckets(path string, b Breakdown) {
	seen := map[string]bool{}
	for i, bucket := range b.Buckets {
		place := path + at(".buckets", i)
		if key := fold(bucket.Key); bucket.Key != "" && seen[key] {
			v.add(place, "audience.bucket_twice", "this bucket stands twice")
		} else {
			seen[key] = true
		}
		if outsideUnit(bucket.Share) {
			v.add(place+".share", "audience.share", "a share is from 0 to 1")
		}
		if code, message := keyFault(b.Dimension, bucket.Key); code != "" {
			v.add(place+".key", code, message)
		}
	}
	if b.Dimension == Age {
		v.ages(path, b.Buckets)
	}
}

func outsideUnit(m byline.Measure) bool {
	share, known := m.Value()
	return known && (share < 0 || share > 1)
}

// keyFault says what is wrong with a key of a dimension, "" where nothing is.
func keyFault(d Dimension, key string) (code, message string) {
	if key == "" || key == UnknownBucket {
		return "", ""
	}
	switch d {
	case Age:
		if _, _, ok := ParseAge(key); !ok {
			return "audience.age", `an age is written as "18-24" or "65+"`
		}
	case Country:
		if !byline.Market(key).Known() {
			return "audience.country", "not an ISO 3166-1 country code"
		}
	case Language:
		if !isLanguage(key) {
			return "audience.language", "not a BCP 47 language tag"
		}
	}
	return "", ""
}

func isLanguage(tag string) bool {
	if len(tag) > 35 {
		return false
	}
	_, err := language.Parse(tag)
	return err == nil
}

// ages finds an age that is in two buckets, unless both have the same key.
func (v *validator) ages(path string, buckets []Bucket) {
	type ages struct {
		at, from, to int
		key          string
	}
	var read []ages
	for i, b := range buckets {
		from, to, ok := ParseAge(b.Key)
		if to == 0 {
			to = maxAge
		}
		if ok {
			read = append(read, ages{i, from, to, b.Key})
		}
	}
	slices.SortStableFunc(read, func(a, b ages) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	for i := 1; i < len(read); i++ {
		if a, b := read[i-1], read[i]; b.from <= a.to && a.key != b.key {
			v.add(path+at(".buckets", b.at), "audience.age_overlap", "some of these ages are in another bucket too")
		}
		read[i].to = max(read[i].to, read[i-1].to)
	}
}

// placed is an id on its platform.
type placed struct {
	platform byline.Platform
	id       string
}

func (v *validator) posts(all []Post) {
	seen := make(map[placed]bool, len(all))
	for i := range all {
		p := &all[i]
		if !v.accounts[p.Account.Key()] {
			v.account(at("posts", i), "post.account", p.Account)
		}
		key := placed{p.Account.Platform, p.ID}
		if p.ID != "" && seen[key] {
			v.add(at("posts", i), "post.twice", "this post stands twice")
		}
		seen[key] = true
		for metric, m := range p.Measures {
			if wrong := metric == "" || len(metric) > 50; wrong || negative(m) {
				v.measures(at("posts", i), p.Measures)
				break
			}
		}
	}
}

// measures tells what is wrong with the measures of a post, in the order of their names.
func (v *validator) measures(path string, of map[Metric]byline.Measure) {
	names := make([]Metric, 0, len(of))
	for metric := range of {
		names = append(names, metric)
	}
	slices.Sort(names)
	for _, metric := range names {
		place := keyed(path+".measures", string(metric))
		if metric == "" || len(metric) > 50 {
			v.add(place, "post.metric", "a metric has a name of at most 50 bytes")
		}
		if negative(of[metric]) {
			v.add(place, "post.measure", "a count is not negative")
		}
	}
}

func (v *validator) series(all []Series) {
	type line struct {
		account Ref
		metric  Metric
	}
	seen := map[line]bool{}
	for i, s := range all {
		path := at("series", i)
		v.account(path, "series.account", s.Account)
		key := line{s.Account.Key(), s.Metric}
		if s.Account.Handle != "" && s.Metric != "" && seen[key] {
			v.add(path, "series.twice", "this account has this metric twice; the points of both belong into one series")
		}
		seen[key] = true
		for j, p := range s.Points {
			if p.At().IsZero() {
				v.add(path+at(".points", j), "series.time", "a point has its time")
			}
			if negative(p) {
				v.add(path+at(".points", j), "series.value", "a count is not negative")
			}
		}
	}
}

func (v *validator) comments(all []Comment) {
	seen := make(map[placed]bool, len(all))
	for i := range all {
		c := &all[i]
		if c.Platform != "" && !v.platforms[c.Platform] {
			v.add(at("comments", i)+".platform", "comment.account", "the profile has no account on this platform")
		}
		key := placed{c.Platform, c.ID}
		if c.ID != "" && seen[key] {
			v.add(at("comments", i), "comment.twice", "this comment stands twice")
		}
		seen[key] = true
		if negative(c.Likes) {
			v.add(at("comments", i)+".likes", "comment.likes", "a count is not negative")
		}
	}
}

func (v *validator) business(d *Dossier) {
	for i, p := range d.Partnerships {
		if p.During.Empty() {
			v.add(at("partnerships", i)+".during", "partnership.window", "it ends before it begins")
		}
	}
	for i, r := range d.Rates {
		switch {
		case r.Price == byline.Money{}:
			v.add(at("rates", i)+".price", "rate.price", "a rate has a price")
		case !r.Price.Currency().Known():
			v.add(at("rates", i)+".price", "rate.price", "not an ISO 4217 currency code")
		case r.Price.Sign() < 0:
			v.add(at("rates", i)+".price", "rate.price", "a price is not negative")
		}
		if r.Valid.Empty() {
			v.add(at("rates", i)+".valid", "rate.window", "it ends before it begins")
		}
	}
	for i, r := range d.Reviews {
		for j, m := range r.Marks {
			if _, known := m.Value.Value(); !known {
				v.add(at("reviews", i)+at(".marks", j)+".value", "review.mark", "a mark has a value; a question that nobody answered is left out")
			}
		}
	}
}
