package contracts

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Permission is the answer to whether an asset may be used, with everything it rests on.
type Permission struct {
	// Allowed says that the use may run, all of it: the contract grants it and, for an ad
	// from the creator's account, the platform permits it.
	Allowed bool `json:"allowed"`
	// ByContract is the contract's part of it. Allowed is false and ByContract true where
	// only the platform's permission is missing.
	ByContract bool    `json:"by_contract"`
	Asset      AssetID `json:"asset"`
	Use        Use     `json:"use"`
	// Agreement, Version and Grant say which grant carries the use at Use.At, of several
	// the one that lasts longest; all are zero where none does.
	Agreement AgreementID `json:"agreement,omitempty"`
	Version   int         `json:"version,omitempty"`
	Grant     GrantID     `json:"grant,omitempty"`
	// Exclusive is of that grant: it is promised to nobody else. Whether somebody has the
	// right all the same is not looked at.
	Exclusive bool `json:"exclusive,omitempty"`
	Credit    bool `json:"credit,omitempty"` // of that grant: the creator must be named
	// From and Until are the stretch around Use.At in which the use may run by contract and
	// platform. Until is exclusive; with From set, a zero Until means no end. Both are zero
	// where it may not run at Use.At. They are set too when a flight is denied for its end
	// alone: then Until is when it has to stop.
	From  time.Time `json:"from,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// Reasons say what keeps each grant of the asset from allowing the use, the nearest
	// grant first; empty when ByContract.
	Reasons []Denial `json:"reasons,omitempty"`
	// Remedies are what would have to change: for the nearest grant to allow the use, and
	// for the platform to. A change of a grant names the grant.
	Remedies []string         `json:"remedies,omitempty"`
	Findings []byline.Finding `json:"findings,omitempty"`
}

// Denial is one thing that keeps one grant from allowing a use. The code is one of:
//
//   - "rights.no_grant": the asset's agreement is not known or grants nothing, and no other
//     grant names the asset
//   - "rights.asset": what the asset's agreement grants is for other assets, or the asset
//     is another creator's
//   - "rights.brand": the right is another brand's
//   - "rights.channel", "rights.territory", "rights.licensee": where, and by whom
//   - "rights.edit", "rights.likeness", "rights.ai", "rights.raw", "rights.credit": how
//   - "rights.spend_cap", "rights.impression_cap": how much; also a spend in another
//     currency than the cap's, and a number below 0, which no use has
//   - "rights.unsigned": the version is not signed at that time
//   - "rights.replaced": a later version speaks at that time
//   - "rights.unpaid": the right waits for its fee
//   - "rights.not_started": the term starts later, or its trigger is not known to have
//     happened
//   - "rights.ended": the term is over; the end itself is outside
//   - "rights.flight": the use starts in time and goes on past the end
type Denial struct {
	Agreement AgreementID `json:"agreement,omitempty"`
	Version   int         `json:"version,omitempty"`
	Grant     GrantID     `json:"grant,omitempty"`
	Code      string      `json:"code"`
	Message   string      `json:"message"`
	Remedy    string      `json:"remedy"`
}

// of names the grant that a denial is of.
func (d Denial) of() Denial {
	return Denial{Agreement: d.Agreement, Version: d.Version, Grant: d.Grant}
}

// permit decides by the grants that fit a use, time apart.
func permit(asset Asset, use Use, fit []*heldGrant) Permission {
	p := Permission{Asset: asset.ID, Use: use}
	contract := windowsOf(fit, asset)
	p.ByContract = contract.cover(use)
	if h := carrier(fit, asset, use.At); h != nil {
		p.Agreement, p.Version, p.Grant = h.agreement, h.version, h.grant.ID
		p.Exclusive, p.Credit = h.grant.Exclusive, h.grant.Credit
		p.Findings = uncounted(fit, h, asset, use, use.flight())
	}
	runs := contract
	p.Allowed = p.ByContract
	if use.Channel.NeedsPermission() {
		platform := platformWindows(asset, use)
		runs = contract.intersect(platform)
		if !platform.cover(use) {
			p.Allowed = false
			gap := permissionGap(asset, use)
			p.Findings = append(p.Findings, gap)
			p.Remedies = []string{gap.Fix}
		}
	}
	if w, ok := runs.at(use.At); ok {
		p.From, p.Until = w.Start, w.End
	}
	return p
}

// deny says why no grant allows the use. known says that the asset's agreement grants
// something, if not for this asset.
func (p Permission) deny(asset Asset, use Use, near []*heldGrant, known bool) Permission {
	var each [][]Denial
	for _, h := range near {
		if misfits := h.misfits(asset, use); len(misfits) > 0 {
			each = append(each, misfits)
		}
	}
	if len(each) == 0 {
		each = append(each, []Denial{nothingGranted(known)})
	}
	slices.SortStableFunc(each, nearerDenials)
	p.Reasons = slices.Concat(each...)
	var remedies []string
	for _, d := range each[0] {
		remedies = append(remedies, d.Remedy)
	}
	p.Remedies = append(remedies, p.Remedies...)
	return p
}

func nothingGranted(known bool) Denial {
	if known {
		return Denial{Code: "rights.asset", Message: "what is granted is for other assets", Remedy: "agree on a right for this asset"}
	}
	return Denial{Code: "rights.no_grant", Message: "nothing is granted", Remedy: "agree on a right"}
}

// nearerDenials puts what lacks less first, on a tie what is for the channel at all; then
// the agreement, the later version, the grant and the codes decide, so that the order of
// grants has no part in it.
func nearerDenials(a, b []Denial) int {
	return cmp.Or(
		cmp.Compare(len(a), len(b)), compareBools(elsewhere(a), elsewhere(b)), cmp.Compare(a[0].Agreement, b[0].Agreement), cmp.Compare(b[0].Version, a[0].Version),
		cmp.Compare(a[0].Grant, b[0].Grant),
		slices.CompareFunc(a, b, func(x, y Denial) int { return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.Message, y.Message)) }),
	)
}

// elsewhere reports whether a grant is about something else altogether.
func elsewhere(misfits []Denial) bool {
	return slices.ContainsFunc(misfits, func(d Denial) bool {
		return d.Code == "rights.channel" || d.Code == "rights.asset" || d.Code == "rights.brand"
	})
}

// compareBools puts false before true.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// windowsOf are the stretches of time in which one grant or another holds, apart from
// each other and in order.
func windowsOf(fit []*heldGrant, asset Asset) spans {
	var windows []byline.Window
	for _, h := range fit {
		if w, ok := h.holds(asset); ok {
			windows = append(windows, w)
		}
	}
	return joinSpans(windows)
}

// flight is when a use runs: from At until Until, or the instant At alone.
func (u Use) flight() byline.Window {
	if !u.Until.After(u.At) {
		return spanOfInstant(u.At)
	}
	return byline.Window{Start: u.At, End: u.Until}
}

// cover reports whether a use lies in one of the windows as a whole.
func (s spans) cover(use Use) bool {
	w, ok := s.at(use.At)
	if !ok || use.Until.IsZero() {
		return ok
	}
	return use.Until.After(use.At) && (w.End.IsZero() || !use.Until.After(w.End))
}

// carrier is the grant that holds at an instant and lasts longest.
func carrier(fit []*heldGrant, asset Asset, at time.Time) *heldGrant {
	var best *heldGrant
	var last time.Time
	for _, h := range fit {
		w, ok := h.holds(asset)
		if !ok || !w.Contains(at) {
			continue
		}
		if best == nil || cmp.Or(compareWindowEnds(last, w.End), h.compare(best)) < 0 {
			best, last = h, w.End
		}
	}
	return best
}
