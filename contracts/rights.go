package contracts

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Rights answers what may be done with content under many agreements. It is immutable
// and safe for concurrent use. The zero Rights and a nil one grant nothing.
//
// Of one agreement the latest version that is signed speaks: from its signing on it
// replaces what earlier versions granted. A version that is not signed, or not yet,
// grants nothing; see [Agreement.SignedAt].
type Rights struct {
	creators  map[AgreementID]byline.CreatorID
	granting  map[AgreementID]bool         // agreements with any grant
	general   map[AgreementID][]*heldGrant // of all content made under the agreement
	named     map[AssetID][]*heldGrant     // of this asset, under whichever agreement
	byChannel map[rightsKey][]*heldGrant   // the same again, for the way that most questions go
}

// rightsKey has either an agreement or an asset.
type rightsKey struct {
	agreement AgreementID
	asset     AssetID
	channel   Channel
}

// NewRights indexes the grants of all versions of all agreements, in time and space in
// proportion to the grants with their assets and channels. All faults are reported at
// once, as paths into the arguments: "required" for an agreement that is nil or the zero
// Agreement, "rights.version_twice", and "rights.parties" when one agreement id names two
// creators.
func NewRights(agreements ...*Agreement) (*Rights, error) {
	r := &Rights{
		creators: map[AgreementID]byline.CreatorID{}, granting: map[AgreementID]bool{}, general: map[AgreementID][]*heldGrant{},
		named: map[AssetID][]*heldGrant{}, byChannel: map[rightsKey][]*heldGrant{},
	}
	versions := map[AgreementID][]*Agreement{}
	var faults []*byline.FieldError
	for i, a := range agreements {
		if err := admitVersion(a, versions); err != nil {
			faults = append(faults, byline.Nest(entryPath("", i), err)...)
		}
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	for id, list := range versions {
		r.creators[id] = list[0].terms.Creator
		for _, h := range holdings(list) {
			h.creators = r.creators
			r.index(h)
		}
	}
	r.sort()
	return r, nil
}

// admitVersion puts a version to the others of its agreement.
func admitVersion(a *Agreement, versions map[AgreementID][]*Agreement) error {
	if a == nil || a.terms.ID == "" {
		return &byline.FieldError{Code: "required", Message: "an agreement comes from Draft or Amend"}
	}
	id := a.terms.ID
	for _, other := range versions[id] {
		if other.terms.Creator != a.terms.Creator {
			return &byline.FieldError{Path: "id", Code: "rights.parties", Message: "this id names another creator already"}
		}
		if other.terms.Version == a.terms.Version {
			return &byline.FieldError{Path: "version", Code: "rights.version_twice", Message: "this version of the agreement stands twice"}
		}
	}
	versions[id] = append(versions[id], a)
	return nil
}

func (r *Rights) index(h *heldGrant) {
	r.granting[h.agreement] = true
	keys := []rightsKey{{agreement: h.agreement}}
	if len(h.grant.Assets) == 0 {
		r.general[h.agreement] = append(r.general[h.agreement], h)
	} else {
		keys = keys[:0]
	}
	for _, asset := range h.grant.Assets {
		r.named[asset] = append(r.named[asset], h)
		keys = append(keys, rightsKey{asset: asset})
	}
	for _, key := range keys {
		for _, key.channel = range h.grant.Channels {
			r.byChannel[key] = append(r.byChannel[key], h)
		}
	}
}

// sort puts every list into an order that the order of the arguments has no part in.
func (r *Rights) sort() {
	for _, list := range r.general {
		slices.SortStableFunc(list, (*heldGrant).compare)
	}
	for asset, list := range r.named {
		slices.SortStableFunc(list, (*heldGrant).compare)
		r.named[asset] = slices.Compact(list) // a grant may name an asset twice
	}
	for _, list := range r.byChannel {
		slices.SortStableFunc(list, (*heldGrant).compare)
	}
}

// MayUse says whether an asset may be used so, then: the contract has to grant it and,
// for an ad from the creator's account, the platform has to permit it. What is not
// granted is denied.
//
// A flight is allowed when every instant in it is. Grants that follow each other without
// a gap carry it together, each for its own part. A grant that names assets holds for
// them under whichever agreement they were made, unless that asset is another creator's.
// The grants of several brands carry a flight together too, unless the use says its Brand.
//
// Time is in proportion to the grants of the asset for the channel; to all of the asset's
// and its agreement's when the answer is no, for the reasons.
func (r *Rights) MayUse(asset Asset, use Use) Permission {
	p := permit(asset, use, r.fitting(asset, use))
	if p.ByContract {
		return p
	}
	return p.deny(asset, use, r.near(asset), r != nil && r.granting[asset.Agreement])
}

// fitting are the grants of an asset that fit the use, whenever they hold.
func (r *Rights) fitting(asset Asset, use Use) []*heldGrant {
	if r == nil {
		return nil
	}
	var fit []*heldGrant
	for _, key := range []rightsKey{{agreement: asset.Agreement, channel: use.Channel}, {asset: asset.ID, channel: use.Channel}} {
		if key.agreement == "" && key.asset == "" {
			continue
		}
		for _, h := range r.byChannel[key] {
			if h.fits(asset, use) {
				fit = append(fit, h)
			}
		}
	}
	return fit
}

// near are all grants that are about an asset.
func (r *Rights) near(asset Asset) []*heldGrant {
	if r == nil {
		return nil
	}
	var list []*heldGrant
	if asset.Agreement != "" {
		list = append(list, r.general[asset.Agreement]...)
	}
	if asset.ID != "" {
		list = append(list, r.named[asset.ID]...)
	}
	return list
}

// MayUse is [Rights.MayUse] under this version of this agreement alone. A term from the
// signing is then counted from that of this version: the versions before are not known.
func (a *Agreement) MayUse(asset Asset, use Use) Permission {
	var near, fit []*heldGrant
	for _, h := range holdings([]*Agreement{a}) {
		if !h.about(asset) {
			continue
		}
		near = append(near, h)
		if h.fits(asset, use) {
			fit = append(fit, h)
		}
	}
	p := permit(asset, use, fit)
	if p.ByContract {
		return p
	}
	return p.deny(asset, use, near, len(a.terms.Grants) > 0 && asset.Agreement == a.terms.ID)
}

// heldGrant is a grant with the version of the agreement that stands behind it.
type heldGrant struct {
	grant     *Grant
	agreement AgreementID
	version   int
	creator   byline.CreatorID
	brand     string                           // the brand's name in its normal form; "" where it is not known
	creators  map[AgreementID]byline.CreatorID // of all agreements that are known
	signed    time.Time
	begun     time.Time     // when the first version was signed that has the same grant
	speaks    byline.Window // from the signing to that of a later version; of a signed one
	zone      *time.Location
}

// holdings are the grants in all versions of one agreement.
func holdings(versions []*Agreement) []*heldGrant {
	versions = slices.SortedFunc(slices.Values(versions), func(a, b *Agreement) int { return cmp.Compare(b.terms.Version, a.terms.Version) })
	var list []*heldGrant
	var end time.Time
	for _, a := range versions {
		signed, zone, brand := a.SignedAt(), a.Location(), nameKey(a.brandName())
		for i := range a.terms.Grants {
			list = append(list, &heldGrant{
				grant: &a.terms.Grants[i], agreement: a.terms.ID, version: a.terms.Version, creator: a.terms.Creator, brand: brand,
				signed: signed, begun: signed, speaks: byline.Window{Start: signed, End: end}, zone: zone,
			})
		}
		if !signed.IsZero() && (end.IsZero() || signed.Before(end)) {
			end = signed
		}
	}
	begin(list)
	return list
}

// begin finds out when each grant was first signed. list has the latest version first.
func begin(list []*heldGrant) {
	first := map[GrantID][]*heldGrant{}
	for _, h := range slices.Backward(list) {
		if h.signed.IsZero() {
			continue
		}
		for _, o := range first[h.grant.ID] {
			if o.grant.Term.same(h.grant.Term) && o.begun.Before(h.begun) {
				h.begun = o.begun
			}
		}
		first[h.grant.ID] = append(first[h.grant.ID], h)
	}
}

// compare orders by agreement, the latest version first, then by grant.
func (h *heldGrant) compare(o *heldGrant) int {
	return cmp.Or(cmp.Compare(h.agreement, o.agreement), cmp.Compare(o.version, h.version), cmp.Compare(h.grant.ID, o.grant.ID))
}

// about reports whether the grant is one of this asset.
func (h *heldGrant) about(asset Asset) bool {
	if len(h.grant.Assets) == 0 {
		return asset.Agreement == h.agreement
	}
	return asset.ID != "" && slices.Contains(h.grant.Assets, asset.ID)
}

// term is when the grant's term holds for an asset.
func (h *heldGrant) term(asset Asset) (byline.Window, bool) {
	return h.grant.Term.Holds(h.grant.Term.starts(h.begun, asset, asset.Agreement == h.agreement), h.zone)
}

// holds is when the grant holds for an asset: in its term, while its version speaks and
// once it is paid for.
func (h *heldGrant) holds(asset Asset) (byline.Window, bool) {
	w, ok := h.term(asset)
	paid := h.paid(asset)
	if !ok || h.signed.IsZero() || (h.grant.FeeFirst && paid.IsZero()) {
		return byline.Window{}, false
	}
	if w = w.Intersect(h.speaks); h.grant.FeeFirst {
		w = w.Intersect(byline.Window{Start: paid})
	}
	return w, !w.Empty()
}

// paid is when the grant's fee was paid for an asset, the first time of several; zero
// when it was not.
func (h *heldGrant) paid(asset Asset) time.Time {
	if len(asset.Fees) == 0 {
		return asset.PaidAt
	}
	var first time.Time
	for _, f := range asset.Fees {
		if f.At.IsZero() || f.Agreement != h.agreement || f.Grant != h.grant.ID {
			continue
		}
		if first.IsZero() || f.At.Before(first) {
			first = f.At
		}
	}
	return first
}
