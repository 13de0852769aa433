package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// placementFile is an element of a JSON file of placements: a contracts.Placement that
// names its asset.
type placementFile struct {
	ID         string            `json:"id"`
	Asset      contracts.AssetID `json:"asset"`
	Use        contracts.Use     `json:"use"`
	URL        string            `json:"url,omitempty"`
	Advertiser string            `json:"advertiser,omitempty"`
	Cost       byline.Money      `json:"cost"`
}

// badRow is a placement that could not be read, and so was not audited.
type badRow struct {
	Row    int                  `json:"row"` // from 1, as lines of a CSV file and elements of a JSON list are counted
	Faults []*byline.FieldError `json:"faults"`
}

func (b badRow) String() string {
	const most = 4
	var texts []string
	for _, f := range b.Faults[:min(len(b.Faults), most)] {
		texts = append(texts, fmt.Sprintf("%s (%s)", f, f.Code))
	}
	if left := len(b.Faults) - most; left > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", left))
	}
	return strings.Join(texts, "; ")
}

type badRows []badRow

// String names the first of them.
func (b badRows) String() string {
	const most = 20
	lines := []string{plural(len(b), "placement", "placements") + " could not be read, and so not audited:"}
	for _, row := range b[:min(len(b), most)] {
		lines = append(lines, fmt.Sprintf("  row %d: %s", row.Row, row))
	}
	if left := len(b) - most; left > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", left))
	}
	return strings.Join(lines, "\n")
}

// placing reads placements one by one.
type placing struct {
	in   *inventory
	seen map[string]int           // the row whose placement has an id
	name func(path string) string // what the file calls a field of a placement
}

func (in *inventory) readPlacements(s *source) {
	p := placing{in: in, seen: map[string]int{}, name: func(path string) string { return path }}
	start := bytes.TrimLeft(s.text, " \t\r\n")
	if !bytes.HasPrefix(start, []byte("[")) && !bytes.HasPrefix(start, []byte("{")) {
		p.name = columnOf
		p.readCSV(s)
		return
	}
	for i, text := range s.elements() {
		var given placementFile
		err := jsonFault(strictly(text, &given))
		p.place(i+1, given, byline.Nest("", err))
	}
}

// place takes a placement, or says what is wrong with it.
func (p placing) place(row int, given placementFile, faults []*byline.FieldError) {
	if len(faults) == 0 {
		faults = given.faults()
	}
	if first := p.seen[given.ID]; first > 0 {
		faults = append(faults, &byline.FieldError{Path: "id", Code: "placement.twice", Message: fmt.Sprintf("row %d has this id already", first)})
	}
	if len(faults) > 0 {
		for _, f := range faults {
			f.Path = p.name(f.Path)
		}
		p.in.bad = append(p.in.bad, badRow{row, faults})
		return
	}
	p.seen[given.ID] = row // a row that is left out must not keep another from being audited
	asset, known := p.in.assets[given.Asset]
	if !known {
		// What nobody knows runs all the same: the audit says that nothing is granted.
		asset = contracts.Asset{ID: given.Asset}
		p.in.unknown[given.Asset] = true
	}
	p.in.placements = append(p.in.placements, given.placement(asset))
}

// placement is one of an asset.
func (p placementFile) placement(asset contracts.Asset) contracts.Placement {
	return contracts.Placement{ID: p.ID, Asset: asset, Use: p.Use, URL: p.URL, Advertiser: p.Advertiser, Cost: p.Cost}
}

// faults have the paths of the file.
func (p placementFile) faults() []*byline.FieldError {
	faults := byline.Nest("", p.placement(contracts.Asset{ID: p.Asset}).Validate())
	for _, f := range faults {
		if f.Path == "asset.id" {
			f.Path = "asset"
		}
	}
	return faults
}
