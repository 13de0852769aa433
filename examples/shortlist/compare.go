package main

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline/creator/lookalike"
	"github.com/bylinehq/byline/creator/reach"
	"github.com/bylinehq/byline/creator/shortlist"
)

// choice is one of the lists, in the units of both.
type choice struct {
	Name   string
	Who    string
	Only   string // who is on this list alone
	Spent  string
	Orders string
	People string
	Gap    string
}

// choices are the list for orders and the one for people beside it.
func (r *report) choices() []choice {
	if len(r.Orders.Picks) == 0 || r.Reach == nil {
		return nil
	}
	return []choice{
		r.choiceOf("For orders", &r.Orders, r.Reach, r.Audience.Reached),
		r.choiceOf("For people reached", r.Reach, &r.Orders, r.Audience.ByReach),
	}
}

func (r *report) choiceOf(name string, l, other *shortlist.List, reached *reach.Reached) choice {
	c := choice{
		Name: name, Who: listed(r.names(keysOf(l.Picks)), 12), Only: listed(r.names(missingIn(l.Picks, other.Picks)), 12),
		Spent: showMoney(l.Spent), Gap: showGap(l.Gap), People: "not known",
	}
	orders, unknown := 0.0, 0
	for _, p := range l.Picks {
		if v, known := r.byID[p.CreatorID].Orders.Value.Value(); known {
			orders += v
		} else {
			unknown++
		}
	}
	c.Orders = showRound(orders)
	if unknown > 0 {
		c.Orders += fmt.Sprintf(", and %s without a record", plural(unknown, "creator", "creators"))
	}
	if reached != nil {
		if reached.People != nil {
			c.People = showRound(*reached.People)
		} else {
			c.People = "from " + showRound(reached.Low)
		}
	}
	return c
}

// Differ says in a sentence where the two lists part.
func (p page) Differ() string {
	if len(p.Choices) < 2 {
		return ""
	}
	orders, people := p.Choices[0], p.Choices[1]
	if orders.Only == "" && people.Only == "" {
		return "Both goals choose the same creators."
	}
	var parts []string
	if people.Only != "" {
		parts = append(parts, "Choosing for people reached would bring in "+people.Only)
	}
	if orders.Only != "" {
		parts = append(parts, "leave out "+orders.Only)
	}
	return strings.Join(parts, " and ") + "."
}

// change is the list under another budget.
type change struct {
	Budget, Orders, More, In, Out string
}

func (r *report) changes() []change {
	list := make([]change, len(r.What))
	for i, w := range r.What {
		c := change{Budget: showMoney(w.Budget), Orders: "no list", More: "–", In: "–", Out: strings.Join(w.Why, "; ")}
		if w.List != nil {
			c.Orders, c.In, c.Out = showRound(w.List.Value), names(r.names(w.In)), names(r.names(w.Out))
			c.More = showSigned(w.List.Value - r.Orders.Value)
		}
		list[i] = c
	}
	return list
}

func names(list []string) string {
	if len(list) == 0 {
		return "nobody"
	}
	return listed(list, 6)
}

func showSigned(v float64) string {
	text := showRound(v)
	switch {
	case text == "0", text == "−0":
		return "the same"
	case v > 0:
		return "+" + text
	}
	return text
}

// limits are the limits that the list reaches, in words.
func (r *report) limits() []string {
	var list []string
	for _, b := range r.Orders.Binding {
		text := "“" + sentence(b.Limit) + "” is reached."
		if b.Worth > 0 {
			text += fmt.Sprintf(" One %s more would be worth about %s orders.", b.Per, showTiny(b.Worth))
		}
		if b.Worth < 0 {
			text += fmt.Sprintf(" It costs about %s orders.", showTiny(-b.Worth))
		}
		if b.Next != nil {
			text += fmt.Sprintf(" Without it %s would come in for %s and bring about %s.", r.name(b.Next.Key), showMoney(b.Next.Price), showRound(b.Next.Brings))
		}
		list = append(list, text)
	}
	return list
}

// stepRow is a creator on the curve of people for the money.
type stepRow struct {
	Name, Adds, Span, Alone, Reach, Spent, Per string
	Picked                                     bool
}

func (r *report) steps() []stepRow {
	if r.Audience.Money == nil {
		return nil
	}
	var list []stepRow
	for _, s := range r.Audience.Money.Steps {
		e := r.byID[s.Creator]
		row := stepRow{
			Name: e.words(), Picked: r.picked(e), Alone: showRound(s.Alone.Value), Adds: showRound(s.Added.Value), Span: between(s.Added), Reach: showRound(s.Reach.Value), Spent: showMoney(s.Spent), Per: "–",
		}
		if s.PerMoney != nil {
			row.Per = showRound(*s.PerMoney)
		}
		list = append(list, row)
	}
	return list
}

// between is the interval of an estimate, "" where it is a point.
func between(e reach.Estimate) string {
	if low, high := showRound(e.Low), showRound(e.High); low != high {
		return low + " to " + high
	}
	return ""
}

// twins are pairs on the list of whom one hardly adds people to the other.
func (r *report) twins() []string {
	const much = 0.4 // of the smaller audience
	if r.Audience.Matrix == nil {
		return nil
	}
	var list []string
	for _, p := range r.Audience.Matrix.Pairs {
		share := p.Overlap.OfSmaller
		if share == nil || share.Value < much {
			continue
		}
		if len(list) == 8 {
			break
		}
		list = append(list, fmt.Sprintf("%s and %s share %s of the smaller audience (%s to %s): for orders both count, for reach the second adds little.",
			r.byID[p.A].words(), r.byID[p.B].words(), showPercent(share.Value), showPercent(share.Low), showPercent(share.High)))
	}
	return list
}

// similarRow is somebody without a record who resembles those with one.
type similarRow struct {
	Entry                      *entry
	Expected, Span, Like, What string
	Price                      string
	Note                       string
}

func (r *report) similar() []similarRow {
	var list []similarRow
	for _, a := range r.Alike.Found {
		e := r.byID[a.CreatorID]
		row := similarRow{Entry: e, Expected: "–", Price: "not asked"}
		if e.Rate != nil {
			row.Price = showMoney(e.Rate.Price)
		}
		if v, known := a.Expected.Value.Value(); known {
			row.Expected = showRound(v)
			if a.Expected.Low != nil && a.Expected.High != nil {
				row.Span = showRound(max(0, *a.Expected.Low)) + " to " + showRound(*a.Expected.High)
			}
		} else if a.Expected.Refusal != nil {
			row.What = sentence(a.Expected.Refusal.Message)
		}
		row.Like, row.What = r.nearest(a, row.What)
		row.Note = verdictWords(e)
		list = append(list, row)
	}
	return list
}

func (r *report) nearest(a lookalike.Alike, what string) (who, in string) {
	var like []string
	for _, n := range a.Nearest[:min(3, len(a.Nearest))] {
		like = append(like, r.byID[n.CreatorID].words())
	}
	if len(a.Nearest) > 0 && what == "" {
		var shared []string
		for _, s := range a.Nearest[0].Shared {
			if part, in, is := strings.Cut(s, ": "); is && part != "platforms" {
				shared = append(shared, part+" "+strings.TrimSuffix(in, " alike"))
			}
		}
		what = strings.Join(shared, "; ")
	}
	return listed(like, 3), what
}
