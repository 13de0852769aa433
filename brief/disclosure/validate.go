package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// Validate reports all faults of a set of rules: "rule.id" for one without an id,
// "rule.market" for an unknown market or area or for both, "rule.source" for one without
// an instrument, a source or a sentence, "rule.confidence", "rule.force", "rule.window"
// for one that ends before it starts or whose bounds are no midnight UTC, "rule.overlap"
// for two records of an id that hold on one day, "rule.scope" for what no post can be,
// "rule.label" for a wording without words, "rule.label_twice", "rule.place" for a place
// that nothing can be in, "rule.toggle", "rule.bands" for bands out of order or a part
// beyond 0 to 1, "rule.gate" and "rule.permit".
func Validate(rules []Rule) error {
	var faults []*byline.FieldError
	for i := range rules {
		faults = append(faults, byline.Nest(fmt.Sprintf("[%d]", i), byline.Faults(rules[i].faults()))...)
	}
	return byline.Faults(append(faults, overlaps(rules)...))
}

type faultList []*byline.FieldError

func (l *faultList) add(bad bool, path, code, message string) {
	if bad {
		*l = append(*l, &byline.FieldError{Path: path, Code: code, Message: message})
	}
}

func (r Rule) faults() []*byline.FieldError {
	var l faultList
	l.add(strings.TrimSpace(r.ID) == "", "id", "rule.id", "a rule needs an id")
	l.add(r.Market != "" && !r.Market.Known(), "market", "rule.market", "not an ISO 3166-1 country code")
	l.add(r.Area != "" && r.Area.Markets() == nil, "area", "rule.market", "an area that is not known")
	l.add(r.Area != "" && r.Market != "", "area", "rule.market", "a rule is of a market or of an area")
	l.add(r.Instrument == "", "instrument", "rule.source", "say what the rule is by its name")
	l.add(r.Source == "", "source", "rule.source", "say where it was read")
	l.add(r.Says == "", "says", "rule.source", "say in a sentence what it asks for")
	l.add(!known(r.Confidence, byline.Primary, byline.Secondary, byline.Recalled), "confidence", "rule.confidence", "say how well its source is known")
	l.add(!known(r.Force, Law, Guideline, SelfRegulation, PlatformPolicy), "force", "rule.force", "say what stands behind it")
	l.add(r.Effective.Empty() || !midnights(r.Effective), "effective", "rule.window", "bounds are midnight UTC of a day, and the end comes after the start")
	r.scopeFaults(&l)
	r.dutyFaults(&l)
	return l
}

func midnights(w byline.Window) bool {
	return (w.Start.IsZero() || w.Start.Equal(day(w.Start.UTC().Date()))) && (w.End.IsZero() || w.End.Equal(day(w.End.UTC().Date())))
}

func known[T comparable](is T, of ...T) bool { return slices.Contains(of, is) }

func knownTie(t Tie) bool { return slices.Contains(benefits(), t) }

func knownMedium(m Medium) bool { return known(m, Text, Image, Frame, Video, Audio, Live) }

func (r Rule) scopeFaults(l *faultList) {
	s := r.Scope
	const path, code = "scope", "rule.scope"
	for _, t := range slices.Concat(s.Ties, s.Control) {
		l.add(!knownTie(t), path, code, fmt.Sprintf("%q is no tie", string(t)))
	}
	for _, m := range s.Media {
		l.add(!knownMedium(m), path, code, fmt.Sprintf("%q is no medium", string(m)))
	}
	for _, region := range s.Regions {
		l.add(r.Market == "" || !strings.HasPrefix(region, string(r.Market)+"-"), path, code, fmt.Sprintf("%q is no part of the market", region))
	}
	for _, language := range s.Languages {
		l.add(language == "" || baseLanguage(language) != language, path, code, fmt.Sprintf("%q is no base language", language))
	}
	l.add(s.StaffMin < 0 || s.FollowersMin < 0 || s.Minors < 0, path, code, "a threshold is not below 0")
	l.add(slices.Contains(s.Categories, "") || slices.Contains(s.Marks, "") || slices.Contains(s.Platforms, ""), path, code, "an empty entry reaches nothing")
}

func (r Rule) dutyFaults(l *faultList) {
	if r.Label != nil {
		r.Label.faults(l)
	}
	if r.Notice != nil {
		l.add(len(r.Notice.Accepted) == 0, "notice.accepted", "rule.label", "no words can fulfil it")
		labelFaults(l, "notice.accepted", r.Notice.Accepted)
		placeFaults(l, "notice.place", r.Notice.Place)
	}
	if r.Time != nil {
		r.Time.faults(l)
		l.add(r.Label == nil, "time", "rule.bands", "it is about the label of the same rule, which has none")
	}
	l.add(r.Toggle != nil && r.Toggle.Name == "", "toggle.name", "rule.toggle", "say what the platform calls it")
	l.add(r.Gate != nil && !known(r.Gate.Effect, Ban, Conditions, Credentials), "gate.effect", "rule.gate", "say what the gate does")
	l.add(r.Gate != nil && r.Gate.Effect != Ban && r.Gate.Conditions == "", "gate.conditions", "rule.gate", "say what has to be checked")
	l.add(r.Permit != nil && r.Permit.Name == "", "permit.name", "rule.permit", "say what the permit is called")
}

func (d *LabelDuty) faults(l *faultList) {
	l.add(len(d.Accepted) == 0, "label.accepted", "rule.label", "no words can fulfil it")
	labelFaults(l, "label.accepted", d.Accepted)
	labelFaults(l, "label.risky", d.Risky)
	labelFaults(l, "label.rejected", d.Rejected)
	placeFaults(l, "label.place", d.Place)
	l.add(!known(d.ToggleSuffices, Both, NotEnough, Enough, Conditional, NotStated), "label.toggle_suffices", "rule.toggle", "say what the platform's label is worth")
	for i, extra := range d.ByTie {
		path := fmt.Sprintf("label.by_tie[%d]", i)
		l.add(len(extra.Ties) == 0 || slices.ContainsFunc(extra.Ties, func(t Tie) bool { return !knownTie(t) }), path+".ties", "rule.scope", "a tie that is not known, or none")
		labelFaults(l, path+".accepted", extra.Accepted)
	}
}

// labelFaults: a wording twice in a list would be asked twice; in two lists the later
// counts, which may be meant for different languages.
func labelFaults(l *faultList, path string, labels []Label) {
	met := make(map[string]bool)
	for i, label := range labels {
		at := fmt.Sprintf("%s[%d]", path, i)
		l.add(len(read(label.Text)) == 0, at, "rule.label", "it has no word in it")
		l.add(strings.Count(label.Text, "{brand}") > 1, at, "rule.label", "the brand stands in it more than once")
		l.add(label.Bare && strings.Contains(label.Text, "#"), at, "rule.label", "it is a hashtag, and counts without one")
		l.add(baseLanguage(label.Language) != label.Language, at, "rule.label", "the language is not a base language")
		l.add(!known(label.Confidence, "", byline.Primary, byline.Secondary, byline.Recalled), at, "rule.confidence", "a confidence that is not known")
		key := label.Language + "\x00" + strings.ToLower(label.Text)
		l.add(met[key], at, "rule.label_twice", "it stands in the list before")
		met[key] = true
	}
}

func placeFaults(l *faultList, path string, places map[Medium]Place) {
	for medium, place := range places {
		l.add(medium != "" && !knownMedium(medium), path, "rule.place", fmt.Sprintf("%q is no medium", string(medium)))
		l.add(place.FirstLines < 0 || place.MaxHashtags < 0, path, "rule.place", "a count is not below 0")
	}
}

func (d *TimeDuty) faults(l *faultList) {
	const code = "rule.bands"
	l.add(len(d.Bands) == 0, "time.bands", code, "say how long")
	for i, band := range d.Bands {
		path := fmt.Sprintf("time.bands[%d]", i)
		open := band.UpTo == 0
		l.add(band.UpTo < 0 || (open && i < len(d.Bands)-1), path, code, "only the last band has no upper bound")
		l.add(i > 0 && !open && band.UpTo <= d.Bands[i-1].UpTo, path, code, "bands rise")
		l.add(!(band.Part >= 0 && band.Part <= 1), path, code, "a part lies between 0 and 1")
		l.add(band.AtLeast < 0, path, code, "a time is not below 0")
		l.add(!known(band.Confidence, "", byline.Primary, byline.Secondary, byline.Recalled), path, "rule.confidence", "a confidence that is not known")
	}
	for _, m := range d.Media {
		l.add(!runs(m), "time.media", code, "only video, audio and live have a length")
	}
}

// overlaps finds records of one id that hold on one day.
func overlaps(rules []Rule) []*byline.FieldError {
	var l faultList
	byID := make(map[string][]int)
	for i, r := range rules {
		for _, before := range byID[r.ID] {
			l.add(r.Effective.Overlaps(rules[before].Effective), fmt.Sprintf("[%d].effective", i), "rule.overlap",
				fmt.Sprintf("it holds on days on which the record %d of its id does", before))
		}
		byID[r.ID] = append(byID[r.ID], i)
	}
	return l
}
