package contracts

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
)

// WriteJSON writes {"statement":{…},"lines":[…]}: the statement with its sections, then
// the lines by currency, gifts after money. w gets the lines as they are read; after an
// error it has a document that does not parse.
func (s *Statement) WriteJSON(ctx context.Context, w io.Writer) error {
	if err := s.writeJSON(w, s.all(ctx)); err != nil {
		return fmt.Errorf("statement as JSON: %w", err)
	}
	return nil
}

func (s *Statement) writeJSON(w io.Writer, lines iter.Seq2[StatementLine, error]) error {
	out := bufio.NewWriter(w)
	values := json.NewEncoder(out)
	_, _ = out.WriteString(`{"statement":`) // the writer keeps its first error for Flush
	if err := values.Encode(s); err != nil {
		return err
	}
	before := `,"lines":[` + "\n"
	for line, err := range lines {
		if err != nil {
			return err
		}
		_, _ = out.WriteString(before)
		if err := values.Encode(line); err != nil {
			return err
		}
		before = ","
	}
	if before != "," {
		_, _ = out.WriteString(before)
	}
	_, _ = out.WriteString("]}\n")
	return out.Flush()
}
