package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// waiting is what is held until an instant; the zero one means that time alone does not
// release it.
type waiting struct {
	Until  time.Time    `json:"until,omitzero"`
	Amount byline.Money `json:"amount"`
}

// hall adds up what is held, by until when.
type hall map[time.Time]purse

func (h hall) add(e contracts.Entry) {
	if e.Account == contracts.Held {
		h[e.Until] = h[e.Until].add(e.Amount)
	}
}

// list is without what has been released since, the soonest first and what has no end
// last.
func (h hall) list() []waiting {
	var all []waiting
	for _, until := range slices.SortedFunc(maps.Keys(h), compareEnds) {
		for _, m := range h[until] {
			if !m.IsZero() {
				all = append(all, waiting{until, m})
			}
		}
	}
	return all
}

func compareEnds(a, b time.Time) int {
	if a.IsZero() || b.IsZero() {
		return cmp.Compare(b.Unix(), a.Unix())
	}
	return a.Compare(b)
}

// readWaiting reads all entries of the creator, and only of one for whom something is
// held.
func (s *server) readWaiting(ctx context.Context, id byline.CreatorID, balances []contracts.Balance) ([]waiting, error) {
	if !slices.ContainsFunc(balances, func(b contracts.Balance) bool { return !b.Held.IsZero() }) {
		return nil, nil
	}
	held := hall{}
	for e, err := range s.ledger.EntriesOf(ctx, id, byline.Window{}) {
		if err != nil {
			return nil, err
		}
		held.add(e)
	}
	return held.list(), nil
}

// waitingRow is what is released on one day.
type waitingRow struct {
	When    string
	Amounts purse
}

// waitingDays is how many days are told apart.
const waitingDays = 6

// waitingRows puts the latest days into one.
func waitingRows(all []waiting) []waitingRow {
	var rows []waitingRow
	for _, w := range all {
		when := "No day yet"
		if !w.Until.IsZero() {
			when = w.Until.UTC().Format("2 Jan 2006")
		}
		if last := len(rows) - 1; last < 0 || rows[last].When != when {
			if len(rows) >= waitingDays && !w.Until.IsZero() {
				when = "Later"
			}
			if last < 0 || rows[last].When != when {
				rows = append(rows, waitingRow{When: when})
			}
		}
		last := &rows[len(rows)-1]
		last.Amounts = last.Amounts.add(w.Amount)
	}
	return rows
}

// heldPart says how much of what is owed waits, and until when at the latest.
func heldPart(all []waiting, owed purse) string {
	if len(all) == 0 {
		return ""
	}
	var sum purse
	for _, w := range all {
		sum = sum.add(w.Amount)
	}
	text := "held"
	if !slices.Equal(sum, owed) {
		text = list(sum.show()) + " of it held"
	}
	if last := all[len(all)-1]; !last.Until.IsZero() {
		text += " until " + showTime(last.Until)
	}
	return text
}

// stands says in which state the money of an entry is.
func stands(e contracts.Entry) string {
	switch e.Account {
	case contracts.Payable:
		return "Payable"
	case contracts.Held:
		if e.Until.IsZero() {
			return "Held"
		}
		return "Held until " + showTime(e.Until)
	case contracts.InTransit:
		return "In transit"
	case contracts.InKind:
		return "In goods"
	}
	return sentence(words(string(e.Account)))
}

// milestoneWord tells what has happened.
func milestoneWord(e contracts.Event) string {
	what := map[contracts.Milestone]string{
		contracts.AtDelivery: "handed in", contracts.AtApproval: "approved", contracts.AtPosting: "posted", contracts.AtReceipt: "product received",
	}[e.Milestone]
	what = cmp.Or(what, words(string(e.Milestone)))
	if e.Of != "" {
		what = e.Of + " " + what
	}
	return sentence(what) + " on " + showDay(e.At)
}

func killFeeWords(k contracts.KillFee) string {
	when := map[contracts.Stage]string{
		contracts.StageSigned: "after signing", contracts.StageProduced: "once production has begun", contracts.StageDelivered: "after delivery",
	}[k.Stage]
	return fmt.Sprintf("%s of the fees, if the brand calls it off %s", k.Rate, cmp.Or(when, words(string(k.Stage))))
}
