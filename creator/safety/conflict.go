package safety

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Codes of conflicts and of their checks; see Conflict.
const (
	codeCompetitor  = "conflict.competitor"
	codeCategory    = "conflict.category"
	codeExclusivity = "conflict.exclusivity"
)

// Conflict is one piece of evidence that a creator's work stands against a brand's. Code
// is the question it belongs to:
//
//   - "conflict.competitor": it is for a brand that the rivalry names, whatever its category
//   - "conflict.category": it is for another brand in one of the categories
//   - "conflict.exclusivity": a promise of the creator or of the brand forbids the work
//
// Severity is Blocker for work, and for posts known to be sponsored, whose dates, brand
// and category are certain; Warning where one of these is not known, for a post of which
// nobody says whether it is sponsored, and for a handle or hashtag in a text; Info for
// what is known to be organic.
type Conflict struct {
	Code     string           `json:"code"`
	Severity byline.Severity  `json:"severity"`
	Evidence Evidence         `json:"evidence"`
	Brand    string           `json:"brand,omitempty"`    // the rival as the evidence has it; of a promise, to whom it was made
	Category string           `json:"category,omitempty"` // that lies in one of the rivalry, or holds one
	Commerce creator.Commerce `json:"commerce,omitempty"`
	Phase    Phase            `json:"phase"`
	During   byline.Window    `json:"during,omitzero"` // of the evidence, as it is known; both ends are the publication of a post
	// ClearsAt is when the evidence no longer stands against work that starts then or later;
	// zero where its end is not known.
	ClearsAt time.Time       `json:"clears_at,omitzero"`
	Platform byline.Platform `json:"platform,omitempty"`
	PostID   string          `json:"post_id,omitempty"`
	Quote    string          `json:"quote,omitempty"`
	Source   string          `json:"source,omitempty"`
	Path     string          `json:"path"`    // in the dossier, or in the rivalry for a promise
	Message  string          `json:"message"` // one sentence
}

// Evidence is where a conflict was seen, the strongest first.
type Evidence string

// Kinds of evidence.
const (
	InPromise     Evidence = "promise"
	InPartnership Evidence = "partnership"
	InPostBrands  Evidence = "post_brands"
	InPostText    Evidence = "post_text" // a handle or hashtag; a mere word is none, as "apple" is in apple pie
)

// Phase is when a conflict stands against the planned work.
type Phase string

// Phases.
const (
	BeforeTerm Phase = "before" // only by the look-back
	DuringTerm Phase = "during" // both at one time, or perhaps
)

// Conflicts returns what stands between a creator and work for a brand, the worst first:
// partnerships and posts for competitors and in the brand's categories, and promises of
// either side. It is asked before signing with the planned term, and during the term with
// the time in it.
//
// Work for a rival keeps the creator from its start until its end and the look-back
// after; a post from its publication on for as long. There is a conflict where that
// overlaps the planned term, both half-open, so a term that starts when the look-back ends
// is free. Ends that are not known are open: what hangs on them is a Warning. Markets that
// do not overlap clear a conflict; posts and empty lists are everywhere. Categories count
// by ancestry, of paths and of the taxonomy, in which circles do no harm; posts carry
// none, and a partnership without them and a post have those that their brands are known
// for. A brand whose name begins with a competitor's may be of it, which is a Warning. The
// brand itself is no rival of its own.
//
// The result depends on the order of the facts in its paths alone. The time is linear in
// the dossier's partnerships and texts, and in the promises.
func Conflicts(d *creator.Dossier, r Rivalry, at time.Time) []Conflict {
	if d == nil {
		d = &creator.Dossier{}
	}
	f := newRivalFinder(&r, at)
	for i := range d.Partnerships {
		f.partnership(&d.Partnerships[i], fmt.Sprintf("partnerships[%d]", i))
	}
	for i := range d.Posts {
		f.post(&d.Posts[i], fmt.Sprintf("posts[%d]", i))
	}
	for i := range r.Promises {
		f.promise(&r.Promises[i], d.Profile.ID, fmt.Sprintf("promises[%d]", i))
	}
	slices.SortFunc(f.found, compareConflicts)
	return f.found
}

// rivalFinder collects conflicts with one rivalry.
type rivalFinder struct {
	*Rivalry
	planned    stretch
	tree       tree
	categories []string
	own        map[string]bool
	rivals     map[string]string   // key of a name to the competitor's
	known      map[string][]string // key of a name to what the brand sells
	found      []Conflict
}

func newRivalFinder(r *Rivalry, at time.Time) *rivalFinder {
	f := &rivalFinder{Rivalry: r, planned: r.plannedStretch(at), tree: treeOf(r.Taxonomy), categories: categoryKeys(r.Categories), own: keySet(r.Brand.keys()), rivals: map[string]string{}, known: map[string][]string{}}
	for _, c := range r.Competitors {
		for _, key := range c.keys() {
			if before, twice := f.rivals[key]; !twice || c.Name < before {
				f.rivals[key] = c.Name
			}
		}
	}
	for _, b := range r.Known {
		for _, key := range b.keys() {
			f.known[key] = append(f.known[key], categoryKeys(b.Categories)...)
		}
	}
	for _, sold := range f.known {
		slices.Sort(sold) // so that the order of brands plays no part
	}
	return f
}

func keySet(keys []string) map[string]bool {
	set := map[string]bool{}
	for _, k := range keys {
		set[k] = true
	}
	return set
}

func (f *rivalFinder) isOwn(keys []string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return f.own[k] })
}

// rivalOf returns the competitor that another's name is of, and whether that is certain:
// "L'Oréal Paris" may be of L'Oréal, if nobody knows it as a brand of its own.
func (f *rivalFinder) rivalOf(name string, keys []string) (rival string, certain bool) {
	for _, key := range keys {
		if rival, named := f.rivals[key]; named {
			return rival, true
		}
	}
	if len(keys) == 0 || slices.ContainsFunc(keys, f.isKnown) {
		return "", false
	}
	words := wordsOf(name)
	for n := min(len(words)-1, maxPhrase); n > 0; n-- {
		for _, key := range brandKeys(name[:words[n-1].end]) {
			if rival, named := f.rivals[key]; named {
				return rival, false
			}
		}
	}
	return "", false
}

func (f *rivalFinder) isKnown(key string) bool { return f.known[key] != nil }

// sold returns what a known brand sells.
func (f *rivalFinder) sold(keys []string) []string {
	if i := slices.IndexFunc(keys, f.isKnown); i >= 0 {
		return f.known[keys[i]]
	}
	return nil
}

func (f *rivalFinder) partnership(p *creator.Partnership, path string) {
	keys := brandKeys(p.Brand)
	met := meet(stretchOf(p.During, f.lookback()), f.planned)
	if f.isOwn(keys) || met == apart || !sharedMarkets(p.Markets, f.Markets) {
		return
	}
	c := Conflict{
		Evidence: InPartnership, Brand: p.Brand, Commerce: p.Commerce, During: p.During, Source: p.Source, Path: path,
		Phase: f.phase(stretchOf(p.During, 0)), Severity: byline.Warning,
	}
	if !p.During.End.IsZero() && !p.During.Empty() {
		c.ClearsAt = stated(p.During.End.Add(f.lookback()))
	}
	rival, certain := f.rivalOf(p.Brand, keys)
	if rival != "" {
		named := c
		named.Code = codeCompetitor
		f.add(named, workFor(p.Brand, rival, certain), certain && met == together, p.Commerce)
	}
	if rival == "" || !certain {
		f.inCategory(c, p, keys, met)
	}
}

func workFor(brand, rival string, certain bool) string {
	if certain {
		return "work for the competitor " + rival
	}
	return fmt.Sprintf("work for %s, which may be of the competitor %s", brand, rival)
}

// stated is a time that JSON can hold. An end in the year 9999 stands for one that is not
// known.
func stated(t time.Time) time.Time {
	if t.UTC().Year() > 9999 {
		return time.Time{}
	}
	return t
}

// inCategory compares the categories of a partnership, or where it has none those that its
// brand is known for. Of these only a part may have been promoted.
func (f *rivalFinder) inCategory(c Conflict, p *creator.Partnership, keys []string, met meeting) {
	theirs, whole := categoryKeys(p.Categories), true
	if len(theirs) == 0 {
		theirs = f.sold(keys)
		whole = f.tree.covers(f.categories, theirs)
	}
	kin, category := f.tree.kin(theirs, f.categories)
	why := fmt.Sprintf("work for %s in %s", p.Brand, category)
	switch {
	case kin == unrelated:
		return
	case kin == notSaid:
		why = fmt.Sprintf("work for %s in categories that are not known", p.Brand)
	case kin == wider:
		why += ", which may include the brand's category"
	case !whole:
		why += ", or in something else that it sells"
	}
	c.Code, c.Category = codeCategory, category
	f.add(c, why, met == together && kin == within && whole && len(keys) > 0, p.Commerce)
}

// phase says whether evidence, without its look-back, may be in the planned term itself.
func (f *rivalFinder) phase(s stretch) Phase {
	if meet(s, f.planned) == apart {
		return BeforeTerm
	}
	return DuringTerm
}

// add completes a conflict: how severe it is, and what it says.
func (f *rivalFinder) add(c Conflict, why string, certain bool, commerce creator.Commerce) {
	switch {
	case commerce == creator.Organic:
		c.Severity = byline.Info
		why += ", which nobody paid for"
	case certain:
		c.Severity = byline.Blocker
	}
	c.Message = oneLine(why) + ", " + conflictDates(c.During, c.PostID != "")
	if !c.ClearsAt.IsZero() {
		c.Message += "; clear for work from " + stamp(c.ClearsAt)
	}
	f.found = append(f.found, c)
}

func compareConflicts(a, b Conflict) int {
	severity := func(s byline.Severity) int {
		return slices.Index([]byline.Severity{byline.Blocker, byline.Warning, byline.Info}, s)
	}
	return cmp.Or(
		cmp.Compare(severity(a.Severity), severity(b.Severity)),
		compareText(a.Code, b.Code), a.During.Start.Compare(b.During.Start), a.During.End.Compare(b.During.End),
		compareText(a.Brand, b.Brand, a.Category, b.Category, string(a.Platform), string(b.Platform), a.PostID, b.PostID, a.Source, b.Source, a.Message, b.Message, a.Quote, b.Quote, a.Path, b.Path),
	)
}

func conflictDates(w byline.Window, post bool) string {
	switch {
	case post && !w.Start.IsZero():
		return "on " + stamp(w.Start)
	case w.Start.IsZero() && w.End.IsZero(), w.Empty():
		return "at a time that is not known"
	case w.End.IsZero():
		return "from " + stamp(w.Start) + " on, with an end that is not known"
	case w.Start.IsZero():
		return "until " + stamp(w.End) + ", from when is not known"
	}
	return "from " + stamp(w.Start) + " until " + stamp(w.End)
}

// stamp writes a time in UTC, the day alone where that says it all.
func stamp(t time.Time) string {
	if t = t.UTC(); t.Equal(dayOf(t)) {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04 UTC")
}

// Finding returns the conflict as a finding.
func (c Conflict) Finding() byline.Finding {
	fix := "learn the dates, brands and categories that are not known"
	switch {
	case c.Severity == byline.Info:
		fix = ""
	case !c.ClearsAt.IsZero():
		fix = "start the work at " + stamp(c.ClearsAt) + " or later, or agree in writing on an exception"
	}
	message := c.Message
	if c.Quote != "" {
		message += ": “" + c.Quote + "”"
	}
	return byline.Finding{Code: c.Code, Severity: c.Severity, Path: c.Path, Message: message, Fix: fix}
}
