package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

const (
	demoEnded     = 1 // the creator whose code ends with October
	demoLeaked    = 3 // the creator whose code leaks half-way
	demoExtension = "extension"
	demoDays      = 61
	demoSeed      = 2026
)

func demoCreators() []string {
	return []string{"ada", "bruno", "chloé", "dario", "elif", "femi", "greta", "hugo", "inès", "jonas"}
}

func demoCode(creator int) string {
	return strings.ToUpper(demoCreators()[creator]) + strconv.Itoa(10+creator%3*5)
}

func demoColumns() []string {
	return []string{
		"id", "number", "placed_at", "payment", "currency", "gross", "discount", "tax", "refunded", "codes", "landing_url", "customer_status", "test", "cancelled",
	}
}

// demoShop makes up orders, each by the ones before it.
type demoShop struct {
	*rand.Rand

	orders int
}

// writeDemoOrders writes n orders of October and November 2026.
func writeDemoOrders(ctx context.Context, w io.Writer, n int) error {
	shop := demoShop{rand.New(rand.NewPCG(demoSeed, demoSeed)), n}
	out := csv.NewWriter(w)
	if err := out.Write(demoColumns()); err != nil {
		return err
	}
	for i := range n {
		if i%lookEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := out.Write(shop.order(i)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (s demoShop) order(i int) []string {
	start := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	placed := start.Add(time.Duration(int64(demoDays*24*time.Hour) / int64(s.orders) * int64(i)).Truncate(time.Second))
	currency, unit := byline.EUR, int64(1)
	switch p := s.IntN(100); {
	case p < 3:
		currency, unit = byline.KWD, 3
	case p < 10:
		currency, unit = byline.JPY, 2
	}
	codes, landing := s.evidence(i)
	gross := (1500 + s.Int64N(12_000)) * unit
	discount := int64(0)
	if codes != "" {
		discount = gross * 15 / 100
	}
	net := gross - discount
	payment, refunded := s.payment(net)
	money := func(minor int64) string { return byline.Minor(minor, currency).Amount() }
	row := []string{
		strconv.Itoa(100_001 + i), "#" + strconv.Itoa(1001+i), placed.Format(time.RFC3339), payment, string(currency),
		money(gross), money(discount), money(net * 19 / 100), "", codes, landing, s.status(), "", "",
	}
	if refunded > 0 {
		row[8] = money(refunded)
	}
	switch p := s.IntN(1000); {
	case p < 4:
		row[12] = "true"
	case p < 14:
		row[13] = "true"
	}
	// Rows that nobody can read, so that one sees what becomes of them.
	switch {
	case i == s.orders/2:
		row[5] = "12,50 €"
	case i%5000 == 2500:
		row[2] = placed.Format("02.01.2006")
	}
	return row
}

func (s demoShop) payment(net int64) (payment string, refunded int64) {
	switch p := s.IntN(100); {
	case p < 3:
		return "pending", 0
	case p < 8:
		return "partially_refunded", net * int64(10+s.IntN(70)) / 100
	case p < 10:
		return "refunded", net
	}
	return "paid", 0
}

func (s demoShop) status() string {
	switch p := s.IntN(10); {
	case p < 5:
		return "new"
	case p < 9:
		return "returning"
	}
	return ""
}

// evidence makes up what an order tells of where its customer came from.
func (s demoShop) evidence(i int) (codes, landing string) {
	creators := demoCreators()
	one, other := s.creator(), s.creator()
	code, link := demoCode(one), "/shop?bl="+creators[one]
	if one == demoLeaked && i > s.orders/2 && s.IntN(10) < 9 {
		return code, "" // found on a coupon site
	}
	switch p := s.IntN(100); {
	case p < 38:
		return "", [...]string{"", "/", "/mugs", "/sale?utm_source=newsletter"}[s.IntN(4)]
	case p < 56:
		return code, ""
	case p < 76:
		return strings.ToLower(code), link
	case p < 86:
		return "", link
	case p < 89:
		return "", "/mugs?utm_source=social&utm_campaign=utm-" + creators[one]
	case p < 93:
		return code, "/shop?bl=" + creators[other]
	case p < 95:
		return fmt.Sprintf("%s=6.00|%s=4.00", code, demoCode(other)), link
	case p < 98:
		return code, "/checkout?bl=" + demoExtension
	}
	return "WELCOME10", "/"
}

// creator picks one, the first more often than the last.
func (s demoShop) creator() int {
	n := len(demoCreators())
	return min(s.IntN(n), s.IntN(n))
}
