package brief_test

import (
	"testing"

	"github.com/bylinehq/byline/brief"
)

func TestReviewFindsNothing(t *testing.T) {
	t.Parallel()
	for _, f := range brief.Review(goodBrief(), sent(), goodOptions()) {
		t.Errorf("%s %s %s: %s (%s)", f.Severity, f.Code, f.Path, f.Message, f.Fix)
	}
	if err := goodBrief().Validate(); err != nil {
		t.Error(err)
	}
}
