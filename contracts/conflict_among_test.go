package contracts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// ConflictsAmong says what Conflicts says of each pair, each conflict once, whatever the
// order.
func TestConflictsAmongIsConflictsOfAllPairs(t *testing.T) {
	t.Parallel()
	met := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		all := randomEngagements(r, 2+r.IntN(12))
		want := map[string]bool{}
		for i := range all {
			for _, c := range contracts.Conflicts(all[i], all[i+1:], nil) {
				want[fmt.Sprintf("%+v", c)] = true
			}
		}
		found := contracts.ConflictsAmong(all, nil)
		got := map[string]bool{}
		for _, c := range found {
			got[fmt.Sprintf("%+v", c)] = true
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got) != len(found) {
			t.Fatalf("seed %d, %d conflicts (-want +got):\n%s", seed, len(found), diff)
		}
		met += len(found)
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(found, contracts.ConflictsAmong(all, nil)); diff != "" {
			t.Fatalf("seed %d, another order, other conflicts:\n%s", seed, diff)
		}
	}
	if met < 50 {
		t.Errorf("%d conflicts show little", met)
	}
	if got := contracts.ConflictsAmong(nil, nil); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

func randomEngagements(r *rand.Rand, n int) []contracts.Engagement {
	list := make([]contracts.Engagement, n)
	for i := range list {
		e := contracts.Engagement{
			Creator: oneOf[byline.CreatorID](r, "ada", "ada", "bruno", ""), Brand: oneOf(r, "Glow", "glow", "Luma", "Kettles", ""),
			Agreement: contracts.AgreementID(fmt.Sprintf("ag-%d", i)), Categories: someOf[contracts.Category](r, "beauty", "beauty/skincare", "home"),
			Window: byline.Window{Start: date(1, 1), End: randomDay(r)},
		}
		if r.IntN(2) == 0 {
			e.AgreedAt = randomDay(r)
		}
		for j := range r.IntN(3) {
			x := contracts.Exclusivity{
				ID: fmt.Sprintf("x%d", j), BoundParty: oneOf(r, contracts.RoleCreator, contracts.RoleBrand),
				Categories: someOf[contracts.Category](r, "beauty", "home"), Competitors: someOf(r, "Luma", "ada", "bruno"), Territory: contracts.Territory{Worldwide: true},
			}
			e.Promises = append(e.Promises, contracts.Promise{Exclusivity: x, Binds: byline.Window{Start: date(1, 1), End: randomDay(r)}})
		}
		list[i] = e
	}
	return list
}
