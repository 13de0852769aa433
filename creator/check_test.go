package creator_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

func TestAnswered(t *testing.T) {
	t.Parallel()
	findings := []byline.Finding{{Code: "conflict.competitor", Severity: byline.Warning, Message: "#rival under a post"}}
	open := creator.Check{Code: "conflict.competitor", State: creator.Undetermined, Reason: "a hashtag", Findings: findings}
	at := goodProfile().Accounts[0].Followers.At()
	want := creator.Check{Code: "conflict.competitor", State: creator.Passed, Reason: "a raffle of fans", By: "Bruno", At: at, Findings: findings}
	if diff := cmp.Diff(want, open.Answered(creator.Passed, "Bruno", "a raffle of fans", at)); diff != "" {
		t.Errorf("check mismatch (-want +got):\n%s", diff)
	}
	if open.State != creator.Undetermined || open.By != "" {
		t.Errorf("the check itself changed: %+v", open)
	}
}
