package attribution

import "math"

// Parameters of Punycode, RFC 3492 section 5, read 2026-11-22. The module links no
// package for it: golang.org/x/net would be a new dependency of every host for one
// function.
const (
	punyBase        = 36
	punyTMin        = 1
	punyTMax        = 26
	punySkew        = 38
	punyDamp        = 700
	punyInitialBias = 72
	firstNonASCII   = 0x80
)

// punycode encodes a label, RFC 3492 section 6.3: the ASCII letters as they are, then
// where the others go, from the lowest code point to the highest. A label is short, so
// the numbers stay far from overflow.
func punycode(label []rune) string {
	var out []byte
	for _, r := range label {
		if r < firstNonASCII {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	code, delta, bias := rune(firstNonASCII), 0, punyInitialBias
	for done := basic; done < len(label); code++ {
		next := lowestFrom(label, code)
		delta += int(next-code) * (done + 1)
		code = next
		for _, r := range label {
			if r < code {
				delta++
			}
			if r != code {
				continue
			}
			out = appendPunyNumber(out, delta, bias)
			bias = punyBias(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
	}
	return string(out)
}

func lowestFrom(label []rune, from rune) rune {
	lowest := rune(math.MaxInt32)
	for _, r := range label {
		if r >= from && r < lowest {
			lowest = r
		}
	}
	return lowest
}

// appendPunyNumber writes a number in digits whose thresholds say where it ends.
func appendPunyNumber(out []byte, number, bias int) []byte {
	for k := punyBase; ; k += punyBase {
		threshold := min(max(k-bias, punyTMin), punyTMax)
		if number < threshold {
			return append(out, punyDigit(number))
		}
		rest := number - threshold
		out = append(out, punyDigit(threshold+rest%(punyBase-threshold)))
		number = rest / (punyBase - threshold)
	}
}

func punyDigit(d int) byte {
	if d < 26 {
		return byte('a' + d)
	}
	return byte('0' + d - 26)
}

// punyBias adapts the thresholds, RFC 3492 section 6.1.
func punyBias(delta, points int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for ; delta > (punyBase-punyTMin)*punyTMax/2; k += punyBase {
		delta /= punyBase - punyTMin
	}
	return k + (punyBase-punyTMin+1)*delta/(delta+punySkew)
}
