package reach

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// Defaults and limits of [SketchOptions].
const (
	DefaultPrecision = 14    // standard error of a count 0.81%, 16 KiB in memory
	FinePrecision    = 16    // 0.41%, 64 KiB
	DefaultSample    = 1024  // standard error of a Jaccard index of 0.05: 0.0068
	MinSample        = 64    // and fewer say too little
	MaxSample        = 16384 // and more are slow to keep in order
	MaxSpace         = 64    // bytes of the name of an id space
)

// SketchOptions shape a sketch; nil and the zero value are the defaults. Only sketches of
// one shape can be merged or compared.
type SketchOptions struct {
	Precision int    `json:"precision,omitempty"` // 14 or 16; 0 is DefaultPrecision
	Sample    int    `json:"sample,omitempty"`    // hashes kept for overlap; 0 is DefaultSample
	Seed      uint64 `json:"seed,omitempty"`      // of the hash; another one errs otherwise, see [Union.Gain]
	// Space names where the ids are from and how they were keyed, as "youtube" or
	// "crm/hmac-2026". The same person has another id in another space, so that sketches of
	// two spaces never go together. It is of up to 64 printable ASCII characters without
	// blanks; "" is a space of its own, for those who have one only.
	Space string `json:"space,omitempty"`
}

// shape is what two sketches must share.
type shape struct {
	precision uint8
	sample    int
	seed      uint64
	space     string
}

func defaultShape() shape { return shape{precision: DefaultPrecision, sample: DefaultSample} }

func (o *SketchOptions) shape() (shape, error) {
	s := defaultShape()
	if o == nil {
		return s, nil
	}
	s.seed, s.space = o.Seed, o.Space
	var faults []*byline.FieldError
	switch o.Precision {
	case 0:
	case DefaultPrecision, FinePrecision:
		s.precision = uint8(o.Precision)
	default:
		faults = append(faults, fault("precision", "sketch.precision", "the precision is 14 or 16"))
	}
	switch {
	case o.Sample == 0:
	case o.Sample < MinSample || o.Sample > MaxSample:
		faults = append(faults, fault("sample", "sketch.sample", "the sample is from 64 to 16384"))
	default:
		s.sample = o.Sample
	}
	if len(o.Space) > MaxSpace || strings.ContainsFunc(o.Space, func(r rune) bool { return r <= ' ' || r > '~' }) {
		faults = append(faults, fault("space", "sketch.space", "an id space has a name of up to 64 printable ASCII characters without blanks"))
	}
	return s, byline.Faults(faults)
}

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

// Sketch is a small summary of a set of people: how many they are and, beside another
// sketch, how many both share. It takes the same size for a thousand people as for a
// hundred million. The zero Sketch is empty and of the default shape. Reading one sketch
// from many goroutines is safe; adding to it is not.
//
// It holds no id, but 64-bit hashes of up to Sample of them. Who has a list of ids can
// test whether some of them are among those, so a sketch of raw ids is still personal
// data: pass a keyed hash such as HMAC-SHA-256 to [Sketch.AddHash], under a key that
// nobody who gets the sketch knows, and keep no sketch of very few people.
type Sketch struct {
	shape     shape
	registers registers
	smallest  []uint64 // the smallest hashes, ascending, each once
}

// NewSketch makes an empty sketch. Faults are "sketch.precision", "sketch.sample" and
// "sketch.space".
func NewSketch(o *SketchOptions) (*Sketch, error) {
	of, err := o.shape()
	if err != nil {
		return nil, err
	}
	s := &Sketch{shape: of}
	s.prepare()
	return s, nil
}

// prepare gives the zero Sketch what it lacks.
func (s *Sketch) prepare() {
	if s.registers.words != nil {
		return
	}
	if s.shape == (shape{}) {
		s.shape = defaultShape()
	}
	s.registers = newRegisters(s.shape.precision)
}

// prepared is s, or an empty sketch in place of a zero one, so that reading writes nothing.
func (s *Sketch) prepared() *Sketch {
	if s.registers.words != nil {
		return s
	}
	empty := &Sketch{}
	empty.prepare()
	return empty
}

// Options are what s was made with, defaults filled in. They make more sketches of one
// shape, and sort stored ones by their spaces.
func (s *Sketch) Options() *SketchOptions {
	of := s.prepared().shape
	return &SketchOptions{Precision: int(of.precision), Sample: of.sample, Seed: of.seed, Space: of.space}
}

// Add counts a person by an id, which must be the same for the same person in every
// sketch, byte by byte. The hash is FNV-1a with 64 bits, passed to [Sketch.AddHash].
func (s *Sketch) Add(id string) { s.AddHash(fnv1a(id)) }

// AddBytes is [Sketch.Add] for an id in bytes.
func (s *Sketch) AddBytes(id []byte) { s.AddHash(fnv1a(id)) }

// AddHash counts a person by a number of 64 bits that differs from person to person: a
// keyed hash, or an id that is a number. It is spread by the finaliser of SplitMix64, so it
// need not look random. It takes a few nanoseconds once the sample is full.
func (s *Sketch) AddHash(h uint64) {
	s.prepare()
	h = spread(h, s.shape.seed)
	s.registers.raise(s.registers.tally.place(h))
	if s.full() && h >= s.smallest[len(s.smallest)-1] {
		return
	}
	at, found := slices.BinarySearch(s.smallest, h)
	if found {
		return
	}
	if s.full() {
		s.smallest = s.smallest[:len(s.smallest)-1]
	}
	s.smallest = slices.Insert(s.smallest, at, h)
}

// full reports whether there may be people outside the sample.
func (s *Sketch) full() bool { return len(s.smallest) >= s.shape.sample && len(s.smallest) > 0 }

// Merge adds all people of another sketch. In whatever order and how often sketches are
// merged, the bits are the same. Faults are "sketch.precision", "sketch.sample",
// "sketch.seed" and "sketch.space" where the shapes differ; s is then unchanged. A zero
// Sketch takes the shape of the first that is merged into it. Merging nil does nothing.
func (s *Sketch) Merge(o *Sketch) error {
	if o == nil {
		return nil
	}
	o = o.prepared()
	if s.registers.words == nil {
		*s = *o.Clone()
		return nil
	}
	if err := s.shape.fits(o.shape); err != nil {
		return err
	}
	s.registers.merge(&o.registers)
	s.smallest = smallestOf(s.smallest, o.smallest, s.shape.sample)
	return nil
}

// inSpace is what a definition says of the space.
func (s shape) inSpace() string {
	if s.space == "" {
		return ""
	}
	return ";space=" + s.space
}

// fits says in which way two shapes differ.
func (s shape) fits(o shape) error {
	var faults []*byline.FieldError
	if s.precision != o.precision {
		faults = append(faults, fault("precision", "sketch.precision", "the sketches differ in precision"))
	}
	if s.sample != o.sample {
		faults = append(faults, fault("sample", "sketch.sample", "the sketches differ in the size of the sample"))
	}
	if s.seed != o.seed {
		faults = append(faults, fault("seed", "sketch.seed", "the sketches differ in the seed of the hash"))
	}
	if s.space != o.space {
		faults = append(faults, fault("space", "sketch.space", fmt.Sprintf(
			"the ids are from two spaces, %q and %q, where one person has two of them", s.space, o.space)))
	}
	return byline.Faults(faults)
}

// smallestOf merges two ascending lists, each value once, up to a number of them.
func smallestOf(a, b []uint64, most int) []uint64 {
	merged := make([]uint64, 0, min(len(a)+len(b), most))
	for len(merged) < most && len(a)+len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			merged, a = append(merged, a[0]), a[1:]
		case len(a) == 0 || b[0] < a[0]:
			merged, b = append(merged, b[0]), b[1:]
		default:
			merged, a, b = append(merged, a[0]), a[1:], b[1:]
		}
	}
	return merged
}

// Count is how many people there are: exact while they are fewer than the sample, else
// from the registers, and then no fewer than the sample, which was seen.
func (s *Sketch) Count() Estimate {
	s = s.prepared()
	seen := float64(len(s.smallest))
	if !s.full() {
		return counted(seen)
	}
	e := s.registers.tally.people()
	e.Value, e.Low, e.High = max(e.Value, seen), max(e.Low, seen), max(e.High, seen)
	return e
}

// Clone returns a sketch that shares nothing with s.
func (s *Sketch) Clone() *Sketch {
	c := *s
	c.registers.words = slices.Clone(s.registers.words)
	c.smallest = slices.Clone(s.smallest)
	return &c
}
