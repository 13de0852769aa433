package rail

import "github.com/bylinehq/byline"

// Code is one row of the table of codes.
type Code struct{ Code, Meaning string }

// Codes lists what can be wrong with a batch, or with what a rail reports. Codes are a
// public contract: one may retire, none is ever reused.
//
//   - Of a batch: "rail.other", "rail.state", "rail.nothing", "rail.count"
//   - Of an item: "rail.alphabet", "rail.amount", "rail.currency"
//   - Of settings: "rail.debtor", "rail.date", "rail.text", "rail.approved"
//   - Of a report: "rail.size", "rail.xml", "rail.csv", "rail.shape", "rail.column",
//     "rail.message", "rail.status", "rail.contradiction", "rail.time", "rail.money"
//
// No text of an error quotes a batch or a report.
func Codes() []Code {
	return []Code{
		{"rail.other", "the batch is for another rail"},
		{"rail.state", "the batch is not posted to the ledger; see contracts.PostBatch"},
		{"rail.nothing", "nothing of the batch is under way"},
		{"rail.count", "more items than the rail takes at once"},
		{"rail.alphabet", "cannot be written in the alphabet of the rail"},
		{"rail.amount", "not an amount that the rail can carry"},
		{"rail.currency", "not a currency that the rail carries"},
		{"rail.debtor", "a name, an IBAN or a BIC of who pays is not good"},
		{"rail.date", "a time that is missing, or a day that is over or more than a year ahead"},
		{"rail.text", "longer than the rail takes"},
		{"rail.approved", "says otherwise than what was approved with the batch"},
		{"rail.size", "larger or deeper than any report"},
		{"rail.xml", "not one XML document, or one with a document type"},
		{"rail.csv", "not a table of comma-separated values"},
		{"rail.shape", "not the report that is documented"},
		{"rail.column", "a column is missing or stands twice"},
		{"rail.message", "the report is about another message"},
		{"rail.status", "not a status that is known"},
		{"rail.contradiction", "the report says of the same payments that they are paid and that they are refused"},
		{"rail.time", "not a time between 1970 and 9999"},
		{"rail.money", "not an exact amount in an ISO 4217 currency"},
	}
}

// fault makes a fault with the meaning of its code.
func fault(path, code string) *byline.FieldError {
	f := &byline.FieldError{Path: path, Code: code}
	for _, row := range Codes() {
		if row.Code == code {
			f.Message = row.Meaning
		}
	}
	return f
}
