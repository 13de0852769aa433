package contracts

import "slices"

// setOf returns the values in order, each once, in a slice of its own; nil for none.
func setOf[T ~string](values []T) []T {
	if len(values) == 0 {
		return nil
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// setHas reports whether a set has a value.
func setHas[T ~string](sorted []T, value T) bool {
	_, found := slices.BinarySearch(sorted, value)
	return found
}
