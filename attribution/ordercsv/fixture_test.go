package ordercsv_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// The shop and its people are made up.
const shop = "demo.example"

// plain is a mapping of our own columns.
func plain() ordercsv.Mapping {
	return ordercsv.Mapping{Shop: shop, Identity: attribution.Identity{Key: "a key of thirty-two bytes at least, for tests"}}
}

func with(change func(m *ordercsv.Mapping)) ordercsv.Mapping {
	m := plain()
	change(&m)
	return m
}

// grouped is plain for files with a row for each line.
func grouped() ordercsv.Mapping { return with(func(m *ordercsv.Mapping) { m.Grouped = true }) }

// result is what a file gave.
type result struct {
	orders []attribution.Order
	errs   []error
}

func read(t testing.TB, file string, m ordercsv.Mapping) result {
	t.Helper()
	r, err := ordercsv.NewReader(strings.NewReader(file), m)
	require.NoError(t, err)
	return drain(r)
}

func drain(r *ordercsv.Reader) (got result) {
	for o, err := range r.Orders() {
		if err != nil {
			got.errs = append(got.errs, err)
		} else {
			got.orders = append(got.orders, o)
		}
	}
	return got
}

// faults lists the errors as "line[-end] path code".
func (r result) faults() []string {
	var found []string
	for _, err := range r.errs {
		place := "end"
		if wrong, ok := errors.AsType[*ordercsv.RowError](err); ok {
			place = fmt.Sprint(wrong.Line)
			if wrong.End != wrong.Line {
				place += fmt.Sprint("-", wrong.End)
			}
		}
		for _, f := range byline.Nest("", err) {
			found = append(found, strings.Join(strings.Fields(place+" "+f.Path+" "+f.Code), " "))
		}
	}
	return found
}

// ids lists the orders.
func (r result) ids() []string {
	var found []string
	for _, o := range r.orders {
		found = append(found, strings.TrimPrefix(string(o.ID), shop+":"))
	}
	return found
}

func at(text string) time.Time {
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return moment
}

// head is the header that most files here have, and a row of it.
const (
	head = "id,placed_at,payment,currency,gross\n"
	good = "1,2026-11-20T18:30:00Z,paid,EUR,50.00\n"
)

// What the tests of all adapters share.
var (
	codesOf = attributiontest.Faults
	money   = attributiontest.Money
)
