package contracts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/contracts"
)

// TestBriefed has a promise of each side; a brief may contradict the creator's alone.
func TestBriefed(t *testing.T) {
	t.Parallel()
	agreed := terms()
	agreed.Deliverables = []brief.Deliverable{{
		Platform: byline.Instagram, Format: brief.Reel, Count: 1,
		Posting: byline.Window{Start: zonedTime(t, "2026-11-05T00:00:00Z"), End: zonedTime(t, "2026-11-08T00:00:00Z")},
	}}
	agreed.Exclusivity = []contracts.Exclusivity{
		{ID: "x1", BoundParty: contracts.RoleCreator, Categories: []contracts.Category{"beauty/skincare"}, Competitors: []string{"Rival"}, Territory: contracts.Territory{Worldwide: true}, Before: 1, After: 2},
		{ID: "x2", BoundParty: contracts.RoleBrand, Competitors: []string{"bruno"}, Territory: contracts.Territory{Worldwide: true}},
	}
	a := draftOf(t, agreed)
	promise := brief.ExclusivePromise{
		Categories: []string{"beauty/skincare"}, Competitors: []string{"Rival"},
		Window: byline.Window{Start: zonedTime(t, "2026-11-04T00:00:00Z"), End: zonedTime(t, "2026-11-10T00:00:00Z")},
	}
	if diff := cmp.Diff(brief.Agreed{Deliverables: agreed.Deliverables, Exclusive: []brief.ExclusivePromise{promise}}, a.Briefed()); diff != "" {
		t.Errorf("agreed mismatch (-want +got):\n%s", diff)
	}
	promise.To = "Acorn & Ash"
	if diff := cmp.Diff([]brief.ExclusivePromise{promise}, a.Promised("Acorn & Ash")); diff != "" {
		t.Errorf("promises mismatch (-want +got):\n%s", diff)
	}
	if got := draftOf(t, terms()).Promised(""); got != nil {
		t.Errorf("promises without any: %v", got)
	}
}
