// Payout takes a shop's orders to an approved payout file, and its books to what the bank
// said of it. Each step is one transaction; a step that is run again changes nothing.
//
//	go run ./examples/payout demo
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// How the program ends.
const (
	exitOK      = 0
	exitRefused = 1 // the step may not be taken, or failed; nothing of it was kept
	exitInput   = 2 // a flag or a file is wrong; rows that are good were taken
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second Ctrl-C does not wait for anything
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	tell(os.Stderr, err)
	os.Exit(exitOf(err))
}

// run is the program without the process around it.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	return program{getenv: getenv, out: stdout, err: stderr}.run(ctx, args)
}

// program is what a command works with.
type program struct {
	dir      string // from where paths are seen; "": the working directory
	getenv   func(string) string
	out, err io.Writer
}

const usage = `Payout takes a shop's orders to an approved payout file.

  payout demo       the whole story with made-up data, in a folder of its own
  payout settle     read orders, and book what creators have earned
  payout statement  write one creator's statement of a period
  payout propose    make a batch of what is payable, and say who is left out and why
  payout approve    two people who did not prepare the batch approve it
  payout export     book the payouts as under way, and write the file for the bank
  payout reconcile  read what the bank says, and book it
  payout books      the accounts of the house and of creators, which sum to zero

payout <command> -help lists its flags. It ends with 0 when all went well, 1 when a step
is refused or fails, 2 when a flag, a file or a row is wrong.
`

func (p program) run(ctx context.Context, args []string) error {
	commands := map[string]func(context.Context, []string) error{
		"settle": p.settle, "statement": p.statement, "propose": p.propose, "approve": p.approve,
		"export": p.export, "reconcile": p.reconcile, "books": p.books, "demo": p.demo,
	}
	if len(args) == 0 {
		return bad("say what to do; payout help lists what there is")
	}
	if command, known := commands[args[0]]; known {
		err := command(ctx, args[1:])
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if args[0] != "help" && args[0] != "-help" && args[0] != "--help" && args[0] != "-h" {
		return bad("no command %q; payout help lists what there is", args[0])
	}
	_, err := io.WriteString(p.out, usage)
	return err
}

// badInput is an error that only another input mends.
type badInput struct{ error }

// Unwrap returns what is wrong.
func (b badInput) Unwrap() error { return b.error }

func bad(format string, args ...any) error { return badInput{fmt.Errorf(format, args...)} }

func exitOf(err error) int {
	if err == nil {
		return exitOK
	}
	if _, input := errors.AsType[badInput](err); input {
		return exitInput
	}
	return exitRefused
}

// tell writes an error for a person. That it cannot be written shows in the exit code.
func tell(out io.Writer, err error) {
	if err != nil {
		_, _ = fmt.Fprintln(out, "payout:", clean(describe(err)))
	}
}
