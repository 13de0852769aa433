package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

const defaultDB = "payout.db"

// call is one command with its flags. What is wrong with them is told all at once.
type call struct {
	program

	flags  *flag.FlagSet
	db     *string
	zone   *time.Location
	checks []func() error
}

func (p program) bare(name string) *call {
	c := &call{program: p, flags: flag.NewFlagSet("payout "+name, flag.ContinueOnError), zone: time.UTC}
	c.flags.SetOutput(io.Discard)
	return c
}

// call is a command on the books.
func (p program) call(name string) *call {
	c := p.bare(name)
	c.db = c.flags.String("db", cmp.Or(p.getenv("PAYOUT_DB"), defaultDB), "SQLite `file` with the books, also set by PAYOUT_DB")
	zone := c.flags.String("zone", "UTC", "IANA time `zone` of days, as Europe/Berlin")
	c.check(func() error {
		loaded, err := time.LoadLocation(*zone)
		if err != nil || *zone == "Local" {
			return errors.New("-zone: not an IANA time zone that is known here")
		}
		c.zone = loaded
		return nil
	})
	return c
}

func (c *call) check(check func() error) { c.checks = append(c.checks, check) }

// parse reads the arguments. Asked for help, it writes it and returns flag.ErrHelp.
func (c *call) parse(args []string) error {
	if err := c.flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		c.flags.SetOutput(c.out)
		c.flags.Usage()
		return err
	} else if err != nil {
		return bad("%s: %w; -help lists what there is", c.flags.Name(), err)
	}
	var faults []error
	if c.flags.NArg() > 0 {
		faults = append(faults, fmt.Errorf("unexpected argument %q", c.flags.Arg(0)))
	}
	for _, check := range c.checks {
		faults = append(faults, check())
	}
	if err := errors.Join(faults...); err != nil {
		return bad("%w", err)
	}
	return nil
}

func (c *call) optional(name, help string) *string { return c.flags.String(name, "", help) }

func (c *call) required(name, help string) *string {
	value := c.flags.String(name, "", help+" (required)")
	c.check(func() error {
		if strings.TrimSpace(*value) == "" {
			return fmt.Errorf("-%s is missing", name)
		}
		return nil
	})
	return value
}

func (c *call) oneOf(name, help string, words ...string) *string {
	value := c.flags.String(name, "", help+": "+strings.Join(words, ", ")+" (required)")
	c.check(func() error {
		if !slices.Contains(words, *value) {
			return fmt.Errorf("-%s is one of %s", name, strings.Join(words, ", "))
		}
		return nil
	})
	return value
}

// apart refuses a file to write that is also read.
func (c *call) apart(read, written string) {
	c.check(func() error {
		from, to := c.flags.Lookup(read).Value.String(), c.flags.Lookup(written).Value.String()
		if to != "" && filepath.Clean(c.path(from)) == filepath.Clean(c.path(to)) {
			return fmt.Errorf("-%s and -%s name one file", read, written)
		}
		return nil
	})
}

// instant is when a step is taken. A day is its last second, so that a month is closed
// with its last day.
func (c *call) instant() *time.Time {
	var at time.Time
	text := c.flags.String("at", "", "`time` of the step: 2026-11-30T18:00:00Z, or a day, which is its end (required)")
	c.check(func() error {
		var err error
		if at, err = time.Parse(time.RFC3339, *text); err == nil {
			return nil
		}
		day, err := time.ParseInLocation(time.DateOnly, *text, c.zone)
		if err != nil {
			return errors.New("-at is a time as 2026-11-30T18:00:00Z, or a day as 2026-11-30")
		}
		at = day.AddDate(0, 0, 1).Add(-time.Second)
		return nil
	})
	return &at
}

// day is the beginning of a day; the zero time where the flag may be missing and is.
func (c *call) day(name, help string, required bool) *time.Time {
	var day time.Time
	text := c.flags.String(name, "", help)
	c.check(func() error {
		if *text == "" && !required {
			return nil
		}
		var err error
		if day, err = time.ParseInLocation(time.DateOnly, *text, c.zone); err != nil {
			return fmt.Errorf("-%s is a day as 2026-11-30", name)
		}
		return nil
	})
	return &day
}

// amounts reads amounts of different currencies, "25.00EUR,30.00USD".
func (c *call) amounts(name, help string) *[]byline.Money {
	var amounts []byline.Money
	text := c.flags.String(name, "", help)
	c.check(func() error {
		for part := range strings.SplitSeq(*text, ",") {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
			digits := strings.TrimSpace(part[:max(len(part)-3, 0)])
			currency, err := byline.ParseCurrency(part[max(len(part)-3, 0):])
			if err != nil {
				return fmt.Errorf("-%s is an amount and its currency, as 25.00EUR", name)
			}
			amount, err := byline.ParseMoney(digits, currency)
			if err != nil || amount.Sign() < 0 {
				return fmt.Errorf("-%s is an amount and its currency, as 25.00EUR", name)
			}
			amounts = append(amounts, amount)
		}
		return nil
	})
	return &amounts
}
