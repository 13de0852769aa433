package dossiercsv

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Result is what could be read, and what could not.
type Result struct {
	Dossiers []creator.Dossier `json:"dossiers"` // sorted by the creator's id
	Rows     int               `json:"rows"`     // of all files, without headers and blank ones
	Faults   []Fault           `json:"faults,omitempty"`
}

// Read reads files. A nil o is the documented defaults. What is wrong with rows and
// headers stands in Result.Faults, file by file and line by line. The error is of code
// "dossiercsv.no_accounts" where the file of accounts is not given, or has all that is
// wrong with the options by code "dossiercsv.option", or is that of a reader, and then
// Result has what was read before. It takes O(n log n), and memory for all that it keeps.
func Read(files Files, o *Options) (Result, error) {
	options := o.withDefaults()
	if found := options.faults(); len(found) > 0 {
		return Result{}, byline.Faults(found)
	}
	if files.Accounts == nil {
		return Result{}, &byline.FieldError{Path: "accounts", Code: "dossiercsv.no_accounts", Message: "without accounts there is nobody to know something of"}
	}
	m := &importer{o: &options, creators: map[byline.CreatorID]*record{}}
	err := m.file(Accounts, files.Accounts, m.account)
	m.settleProfiles()
	for _, f := range []struct {
		file File
		r    io.Reader
		add  func(*table)
	}{
		{Audiences, files.Audiences, m.bucket},
		{Posts, files.Posts, m.post},
		{Series, files.Series, m.point},
		{Comments, files.Comments, m.comment},
		{Partnerships, files.Partnerships, m.partnership},
		{Rates, files.Rates, m.rate},
		{Reviews, files.Reviews, m.review},
	} {
		if f.r != nil && err == nil {
			err = m.file(f.file, f.r, f.add)
		}
	}
	return m.result(), err
}

// importer gathers what the files say.
type importer struct {
	o        *Options
	creators map[byline.CreatorID]*record
	faults   []Fault
	rows     int
}

// record is what is gathered on one creator.
type record struct {
	dossier creator.Dossier
	line    int // on which the creator came first

	accounts  map[creator.Ref]int // where each is in the profile, by its key
	platforms map[byline.Platform][]creator.Ref
	snapshots map[snapshotKey]*snapshot
	posts     map[postKey]bool
	series    map[seriesKey]int
	points    map[pointKey]bool
	comments  map[postKey]bool
	reviews   map[reviewKey]int
	questions map[questionKey]bool
}

type postKey struct {
	platform byline.Platform
	id       string
}

func newRecord(id byline.CreatorID, line int) *record {
	return &record{
		dossier: creator.Dossier{Profile: creator.Profile{ID: id}}, line: line,
		accounts: map[creator.Ref]int{}, platforms: map[byline.Platform][]creator.Ref{}, snapshots: map[snapshotKey]*snapshot{},
		posts: map[postKey]bool{}, series: map[seriesKey]int{}, points: map[pointKey]bool{}, comments: map[postKey]bool{},
		reviews: map[reviewKey]int{}, questions: map[questionKey]bool{},
	}
}

// file reads a file, a row at a time.
func (m *importer) file(file File, r io.Reader, add func(*table)) error {
	t, err := open(file, r, m.o, &m.faults)
	if t == nil || err != nil {
		return err
	}
	err = t.each(func() { add(t) })
	m.rows += t.rows
	return err
}

// of returns what is gathered on the creator of a row, nil where the accounts have none.
func (m *importer) of(t *table) *record {
	r := m.creators[byline.CreatorID(t.cell("creator"))]
	if r == nil {
		t.fault("creator", "dossiercsv.creator_unknown", "the accounts that could be read have no such creator")
	}
	return r
}

// ref returns the account that a row is about.
func (r *record) ref(t *table) creator.Ref {
	platform, handle := t.platform(), strings.TrimPrefix(t.text("handle"), "@")
	if platform == "" {
		return nobody()
	}
	if handle != "" {
		if i, there := r.accounts[creator.Ref{Platform: platform, Handle: handle}.Key()]; there {
			return r.dossier.Profile.Accounts[i].Ref()
		}
	}
	found := r.platforms[platform]
	switch {
	case len(found) == 0 || handle != "":
		t.fault("platform", "dossiercsv.account_unknown", "the creator has no such account")
		return nobody()
	case len(found) > 1:
		t.fault("handle", "dossiercsv.account_unclear", "the creator has several accounts on this platform")
		return nobody()
	}
	return found[0]
}

// nobody stands for an account that is not known, so that the rest of its row can be
// looked at.
func nobody() creator.Ref { return creator.Ref{Platform: "none", Handle: "none"} }

// only is a dossier of one account, in which a row can be validated by itself.
func only(r creator.Ref) creator.Dossier {
	return creator.Dossier{Profile: creator.Profile{ID: "row", Name: "row", Accounts: []creator.Account{{Platform: r.Platform, Handle: r.Handle}}}}
}

// valid reports whether d, which holds what one row says, is valid, and adds its faults to
// the row. Of a column that has a fault already it adds no other, which would only follow
// from the first.
func (t *table) valid(d *creator.Dossier) bool {
	all, found := errors.AsType[*byline.ValidationError](d.Validate())
	if !found {
		return !t.bad
	}
	for _, f := range all.Fields {
		if column := t.columnOf(f.Path); !t.told[column] {
			t.fault(column, f.Code, f.Message)
		}
	}
	return false
}

// columnOf returns the column that a path of a dossier is about, "" where none is.
func (t *table) columnOf(path string) string {
	name := path[strings.LastIndexByte(path, '.')+1:]
	before, key, _ := strings.Cut(strings.TrimSuffix(name, "]"), "[")
	if before == "measures" {
		before = key
	}
	words := map[string]string{"key": "bucket", "during": "until", "valid": "until", "points": "value"}
	if word, other := words[before]; other {
		before = word
	}
	if _, there := t.columns[before]; !there {
		return ""
	}
	return before
}

// result sorts what was gathered.
func (m *importer) result() Result {
	result := Result{Rows: m.rows}
	for _, r := range m.creators {
		m.settle(r)
		result.Dossiers = append(result.Dossiers, r.dossier)
	}
	slices.SortFunc(result.Dossiers, func(a, b creator.Dossier) int { return cmp.Compare(a.Profile.ID, b.Profile.ID) })
	order := []File{Accounts, Audiences, Posts, Series, Comments, Partnerships, Rates, Reviews}
	slices.SortStableFunc(m.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.File), slices.Index(order, b.File)), cmp.Compare(a.Line, b.Line))
	})
	result.Faults = m.faults
	return result
}

// settle sorts the parts of a dossier and says where they are from.
func (m *importer) settle(r *record) {
	d := &r.dossier
	m.settleAudiences(r)
	slices.SortFunc(d.Posts, func(a, b creator.Post) int {
		return cmp.Or(compareRefs(a.Account, b.Account), a.PublishedAt.Compare(b.PublishedAt), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(d.Series, func(a, b creator.Series) int {
		return cmp.Or(compareRefs(a.Account, b.Account), cmp.Compare(a.Metric, b.Metric))
	})
	for _, s := range d.Series {
		slices.SortFunc(s.Points, func(a, b byline.Measure) int { return a.At().Compare(b.At()) })
	}
	slices.SortFunc(d.Comments, func(a, b creator.Comment) int {
		return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.PostID, b.PostID), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	settleBusiness(d)
	if m.o.Purpose == "" {
		return
	}
	for _, part := range d.Export(m.o.At).Parts {
		d.Origins = append(d.Origins, creator.Origin{
			Part: part.Part, Source: m.o.Source, Purpose: m.o.Purpose, CollectedAt: m.o.At, RetainUntil: m.o.RetainUntil,
		})
	}
}

func compareRefs(a, b creator.Ref) int {
	return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Handle, b.Handle))
}
