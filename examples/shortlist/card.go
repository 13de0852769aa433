package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/creator/shortlist"
)

// card is the score of a pick with all that it rests on.
type card struct {
	pickRow

	ID       string
	Figure   *figure
	Range    string // where the score could be
	Known    string // how much of the rubric
	Why      []string
	Facts    []fact
	Gates    []gate
	Lacks    []lack
	Findings []remark
}

// fact is one reading in words.
type fact struct {
	Label, Value, Span, Points, Count string
}

// gate is a check and its answer.
type gate struct {
	State  creator.State
	Answer string
	Words  string
}

// lack is what is not known, and whom or what to ask.
type lack struct {
	Label, Why, Ask string
}

// remark is a finding, worst first.
type remark struct {
	Severity byline.Severity
	Text     string
	Fix      string
}

const mostRemarks = 5

func (r *report) card(row pickRow, i int) (card, error) {
	e := row.Entry
	a := e.Assessment
	c := card{
		pickRow: row, ID: fmt.Sprintf("card-%d", i), Known: showPercent(a.Coverage), Facts: facts(e), Gates: gatesOf(e), Lacks: lacksOf(e), Findings: remarks(e),
		Range: fmt.Sprintf("%.0f to %.0f", a.Likely.Low, a.Likely.High),
	}
	for _, why := range row.Pick.Why {
		c.Why = append(c.Why, r.reason(why, row.Pick))
	}
	figure, err := draw(r.why(e), c.ID+"-why", halfWidth)
	c.Figure = figure
	return c, err
}

// reason is why somebody is on the list, in the words of the page.
func (r *report) reason(why shortlist.Reason, p shortlist.Pick) string {
	names := listed(r.names(why.Others), 3)
	switch why.Code {
	case "pick.outcome":
		return fmt.Sprintf("Adds about %s orders for %s.", showRound(p.Marginal), showMoney(p.Price))
	case "pick.replace":
		return fmt.Sprintf("Without them and with %s in their place, the list would lose about %s orders.", names, showRound(p.Loss))
	case "pick.no_reserve":
		return "Nobody could step in within your limits."
	case "pick.minimum":
		return sentence(strings.TrimSuffix(why.Message, ".")) + ", which you asked for."
	case "pick.must_have":
		return "You said that they must be on the list."
	}
	text := sentence(strings.TrimSuffix(why.Message, "."))
	if names != "" {
		text += ": " + names
	}
	return text + "."
}

func facts(e *entry) []fact {
	var list []fact
	for _, k := range e.Assessment.Contributions {
		f := fact{Label: label(k.Label, k.Metric), Value: "not known", Points: "–", Count: "–"}
		if v, known := k.Value.Value(); known && k.Known() {
			f.Value, f.Points = showUnit(v, k.Unit), fmt.Sprintf("%.0f of 100", k.Points)
			if k.Low != nil && k.High != nil && *k.Low != *k.High {
				f.Span = showUnit(*k.Low, k.Unit) + " to " + showUnit(*k.High, k.Unit)
			}
			if k.Count > 0 {
				f.Count = showCount(k.Count)
			}
		}
		list = append(list, f)
	}
	return list
}

// showUnit writes a value by its unit, with what the eye needs of it.
func showUnit(v float64, u score.Unit) string {
	switch u {
	case score.Percent:
		return showPercent(v)
	case score.Times:
		return fmt.Sprintf("%.2f×", v)
	default:
		return showRound(v)
	}
}

func gatesOf(e *entry) []gate {
	answers := map[creator.State]string{creator.Passed: "passed", creator.Failed: "failed", creator.Undetermined: "open"}
	list := make([]gate, len(e.Assessment.Checks))
	for i, c := range e.Assessment.Checks {
		list[i] = gate{c.State, answers[c.State], asked(c.Code) + ": " + strings.TrimSuffix(c.Reason, ".") + "."}
		if c.By != "" {
			list[i].Words += " Decided by " + c.By + "."
		}
	}
	return list
}

// asked is a check as a question was asked.
func asked(code string) string {
	words := map[string]string{
		"safety.floor": "Content that no brand stands beside", "safety.topic": "Sensitive topics", "conflict.competitor": "Work for a rival",
		"conflict.category": "Work in your category", "conflict.exclusivity": "Promises to others", "fit.floor": "Where the audience lives",
		"outreach.permission": "Permission to write",
	}
	if text, known := words[code]; known {
		return text
	}
	return "Limit"
}

func lacksOf(e *entry) []lack {
	var list []lack
	for _, k := range e.Assessment.Contributions {
		if !k.Known() {
			list = append(list, lack{label(k.Label, k.Metric), k.WhyMissing, askFor(k.Metric)})
		}
	}
	return list
}

// askFor says how to come to know a reading.
func askFor(metric string) string {
	part, _, _ := strings.Cut(metric, ".")
	words := map[string]string{
		"audience":     "ask for a screenshot of the audience by country, age and gender",
		"performance":  "only a paid post with a link and a code can tell",
		"engagement":   "ask for the numbers of the last twelve posts",
		"views":        "ask for the numbers of the last twelve posts",
		"authenticity": "look at 150 followers or more, drawn at random",
		"growth":       "collect the follower count every day for a month",
		"comments":     "export 30 comments or more under five posts",
		"review":       "let a person look and note it",
	}
	if text, known := words[part]; known {
		return text
	}
	return "collect " + metric
}

// remarks are the findings of the readings and about the data, the worst first, each once.
func remarks(e *entry) []remark {
	all := slices.Clone(e.Growth)
	for _, k := range e.Assessment.Contributions {
		all = append(all, k.Findings...)
	}
	for _, c := range e.Assessment.Checks {
		all = append(all, c.Findings...)
	}
	all = append(all, e.Doubts...)
	order := []byline.Severity{byline.Blocker, byline.Warning, byline.Info}
	slices.SortStableFunc(all, func(a, b byline.Finding) int {
		return slices.Index(order, a.Severity) - slices.Index(order, b.Severity)
	})
	var list []remark
	seen := map[string]bool{"fake.caveat": true} // which stands once among the caveats
	for _, f := range all {
		if seen[f.Code] || len(list) == mostRemarks {
			continue
		}
		seen[f.Code] = true
		list = append(list, remark{f.Severity, sentence(short(f.Message)), sentence(short(f.Fix))})
	}
	return list
}

// short cuts a text that came from anywhere.
func short(text string) string {
	const most = 400
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}

func showMeasure(m byline.Measure) string {
	if v, known := m.Value(); known {
		return showRound(v)
	}
	return "not known"
}

// showPlatform is the platform as its owner writes it.
func showPlatform(p byline.Platform) string {
	names := map[byline.Platform]string{byline.Instagram: "Instagram", byline.TikTok: "TikTok", byline.YouTube: "YouTube"}
	if name, known := names[p]; known {
		return name
	}
	return sentence(string(p))
}
