package dossiercsv

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Fault is what is wrong with a row, or with a file where Line is 1 or 0. It answers to
// byline.ErrInvalid. Its code is one of those of creator.Dossier.Validate,
// byline.ParseMoney, byline.ParseMarket and byline.ParsePlatform, or one of
//
//   - "dossiercsv.header": the first row does not name the columns
//   - "dossiercsv.utf_sixteen": the file is in UTF-16
//   - "dossiercsv.column_missing", "dossiercsv.column_twice": the file is not read
//   - "dossiercsv.column_unknown": the column is passed over
//   - "dossiercsv.quotes": a quote stands where none can, or is not closed
//   - "dossiercsv.cells": more or fewer cells than the header
//   - "dossiercsv.row_size", "dossiercsv.too_many_rows": nothing behind it was read
//   - "dossiercsv.cell_size": longer than Options.MaxCell
//   - "dossiercsv.required": empty
//   - "dossiercsv.text": not UTF-8, or with a control character
//   - "dossiercsv.number", "dossiercsv.share", "dossiercsv.count": not written as one
//   - "dossiercsv.time": not a time
//   - "dossiercsv.word": not a word that the column knows
//   - "dossiercsv.flag": neither yes nor no
//   - "dossiercsv.creator_unknown", "dossiercsv.account_unknown": the accounts have none
//   - "dossiercsv.account_unclear": several accounts on the platform and no handle
//   - "dossiercsv.twice": another row says it
//   - "dossiercsv.contradicts": another row says otherwise
type Fault struct {
	File    File   `json:"file"`
	Line    int    `json:"line"` // on which the row begins; the header is on line 1
	Column  string `json:"column,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"` // never quotes a cell
}

// Error names the place.
func (f Fault) Error() string {
	place := fmt.Sprintf("%s, line %d", f.File, f.Line)
	if f.Column != "" {
		place += ", " + f.Column
	}
	return place + ": " + f.Message
}

// Is answers to byline.ErrInvalid.
func (f Fault) Is(target error) bool { return target == byline.ErrInvalid }
