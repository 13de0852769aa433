package pdf

import "github.com/bylinehq/byline/brief/page"

// label sets a disclosure in a box, over pages if need be.
func (p *paper) label(l page.Label, colon string) {
	const pad, inset = 2.2, 6
	x, width := float64(margin+inset), float64(full-2*inset)
	lines := []boxed{}
	add := func(runs ...run) {
		for _, fragments := range p.flow(runs, width) {
			lines = append(lines, boxed{fragments, runs[0].style.height()})
		}
	}
	add(run{text: p.printable(l.For), style: small, ink: muted})
	add(run{text: p.printable(l.Text), style: label, ink: black})
	for _, where := range l.Where {
		add(p.orNothing(where, colon)...)
	}
	if l.Switch != nil {
		add(p.orNothing(*l.Switch, colon)...)
	}
	height := 2 * pad
	for _, line := range lines {
		height += line.height
	}
	p.room(height)
	p.pad(pad)
	for _, line := range lines {
		p.room(line.height)
		p.strip(line.height)
		p.line(x, line.fragments, line.height)
	}
	p.pad(pad)
	p.y += 3
}

// boxed is a line of a box.
type boxed struct {
	fragments []fragment
	height    float64
}

func (p *paper) pad(height float64) {
	p.strip(height)
	p.y += height
}

// orNothing is a line that has at least one run.
func (p *paper) orNothing(l page.Line, colon string) []run {
	if runs := p.runs(l, colon); len(runs) > 0 {
		return runs
	}
	return []run{{style: body}}
}
