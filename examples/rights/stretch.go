package main

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// beginnings are the instants at which a right can set in, beside those of the asset.
type beginnings struct {
	ofAgreement map[contracts.AgreementID][]time.Time
	ofAsset     map[contracts.AssetID][]time.Time
}

// newBeginnings collects when versions were signed and terms start by date.
func newBeginnings(agreements []agreement) beginnings {
	b := beginnings{map[contracts.AgreementID][]time.Time{}, map[contracts.AssetID][]time.Time{}}
	for _, a := range agreements {
		t := a.terms
		b.ofAgreement[t.ID] = append(b.ofAgreement[t.ID], t.SignedAt)
		for _, g := range t.Grants {
			b.ofAgreement[t.ID] = append(b.ofAgreement[t.ID], g.Term.Start)
			for _, asset := range g.Assets {
				b.ofAsset[asset] = append(b.ofAsset[asset], t.SignedAt, g.Term.Start)
			}
		}
	}
	return b
}

// of are all instants at which a right to an asset can set in.
func (b beginnings) of(a contracts.Asset) []time.Time {
	all := slices.Concat(b.ofAgreement[a.Agreement], b.ofAsset[a.ID], []time.Time{a.DeliveredAt, a.PostedAt, a.FirstPosting, a.PaidAt})
	for _, f := range a.Fees {
		all = append(all, f.At)
	}
	all = slices.DeleteFunc(all, time.Time.IsZero)
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// asked are the questions to the library, each asked once.
type asked struct {
	rights     *contracts.Rights
	beginnings beginnings
	known      map[question]answer
}

// question is a use whenever it is.
type question struct {
	asset contracts.AssetID
	use   contracts.Use
}

// answer is when a use is granted, and what could not be checked.
type answer struct {
	windows  []byline.Window
	findings []byline.Finding
}

func newAsked(in inventory) asked {
	return asked{in.rights, newBeginnings(in.agreements), map[question]answer{}}
}

// granted are the stretches in which the contracts alone allow a use. The library tells
// the stretch around an instant, so it is asked about each at which one can begin; the
// platform is taken to permit everything.
func (q asked) granted(asset contracts.Asset, use contracts.Use) answer {
	use.At, use.Until = time.Time{}, time.Time{}
	key := question{asset.ID, use}
	if found, known := q.known[key]; known {
		return found
	}
	asset.Permissions = []contracts.PlatformPermission{{Channel: use.Channel, Status: contracts.PermissionActive}}
	var found answer
	for _, use.At = range q.beginnings.of(asset) {
		if n := len(found.windows); n > 0 && found.windows[n-1].Contains(use.At) {
			continue
		}
		p := q.rights.MayUse(asset, use)
		if !p.Allowed {
			continue
		}
		found.windows = append(found.windows, byline.Window{Start: p.From, End: p.Until})
		for _, f := range p.Findings {
			if !slices.Contains(found.findings, f) {
				found.findings = append(found.findings, f)
			}
		}
	}
	q.known[key] = found
	return found
}

// permitted are the platform's active permissions for a use, as they were given.
func permitted(asset contracts.Asset, use contracts.Use) []byline.Window {
	var found []byline.Window
	for _, p := range asset.Permissions {
		if p.Channel == use.Channel && p.Status == contracts.PermissionActive && !p.Holds.Empty() &&
			(len(p.Markets) == 0 || slices.Contains(p.Markets, use.Market)) {
			found = append(found, p.Holds)
		}
	}
	slices.SortFunc(found, func(a, b byline.Window) int { return a.Start.Compare(b.Start) })
	return found
}
