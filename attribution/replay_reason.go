package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// candidateKey tells the same evidence in two decisions of one order.
type candidateKey struct {
	kind     EvidenceKind
	evidence string
	at       time.Time
	source   string
	creator  byline.CreatorID
	campaign byline.CampaignID
	verified bool
}

func (c *Candidate) key() candidateKey {
	return candidateKey{c.Kind, c.Evidence, c.At, c.Source, c.Creator, c.Campaign, c.Verified}
}

// credited tells evidence that somebody is credited for from what merely agrees.
func (c *Candidate) credited() bool { return c.Accepted && c.Reason != ReasonClickCorroborates }

// reasons counts what became of the evidence of a changed order, each change once.
func (c *replayCount) reasons(changed *Change) {
	found := map[ReasonChange]bool{}
	other := map[candidateKey]*Candidate{}
	for i := range changed.B.Candidates {
		other[changed.B.Candidates[i].key()] = &changed.B.Candidates[i]
	}
	var same *ReasonChange
	compare := func(a, b *Candidate) {
		r := ReasonChange{Kind: a.Kind, A: a.Reason, B: b.Reason, AHeld: a.Held && a.credited(), BHeld: b.Held && b.credited()}
		switch {
		case !a.credited() && !b.credited():
		case r.A != r.B || r.AHeld != r.BHeld:
			found[r] = true
		case same == nil:
			same = &r
		}
	}
	for i := range changed.A.Candidates {
		a := &changed.A.Candidates[i]
		b, ok := other[a.key()]
		if !ok {
			b = &Candidate{}
		}
		compare(a, b)
		delete(other, a.key())
	}
	for i := range changed.B.Candidates {
		if b := &changed.B.Candidates[i]; other[b.key()] == b {
			compare(&Candidate{Kind: b.Kind}, b)
		}
	}
	if len(found) == 0 && same != nil {
		found[*same] = true
	}
	for r := range found {
		c.reason[r]++
	}
}
