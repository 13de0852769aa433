// Shortlist goes from what is known of creators to a list to book: whom, for how much, what
// they may bring, and why these and not others.
//
//	go run ./examples/shortlist -demo -html shortlist.html
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// How the program ends.
const (
	exitOK    = 0
	exitEmpty = 1 // nobody can be booked within the request
	exitBad   = 2 // called wrongly, or not all of the files could be read
)

//go:embed demo
var demo embed.FS

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program without the process around it.
func run(args []string, out, errOut io.Writer) int {
	c, err := readConfig(args, out)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	var r *report
	if err == nil {
		r, err = c.report()
	}
	if err == nil {
		err = r.deliver(c, out)
	}
	switch {
	case err != nil:
		_, _ = fmt.Fprintln(errOut, "shortlist:", clean(err.Error())) // that it cannot be written shows in the status
		return exitBad
	case len(r.Orders.Picks) == 0:
		return exitEmpty
	}
	return exitOK
}

// report reads the files and makes the list.
func (c config) report() (*report, error) {
	var folder fs.FS
	switch {
	case c.demo:
		sub, err := fs.Sub(demo, "demo")
		if err != nil {
			return nil, err
		}
		folder = sub
	default:
		info, err := os.Stat(c.data)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			return nil, fmt.Errorf("-data names a folder, and %s is a file", c.data)
		}
		folder = os.DirFS(c.data)
	}
	s, err := readSource(folder)
	if err != nil {
		return nil, err
	}
	s.demo = c.demo
	return s.report()
}
