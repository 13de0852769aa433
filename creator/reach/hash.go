package reach

// The hash is a contract with sketches at rest: it never changes within a version of the
// format. It is no secret and no protection: who knows an id can compute its hash.

const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x100000001b3
	gamma     = 0x9e3779b97f4a7c15
)

// fnv1a is FNV-1a with 64 bits.
func fnv1a[T ~string | ~[]byte](id T) uint64 {
	h := uint64(fnvOffset)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * fnvPrime
	}
	return h
}

// spread is the finaliser of SplitMix64 after a step that the seed chooses. For one seed it
// is a bijection, so that it adds no collisions, and it makes even counted-up ids look
// uniform.
func spread(h, seed uint64) uint64 {
	h += (seed + 1) * gamma
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
