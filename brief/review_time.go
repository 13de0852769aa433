package brief

import (
	"fmt"
	"time"
)

// checkRounds asks whether the review fits before the first post: B06.
func checkRounds(r *review) {
	if r.b.Approval.Days == 0 {
		r.find("brief.review_missing", "approval.days", "how many business days a review takes is not stated")
	}
	if r.b.Timeline.DraftsDue.IsZero() {
		r.find("brief.drafts_undated", "timeline.drafts_due", "the first drafts have no due day")
		return
	}
	first := r.b.firstPost()
	if first.IsZero() {
		return
	}
	safe, ok := EarliestPost(*r.b, r.brand, r.creator)
	if !ok || !first.Before(safe) {
		return
	}
	message := fmt.Sprintf("drafts due on %s and %s make %s the earliest safe post, and the first window opens on %s",
		r.when(r.b.Timeline.DraftsDue), r.reviewWords(), r.when(safe), r.when(first))
	found := r.find("brief.review_too_long", "timeline.drafts_due", message)
	if due, ok := r.brand.After(first, -r.b.reviewDays()); ok {
		found.Fix = fmt.Sprintf("Ask for the drafts by %s, post later, or review less.", r.when(due))
	}
}

// reviewWords are the rounds in words: "2 rounds of 5 business days".
func (r *review) reviewWords() string {
	words := fmt.Sprintf("%s of %s", plural(max(1, r.b.Approval.Rounds), "round"), plural(r.b.Approval.Days, "business day"))
	if legal := r.b.Timeline.LegalReview; legal > 0 {
		words += " and a legal review of " + fmt.Sprint(legal)
	}
	return words
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// checkSilence asks what becomes of a draft that nobody answers: B07.
func checkSilence(r *review) {
	if r.b.Approval.Silence == NoSilenceRule {
		r.find("brief.silence_open", "approval.silence", "what becomes of a draft that nobody answers in time is open")
	}
}

// checkCalendars asks that what is due is due on a working day of whoever has to act: B08.
func checkCalendars(r *review) {
	if r.options.Brand == nil {
		r.find("brief.calendar_missing", "", "the brand's holidays and time zone are not known; days are counted from Monday to Friday in UTC")
	}
	if r.options.Creator == nil {
		r.find("brief.calendar_missing", "", "the creator's holidays and time zone are not known; days are counted from Monday to Friday in UTC")
	}
	t := r.b.Timeline
	r.checkDay("timeline.drafts_due", "the drafts are due", t.DraftsDue, r.creator, r.options.Creator != nil)
	r.checkDay("timeline.approval_by", "the approval is due", t.ApprovalBy, r.brand, r.options.Brand != nil)
}

func (r *review) checkDay(path, what string, t time.Time, c Calendar, known bool) {
	if known && !t.IsZero() && !c.Works(c.Day(t)) {
		r.find("brief.day_off", path, fmt.Sprintf("%s on %s, a day on which nobody works there", what, whenIn(t, c.zone())))
	}
}

// checkNights asks that a posting window is open while the audience is awake, from 7 to 23
// o'clock: B08.
func checkNights(r *review) {
	if r.options.Audience == nil {
		return
	}
	for i, p := range r.b.Pieces {
		w := p.Posting
		if w.Start.IsZero() || w.End.IsZero() || w.Empty() || w.End.Sub(w.Start) >= 8*time.Hour {
			continue
		}
		if first, last := w.Start.In(r.options.Audience), w.End.Add(-1).In(r.options.Audience); asleep(first) && asleep(last) {
			message := fmt.Sprintf("the window from %s to %s is night where the audience is", whenIn(first, r.options.Audience), whenIn(w.End, r.options.Audience))
			r.find("brief.window_night", entry("deliverables", i)+".posting", message)
		}
	}
}

func asleep(t time.Time) bool { return t.Hour() < 7 || t.Hour() >= 23 }

// checkEmbargo: B09.
func checkEmbargo(r *review) {
	ends := r.b.Timeline.EmbargoEnds
	for i, p := range r.b.Pieces {
		if start := p.Posting.Start; !start.IsZero() && start.Before(ends) {
			r.find("brief.embargo", entry("deliverables", i)+".posting.start", fmt.Sprintf("the window opens on %s, and the embargo ends on %s", r.when(start), r.when(ends)))
		}
	}
}

// checkProduct: B09.
func checkProduct(r *review) {
	t := r.b.Timeline
	if !t.DraftsDue.IsZero() && !t.ProductArrives.Before(t.DraftsDue) {
		r.find("brief.product_late", "timeline.product_arrives", fmt.Sprintf("the product arrives on %s, and the drafts are due on %s", r.when(t.ProductArrives), r.when(t.DraftsDue)))
	}
}

// checkDates finds dates that contradict each other.
func checkDates(r *review) {
	t, first := r.b.Timeline, r.b.firstPost()
	r.inOrder("timeline.approval_by", "the drafts are due", t.DraftsDue, "the approval", t.ApprovalBy)
	r.inOrder("timeline.approval_by", "the approval is due", t.ApprovalBy, "the first post", first)
	r.inOrder("timeline.drafts_due", "the drafts are due", t.DraftsDue, "the first post", first)
	for i, p := range r.b.Pieces {
		at := entry("deliverables", i) + ".posting"
		if p.Posting.Empty() {
			r.find("brief.dates_contradict", at, "the posting window ends before it starts")
		}
		r.inOrder(at+".end", "the posting window ends", p.Posting.End, "the end of the campaign", t.CampaignEnds)
	}
}

func (r *review) inOrder(path, what string, t time.Time, than string, later time.Time) {
	if !t.IsZero() && !later.IsZero() && t.After(later) {
		r.find("brief.dates_contradict", path, fmt.Sprintf("%s on %s, after %s on %s", what, r.when(t), than, r.when(later)))
	}
}

// checkPast finds what can no longer be met.
func checkPast(r *review) {
	if r.at.IsZero() {
		return
	}
	passed := func(path, what string, t time.Time) {
		if !t.IsZero() && t.Before(r.at) {
			r.find("brief.date_passed", path, fmt.Sprintf("%s on %s, which is past", what, r.when(t)))
		}
	}
	passed("timeline.drafts_due", "the drafts were due", r.b.Timeline.DraftsDue)
	passed("timeline.approval_by", "the approval was due", r.b.Timeline.ApprovalBy)
	for i, p := range r.b.Pieces {
		passed(entry("deliverables", i)+".posting.end", "the posting window ended", p.Posting.End)
	}
	for i, c := range r.b.Tracking.Codes {
		passed(entry("tracking.codes", i)+".expires", "the code ended", c.Expires)
	}
	for i, l := range r.b.Tracking.Links {
		passed(entry("tracking.links", i)+".expires", "the link ended", l.Expires)
	}
}

// checkLead asks whether there is time to make anything.
func checkLead(r *review) {
	t := r.b.Timeline
	if t.DraftsDue.IsZero() {
		return
	}
	if n := r.creator.Between(r.at, t.DraftsDue); !r.at.IsZero() && !t.DraftsDue.Before(r.at) && n < r.norms.LeadDays {
		r.find("brief.lead_short", "timeline.drafts_due", fmt.Sprintf("there are %s until the drafts are due; %d are usual", plural(n, "working day"), r.norms.LeadDays))
	}
	if n := r.creator.Between(t.ProductArrives, t.DraftsDue); !t.ProductArrives.IsZero() && t.ProductArrives.Before(t.DraftsDue) && n < r.norms.MakeDays {
		r.find("brief.making_short", "timeline.product_arrives", fmt.Sprintf("there are %s between the product and the drafts; %d are usual", plural(n, "working day"), r.norms.MakeDays))
	}
}
