package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/bylinehq/byline/brief"
)

// config is what the program is told from outside.
type config struct {
	brief, known, post string
	lang, domain, out  string
	at                 string
	now                time.Time
	demo, json         bool
}

const (
	// demoAt is a day on which the demo's draft could still be mended.
	demoAt     = "2026-11-22"
	demoDomain = "demo.example"
)

const usage = `Brief says what to mend in a brief before it is sent, and writes the files to send.

  brief -demo -out sendable
  brief -brief brief.json -known known.json -out sendable -domain demo.example
  brief -brief brief.json -known known.json -post post.json

It ends with 0 when nothing blocks, 1 when something in the brief or the post does, 2 when
it was called wrongly or a file is not what it should be.

Flags:
`

// readConfig reads the arguments. Asked for help, it writes it and returns flag.ErrHelp.
func readConfig(args []string, around surroundings) (config, error) {
	c := config{now: around.now()}
	flags := flag.NewFlagSet("brief", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&c.demo, "demo", false, "review a made-up draft that comes with the program, and the same brief mended")
	flags.StringVar(&c.brief, "brief", "", "JSON `file` with a brief.Brief")
	flags.StringVar(&c.known, "known", "", "JSON `file` with what is known besides: calendars, contract, competitors")
	flags.StringVar(&c.post, "post", "", "JSON `file` with a brief.Content to hold against the brief, which is then not reviewed")
	flags.StringVar(&c.at, "at", "", "the `day`, or the time by RFC 3339, to review at (default now; with -demo "+demoAt+")")
	flags.StringVar(&c.lang, "lang", "", "BCP 47 `tag` of the headings in the files (default the brief's)")
	flags.StringVar(&c.out, "out", "", "`folder` for the files to send; they are written when nothing blocks")
	flags.StringVar(&c.domain, "domain", "", "your own `domain`, for the ids in the calendar (with -demo "+demoDomain+")")
	flags.BoolVar(&c.json, "json", false, "write all findings in full as JSON")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprint(around.out, usage) // whoever closed it wants no help
		flags.SetOutput(around.out)
		flags.PrintDefaults()
		return config{}, err
	} else if err != nil {
		return config{}, fmt.Errorf("%w; -help lists what there is", err)
	}
	if c.demo && c.domain == "" {
		c.domain = demoDomain
	}
	if c.demo && c.at == "" {
		c.at = demoAt
	}
	return c, c.fault(flags)
}

func (c config) fault(flags *flag.FlagSet) error {
	var found []error
	if flags.NArg() > 0 {
		found = append(found, fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	}
	switch {
	case c.demo && c.brief+c.known != "":
		found = append(found, errors.New("-demo brings its own brief and what is known besides"))
	case !c.demo && c.brief == "":
		found = append(found, errors.New("-brief names the file to review; try -demo first, or -help"))
	}
	if c.out != "" && c.post != "" {
		found = append(found, errors.New("-out sends a brief and -post checks what came of it; one at a time"))
	}
	if c.out != "" && c.domain == "" {
		found = append(found, errors.New("-out needs -domain, a domain of your own, for the ids in the calendar"))
	}
	if _, err := c.when(brief.Calendar{}); err != nil {
		found = append(found, err)
	}
	return errors.Join(found...)
}

// when is the instant to review at; a day begins where the brand is.
func (c config) when(brand brief.Calendar) (time.Time, error) {
	if c.at == "" {
		return c.now.UTC().Truncate(time.Second), nil
	}
	at, err := time.Parse(time.RFC3339, c.at)
	if day, dayErr := time.Parse(time.DateOnly, c.at); dayErr == nil {
		at, err = brand.Start(brief.DateOf(day)), nil
	}
	if err != nil || at.Year() < 1970 || at.Year() > 9000 {
		return time.Time{}, fmt.Errorf("-at is a day such as %s or a time such as %sT09:00:00Z, not %q", demoAt, demoAt, c.at)
	}
	return at, nil
}
