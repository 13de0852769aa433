package safety

import (
	"slices"
	"strings"
)

// Where the topics and the levels of risk are from. They were read on 2026-11-22 in
// commit b7acdca of github.com/InteractiveAdvertisingBureau/Taxonomies.
const (
	TopicSource  = "IAB Tech Lab Content Taxonomy 3.1, CC BY 3.0"
	TopicVersion = "3.1"
	TopicParent  = "v9i3On" // Sensitive Topics
	RiskSource   = "IAB Tech Lab Content Taxonomy 3.0, descriptive vectors, CC BY 3.0"
	RiskParent   = "MRkz4Q" // Brand Suitability and Risk
)

// Topic is a sensitive topic by its id in the Content Taxonomy. A topic that begins with
// "x-" is none of the taxonomy: [Misinformation], or a caller's own, such as a set of
// keywords that one brand avoids.
type Topic string

// The eleven sensitive topics of the Content Taxonomy 3.1.
const (
	Adult      Topic = "Rm3SiT"
	Arms       Topic = "avbNf2"
	Crime      Topic = "XtODT3"
	Death      Topic = "I4GWl6"
	Debated    Topic = "Z7rJBM"
	Hate       Topic = "HxqYV1"
	Substances Topic = "pg0WhF"
	Obscenity  Topic = "j9PaO9"
	Piracy     Topic = "mm3UXx"
	Spam       Topic = "6i4dB6"
	Terrorism  Topic = "8FD8nI"
)

// Misinformation is the twelfth category that the Global Alliance for Responsible Media
// added in June 2022. The taxonomy has no id for it, so this key is ours.
const Misinformation Topic = "x-misinformation"

// Topics returns the topics that have a name here, those of the taxonomy first.
func Topics() []Topic {
	return []Topic{Adult, Arms, Crime, Death, Debated, Hate, Substances, Obscenity, Piracy, Spam, Terrorism, Misinformation}
}

// Name returns the topic's name in the taxonomy, and for a caller's own topic what
// follows "x-".
func (t Topic) Name() string {
	names := []string{
		"Adult & Explicit Sexual Content",
		"Arms & Ammunition",
		"Crime & Harmful Acts to Individuals, Society & Human Right Violations",
		"Death, Injury, or Military Conflict",
		"Debated Sensitive Social Issues",
		"Hate Speech and Acts of Aggression",
		"Illegal Drugs, Tobacco, eCigarettes, Vaping, Alcohol",
		"Obscenity and Profanity",
		"Online Piracy",
		"Spam or Harmful Content",
		"Terrorism",
		"Misinformation",
	}
	if i := slices.Index(Topics(), t); i >= 0 {
		return names[i]
	}
	return strings.TrimPrefix(string(t), "x-")
}

// Valid reports whether the topic is one of [Topics] or a caller's own of up to 50 bytes.
func (t Topic) Valid() bool {
	return slices.Contains(Topics(), t) || len(t) > 2 && len(t) <= 50 && strings.HasPrefix(string(t), "x-")
}
