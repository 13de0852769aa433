package brief

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// noted is a finding that may hold in several places, markets or platforms: its message
// goes on with them and ends with what comes after.
type noted struct {
	byline.Finding
	places  []string
	after   string
	because string // what the rule asks for; it tells no two findings apart
	puts    []put  // labels to use; none: the fix is as it stands
}

// put is a label and where it is to be put.
type put struct{ label, where, note string }

// in says where the finding holds.
func (p *noted) in(place, after string) *noted {
	p.places, p.after = []string{place}, after
	return p
}

// told are the findings in their order, each told once: what is the same in several places
// becomes one, and of the same words under several rules those of the worst are left.
func (r *review) told() []byline.Finding {
	slices.SortStableFunc(r.findings, compareFindings(r.codes))
	var told []*noted
	for _, found := range r.findings {
		same := func(p *noted) bool {
			return p.Code == found.Code && p.Path == found.Path && p.Message == found.Message && p.after == found.after &&
				(ruleID(p) == ruleID(found) || slices.Contains(p.places, strings.Join(found.places, "")) || len(found.places) == 0)
		}
		if i := slices.IndexFunc(told, same); i >= 0 {
			told[i].merge(found)
			continue
		}
		told = append(told, found)
	}
	var findings []byline.Finding
	for _, p := range told {
		findings = append(findings, p.whole())
	}
	return findings
}

func (p *noted) merge(other *noted) {
	for _, place := range other.places {
		if !slices.Contains(p.places, place) {
			p.places = append(p.places, place)
		}
	}
	for _, more := range other.puts {
		if !slices.Contains(p.puts, more) {
			p.puts = append(p.puts, more)
		}
	}
}

func (p *noted) whole() byline.Finding {
	slices.Sort(p.places)
	p.Message += joinWords(p.places) + p.after + p.because
	if len(p.puts) > 0 {
		p.Fix = putWords(p.puts)
	}
	return p.Finding
}

// putWords says once of each label where to put it.
func putWords(puts []put) string {
	slices.SortFunc(puts, func(a, b put) int {
		return strings.Compare(a.label+"\x00"+a.note+"\x00"+a.where, b.label+"\x00"+b.note+"\x00"+b.where)
	})
	var sentences []string
	for i, p := range puts {
		if i > 0 && p.label == puts[i-1].label && p.note == puts[i-1].note {
			continue
		}
		var where []string
		for _, same := range puts {
			if same.label == p.label && same.note == p.note {
				where = append(where, same.where)
			}
		}
		sentences = append(sentences, fmt.Sprintf("Put “%s” %s.%s", p.label, strings.Join(where, "; "), p.note))
	}
	return strings.Join(sentences, " ")
}
