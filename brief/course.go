package brief

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
)

// Course is what was agreed of the way of one piece, pinned when work on it begins: a
// later version of the brief changes nothing about it.
type Course struct {
	Brief   string `json:"brief"`
	Version int    `json:"version"`
	Piece   int    `json:"piece"`  // index of Brief.Pieces
	Number  int    `json:"number"` // of those that the piece counts, from 1

	Rounds   int           `json:"rounds"`
	Silence  Silence       `json:"silence,omitempty"`
	Posting  byline.Window `json:"posting"`
	Live     time.Duration `json:"minimum_live,omitempty"`
	Evidence bool          `json:"keep_evidence,omitempty"` // a piece is verified only with evidence
}

// CourseOf takes the course of a piece from its brief. The faults are "course.piece" for a
// piece that the brief has not, and "course.number" for one more than it counts.
func CourseOf(b Brief, piece, number int) (Course, error) {
	if piece < 0 || piece >= len(b.Pieces) {
		return Course{}, byline.Faults([]*byline.FieldError{{Path: "piece", Code: "course.piece", Message: "the brief has no such piece"}})
	}
	p := b.Pieces[piece]
	if number < 1 || number > p.Count {
		return Course{}, byline.Faults([]*byline.FieldError{{Path: "number", Code: "course.number", Message: fmt.Sprintf("the brief asks for %d of it", p.Count)}})
	}
	return Course{
		Brief: b.ID, Version: b.Version, Piece: piece, Number: number,
		Rounds: b.Approval.Rounds, Silence: b.Approval.Silence, Posting: p.Posting, Live: p.Live, Evidence: b.Monitoring.Evidence,
	}, nil
}

// uniform writes the same course in one way.
func (c Course) uniform() Course {
	c.Posting.Start, c.Posting.End = c.Posting.Start.UTC().Round(0), c.Posting.End.UTC().Round(0)
	return c
}
