// Brief says what to mend in a campaign brief before it is sent, writes the files to send,
// and holds a draft or a live post against it.
//
//	go run ./examples/brief -demo -out sendable
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

// How the program ends.
const (
	exitOK      = 0
	exitBlocked = 1 // the brief must not be sent, or the post not stay as it is
	exitBad     = 2 // called wrongly, or a file is not what it should be
)

func main() { os.Exit(run(os.Args[1:], surroundings{os.Stdout, os.Stderr, time.Now})) }

// surroundings are what the process gives.
type surroundings struct {
	out, err io.Writer
	now      func() time.Time
}

// run is the program without the process around it.
func run(args []string, around surroundings) int {
	c, err := readConfig(args, around)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	var r report
	if err == nil {
		r, err = c.report()
	}
	if err == nil {
		err = r.deliver(c, around.out)
	}
	switch {
	case err != nil:
		_, _ = fmt.Fprintln(around.err, "brief:", clean(err.Error())) // that it cannot be written shows in the status
		return exitBad
	case r.blocked():
		return exitBlocked
	}
	return exitOK
}
