// Models compares attribution models on a file of journeys, and writes a page that says
// where they disagree, how sure each of them is, and what that means.
//
//	go run ./examples/models -demo -html report.html
package main

import (
	"bytes"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// How the program ends.
const (
	exitOK      = 0
	exitRefused = 1 // the journeys have no conversion to credit
	exitBad     = 2 // called wrongly, or not all of the file could be read
)

//go:embed demo/journeys.csv
var demoCSV []byte

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program without the process around it.
func run(args []string, out, errOut io.Writer) int {
	c, err := readConfig(args, out)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	var r report
	if err == nil {
		r, err = c.report()
	}
	if err == nil {
		err = r.deliver(c, out)
	}
	switch {
	case err != nil:
		_, _ = fmt.Fprintln(errOut, "models:", clean(err.Error())) // that it cannot be written shows in the status
		return exitBad
	case r.Refused != nil:
		return exitRefused
	}
	return exitOK
}

// report reads the journeys and compares the models.
func (c config) report() (report, error) {
	in := io.Reader(bytes.NewReader(demoCSV))
	if !c.demo {
		f, err := os.Open(c.journeys)
		if err != nil {
			return report{}, err
		}
		defer func() { _ = f.Close() }() // it was only read
		in = f
	}
	s, err := readJourneys(in, c)
	if err != nil {
		return report{}, err
	}
	return s.report(c)
}
