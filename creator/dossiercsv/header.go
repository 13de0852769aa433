package dossiercsv

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bylinehq/byline/creator"
)

// target is what a column of a file is for us.
type target struct {
	column  string
	percent bool   // its numbers are percentages, without the sign
	bucket  string // of the dimension that column then names, where the column is one bucket's shares
}

// targets reads a translation: "handle", "creator,handle", "share%", "age:18-24%".
func targets(file File, text string) []target {
	var all []target
	for part := range strings.SplitSeq(text, ",") {
		var to target
		to.column, to.percent = strings.CutSuffix(strings.TrimSpace(part), "%")
		if file == Audiences {
			to.column, to.bucket, _ = strings.Cut(to.column, ":")
			to.bucket = strings.TrimSpace(to.bucket)
		}
		to.column = strings.TrimSpace(to.column)
		all = append(all, to)
	}
	return all
}

// fits reports whether a file can have it.
func (to target) fits(file File) bool {
	if to.bucket != "" {
		return slices.Contains(dimensions(), to.column)
	}
	share := file == Audiences && (to.column == "share" || to.column == "coverage")
	return file.has(to.column) && (share || !to.percent)
}

func dimensions() []string {
	return []string{string(creator.Age), string(creator.Gender), string(creator.Country), string(creator.City), string(creator.Language), string(creator.Interest)}
}

// wide is a column that has the shares of one bucket.
type wide struct {
	target
	at int
}

// bucketColumns are those that a file with wide columns has for each of them.
func bucketColumns() []string { return []string{"dimension", "bucket", "share"} }

// resolve finds the columns, and reports whether the file can be read by them.
func (t *table) resolve(header []string) bool {
	t.width, t.columns, t.names, t.percent = len(header), map[string]int{}, make([]string, len(header)), map[string]bool{}
	translated := map[string]string{}
	for from, to := range t.o.Columns[t.file] {
		translated[normal(from)] = to
	}
	others, silent := translated["*"]
	silent = silent && others == ""
	good := true
	seen := map[string]bool{}
	for i, text := range header {
		seen[normal(text)] = true
		to, mapped := translated[normal(text)]
		switch own := t.own(text); {
		case mapped && to == "":
		case mapped:
			for _, to := range targets(t.file, to) {
				good = t.bind(i, to) && good
			}
		case own.fits(t.file):
			good = t.bind(i, own) && good
		case !silent:
			t.report(1, shown(text), "dossiercsv.column_unknown", "not a column of this file; it is passed over")
		}
	}
	good = t.fix() && good
	return t.lacks(translated, seen) && good
}

// own reads a header that nobody translated, such as "Share (%)" and "country:DE".
func (t *table) own(text string) target {
	name := strings.ReplaceAll(text, "(%)", "%")
	if t.file != Audiences || !strings.Contains(name, ":") {
		name = normal(name)
	}
	to := targets(t.file, strings.ReplaceAll(name, ",", ";"))[0]
	to.column = strings.TrimRight(normal(to.column), "_")
	return to
}

// bind makes a column ours, and reports whether it is the only one of its kind.
func (t *table) bind(i int, to target) bool {
	if to.bucket != "" {
		t.wide = append(t.wide, wide{to, i})
		t.names[i] = to.column + ":" + to.bucket
		return true
	}
	if _, twice := t.columns[to.column]; twice {
		t.report(1, to.column, "dossiercsv.column_twice", "the file has the column twice")
		return false
	}
	t.columns[to.column], t.names[i] = i, to.column
	t.percent[to.column] = to.percent
	return true
}

// fix adds the columns that the file does not have: what the options say of each row, and
// those of a bucket.
func (t *table) fix() bool {
	good := true
	add := func(column, text string) {
		if _, twice := t.columns[column]; twice {
			t.report(1, column, "dossiercsv.column_twice", "the file has the column, and it is given in another way too")
			good = false
		}
		t.columns[column] = t.width + len(t.more)
		t.more = append(t.more, text)
	}
	for _, column := range slices.Sorted(maps.Keys(t.o.Fixed[t.file])) {
		add(column, t.o.Fixed[t.file][column])
	}
	if len(t.wide) > 0 {
		for _, column := range bucketColumns() {
			add(column, "")
		}
	}
	return good
}

// spread calls add for each bucket of a row. What is wrong with the row as a whole is told
// with the first.
func (t *table) spread(add func()) {
	first := len(t.cells) - len(bucketColumns())
	for _, w := range t.wide {
		share := strings.TrimSpace(t.cells[w.at])
		if share == "" {
			continue
		}
		t.bad, t.spreading = false, t.names[w.at]
		clear(t.told)
		t.cells[first], t.cells[first+1], t.cells[first+2] = w.column, w.bucket, share
		t.percent["share"] = w.percent
		add()
		for column := range t.told {
			if !slices.Contains(bucketColumns(), column) {
				t.spreading = ""
				return
			}
		}
	}
	t.spreading = ""
}

// lacks tells which columns are missing, and reports whether none is.
func (t *table) lacks(translated map[string]string, seen map[string]bool) bool {
	told := map[string]bool{}
	for _, from := range slices.Sorted(maps.Keys(translated)) {
		if seen[from] || translated[from] == "" {
			continue
		}
		for _, to := range targets(t.file, translated[from]) {
			t.report(1, to.column, "dossiercsv.column_missing", fmt.Sprintf("the file has no column %q", from))
			told[to.column] = true
		}
	}
	for _, c := range t.file.columns() {
		name, needed := strings.CutSuffix(c, "*")
		if !needed {
			continue
		}
		if len(t.wide) == 0 || !slices.Contains(bucketColumns(), name) {
			t.needed = append(t.needed, name)
		}
		if _, there := t.columns[name]; !there && !told[name] {
			t.report(1, name, "dossiercsv.column_missing", "the file has no such column; Options.Columns translates another, Options.Fixed stands in for it")
			told[name] = true
		}
	}
	return len(told) == 0
}

// shown is a header in a report.
func shown(header string) string {
	header = strings.ToValidUTF8(strings.TrimSpace(header), "�")
	if len(header) > 100 {
		header = strings.ToValidUTF8(header[:100], "") + "…"
	}
	return header
}

// normal is how the names of columns are compared.
func normal(name string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
}
