package creator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/bylinehq/byline"
)

// Export is everything that is stored on one creator, in a form to hand to that person:
// as JSON, or with [Export.WriteText] to be read. Nothing is left out, so the caller sees
// to it that it reaches nobody else; comments and reviews name other people too.
type Export struct {
	Creator byline.CreatorID `json:"creator"`
	At      time.Time        `json:"at"`
	Parts   []ExportedPart   `json:"parts"` // in the order of the dossier, without empty ones
	Dossier Dossier          `json:"dossier"`
}

// ExportedPart says how much of a part there is and where it is from. No origins means
// that nothing is known of that, and not that there is no source.
type ExportedPart struct {
	PartCount
	Origins []Origin `json:"origins,omitempty"`
}

// Export gathers what is stored on the creator as of a time. It shares its data with d.
func (d *Dossier) Export(at time.Time) Export {
	e := Export{Creator: d.Profile.ID, At: at, Dossier: *d}
	for _, part := range d.parts() {
		listed := ExportedPart{PartCount: part}
		for _, o := range d.Origins {
			if o.Part == part.Part {
				listed.Origins = append(listed.Origins, o)
			}
		}
		if part.Count > 0 || len(listed.Origins) > 0 {
			e.Parts = append(e.Parts, listed)
		}
	}
	return e
}

// WriteText writes the export for a reader: each part with where it is from, then all
// that it holds. Every field of the JSON is in it. Control characters are left out, so
// that no stored text can act on a terminal.
func (e *Export) WriteText(w io.Writer) error {
	data, err := e.data()
	if err != nil {
		return err
	}
	var out outline
	fmt.Fprintf(&out.text, "What is stored on creator %s, as of %s\n", plain(string(e.Creator)), e.At.Format(time.RFC3339))
	for _, part := range e.Parts {
		fmt.Fprintf(&out.text, "\n%s (%d)\n", strings.ToUpper(plain(string(part.Part))), part.Count)
		out.origins(part.Origins)
		if raw := data[part.Part]; len(raw) > 0 {
			if err := out.value(raw, "  "); err != nil {
				return fmt.Errorf("creator: export: %w", err)
			}
		}
	}
	_, err = out.text.WriteTo(w)
	return err
}

// data is the dossier as JSON, part by part.
func (e *Export) data() (map[Part]json.RawMessage, error) {
	text, err := json.Marshal(e.Dossier)
	if err != nil {
		return nil, fmt.Errorf("creator: export: %w", err)
	}
	var parts map[Part]json.RawMessage
	if err := json.Unmarshal(text, &parts); err != nil {
		return nil, fmt.Errorf("creator: export: %w", err)
	}
	return parts, nil
}

// outline is JSON as indented lines.
type outline struct {
	text bytes.Buffer
	dash bool // a dash stands where the next line begins
}

func (o *outline) origins(all []Origin) {
	if len(all) == 0 {
		o.line("  ", "where this is from was not recorded")
	}
	for _, origin := range all {
		until := "no end of retention was recorded"
		if !origin.RetainUntil.IsZero() {
			until = "kept until " + origin.RetainUntil.Format(time.RFC3339)
		}
		from := plain(origin.Source)
		if origin.Platform != "" {
			from += ", what is on " + plain(string(origin.Platform))
		}
		o.line("  ", fmt.Sprintf("from %s, for %s, collected %s, %s", from, plain(origin.Purpose), origin.CollectedAt.Format(time.RFC3339), until))
	}
}

func (o *outline) line(indent, text string) {
	if !o.dash {
		o.text.WriteString(indent)
	}
	o.dash = false
	o.text.WriteString(text + "\n")
}

// value writes an object as lines of "name: value", and an array as its values, each
// behind a dash. Values are no deeper than the types of this package.
func (o *outline) value(raw json.RawMessage, indent string) error {
	if line, ok := oneLine(raw); ok {
		o.line(indent, line)
		return nil
	}
	in := json.NewDecoder(bytes.NewReader(raw))
	open, err := in.Token()
	if err != nil {
		return err
	}
	if !in.More() {
		o.line(indent, "none")
	}
	for in.More() {
		if open == json.Delim('{') {
			err = o.field(in, indent)
		} else {
			err = o.entry(in, indent)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (o *outline) field(in *json.Decoder, indent string) error {
	name, err := in.Token()
	if err != nil {
		return err
	}
	var raw json.RawMessage
	if err := in.Decode(&raw); err != nil {
		return err
	}
	label := plain(strings.ReplaceAll(fmt.Sprint(name), "_", " ")) + ":"
	if line, ok := oneLine(raw); ok {
		o.line(indent, label+" "+line)
		return nil
	}
	o.line(indent, label)
	return o.value(raw, indent+"  ")
}

func (o *outline) entry(in *json.Decoder, indent string) error {
	var raw json.RawMessage
	if err := in.Decode(&raw); err != nil {
		return err
	}
	o.text.WriteString(indent + "- ")
	o.dash = true
	return o.value(raw, indent+"  ")
}

// oneLine is a value that needs no lines of its own.
func oneLine(raw json.RawMessage) (string, bool) {
	if raw[0] != '{' && raw[0] != '[' {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			return plain(text), true
		}
		return string(raw), true
	}
	if raw[0] == '[' {
		var texts []string
		if json.Unmarshal(raw, &texts) == nil {
			return plain(strings.Join(texts, ", ")), true
		}
		var numbers []json.Number
		if json.Unmarshal(raw, &numbers) == nil {
			return string(raw), true
		}
		return "", false
	}
	if len(raw) > maxMeasure {
		return "", false
	}
	return measureLine(raw)
}

// maxMeasure bounds what is tried as a measure, so that no large object is read twice.
const maxMeasure = 4096

// measureLine is a measure or an amount in words.
func measureLine(raw json.RawMessage) (string, bool) {
	in := json.NewDecoder(bytes.NewReader(raw))
	in.DisallowUnknownFields()
	var m struct {
		Value      json.Number          `json:"value"`
		Missing    byline.MissingReason `json:"missing"`
		Definition string               `json:"definition"`
		At         string               `json:"at"`
	}
	if in.Decode(&m) != nil || (m.Value == "") == (m.Missing == "") {
		return "", false
	}
	text := string(m.Value)
	if m.Missing != "" {
		text = "missing, " + strings.ReplaceAll(string(m.Missing), "_", " ")
	}
	if m.Definition != "" {
		text += " by " + m.Definition
	}
	if m.At != "" {
		text += " at " + m.At
	}
	return plain(text), true
}

// plain leaves out control characters and brings a text to one line.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), r > unicode.MaxASCII && unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
}
