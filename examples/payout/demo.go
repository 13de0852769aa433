package main

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed demo
var demoFiles embed.FS

// scene is a part of the story: what happens, and the commands that do it.
type scene struct {
	text     string
	commands []command
}

// command is what somebody types. status is how it has to end; some are refused on purpose.
type command struct {
	line   string
	status int
}

func do(line string) command { return command{line, exitOK} }

// story is two months of three creators: Ada has a plain commission, Bruno tiers, a hold
// and a customer who sends things back, Cléo fees and a gift.
func story() []scene {
	return []scene{
		{"October. Ada has 10%, Bruno 8% and from 500.00 EUR a month 12%, held for 14 days. Cléo has posted her reel and received a gift.", []command{
			do("settle -orders orders-10.csv -offers offers.json -agreements terms.json -progress progress-10.json -at 2026-10-31"),
		}},
		{"Kim prepares the payouts. Nobody approves what they prepared; two others do.", []command{
			do("propose -payees payees-10.json -rail sepa -min 25.00EUR -by kim -id 2026-10 -on 2026-11-03 -at 2026-11-02T09:00:00Z -o batch-10.json"),
			{"approve -batch batch-10.json -by kim -at 2026-11-02T09:05:00Z", exitRefused},
			do("approve -batch batch-10.json -by lena -at 2026-11-02T10:00:00Z"),
			{"export -batch batch-10.json -at 2026-11-02T10:05:00Z -o payout-10.xml", exitRefused},
			do("approve -batch batch-10.json -by max -at 2026-11-02T11:00:00Z"),
			do("export -batch batch-10.json -at 2026-11-02T12:00:00Z -o payout-10.xml"),
			do("export -batch batch-10.json -at 2026-11-02T12:10:00Z -o payout-10.xml"),
		}},
		{"The bank has paid Bruno. Cléo's account is closed, so her money is payable again.", []command{
			do("reconcile -batch batch-10.json -report report-10.xml -at 2026-11-04T09:00:00Z"),
		}},
		{"November. A customer of Bruno's sends back what he was paid for, the brand calls Cléo's winter video off, and one row of the file is wrong.", []command{
			{"settle -orders orders-11.csv -offers offers.json -agreements terms.json -progress progress-11.json -at 2026-11-30", exitInput},
		}},
		{"What Bruno was paid too much is carried forward, and his statement says so.", []command{
			do("statement -creator bruno -name Bruno -brand Demo -number 2026-11 -from 2026-11-01 -to 2026-12-01"),
		}},
		{"Cléo has sent another account. Ada's October comes with her November.", []command{
			do("propose -payees payees-11.json -rail sepa -min 25.00EUR -by kim -id 2026-11 -at 2026-12-02T09:00:00Z -o batch-11.json"),
			do("approve -batch batch-11.json -by lena -at 2026-12-02T10:00:00Z"),
			do("approve -batch batch-11.json -by max -at 2026-12-02T11:00:00Z"),
			do("export -batch batch-11.json -at 2026-12-02T12:00:00Z -o payout-11.xml"),
			do("reconcile -batch batch-11.json -report report-11.csv -at 2026-12-04T09:00:00Z"),
		}},
		{"The books are even.", []command{do("books")}},
	}
}

func (p program) demo(ctx context.Context, args []string) error {
	c := p.bare("demo")
	out := c.optional("o", "`folder` for the files (default: a new one among the temporary files)")
	if err := c.parse(args); err != nil {
		return err
	}
	dir, err := p.demoFolder(*out)
	if err != nil {
		return err
	}
	say(p.out, "A demo in %s. All people, shops and orders are made up; the IBANs are the standard's examples.", dir)
	inside := program{dir: dir, getenv: func(string) string { return "" }, out: p.out, err: p.out}
	for _, s := range story() {
		say(p.out, "\n%s", s.text)
		for _, command := range s.commands {
			if err := inside.play(ctx, command); err != nil {
				return err
			}
		}
	}
	names, err := inside.statements(ctx)
	if err != nil {
		return err
	}
	say(p.out, "\nThe statements of both months are in the same folder, as .html, .pdf, .txt, .csv and .json:\n  %s", strings.Join(names, "\n  "))
	return nil
}

// demoFolder makes the folder with the files that the story needs.
func (p program) demoFolder(name string) (dir string, err error) {
	if name == "" {
		dir, err = os.MkdirTemp("", "payout-demo-")
	} else {
		dir = p.path(name)
		err = os.MkdirAll(dir, 0o777) // before the umask
	}
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dir, defaultDB)); err == nil {
		return "", bad("%s holds books already; name another folder", name)
	}
	files, err := fs.ReadDir(demoFiles, "demo")
	if err != nil {
		return "", err
	}
	for _, f := range files {
		data, err := demoFiles.ReadFile("demo/" + f.Name())
		if err == nil {
			err = program{dir: dir}.writeBytes(f.Name(), data)
		}
		if err != nil {
			return "", err
		}
	}
	return dir, nil
}

// play shows a command, runs it, and shows how it ended.
func (p program) play(ctx context.Context, c command) error {
	say(p.out, "\n$ payout %s", c.line)
	err := p.run(ctx, strings.Fields(c.line))
	if got := exitOf(err); got != c.status {
		return errors.Join(errors.New("the demo went another way than it should"), err)
	}
	tell(p.out, err)
	if c.status != exitOK {
		say(p.out, "(status %d)", c.status)
	}
	return nil
}

// statements writes all of them and returns the names of the files.
func (p program) statements(ctx context.Context) (names []string, err error) {
	forms := slices.Sorted(maps.Keys(statementForms()))
	for _, month := range []struct{ number, from, to string }{
		{"2026-10", "2026-10-01", "2026-11-01"}, {"2026-11", "2026-11-01", "2026-12-01"},
	} {
		for _, creator := range []struct{ id, name string }{{"ada", "Ada"}, {"bruno", "Bruno"}, {"cleo", "Cléo"}} {
			name := "statement-" + month.number + "-" + creator.id
			for _, form := range forms {
				if err := p.run(ctx, []string{
					"statement", "-creator", creator.id, "-name", creator.name, "-brand", "Demo",
					"-number", month.number, "-from", month.from, "-to", month.to, "-days", "14", "-o", name + form,
				}); err != nil {
					return nil, err
				}
			}
			names = append(names, name+".*")
		}
	}
	return names, nil
}
