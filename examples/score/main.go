// Score says who brought the orders of a CSV file, and what another policy would have
// made of them.
//
//	go run ./examples/score -demo 20000
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
)

// How the program ends.
const (
	exitOK      = 0
	exitFailed  = 1 // or not all of the file could be read
	exitUsage   = 2
	exitBadRows = 3 // all else is well
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second Ctrl-C does not wait for anything
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// streams are those of the process.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run is the program without the process around it.
func run(ctx context.Context, args []string, std streams) int {
	c, err := readConfig(args, std.out)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		tell(std.err, err)
		return exitUsage
	case c.demo > 0:
		err = runDemo(ctx, c, std.out)
		tell(std.err, err)
		return exitOf(err, 0)
	}
	r, err := score(ctx, c, std)
	tell(std.err, err)
	return exitOf(err, r.Bad.Rows)
}

func exitOf(err error, bad int64) int {
	switch {
	case err != nil:
		return exitFailed
	case bad > 0:
		return exitBadRows
	}
	return exitOK
}

// tell writes an error for a person. That it cannot be written shows in the exit code.
func tell(out io.Writer, err error) {
	if err != nil {
		_, _ = fmt.Fprintln(out, "score:", err)
	}
}
