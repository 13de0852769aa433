package ordercsv

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Mapping says how a file writes orders. With nothing but a Shop it reads a file whose
// columns have our own names. It can be read from JSON, but for Location and Identity.
type Mapping struct {
	// Shop is the shop's own name for itself, as its webhooks' decoder writes it.
	Shop string `json:"shop"`
	// IDPrefix stands before each id, as the shop's webhooks' decoder writes it:
	// "shopify:". Default: Shop and a colon.
	IDPrefix string `json:"id_prefix,omitempty"`
	// Columns has the names of the columns that are read, in any case. A column with
	// several names has the first of them that the file has; it must have one, unless
	// the last name is empty. Default: every Column under its own name, where the file
	// has it. Columns of the file that nobody named are passed over.
	Columns map[Column][]string `json:"columns,omitempty"`
	// Fixed is what stands in the cells of columns that the file does not have.
	Fixed map[Column]string `json:"fixed,omitempty"`
	// Words translates whole cells, in any case; "*" stands for every other cell that is
	// not empty. What it does not know stays as it is.
	Words map[Column]map[string]string `json:"words,omitempty"`
	// Grouped says that an order may have several rows, one for each of its lines. They
	// stand together; rows with an empty id belong to the order above them. What is said
	// of the order stands in its first row, and may stand in the others too.
	Grouped bool `json:"grouped,omitempty"`
	// Delimiter stands between cells: ",", ";", "\t". Default: ",".
	Delimiter string `json:"delimiter,omitempty"`
	// DecimalComma says that amounts are written with a comma, "19,90".
	DecimalComma bool `json:"decimal_comma,omitempty"`
	// Thousands is the sign between groups of digits, "1.234,50". Default: none, and
	// then a number with groups is refused.
	Thousands string `json:"thousands,omitempty"`
	// CodeSeparator stands between codes. Default: "|".
	CodeSeparator string `json:"code_separator,omitempty"`
	// CodeAmount stands between a code and what it took off, "ADA15=7.50", where a file
	// says that. Default: "=".
	CodeAmount string `json:"code_amount,omitempty"`
	// TimeLayout is of package time. Default: time.RFC3339.
	TimeLayout string `json:"time_layout,omitempty"`
	// Location is where times without an offset are. Default: time.UTC.
	Location *time.Location `json:"-"`
	// MaxRow is how long a row may be, in bytes. Default: DefaultMaxRow.
	MaxRow int `json:"max_row,omitempty"`
	// Identity turns e-mail addresses and phone numbers into keys. The zero Identity
	// makes none.
	Identity attribution.Identity `json:"-"`
}

// DefaultMaxRow is how long a row may be unless a Mapping says otherwise.
const DefaultMaxRow = 1 << 20

// withDefaults fills in what is empty.
func (m Mapping) withDefaults() Mapping {
	set := func(field *string, otherwise string) {
		if *field == "" {
			*field = otherwise
		}
	}
	m.Shop = strings.TrimSpace(m.Shop)
	set(&m.IDPrefix, m.Shop+":")
	set(&m.Delimiter, ",")
	set(&m.CodeSeparator, "|")
	set(&m.CodeAmount, "=")
	set(&m.TimeLayout, time.RFC3339)
	if m.Location == nil {
		m.Location = time.UTC
	}
	if m.MaxRow <= 0 {
		m.MaxRow = DefaultMaxRow
	}
	return m
}

// faults are of a Mapping with its defaults.
func (m Mapping) faults() []*byline.FieldError {
	var found []*byline.FieldError
	add := func(path, code string) { found = append(found, fault(path, code, "")) }
	if m.Shop == "" {
		add("shop", codeShop)
	}
	if r, size := utf8.DecodeRuneInString(m.Delimiter); size != len(m.Delimiter) || r == utf8.RuneError || strings.ContainsRune("\x00\"\r\n", r) {
		add("delimiter", codeDelimiter)
	}
	if m.Thousands != "" && (m.Thousands == m.decimal() || strings.ContainsAny(m.Thousands, "0123456789-")) {
		add("thousands", codeNumbers)
	}
	if m.CodeSeparator == m.CodeAmount {
		add("code_separator", codeCodes)
	}
	if !m.tells() {
		add("time_layout", codeLayout)
	}
	unknown := func(path string, columns []Column) {
		for _, c := range columns {
			if !c.known() {
				add(fmt.Sprintf("%s[%d]", path, int(c)), codeColumn)
			}
		}
	}
	unknown("columns", slices.Sorted(maps.Keys(m.Columns)))
	unknown("fixed", slices.Sorted(maps.Keys(m.Fixed)))
	unknown("words", slices.Sorted(maps.Keys(m.Words)))
	return found
}

// tells reports whether a time can be read back as it was written: a layout may lack the
// year, or half of the day, and the abbreviation of a zone says nothing certain.
func (m Mapping) tells() bool {
	wrote := time.Date(2026, time.November, 23, 18, 30, 5, 0, time.UTC)
	read, err := time.ParseInLocation(m.TimeLayout, wrote.Format(m.TimeLayout), time.UTC)
	sameDay := read.Format(time.DateOnly) == wrote.Format(time.DateOnly)
	return err == nil && sameDay && (read.Hour() == wrote.Hour() || read.Hour() == 0) && !strings.Contains(m.TimeLayout, "MST")
}

func (m Mapping) decimal() string {
	if m.DecimalComma {
		return ","
	}
	return "."
}
