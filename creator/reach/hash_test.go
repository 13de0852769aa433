package reach_test

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"testing"

	"github.com/bylinehq/byline/creator/reach"
)

// Somebody who writes sketches in another language needs the hash to be what it is called.
func TestHashIsTheNamedOne(t *testing.T) {
	t.Parallel()
	// The first numbers of SplitMix64 for the seed 0, as its authors' code gives them.
	for n, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f} {
		data := written(t, sketchOf(t, &reach.SketchOptions{Seed: uint64(n)}, 0))
		if got := binary.BigEndian.Uint64(data[15:]); got != want {
			t.Errorf("seed %d: %#x, want %#x", n, got, want)
		}
	}
	for _, id := range []string{"", "ada", "naïve\x00", "\xff"} {
		var s reach.Sketch
		s.Add(id)
		h := fnv.New64a()
		h.Write([]byte(id))
		if !bytes.Equal(written(t, &s), written(t, sketchOf(t, nil, h.Sum64()))) {
			t.Errorf("%q is not hashed by FNV-1a", id)
		}
	}
}
