package contracts

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Expiry tells that a right is about to end.
type Expiry struct {
	// ID is the same each time the same lead of the same end is told, and another one when
	// the end moves: a scheduler sends what it has not sent yet. An amendment that leaves
	// the end where it was does not change it.
	ID        string           `json:"id"`
	Kind      ExpiryKind       `json:"kind"`
	Asset     AssetID          `json:"asset"`
	Creator   byline.CreatorID `json:"creator,omitempty"`
	Agreement AgreementID      `json:"agreement,omitempty"` // of a grant, with Version and Grant
	Version   int              `json:"version,omitempty"`
	Grant     GrantID          `json:"grant,omitempty"`
	Channels  []Channel        `json:"channels"`
	Markets   []byline.Market  `json:"markets,omitempty"` // of a platform's permission; empty: of one for everywhere
	Since     time.Time        `json:"since,omitzero"`    // of a grant: when its term began
	Until     time.Time        `json:"until"`             // the end, exclusive
	LeadDays  int              `json:"lead_days"`         // which lead was crossed
	DueAt     time.Time        `json:"due_at"`            // when it was
}

// ExpiryKind is what ends.
type ExpiryKind string

// Kinds of expiry.
const (
	GrantEnds      ExpiryKind = "grant"
	PermissionEnds ExpiryKind = "platform_permission"
)

// Expiring returns what of the assets' rights and platform permissions holds at an
// instant and ends within one of the leads: calendar days in the agreement's zone, in
// UTC for a platform's permission. A lead is crossed from that many days before the end,
// that instant with it, until the end. Of several leads that are crossed the shortest is
// told, so that a feed that was silent for a while does not say everything at once. Leads
// of 0 and less tell nothing.
//
// A platform's permissions for several markets that end at once are told together.
//
// The order is by end and then by id. A grant is told of even where another one follows
// it.
func (r *Rights) Expiring(assets []Asset, at time.Time, leadDays ...int) []Expiry {
	leads := slices.Compact(slices.Sorted(slices.Values(leadDays)))
	var due []Expiry
	for _, asset := range assets {
		for _, h := range r.near(asset) {
			w, ok := h.holds(asset)
			if !ok || !w.Contains(at) || !h.ofCreator(asset) {
				continue
			}
			ends := Expiry{
				Kind: GrantEnds, Asset: asset.ID, Creator: h.creator, Agreement: h.agreement, Version: h.version, Grant: h.grant.ID,
				Channels: slices.Clone(h.grant.Channels), Until: w.End,
			}
			if term, ok := h.term(asset); ok {
				ends.Since = term.Start
			}
			due = append(due, ends.crossed(at, leads, h.zone)...)
		}
		due = append(due, permissionsExpiring(asset, at, leads)...)
	}
	slices.SortFunc(due, func(a, b Expiry) int { return cmp.Or(a.Until.Compare(b.Until), cmp.Compare(a.ID, b.ID)) })
	return slices.CompactFunc(due, func(a, b Expiry) bool { return a.ID == b.ID })
}

// permissionsExpiring looks at each channel's stretch as a whole: a second code that
// follows the first without a gap leaves nothing to be told.
func permissionsExpiring(asset Asset, at time.Time, leads []int) []Expiry {
	var due []Expiry
	for _, channel := range []Channel{ChannelPartnershipAd, ChannelSparkAd} {
		for _, ends := range permissionEnds(asset, channel, at) {
			due = append(due, ends.crossed(at, leads, time.UTC)...)
		}
	}
	return due
}

// permissionEnds are the ends of what holds for a channel at an instant, each with the
// markets that it is of.
func permissionEnds(asset Asset, channel Channel, at time.Time) []Expiry {
	var ends []Expiry
	for _, market := range permissionMarkets(asset, channel) { // the permission for everywhere first
		w, ok := platformWindows(asset, Use{Channel: channel, Market: market}).at(at)
		if !ok {
			continue
		}
		i := slices.IndexFunc(ends, func(e Expiry) bool { return e.Until.Equal(w.End) })
		switch {
		case i < 0:
			e := Expiry{Kind: PermissionEnds, Asset: asset.ID, Creator: asset.Creator, Channels: []Channel{channel}, Until: w.End}
			if market != "" {
				e.Markets = []byline.Market{market}
			}
			ends = append(ends, e)
		case len(ends[i].Markets) > 0:
			ends[i].Markets = append(ends[i].Markets, market)
		}
	}
	return ends
}

// permissionMarkets are the markets that permissions for a channel name, and "" for one
// that names none.
func permissionMarkets(asset Asset, channel Channel) []byline.Market {
	var markets []byline.Market
	for _, p := range asset.Permissions {
		if p.Channel != channel {
			continue
		}
		if len(p.Markets) == 0 {
			markets = append(markets, "")
		}
		markets = append(markets, p.Markets...)
	}
	return setOf(markets)
}

// crossed is the expiry with the shortest of the leads, in rising order, that is crossed
// at an instant; none where there is none.
func (e Expiry) crossed(at time.Time, leads []int, zone *time.Location) []Expiry {
	if e.Until.IsZero() {
		return nil
	}
	for _, days := range leads {
		dueAt := afterCalendar(e.Until, 0, -days, zone)
		if !at.Before(dueAt) {
			e.LeadDays, e.DueAt = days, dueAt
			e.ID = e.id()
			return []Expiry{e}
		}
	}
	return nil
}

func (e Expiry) id() string {
	parts := []string{string(e.Kind), string(e.Agreement), string(e.Grant), string(e.Asset)}
	if e.Kind == PermissionEnds {
		parts = []string{string(e.Kind), string(e.Channels[0]), string(e.Asset)}
		if len(e.Markets) > 0 {
			parts = append(parts, strings.Join(reachMarkets(e.Markets), "+"))
		}
	}
	for i, part := range parts {
		parts[i] = url.PathEscape(part) // an id of the caller's may hold a slash
	}
	return fmt.Sprintf("%s/%s/%d", strings.Join(parts, "/"), e.Until.UTC().Format(time.RFC3339Nano), e.LeadDays)
}
