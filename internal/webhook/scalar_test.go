package webhook_test

import (
	"bytes"
	"crypto/sha512"
	"math/big"
	"slices"
	"strings"
)

// order is that of the base point of Ed25519, RFC 8032, section 5.1.
func order() *big.Int {
	tail, _ := new(big.Int).SetString("27742317777372353535851937790883648493", 10)
	return tail.Add(tail, new(big.Int).Lsh(big.NewInt(1), 252))
}

func littleEndian(raw []byte) *big.Int {
	turned := slices.Clone(raw)
	slices.Reverse(turned)
	return new(big.Int).SetBytes(turned)
}

func scalarBytes(n *big.Int) []byte {
	raw := n.FillBytes(make([]byte, 32))
	slices.Reverse(raw)
	return raw
}

func addOrder(scalar []byte) []byte {
	n := littleEndian(scalar)
	return scalarBytes(n.Add(n, order()))
}

// signWithScalarOne signs as the owner of the base point, with the scalar 1 for a
// nonce too: R = B and s = 1 + H(R, A, content).
func signWithScalarOne(content string) []byte {
	base := []byte("\x58" + strings.Repeat("\x66", 31))
	hash := sha512.Sum512(slices.Concat(base, base, []byte(content)))
	s := littleEndian(hash[:])
	s.Add(s, big.NewInt(1)).Mod(s, order())
	return bytes.Join([][]byte{base, scalarBytes(s)}, nil)
}
