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

const headerBytes = 1 + 1 + 2 + 8 + 2

// rankBits is what a register takes in the written form: ranks go up to 51.
const rankBits = 6

// MarshalBinary writes the sketch in the one form that it has, in big endian: version 1,
// precision, sample (2 bytes), seed (8), number of hashes (2), the hashes ascending (8
// each) and, where that number is the sample, the registers with 6 bits each. It takes
// 20,494 bytes by default, and 14 + 8n for fewer people than the sample. It returns no error.
func (s *Sketch) MarshalBinary() ([]byte, error) {
	s = s.prepared()
	data := make([]byte, 0, encodedBytes(s.shape, len(s.smallest)))
	data = append(data, formatVersion, s.shape.precision)
	data = binary.BigEndian.AppendUint16(data, uint16(s.shape.sample))
	data = binary.BigEndian.AppendUint64(data, s.shape.seed)
	data = binary.BigEndian.AppendUint16(data, uint16(len(s.smallest)))
	for _, h := range s.smallest {
		data = binary.BigEndian.AppendUint64(data, h)
	}
	if s.full() {
		data = s.registers.appendPacked(data)
	}
	return data, nil
}

func encodedBytes(of shape, hashes int) int {
	size := headerBytes + 8*hashes
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
// "sketch.sample", and "sketch.malformed" for a wrong length or for hashes and registers
// that no set of people has. s is then unchanged. It allocates no more than a sketch takes.
func (s *Sketch) UnmarshalBinary(data []byte) error {
	of, hashes, err := decodeHeader(data)
	if err != nil {
		return err
	}
	read := &Sketch{shape: of}
	read.prepare()
	read.smallest = make([]uint64, hashes)
	for i := range read.smallest {
		h := binary.BigEndian.Uint64(data[headerBytes+8*i:])
		if i > 0 && h <= read.smallest[i-1] {
			return malformed("the hashes do not ascend")
		}
		read.smallest[i] = h
		read.registers.raise(read.registers.tally.place(h))
	}
	if read.full() {
		if err := read.decodeRegisters(data[headerBytes+8*hashes:]); err != nil {
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
	of, err = (&SketchOptions{Precision: int(data[1]), Sample: sample, Seed: binary.BigEndian.Uint64(data[4:])}).shape()
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

// MarshalText writes MarshalBinary in base64, which is also the form in JSON.
func (s *Sketch) MarshalText() ([]byte, error) {
	data, err := s.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return base64.StdEncoding.AppendEncode(nil, data), nil
}

// UnmarshalText reads what MarshalText writes. Faults are those of UnmarshalBinary;
// "sketch.malformed" also says that the text is no base64.
func (s *Sketch) UnmarshalText(text []byte) error {
	data, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
	if err != nil {
		return malformed("not base64")
	}
	return s.UnmarshalBinary(data)
}
