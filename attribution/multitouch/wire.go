package multitouch

import (
	"encoding/binary"

	"github.com/bylinehq/byline"
)

// wireVersion is the first byte of a tally in binary. A later form gets another one.
const wireVersion = 1

// MarshalBinary writes what was counted, for another machine to merge. The same journeys
// give the same bytes, however they were split and merged.
func (t *Tally) MarshalBinary() ([]byte, error) {
	c := t.byName()
	data := appendString([]byte{wireVersion}, string(c.options.Repeats))
	data = binary.AppendUvarint(data, uint64(len(c.models)))
	for _, m := range c.models {
		data = appendString(data, m.Name())
	}
	data = binary.AppendUvarint(data, uint64(len(c.directory.names)))
	for _, name := range c.directory.names {
		data = appendString(data, name)
	}
	data = binary.AppendVarint(c.totals.appendTo(data), c.turnover)
	data = c.rules.appendTo(data)
	for _, l := range c.learned {
		data = l.appendTo(data)
	}
	return data, nil
}

// MergeBinary adds what MarshalBinary of a tally of the same models has written. Text
// that is none is "tally.binary", and nothing of it is counted; the other errors are those
// of [Tally.Merge].
func (t *Tally) MergeBinary(data []byte) error {
	o := newTally(t.models, t.options, newDirectory())
	d := &decoder{data: data}
	if d.byte() != wireVersion {
		d.fail()
	}
	if repeats := d.string(); !d.failed && repeats != string(o.options.Repeats) {
		return errDifferent
	}
	if n := d.count(1); !d.failed && n != len(o.models) {
		return errDifferent
	}
	for _, m := range o.models {
		if name := d.string(); !d.failed && name != m.Name() {
			return errDifferent
		}
	}
	last := ""
	for i := range d.count(1) {
		name := d.string()
		if _, ok := o.directory.number(name); !ok || i > 0 && name <= last || name == "" {
			d.fail()
		}
		last = name
	}
	channels := len(o.directory.names)
	o.totals.load(d)
	if o.turnover = d.int(); o.turnover < 0 {
		d.fail()
	}
	o.rules.load(d, channels)
	if !o.rules.balances(o.totals, o.turnover) {
		d.fail()
	}
	for _, l := range o.learned {
		l.load(d, channels)
	}
	if d.failed || len(d.data) > 0 {
		return byline.Faults([]*byline.FieldError{fault("", "tally.binary", "this is not a tally of these models")})
	}
	return t.Merge(o)
}

// decoder reads what the counters wrote. After the first failure everything it returns is
// zero, so that only the end has to be checked.
type decoder struct {
	data   []byte
	failed bool
}

func (d *decoder) fail() {
	d.failed = true
	d.data = nil
}

func (d *decoder) byte() byte {
	if len(d.data) == 0 {
		d.fail()
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return b
}

func (d *decoder) uint() uint64 {
	v, n := binary.Uvarint(d.data)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.data = d.data[n:]
	return v
}

func (d *decoder) int() int64 {
	v, n := binary.Varint(d.data)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.data = d.data[n:]
	return v
}

// count reads how many items of at least size bytes follow. More than the rest can hold
// is a failure, so that a hostile number allocates nothing.
func (d *decoder) count(size int) int {
	n := d.uint()
	if n > uint64(len(d.data)/size) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) string() string {
	n := d.count(1)
	text := string(d.data[:n])
	d.data = d.data[n:]
	return text
}

func appendString(data []byte, text string) []byte {
	data = binary.AppendUvarint(data, uint64(len(text)))
	return append(data, text...)
}

func (t *Totals) appendTo(data []byte) []byte {
	for _, n := range []int64{t.Touches, t.Conversions, t.Nulls, t.Untouched.Conversions, t.Untouched.Nulls} {
		data = binary.AppendVarint(data, n)
	}
	return appendMoney(appendMoney(data, t.Value), t.Untouched.Value)
}

func (t *Totals) load(d *decoder) {
	for _, n := range []*int64{&t.Touches, &t.Conversions, &t.Nulls, &t.Untouched.Conversions, &t.Untouched.Nulls} {
		if *n = d.int(); *n < 0 {
			d.fail()
		}
	}
	t.Value, t.Untouched.Value = d.money(), d.money()
	if a, b := t.Value.Currency(), t.Untouched.Value.Currency(); a != "" && b != "" && a != b {
		d.fail()
	}
	// Each journey has a touch.
	if t.Conversions > t.Touches || t.Nulls > t.Touches-t.Conversions {
		d.fail()
	}
}

func appendMoney(data []byte, m byline.Money) []byte {
	return binary.AppendVarint(appendString(data, string(m.Currency())), m.Minor())
}

func (d *decoder) money() byline.Money {
	c, minor := byline.Currency(d.string()), d.int()
	switch {
	case c == "" && minor == 0:
		return byline.Money{}
	case !c.Known():
		d.fail()
		return byline.Money{}
	}
	return byline.Minor(minor, c)
}

func (w wide) appendTo(data []byte) []byte {
	data = binary.AppendVarint(data, int64(w.hi))
	return binary.AppendUvarint(data, w.lo)
}

// appendTo writes what each rule gave to each channel. Which of it stood in the places does
// not show.
func (c *ruleCounter) appendTo(data []byte) []byte {
	for i := range c.counted {
		counted := &c.counted[i]
		why := byline.RefusalError{}
		if counted.refused != nil {
			why = *counted.refused
		}
		data = appendString(appendString(data, why.Code), why.Message)
		sums := c.sums(i)
		data = binary.AppendUvarint(data, uint64(len(sums)))
		for _, sum := range sums {
			data = sum.value.appendTo(sum.conversions.appendTo(data))
		}
	}
	return data
}

// balances reports whether what each rule gave adds up to what there was to give, which
// text that is no tally does not.
func (c *ruleCounter) balances(t Totals, turnover int64) bool {
	for i, counted := range c.counted {
		total, ok := sumUp(c.sums(i), t, turnover)
		if !ok || total != allOf(t) && counted.refused == nil {
			return false
		}
	}
	return true
}

// allOf is what there is to give.
func allOf(t Totals) (all ruleSum) {
	all.conversions.addParts(uint64(t.Conversions), whole)
	all.value.addValue(t.Value.Minor(), whole)
	return all
}

// sumUp adds up what was given, and reports whether none of it is more than there is.
func sumUp(sums []ruleSum, t Totals, turnover int64) (total ruleSum, ok bool) {
	for _, sum := range sums {
		conversions, _ := sum.conversions.floor()
		value, _ := sum.value.floor()
		if conversions < 0 || conversions > t.Conversions || magnitude(value) > uint64(turnover)+1 {
			return total, false
		}
		total.merge(sum)
	}
	return total, true
}

func (c *ruleCounter) load(d *decoder, channels int) {
	for i := range c.counted {
		counted := &c.counted[i]
		if why := (byline.RefusalError{Code: d.string(), Message: d.string()}); why.Code != "" {
			counted.refused = &why
		}
		n := d.count(4)
		if n > channels {
			d.fail()
			return
		}
		counted.sums = make([]ruleSum, n)
		for at := range n {
			counted.sums[at] = loadSum(d)
		}
	}
}

func loadSum(d *decoder) ruleSum {
	return ruleSum{conversions: wide{uint64(d.int()), d.uint()}, value: wide{uint64(d.int()), d.uint()}}
}
