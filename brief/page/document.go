package page

import "time"

// Document is a brief as it is shown: plain text in reading order, with neither Markdown
// nor HTML in it. Every text is valid UTF-8 without control characters and without blanks
// around it; the Text of a [Line] or a [Label] may have line breaks ("\n"), nothing else.
type Document struct {
	Language string    `json:"language"` // of the headings and fixed words, a BCP 47 base language
	Colon    string    `json:"colon"`    // what stands between a Lead and its Text, with its blanks: ": ", " : ", "："
	Title    string    `json:"title"`
	Summary  []Line    `json:"summary,omitempty"` // rows below the title: markets, languages, version, zone
	Notes    []string  `json:"notes,omitempty"`   // about the page itself, above the first section
	Sections []Section `json:"sections"`
	Dates    []Date    `json:"dates,omitempty"` // what is due, in order of time, for calendars
}

// Section is one chapter, of which every block has something in it.
type Section struct {
	Key     Key     `json:"key"`
	Heading string  `json:"heading"`
	Blocks  []Block `json:"blocks"`
}

// Key names a section in every language; it is what an anchor is called.
type Key string

// The sections, in their order. A section with nothing to say is left out.
const (
	About        Key = "about"
	Deliverables Key = "deliverables"
	Musts        Key = "must_haves"
	Disclosure   Key = "label"
	Claims       Key = "claims"
	Guardrails   Key = "guardrails"
	Avoid        Key = "avoid"
	Angles       Key = "angles"
	Schedule     Key = "timeline"
	Usage        Key = "usage"
	Tracking     Key = "tracking"
	Contact      Key = "contact"
	Monitoring   Key = "monitoring"
)

// Block is a part of a section. Its fields are shown in the order of their declaration,
// and those that are empty not at all.
type Block struct {
	Heading string  `json:"heading,omitempty"`
	Text    []Line  `json:"text,omitempty"` // paragraphs
	List    []Line  `json:"list,omitempty"` // unordered
	Rows    []Line  `json:"rows,omitempty"` // Lead is the key, the rest the value
	Table   *Table  `json:"table,omitempty"`
	Labels  []Label `json:"labels,omitempty"`
}

// Line is a paragraph, an item, a row or a cell: "Lead: Text – Note".
type Line struct {
	Lead string `json:"lead,omitempty"` // in bold, without the [Document.Colon]
	Text string `json:"text,omitempty"`
	// URL is where Text leads: http, https, mailto or tel; "" nowhere.
	URL  string `json:"url,omitempty"`
	Note string `json:"note,omitempty"` // less important, after it or below
	// Copy says that Text is to be taken over letter by letter: a code, a hashtag, a link.
	Copy bool `json:"copy,omitempty"`
}

// Table has a heading for every column, and as many cells in every row. The first cell of a
// row says what the row is about.
type Table struct {
	Caption string   `json:"caption"` // what it is called, for whoever does not see the heading above it
	Head    []string `json:"head"`
	Rows    [][]Line `json:"rows"`
}

// Label is a disclosure to copy into a post.
type Label struct {
	Text     string `json:"text"`     // letter by letter
	Language string `json:"language"` // of Text, BCP 47
	For      string `json:"for"`      // "Germany, Austria · Instagram"
	// Where says where it has to stand, for each kind of content: Lead is the kind.
	Where []Line `json:"where,omitempty"`
	// Switch is the platform's own switch that is to be on besides.
	Switch *Line `json:"switch,omitempty"`
}

// Date is a day, a moment or a window of the brief.
type Date struct {
	Key   string    `json:"key"`  // "drafts_due", "deliverables[0].posting"
	Name  string    `json:"name"` // "First drafts due"
	Start time.Time `json:"start"`
	End   time.Time `json:"end,omitzero"` // of a window, exclusive; zero for a moment
	// Day says that Start is midnight in the reader's zone, so that the day is meant.
	Day  bool   `json:"day,omitempty"`
	Text string `json:"text"` // as the document shows it
}
