package page

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// dates are all that are agreed, in order of time.
func (m *maker) dates() []Date {
	w, t := m.words.schedule, m.b.Timeline
	var all []Date
	add := func(key, name string, at time.Time) {
		if !at.IsZero() {
			all = append(all, Date{Key: key, Name: name, Start: at, Day: midnight(at.In(m.zone)), Text: m.moment(at)})
		}
	}
	add("product_arrives", w.ProductArrives, t.ProductArrives)
	add("drafts_due", w.DraftsDue, t.DraftsDue)
	add("approval_by", w.ApprovalBy, t.ApprovalBy)
	add("embargo_ends", w.EmbargoEnds, t.EmbargoEnds)
	for i, p := range m.b.Pieces {
		if p.Posting != (byline.Window{}) {
			all = append(all, m.posting(i, p))
		}
	}
	add("campaign_ends", w.CampaignEnds, t.CampaignEnds)
	slices.SortStableFunc(all, func(a, b Date) int { return a.begins().Compare(b.begins()) })
	return all
}

func (m *maker) posting(i int, p brief.Piece) Date {
	return Date{
		Key: fmt.Sprintf("deliverables[%d].posting", i), Name: fmt.Sprintf(m.words.schedule.Posting, m.pieceName(p)),
		Start: p.Posting.Start, End: p.Posting.End, Text: m.span(p.Posting),
		Day: midnight(p.Posting.Start.In(m.zone)) && midnight(p.Posting.End.In(m.zone)),
	}
}

// begins is the bound of a date that is there.
func (d Date) begins() time.Time {
	if d.Start.IsZero() {
		return d.End
	}
	return d.Start
}

func (m *maker) schedule() []Block {
	w := m.words.schedule
	table := &Table{Caption: m.words.headings.Schedule, Head: []string{w.What, w.When}}
	for _, d := range m.dates() {
		table.Rows = append(table.Rows, []Line{{Text: d.Name}, {Text: d.Text}})
	}
	if len(table.Rows) == 0 {
		table = nil
	}
	return []Block{{Table: table}, {Heading: w.Review, Rows: m.review()}}
}

func (m *maker) review() []Line {
	w, a := m.words.schedule, m.b.Approval
	var rows rows
	if a.Rounds > 0 || a.Days > 0 || a.Silence != brief.NoSilenceRule || len(a.Who) > 0 {
		rows.with(Line{Lead: w.Rounds, Text: strconv.Itoa(a.Rounds), Note: w.Free})
	}
	rows.add(w.Answer, m.businessDays(a.Days))
	rows.add(w.Legal, m.businessDays(m.b.Timeline.LegalReview))
	rows.add(w.Silence, m.silence(a.Silence))
	rows.add(w.Who, m.joined(a.Who))
	return rows
}

func (m *maker) silence(s brief.Silence) string {
	switch s {
	case brief.NoSilenceRule:
		return ""
	case brief.SilenceAccepts:
		return m.words.schedule.Approves
	case brief.SilenceRejects:
		return m.words.schedule.Rejects
	}
	return single(string(s))
}
