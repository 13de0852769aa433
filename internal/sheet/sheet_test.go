package sheet_test

import (
	"encoding/csv"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/sheet"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	comma, dot := sheet.Numbers{Thousands: ",", DecimalComma: false}, sheet.Numbers{Thousands: ".", DecimalComma: true}
	tests := map[string]struct {
		n    sheet.Numbers
		text string
		want string // "" where the signs do not belong there
	}{
		"as it is":              {sheet.Numbers{}, "1,2.3,4", "1,2.3,4"},
		"groups":                {comma, "1,234,567.89", "1234567.89"},
		"groups and a comma":    {dot, "1.234.567,89", "1234567.89"},
		"below zero":            {comma, "-123,456", "-123456"},
		"as in India":           {comma, "12,34,567", "1234567"},
		"no groups":             {comma, "1234.5", "1234.5"},
		"a comma alone":         {sheet.Numbers{DecimalComma: true}, "1234,5", "1234.5"},
		"a group of two":        {comma, "1,23", ""},
		"a group of four":       {comma, "1,2345", ""},
		"a large first group":   {comma, "1234,567", ""},
		"groups that differ":    {comma, "1,23,456,789", ""},
		"nothing before":        {comma, ",123", ""},
		"a sign before nothing": {comma, "-,123", ""},
		"a point for a comma":   {dot, "1234.5", ""},
		"a point, no groups":    {sheet.Numbers{DecimalComma: true}, "1.5", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, ok := tt.n.Plain(tt.text); ok != (tt.want != "") || ok && got != tt.want {
				t.Errorf("%q is %q, %t", tt.text, got, ok)
			}
		})
	}
}

// rows reads with a limit for each row.
func rows(r io.Reader, most int) (read int, err error) {
	in := sheet.NewReader(r)
	file := csv.NewReader(in)
	for {
		in.Row(most)
		if _, err = file.Read(); err != nil {
			return read, errors.Join(in.Failed(), err)
		}
		read++
	}
}

func TestReader(t *testing.T) {
	t.Parallel()
	good := strings.Repeat("a,b\n", 10_000)
	read, err := rows(strings.NewReader(good), 10)
	require.ErrorIs(t, err, io.EOF)
	if read != 10_000 || errors.Is(err, sheet.ErrRowSize) {
		t.Errorf("%d rows, %v", read, err)
	}
	_, err = rows(strings.NewReader(good), math.MaxInt)
	require.ErrorIs(t, err, io.EOF)

	open := "a,b\n\"" + strings.Repeat("x", 3*sheet.Buffer)
	read, err = rows(strings.NewReader(open), 10)
	require.ErrorIs(t, err, sheet.ErrRowSize)
	if read != 1 {
		t.Errorf("%d rows before the one without an end", read)
	}

	broken := errors.New("the line is down")
	_, err = rows(io.MultiReader(strings.NewReader("a,\"b\n"), iotest.ErrReader(broken)), 10)
	require.ErrorIs(t, err, broken)
}
