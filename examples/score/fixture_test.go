package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// head is the header of most files here.
const head = "id,placed_at,payment,currency,gross,discount,codes,landing_url,customer_status,refunded,test\n"

// smallOrders are one of each kind. The shop and its people are made up.
const smallOrders = head +
	"1,2026-11-02T09:00:00Z,paid,EUR,50.00,7.50,ada15,/mugs?bl=ada,new,,\n" + // by code, confirmed
	"2,2026-11-03T09:00:00Z,paid,EUR,30.00,4.50,ADA15,,returning,,\n" + // by code alone
	"3,2026-11-04T09:00:00Z,partially_refunded,EUR,20.00,0.00,,/mugs?bl=bruno,new,5.00,\n" + // by click
	"4,2026-11-05T09:00:00Z,paid,EUR,40.00,0.00,,/,,,\n" + // nothing points to anybody
	"5,2026-11-06T09:00:00Z,paid,EUR,40.00,4.00,WELCOME10,/,,,\n" + // nobody's code
	"6,2026-11-07T09:00:00Z,paid,EUR,40.00,4.00,CLEO10,,,,\n" + // ended
	"7,2026-11-08T09:00:00Z,paid,EUR,90.00,9.00,ADA15=6.00|BRUNO=3.00,,,,\n" + // shared
	"8,2026-11-09T09:00:00Z,pending,EUR,60.00,0.00,BRUNO,,,,\n" + // not paid
	"9,2026-11-10T09:00:00Z,paid,EUR,70.00,0.00,ADA15,/mugs?bl=bruno,,,\n" + // one's code, the other's click
	"10,2026-11-11T09:00:00Z,paid,EUR,10.00,0.00,ADA15,,,,true\n" + // a test
	"11,2026-11-12T09:00:00Z,refunded,EUR,25.00,0.00,BRUNO,,,25.00,\n" +
	"12,2026-11-13T09:00:00Z,paid,JPY,4200,0,ADA15,/mugs?bl=ada,,,\n" +
	"13,2026-11-14T09:00:00Z,paid,KWD,12.500,0,BRUNO,,,,\n" +
	"14,14.11.2026,paid,EUR,12.00,0,BRUNO,,,,\n" + // bad
	"15,2026-11-15T09:00:00Z,paid,EUR,\"12,00\",0,BRUNO,,,,\n" // bad

const smallOffers = "creator,campaign,code,link,end\n" +
	"ada,autumn,ADA15,ada,\n" +
	"bruno,autumn,BRUNO,bruno,\n" +
	"cleo,autumn,CLEO10,cleo,2026-10-31\n"

// folder holds files by their names.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

// ran is what a run left behind.
type ran struct {
	code     int
	out, err string
}

// call runs the program in a folder, which stands for "@" in the arguments. In what it
// says the folder is "@" again.
func call(t testing.TB, dir, stdin string, args ...string) ran {
	t.Helper()
	return callWith(t.Context(), t, dir, stdin, args...)
}

func callWith(ctx context.Context, t testing.TB, dir, stdin string, args ...string) ran {
	t.Helper()
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "@", dir)
	}
	var out, err bytes.Buffer
	code := run(ctx, args, streams{strings.NewReader(stdin), &out, &err})
	return ran{code, strings.ReplaceAll(out.String(), dir, "@"), strings.ReplaceAll(err.String(), dir, "@")}
}

// small is a folder with the small files.
func small(t testing.TB) string {
	t.Helper()
	return folder(t, map[string]string{"orders.csv": smallOrders, "offers.csv": smallOffers})
}

// reportOf is the report of orders by the small offers.
func reportOf(t testing.TB, orders string, c config) report {
	t.Helper()
	dir := folder(t, map[string]string{"orders.csv": orders, "offers.csv": smallOffers})
	c.orders, c.offers, c.out = filepath.Join(dir, "orders.csv"), filepath.Join(dir, "offers.csv"), filepath.Join(dir, "out")
	r, err := score(t.Context(), c, streams{nil, &bytes.Buffer{}, &bytes.Buffer{}})
	require.NoError(t, err)
	r.File = "orders.csv"
	return r
}

// demoReport has leaks, three currencies and a comparison.
func demoReport(t testing.TB) report {
	t.Helper()
	return pass(t, demoTold(t, config{against: "demo"}), bytes.NewReader(demoFile(t, 20_000)))
}

// hostileReport has words that break layouts: long ones, markup, ones that run from
// right to left.
func hostileReport(t testing.TB) report {
	t.Helper()
	r := reportOf(t, smallOrders, config{against: "last-click"})
	names := []string{strings.Repeat("Donaudampfschiff", 12), "<script>alert(1)</script>", "שלום עולם \u202e RTL", "👩‍🍳🔥 美咲", "\x1b[31mred\x00\xff"}
	for i := range r.Currencies {
		for k := range r.Currencies[i].Creators {
			r.Currencies[i].Creators[k].Creator = byline.CreatorID(names[(i+k)%len(names)])
		}
	}
	for i := range r.WhatIf.Comparison.Creators {
		r.WhatIf.Comparison.Creators[i].Creator = byline.CreatorID(names[i%len(names)])
	}
	long := strings.Repeat("long", 100)
	r.File, r.Policy.Version, r.Complete, r.Stopped = long, long, false, "</style><img src=x onerror=alert(1)>"
	r.Notes = append(r.Notes, note{"x", long})
	r.Bad.First[0].Text, r.Bad.File = long+"<b>", long
	return r
}
