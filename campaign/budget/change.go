package budget

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// findings says what would change an allocation, and what to mind in it.
//
// Codes are "budget.next_unit", "budget.ceiling_binds" and "budget.floor_binds" with what
// a limit costs, "budget.too_small_to_start" for an S-shaped line that gets nothing,
// "budget.left_unspent", "budget.gap_open", "budget.current_not_allowed" for amounts of
// today that break a limit and so are no yardstick, and "budget.beyond_seen" for an
// amount above what the curve was fitted to.
func (w *writer) findings(a *Allocation, lambda []float64) []byline.Finding {
	list := &remarks{unit: string(w.currency)}
	if a.Lambda > 0 {
		list.add(byline.Info, "budget.next_unit", "total", w.nextText(a.Lambda), "")
	}
	for i, share := range a.Lines {
		w.lineFindings(list, i, share, lambda[w.lines[i].node])
	}
	for _, n := range w.nodes[1:] {
		list.limit(groupPath(n.group), a.Groups[n.group].Name, a.Groups[n.group].Limit, a.Groups[n.group].Lambda, lambda[n.parent])
	}
	if a.Rest != NoRest {
		why, fix := restText(a.Rest)
		list.add(byline.Warning, "budget.left_unspent", "total", fmt.Sprintf("%s is left over: %s", a.Unspent, why), fix)
	}
	if a.Gap > DefaultGap {
		list.add(byline.Warning, "budget.gap_open", "", "another split may bring "+a.more(), "allow more nodes, or larger steps")
	}
	if a.Current != nil && !w.fits(w.current(w.caller, w.options)) {
		list.add(byline.Warning, "budget.current_not_allowed", "current", "today's amounts break a limit, a step or the total, so the split may bring less than they do", "")
	}
	return list.findings
}

func (w *writer) lineFindings(list *remarks, i int, share Share, lambda float64) {
	inside := w.next(i)
	if x := w.major(share.Amount.Minor()); share.Limit == FloorLimit {
		inside = share.Outcome - w.lines[i].curve.At(max(0, x-1))
	}
	list.limit(linePath(i), share.ID, share.Limit, inside, lambda)
	l := w.lines[i]
	if share.Limit == CeilingLimit {
		w.lifted(&list.findings[len(list.findings)-1], l, lambda)
	}
	if most := w.most(l); share.Limit == NotWorth && l.curve.Inflection() > 0 && most > 0 {
		knee := newPiece(l.curve, 0, w.major(most)).knee
		list.add(byline.Info, "budget.too_small_to_start", linePath(i),
			fmt.Sprintf("%s brings most for its money at about %s, and that much brings more elsewhere", share.ID, w.money(int64(math.Round(knee*w.scale)))), "")
	}
	if seen := w.caller[i].Seen; seen != (byline.Money{}) && share.Amount.Minor() > seen.Minor() {
		list.add(byline.Warning, "budget.beyond_seen", linePath(i),
			fmt.Sprintf("%s gets %s, and its curve was fitted up to %s", share.ID, share.Amount, seen), "set a ceiling near what was seen, and raise it as observations come in")
	}
}

// most is what a line can get at most, if its groups give it all they can get.
func (w *writer) most(l line) int64 {
	most := l.hi
	for n := l.node; n >= 0; n = w.nodes[n].parent {
		most = min(most, w.nodes[n].hi)
	}
	return most
}

// nextText says what the next unit would bring; where money goes out in steps of more
// than a unit, nobody can spend just that one.
func (w *writer) nextText(lambda float64) string {
	for _, l := range w.lines {
		if w.major(l.step) > 1 {
			return fmt.Sprintf("more money would bring about %.4g per %s, in whole steps", lambda, w.currency)
		}
	}
	return fmt.Sprintf("the next %s would bring %.4g", w.currency, lambda)
}

// lifted adds what a line would bring without its ceiling, at the price that money has
// elsewhere. That price rises as money leaves, so that among the lines that get money now
// it is the most there is to gain.
func (w *writer) lifted(finding *byline.Finding, l line, lambda float64) {
	now, then := w.major(l.hi), min(w.major(w.total), l.curve.SpendAt(lambda))
	if gain := l.curve.At(then) - l.curve.At(now) - lambda*(then-now); then > now && gain > 0 {
		finding.Fix = fmt.Sprintf("without the ceiling up to %.4g more, at about %s", gain, w.money(int64(math.Round(then*w.scale))))
	}
}

type remarks struct {
	unit     string
	findings []byline.Finding
}

func (r *remarks) add(severity byline.Severity, code, path, message, fix string) {
	r.findings = append(r.findings, byline.Finding{Code: code, Severity: severity, Path: path, Message: message, Fix: fix})
}

// limit says what a limit costs: inside is what one more unit brings there, around what
// it brings elsewhere.
func (r *remarks) limit(path, name string, limit Limit, inside, around float64) {
	switch limit {
	case CeilingLimit:
		r.add(byline.Info, "budget.ceiling_binds", path+".ceiling",
			fmt.Sprintf("the ceiling of %s binds: one more %s would bring %.4g there and %.4g elsewhere", name, r.unit, inside, around), "")
	case FloorLimit:
		r.add(byline.Info, "budget.floor_binds", path+".floor",
			fmt.Sprintf("the floor of %s binds: its last %s brings %.4g there and would bring %.4g elsewhere", name, r.unit, inside, around), "")
	case NoLimit, NotWorth:
	}
}

func restText(r Rest) (why, fix string) {
	if r == RestStep {
		return "it is less than a step", "take smaller steps, or plan a smaller total"
	}
	return "no limit takes it", "raise a ceiling, or plan a smaller total"
}
