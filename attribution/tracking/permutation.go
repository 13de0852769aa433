package tracking

import (
	"crypto/aes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math"

	"github.com/bylinehq/byline/attribution"
)

// rounds is as many as FF1 has (NIST SP 800-38G, March 2016, updated August 2016).
const rounds = 10

// permutation is a keyed bijection on the numbers below size: a Feistel network of two
// numbers modulo side, whose square is hardly more than size, with cycle walking back
// into the range (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002). The
// round function is one block of AES-256. It follows the shape of FF1 and is not FF1:
// there is no tweak, and numbers stand for strings.
//
// That it cannot be told from a random order rests on AES and on ten rounds being
// enough for the size. NIST asks for a domain of at least a million (SP 800-38G Rev. 1,
// second draft, February 2025): below, Feistel networks have known weaknesses.
type permutation struct {
	size, side uint64
	mix        func(block *[aes.BlockSize]byte) // a closure, which prints no key
}

func newPermutation(key attribution.Secret, use string, size uint64) (permutation, error) {
	derive := hmac.New(sha256.New, []byte(key))
	derive.Write([]byte(use))
	cipher, err := aes.NewCipher(derive.Sum(nil))
	if err != nil {
		return permutation{}, err
	}
	side := uint64(math.Sqrt(float64(size)))
	for side*side < size { // a root is cut, and a float of this size is rounded
		side++
	}
	return permutation{size: size, side: side, mix: func(b *[aes.BlockSize]byte) { cipher.Encrypt(b[:], b[:]) }}, nil
}

// forward returns the place of n, which is below size.
func (p permutation) forward(n uint64) uint64 {
	var block [aes.BlockSize]byte
	for {
		left, right := n/p.side, n%p.side
		for i := range byte(rounds) {
			left, right = right, (left+p.round(&block, i, right))%p.side
		}
		if n = left*p.side + right; n < p.size {
			return n
		}
	}
}

// backward is the inverse of forward.
func (p permutation) backward(n uint64) uint64 {
	var block [aes.BlockSize]byte
	for {
		left, right := n/p.side, n%p.side
		for i := range byte(rounds) {
			left, right = (right+p.side-p.round(&block, rounds-1-i, left))%p.side, left
		}
		if n = left*p.side + right; n < p.size {
			return n
		}
	}
}

// round is below side. That 64 bits are cut to less than 32 biases it by under 2^-32.
func (p permutation) round(block *[aes.BlockSize]byte, i byte, half uint64) uint64 {
	*block = [aes.BlockSize]byte{i}
	binary.BigEndian.PutUint64(block[8:], half)
	p.mix(block)
	return binary.BigEndian.Uint64(block[:8]) % p.side
}
