package shortlist_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/shortlist"
)

// TestReasonsAreTrue holds every reason against what the list would be otherwise.
func TestReasonsAreTrue(t *testing.T) {
	t.Parallel()
	said := map[string]int{}
	for seed := range uint64(160) {
		in := draw(rand.New(rand.NewPCG(seed, 31)), seed%2 == 0)
		in.request.Reserve = 2
		l, err := shortlist.Choose(in.candidates, in.request, in.options())
		if err != nil {
			continue
		}
		w := witness{instance: in, l: l, picks: picked(in.candidates, l)}
		for _, o := range l.Out {
			said[o.Code]++
			if lie := w.out(o); lie != "" {
				t.Errorf("seed %d: %s: %s: %s", seed, o.Key, o.Reason, lie)
			}
		}
		for _, p := range l.Picks {
			for _, why := range p.Why {
				said[why.Code]++
				if lie := w.pick(p, why); lie != "" {
					t.Errorf("seed %d: %s: %s: %s", seed, p.Key, why, lie)
				}
			}
		}
		for _, b := range l.Binding {
			if lie := w.binding(b); lie != "" {
				t.Errorf("seed %d: %s: %s", seed, b.Limit, lie)
			}
		}
	}
	for _, code := range []string{"out.apart", "out.same_creator", "out.brings_nothing", "out.dominated", "out.quota_full", "out.cap_reached", "out.list_full", "out.budget_left", "pick.replace", "pick.no_reserve", "pick.minimum"} {
		if said[code] == 0 {
			t.Errorf("%s was never said", code)
		}
	}
	if said["out.outweighed"] > 0 {
		t.Errorf("%d are out though there is room", said["out.outweighed"])
	}
}

type witness struct {
	instance
	l     shortlist.List
	picks []int
}

func (w witness) place(k shortlist.Key) int {
	return slices.IndexFunc(w.candidates, func(c shortlist.Candidate) bool { return c.Key == k })
}

// instead is the list with n in place of out.
func (w witness) instead(out, n int) (loss float64, broken string) {
	picks := slices.Clone(w.picks)
	picks[slices.Index(picks, out)] = n
	return w.l.Value - w.value(picks), keeps(w.candidates, picks, w.request)
}

// room reports whether n could be added if minima were of no matter.
func (w witness) room(n int) bool {
	return keeps(w.candidates, append(slices.Clone(w.picks), n), w.request) == ""
}

func (w witness) out(o shortlist.Out) string {
	n := w.place(o.Key)
	adds := w.value(append(slices.Clone(w.picks), n)) - w.l.Value
	switch o.Code {
	case "out.never":
		return lie(!slices.Contains(w.request.Never, o.CreatorID), "is not")
	case "out.over_budget":
		return lie(w.candidates[n].Price.Minor() <= w.request.Budget.Minor(), "is not")
	case "out.brings_nothing":
		return lie(adds > 1e-9, fmt.Sprintf("adds %g", adds))
	case "out.apart", "out.same_creator":
		return lie(w.room(n) || len(o.Others) == 0, "could be added")
	case "out.dominated":
		m := w.place(o.Others[0])
		loss, broken := w.instead(m, n)
		return lie(!slices.Contains(w.picks, m) || w.candidates[m].Price.Minor() > w.candidates[n].Price.Minor() || broken == "" && loss < -1e-9 || !w.alike(m, n), "is not")
	}
	if strings.Contains(o.Message, "left of the budget") != (w.candidates[n].Price.Minor() > w.l.Left.Minor()) ||
		strings.Contains(o.Message, "places are taken") != (w.request.Max == len(w.picks)) {
		return fmt.Sprintf("%s is left, %d are picked", w.l.Left, len(w.picks))
	}
	if w.room(n) || !strings.Contains(o.Message, fmt.Sprintf("would add %.4g", adds)) {
		return fmt.Sprintf("room %t, adds %g", w.room(n), adds)
	}
	if w.sets != nil {
		return ""
	}
	least := math.Inf(1)
	for _, m := range w.picks {
		if loss, broken := w.instead(m, n); broken == "" {
			least = min(least, loss)
		}
	}
	if len(o.Others) == 0 {
		return lie(!math.IsInf(least, 1) || !strings.Contains(o.Message, "no single pick"), "a pick makes room")
	}
	loss, broken := w.instead(w.place(o.Others[0]), n)
	return lie(broken != "" || !same(loss, least) || !strings.Contains(o.Message, fmt.Sprintf("lose %.4g", loss)), fmt.Sprintf("breaks %q, loses %g, least %g", broken, loss, least))
}

// alike reports whether two count for the same quotas, of those that limit anything.
func (w witness) alike(m, n int) bool {
	for _, q := range w.request.Quotas {
		if q.Min == 0 && q.Max == 0 && q.Cap == (byline.Money{}) {
			continue
		}
		r := shortlist.Request{Budget: eur(1 << 40), Quotas: []shortlist.Quota{{Dimension: q.Dimension, Key: q.Key, Min: 1}}}
		if (keeps(w.candidates, []int{m}, r) == "") != (keeps(w.candidates, []int{n}, r) == "") {
			return false
		}
	}
	return true
}

func (w witness) pick(p shortlist.Pick, why shortlist.Reason) string {
	out := w.place(p.Key)
	rest := slices.DeleteFunc(slices.Clone(w.picks), func(n int) bool { return n == out })
	marginal := w.l.Value - w.value(rest)
	least := math.Inf(1)
	for n, c := range w.candidates {
		if slices.Contains(w.picks, n) || slices.Contains(w.request.Never, c.CreatorID) {
			continue
		}
		loss, broken := w.instead(out, n)
		if broken == "" && (loss < marginal-1e-9 || keeps(w.candidates, rest, w.request) != "") {
			least = min(least, loss)
		}
	}
	switch why.Code {
	case "pick.outcome":
		return lie(!same(p.Marginal, marginal), fmt.Sprintf("brings %g", marginal))
	case "pick.minimum":
		return lie(keeps(w.candidates, rest, w.request) == "", "is not")
	case "pick.no_reserve":
		return lie(!math.IsInf(least, 1), fmt.Sprintf("somebody can, at %g", least))
	case "pick.replace":
		loss, broken := w.instead(out, w.place(why.Others[0]))
		return lie(broken != "" || !same(loss, least) || !same(loss, p.Loss), fmt.Sprintf("breaks %q, loses %g, least %g", broken, loss, least))
	}
	return ""
}

func (w witness) binding(b shortlist.Binding) string {
	if b.Next == nil {
		return ""
	}
	n := w.place(b.Next.Key)
	picks := append(slices.Clone(w.picks), n)
	if slices.Contains(w.picks, n) || !same(w.value(picks)-w.l.Value, b.Next.Brings) {
		return "brings something else"
	}
	r := w.request
	var at int
	switch b.Path {
	case "budget":
		r.Budget = eur(1 << 40)
	case "max":
		r.Max = 0
	default:
		var end string
		if _, err := fmt.Sscanf(b.Path, "quotas[%d].%s", &at, &end); err != nil {
			return err.Error()
		}
		r.Quotas = slices.Clone(r.Quotas)
		if end == "max" {
			r.Quotas[at].Max = 0
		} else {
			r.Quotas[at].Cap = byline.Money{}
		}
	}
	return keeps(w.candidates, picks, r)
}

func lie(found bool, what string) string {
	if found {
		return what
	}
	return ""
}
