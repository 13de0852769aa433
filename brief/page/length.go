package page

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline/brief"
)

// length writes a duration in the largest unit of which it is a whole number above one:
// "30 days", "24 hours", "60 s". "" for none.
func (m *maker) length(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return m.inUnit(d, unitOf(d))
}

// unitOf is the largest unit that divides all lengths that are there.
func unitOf(lengths ...time.Duration) time.Duration {
	for _, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute} {
		whole := true
		for _, d := range lengths {
			whole = whole && d%unit == 0 && d >= 2*unit
		}
		if whole {
			return unit
		}
	}
	return time.Second
}

func (m *maker) inUnit(d, unit time.Duration) string {
	w := m.words.lengths
	switch unit {
	case time.Second:
		return fmt.Sprintf(w.Second, m.number(d))
	case time.Minute:
		return fmt.Sprintf(w.Minute, strconv.FormatInt(int64(d/unit), 10))
	case time.Hour:
		return fmt.Sprintf(w.Hours, strconv.FormatInt(int64(d/unit), 10))
	}
	return fmt.Sprintf(w.Days, strconv.FormatInt(int64(d/unit), 10))
}

// number writes a length in seconds with up to three decimals.
func (m *maker) number(d time.Duration) string {
	text := strconv.FormatInt(int64(d/time.Second), 10)
	if thousandths := d % time.Second / time.Millisecond; thousandths > 0 {
		text += m.words.decimal + strings.TrimRight(fmt.Sprintf("%03d", thousandths), "0")
	}
	return text
}

// businessDays are those of a brand's calendar; "" for none.
func (m *maker) businessDays(n int) string {
	switch {
	case n <= 0:
		return ""
	case n == 1:
		return fmt.Sprintf(m.words.lengths.BusinessDay, "1")
	}
	return fmt.Sprintf(m.words.lengths.BusinessDays, strconv.Itoa(n))
}

// band writes a range of lengths in one unit: "60–90 s".
func (m *maker) band(b brief.LengthBand) string {
	switch {
	case b.Min <= 0 && b.Max <= 0:
		return ""
	case b.Max <= 0:
		return fmt.Sprintf(m.words.pieces.AtLeast, m.length(b.Min))
	case b.Min <= 0:
		return fmt.Sprintf(m.words.pieces.AtMost, m.length(b.Max))
	case b.Min == b.Max:
		return m.length(b.Min)
	}
	unit := unitOf(b.Min, b.Max)
	from := m.number(b.Min)
	if unit > time.Second {
		from = strconv.FormatInt(int64(b.Min/unit), 10)
	}
	return from + "–" + m.inUnit(b.Max, unit)
}
