package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// config is what the program is told from outside.
type config struct {
	agreements, assets, placements string
	prices, reuse                  string
	out, json                      string
	at                             time.Time
	leads                          []int
	demo, fail                     bool
}

const (
	// demoAt is a day on which the demo has something of everything.
	demoAt       = "2026-11-22T09:00:00Z"
	defaultLeads = "30,14,1"
	maxLeads     = 20
	maxLead      = 3650
)

const usage = `Rights audits running placements against usage rights, and writes a page about it.

  rights -demo -o report.html
  rights -agreements agreements.json -assets assets.json -placements placements.csv -o report.html

It ends with 0 when the report is written, 1 when with -fail a placement is in breach now,
2 when it was called wrongly or not all of the input could be read.

Flags:
`

// readConfig reads the arguments. Asked for help, it writes it and returns flag.ErrHelp.
func readConfig(args []string, around surroundings) (config, error) {
	var c config
	var at, leads string
	flags := flag.NewFlagSet("rights", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&c.demo, "demo", false, "audit made-up data that comes with the program")
	flags.StringVar(&c.agreements, "agreements", "", "JSON `file` with a list of contracts.Terms")
	flags.StringVar(&c.assets, "assets", "", "JSON `file` with a list of contracts.Asset")
	flags.StringVar(&c.placements, "placements", "", "CSV or JSON `file` with the inventory")
	flags.StringVar(&c.prices, "prices", "", "JSON `file` with what rights cost, for renewals")
	flags.StringVar(&c.reuse, "reuse", "", "JSON `file` with a list of contracts.Reuse: planned uses to find assets for")
	flags.StringVar(&at, "at", "", "the `time` to audit at, RFC 3339 (default now; with -demo "+demoAt+")")
	flags.StringVar(&leads, "leads", defaultLeads, "`days` before an end at which to tell of it")
	flags.StringVar(&c.out, "o", "", "HTML `file` for the report (default standard output)")
	flags.StringVar(&c.json, "json", "", "JSON `file` for the same in full")
	flags.BoolVar(&c.fail, "fail", false, "end with 1 when a placement is in breach now")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprint(around.out, usage) // whoever closed it wants no help
		flags.SetOutput(around.out)
		flags.PrintDefaults()
		return config{}, err
	} else if err != nil {
		return config{}, fmt.Errorf("%w; -help lists what there is", err)
	}
	var timeFault, leadFault error
	c.at, timeFault = c.parseAt(at, around.now)
	c.leads, leadFault = parseLeads(leads)
	return c, errors.Join(append(c.faults(flags), timeFault, leadFault)...)
}

func (c config) faults(flags *flag.FlagSet) (found []error) {
	if flags.NArg() > 0 {
		found = append(found, fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	}
	given := c.agreements + c.assets + c.placements + c.prices + c.reuse
	switch {
	case c.demo && given != "":
		found = append(found, errors.New("-demo brings its own data"))
	case !c.demo && (c.agreements == "" || c.assets == "" || c.placements == ""):
		found = append(found, errors.New("-agreements, -assets and -placements say what to audit; try -demo first, or -help"))
	}
	taken := map[string]string{}
	for _, f := range []struct{ flag, path string }{
		{"-agreements", c.agreements}, {"-assets", c.assets}, {"-placements", c.placements},
		{"-prices", c.prices}, {"-reuse", c.reuse}, {"-o", c.out}, {"-json", c.json},
	} {
		if f.path == "" {
			continue
		}
		path, err := filepath.Abs(f.path)
		if other, is := taken[path]; is && err == nil && (f.flag == "-o" || f.flag == "-json") {
			found = append(found, fmt.Errorf("%s and %s name one file", other, f.flag))
		}
		taken[path] = f.flag
	}
	return found
}

func (c config) parseAt(text string, now func() time.Time) (time.Time, error) {
	if text == "" && !c.demo {
		return now().UTC().Truncate(time.Second), nil
	}
	if text == "" {
		text = demoAt
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || at.Year() < 1970 || at.Year() > 9000 {
		return time.Time{}, fmt.Errorf("-at is a time such as %s, not %q", demoAt, text)
	}
	return at.UTC(), nil
}

func parseLeads(text string) ([]int, error) {
	var leads []int
	for part := range strings.SplitSeq(text, ",") {
		days, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || days < 1 || days > maxLead || len(leads) == maxLeads {
			return nil, fmt.Errorf("-leads are up to %d numbers of days, 1 to %d each, such as %s, not %q", maxLeads, maxLead, defaultLeads, text)
		}
		leads = append(leads, days)
	}
	return leads, nil
}
