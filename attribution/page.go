package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a page path, in bytes: of the text that is read, where one letter can
// take twelve, and of its normal form.
const (
	maxPageText = 2048
	maxPage     = 255
)

// NormalizePage brings the path of a landing page to the form in which it is compared:
// percent-decoded until nothing is left to decode, without query and fragment, Unicode
// NFC, lower case, each segment trimmed and cut at its first ";", without empty segments
// and dot segments (RFC 3986, 5.2.4), no slash at the end. "/Ada/" and "//x/../%61da?p=1"
// become "/ada"; the home page is "/".
//
// The result is "" for what is no path of a page: text that does not begin with a slash,
// is over-long, or holds invalid UTF-8 or control characters. It is idempotent. A path
// that is already in that form is returned without allocating.
func NormalizePage(path string) string {
	if isNormalPage(path) {
		return path
	}
	if len(path) > maxPageText || !strings.HasPrefix(path, "/") {
		return ""
	}
	path = decodeWhole(path)
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	if !utf8.ValidString(path) || strings.ContainsFunc(path, unicode.IsControl) {
		return ""
	}
	// As in NormalizeCode, letters and marks settle in a second round.
	for range 3 {
		next := norm.NFC.String(strings.ToLower(norm.NFC.String(path)))
		if next == path {
			break
		}
		path = next
	}
	if path = resolveSegments(path); len(path) > maxPage {
		return ""
	}
	return path
}

// isNormalPage knows the common path: plain ASCII that nothing above would change.
func isNormalPage(path string) bool {
	if path == "" || path[0] != '/' || len(path) > maxPage {
		return false
	}
	for i := range len(path) {
		switch c := path[i]; {
		case c == '/':
			if next := i + 1; next == len(path) && i > 0 || next < len(path) && (path[next] == '/' || path[next] == '.') {
				return false
			}
		case c <= ' ', c >= 0x7f, 'A' <= c && c <= 'Z', c == '%', c == '?', c == '#', c == ';':
			return false
		}
	}
	return true
}

// decodeWhole decodes percent signs until none is left that starts an escape, so that
// a path encoded twice is the path.
func decodeWhole(path string) string {
	decoded := make([]byte, 0, len(path))
	for i := range len(path) {
		decoded = append(decoded, path[i])
		// The last three bytes may be an escape, and what it decodes to may end another.
		for n := len(decoded); n >= 3 && decoded[n-3] == '%' && isHex(decoded[n-2]) && isHex(decoded[n-1]); n = len(decoded) {
			decoded = append(decoded[:n-3], unhex(decoded[n-2])<<4|unhex(decoded[n-1]))
		}
	}
	return string(decoded)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return (c | 0x20) - 'a' + 10
}

func resolveSegments(path string) string {
	var kept []string
	for segment := range strings.SplitSeq(path, "/") {
		segment, _, _ = strings.Cut(segment, ";")
		switch segment = strings.TrimSpace(segment); segment {
		case "", ".":
		case "..":
			kept = kept[:max(len(kept)-1, 0)]
		default:
			kept = append(kept, segment)
		}
	}
	return "/" + strings.Join(kept, "/")
}
