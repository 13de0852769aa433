package search

import (
	"fmt"
	"slices"
	"strings"
)

func (p *planner) readings(path string, r *Range) {
	c := p.column(path, numberKey{r.Metric, r.Platform, r.Definition})
	within := newBounds(r.AtLeast, r.AtMost)
	a := p.within([]*column{c.column}, r.By, within)
	if r.Metric == followers {
		open := newBitmap(len(p.index.ids))
		p.index.hidden[r.Platform].addTo(open)
		for key, other := range p.index.numbers {
			if key.metric == followers && key.platform == r.Platform && other != c.column {
				other.mark(ByValue, newBounds(nil, nil), open, open)
			}
		}
		a.no.andNot(open)
	}
	p.add(path, r.Missing, a, func(row uint32) string {
		found := r.Metric + " " + numbersIn([]*column{c.column}, row, r.By, within)
		if r.By != "" {
			found = r.Metric + " " + string(r.By) + " " + numbersIn([]*column{c.column}, row, r.By, within)
		}
		if c.fallen != nil && c.fallen.has(row) {
			found += " over all platforms"
		}
		return found
	})
	if len(c.rows) == 0 {
		p.clauses[len(p.clauses)-1].hint = p.index.elsewhere(numberKey{r.Metric, r.Platform, r.Definition})
	}
}

// resolved is the numbers that a key means, and the rows that fell back to the reading over
// all platforms, nil where none did.
type resolved struct {
	*column
	fallen bitmap
}

// column finds the only numbers that the key may mean.
func (p *planner) column(path string, key numberKey) resolved {
	x := p.index
	fallen := x.fallen(key)
	if key.definition == "" {
		all := x.Definitions(key.metric, key.platform)
		for _, definition := range x.Definitions(key.metric, "") {
			if x.numbers[numberKey{key.metric, "", definition}].anyIn(fallen) {
				all = append(all, definition)
			}
		}
		slices.Sort(all)
		all = slices.Compact(all)
		if len(all) > 1 {
			p.faults = append(p.faults, fault(path+".definition", "search.definition",
				fmt.Sprintf("%d definitions of %s are known; name one: %s", len(all), key.metric, strings.Join(all[:min(len(all), 5)], " | "))))
		}
		if len(all) == 1 {
			key.definition = all[0]
		}
	}
	own := x.numbers[key]
	if own == nil {
		own = &column{}
	}
	over := x.numbers[numberKey{key.metric, "", key.definition}]
	if !over.anyIn(fallen) {
		return resolved{column: own}
	}
	used := newBitmap(len(x.ids))
	over.mark(ByValue, newBounds(nil, nil), used, used)
	used.and(fallen)
	return resolved{merge(own, over, used), used}
}

// fallen are the rows without a reading of the metric on the platform, nil where there is
// nothing to fall back to.
func (x *Index) fallen(key numberKey) bitmap {
	if key.platform == "" || key.metric == followers || len(x.Definitions(key.metric, "")) == 0 {
		return nil
	}
	own := newBitmap(len(x.ids))
	x.own[readingKey{key.metric, key.platform}].addTo(own)
	fallen := fullBitmap(len(x.ids))
	fallen.andNot(own)
	return fallen
}

// elsewhere says where a metric is known, by platform and definition.
func (x *Index) elsewhere(asked numberKey) string {
	var known []string
	for key := range x.numbers {
		if key.metric != asked.metric {
			continue
		}
		on := "over all platforms"
		if key.platform != "" {
			on = "on " + string(key.platform)
		}
		known = append(known, on+" by "+key.definition)
	}
	if len(known) == 0 {
		return "nobody has a reading of " + asked.metric
	}
	slices.Sort(known)
	return asked.metric + " is known " + strings.Join(known[:min(len(known), 5)], " | ")
}
