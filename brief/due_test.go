package brief_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

func watched() brief.Brief {
	b := agreedBrief()
	b.Pieces[0].Count = 1
	b.Timeline.DraftsDue, b.Timeline.ApprovalBy = day(1), day(9)
	b.Approval.Who = []string{"brand manager", "legal"}
	b.Monitoring = brief.Monitoring{Who: "monitoring", Within: 24 * time.Hour, Takedown: 12 * time.Hour, Every: 36 * time.Hour}
	return b
}

// due is a check in short: kind, deadline and who.
func dueOf(checks []brief.DueCheck) []string {
	var all []string
	for _, d := range checks {
		text := string(d.Kind)
		if !d.Until.IsZero() {
			text += " " + d.Until.Format("02 15:04")
		}
		if d.Overdue {
			text += " overdue"
		}
		all = append(all, text+" "+d.Who)
	}
	return all
}

func TestDueChecks(t *testing.T) {
	t.Parallel()
	submit, approve, publish := step(brief.StepSubmit, day(1)), step(brief.StepApprove, day(3)), step(brief.StepPublish, day(11))
	schedule, look, takedown := step(brief.StepSchedule, day(4)), step(brief.StepLook, day(11).Add(6*time.Hour)), step(brief.StepTakedown, day(11).Add(7*time.Hour))
	hour := func(d, h int) time.Time { return day(d).Add(time.Duration(h) * time.Hour) }
	for name, tt := range map[string]struct {
		steps []brief.Step
		post  brief.Content
		at    time.Time
		want  []string
	}{
		"a draft not due":                 {nil, brief.Content{}, day(1).Add(-1), nil},
		"a draft that is due":             {nil, brief.Content{}, day(1), []string{"draft 01 00:00 overdue monitoring"}},
		"an answer that has time":         {[]brief.Step{submit}, brief.Content{}, day(3).Add(-1), nil},
		"an answer of the last day":       {[]brief.Step{submit}, brief.Content{}, day(3), []string{"answer 04 00:00 brand manager, legal"}},
		"silence":                         {[]brief.Step{submit}, brief.Content{}, day(4), []string{"answer 04 00:00 overdue brand manager, legal"}},
		"sent back, with time":            {[]brief.Step{submit, step(brief.StepChanges, day(2))}, brief.Content{}, day(8).Add(-1), nil},
		"sent back, the last day":         {[]brief.Step{submit, step(brief.StepChanges, day(2))}, brief.Content{}, day(8), []string{"redraft 09 00:00 monitoring"}},
		"sent back, too late":             {[]brief.Step{submit, step(brief.StepChanges, day(2))}, brief.Content{}, day(9), []string{"redraft 09 00:00 overdue monitoring"}},
		"sent back, and a new window":     {[]brief.Step{submit, step(brief.StepChanges, day(2)), step(brief.StepReplan, day(3))}, brief.Content{}, day(26), []string{"redraft 27 00:00 monitoring"}},
		"sent back by law, approved anew": {[]brief.Step{submit, approve, schedule, step(brief.StepChanges, day(5), why(brief.OfLaw)), step(brief.StepSubmit, day(6)), step(brief.StepApprove, day(7))}, brief.Content{}, day(13), nil},
		"approved, with time":             {[]brief.Step{submit, approve}, brief.Content{}, hour(15, 23), nil},
		"approved, the last day":          {[]brief.Step{submit, approve}, brief.Content{}, day(16), []string{"publication 17 00:00 monitoring"}},
		"scheduled":                       {[]brief.Step{submit, approve, schedule}, brief.Content{}, day(12), []string{"publication 17 00:00 monitoring"}},
		"not published":                   {[]brief.Step{submit, approve, schedule}, brief.Content{}, day(17), []string{"publication 17 00:00 overdue monitoring"}},
		"live":                            {[]brief.Step{submit, approve, publish}, brief.Content{}, day(11), []string{"first_look 12 00:00 monitoring"}},
		"nobody looked":                   {[]brief.Step{submit, approve, publish}, brief.Content{}, day(12), []string{"first_look 12 00:00 overdue monitoring"}},
		"looked":                          {[]brief.Step{submit, approve, publish, look}, brief.Content{}, hour(11, 17), nil},
		"to be looked at again":           {[]brief.Step{submit, approve, publish, look}, brief.Content{}, hour(11, 18), []string{"next_look 12 18:00 monitoring"}},
		"seen since":                      {[]brief.Step{submit, approve, publish, look}, brief.Content{SeenUntil: hour(11, 12)}, hour(11, 18), nil},
		"seen in the future":              {[]brief.Step{submit, approve, publish, look}, brief.Content{SeenUntil: day(20)}, hour(11, 18), []string{"next_look 12 18:00 monitoring"}},
		"to be taken down":                {[]brief.Step{submit, approve, publish, look, takedown}, brief.Content{}, hour(11, 8), []string{"takedown 11 19:00 monitoring"}},
		"asked for twice":                 {[]brief.Step{submit, approve, publish, look, takedown, step(brief.StepTakedown, hour(11, 9))}, brief.Content{}, hour(11, 10), []string{"takedown 11 19:00 monitoring"}},
		"still wrong":                     {[]brief.Step{submit, approve, publish, takedown, step(brief.StepLook, hour(11, 9), func(s *brief.Step) { s.Status = disclosure.Violation })}, brief.Content{}, hour(11, 19), []string{"takedown 11 19:00 overdue monitoring"}},
		"mended":                          {[]brief.Step{submit, approve, publish, takedown, step(brief.StepLook, hour(11, 9))}, brief.Content{}, hour(11, 19), nil},
		"its time is over":                {[]brief.Step{submit, approve, publish, look}, brief.Content{}, day(13), []string{"verdict 14 00:00 monitoring"}},
		"its time is over, nobody looked": {[]brief.Step{submit, approve, publish}, brief.Content{}, day(13), []string{"first_look 12 00:00 overdue monitoring", "verdict 14 00:00 monitoring"}},
		"gone before its time":            {[]brief.Step{submit, approve, publish, look}, brief.Content{Removed: day(12)}, day(12), []string{"verdict 13 00:00 monitoring"}},
		"taken down as asked":             {[]brief.Step{submit, approve, publish, look, takedown}, brief.Content{Removed: day(12)}, day(12), []string{"verdict 13 00:00 monitoring"}},
		"verified":                        {[]brief.Step{submit, approve, publish, look, step(brief.StepVerify, day(14))}, brief.Content{}, day(20), nil},
		"breached":                        {[]brief.Step{step(brief.StepBreach, day(2))}, brief.Content{}, day(20), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := through(t, course(), tt.steps...)
			tt.post.ID = "p1"
			got := brief.DueChecks(watched(), []brief.Progress{p}, []brief.Content{tt.post}, tt.at)
			if diff := cmp.Diff(tt.want, dueOf(got)); diff != "" {
				t.Errorf("due (-want +got):\n%s", diff)
			}
			for _, d := range got {
				if d.Says == "" || d.Since.After(tt.at) || d.Overdue != (!d.Until.IsZero() && !tt.at.Before(d.Until)) {
					t.Errorf("%+v", d)
				}
			}
		})
	}
}

// A piece that counts three needs three drafts, and a live post of nobody's needs a look.
func TestDueChecksOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	b := watched()
	b.Pieces[0].Count = 3
	second := course()
	second.Number = 2
	stray := agreedPost()
	stray.ID, stray.At = "p9", day(2)
	got := brief.DueChecks(b, []brief.Progress{through(t, second, step(brief.StepSubmit, day(1)))}, []brief.Content{stray, stray}, day(2))
	var all []string
	for _, d := range got {
		all = append(all, fmt.Sprint(d.Kind, d.Piece, d.Number, d.Post))
	}
	if diff := cmp.Diff([]string{"draft0 1", "draft0 3", "first_look-1 0p9"}, all); diff != "" {
		t.Errorf("due (-want +got):\n%s", diff)
	}
	nameless, far, gone := stray, stray, stray
	wrong := 7
	nameless.ID, far.ID, gone.ID = "", "p8", "p7"
	far.Piece, gone.Removed, far.Removed = &wrong, day(2), day(3)
	all = nil
	for _, d := range brief.DueChecks(b, []brief.Progress{brief.NewProgress(second)}, []brief.Content{nameless, far, gone}, day(2)) {
		if d.Kind == brief.DueFirstLook {
			all = append(all, fmt.Sprint(d.Piece, d.Post))
		}
	}
	if diff := cmp.Diff([]string{"-1", "-1p8"}, all); diff != "" {
		t.Errorf("posts of nobody (-want +got):\n%s", diff)
	}
	if got := brief.DueChecks(brief.Brief{}, nil, nil, day(2)); got != nil {
		t.Errorf("nothing is due in an empty brief: %v", got)
	}
}

// What is due comes in one order, whatever the order of what is given, by its deadline.
func TestDueChecksOrder(t *testing.T) {
	t.Parallel()
	b := watched()
	b.Pieces[0].Count = 30
	r := rand.New(rand.NewPCG(1, 1))
	var pieces []brief.Progress
	for n := range 30 {
		c := course()
		c.Number = n + 1
		p, _ := brief.Replay(c, randomSteps(r))
		pieces = append(pieces, p)
	}
	want := brief.DueChecks(b, pieces, nil, day(14))
	if len(want) < 5 {
		t.Fatalf("only %d are due", len(want))
	}
	open := false
	for i, d := range want {
		open = open || d.Until.IsZero()
		if open != d.Until.IsZero() || (i > 0 && !open && d.Until.Before(want[i-1].Until)) {
			t.Errorf("check %d is not in its place", i)
		}
	}
	slices.Reverse(pieces)
	if diff := cmp.Diff(want, brief.DueChecks(b, pieces, nil, day(14))); diff != "" {
		t.Errorf("another order (-want +got):\n%s", diff)
	}
}

// Without agreed times there is no deadline, and nothing is overdue.
func TestDueChecksWithoutDeadlines(t *testing.T) {
	t.Parallel()
	b := brief.Brief{Pieces: agreedBrief().Pieces}
	c := course()
	c.Posting, c.Live = byline.Window{}, 0
	submit := step(brief.StepSubmit, day(1), func(s *brief.Step) { s.AnswerBy = time.Time{} })
	approve, publish, look := step(brief.StepApprove, day(2)), step(brief.StepPublish, day(3)), step(brief.StepLook, day(4))
	gone := brief.Content{ID: "p1", Removed: day(5)}
	for _, tt := range []struct {
		steps []brief.Step
		posts []brief.Content
		want  []string
	}{
		{[]brief.Step{submit}, nil, []string{"answer "}},
		{[]brief.Step{submit, step(brief.StepChanges, day(2))}, nil, []string{"redraft "}},
		{[]brief.Step{submit, approve}, nil, nil},
		{[]brief.Step{submit, approve, publish}, nil, []string{"first_look "}},
		{[]brief.Step{submit, approve, publish, look}, nil, []string{"verdict "}},
		{[]brief.Step{submit, approve, publish, look}, []brief.Content{gone}, []string{"verdict "}},
	} {
		got := brief.DueChecks(b, []brief.Progress{through(t, c, tt.steps...)}, tt.posts, day(10))
		if diff := cmp.Diff(tt.want, dueOf(got)); diff != "" {
			t.Errorf("after %d steps, due (-want +got):\n%s", len(tt.steps), diff)
		}
	}
}

func TestCourseOf(t *testing.T) {
	t.Parallel()
	b := agreedBrief()
	b.Approval = brief.Approval{Rounds: 2, Silence: brief.SilenceRejects}
	got, err := brief.CourseOf(b, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := brief.Course{Brief: "autumn", Version: 1, Number: 1, Rounds: 2, Silence: brief.SilenceRejects, Posting: b.Pieces[0].Posting, Live: 48 * time.Hour}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("course (-want +got):\n%s", diff)
	}
	for want, args := range map[at][2]int{{"piece", "course.piece"}: {1, 1}, {"number", "course.number"}: {0, 2}} {
		_, err := brief.CourseOf(b, args[0], args[1])
		if diff := cmp.Diff([]at{want}, faultsOf(t, err)); diff != "" {
			t.Errorf("faults (-want +got):\n%s", diff)
		}
	}
}
