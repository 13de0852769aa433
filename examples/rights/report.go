package main

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline/contracts"
)

// report is all that is found. Its JSON is in full; the page leaves out the ends of long
// lists, and says so.
type report struct {
	At        time.Time             `json:"at"`
	Leads     []int                 `json:"lead_days"`
	Demo      bool                  `json:"demo,omitempty"`
	Files     files                 `json:"files"`
	Audit     contracts.AuditReport `json:"audit"`
	Rows      []row                 `json:"timeline"`
	Conflicts []contracts.Conflict  `json:"conflicts,omitempty"`
	Expiring  []ending              `json:"expiring,omitempty"`
	Renewals  []renewal             `json:"renewals,omitempty"`
	Reuse     []contracts.ReuseList `json:"reuse,omitempty"`
	// ReuseBasis says how the prices in Reuse were made.
	ReuseBasis    map[contracts.AssetID]basis `json:"reuse_basis,omitempty"`
	BadRows       badRows                     `json:"bad_rows,omitempty"`
	UnknownAssets []contracts.AssetID         `json:"unknown_assets,omitempty"`
	Unsigned      []contracts.AgreementID     `json:"unsigned,omitempty"` // agreements of which no version is signed at At
}

// ending is a right or a platform's permission that ends soon.
type ending struct {
	contracts.Expiry

	Stops []string `json:"stops,omitempty"` // placements that are planned to run past it and may not
}

// audit reads what is given and audits it.
func audit(ctx context.Context, c config) (report, error) {
	in, err := load(c)
	if err != nil {
		return report{}, err
	}
	return in.report(ctx, c)
}

// report asks the library all that the report says.
func (in inventory) report(ctx context.Context, c config) (r report, err error) {
	r = report{At: c.at, Leads: c.leads, Demo: c.demo, Files: in.files, BadRows: in.bad, UnknownAssets: slices.Sorted(maps.Keys(in.unknown))}
	if r.Audit, err = in.rights.Audit(in.placements, c.at); err != nil {
		return report{}, err
	}
	if r.Rows, err = in.rows(ctx, r.Audit); err != nil {
		return report{}, err
	}
	current := in.current(c.at)
	for _, a := range current {
		if signed := a.terms.SignedAt; signed.IsZero() || signed.After(c.at) {
			r.Unsigned = append(r.Unsigned, a.terms.ID)
		}
	}
	r.Conflicts = in.conflicts(current)
	r.Expiring = in.expiring(r.Audit, c.leads)
	r.Renewals = in.renewals(r.Expiring)
	if len(in.reuse) > 0 {
		prices := func(a contracts.Asset) (contracts.RightsPrices, bool) { return in.prices.of(a.Agreement) }
		r.Reuse, err = in.rights.Repurpose(in.results, in.reuse, contracts.RepurposeOptions{At: c.at, Prices: prices})
	}
	r.ReuseBasis = map[contracts.AssetID]basis{}
	for _, l := range r.Reuse {
		for _, ranked := range l.Ranked {
			if table, ok := in.prices.of(in.assets[ranked.Asset].Agreement); ok && ranked.Draft != nil {
				r.ReuseBasis[ranked.Asset] = basis{table.Order, table.BasePaid}
			}
		}
	}
	return r, err
}

// current is each agreement in the version in force: the latest that is signed, and the
// latest draft where none is.
func (in inventory) current(at time.Time) []agreement {
	best := map[contracts.AgreementID]agreement{}
	rank := func(a agreement) (bool, int) {
		t := a.terms
		return !t.SignedAt.IsZero() && !t.SignedAt.After(at), t.Version
	}
	for _, a := range in.agreements {
		id := a.terms.ID
		if old, met := best[id]; met {
			oldSigned, oldVersion := rank(old)
			signed, version := rank(a)
			if (oldSigned && !signed) || (oldSigned == signed && oldVersion > version) {
				continue
			}
		}
		best[id] = a
	}
	return slices.SortedFunc(maps.Values(best), func(a, b agreement) int { return cmp.Compare(a.terms.ID, b.terms.ID) })
}

// expiring is the feed of ends, each with the placements that run into it.
func (in inventory) expiring(a contracts.AuditReport, leads []int) []ending {
	type stop struct {
		asset   contracts.AssetID
		channel contracts.Channel
		at      int64
	}
	stopped := map[stop][]string{}
	for _, b := range a.ToCome {
		key := stop{b.Placement.Asset.ID, b.Placement.Use.Channel, b.From.UnixNano()}
		stopped[key] = append(stopped[key], b.Placement.ID)
	}
	assets := make([]contracts.Asset, len(in.results))
	for i, r := range in.results {
		assets[i] = r.Asset
	}
	var list []ending
	for _, e := range in.rights.Expiring(assets, a.At, leads...) {
		end := ending{Expiry: e}
		for _, channel := range e.Channels {
			end.Stops = append(end.Stops, stopped[stop{e.Asset, channel, e.Until.UnixNano()}]...)
		}
		list = append(list, end)
	}
	return list
}

// conflicts are those between any two agreements.
func (in inventory) conflicts(current []agreement) []contracts.Conflict {
	posts := map[contracts.AgreementID][]time.Time{}
	for _, r := range in.results {
		posts[r.Asset.Agreement] = append(posts[r.Asset.Agreement], r.Asset.PostedAt)
	}
	engagements := make([]contracts.Engagement, len(current))
	for i, a := range current {
		engagements[i] = contracts.EngagementOf(a.Agreement, posts[a.terms.ID])
	}
	return contracts.ConflictsAmong(engagements, nil)
}

func (r report) writeJSON(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
