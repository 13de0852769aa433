package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

// config is what the program is told from outside.
type config struct {
	data, html string
	demo, json bool
}

const usage = `Shortlist goes from what is known of creators to a list to book.

  shortlist -demo -html shortlist.html
  shortlist -data folder -html shortlist.html

Without -html or -json it writes the list as text. It ends with 0 when there is a list, 1
when nobody can be booked within the request, 2 when it was called wrongly or not all of
the files could be read.

Flags:
`

// readConfig reads the arguments. Asked for help, it writes it and returns flag.ErrHelp.
func readConfig(args []string, out io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("shortlist", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&c.demo, "demo", false, "choose among made-up creators that come with the program")
	flags.StringVar(&c.data, "data", "", "`folder` with campaign.json, rubric.json, accounts.csv and what else is known")
	flags.StringVar(&c.html, "html", "", "HTML `file` for the page")
	flags.BoolVar(&c.json, "json", false, "write everything as JSON to standard output")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprint(out, usage) // whoever closed it wants no help
		flags.SetOutput(out)
		flags.PrintDefaults()
		return config{}, err
	} else if err != nil {
		return config{}, fmt.Errorf("%w; -help lists what there is", err)
	}
	return c, c.fault(flags)
}

func (c config) fault(flags *flag.FlagSet) error {
	var found []error
	if flags.NArg() > 0 {
		found = append(found, fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	}
	switch {
	case c.demo && c.data != "":
		found = append(found, errors.New("-demo brings its own creators"))
	case !c.demo && c.data == "":
		found = append(found, errors.New("-data names the folder to read; try -demo first, or -help"))
	}
	return errors.Join(found...)
}
