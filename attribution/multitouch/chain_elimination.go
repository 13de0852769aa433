package multitouch

// The columns of a matrix before those of the channels. Its first row is the start.
const (
	toConversion = iota
	toNull
	toValue // what the conversions are worth, which is no way out of a state
	firstChannel
)

// elimination finds, for each channel, the chain that is seen by who only looks at the
// start and at this channel: what it says is P(visit c), and P(convert | at c). All other
// channels are eliminated, half of them at a time, so that channels share the work: about
// 0.8·n³ multiplications for all n. As by Grassmann, Taksar and Heyman (Operations
// Research 33, 1985), what leaves a state is summed and never found by subtraction, so
// that every figure is accurate to about n roundings, however long journeys are.
type elimination struct {
	converted, worth []float64 // by channel: what of it comes from journeys that visited it
	rates            []float64 // by channel: all conversions, found by way of it
	singular         bool
}

// matrix has a row for the start and for each of some channels.
type matrix struct {
	cells    []float64
	channels []int
}

func newMatrix(channels []int) matrix {
	n := len(channels)
	return matrix{make([]float64, (n+1)*(n+firstChannel)), channels}
}

func (m matrix) width() int { return len(m.channels) + firstChannel }

func (m matrix) row(i int) []float64 { return m.cells[i*m.width():][:m.width()] }

// visit solves for the channels of m, which it uses up.
func (e *elimination) visit(m matrix) {
	n := len(m.channels)
	if n == 1 {
		e.leaf(m)
		return
	}
	half := n / 2
	other := m.swapped(half)
	e.visit(e.keep(m, half))
	e.visit(e.keep(other, n-half))
}

// swapped returns a copy in which the first channels are the last.
func (m matrix) swapped(first int) matrix {
	n := len(m.channels)
	to := newMatrix(append(append([]int{}, m.channels[first:]...), m.channels[:first]...))
	for i := range n + 1 {
		from := i
		if i > 0 {
			from = (i-1+first)%n + 1
		}
		source, row := m.row(from), to.row(i)
		copy(row, source[:firstChannel])
		copy(row[firstChannel:], source[firstChannel+first:])
		copy(row[firstChannel+n-first:], source[firstChannel:][:first])
	}
	return to
}

// keep eliminates the last channels until there are this many, and returns what is left.
func (e *elimination) keep(m matrix, channels int) matrix {
	for last := len(m.channels) - 1; last >= channels; last-- {
		e.eliminate(m, last)
	}
	to := newMatrix(m.channels[:channels])
	for i := range channels + 1 {
		copy(to.row(i), m.row(i))
	}
	return to
}

// eliminate leads what comes to a channel on to where it goes from there. The channels
// after it were eliminated before.
func (e *elimination) eliminate(m matrix, channel int) {
	at := firstChannel + channel
	onward := m.row(channel + 1)[:at]
	leaves := onward[toConversion] + onward[toNull]
	for _, w := range onward[firstChannel:] {
		leaves += w
	}
	for i := range channel + 1 {
		row := m.row(i)
		if row[at] == 0 {
			continue
		}
		if leaves == 0 {
			e.singular = true
			return
		}
		addMultiple(row, onward, row[at]/leaves)
	}
}

// addMultiple adds a multiple of one row to the beginning of another. The conversion
// keeps a processor from rounding once where others round twice.
func addMultiple(to, row []float64, factor float64) {
	to = to[:len(row)]
	for i, v := range row {
		to[i] += float64(factor * v)
	}
}

func (e *elimination) leaf(m matrix) {
	start, at, channel := m.row(0), m.row(1), m.channels[0]
	leaves := at[toConversion] + at[toNull]
	e.rates[channel] = start[toConversion]
	if start[firstChannel] == 0 {
		return
	}
	if leaves == 0 {
		e.singular = true
		return
	}
	visits := start[firstChannel] / leaves
	e.converted[channel] = visits * at[toConversion]
	e.worth[channel] = visits * at[toValue]
	e.rates[channel] += e.converted[channel]
}
