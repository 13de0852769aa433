package reach

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"github.com/bylinehq/byline"
)

// formatVersion stands for the layout, the hash and the places of its bits. A change of any
// of them takes the next number.
const formatVersion = 1

// headerBytes come before the name of the space.
const headerBytes = 1 + 1 + 2 + 8 + 2 + 1

// rankBits is what a register takes in the written form: ranks go up to 51.
const rankBits = 6

// MarshalBinary writes the sketch in the one form that it has: two sketches have the same
// bytes only if they have the same options and hold the same, in whatever order people were
// added. Numbers are in big endian:
//
//	1 byte   version, 1
//	1        precision p
//	2        sample
//	8        seed
//	2        number of hashes n, at most the sample
//	1        length of the name of the space
//	         the name
//	8 n      the smallest hashes, ascending, each once
//	         where n is the sample: 2^p registers of 6 bits, the first in the highest bits
//
// A person's number is given by the caller or is FNV-1a, with 64 bits, of the id. To that
// comes (seed+1) × 0x9e3779b97f4a7c15, and the finaliser of SplitMix64 makes the hash of it.
// The upper p bits of the hash choose a register, which holds one more than the most zeros
// seen at the lower end of the other bits, 65-p where all of them are 0, and 0 where nobody
// came. Fewer people than the sample need no registers: the hashes give them.
//
// It takes 20,495 bytes by default and without a space, and 15 + 8n for fewer people than
// the sample. It returns no error. Later versions of this package go on reading version 1.
func (s *Sketch) MarshalBinary() ([]byte, error) {
	s = s.prepared()
	data := make([]byte, 0, encodedBytes(s.shape, len(s.smallest)))
	data = append(data, formatVersion, s.shape.precision)
	data = binary.BigEndian.AppendUint16(data, uint16(s.shape.sample))
	data = binary.BigEndian.AppendUint64(data, s.shape.seed)
	data = binary.BigEndian.AppendUint16(data, uint16(len(s.smallest)))
	data = append(data, byte(len(s.shape.space)))
	data = append(data, s.shape.space...)
	for _, h := range s.smallest {
		data = binary.BigEndian.AppendUint64(data, h)
	}
	if s.full() {
		data = s.registers.appendPacked(data)
	}
	return data, nil
}

func encodedBytes(of shape, hashes int) int {
	size := headerBytes + len(of.space) + 8*hashes
	if hashes == of.sample {
		size += 1 << of.precision * rankBits / 8
	}
	return size
}

// appendPacked writes four registers into three bytes.
func (r *registers) appendPacked(data []byte) []byte {
	for at := 0; at < 8*len(r.words); at += 4 {
		four := r.rank(at)<<18 | r.rank(at+1)<<12 | r.rank(at+2)<<6 | r.rank(at+3)
		data = append(data, byte(four>>16), byte(four>>8), byte(four))
	}
	return data
}

// unpack raises registers to what is written; packed has the right length.
func (r *registers) unpack(packed []byte) {
	for at := 0; at < 8*len(r.words); at += 4 {
		three := packed[at/4*3:]
		four := uint64(three[0])<<16 | uint64(three[1])<<8 | uint64(three[2])
		for i := range 4 {
			r.raise(at+i, four>>(18-6*i)&0x3f)
		}
	}
}

// UnmarshalBinary reads what MarshalBinary writes and nothing else. Faults are
// "sketch.version" for a version that this code does not know, "sketch.precision",
// "sketch.sample", "sketch.space", and "sketch.malformed" for a wrong length or for hashes
// and registers that contradict each other. s is then unchanged. It allocates no more than a
// sketch takes.
//
// There is no checksum: a bit that flips in a register may pass, and so may a sketch that
// somebody made up. Its numbers are wrong then, but finite.
func (s *Sketch) UnmarshalBinary(data []byte) error {
	of, hashes, err := decodeHeader(data)
	if err != nil {
		return err
	}
	read := &Sketch{shape: of}
	read.prepare()
	read.smallest = make([]uint64, hashes)
	data = data[headerBytes+len(of.space):]
	for i := range read.smallest {
		h := binary.BigEndian.Uint64(data[8*i:])
		if i > 0 && h <= read.smallest[i-1] {
			return malformed("the hashes do not ascend")
		}
		read.smallest[i] = h
		read.registers.raise(read.registers.tally.place(h))
	}
	if read.full() {
		if err := read.decodeRegisters(data[8*hashes:]); err != nil {
			return err
		}
	}
	*s = *read
	return nil
}

func decodeHeader(data []byte) (of shape, hashes int, err error) {
	if len(data) == 0 {
		return shape{}, 0, malformed("no bytes")
	}
	if data[0] != formatVersion {
		return shape{}, 0, fault("", "sketch.version", fmt.Sprintf("a sketch of version %d; this code reads version %d", data[0], formatVersion))
	}
	if len(data) < headerBytes {
		return shape{}, 0, malformed("the header is cut short")
	}
	sample := int(binary.BigEndian.Uint16(data[2:]))
	if data[1] == 0 || sample == 0 {
		return shape{}, 0, malformed("a precision or sample of 0") // which would read as a default
	}
	name := data[headerBytes:]
	if len(name) < int(data[headerBytes-1]) {
		return shape{}, 0, malformed("the name of the space is cut short")
	}
	of, err = (&SketchOptions{
		Precision: int(data[1]), Sample: sample, Seed: binary.BigEndian.Uint64(data[4:]), Space: string(name[:data[headerBytes-1]]),
	}).shape()
	if err != nil {
		return shape{}, 0, err
	}
	hashes = int(binary.BigEndian.Uint16(data[12:]))
	if hashes > sample || len(data) != encodedBytes(of, hashes) {
		return shape{}, 0, malformed("the length is not that of such a sketch")
	}
	return of, hashes, nil
}

// decodeRegisters raises the registers, which hold the hashes of the sample already. Those
// below the place of the largest hash saw the sample and nobody else.
func (s *Sketch) decodeRegisters(packed []byte) error {
	written := newRegisters(s.shape.precision)
	written.unpack(packed)
	last, _ := s.registers.tally.place(s.smallest[len(s.smallest)-1])
	for at := range 8 * len(written.words) {
		got, sampled := written.rank(at), s.registers.rank(at)
		if got > written.tally.limit()+1 || got < sampled || at < last && got != sampled {
			return malformed("the registers contradict the hashes")
		}
	}
	s.registers = written
	return nil
}

func malformed(message string) *byline.FieldError {
	return fault("", "sketch.malformed", message)
}

// MarshalText writes MarshalBinary in base64 with padding (RFC 4648, section 4), which is
// also the form in JSON.
func (s *Sketch) MarshalText() ([]byte, error) {
	data, err := s.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.AppendEncode(nil, data), nil
}

// UnmarshalText reads what MarshalText writes, and passes over line breaks. Faults are those of UnmarshalBinary;
// "sketch.malformed" also says that the text is no base64.
func (s *Sketch) UnmarshalText(text []byte) error {
	data, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
	if err != nil {
		return malformed("not base64")
	}
	return s.UnmarshalBinary(data)
}
