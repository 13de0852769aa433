package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // zones, where the system has none

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// Mappings that need no file. Whether prices contain the tax is not in an export, and
// decides about money, so it has to be said.
const (
	shopifyTaxIncluded = "shopify-tax-included"
	shopifyTaxAdded    = "shopify-tax-added"
)

func mappingNames() []string { return []string{shopifyTaxIncluded, shopifyTaxAdded} }

// mappingFile is an ordercsv.Mapping and what its JSON leaves out.
type mappingFile struct {
	ordercsv.Mapping

	TimeZone string `json:"time_zone"` // where times without an offset are, "Europe/Berlin"
}

// readMapping says how the orders are written.
func readMapping(c config) (ordercsv.Mapping, error) {
	switch c.mapping {
	case "":
		return ordercsv.Mapping{Shop: cmp.Or(c.shop, defaultShop)}, nil
	case shopifyTaxIncluded, shopifyTaxAdded:
		return ordercsv.ShopifyExport(cmp.Or(c.shop, defaultShop), c.mapping == shopifyTaxIncluded), nil
	}
	text, err := os.ReadFile(c.mapping)
	if err != nil {
		return ordercsv.Mapping{}, err
	}
	var file mappingFile
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	err = strict.Decode(&file)
	if _, more := strict.Token(); err == nil && !errors.Is(more, io.EOF) {
		err = errors.New("something stands behind the mapping")
	}
	m := file.Mapping
	if err == nil && file.TimeZone != "" {
		m.Location, err = time.LoadLocation(file.TimeZone)
	}
	if err != nil {
		return m, fmt.Errorf("%s: %w", c.mapping, err)
	}
	m.Shop = cmp.Or(c.shop, m.Shop, defaultShop)
	return m, nil
}

// maxHint is how much of a file is looked at for a hint.
const maxHint = 4096

// hint guesses why no column of a header was found.
func hint(start []byte, m ordercsv.Mapping) string {
	header, _, _ := strings.Cut(string(start), "\n")
	best, most := "", strings.Count(header, cmp.Or(m.Delimiter, ","))
	for _, sign := range []string{",", ";", "\t", "|"} {
		if n := strings.Count(header, sign); n > most {
			best, most = sign, n
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("Its first line looks as if %q stood between the cells: say so with {\"delimiter\": %[1]q} in a file for -map.", best)
}

// headerFaults are those of a header, with a hint where a column is missing.
func headerFaults(in *input, m ordercsv.Mapping, err error) error {
	if !errors.Is(err, byline.ErrInvalid) {
		return fmt.Errorf("cannot read %s: %w", in.name, err)
	}
	f := &faulty{file: in.name, faults: byline.Nest("", err)}
	for _, fault := range f.faults {
		if fault.Code == "ordercsv.column_missing" {
			f.hint = hint(in.peek, m)
		}
	}
	return f
}
