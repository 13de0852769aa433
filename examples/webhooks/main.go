// Webhooks is the reference server: it takes a shop's webhooks in, decides which
// creator brought each order, and keeps the ledger of what they are owed.
//
//	go run ./examples/webhooks -demo
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "webhooks:", err)
		os.Exit(1) //nolint:gocritic // stop has nothing left to do
	}
}

// run is the program without the process around it.
func run(ctx context.Context, args []string, getenv func(string) string, stdout io.Writer) error {
	c, err := readConfig(args, getenv, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if c.demo {
		return runDemo(ctx, c, log, stdout)
	}
	p := noProgramme()
	if c.programme != "" {
		if p, err = readProgramme(c.programme, newOutside(c, getenv)); err != nil {
			return err
		}
	}
	return start(ctx, c, p, log, func(ctx context.Context, s *server) error {
		if err := s.announce(stdout); err != nil {
			return err
		}
		<-ctx.Done()
		return nil
	})
}

// start opens the server, serves, and runs then beside it. When then returns the
// server stops.
func start(ctx context.Context, c config, p *programme, log *slog.Logger, then func(context.Context, *server) error) error {
	ln, err := listen(ctx, c)
	if err != nil {
		return err
	}
	s, err := newServer(ctx, c, p, log)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	s.url = "http://" + ln.Addr().String()
	s.local, _ = loopback(ln.Addr().String())
	ctx, stop := context.WithCancelCause(ctx)
	served := make(chan error, 1)
	go func() {
		err := s.serve(ctx, ln)
		stop(err)
		served <- err
	}()
	err = then(ctx, s)
	stop(err)
	return errors.Join(err, <-served, s.close())
}

// listen takes the next best port when a demo finds the usual one taken.
func listen(ctx context.Context, c config) (net.Listener, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", c.addr)
	if err != nil && c.demo && c.addr == defaultAddr && errors.Is(err, syscall.EADDRINUSE) {
		host, _, _ := net.SplitHostPort(defaultAddr)
		return lc.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	}
	if errors.Is(err, syscall.EADDRINUSE) {
		err = fmt.Errorf("%w; choose another address with -addr", err)
	}
	return ln, err
}

// runDemo runs in a folder of its own, which the caller's database may lie outside of.
func runDemo(ctx context.Context, c config, log *slog.Logger, stdout io.Writer) error {
	dir, err := os.MkdirTemp("", "byline-demo-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the temporary folder
	if c.db == "" {
		c.db = filepath.Join(dir, defaultDB)
	}
	base := time.Now().UTC().Truncate(day).Add(-storyDays * day)
	p, err := newProgramme(demoProgramme(base), newOutside(c, demoEnvironment))
	if err != nil {
		return fmt.Errorf("demo programme: %w", err)
	}
	return start(ctx, c, p, log, func(ctx context.Context, s *server) error {
		if err := s.announce(stdout); err != nil {
			return err
		}
		err := playDemo(ctx, s, newStory(base), dir, stdout)
		if ctx.Err() != nil {
			return nil // somebody has seen enough
		}
		if err == nil && !c.once {
			<-ctx.Done()
		}
		return err
	})
}
