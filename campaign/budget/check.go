package budget

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// checker builds a problem and collects what is wrong with it.
type checker struct {
	problem
	currency byline.Currency
	faults   []*byline.FieldError
}

func (c *checker) add(path, code, message string) {
	c.faults = append(c.faults, fault(path, code, message))
}

// check returns the problem of the caller's words, or all faults.
func check(lines []Line, total byline.Money, options *Options) (*problem, error) {
	c := &checker{currency: total.Currency()}
	c.total = total.Minor()
	c.scale = math.Pow10(c.currency.Digits())
	if !c.currency.Known() || c.total < 0 || c.total > maxTotal {
		c.add("total", "budget.total", "must be an amount of at least 0 and at most 1e15 minor units")
	}
	if len(lines) == 0 || len(lines) > maxLines {
		c.add("lines", "budget.lines", fmt.Sprintf("must be from 1 to %d lines", maxLines))
	}
	if options.Gap < 0 || !(options.Gap < 1) || options.Nodes < 0 {
		c.add("gap", "budget.search", "gap must be from 0 to 1 and nodes not negative")
	}
	if c.faults != nil {
		return nil, byline.Faults(c.faults)
	}
	ids := map[string]bool{}
	for i, l := range lines {
		c.line(fmt.Sprintf("lines[%d]", i), l, ids)
	}
	for _, id := range slices.Sorted(maps.Keys(options.Current)) {
		c.amount("current", options.Current[id], 0)
		if !ids[id] {
			c.add("current", "budget.current", "names a line that is not there")
		}
	}
	if c.faults == nil {
		c.tree(lines, options.Groups)
	}
	if c.faults == nil {
		c.reach()
	}
	return &c.problem, byline.Faults(c.faults)
}

// amount reads a limit, absent where it is the zero Money.
func (c *checker) amount(path string, m byline.Money, absent int64) int64 {
	switch {
	case m == byline.Money{}:
		return absent
	case m.Currency() != c.currency:
		c.add(path, "budget.currency", "must be in the currency of the total")
	case m.Sign() < 0:
		c.add(path, "budget.limit", "must not be negative")
	}
	return m.Minor()
}

func (c *checker) line(path string, l Line, ids map[string]bool) {
	if l.ID == "" || ids[l.ID] {
		c.add(path+".id", "budget.line_id", "must not be empty and not be twice")
	}
	ids[l.ID] = true
	if l.Curve == nil {
		c.add(path+".curve", "budget.curve", "missing")
	} else {
		c.faults = append(c.faults, byline.Nest(path+".curve", l.Curve.Check())...)
	}
	step := c.amount(path+".step", l.Step, 1)
	if step < 1 {
		c.add(path+".step", "budget.step", "must be above 0")
		step = 1
	}
	lo, hi := c.amount(path+".floor", l.Floor, 0), c.amount(path+".ceiling", l.Ceiling, c.total)
	c.amount(path+".seen", l.Seen, 0)
	lo, hi = min(lo, maxTotal+1), min(hi, c.total)
	hi -= hi % step
	if rest := lo % step; rest != 0 {
		lo += min(step-rest, maxTotal)
	}
	if lo > hi {
		c.add(path+".floor", "budget.floor_above_ceiling", "in whole steps, the floor is above the ceiling or the total")
	}
	c.lines = append(c.lines, line{curve: l.Curve, lo: lo, hi: hi, step: step})
}

// tree nests the groups and gives every line its innermost one.
func (c *checker) tree(lines []Line, groups []Group) {
	members := c.members(lines, groups)
	if c.faults != nil {
		return
	}
	c.even = true
	for _, l := range c.lines {
		c.even = c.even && l.step == c.lines[0].step
	}
	order := make([]int, len(groups))
	for g := range order {
		order[g] = g
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(members[b]), len(members[a])) })
	c.nodes = []node{{parent: -1, hi: c.total, group: -1}}
	for _, g := range order {
		c.group(g, groups[g], members[g])
	}
	if c.faults != nil {
		return
	}
	for i, l := range c.lines {
		c.nodes[l.node].lines = append(c.nodes[l.node].lines, i)
	}
	for n, step := range c.steps() {
		c.round(n, step)
	}
}

// members lists the lines of every group.
func (c *checker) members(lines []Line, groups []Group) [][]int {
	if len(groups) > maxGroups {
		c.add("groups", "budget.group", fmt.Sprintf("must be at most %d", maxGroups))
		return nil
	}
	index, members := map[string]int{}, make([][]int, len(groups))
	for g, group := range groups {
		if _, twice := index[group.Name]; twice || group.Name == "" {
			c.add(fmt.Sprintf("groups[%d].name", g), "budget.group", "must not be empty and not be twice")
		}
		index[group.Name] = g
	}
	for i, l := range lines {
		for k, name := range l.Groups {
			g, known := index[name]
			if !known {
				c.add(fmt.Sprintf("lines[%d].groups[%d]", i, k), "budget.group", "no such group")
				continue
			}
			if at := len(members[g]); at == 0 || members[g][at-1] != i {
				members[g] = append(members[g], i)
			}
		}
	}
	return members
}

// group adds a node below the innermost node that holds its lines. Larger groups have
// come before, so that a group whose lines are not all in the same node crosses one.
func (c *checker) group(g int, group Group, members []int) {
	path := fmt.Sprintf("groups[%d]", g)
	n := node{group: g, lo: c.amount(path+".floor", group.Floor, 0), hi: min(c.total, c.amount(path+".ceiling", group.Ceiling, c.total))}
	for k, i := range members {
		if k > 0 && c.lines[i].node != n.parent {
			crossed := c.nodes[max(n.parent, c.lines[i].node)].group
			c.add(path, "budget.groups_cross", fmt.Sprintf("shares some lines with groups[%d]; it must share none, or one must hold all of the other", crossed))
			return
		}
		n.parent = c.lines[i].node
	}
	at := len(c.nodes)
	c.nodes = append(c.nodes, n)
	c.nodes[n.parent].children = append(c.nodes[n.parent].children, at)
	for _, i := range members {
		c.lines[i].node = at
	}
}

// steps is the step that all lines within a node share, by node: 0 where there are no
// lines, -1 where they share none.
func (c *checker) steps() []int64 {
	steps := make([]int64, len(c.nodes))
	join := func(n int, step int64) {
		if steps[n] != 0 && step != 0 && steps[n] != step {
			step = -1
		}
		steps[n] = cmp.Or(step, steps[n])
	}
	for n, node := range slices.Backward(c.nodes) {
		for _, i := range node.lines {
			join(n, c.lines[i].step)
		}
		for _, child := range node.children {
			join(n, steps[child])
		}
	}
	return steps
}

// round brings the limits of a node to whole steps where its lines share one.
func (c *checker) round(n int, step int64) {
	node := &c.nodes[n]
	if step < 0 {
		if node.lo > 0 {
			c.add(fmt.Sprintf("groups[%d].floor", node.group), "budget.group_step", "a group with a floor needs one step for all its lines")
		}
		return
	}
	step = max(1, step)
	node.hi -= node.hi % step
	if rest := node.lo % step; rest != 0 {
		node.lo += step - rest
	}
	if node.lo > node.hi {
		c.add(fmt.Sprintf("groups[%d].floor", node.group), "budget.floor_above_ceiling", "in whole steps, the floor is above the ceiling or the total")
	}
}

// reach finds the limits that no allocation can keep together.
func (c *checker) reach() {
	lo, hi := c.limits()
	least, most := make([]int64, len(c.nodes)), make([]int64, len(c.nodes))
	for n := len(c.nodes) - 1; n >= 0; n-- {
		for _, i := range c.nodes[n].lines {
			least[n] += lo[i]
			most[n] += hi[i]
		}
		path := fmt.Sprintf("groups[%d]", c.nodes[n].group)
		if n == 0 && least[n] > c.nodes[n].hi {
			c.add("total", "budget.floors_exceed_total", fmt.Sprintf("the floors need %s", byline.Minor(least[n], c.currency)))
		}
		if n > 0 && least[n] > c.nodes[n].hi {
			c.add(path+".ceiling", "budget.floors_exceed_group", fmt.Sprintf("the floors within need %s", byline.Minor(least[n], c.currency)))
		}
		if n > 0 && most[n] < c.nodes[n].lo {
			c.add(path+".floor", "budget.group_floor", fmt.Sprintf("the ceilings within allow %s", byline.Minor(most[n], c.currency)))
		}
		if parent := c.nodes[n].parent; parent >= 0 {
			least[parent] += max(least[n], c.nodes[n].lo)
			most[parent] += min(most[n], c.nodes[n].hi)
		}
	}
}
