package multitouch

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// journey makes a journey of a row.
func (r *csvReader) journey(cells []string) (Journey, error) {
	r.faults = nil
	if len(cells) != r.width {
		return Journey{}, r.rowError(&byline.FieldError{Code: "csv.cells", Message: fmt.Sprintf("the row has %d cells and the header %d", len(cells), r.width)})
	}
	j := Journey{Path: r.current.Path[:0], Ages: r.current.Ages[:0]}
	j.Path = r.path(j.Path, r.cell(cells, pathColumn))
	j.Conversions = r.count(cells, conversionsColumn)
	j.Nulls = r.count(cells, nullsColumn)
	j.Value = r.value(r.cell(cells, valueColumn))
	ages := r.ages(j.Ages, r.cell(cells, agesColumn))
	j.Lead, j.Opportunity = r.stage(cells, leadColumn), r.stage(cells, opportunityColumn)
	r.current.Path, r.current.Ages = j.Path, ages
	if j.Ages = ages; len(ages) == 0 {
		j.Ages = nil
	}
	faults := r.faults
	if len(faults) == 0 {
		faults = j.faults()
	}
	if len(faults) > 0 {
		return Journey{}, r.rowError(faults...)
	}
	return j, nil
}

func (r *csvReader) fault(path, code, message string) {
	r.faults = append(r.faults, &byline.FieldError{Path: path, Code: code, Message: message})
}

// cell is "" where there is no such column.
func (r *csvReader) cell(cells []string, column int) string {
	if r.at[column] < 0 {
		return ""
	}
	return strings.TrimSpace(cells[r.at[column]])
}

func (r *csvReader) path(path []string, cell string) []string {
	if !readable(cell) {
		r.fault("path", "csv.text", "not UTF-8, or with a control character in it")
		return path
	}
	for name := range r.parts(unguarded(cell)) {
		path = append(path, name)
	}
	return path
}

// parts yields the trimmed parts of a cell, none of an empty one.
func (r *csvReader) parts(cell string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for more := cell != ""; more; {
			var part string
			part, cell, more = strings.Cut(cell, r.options.Separator)
			if !yield(strings.TrimSpace(part)) {
				return
			}
		}
	}
}

func readable(text string) bool {
	ascii := true
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == 0x7f {
			return false
		} else if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	return ascii || utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// count reads a count, which has to be there.
func (r *csvReader) count(cells []string, column int) int64 {
	text := r.cell(cells, column)
	if text == "" {
		if r.at[column] >= 0 {
			r.fault(field(column), "csv.required", "there is no count; write 0 for none")
		}
		return 0
	}
	n, ok := wholeNumber(text)
	if !ok {
		r.fault(field(column), "csv.count", "a count is a whole number in plain digits")
	}
	return n
}

// wholeNumber reads a whole number, which may be written with zeros behind a point.
func wholeNumber(text string) (int64, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || whole[0] == '+' || strings.Trim(fraction, "0") != "" || maybeThousands(text) {
		return 0, false
	}
	return n, true
}

// maybeThousands reports whether the point of a number may stand for thousands, as it does
// in half of the world: 1.000 and 12.500 do, 0.500 and 1234.500 cannot.
func maybeThousands(text string) bool {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return len(fraction) == 3 && len(whole) <= 3 && !strings.HasPrefix(whole, "0")
}

// value reads an amount. An empty cell says nothing.
func (r *csvReader) value(text string) byline.Money {
	if text == "" {
		return byline.Money{}
	}
	currency := r.options.Currency
	if currency == "" {
		if m, err := byline.ParseMoney(text, byline.EUR); err != nil || !m.IsZero() {
			r.done = true
			r.faults = append(r.faults, fault("currency", "csv.currency", fmt.Sprintf("column %q has amounts; Currency says what they are in, and nothing behind was read", r.titles[valueColumn])))
		}
		return byline.Money{}
	}
	if maybeThousands(text) && currency.Digits() != 3 {
		r.fault(field(valueColumn), "csv.value", fmt.Sprintf("an amount with three decimals may be one in thousands; %s has %d decimals", currency, currency.Digits()))
		return byline.Money{}
	}
	m, err := byline.ParseMoney(text, currency)
	if err != nil {
		r.fault(field(valueColumn), "csv.value", "not an exact amount of the currency: "+err.Error())
	}
	return m
}

// stage reads the place of a touch. An empty cell says that there is none.
func (r *csvReader) stage(cells []string, column int) int {
	text := r.cell(cells, column)
	if text == "" {
		return 0
	}
	n, ok := wholeNumber(text)
	if !ok || n < 0 || n > math.MaxInt32 {
		r.fault(field(column), "csv.place", "a place is a whole number: 1 for the first touch, 0 or nothing for none")
		return 0
	}
	return int(n)
}

func (r *csvReader) ages(ages []time.Duration, cell string) []time.Duration {
	for part := range r.parts(cell) {
		age, ok := parseAge(part)
		if !ok && len(r.faults) < maxFaults {
			r.fault(fmt.Sprintf("ages[%d]", len(ages)), "csv.age", "an age is a number of hours, or a duration by ISO 8601 in weeks, days, hours, minutes and seconds")
		}
		ages = append(ages, age)
	}
	return ages
}

// isoUnits are the letters of a duration, in their order.
const isoUnits = "PWDTHMS"

// parseAge reads hours ("36.5"), or a duration by ISO 8601 without years and months,
// which are of no one length.
func parseAge(text string) (time.Duration, bool) {
	rest, iso := strings.CutPrefix(text, "P")
	if !iso {
		return scaleAge(text, time.Hour)
	}
	units := isoUnits[1:]
	length := map[byte]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour, 'H': time.Hour, 'M': time.Minute, 'S': time.Second}
	var age time.Duration
	timed, found := false, false
	for rest != "" {
		if after, is := strings.CutPrefix(rest, "T"); is && !timed && after != "" {
			timed, rest = true, after
			units = "HMS"
			continue
		}
		end := strings.IndexAny(rest, units)
		if end < 0 || (rest[end] == 'H' || rest[end] == 'M' || rest[end] == 'S') != timed {
			return 0, false
		}
		part, ok := scaleAge(rest[:end], length[rest[end]])
		if !ok || age > math.MaxInt64-part {
			return 0, false
		}
		age += part
		_, units, _ = strings.Cut(units, rest[end:end+1])
		rest, found = rest[end+1:], true
	}
	return age, found
}

// scaleAge multiplies a plain decimal number of at most nine decimals exactly, but for
// parts of a nanosecond, which it drops.
func scaleAge(text string, unit time.Duration) (time.Duration, bool) {
	whole, fraction, point := strings.Cut(text, ".")
	if !digits(whole) || point && !digits(fraction) || len(fraction) > 9 {
		return 0, false
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > int64(math.MaxInt64/unit) {
		return 0, false
	}
	part, scale := int64(0), int64(1)
	for i := range len(fraction) {
		part, scale = part*10+int64(fraction[i]-'0'), scale*10
	}
	// In two steps, because the product of the two may not fit.
	seconds := int64(unit / time.Second)
	left := part * seconds % scale
	rest := time.Duration(part*seconds/scale)*time.Second + time.Duration(left*(int64(time.Second)/scale))
	if time.Duration(n)*unit > math.MaxInt64-rest {
		return 0, false
	}
	return time.Duration(n)*unit + rest, true
}

func digits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
