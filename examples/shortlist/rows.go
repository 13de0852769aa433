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

// pickRow is a pick in the table at the top.
type pickRow struct {
	Entry             *entry
	Pick              shortlist.Pick
	Orders, Low, High string
	Score, Place      string
	Steady            string // how often chosen when outcomes are drawn anew
	PerOrder          string
	OrdersBar         bar // on an axis from 0 to the most of the list
	ScoreBar          bar // from 0 to 100
}

// bar is an interval with its value on an axis of 100.
type bar struct {
	From, Width, At string
	Known           bool
}

func newBar(low, value, high, most float64) bar {
	if !(most > 0) {
		return bar{}
	}
	at := func(v float64) string { return fmt.Sprintf("%.1f", 100*min(max(v/most, 0), 1)) }
	return bar{at(low), at(high - low), at(value), true}
}

func (r *report) pickRows() []pickRow {
	rows := make([]pickRow, len(r.Orders.Picks))
	most := 0.0
	for _, p := range r.Orders.Picks {
		if p.Outcome.High != nil {
			most = max(most, *p.Outcome.High)
		}
	}
	for i, p := range r.Orders.Picks {
		e := r.byID[p.CreatorID]
		row := pickRow{Entry: e, Pick: p, Orders: "–", Low: "–", High: "–", Score: showScore(e.Assessment), Place: showPlace(e.Place), Steady: "–", PerOrder: "–"}
		if v, known := p.Outcome.Value.Value(); known {
			row.Orders = showRound(v)
		}
		if p.Outcome.Low != nil && p.Outcome.High != nil {
			row.Low, row.High = showRound(*p.Outcome.Low), showRound(*p.Outcome.High)
			v, _ := p.Outcome.Value.Value()
			row.OrdersBar = newBar(*p.Outcome.Low, v, *p.Outcome.High, most)
		}
		if v, known := e.Assessment.Score.Value(); known {
			row.ScoreBar = newBar(e.Assessment.Likely.Low, v, e.Assessment.Likely.High, 100)
		}
		if p.Steady != nil {
			row.Steady = showChance(*p.Steady)
		}
		if p.PricePerOutcome != nil {
			row.PerOrder = showMoney(*p.PricePerOutcome)
		}
		rows[i] = row
	}
	return rows
}

func showScore(a score.Assessment) string {
	v, known := a.Score.Value()
	if !known {
		return "–"
	}
	return fmt.Sprintf("%.0f", v)
}

// showPlace is the place and those that are usual within the margins.
func showPlace(p *score.Place) string {
	switch {
	case p == nil:
		return "–"
	case p.Usual == nil, p.Usual.From == p.Usual.To:
		return fmt.Sprint(p.Rank)
	}
	return fmt.Sprintf("%d (%d–%d)", p.Rank, p.Usual.From, p.Usual.To)
}

// group is creators who are not on the list for one kind of reason.
type group struct {
	ID, Title, Note string
	Left            int // how many rows are not shown
	Rows            []otherRow
}

// otherRow is why one of them is not, and what would change that.
type otherRow struct {
	Names []string // of all of whom the same is said
	Why   string
	Do    string // what to do about it; "" for nothing
	Quote string // the words it rests on
}

// Who are the first of the names.
func (o otherRow) Who() string { return listed(o.Names, mostNamed) }

const mostNamed = 60

// others are all who are not on the list, each once.
func (r *report) others() []group {
	groups := []group{
		{ID: "reserve", Title: "Reserve", Note: "May step in when somebody says no."},
		{ID: "passed", Title: "Could be booked, and others bring more"},
		{ID: "test", Title: "Could be booked, with nothing to expect orders from", Note: "They never worked for you or gave no price, and no number is made up for them."},
		{ID: "held", Title: "A person has to look first"},
		{ID: "thin", Title: "Too little is known", Note: "A score would say more about the gaps than about them."},
		{ID: "barred", Title: "Not for this campaign", Note: "A rule says no, and no score makes up for it."},
	}
	for _, e := range r.Entries {
		if r.picked(e) {
			continue
		}
		at, row := r.place(e)
		i := slices.IndexFunc(groups, func(g group) bool { return g.ID == at })
		groups[i].add(row)
	}
	return slices.DeleteFunc(groups, func(g group) bool { return len(g.Rows) == 0 })
}

// add puts those together of whom the same is said.
func (g *group) add(row otherRow) {
	same := func(o otherRow) bool { return o.Why == row.Why && o.Do == row.Do && o.Quote == row.Quote }
	if i := slices.IndexFunc(g.Rows, same); i >= 0 {
		g.Rows[i].Names = append(g.Rows[i].Names, row.Names...)
		return
	}
	g.Rows = append(g.Rows, row)
}

// place finds the group of an entry, and the words for it.
func (r *report) place(e *entry) (string, otherRow) {
	row := otherRow{Names: []string{e.words()}}
	switch e.Assessment.Verdict {
	case score.Barred:
		row.Why, row.Do, row.Quote = gates(e, creator.Failed)
		return "barred", row
	case score.Held:
		row.Why, row.Do, row.Quote = gates(e, creator.Undetermined)
		return "held", row
	case score.Thin:
		row.Why = fmt.Sprintf("%s of what the score asks for is known, and %s are needed.", showPercent(e.Assessment.Coverage), showPercent(e.Assessment.Needed))
		row.Do = sentence("ask for " + listed(lacking(e), 3) + ".")
		return "thin", row
	}
	if i := slices.IndexFunc(r.Orders.Reserve, func(o shortlist.Reserve) bool { return o.CreatorID == e.ID }); i >= 0 {
		reserve := r.Orders.Reserve[i]
		var names []string
		for _, f := range reserve.For {
			names = append(names, r.name(f.Key))
		}
		row.Why = fmt.Sprintf("%s; can step in for %s.", showMoney(reserve.Price), listed(names, 4))
		return "reserve", row
	}
	i := slices.IndexFunc(r.Orders.Out, func(o shortlist.Out) bool { return o.CreatorID == e.ID })
	if i < 0 {
		row.Why = "There is no list to be on."
		return "passed", row
	}
	why := r.Orders.Out[i]
	row.Why = r.passed(e, why)
	switch why.Code {
	case "out.no_price":
		row.Why, row.Do = "Nobody has asked for a price.", "Ask what two posts cost."
		return "test", row
	case "out.no_outcome":
		row.Why, row.Do = "Never worked for you, so no orders can be expected from a record.", "Look below at whom they resemble; a small test booking would tell."
		return "test", row
	}
	return "passed", row
}

// passed says why somebody who could be booked is not.
func (r *report) passed(e *entry, why shortlist.Out) string {
	orders, known := e.Orders.Value.Value()
	others := listed(r.names(why.Others), 3)
	if !known || e.Rate == nil {
		return sentence(why.Message) + "."
	}
	brings := fmt.Sprintf("About %s orders for %s", showRound(orders), showMoney(e.Rate.Price))
	var full []string
	switch why.Code {
	case "out.dominated":
		return fmt.Sprintf("%s. %s costs no more and brings no less.", brings, others)
	case "out.quota_full", "out.cap_reached":
		full = append(full, "the places of their kind are taken")
	}
	if most := r.source.campaign.Request.Max; len(r.Orders.Picks) == most {
		full = append(full, fmt.Sprintf("all %d places are taken", most))
	}
	if over, err := e.Rate.Price.Cmp(r.Orders.Left); err == nil && over > 0 {
		full = append(full, showMoney(r.Orders.Left)+" is left")
	}
	if len(full) == 0 {
		full = append(full, "others bring more for the money")
	}
	text := brings + "; " + listed(full, 3) + "."
	if others != "" {
		text += fmt.Sprintf(" In the place of %s the list would bring less.", others)
	}
	return text
}

// gates are the reasons of the checks of an entry in one state, with what would mend the
// first and the words it rests on.
func gates(e *entry, state creator.State) (why, do, quote string) {
	var parts []string
	for _, c := range e.Assessment.Checks {
		if c.State != state {
			continue
		}
		part := asked(c.Code) + ": " + strings.TrimSuffix(c.Reason, ".")
		if strings.HasPrefix(c.Code, "limit.") {
			part = sentence(strings.TrimSuffix(c.Reason, "."))
		}
		parts = append(parts, part)
		for _, f := range append(slices.Clone(c.Findings), behind(e, c)...) {
			if do == "" && f.Fix != "" {
				do = sentence(f.Fix) + "."
			}
			if quotes := strings.Contains(f.Message, "“"); f.Severity != byline.Info && (quote == "" || quotes && !strings.Contains(quote, "“")) {
				quote = sentence(short(f.Message))
			}
		}
	}
	why = strings.Join(parts, ". ") + "."
	if strings.Contains(strings.ToLower(why), strings.ToLower(quote)) {
		quote = ""
	}
	return why, do, quote
}

// behind are the findings that a limit on a reading rests on.
func behind(e *entry, c creator.Check) []byline.Finding {
	metric, limited := strings.CutPrefix(c.Code, "limit.")
	if !limited {
		return nil
	}
	var list []byline.Finding
	if strings.HasPrefix(metric, "growth.") {
		list = append(list, e.Growth...)
	}
	if reading, there := e.reading(metric); there {
		list = append(list, reading.Findings...)
	}
	return list
}

// lacking are the criteria of which nothing is known, the weightiest first.
func lacking(e *entry) []string {
	list := slices.DeleteFunc(slices.Clone(e.Assessment.Contributions), func(k score.Contribution) bool { return k.Known() })
	slices.SortStableFunc(list, func(a, b score.Contribution) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	names := make([]string, len(list))
	for i, k := range list {
		names[i] = k.Label
		if names[i] == "" {
			names[i] = k.Metric
		}
	}
	return names
}
