package brief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// Validate reports all faults of the shape at their JSON paths, those of a deliverable
// under "deliverables[2]". Beside the tags' own codes and those of [Deliverable.Validate]
// these are: "brief.market_twice", "brief.minors" for a part that is not from 0 to 1,
// "piece.length_order", "piece.tag" and "piece.hashtag" for one without its sign,
// "element.piece" for a piece that is not there, "element.piece_twice",
// "disclosure.twice" for two labels of one market, language and platform, "code.twice",
// "link.twice", and "link.utm" for a parameter of another name.
//
// It says nothing of the sense: see [Review].
func (b Brief) Validate() error {
	faults := faultList(validate.Struct(b))
	b.headFaults(&faults)
	for i, p := range b.Pieces {
		faults.nest(entry("deliverables", i), append(p.Deliverable.faults(), p.faults()...))
	}
	b.elementFaults(&faults)
	b.disclosureFaults(&faults)
	b.Tracking.faults(&faults)
	return byline.Faults(faults)
}

func (b Brief) headFaults(faults *faultList) {
	for i, m := range b.Markets {
		if slices.Index(b.Markets, m) < i {
			faults.add(entry("markets", i), "brief.market_twice", "this market is listed before")
		}
	}
	if part, known := b.Audience.Minors.Value(); known && (part < 0 || part > 1) {
		faults.add("audience.minors", "brief.minors", "a part of the audience is from 0 to 1")
	}
}

func (p Piece) faults() faultList {
	var faults faultList
	if p.Length.Max > 0 && p.Length.Max < p.Length.Min {
		faults.add("length", "piece.length_order", "the longest is shorter than the shortest")
	}
	for i, tag := range p.Tags {
		if !signed(tag, "@") {
			faults.add(entry("tags", i), "piece.tag", "an account begins with @")
		}
	}
	for i, tag := range p.Hashtags {
		if !signed(tag, "#") {
			faults.add(entry("hashtags", i), "piece.hashtag", "a hashtag begins with # and has no spaces")
		}
	}
	return faults
}

// signed reports whether a text is one word behind its sign.
func signed(text, sign string) bool {
	name, found := strings.CutPrefix(text, sign)
	return found && name != "" && len(strings.Fields(name)) == 1 && strings.TrimSpace(name) == name
}

func (b Brief) elementFaults(faults *faultList) {
	for i, e := range b.Elements {
		for j, n := range e.Pieces {
			at := entry(entry("elements", i)+".pieces", j)
			if n < 0 || n >= len(b.Pieces) {
				faults.add(at, "element.piece", "there is no such deliverable")
			} else if slices.Index(e.Pieces, n) < j {
				faults.add(at, "element.piece_twice", "this deliverable is named before")
			}
		}
	}
}

func (b Brief) disclosureFaults(faults *faultList) {
	type key struct {
		market             byline.Market
		language, platform string
	}
	seen := map[key]bool{}
	for i, d := range b.Disclosures {
		k := key{d.Market, strings.ToLower(d.Language), string(d.Platform)}
		if seen[k] {
			faults.add(entry("disclosures", i), "disclosure.twice", "there is a label for this market, language and platform before")
		}
		seen[k] = true
	}
}

func (t Tracking) faults(faults *faultList) {
	codes, links := map[string]bool{}, map[string]bool{}
	for i, c := range t.Codes {
		key := codeKey(c.Code)
		if key != "" && codes[key] {
			faults.add(entry("tracking.codes", i), "code.twice", "this code is listed before")
		}
		codes[key] = true
	}
	for i, l := range t.Links {
		at := entry("tracking.links", i)
		if l.Key != "" && links[l.Key] {
			faults.add(at, "link.twice", "a link of this key is listed before")
		}
		links[l.Key] = true
		for _, name := range sortedKeys(l.UTM) {
			if !strings.HasPrefix(name, "utm_") {
				faults.add(at+".utm["+name+"]", "link.utm", "the name of such a parameter begins with utm_")
			}
		}
	}
}

// codeKey is a code as shops compare it: without regard to case.
func codeKey(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

func entry(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }
