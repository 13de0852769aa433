package creator

import (
	"strconv"
	"strings"
)

// maxAge bounds what counts as an age in years.
const maxAge = 150

// ParseAge reads the key of a bucket of [Age]: "18-24" is 18 and 24, both inside, and
// "65+" is 65 and 0, which stands for no upper end. Ages are whole years up to 150,
// written without leading zeros. ok is false for every other text, [UnknownBucket]
// included.
func ParseAge(key string) (from, to int, ok bool) {
	if open, found := strings.CutSuffix(key, "+"); found {
		from, ok = parseYears(open)
		return from, 0, ok
	}
	low, high, found := strings.Cut(key, "-")
	if !found {
		return 0, 0, false
	}
	from, lowOK := parseYears(low)
	to, highOK := parseYears(high)
	if !lowOK || !highOK || to < from || to == 0 {
		return 0, 0, false
	}
	return from, to, true
}

func parseYears(text string) (years int, ok bool) {
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil || n > maxAge || len(text) > 1 && text[0] == '0' {
		return 0, false
	}
	return int(n), true
}
