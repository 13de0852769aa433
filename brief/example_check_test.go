package brief_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

// A draft that ada hands in, held against what was agreed with her.
func ExampleCheckPost() {
	at := func(day int) time.Time { return time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC) }
	b := brief.Brief{
		Language: "en", Brands: []string{"Demo Glow"}, Markets: []byline.Market{"US"},
		Product:   brief.Product{Name: "Demo Glow", Ties: []disclosure.Tie{disclosure.Paid}},
		Elements:  []brief.Element{{Kind: brief.ShowProduct, Text: "Demo Glow"}},
		Forbidden: []brief.Phrase{{Text: "cure", Forms: []string{"cures"}}},
		Pieces: []brief.Piece{{Deliverable: brief.Deliverable{
			Platform: byline.Blog, Format: brief.Article, Count: 1, Posting: byline.Window{Start: at(20), End: at(27)}, Code: "ADA15",
		}}},
	}
	draft := brief.Content{ID: "draft-1", Format: brief.Article, Stage: brief.AsDraft, Post: disclosure.Post{
		Platform: byline.Blog, NoCategory: true, NoMark: true,
		Texts: []disclosure.Passage{{Where: disclosure.Caption, Text: "Demo Glow cures dry skin! With ADA1S you save 15%. #demo"}},
	}}

	check := brief.CheckPost(b, draft, at(12), nil)
	fmt.Println(check.Status)
	for _, f := range check.Findings {
		fmt.Printf("%-15s %s: %s\n", f.Code, f.Path, f.Message)
	}
	for _, p := range check.Having(brief.Fulfilled) {
		fmt.Println("fulfilled:", p.What)
	}
	// Output:
	// violation
	// forbidden.said  texts[0]: “cure” must not be said
	// code.typo       texts[0]: “ADA1S” looks like a slip for “ADA15”
	// label.missing   texts: none of the words that are known to do was found
	// fulfilled: it is on blog
	// fulfilled: its format is article
	// fulfilled: product: “Demo Glow”
}

// One round of changes was agreed, and the brand's silence approves.
func ExampleProgress() {
	at := func(day int) time.Time { return time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC) }
	p := brief.NewProgress(brief.Course{Rounds: 1, Silence: brief.SilenceAccepts, Posting: byline.Window{Start: at(20), End: at(27)}})
	for _, s := range []brief.Step{
		{ID: "e1", Kind: brief.StepSubmit, At: at(2), By: disclosure.Creator, AnswerBy: at(9)},
		{ID: "e2", Kind: brief.StepChanges, At: at(3), By: disclosure.Brand, Why: brief.OfTaste},
		{ID: "e3", Kind: brief.StepSubmit, At: at(4), By: disclosure.Creator, AnswerBy: at(11)},
		{ID: "e4", Kind: brief.StepChanges, At: at(5), By: disclosure.Brand, Why: brief.OfTaste},
		{ID: "e3", Kind: brief.StepSubmit, At: at(4), By: disclosure.Creator, AnswerBy: at(11)}, // comes again
		{ID: "e5", Kind: brief.StepSilence, At: at(11), By: disclosure.Brand},
	} {
		next, err := p.Apply(s)
		if refused, ok := errors.AsType[*brief.StepError](err); ok {
			fmt.Println(refused.Code, "-", refused.Message)
		}
		p = next
		fmt.Println(s.ID, p.State(), p.RoundsLeft())
	}
	// Output:
	// e1 submitted 1
	// e2 changes_requested 0
	// e3 submitted 0
	// progress.rounds - all rounds of changes are used
	// e4 submitted 0
	// e3 submitted 0
	// e5 approved 0
}

func ExampleDueChecks() {
	live := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	b := brief.Brief{Monitoring: brief.Monitoring{Who: "community team", Within: 24 * time.Hour, Evidence: true}}
	post := brief.Content{ID: "p1", Stage: brief.AsLive, Post: disclosure.Post{At: live}}
	for _, d := range brief.DueChecks(b, nil, []brief.Content{post}, live.Add(2*time.Hour)) {
		fmt.Printf("%s, by %s: %s (%s)\n", d.Kind, d.Until.Format("2 January 15:04"), d.Says, d.Who)
	}
	// Output: first_look, by 21 November 09:00: Nobody has checked the live post yet. Keep the evidence. (community team)
}
