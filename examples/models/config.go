package main

import (
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/bylinehq/byline"
)

// config is what the program is told from outside.
type config struct {
	journeys, direct, html string
	currency               byline.Currency
	replicates             int
	demo, json             bool
}

const usage = `Models compares attribution models on a file of journeys.

  models -demo -html report.html
  models -journeys journeys.csv -currency EUR -html report.html

Without -html or -json it writes a table as text. It ends with 0 when there is a report,
1 when no journey has converted so that there is nothing to credit, 2 when it was called
wrongly or not all of the file could be read.

Flags:
`

// readConfig reads the arguments. Asked for help, it writes it and returns flag.ErrHelp.
func readConfig(args []string, out io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("models", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&c.demo, "demo", false, "compare on made-up journeys that come with the program")
	flags.StringVar(&c.journeys, "journeys", "", "CSV `file` with a journey in each row")
	flags.StringVar((*string)(&c.currency), "currency", "", "ISO 4217 `code` of the values in the file")
	flags.StringVar(&c.direct, "direct", "direct", "`name` of the channel that stands for none")
	flags.StringVar(&c.html, "html", "", "HTML `file` for the page")
	flags.BoolVar(&c.json, "json", false, "write all numbers as JSON to standard output")
	flags.IntVar(&c.replicates, "replicates", defaultReplicates, "`times` the journeys are drawn anew for the intervals, 40 or more")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprint(out, usage) // whoever closed it wants no help
		flags.SetOutput(out)
		flags.PrintDefaults()
		return config{}, err
	} else if err != nil {
		return config{}, fmt.Errorf("%w; -help lists what there is", err)
	}
	if c.demo && c.currency == "" {
		c.currency = byline.EUR
	}
	return c, c.fault(flags)
}

const (
	defaultReplicates = 1000
	leastReplicates   = 40 // one of them lies outside a 95% interval at either end
	mostReplicates    = 100_000
)

func (c config) fault(flags *flag.FlagSet) error {
	var found []error
	if flags.NArg() > 0 {
		found = append(found, fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	}
	switch {
	case c.demo && c.journeys != "":
		found = append(found, errors.New("-demo brings its own journeys"))
	case c.demo && c.currency != byline.EUR:
		found = append(found, errors.New("the demo's values are in EUR"))
	case !c.demo && c.journeys == "":
		found = append(found, errors.New("-journeys names the file to compare on; try -demo first, or -help"))
	}
	if c.currency != "" && !c.currency.Known() {
		found = append(found, fmt.Errorf("-currency is an ISO 4217 code such as EUR, not %q", c.currency))
	}
	if c.replicates < leastReplicates || c.replicates > mostReplicates {
		found = append(found, fmt.Errorf("-replicates is %d to %d", leastReplicates, mostReplicates))
	}
	return errors.Join(found...)
}
