package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

const (
	formatTable = "table"
	formatJSON  = "json"
	formatHTML  = "html"

	standardInput = "-"
	defaultShop   = "orders"
	defaultDemo   = "score-demo"
)

// config is what the program is told from outside.
type config struct {
	orders, offers string
	policy, preset string
	against        string
	mapping, shop  string
	format, out    string
	changed, bad   string
	demo           int
	quiet          bool
}

const usage = `Score says who brought the orders of a CSV file.

  score -demo 20000                                  make up orders to try it with
  score -orders orders.csv -offers offers.csv        score a file
  score -orders … -offers … -against last-click      what would another policy change?

It ends with 0 when all went well, 1 when it failed or did not reach the end of the
file, 2 when it was called wrongly, 3 when some rows could not be read.

Flags:
`

// readConfig reads the arguments. Asked for help, it writes it and returns flag.ErrHelp.
func readConfig(args []string, stdout io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("score", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.orders, "orders", "", "CSV `file` of orders, plain or gzip; - is the standard input")
	flags.StringVar(&c.offers, "offers", "", "`file` that says whose code, link and page is whose, JSON or CSV")
	flags.StringVar(&c.policy, "policy", "", "JSON `file` with the policy (default: Byline's own)")
	flags.StringVar(&c.preset, "preset", "", "`name` of a policy that comes with Byline: "+strings.Join(presetNames(), ", "))
	flags.StringVar(&c.against, "against", "", "compare with this policy, a `file or preset`")
	flags.StringVar(&c.mapping, "map", "", "JSON `file` that says how the CSV is written; or "+strings.Join(mappingNames(), ", "))
	flags.StringVar(&c.shop, "shop", "", "the shop's `name`, which stands before the ids of orders (default \""+defaultShop+"\", or as -map says)")
	flags.StringVar(&c.format, "format", formatTable, "table, json or html")
	flags.StringVar(&c.out, "o", "", "`file` for the result; with -demo the folder (default \""+defaultDemo+"\")")
	flags.StringVar(&c.changed, "changed", "", "CSV `file` for every order that -against decides otherwise")
	flags.StringVar(&c.bad, "bad", "", "CSV `file` for every row that could not be read")
	flags.BoolVar(&c.quiet, "quiet", false, "show no progress")
	flags.IntVar(&c.demo, "demo", 0, "make up `n` orders, with offers and a policy to compare")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprint(stdout, usage) // whoever closed it wants no help
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return config{}, err
	} else if err != nil {
		return config{}, fmt.Errorf("%w; -help lists what there is", err)
	}
	return c, errors.Join(c.faults(flags)...)
}

func (c config) faults(flags *flag.FlagSet) (found []error) {
	add := func(format string, args ...any) { found = append(found, fmt.Errorf(format, args...)) }
	if flags.NArg() > 0 {
		add("unexpected argument %q", flags.Arg(0))
	}
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if set["demo"] {
		delete(set, "demo")
		delete(set, "o")
		delete(set, "quiet")
		if c.demo < 1 || c.demo > maxDemo {
			add("-demo is 1 to %d orders", maxDemo)
		}
		if len(set) > 0 {
			add("-demo goes with -o alone")
		}
		return found
	}
	if c.orders == "" || c.offers == "" {
		add("-orders and -offers say what to score; try -demo 20000 first, or -help")
	}
	if c.policy != "" && c.preset != "" {
		add("-policy and -preset both name the policy")
	}
	if c.changed != "" && c.against == "" {
		add("-changed needs -against")
	}
	if !slices.Contains([]string{formatTable, formatJSON, formatHTML}, c.format) {
		add("-format is table, json or html, not %q", c.format)
	}
	return append(found, c.overwrites()...)
}

// overwrites finds files that would be written twice, or over what is read.
func (c config) overwrites() (found []error) {
	taken := map[string]string{}
	for _, f := range []struct{ flag, path string }{
		{"-orders", c.orders}, {"-offers", c.offers}, {"-policy", c.policy}, {"-against", c.against}, {"-map", c.mapping},
	} {
		if f.path != "" && f.path != standardInput {
			taken[absolute(f.path)] = f.flag
		}
	}
	for _, f := range []struct{ flag, path string }{{"-o", c.out}, {"-changed", c.changed}, {"-bad", c.bad}} {
		if f.path == "" {
			continue
		}
		if other, is := taken[absolute(f.path)]; is && !special(f.path) {
			found = append(found, fmt.Errorf("%s and %s name one file", other, f.flag))
		}
		taken[absolute(f.path)] = f.flag
	}
	return found
}

// absolute is the path with its links followed, as far as it is there.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(folder, filepath.Base(path))
	}
	return path
}
