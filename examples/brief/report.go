package main

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// report is all that the program finds.
type report struct {
	At    time.Time    `json:"at"`
	Draft *reviewed    `json:"draft,omitempty"` // of the demo: the brief before it was mended
	Brief *reviewed    `json:"brief,omitempty"` // nil where a post is checked
	Post  *brief.Check `json:"post,omitempty"`
	Files []string     `json:"files,omitempty"` // that were written
	// Skipped says which were not, and why.
	Skipped []string `json:"skipped,omitempty"`

	sent  brief.Brief
	known known
}

// reviewed is a brief with what its review found.
type reviewed struct {
	ID       string           `json:"id"`
	Version  int              `json:"version"`
	Title    string           `json:"title"`
	Findings []byline.Finding `json:"findings"` // the worst first
}

// report reads the files and reviews them.
func (c config) report() (report, error) {
	var r report
	var draft brief.Brief
	var err error
	if c.demo {
		draft, err = r.readDemo()
	} else if err = read(c.brief, &r.sent); err == nil {
		err = read(c.known, &r.known)
	}
	if err != nil {
		return report{}, err
	}
	if r.At, err = c.when(r.known.brand()); err != nil {
		return report{}, err
	}
	if c.post != "" { // the brief is out, and its days are past by right
		return r, r.check(c.post)
	}
	if c.demo {
		r.Draft = r.review(draft)
	}
	r.Brief = r.review(r.sent)
	return r, nil
}

func (r *report) readDemo() (draft brief.Brief, err error) {
	for _, f := range []struct {
		name string
		into any
	}{{"draft.json", &draft}, {"mended.json", &r.sent}, {"known.json", &r.known}} {
		if err := demo(f.name, f.into); err != nil {
			return brief.Brief{}, err
		}
	}
	return draft, nil
}

func (r *report) review(b brief.Brief) *reviewed {
	found := brief.Review(b, r.At, r.known.review())
	if found == nil {
		found = []byline.Finding{} // a list in the JSON too
	}
	return &reviewed{b.ID, b.Version, b.Title, found}
}

// check holds a post against the brief.
func (r *report) check(name string) error {
	var post brief.Content
	if err := read(name, &post); err != nil {
		return err
	}
	check := brief.CheckPost(r.sent, post, r.At, r.known.check())
	r.Post = &check
	return nil
}

func (r report) blocked() bool {
	return r.Brief != nil && blocks(r.Brief.Findings) || r.Post != nil && blocks(r.Post.Findings)
}

func blocks(found []byline.Finding) bool {
	return slices.ContainsFunc(found, func(f byline.Finding) bool { return f.Severity == byline.Blocker })
}
