package brief

import (
	"cmp"
	"time"
)

// Norms are limits of the trade, not of a law: no source gives most of them, so that what
// stands on one alone never blocks. A zero field is its default.
type Norms struct {
	// LeadDays are the creator's working days from the review to the first drafts, and
	// MakeDays those from the product's arrival; fewer is short. 5 and 3.
	LeadDays int `json:"lead_days,omitempty"`
	MakeDays int `json:"make_days,omitempty"`
	// ReadingTime is how long a brief takes to read; beyond is long. 5 minutes. WordsLeast is
	// how many words it has at least; 40.
	ReadingTime time.Duration `json:"reading_time,omitempty"`
	WordsLeast  int           `json:"words_least,omitempty"`
	// VerbatimShare is the part of the words about the posts that may be asked for as they are
	// written; more is a script. 0.25. VerbatimWords is the longest passage of that kind; 12.
	VerbatimShare float64 `json:"verbatim_share,omitempty"`
	VerbatimWords int     `json:"verbatim_words,omitempty"`
	// ImperativeShare is the part of the sentences that are orders; more is a script. 0.6,
	// from SentencesLeast sentences on; 5.
	ImperativeShare float64 `json:"imperative_share,omitempty"`
	SentencesLeast  int     `json:"sentences_least,omitempty"`
	// SpokenShare is the part of a piece's length that what must be said may take, read
	// aloud; 0.5. SaysPerMinute is how many things may have to be said in a minute; 6, and two
	// always fit.
	SpokenShare   float64 `json:"spoken_share,omitempty"`
	SaysPerMinute float64 `json:"says_per_minute,omitempty"`
	// Minors is the part of the audience under 18 from which on it counts as one of minors;
	// 0.25. What hangs on it warns, and blocks from half of the audience on.
	Minors float64 `json:"minors,omitempty"`
}

func (n *Norms) orDefault() Norms {
	if n == nil {
		n = &Norms{}
	}
	return Norms{
		LeadDays: cmp.Or(n.LeadDays, 5), MakeDays: cmp.Or(n.MakeDays, 3),
		ReadingTime: cmp.Or(n.ReadingTime, 5*time.Minute), WordsLeast: cmp.Or(n.WordsLeast, 40),
		VerbatimShare: cmp.Or(n.VerbatimShare, .25), VerbatimWords: cmp.Or(n.VerbatimWords, 12),
		ImperativeShare: cmp.Or(n.ImperativeShare, .6), SentencesLeast: cmp.Or(n.SentencesLeast, 5),
		SpokenShare: cmp.Or(n.SpokenShare, .5), SaysPerMinute: cmp.Or(n.SaysPerMinute, 6),
		Minors: cmp.Or(n.Minors, .25),
	}
}
