package brief_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

func evidence() brief.Evidence {
	return brief.Evidence{
		Post: "p1", Taken: day(4), URL: "https://social.example/p1?a=1&b=2", Screenshot: brief.HashOf([]byte("picture")),
		Label: "#ad", Status: disclosure.NoKnownIssue, By: "monitoring",
	}
}

func TestEvidenceKeeps(t *testing.T) {
	t.Parallel()
	sealed, err := evidence().Seal()
	require.NoError(t, err)
	require.NoError(t, sealed.Verify())
	// The form is public: whoever keeps a digest computes it again in a later release. The
	// value was computed by another program, over the list as a line of JSON.
	const want = "sha256:500af22da51529279137f7c97ff42c3ab5fbdd4a65036f201230c642f631bcc3"
	if diff := cmp.Diff(want, sealed.Digest); diff != "" {
		t.Errorf("digest (-want +got):\n%s", diff)
	}
	data, err := json.Marshal(sealed)
	require.NoError(t, err)
	var back brief.Evidence
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(sealed, back); diff != "" {
		t.Errorf("JSON round trip (-want +got):\n%s", diff)
	}
	moved := sealed
	moved.Taken = sealed.Taken.In(time.FixedZone("", 3600))
	require.NoError(t, moved.Verify())
	if !sealed.Shows([]byte("picture")) || sealed.Shows([]byte("another")) || sealed.Shows(nil) {
		t.Error("it shows the wrong file")
	}
}

func TestEvidenceRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		edit func(*brief.Evidence)
		want []at
	}{
		"nothing": {func(e *brief.Evidence) { *e = brief.Evidence{} }, []at{
			{"post", "required"}, {"url", "required"}, {"screenshot", "required"}, {"by", "required"}, {"status", "oneof"}, {"taken", "required"},
		}},
		"a hash of another kind":  {func(e *brief.Evidence) { e.Screenshot = "md5:1" }, []at{{"screenshot", "evidence.hash"}}},
		"a hash in capitals":      {func(e *brief.Evidence) { e.Asset = "sha256:" + "A" + brief.HashOf(nil)[8:] }, []at{{"asset", "evidence.hash"}}},
		"text that is none":       {func(e *brief.Evidence) { e.Label = "\xff" }, []at{{"label", "evidence.text"}}},
		"a status that is none":   {func(e *brief.Evidence) { e.Status = "compliant" }, []at{{"status", "oneof"}}},
		"a time JSON cannot hold": {func(e *brief.Evidence) { e.Taken = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC) }, []at{{"taken", "evidence.time"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := evidence()
			tt.edit(&e)
			_, err := e.Seal()
			if diff := cmp.Diff(tt.want, faultsOf(t, err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, faultsOf(t, e.Verify())); diff != "" {
				t.Errorf("faults of Verify (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever is changed, moved from one field to the next or taken out is seen.
func TestEvidenceSeesChanges(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(*brief.Evidence){
		"post": func(e *brief.Evidence) { e.Post = "p2" }, "time": func(e *brief.Evidence) { e.Taken = e.Taken.Add(1) },
		"address": func(e *brief.Evidence) { e.URL += "/" }, "picture": func(e *brief.Evidence) { e.Screenshot = brief.HashOf(nil) },
		"asset": func(e *brief.Evidence) { e.Asset = e.Screenshot }, "label": func(e *brief.Evidence) { e.Label = "" },
		"status": func(e *brief.Evidence) { e.Status = disclosure.Violation }, "by": func(e *brief.Evidence) { e.By = "ada" },
		"moved":  func(e *brief.Evidence) { e.Label, e.By = e.Label+"\",\""+string(e.Status), "x" },
		"digest": func(e *brief.Evidence) { e.Digest = "" },
	} {
		e, err := evidence().Seal()
		require.NoError(t, err)
		edit(&e)
		if diff := cmp.Diff([]at{{"digest", "evidence.digest"}}, faultsOf(t, e.Verify())); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", name, diff)
		}
	}
}
