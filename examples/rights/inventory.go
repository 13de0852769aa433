package main

import (
	"errors"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// inventory is all that is audited.
type inventory struct {
	agreements []agreement
	rights     *contracts.Rights
	results    []contracts.AssetResult // of all assets, in the order of the file
	assets     map[contracts.AssetID]contracts.Asset
	placements []contracts.Placement
	bad        badRows
	unknown    map[contracts.AssetID]bool // named by placements, and no asset is
	prices     priceTables
	reuse      []contracts.Reuse
	files      files
}

// files are the names of the input.
type files struct {
	Agreements string `json:"agreements"`
	Assets     string `json:"assets"`
	Placements string `json:"placements"`
}

// load reads all files, and tells of all that is wrong with any of them.
func load(c config) (inventory, error) {
	names := []string{c.agreements, c.assets, c.placements, c.prices, c.reuse}
	open := read
	if c.demo {
		names, open = []string{"agreements.json", "assets.json", "placements.csv", "prices.json", "reuse.json"}, demo
	}
	var sources [5]source
	var errs []error
	for i, name := range names {
		var err error
		sources[i], err = open(name)
		errs = append(errs, err)
	}
	// A file that cannot be opened must not hide what is wrong with the others.
	in := inventory{files: files{names[0], names[1], names[2]}, unknown: map[contracts.AssetID]bool{}}
	for i, parse := range []func(*source){in.readAgreements, in.readAssets, in.readPlacements, in.readPrices, in.readReuse} {
		if errs[i] == nil {
			parse(&sources[i])
			errs[i] = sources[i].err()
		}
	}
	return in, errors.Join(errs...)
}

// agreement is one with its terms, of which each call would make a copy.
type agreement struct {
	*contracts.Agreement

	terms contracts.Terms
}

func (in *inventory) readAgreements(s *source) {
	var drafts []*contracts.Agreement
	refused := map[string]bool{}
	for i, text := range s.elements() {
		var given contracts.Terms
		var a *contracts.Agreement
		if s.element(i, text, &given) {
			var err error
			a, err = contracts.Draft(given)
			s.nest(at(i), err)
		}
		refused[at(i)] = a == nil
		drafts = append(drafts, a) // nil too, so that paths into drafts are those of the file
		if a != nil {
			in.agreements = append(in.agreements, agreement{a, a.Terms()})
		}
	}
	rights, err := contracts.NewRights(drafts...)
	for _, f := range byline.Nest("", err) {
		if !refused[f.Path] { // those were told above
			s.faults = append(s.faults, f)
		}
	}
	in.rights = rights
}
