package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/bylinehq/byline/attribution"
)

// maxDemo keeps a slip from filling the disk.
const maxDemo = 100_000_000

// Files of a demo.
const (
	demoOrders = "orders.csv"
	demoOffers = "offers.csv"
	demoPolicy = "policy.json"
)

// runDemo makes up orders, offers and another policy. The same number gives the same
// files.
func runDemo(ctx context.Context, c config, stdout io.Writer) error {
	folder := c.out
	if folder == "" {
		folder = defaultDemo
	}
	if err := os.MkdirAll(folder, 0o777); err != nil { // before the umask
		return err
	}
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{demoOrders, func(w io.Writer) error { return writeDemoOrders(ctx, w, c.demo) }},
		{demoOffers, writeDemoOffers},
		{demoPolicy, writeDemoPolicy},
	} {
		if err := writeFile(filepath.Join(folder, f.name), f.write); err != nil {
			return err
		}
	}
	command := fmt.Sprintf("score -orders %s -offers %s", filepath.Join(folder, demoOrders), filepath.Join(folder, demoOffers))
	_, err := fmt.Fprintf(stdout, `Made up %s in %s, with offers and a policy. All people and orders are fictional.
Some rows are bad on purpose. Try:

  %s
  %s -against %s
`, plural(int64(c.demo), "order", "orders"), folder, command, command, filepath.Join(folder, demoPolicy))
	return err
}

// writeFile writes a whole file or none.
func writeFile(path string, write func(io.Writer) error) error {
	o, err := create(path)
	if err != nil {
		return err
	}
	defer o.discard()
	if err := write(o); err != nil {
		return err
	}
	return o.commit()
}

func writeDemoOffers(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"creator", "campaign", "code", "link", "utm", "end", "group"}); err != nil {
		return err
	}
	for i, creator := range demoCreators() {
		end := ""
		if i == demoEnded {
			end = "2026-10-31"
		}
		if err := out.Write([]string{creator, "autumn", demoCode(i), creator, "utm-" + creator, end, ""}); err != nil {
			return err
		}
	}
	if err := out.Write([]string{demoExtension, "autumn", "", demoExtension, "", "", string(attribution.GroupNonPreferred)}); err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// writeDemoPolicy writes a policy that looks at clicks before it looks at codes.
func writeDemoPolicy(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(attribution.Policy{
		Version: "demo/clicks-first", ClickWindowDays: 14,
		Rules: []attribution.Rule{
			{Evidence: []attribution.EvidenceKind{attribution.ByManual}},
			{Evidence: []attribution.EvidenceKind{attribution.ByClick, attribution.ByUTM}},
			{Evidence: []attribution.EvidenceKind{attribution.ByCode}},
		},
	})
}
