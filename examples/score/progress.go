package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

const (
	progressEvery = 200 * time.Millisecond
	barWidth      = 24
)

// progress is a line on a terminal that tells how far the reading is.
type progress struct {
	out     io.Writer // nil: there is nobody to tell
	now     func() time.Time
	total   int64 // bytes of the file, 0: not known
	started time.Time
	shown   time.Time
	width   int // of the line that stands there
}

// newProgress is silent where out is no terminal, and where nobody wants it.
func newProgress(out io.Writer, quiet bool, total int64) *progress {
	p := &progress{now: time.Now, total: total}
	if terminal(out) && !quiet {
		p.out, p.started = out, p.now()
	}
	return p
}

// terminal tells a terminal from a file or a pipe.
func terminal(out io.Writer) bool {
	f, is := out.(*os.File)
	if !is {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// at tells where the reading is: rows, bytes of rows, and bytes of the file, which is
// shorter where it is packed. It writes a few times in a second.
func (p *progress) at(rows, bytes, read int64) {
	if p.out == nil {
		return
	}
	now := p.now()
	if now.Sub(p.shown) < progressEvery {
		return
	}
	p.shown = now
	p.write(p.line(now.Sub(p.started), rows, bytes, read))
}

func (p *progress) line(took time.Duration, rows, bytes, read int64) string {
	rate := float64(rows) / max(took.Seconds(), 1e-3)
	text := fmt.Sprintf("%s rows  %.1f MB  %s rows/s", showCount(rows), float64(bytes)/1e6, showCount(int64(rate)))
	if p.total <= 0 || read <= 0 {
		return text
	}
	part := min(float64(read)/float64(p.total), 1)
	full := int(part * barWidth)
	left := time.Duration(float64(took) * (1 - part) / part)
	return fmt.Sprintf("[%s%s] %3d%%  %s  %s left", strings.Repeat("#", full), strings.Repeat(".", barWidth-full),
		int(part*100), text, left.Round(time.Second))
}

// write replaces the line that stands there. That it cannot be written harms nobody.
func (p *progress) write(line string) {
	_, _ = fmt.Fprintf(p.out, "\r%s%s", line, strings.Repeat(" ", max(p.width-len(line), 0)))
	p.width = len(line)
}

// done takes the line away, so that what follows stands alone.
func (p *progress) done() {
	if p.out != nil && p.width > 0 {
		_, _ = fmt.Fprintf(p.out, "\r%s\r", strings.Repeat(" ", p.width))
	}
}
