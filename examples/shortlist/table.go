package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
)

// maxFile bounds a file that is read whole.
const maxFile = 256 << 20

// table is a CSV file of the example's own, beside those that dossiercsv reads.
type table struct {
	name   string
	rows   []map[string]string
	lines  []int
	faults []error
}

// readTable reads a file with these columns and no others. A file that is not there is an
// empty table.
func readTable(folder fs.FS, name string, columns ...string) (*table, error) {
	t := &table{name: name}
	f, err := open(folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	in := csv.NewReader(f)
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: there is no header: %w", name, err)
	}
	if got, want := strings.TrimPrefix(strings.Join(header, ","), "\ufeff"), strings.Join(columns, ","); got != want {
		return nil, fmt.Errorf("%s: the columns are %s", name, want)
	}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		row := make(map[string]string, len(columns))
		for i, column := range columns {
			row[column] = strings.TrimSpace(cells[i])
		}
		line, _ := in.FieldPos(0)
		t.rows, t.lines = append(t.rows, row), append(t.lines, line)
	}
}

// fault notes what is wrong with a row, without repeating what stands there.
func (t *table) fault(i int, format string, args ...any) {
	t.faults = append(t.faults, fmt.Errorf("%s line %d: %s", t.name, t.lines[i], fmt.Sprintf(format, args...)))
}

// number reads a cell with a number from 0 up. An empty one is not known.
func (t *table) number(i int, column string) (v float64, known bool) {
	cell := t.rows[i][column]
	if cell == "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil || !(v >= 0 && v <= 1e12) {
		t.fault(i, "%s is no number from 0 to 1e12", column)
		return 0, false
	}
	return v, true
}

// flag reads a cell with yes, no or nothing.
func (t *table) flag(i int, column string) bool {
	switch strings.ToLower(t.rows[i][column]) {
	case "yes":
		return true
	case "no", "":
	default:
		t.fault(i, "%s is yes or no", column)
	}
	return false
}

// creator reads the id of a creator whom the accounts have.
func (t *table) creator(i int, known map[byline.CreatorID]bool) byline.CreatorID {
	id := byline.CreatorID(t.rows[i]["creator"])
	if !known[id] {
		t.fault(i, "accounts.csv has no such creator")
	}
	return id
}

// open opens a file of bearable size.
func open(folder fs.FS, name string) (fs.File, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err == nil && info.IsDir():
		err = fmt.Errorf("%s is a folder", name)
	case err == nil && info.Size() > maxFile:
		err = fmt.Errorf("%s has more than %d MiB", name, maxFile>>20)
	}
	if err != nil {
		_ = f.Close() // it was only opened
		return nil, err
	}
	return f, nil
}
