package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/score"
)

// caveat is what to know before the numbers are believed.
type caveat struct {
	Head, Text string
}

func verdictWords(e *entry) string {
	return map[score.Verdict]string{
		score.Eligible: "", score.Thin: "too little is known", score.Held: "a person has to look first", score.Barred: "not for this campaign",
	}[e.Assessment.Verdict]
}

// caveats are those of the data, the definitions and the methods.
func (r *report) caveats() []caveat {
	c := &r.source.campaign
	list := []caveat{{"When", fmt.Sprintf("All is read for %s; nothing later counts. %s of files.", showDay(r.At), plural(r.source.rows, "row", "rows"))}}
	list = append(list, r.ages()...)
	for _, cut := range c.Redefined {
		if who := r.carrying(".before_"); len(who) > 0 {
			list = append(list, caveat{"Two kinds of " + string(cut.Metric), fmt.Sprintf("%s. Numbers of %s from before are kept apart and not compared: %s.", sentence(cut.Why), showPlatform(cut.Platform), listed(who, 6))})
		}
	}
	for _, f := range r.Ranking.Findings {
		if f.Code != "score.definitions" || len(c.Redefined) == 0 {
			list = append(list, caveat{"Scores", sentence(short(f.Message)) + "."})
		}
	}
	if len(r.source.samples) > 0 {
		k := r.source.calibration()
		list = append(list, caveat{"Unused followers", fmt.Sprintf("Accounts that nobody seems to use. An estimate by a rule that is sometimes wrong, corrected by %s (%s, of %s). %s. %s of %s have no sample.",
			k.Name, k.Source, showDay(k.At), sentence(k.Caveat), showCount(len(r.Entries)-len(r.source.samples)), plural(len(r.Entries), "creator", "creators"))})
	}
	if len(r.Audience.Unseen) > 0 {
		var names []string
		for _, id := range r.Audience.Unseen {
			names = append(names, r.byID[id].words())
		}
		list = append(list, caveat{"Unseen audiences", fmt.Sprintf("Nobody has seen who follows %s; they are in no curve, and would add anything from nobody on.", listed(names, 6))})
	}
	if r.Audience.Reached != nil {
		list = append(list, caveat{"People reached", "Counts accounts and not persons: who follows on two platforms is two, and accounts that nobody uses count too. Estimates are within about 2%."})
	}
	for _, f := range r.Past {
		list = append(list, caveat{"About all past orders", sentence(strings.ReplaceAll(strings.TrimPrefix(f.Path, "performance."), "_", " ")) + ": " + short(f.Message) + "."})
	}
	return append(list, r.doubts()...)
}

// ages say of when the audiences and the past orders are.
func (r *report) ages() []caveat {
	var audiences, orders byline.Window
	for _, e := range r.Entries {
		for i := range e.dossier.Audiences {
			at := e.dossier.Audiences[i].Base.At()
			audiences = spanning(audiences, byline.Window{Start: at, End: at})
		}
	}
	for i := range r.source.deliveries {
		orders = spanning(orders, r.source.deliveries[i].Window)
	}
	var list []caveat
	if !audiences.Start.IsZero() {
		list = append(list, caveat{"Audiences", "Who follows is as the platforms showed it " + days(audiences) + "."})
	}
	if !orders.Start.IsZero() {
		list = append(list, caveat{"Past orders", fmt.Sprintf("They are of %s, %s. Another season, product or price may bring others.", plural(len(r.source.deliveries), "creator", "creators"), days(orders))})
	}
	return list
}

// spanning is the least window that holds both; a time that is not known widens nothing.
func spanning(a, b byline.Window) byline.Window {
	if a.Start.IsZero() || !b.Start.IsZero() && b.Start.Before(a.Start) {
		a.Start = b.Start
	}
	if b.End.After(a.End) {
		a.End = b.End
	}
	return a
}

func days(w byline.Window) string {
	if w.Start.Equal(w.End) {
		return "on " + showDay(w.Start)
	}
	return "from " + showDay(w.Start) + " to " + showDay(w.End)
}

// carrying names those of whom some reading is by such a definition.
func (r *report) carrying(mark string) []string {
	var list []string
	for _, e := range r.Entries {
		for i := range e.dossier.Posts {
			if slices.ContainsFunc(slices.Collect(maps.Values(e.dossier.Posts[i].Measures)), func(m byline.Measure) bool { return strings.Contains(m.Definition(), mark) }) {
				list = append(list, e.words())
				break
			}
		}
	}
	return list
}

// doubts are the findings about the data, one for each kind, with whom they are about.
func (r *report) doubts() []caveat {
	who, first := map[string][]string{}, map[string]byline.Finding{}
	var order []string
	for _, e := range r.Entries {
		for _, f := range e.Doubts {
			if f.Severity == byline.Info {
				continue
			}
			if len(who[f.Code]) == 0 {
				first[f.Code] = f
				order = append(order, f.Code)
			}
			if names := who[f.Code]; len(names) == 0 || names[len(names)-1] != e.words() {
				who[f.Code] = append(who[f.Code], e.words())
			}
		}
	}
	slices.Sort(order)
	var list []caveat
	for _, code := range order {
		f := first[code]
		text := sentence(short(f.Message)) + "."
		if f.Fix != "" {
			text += " To mend it: " + f.Fix + "."
		}
		list = append(list, caveat{"Data of " + listed(who[code], 4), text})
	}
	return list
}
