package forecast

import (
	"hash/fnv"
	"math/rand/v2"
)

// stream is a source of randomness that can be set to any place: what a draw gives depends
// on the key, and on nothing that was drawn before.
type stream struct {
	pcg    *rand.PCG
	random *rand.Rand
	seed   uint64
}

func newStream(seed uint64) *stream {
	pcg := rand.NewPCG(0, 0)
	return &stream{pcg: pcg, random: rand.New(pcg), seed: seed}
}

// at sets the stream to a key, a draw and a post.
func (s *stream) at(key uint64, draw, post int) *stream {
	s.pcg.Seed(mix(s.seed^key), mix(uint64(draw)<<20|uint64(post)))
	return s
}

// keyOf hashes names; a 0 byte keeps them apart.
func keyOf(names ...string) uint64 {
	h := fnv.New64a()
	for _, name := range names {
		_, _ = h.Write([]byte(name)) // a hash takes all
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}

// mix is the finaliser of splitmix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
