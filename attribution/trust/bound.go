package trust

// upperBound returns the highest share that of uses with hits among them still allow:
// were the share any higher, so few hits would come with a chance of at most miss. It is
// the one-sided bound of Clopper and Pearson (Biometrika 26, 1934), which is exact and
// never too low. Time is in proportion to of.
//
// It only adds, multiplies and divides, and every product is rounded by a conversion, so
// that no machine fuses it with a sum and all get the same bits.
func upperBound(hits, of int64, miss float64) float64 {
	if hits >= of {
		return 1
	}
	low, high := 0.0, 1.0
	for range 50 {
		middle := (low + high) / 2
		if atMost(hits, of, middle) > miss {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// lowerBound is upperBound of the other side.
func lowerBound(hits, of int64, miss float64) float64 { return 1 - upperBound(of-hits, of, miss) }

// atMost is the chance of at most hits among of, each with the chance share. Terms are
// taken relative to the first, and scaled down before they overflow.
func atMost(hits, of int64, share float64) float64 {
	const huge = 1e200
	odds := share / (1 - share)
	term, total, upTo := 1.0, 1.0, 1.0
	for i := range of {
		term = float64(term * float64(of-i) / float64(i+1) * odds)
		total += term
		if i < hits {
			upTo = total
		}
		if total > huge {
			term, total, upTo = term/huge, total/huge, upTo/huge
		}
	}
	return upTo / total
}
