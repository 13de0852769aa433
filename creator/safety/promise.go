package safety

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// promise looks whether a promise forbids the planned work.
func (f *rivalFinder) promise(p *Promise, of byline.CreatorID, path string) {
	met := meet(stretchOf(p.During, 0), f.planned)
	if met == apart || !sharedMarkets(p.Markets, f.Markets) || f.partyTo(p, of) {
		return
	}
	category, why, certain := f.caught(p, of)
	if why == "" {
		return
	}
	c := Conflict{
		Code: codeExclusivity, Severity: byline.Warning, Evidence: InPromise, Brand: p.Party, Category: category, Phase: DuringTerm,
		During: p.During, ClearsAt: p.During.End, Source: p.Source, Path: path,
	}
	whose := "the creator's promise to "
	if p.By == ByBrand {
		whose = "the brand's promise to "
	}
	party := p.Party
	if party == "" {
		party = "somebody who is not named"
	}
	f.add(c, whose+party+" "+why, certain && met == together, "")
}

// partyTo reports whether the work is for the one to whom the promise was made.
func (f *rivalFinder) partyTo(p *Promise, of byline.CreatorID) bool {
	if p.By == ByBrand {
		return of != "" && strings.TrimSpace(p.Party) == string(of)
	}
	return f.isOwn(brandKeys(p.Party))
}

// caught says by what a promise catches the work, "" where it does not, and whether that
// is certain.
func (f *rivalFinder) caught(p *Promise, of byline.CreatorID) (category, why string, certain bool) {
	known := p.By == ByCreator || p.By == ByBrand
	switch {
	case slices.ContainsFunc(p.Competitors, func(name string) bool { return f.names(p.By, name, of) }):
		return "", "names whom it keeps out", known
	case len(p.Competitors)+len(p.Categories) == 0:
		return "", "keeps everyone out", known
	}
	kin, special := f.tree.kin(f.categories, categoryKeys(p.Categories))
	switch kin {
	case within:
		return special, "covers " + special, known
	case wider:
		return special, fmt.Sprintf("covers a part of %s", special), false
	case notSaid:
		return "", "covers categories, and those of the work are not known", false
	}
	return "", "", false
}

func (f *rivalFinder) names(by Bound, name string, of byline.CreatorID) bool {
	if by == ByBrand {
		return of != "" && strings.TrimSpace(name) == string(of)
	}
	return f.isOwn(brandKeys(name))
}
