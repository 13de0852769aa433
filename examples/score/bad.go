package main

import (
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"github.com/bylinehq/byline/attribution/ordercsv"
)

// shownBad is how many bad rows the result shows; the file of -bad has all of them.
const shownBad = 20

// badRows are rows that gave no order. Nothing is dropped without a word.
type badRows struct {
	Rows int64 `json:"rows"` // or whole orders, of a file with a row for each line
	// Codes counts rows by what is wrong with them; a row can have several faults.
	Codes []badCode `json:"codes,omitempty"`
	First []badRow  `json:"first,omitempty"`
	File  string    `json:"file,omitempty"` // that has all of them

	out *csv.Writer
}

type badCode struct {
	Code string `json:"code"`
	Rows int64  `json:"rows"`
}

type badRow struct {
	Line int    `json:"line"`
	End  int    `json:"end"`
	Text string `json:"text"`
}

func (b *badRows) add(e *ordercsv.RowError) error {
	b.Rows++
	var codes []string
	for _, f := range e.Faults {
		if slices.Contains(codes, f.Code) {
			continue
		}
		codes = append(codes, f.Code)
		i := slices.IndexFunc(b.Codes, func(c badCode) bool { return c.Code == f.Code })
		if i < 0 {
			i = len(b.Codes)
			b.Codes = append(b.Codes, badCode{Code: f.Code})
		}
		b.Codes[i].Rows++
	}
	if len(b.First) < shownBad {
		b.First = append(b.First, badRow{e.Line, e.End, faultsText(e)})
	}
	return b.write(e)
}

// faultsText names the faults of a row, but not a thousand of them.
func faultsText(e *ordercsv.RowError) string {
	const most = 4
	var texts []string
	for _, f := range e.Faults[:min(len(e.Faults), most)] {
		texts = append(texts, f.Error())
	}
	if left := len(e.Faults) - most; left > 0 {
		texts = append(texts, "and "+plural(int64(left), "fault", "faults")+" more")
	}
	return strings.Join(texts, "; ")
}

func (b *badRows) write(e *ordercsv.RowError) error {
	if b.out == nil {
		return nil
	}
	for _, f := range e.Faults {
		if err := b.out.Write([]string{strconv.Itoa(e.Line), strconv.Itoa(e.End), f.Path, f.Code, f.Message}); err != nil {
			return err
		}
	}
	return nil
}

// finish sorts the codes, the most frequent first, and writes what is left.
func (b *badRows) finish() error {
	slices.SortFunc(b.Codes, func(x, y badCode) int { return cmp.Or(cmp.Compare(y.Rows, x.Rows), cmp.Compare(x.Code, y.Code)) })
	if b.out == nil {
		return nil
	}
	b.out.Flush()
	return b.out.Error()
}
