package main

import (
	"bytes"
	"fmt"
	"slices"
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
	Cost       byline.Money      `json:"cost,omitzero"`
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
	p.in.placements = append(p.in.placements, contracts.Placement{
		ID: given.ID, Asset: asset, Use: given.Use, URL: given.URL, Advertiser: given.Advertiser, Cost: given.Cost,
	})
}

func (p placementFile) faults() (found []*byline.FieldError) {
	u := p.Use
	for _, rule := range []struct {
		broken              bool
		path, code, message string
	}{
		{p.ID == "", "id", "required", "a value is required"},
		{p.Asset == "", "asset", "required", "a value is required"},
		{channelWord(u.Channel) == "", "use.channel", "oneof", "not a channel that Byline knows"},
		{!u.Market.Known(), "use.market", "market", "not an ISO 3166-1 country code"},
		{u.At.IsZero(), "use.at", "required", "a value is required"},
		{(byline.Window{Start: u.At, End: u.Until}).Empty(), "use.until", "placement.order", "the placement ends before it starts"},
		{!known(u.Edit, "", contracts.EditCrop, contracts.EditCutdown, contracts.EditNew), "use.edit", "oneof", "not an edit that Byline knows"},
		{!known(u.Likeness, contracts.LikenessAsPosted, contracts.LikenessImage, contracts.LikenessVoice), "use.likeness", "oneof", "not a likeness that Byline knows"},
		{!known(u.AI, "", contracts.AITraining, contracts.AIReplica), "use.ai", "oneof", "not a use by machines that Byline knows"},
		{!known(u.By, contracts.TheBrand, contracts.ByAgency, contracts.ByAffiliates, contracts.ByRetailers), "use.by", "oneof", "not a licensee that Byline knows"},
		{u.Spend.Sign() < 0, "use.spend", "min", "an amount of 0 or more"},
		{u.Impressions < 0, "use.impressions", "min", "a number of 0 or more"},
		{p.Cost.Sign() < 0, "cost", "min", "an amount of 0 or more"},
	} {
		if rule.broken {
			found = append(found, &byline.FieldError{Path: rule.path, Code: rule.code, Message: rule.message})
		}
	}
	return found
}

func known[T comparable](value T, all ...T) bool { return slices.Contains(all, value) }
