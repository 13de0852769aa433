package dossiercsv

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/sheet"
)

// Options say how the files are written and what is known of them.
type Options struct {
	// Definition begins the definition of each number, so that it says whose file it is
	// from: with "crm", views are by crm.views and shares by crm.followers.share.
	// Default: "csv".
	Definition string
	// At is when numbers were true whose row does not say. Zero: not known.
	At time.Time
	// Location is where days begin. Default: time.UTC.
	Location *time.Location
	// Columns translates the headers of a file, in any case, to our columns: "Username" to
	// "handle", or to "creator,handle" where a cell says both. With a % behind it, as in
	// "share%", the shares are percentages without the sign. In the file of audiences a
	// header may stand for a bucket, "age:18-24" or "gender:female%". One that translates
	// to "" is passed over without a word, and with "*" to "" so is all that is no column.
	Columns map[File]map[string]string
	// Fixed is what each row of a file says in a column that the file does not have: an
	// export of one platform, "platform" is "instagram".
	Fixed map[File]map[string]string
	// Delimiter stands between cells. Default: the one of comma, semicolon and tab that
	// the header has most of.
	Delimiter string
	// ListSeparator stands between the entries of a list. Default: "|".
	ListSeparator string
	// DecimalComma says that numbers are written with a comma, "19,90".
	DecimalComma bool
	// Thousands is the sign between groups of digits, "1.234,50". Default: none, and then
	// a number with groups is refused.
	Thousands string
	// Rounded are files whose numbers are rounded, and may be written short: 12.3K, 1.2M,
	// 3B. All of their numbers but shares and prices, those that are written in full
	// included, are by a definition that ends in ".rounded": they are never compared with
	// exact ones.
	Rounded []File
	// TimeLayouts are further ways to write a time, as in package time: "01/02/2006 15:04".
	// They are tried first, in their order; one without a zone is in Location, and one
	// without an hour is of a day.
	TimeLayouts []string
	// Missing has more words for a missing number, in any case, beside those of
	// [MissingWords], or other reasons for those.
	Missing map[string]byline.MissingReason
	// Platforms are allowed beside those that byline knows.
	Platforms []byline.Platform
	// Source, Purpose and RetainUntil become the origin of every part that is read, with
	// At as its time. Without a Purpose there are no origins, and Dossier.Review says so.
	// Default of Source: Definition.
	Source, Purpose string
	RetainUntil     time.Time
	// MaxRows bounds the rows of a file, MaxRow the bytes of a row and MaxCell those of a
	// cell. Defaults: 5,000,000, 4 MiB and 1 MiB.
	MaxRows, MaxRow, MaxCell int
}

// MissingWords returns the words that may stand for a missing number, in lower case:
// "n/a", "#n/a", "na", "null", "not available", "-", "--", "–" and "—" for one that
// nobody collected, "hidden" and
// "private", "not permitted" and "no permission", "below threshold" and "withheld", "not
// supported" and "removed".
func MissingWords() map[string]byline.MissingReason {
	return map[string]byline.MissingReason{
		"n/a": byline.NotCollected, "na": byline.NotCollected, "not available": byline.NotCollected,
		"#n/a": byline.NotCollected, "null": byline.NotCollected,
		"-": byline.NotCollected, "--": byline.NotCollected, "–": byline.NotCollected, "—": byline.NotCollected,
		"hidden": byline.Hidden, "private": byline.Hidden,
		"not permitted": byline.NotPermitted, "no permission": byline.NotPermitted,
		"below threshold": byline.BelowThreshold, "withheld": byline.BelowThreshold,
		"not supported": byline.NotSupported, "removed": byline.NotSupported,
	}
}

// withDefaults fills in what is empty. It does not change o.
func (o *Options) withDefaults() Options {
	var s Options
	if o != nil {
		s = *o
	}
	set := func(field *string, otherwise string) {
		if *field == "" {
			*field = otherwise
		}
	}
	set(&s.Definition, "csv")
	set(&s.ListSeparator, "|")
	set(&s.Source, s.Definition)
	if s.Location == nil {
		s.Location = time.UTC
	}
	bound := func(field *int, otherwise int) {
		if *field <= 0 {
			*field = otherwise
		}
	}
	bound(&s.MaxRows, 5_000_000)
	bound(&s.MaxRow, 4<<20)
	bound(&s.MaxCell, 1<<20)
	words := MissingWords()
	for word, reason := range s.Missing {
		words[strings.ToLower(strings.TrimSpace(word))] = reason
	}
	s.Missing = words
	return s
}

// faults are of Options with their defaults.
func (o *Options) faults() []*byline.FieldError {
	var found []*byline.FieldError
	add := func(path, message string) {
		found = append(found, &byline.FieldError{Path: path, Code: "dossiercsv.option", Message: message})
	}
	if r, size := utf8.DecodeRuneInString(o.Delimiter); o.Delimiter != "" && (size != len(o.Delimiter) || r == utf8.RuneError || strings.ContainsRune("\x00\"\r\n", r)) {
		add("delimiter", "a delimiter is one character, and no quote and no line end")
	}
	if o.Thousands != "" && (o.Thousands == o.decimal() || strings.ContainsAny(o.Thousands, "0123456789-%")) {
		add("thousands", "the decimal and the thousands separator are two different signs")
	}
	if o.Purpose != "" && o.At.IsZero() {
		add("at", "an origin says when the data was collected")
	}
	if !o.RetainUntil.IsZero() && o.RetainUntil.Before(o.At) {
		add("retain_until", "the retention ends before the data was collected")
	}
	if len(o.Source) > maxText || len(o.Purpose) > maxText || len(o.Definition) > maxText {
		add("", fmt.Sprintf("a text is longer than %d bytes", maxText))
	}
	for _, word := range slices.Sorted(maps.Keys(o.Missing)) {
		if !isReason(o.Missing[word]) {
			add("missing["+word+"]", "not a reason why a number is missing")
		}
	}
	for _, file := range slices.Sorted(maps.Keys(o.Columns)) {
		for _, header := range slices.Sorted(maps.Keys(o.Columns[file])) {
			ours := o.Columns[file][header]
			if ours != "" && slices.ContainsFunc(targets(file, ours), func(to target) bool { return !to.fits(file) }) {
				add(fmt.Sprintf("columns[%s][%s]", file, header), "the file has no such column")
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(o.Fixed)) {
		for _, column := range slices.Sorted(maps.Keys(o.Fixed[file])) {
			if !file.has(column) {
				add(fmt.Sprintf("fixed[%s][%s]", file, column), "the file has no such column")
			}
		}
	}
	for i, file := range o.Rounded {
		if file.columns() == nil {
			add(fmt.Sprintf("rounded[%d]", i), "there is no such file")
		}
	}
	return found
}

// maxText bounds the texts of the options.
const maxText = 400

func isReason(why byline.MissingReason) bool {
	switch why {
	case byline.NotCollected, byline.Hidden, byline.NotPermitted, byline.BelowThreshold, byline.NotSupported, byline.NotFinite, byline.TooFew:
		return true
	}
	return false
}

func (o *Options) numbers() sheet.Numbers {
	return sheet.Numbers{Thousands: o.Thousands, DecimalComma: o.DecimalComma}
}

func (o *Options) decimal() string {
	if o.DecimalComma {
		return ","
	}
	return "."
}
