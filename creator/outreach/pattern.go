package outreach

import "strings"

// pattern is a text cut at its placeholders.
type pattern []piece

// piece is plain text or a placeholder.
type piece struct {
	plain string
	field Field
}

// parse cuts a text at its placeholders: {field}, and {{ or }} for a brace. It returns
// what stands between braces and is no field this version knows, and whether a brace has
// no partner.
func parse(text string) (p pattern, unknown []string, unpaired bool) {
	var plain strings.Builder
	for text != "" {
		at := strings.IndexAny(text, "{}")
		if at < 0 {
			break
		}
		plain.WriteString(text[:at])
		brace, rest := text[at], text[at+1:]
		switch end := strings.IndexAny(rest, "{}\n"); {
		case rest != "" && rest[0] == brace:
			plain.WriteByte(brace)
			text = rest[1:]
		case brace == '{' && end > 0 && rest[end] == '}':
			name := Field(rest[:end])
			if !name.known() {
				unknown = append(unknown, rest[:end])
			}
			p = append(p, piece{plain: plain.String()}, piece{field: name})
			plain.Reset()
			text = rest[end+1:]
		default:
			unpaired = true
			text = rest
		}
	}
	plain.WriteString(text)
	return append(p, piece{plain: plain.String()}), unknown, unpaired
}

// uses reports whether a field stands in the pattern.
func (p pattern) uses(f Field) bool {
	for _, part := range p {
		if part.field == f {
			return true
		}
	}
	return false
}

// fill puts values in, which are never read as placeholders themselves.
func (p pattern) fill(values map[Field]string) string {
	var b strings.Builder
	for _, part := range p {
		b.WriteString(part.plain)
		if part.field != "" {
			b.WriteString(values[part.field])
		}
	}
	return b.String()
}
