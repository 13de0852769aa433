package contracts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// conflictSide is an engagement with what is compared brought to its normal form.
type conflictSide struct {
	*Engagement
	brand      string
	categories []Category
	reach      reach
	promises   []conflictPromise
}

// conflictPromise is a promise in normal form. names and categories keep those that are
// blank, which match nothing, so that they do not turn into a promise towards everyone.
type conflictPromise struct {
	*Promise
	names      []string
	categories []Category
	reach      reach
}

func sideOf(e *Engagement) *conflictSide {
	s := &conflictSide{Engagement: e, brand: nameKey(e.Brand), reach: conflictReach(e.Territory)}
	s.categories = slices.DeleteFunc(taxonomyKeys(e.Categories), func(c Category) bool { return c == "" })
	for i := range e.Promises {
		x := &e.Promises[i].Exclusivity
		p := conflictPromise{Promise: &e.Promises[i], categories: taxonomyKeys(x.Categories), reach: conflictReach(x.Territory)}
		for _, name := range x.Competitors {
			p.names = append(p.names, p.key(name))
		}
		s.promises = append(s.promises, p)
	}
	return s
}

func taxonomyKeys(given []Category) []Category {
	keys := make([]Category, len(given))
	for i, c := range given {
		keys[i] = taxonomyKey(c)
	}
	return setOf(keys)
}

// key brings the name of whom the promise keeps out to its normal form.
func (p *conflictPromise) key(name string) string {
	if p.Exclusivity.BoundParty == RoleBrand {
		return strings.TrimSpace(name)
	}
	return nameKey(name)
}

// conflictMatcher compares engagements under one set of options.
type conflictMatcher struct{ ConflictOptions }

func newConflictMatcher(opts *ConflictOptions) conflictMatcher {
	if opts == nil {
		return conflictMatcher{}
	}
	return conflictMatcher{*opts}
}

// broken returns the promises of x that y breaks.
func (m conflictMatcher) broken(x, y *conflictSide) []Conflict {
	if x.Agreement != "" && x.Agreement == y.Agreement {
		return nil
	}
	var found []Conflict
	for i := range x.promises {
		if c, ok := m.breach(x, y, i); ok {
			found = append(found, c)
		}
	}
	return found
}

// breach reports whether y breaks promise i of x.
func (m conflictMatcher) breach(x, y *conflictSide, i int) (Conflict, bool) {
	p := &x.promises[i]
	name, ok := p.outsider(x, y)
	if !ok {
		return Conflict{}, false
	}
	overlap, recent, ok := m.meet(p.Binds, y)
	if !ok {
		return Conflict{}, false
	}
	code, why := m.caught(p, y, name)
	if p.Exclusivity.BoundParty == RoleCreator && (x.brand == "" || y.brand == "") && code != conflictNamed && code != "" {
		code, why = conflictUnknown, "may fall under it, as one of the brands is not known"
	}
	free, certain := p.free(x, y, name)
	if free && !certain && code != "" {
		free, code, why = false, conflictUnknown, "may fall under it or be an older deal, as the first signing of what holds it is not known"
	}
	if code == "" || free || (recent && code == conflictUnknown) {
		return Conflict{}, false
	}
	shared := p.reach.overlap(y.reach)
	if shared.nowhere() {
		return Conflict{}, false
	}
	if recent {
		code = conflictRecent
	}
	return Conflict{
		Code: code, Severity: conflictSeverity(code, x, y),
		Agreement: x.Agreement, Version: x.Version, Exclusivity: p.Exclusivity.ID, Path: entryPath("exclusivity", i), Bound: p.Exclusivity.BoundParty,
		With:    Counterpart{y.Creator, y.Brand, y.Agreement, y.Version, y.Post},
		Overlap: overlap, Territory: shared, Message: p.message(x, y, why),
	}, true
}

// outsider returns the normal name of whom the promise could keep out: another brand of
// the creator, another creator of the brand. It is "" for a brand that is not known.
func (p *conflictPromise) outsider(x, y *conflictSide) (string, bool) {
	switch p.Exclusivity.BoundParty {
	case RoleCreator:
		return y.brand, x.Creator != "" && x.Creator == y.Creator && (x.brand == "" || x.brand != y.brand)
	case RoleBrand:
		return string(y.Creator), x.brand != "" && x.brand == y.brand && y.Creator != "" && x.Creator != y.Creator
	}
	return "", false
}

// meet returns when the promise and the engagement are in force together, or a post that
// came shortly before.
func (m conflictMatcher) meet(binds byline.Window, y *conflictSide) (overlap byline.Window, recent, ok bool) {
	if binds.Overlaps(y.Window) {
		return spansOf(binds.Intersect(y.Window))[0], false, true
	}
	if m.LookBackDays <= 0 || y.Post == "" || binds.Empty() || binds.Start.IsZero() {
		return byline.Window{}, false, false
	}
	before := byline.Window{Start: binds.Start.AddDate(0, 0, -m.LookBackDays), End: binds.Start}
	return spansOf(y.Window)[0], true, before.Contains(y.Window.Start)
}

// caught returns the code and the words of what catches y; the most certain first.
func (m conflictMatcher) caught(p *conflictPromise, y *conflictSide, name string) (code, why string) {
	if name != "" && slices.Contains(p.names, name) {
		return conflictNamed, "is named in it"
	}
	if len(p.names)+len(p.categories) == 0 {
		return conflictEveryone, "falls under it, as it covers everyone"
	}
	for _, general := range p.categories {
		for _, c := range y.categories {
			if m.Taxonomy.within(c, general) {
				return conflictCategory, fmt.Sprintf("promotes %s, which %s", c, conflictWithinWords(c, general))
			}
		}
	}
	for _, special := range p.categories {
		for _, c := range y.categories {
			if m.Taxonomy.within(special, c) {
				return conflictWider, fmt.Sprintf("promotes %s, which may include %s", c, special)
			}
		}
	}
	if (len(p.names) > 0 && name == "") || (len(p.categories) > 0 && len(y.categories) == 0) {
		return conflictUnknown, "may fall under it, as its brand or its categories are not known"
	}
	return "", ""
}

func conflictWithinWords(special, general Category) string {
	if special == general {
		return "it covers"
	}
	return fmt.Sprintf("lies in %s", general)
}

// free reports whether a carve-out leaves y free. It is not certain where that hangs on
// the first signing of x alone, of which only a later one is known.
func (p *conflictPromise) free(x, y *conflictSide, name string) (free, certain bool) {
	older := y.stoodBefore(x.Engagement)
	dated := x.Version <= 1 || !x.FirstAgreedAt.IsZero()
	for _, c := range p.Exclusivity.CarveOuts {
		// A brand that is not known is not the one that is carved out.
		named := name != "" && p.key(c.Brand) == name
		if c.Brand != "" && !named {
			continue
		}
		switch c.Kind {
		case CarveExisting:
			free = free || (!y.Organic && older)
		case CarveEvergreen:
			free = free || (y.Evergreen && older)
		case CarveOrganic:
			if y.Organic {
				return true, true
			}
		case CarveBrand:
			if named {
				return true, true
			}
		}
	}
	return free, dated
}

func conflictSeverity(code string, x, y *conflictSide) byline.Severity {
	certain := y.signed() || (x.signed() && !y.liveBefore(x.firstAgreedAt()))
	switch code {
	case conflictRecent:
		return byline.Info
	case conflictWider, conflictUnknown:
		if certain {
			return byline.Warning
		}
		return byline.Info
	}
	if certain {
		return byline.Blocker
	}
	return byline.Warning
}

// message says whose promise it is and what catches the other side.
func (p *conflictPromise) message(x, y *conflictSide, why string) string {
	bound, with := string(x.Creator), y.Brand
	if p.Exclusivity.BoundParty == RoleBrand {
		bound, with = x.Brand, string(y.Creator)
	}
	if with == "" {
		with = "a brand that is not known"
	}
	switch {
	case y.Post != "":
		with += " in post " + y.Post
	case y.Agreement != "":
		with += " in agreement " + string(y.Agreement)
	}
	of := "exclusivity " + p.Exclusivity.ID
	if x.Agreement != "" {
		of += " of agreement " + string(x.Agreement)
	}
	return fmt.Sprintf("%s binds %s, and %s %s", of, bound, with, why)
}
