package main

import (
	"encoding/json"
	"io"
)

// write writes the report in a format.
func (r report) write(out io.Writer, format string) error {
	switch format {
	case formatJSON:
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(r)
	case formatHTML:
		return r.writeHTML(out)
	}
	return r.writeTable(out)
}
