package main

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// evidenceKind is how a kind of evidence looks on every page: a word, and a mark whose
// shape and colour it keeps.
type evidenceKind struct {
	Word string
	Mark string // of the symbol and the colour
}

func kindOf(k attribution.EvidenceKind) evidenceKind {
	switch k {
	case attribution.ByCode:
		return evidenceKind{"Code", "code"}
	case attribution.ByClick:
		return evidenceKind{"Click", "click"}
	case attribution.ByUTM:
		return evidenceKind{"UTM value", "utm"}
	case attribution.ByPage:
		return evidenceKind{"Landing page", "page"}
	case attribution.ByBinding:
		return evidenceKind{"Earlier order", "binding"}
	case attribution.BySurvey:
		return evidenceKind{"Survey answer", "survey"}
	case attribution.ByManual:
		return evidenceKind{"Assigned by hand", "manual"}
	case attribution.ByView:
		return evidenceKind{"View", "view"}
	}
	return evidenceKind{string(k), "other"}
}

func isClaim(k attribution.EvidenceKind) bool {
	return k == attribution.ByManual || k == attribution.BySurvey
}

func isTouch(k attribution.EvidenceKind) bool {
	return k == attribution.ByClick || k == attribution.ByUTM || k == attribution.ByPage || k == attribution.ByView
}

// evidenceTag is evidence that won, in the shortest form.
type evidenceTag struct {
	evidenceKind
	Text string // "" of a claim, whose id tells nobody anything
}

func evidenceTags(c attribution.Credit) []evidenceTag {
	if isClaim(c.By) {
		return []evidenceTag{{evidenceKind: kindOf(c.By)}}
	}
	var tags []evidenceTag
	for _, e := range c.Evidence {
		tags = append(tags, evidenceTag{kindOf(c.By), e})
	}
	return tags
}

// traceRow is a candidate as the order's page lists it.
type traceRow struct {
	attribution.Candidate
	Name     string
	Kind     evidenceKind
	Seen     string // where
	When     string // "" where it is of no other time than the order
	Said     string // by whom and why, of a claim
	Offer    string // when the offer is active
	Counts   string // the orders it counts for
	Discount string
	Meaning  string
	Order    byline.OrderID // an earlier order that is the evidence
}

func (s *server) traceRow(c attribution.Candidate, placed time.Time) traceRow {
	row := traceRow{Candidate: c, Kind: kindOf(c.Kind), Meaning: evidenceMeaning(c.Reason), Seen: seen(c)}
	if !c.At.IsZero() && !c.At.Equal(placed) {
		row.When = showTime(c.At)
	}
	if c.Creator != "" {
		row.Name = s.programme.name(c.Creator)
	}
	if c.Active != (byline.Window{}) || c.Creator != "" && (c.Kind == attribution.ByCode || c.Kind == attribution.ByClick) {
		row.Offer = showWindow(c.Active)
	}
	if c.Counts != (byline.Window{}) {
		row.Counts = showWindow(c.Counts)
	}
	if c.Discount.Sign() > 0 {
		row.Discount = showMoney(c.Discount)
	}
	if c.Kind == attribution.ByBinding {
		row.Order = byline.OrderID(c.Evidence)
	}
	if c.Author != "" || c.Note != "" {
		row.Said = strings.TrimPrefix(strings.TrimSuffix(c.Author+": “"+c.Note+"”", ": “”"), ": ")
	}
	return row
}

// seen says where evidence was found, but for codes that were used as codes are.
func seen(c attribution.Candidate) string {
	var said []string
	switch {
	case c.Kind == attribution.ByCode && c.Source == string(attribution.Genuine):
	case c.Source == attribution.SourceRedirect:
		said = append(said, "on our link")
	case c.Source != "":
		said = append(said, words(c.Source))
	}
	if c.Verified {
		said = append(said, "recorded")
	}
	return strings.Join(said, ", ")
}

// claimRow is what a person said about who brought the order.
type claimRow struct {
	attribution.Claim
	Name     string
	Kind     evidenceKind
	State    pill
	Withdraw string // where to post, "" when there is nothing to take back
}

func (s *server) claimRows(o attribution.Order) []claimRow {
	var rows []claimRow
	for _, c := range o.Claims {
		row := claimRow{Claim: c, Name: s.programme.name(c.Creator), Kind: kindOf(c.Kind), State: pill{"Stands", "yes", "good"}}
		switch {
		case c.Withdrawn:
			row.State = pill{"Taken back", "back", ""}
		case c.Kind == attribution.ByManual:
			row.Withdraw = withdrawPath(o.ID, c.ID)
		}
		rows = append(rows, row)
	}
	return rows
}
