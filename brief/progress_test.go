package brief_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

func course() brief.Course {
	return brief.Course{
		Brief: "autumn", Version: 1, Number: 1, Rounds: 2, Silence: brief.SilenceAccepts,
		Posting: byline.Window{Start: day(10), End: day(17)}, Live: 48 * time.Hour, Evidence: true,
	}
}

// Steps of each kind; the id is the kind and the day.
func step(kind brief.StepKind, at time.Time, edits ...func(*brief.Step)) brief.Step {
	s := brief.Step{ID: fmt.Sprintf("%s %d", kind, at.UnixNano()), Kind: kind, At: at, By: disclosure.Brand}
	switch kind {
	case brief.StepSubmit:
		s.By, s.AnswerBy = disclosure.Creator, at.Add(72*time.Hour)
	case brief.StepChanges:
		s.Why = brief.OfTaste
	case brief.StepSchedule:
		s.Publish = day(12)
	case brief.StepReplan:
		s.Posting = byline.Window{Start: day(20), End: day(27)}
	case brief.StepPublish:
		s.By, s.Post = disclosure.Creator, "p1"
	case brief.StepLook, brief.StepVerify:
		s.Status, s.Evidence = disclosure.NoKnownIssue, "sha256:demo"
	default:
	}
	for _, edit := range edits {
		edit(&s)
	}
	return s
}

func by(p disclosure.Party) func(*brief.Step) { return func(s *brief.Step) { s.By = p } }

func why(r brief.ChangeReason) func(*brief.Step) { return func(s *brief.Step) { s.Why = r } }

// through applies steps that are all open.
func through(t *testing.T, c brief.Course, steps ...brief.Step) brief.Progress {
	t.Helper()
	p := brief.NewProgress(c)
	for _, s := range steps {
		next, err := p.Apply(s)
		require.NoError(t, err)
		p = next
	}
	return p
}

func codeOf(err error) string {
	if refused, ok := errors.AsType[*brief.StepError](err); ok && errors.Is(err, byline.ErrConflict) && refused.Message != "" && refused.Error() != "" {
		return refused.Code
	}
	if fault, ok := errors.AsType[*byline.FieldError](err); ok && errors.Is(err, byline.ErrInvalid) {
		return fault.Path + " " + fault.Code
	}
	return fmt.Sprint(err)
}

func TestProgressWays(t *testing.T) {
	t.Parallel()
	submit, changes, approve := step(brief.StepSubmit, day(1)), step(brief.StepChanges, day(2)), step(brief.StepApprove, day(5))
	again, schedule, publish := step(brief.StepSubmit, day(4)), step(brief.StepSchedule, day(6)), step(brief.StepPublish, day(12))
	look, verify := step(brief.StepLook, day(13)), step(brief.StepVerify, day(14))
	rejects := course()
	rejects.Silence = brief.SilenceRejects
	for name, tt := range map[string]struct {
		course brief.Course
		steps  []brief.Step
		want   brief.State
		left   int
	}{
		"none":                          {course(), nil, brief.StateDraft, 2},
		"handed in":                     {course(), []brief.Step{submit}, brief.StateSubmitted, 2},
		"changes":                       {course(), []brief.Step{submit, changes}, brief.StateChanges, 1},
		"handed in again":               {course(), []brief.Step{submit, changes, again}, brief.StateSubmitted, 1},
		"approved":                      {course(), []brief.Step{submit, approve}, brief.StateApproved, 2},
		"scheduled":                     {course(), []brief.Step{submit, approve, schedule}, brief.StateScheduled, 2},
		"live from the schedule":        {course(), []brief.Step{submit, approve, schedule, publish}, brief.StateLive, 2},
		"live without a schedule":       {course(), []brief.Step{submit, approve, publish, look}, brief.StateLive, 2},
		"verified":                      {course(), []brief.Step{submit, changes, again, approve, schedule, publish, look, verify}, brief.StateVerified, 1},
		"breached":                      {course(), []brief.Step{submit, approve, publish, step(brief.StepBreach, day(13))}, brief.StateBreached, 2},
		"never delivered":               {course(), []brief.Step{step(brief.StepBreach, day(18))}, brief.StateBreached, 2},
		"silence approves":              {course(), []brief.Step{submit, step(brief.StepSilence, day(4))}, brief.StateApproved, 2},
		"silence rejects":               {rejects, []brief.Step{submit, step(brief.StepSilence, day(4))}, brief.StateChanges, 2},
		"a fact is free":                {course(), []brief.Step{submit, step(brief.StepChanges, day(2), why(brief.OfFact))}, brief.StateChanges, 2},
		"the law is free":               {course(), []brief.Step{submit, step(brief.StepChanges, day(2), why(brief.OfLaw))}, brief.StateChanges, 2},
		"the creator's wish is free":    {course(), []brief.Step{submit, step(brief.StepChanges, day(2), by(disclosure.Creator))}, brief.StateChanges, 2},
		"an agency's is a round":        {course(), []brief.Step{submit, step(brief.StepChanges, day(2), by(disclosure.Agency))}, brief.StateChanges, 1},
		"the law after the approval":    {course(), []brief.Step{submit, approve, schedule, step(brief.StepChanges, day(7), why(brief.OfLaw))}, brief.StateChanges, 2},
		"a new window":                  {course(), []brief.Step{submit, step(brief.StepReplan, day(18)), step(brief.StepApprove, day(19))}, brief.StateApproved, 2},
		"a wider window after schedule": {course(), []brief.Step{submit, approve, schedule, step(brief.StepReplan, day(7), func(s *brief.Step) { s.Posting.Start = day(12) })}, brief.StateScheduled, 2},
		"a new window after schedule":   {course(), []brief.Step{submit, approve, schedule, step(brief.StepReplan, day(11))}, brief.StateApproved, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := through(t, tt.course, tt.steps...)
			if p.State() != tt.want || p.RoundsLeft() != tt.left {
				t.Errorf("%s with %d rounds left, want %s with %d", p.State(), p.RoundsLeft(), tt.want, tt.left)
			}
			if diff := cmp.Diff(len(tt.steps), len(p.Steps())); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
			data, err := json.Marshal(p)
			require.NoError(t, err)
			var back brief.Progress
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(p, back); diff != "" {
				t.Errorf("JSON round trip (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProgressTells(t *testing.T) {
	t.Parallel()
	submitted := through(t, course(), step(brief.StepSubmit, day(1)))
	live := through(t, course(), step(brief.StepSubmit, day(1)), step(brief.StepReplan, day(2)), step(brief.StepApprove, day(3)), step(brief.StepPublish, day(21)))
	at, id := live.Published()
	got := []any{submitted.AnswerBy(), submitted.Posting(), live.AnswerBy(), live.Posting(), at, id}
	want := []any{day(4), byline.Window{Start: day(10), End: day(17)}, time.Time{}, byline.Window{Start: day(20), End: day(27)}, day(21), "p1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	steps := live.Steps()
	steps[0].ID = "changed"
	if live.Steps()[0].ID == "changed" {
		t.Error("the caller can change the log")
	}
}

// A step that was delivered late takes its place, and the next state is the same.
func TestProgressTakesLateSteps(t *testing.T) {
	t.Parallel()
	submit, approve, replan := step(brief.StepSubmit, day(1)), step(brief.StepApprove, day(5)), step(brief.StepReplan, day(3))
	late, err := through(t, course(), submit, approve).Apply(replan)
	require.NoError(t, err)
	if diff := cmp.Diff(through(t, course(), submit, replan, approve), late); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestProgressRefuses(t *testing.T) {
	t.Parallel()
	submit, approve, publish := step(brief.StepSubmit, day(1)), step(brief.StepApprove, day(5)), step(brief.StepPublish, day(12))
	noRule := course()
	noRule.Silence = brief.NoSilenceRule
	for name, tt := range map[string]struct {
		course brief.Course
		steps  []brief.Step
		step   brief.Step
		want   string
	}{
		"an approval of nothing":          {course(), nil, approve, "progress.closed"},
		"a publication without approval":  {course(), []brief.Step{submit}, publish, "progress.closed"},
		"a verification before it is out": {course(), []brief.Step{submit, approve}, step(brief.StepVerify, day(20)), "progress.closed"},
		"after the last word":             {course(), []brief.Step{step(brief.StepBreach, day(2))}, step(brief.StepSubmit, day(3)), "progress.final"},
		"a third round": {course(), []brief.Step{
			submit, step(brief.StepChanges, day(2)), step(brief.StepSubmit, day(3)), step(brief.StepChanges, day(4)), step(brief.StepSubmit, day(5)),
		}, step(brief.StepChanges, day(6)), "progress.rounds"},
		"taste after the approval":        {course(), []brief.Step{submit, approve}, step(brief.StepChanges, day(6)), "progress.settled"},
		"taste when silence has spoken":   {course(), []brief.Step{submit}, step(brief.StepChanges, day(4)), "progress.settled"},
		"the creator's own approval":      {course(), []brief.Step{submit}, step(brief.StepApprove, day(2), by(disclosure.Creator)), "progress.party"},
		"a platform's approval":           {course(), []brief.Step{submit}, step(brief.StepApprove, day(2), by(disclosure.PlatformSelf)), "progress.party"},
		"a draft of the brand's":          {course(), nil, step(brief.StepSubmit, day(1), by(disclosure.Brand)), "progress.party"},
		"silence before its day":          {course(), []brief.Step{submit}, step(brief.StepSilence, day(4).Add(-1)), "progress.early"},
		"silence without a rule":          {noRule, []brief.Step{submit}, step(brief.StepSilence, day(4)), "progress.no_rule"},
		"silence without a day":           {course(), []brief.Step{step(brief.StepSubmit, day(1), func(s *brief.Step) { s.AnswerBy = time.Time{} })}, step(brief.StepSilence, day(4)), "progress.no_rule"},
		"silence when the window is over": {course(), []brief.Step{submit}, step(brief.StepSilence, day(17)), "progress.window"},
		"an approval at the window's end": {course(), []brief.Step{submit}, step(brief.StepApprove, day(17)), "progress.window"},
		"a schedule of the past":          {course(), []brief.Step{submit, approve}, step(brief.StepSchedule, day(13)), "progress.schedule"},
		"a schedule at the window's end":  {course(), []brief.Step{submit, approve}, step(brief.StepSchedule, day(6), func(s *brief.Step) { s.Publish = day(17) }), "progress.schedule"},
		"a window of the past":            {course(), nil, step(brief.StepReplan, day(27)), "progress.schedule"},
		"verified too early":              {course(), []brief.Step{submit, approve, publish}, step(brief.StepVerify, day(14).Add(-1)), "progress.early"},
		"verified with a violation":       {course(), []brief.Step{submit, approve, publish}, step(brief.StepVerify, day(14), func(s *brief.Step) { s.Status = disclosure.Violation }), "progress.violation"},
		"verified without evidence":       {course(), []brief.Step{submit, approve, publish}, step(brief.StepVerify, day(14), func(s *brief.Step) { s.Evidence = "" }), "progress.evidence"},
		"another step of an id":           {course(), []brief.Step{submit}, step(brief.StepApprove, day(2), func(s *brief.Step) { s.ID = submit.ID }), "progress.id"},
		"a late breach":                   {course(), []brief.Step{submit, approve}, step(brief.StepBreach, day(2)), "progress.late"},
		"a late step that was not open":   {course(), []brief.Step{submit, approve}, step(brief.StepVerify, day(2)), "progress.closed"},
		"no id":                           {course(), nil, step(brief.StepSubmit, day(1), func(s *brief.Step) { s.ID = "" }), "id required"},
		"no kind":                         {course(), nil, step("dance", day(1)), "kind oneof"},
		"nobody":                          {course(), nil, step(brief.StepSubmit, day(1), by("")), "by oneof"},
		"no time":                         {course(), nil, step(brief.StepBreach, time.Time{}), "at required"},
		"a time that JSON cannot hold":    {course(), nil, step(brief.StepBreach, time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)), "at step.time"},
		"text that is none":               {course(), nil, step(brief.StepBreach, day(1), func(s *brief.Step) { s.Note = "\xff" }), "note step.text"},
		"an answer before the question":   {course(), nil, step(brief.StepSubmit, day(1), func(s *brief.Step) { s.AnswerBy = day(1) }), "answer_by step.answer_by"},
		"changes without a reason":        {course(), []brief.Step{submit}, step(brief.StepChanges, day(2), why("")), "why oneof"},
		"a schedule without a time":       {course(), nil, step(brief.StepSchedule, day(2), func(s *brief.Step) { s.Publish = time.Time{} }), "publish required"},
		"half a window":                   {course(), nil, step(brief.StepReplan, day(2), func(s *brief.Step) { s.Posting.End = time.Time{} }), "posting step.posting"},
		"a publication of nothing":        {course(), nil, step(brief.StepPublish, day(2), func(s *brief.Step) { s.Post = "" }), "post required"},
		"a look without a result":         {course(), nil, step(brief.StepLook, day(2), func(s *brief.Step) { s.Status = "" }), "status oneof"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := through(t, tt.course, tt.steps...)
			next, err := p.Apply(tt.step)
			if diff := cmp.Diff(tt.want, codeOf(err)); diff != "" {
				t.Errorf("code (-want +got):\n%s", diff)
			}
			if !next.Equal(p) {
				t.Error("a refused step changed the progress")
			}
		})
	}
}

func TestProgressLimits(t *testing.T) {
	t.Parallel()
	var steps []brief.Step
	for i := range 1001 {
		steps = append(steps, step(brief.StepReplan, day(1).Add(time.Duration(i))))
	}
	p, refused := brief.Replay(course(), steps)
	if len(p.Steps()) != 1000 || len(refused) != 1 || codeOf(refused[0]) != "steps step.count" {
		t.Errorf("%d steps, refused %v", len(p.Steps()), refused)
	}
	_, err := p.Apply(steps[1000])
	if diff := cmp.Diff("steps step.count", codeOf(err)); diff != "" {
		t.Errorf("code (-want +got):\n%s", diff)
	}
	if p.State() != brief.StateDraft {
		t.Errorf("state %s", p.State())
	}
}

func TestProgressReadsOnlyWhole(t *testing.T) {
	t.Parallel()
	good, err := json.Marshal(through(t, course(), step(brief.StepSubmit, day(1)), step(brief.StepApprove, day(2))))
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		edit func(w map[string]any)
		want string
	}{
		"another state": {func(w map[string]any) { w["state"] = "verified" }, "state progress.log"},
		"cut":           {func(w map[string]any) { w["steps"] = w["steps"].([]any)[:1] }, "state progress.log"},
		"reversed":      {func(w map[string]any) { slices.Reverse(w["steps"].([]any)) }, "steps[1] progress.log"},
		"twice":         {func(w map[string]any) { s := w["steps"].([]any); w["steps"] = append(s, s[1]) }, "steps[2] progress.log"},
		"not open":      {func(w map[string]any) { w["steps"] = w["steps"].([]any)[1:] }, "steps[0] progress.closed"},
		"malformed":     {func(w map[string]any) { w["steps"].([]any)[0].(map[string]any)["by"] = "nobody" }, "steps[0].by oneof"},
	} {
		var wire map[string]any
		require.NoError(t, json.Unmarshal(good, &wire))
		tt.edit(wire)
		data, err := json.Marshal(wire)
		require.NoError(t, err)
		p := brief.NewProgress(course())
		if diff := cmp.Diff(tt.want, codeOf(json.Unmarshal(data, &p))); diff != "" {
			t.Errorf("%s: code (-want +got):\n%s", name, diff)
		}
		if !p.Equal(brief.NewProgress(course())) {
			t.Errorf("%s: it was changed", name)
		}
	}
	var zero, back brief.Progress
	data, err := json.Marshal(zero)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &back))
	if !zero.Equal(back) {
		t.Error("the zero Progress is another one after a round trip")
	}
}

// randomSteps are steps of all kinds at times that lie close together, some of them twice
// and some under the id of another.
func randomSteps(r *rand.Rand) []brief.Step {
	kinds := []brief.StepKind{
		brief.StepSubmit, brief.StepSubmit, brief.StepChanges, brief.StepChanges, brief.StepApprove, brief.StepApprove, brief.StepSilence, brief.StepSchedule, brief.StepSchedule,
		brief.StepReplan, brief.StepPublish, brief.StepLook, brief.StepTakedown, brief.StepVerify, brief.StepBreach,
	}
	parties := []disclosure.Party{disclosure.Brand, disclosure.Creator, disclosure.Agency, disclosure.PlatformSelf}
	var steps []brief.Step
	for range 1 + r.IntN(25) {
		s := step(kinds[r.IntN(len(kinds))], day(1+r.IntN(25)).Add(time.Duration(r.IntN(3))*time.Hour))
		if r.IntN(4) == 0 {
			s.By = parties[r.IntN(len(parties))]
		}
		if s.Kind == brief.StepChanges {
			s.Why = []brief.ChangeReason{brief.OfTaste, brief.OfTaste, brief.OfFact, brief.OfLaw}[r.IntN(4)]
		}
		if r.IntN(20) == 0 && len(steps) > 0 {
			s.ID = steps[r.IntN(len(steps))].ID
		}
		if s.Kind == brief.StepBreach && r.IntN(4) > 0 {
			continue // else it ends nearly all
		}
		steps = append(steps, s)
		if r.IntN(5) == 0 {
			steps = append(steps, s)
		}
	}
	return steps
}

// invariants hold of every progress, whatever happened.
func invariants(t *testing.T, p brief.Progress) {
	t.Helper()
	rounds, live, approved := 0, false, false
	steps := p.Steps()
	for i, s := range steps {
		if i > 0 && s.At.Before(steps[i-1].At) {
			t.Error("the log is not in order")
		}
		brand := s.By == disclosure.Brand || s.By == disclosure.Agency
		if s.Kind == brief.StepChanges && s.Why == brief.OfTaste && brand {
			rounds++
		}
		approved = approved || s.Kind == brief.StepApprove || s.Kind == brief.StepSilence
		if s.Kind == brief.StepPublish && !approved {
			t.Error("live without an approval")
		}
		if s.Kind == brief.StepVerify && !live {
			t.Error("verified before it was live")
		}
		live = live || s.Kind == brief.StepPublish
		if (s.Kind == brief.StepVerify || s.Kind == brief.StepBreach) && i != len(steps)-1 {
			t.Error("a step after the last word")
		}
	}
	if rounds > p.Course().Rounds || p.RoundsLeft() != p.Course().Rounds-rounds {
		t.Errorf("%d rounds of %d, %d left", rounds, p.Course().Rounds, p.RoundsLeft())
	}
	if _, post := p.Published(); live != (post != "") {
		t.Error("a post without a publication, or the other way round")
	}
}

func TestProgressInvariants(t *testing.T) {
	t.Parallel()
	states := map[brief.State]int{}
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 1))
		steps := randomSteps(r)
		c := course()
		c.Silence = []brief.Silence{brief.NoSilenceRule, brief.SilenceAccepts, brief.SilenceRejects}[r.IntN(3)]

		p := brief.NewProgress(c)
		for _, s := range steps {
			before := p
			next, err := p.Apply(s)
			switch again, twice := next.Apply(s); {
			case err != nil && !next.Equal(before):
				t.Fatalf("seed %d: a refused step changed the progress", seed)
			case err == nil && (twice != nil || !again.Equal(next)):
				t.Fatalf("seed %d: a step that comes again changed it: %v", seed, twice)
			case before.State().Final() && next.State() != before.State():
				t.Fatalf("seed %d: %s became %s", seed, before.State(), next.State())
			}
			p = next
			invariants(t, p)
		}

		whole, refused := brief.Replay(c, steps)
		invariants(t, whole)
		states[whole.State()]++
		r.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
		shuffled, others := brief.Replay(c, append(steps, steps...))
		if !whole.Equal(shuffled) {
			t.Fatalf("seed %d: another order comes to %s, not %s", seed, shuffled.State(), whole.State())
		}
		if len(others) < len(refused) {
			t.Fatalf("seed %d: %d refusals became %d", seed, len(refused), len(others))
		}
		data, err := json.Marshal(whole)
		require.NoError(t, err)
		var back brief.Progress
		require.NoError(t, json.Unmarshal(data, &back))
		if !whole.Equal(back) {
			t.Fatalf("seed %d: JSON made another progress", seed)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if len(states) < 8 {
		t.Errorf("the test reaches only %v", states)
	}
}

func FuzzProgressJSON(f *testing.F) {
	p, _ := brief.Replay(course(), []brief.Step{step(brief.StepSubmit, day(1)), step(brief.StepApprove, day(2)), step(brief.StepPublish, day(12))})
	data, err := json.Marshal(p)
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"course":{},"state":"draft","steps":[{}]}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p, back brief.Progress
		if json.Unmarshal(data, &p) != nil {
			return
		}
		invariants(t, p)
		again, err := json.Marshal(p)
		if err != nil {
			return // a window beyond what JSON can hold
		}
		if err := json.Unmarshal(again, &back); err != nil || !p.Equal(back) {
			t.Errorf("it does not read what it writes: %v\n%s", err, again)
		}
	})
}
