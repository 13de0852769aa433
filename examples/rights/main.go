// Rights audits an inventory of running placements against the rights that agreements
// and platforms give, and writes a page for those who have to act on it.
//
//	go run ./examples/rights -demo -o report.html
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// How the program ends.
const (
	exitOK     = 0
	exitBreach = 1 // only with -fail
	exitBad    = 2 // called wrongly, or not all of the input could be read
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second Ctrl-C does not wait for anything
	os.Exit(run(ctx, os.Args[1:], surroundings{os.Stdout, os.Stderr, time.Now}))
}

// surroundings are what the process gives.
type surroundings struct {
	out, err io.Writer
	now      func() time.Time
}

// run is the program without the process around it.
func run(ctx context.Context, args []string, around surroundings) int {
	c, err := readConfig(args, around)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	var r report
	if err == nil {
		r, err = audit(ctx, c)
	}
	if err == nil {
		err = r.deliver(c, around.out)
	}
	switch {
	case err != nil:
		tell(around.err, err.Error())
		return exitBad
	case len(r.BadRows) > 0:
		tell(around.err, r.BadRows.String())
		return exitBad
	case c.fail && len(r.Audit.Now) > 0:
		return exitBreach
	}
	return exitOK
}

// tell writes for a person. That it cannot be written shows in the exit status.
func tell(out io.Writer, text string) { _, _ = fmt.Fprintln(out, "rights:", clean(text)) }
