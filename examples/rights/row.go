package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// row is an asset on a channel, in one place and one manner, with all that runs there.
type row struct {
	Asset     contracts.AssetID     `json:"asset"`
	Creator   byline.CreatorID      `json:"creator,omitempty"`
	Agreement contracts.AgreementID `json:"agreement,omitempty"` // that the asset was made under
	Channel   contracts.Channel     `json:"channel"`
	Place     string                `json:"place"`
	Manner    string                `json:"manner,omitempty"` // edits, likeness and the like; empty: as it is
	Rights    []byline.Window       `json:"rights,omitempty"` // by contract
	// Platform is what the platform permits beside it. NeedsPlatform says that it has to.
	NeedsPlatform bool            `json:"needs_platform,omitempty"`
	Platform      []byline.Window `json:"platform,omitempty"`
	// Findings are what the rights could not be checked for, such as a cap.
	Findings []byline.Finding `json:"findings,omitempty"`
	Runs     []running        `json:"placements"`
}

// running is a placement in a row.
type running struct {
	ID       string          `json:"id"`
	URL      string          `json:"url,omitempty"`
	Window   byline.Window   `json:"window"`
	Breaches []byline.Window `json:"breaches,omitempty"`
}

// mostRuns is how many placements a row is drawn with; more of them take another row.
const mostRuns = 8

// rows are those of placements that are not over: what is in breach first, then what will
// be, by the date; then the others by name.
func (in inventory) rows(ctx context.Context, a contracts.AuditReport) ([]row, error) {
	breaches := map[string][]byline.Window{}
	for _, b := range slices.Concat(a.Now, a.ToCome) {
		breaches[b.Placement.ID] = append(breaches[b.Placement.ID], byline.Window{Start: b.From, End: b.Until})
	}
	unchecked := map[string][]byline.Finding{}
	for _, u := range a.Unchecked {
		unchecked[u.Placement.ID] = u.Findings
	}
	open := map[string]int{}
	var rows []row
	for _, p := range in.placements {
		planned := byline.Window{Start: p.Use.At, End: p.Use.Until}
		if planned.Before(a.At) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r := newRow(p)
		rights, platform := in.rights.Windows(p.Asset, p.Use)
		r.Rights, r.Findings = rights, unchecked[p.ID]
		if r.NeedsPlatform {
			r.Platform = platform
		}
		key := fmt.Sprintf("%q %q %q %q %v %v %v", r.Asset, r.Channel, r.Place, r.Manner, r.Rights, r.Platform, r.Findings)
		i, met := open[key]
		if !met || len(rows[i].Runs) == mostRuns {
			i = len(rows)
			open[key] = i
			rows = append(rows, r)
		}
		rows[i].Runs = append(rows[i].Runs, running{ID: p.ID, URL: p.URL, Window: planned, Breaches: breaches[p.ID]})
	}
	slices.SortStableFunc(rows, compareRows)
	return rows, nil
}

func newRow(p contracts.Placement) row {
	return row{
		Asset: p.Asset.ID, Creator: p.Asset.Creator, Agreement: p.Asset.Agreement, Channel: p.Use.Channel,
		Place: cmp.Or(p.Use.Region, string(p.Use.Market)), Manner: manner(p.Use), NeedsPlatform: p.Use.Channel.NeedsPermission(),
	}
}

// breach is when the first breach of a row begins, the zero time where there is none.
func (r row) breach() (first time.Time) {
	for _, run := range r.Runs {
		if len(run.Breaches) > 0 && (first.IsZero() || run.Breaches[0].Start.Before(first)) {
			first = run.Breaches[0].Start
		}
	}
	return first
}

func compareRows(a, b row) int {
	x, y := a.breach(), b.breach()
	switch {
	case x.IsZero() && !y.IsZero():
		return 1
	case y.IsZero() && !x.IsZero():
		return -1
	}
	return cmp.Or(x.Compare(y), cmp.Compare(a.Asset, b.Asset), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Manner, b.Manner))
}
