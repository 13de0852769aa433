package ordercsv

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/sheet"
)

// How long a cell may be that is kept, in bytes, and a list of codes.
const (
	maxText = 255
	maxList = 8192
)

// cell returns what stands in a column of the row, without space around it and in the
// words of the mapping.
func (r *Reader) cell(c Column) string {
	s := &r.sources[c]
	text := s.fixed
	if s.index >= 0 {
		text = strings.TrimSpace(r.row.cells[s.index])
	}
	if s.words == nil {
		return text
	}
	if means, ok := s.words[plain(text)]; ok {
		return means
	}
	if other, ok := s.words["*"]; ok && text != "" {
		return other
	}
	return text
}

// fault adds a fault of the row.
func (r *Reader) fault(c Column, code, message string) {
	r.order.faults = append(r.order.faults, told{row: r.order.rows - 1, column: c, fault: fault(c.String(), code, message)})
}

// must adds a fault where a cell is empty.
func (r *Reader) must(c Column) string {
	text := r.cell(c)
	if text == "" {
		r.fault(c, codeRequired, "")
	}
	return text
}

// text returns a cell that can be kept. It is still a part of its row.
func (r *Reader) text(c Column, limit int) string {
	text := r.cell(c)
	if !readable(text, limit) {
		r.fault(c, codeText, "")
		return ""
	}
	return text
}

// readable refuses what a database cannot hold or a person not see.
func readable(text string, limit int) bool {
	if len(text) > limit {
		return false
	}
	ascii := true
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == 0x7f {
			return false
		} else if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	return ascii || utf8.ValidString(text) && !strings.ContainsFunc(text, c1)
}

// c1 tells the control characters beyond ASCII.
func c1(r rune) bool { return r >= utf8.RuneSelf && unicode.IsControl(r) }

// impersonal returns a copy of an id, which is kept as it is.
func (r *Reader) impersonal(c Column) string {
	text := r.text(c, maxText)
	if strings.Contains(text, "@") {
		r.fault(c, codePersonal, "")
		return ""
	}
	return strings.Clone(text)
}

// word reads one of the words of a column. The result is not part of the row.
func (r *Reader) word(c Column) string {
	text := r.cell(c)
	if text == "" {
		return ""
	}
	for _, word := range r.allowed[c] {
		if strings.EqualFold(word, text) {
			return word
		}
	}
	r.fault(c, codeWord, "not one of "+strings.Join(r.allowed[c], ", "))
	return ""
}

func vocabulary() (words [columnCount][]string) {
	words[Kind], words[Channel], words[Payment] = conversions(), channels(), payments()
	words[CodeKind], words[CustomerStatus] = codeKinds(), statuses()
	return words
}

func (r *Reader) flag(c Column) bool {
	text := r.cell(c)
	switch {
	case text == "", text == "0", strings.EqualFold(text, "false"), strings.EqualFold(text, "no"):
		return false
	case text == "1", strings.EqualFold(text, "true"), strings.EqualFold(text, "yes"):
		return true
	}
	r.fault(c, codeFlag, "")
	return false
}

// maxCount is the bound of attribution on a quantity.
const maxCount = int64(1) << 48

// count reads a whole number, or what an empty cell stands for.
func (r *Reader) count(c Column, otherwise int64) int64 {
	text := r.cell(c)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n > uint64(maxCount) {
		r.fault(c, codeCount, "")
		return 0
	}
	return int64(n)
}

// time reads a time that may be missing and returns UTC.
func (r *Reader) time(c Column) time.Time {
	text := r.cell(c)
	if text == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation(r.m.TimeLayout, text, r.m.Location)
	at = at.UTC()
	// Times that JSON cannot carry on, and the zero time, which means "unknown".
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		r.fault(c, codeTime, "")
		return time.Time{}
	}
	return at
}

// money reads an amount. The zero Money means that the cell is empty, which is not 0.
func (r *Reader) money(c Column) byline.Money {
	text := r.cell(c)
	if text == "" {
		return byline.Money{}
	}
	return r.amount(c, text)
}

func (r *Reader) amount(c Column, text string) byline.Money {
	if r.order.Currency == "" {
		if !r.order.currencyTold { // once is enough
			r.order.currencyTold = true
			r.fault(Currency, codeRequired, "")
		}
		return byline.Money{}
	}
	number, ok := sheet.Numbers{Thousands: r.m.Thousands, DecimalComma: r.m.DecimalComma}.Plain(text)
	m, err := byline.ParseMoney(number, r.order.Currency)
	if ok && err == nil && m.Sign() >= 0 {
		return m
	}
	why := ""
	if f, isFault := errors.AsType[*byline.FieldError](err); isFault && ok {
		why = f.Message
	}
	r.fault(c, codeMoney, why)
	return byline.Money{}
}

// times is m × n, exactly.
func (r *Reader) times(c Column, m byline.Money, n int64) byline.Money {
	product := m.Minor() * n
	if n != 0 && product/n != m.Minor() {
		r.fault(c, codeMoney, "price × quantity is out of range")
		return byline.Money{}
	}
	return byline.Minor(product, m.Currency())
}

// sum adds b to a.
func (r *Reader) sum(c Column, a, b byline.Money) byline.Money {
	total, err := a.Add(b)
	if err != nil {
		r.fault(c, codeMoney, "amount out of range")
	}
	return total
}
