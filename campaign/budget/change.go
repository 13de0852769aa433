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
		list.add(byline.Info, "budget.next_unit", "total", fmt.Sprintf("the next %s would bring %.4g", w.currency, a.Lambda), "")
	}
	for i, share := range a.Lines {
		w.lineFindings(list, i, share, lambda[w.lines[i].node])
	}
	for _, n := range w.nodes[1:] {
		list.limit(groupPath(n.group), a.Groups[n.group].Name, a.Groups[n.group].Limit, a.Groups[n.group].Lambda, lambda[n.parent])
	}
	if a.Rest != NoRest {
		list.add(byline.Warning, "budget.left_unspent", "total", fmt.Sprintf("%s is left over: %s", a.Unspent, restText(a.Rest)), "raise a ceiling, or plan a smaller total")
	}
	if a.Gap > DefaultGap {
		list.add(byline.Warning, "budget.gap_open", "", fmt.Sprintf("another split may bring up to %.3g%% more", 100*a.Gap/(1-a.Gap)), "allow more nodes, or larger steps")
	}
	if a.Current != nil && !w.fits(w.current(w.caller, w.options)) {
		list.add(byline.Warning, "budget.current_not_allowed", "current", "today's amounts break a limit, a step or the total, so the split may bring less than they do", "")
	}
	return list.findings
}

func (w *writer) lineFindings(list *remarks, i int, share Share, lambda float64) {
	list.limit(linePath(i), share.ID, share.Limit, share.Slope, lambda)
	l := w.lines[i]
	if share.Limit == CeilingLimit {
		w.lifted(&list.findings[len(list.findings)-1], l, lambda)
	}
	if share.Limit == NotWorth && l.curve.Inflection() > 0 && l.hi > 0 {
		knee := newPiece(l.curve, 0, w.major(l.hi)).knee
		list.add(byline.Info, "budget.too_small_to_start", linePath(i),
			fmt.Sprintf("%s pays only from about %s on, and the money brings more elsewhere", share.ID, w.money(int64(math.Round(knee*w.scale)))), "")
	}
	if seen := w.caller[i].Seen; seen != (byline.Money{}) && share.Amount.Minor() > seen.Minor() {
		list.add(byline.Warning, "budget.beyond_seen", linePath(i),
			fmt.Sprintf("%s gets %s, and its curve was fitted up to %s", share.ID, share.Amount, seen), "set a ceiling near what was seen, and raise it as observations come in")
	}
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

func restText(r Rest) string {
	if r == RestStep {
		return "it is less than a step"
	}
	return "no limit takes it"
}
