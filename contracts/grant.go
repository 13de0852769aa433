package contracts

import (
	"time"

	"github.com/bylinehq/byline"
)

// AssetID names one piece of content in the caller's own system.
type AssetID string

// GrantID names a grant within its agreement.
type GrantID string

// Grant is one usage right: who may use which content where, until when and how. What a
// grant does not mention is not granted.
type Grant struct {
	ID          GrantID      `json:"id" validate:"required"`
	Assets      []AssetID    `json:"assets,omitempty"` // empty: all content made under the agreement
	Channels    []Channel    `json:"channels" validate:"required,min=1"`
	Territory   Territory    `json:"territory"`
	Term        Term         `json:"term"`
	Exclusive   bool         `json:"exclusive,omitempty"` // nobody else may use the content so, the creator's own page apart
	Edits       []Edit       `json:"edits,omitempty"`     // empty: as it is
	Likeness    []Likeness   `json:"likeness,omitempty"`  // beyond LikenessAsPosted
	AI          []AIUse      `json:"ai,omitempty"`        // empty: none
	RawFootage  bool         `json:"raw_footage,omitempty"`
	Sublicence  []Licensee   `json:"sublicence,omitempty"`                      // empty: the brand alone
	Credit      bool         `json:"credit,omitempty"`                          // the creator must be named
	Spend       byline.Money `json:"spend_cap,omitzero"`                        // of paid media, in all, more than nothing; the zero Money: none
	Impressions int64        `json:"impression_cap,omitempty" validate:"min=0"` // in all; 0: none
	// FeeFirst makes the right depend on payment: it holds from the instant of the payment
	// on, that instant with it. See Asset.PaidAt and Asset.Fees.
	FeeFirst bool         `json:"fee_first,omitempty"`
	Fee      byline.Money `json:"fee,omitzero"` // what the right costs; the zero Money: it is part of the pay
	// Acknowledged says that both parties know the term has no end.
	Acknowledged bool `json:"acknowledged,omitempty"`
}

// Channel is where and how content is used.
type Channel string

// Channels.
const (
	ChannelOrganic       Channel = "organic_repost"         // on the brand's own social accounts
	ChannelPaidSocial    Channel = "paid_social_own_handle" // as an ad from the brand's account
	ChannelPartnershipAd Channel = "partnership_ad"         // as an ad from the creator's account on Instagram or Facebook, also called whitelisting
	ChannelSparkAd       Channel = "spark_ad"               // as an ad from the creator's account on TikTok
	ChannelWebsite       Channel = "website"
	ChannelEmail         Channel = "email"
	ChannelOutOfHome     Channel = "ooh"
	ChannelInStore       Channel = "in_store"
	ChannelRetailMedia   Channel = "retail_media"
	ChannelTV            Channel = "tv" // linear and connected
	ChannelPrint         Channel = "print"
	ChannelInternal      Channel = "internal"
)

// Edit is a change to content.
type Edit string

// Edits, each allowing itself alone: a grant of EditNew allows no crop by itself.
const (
	EditCrop    Edit = "crop"    // and subtitles
	EditCutdown Edit = "cutdown" // a shorter version
	EditNew     Edit = "new_edit"
)

// Likeness is how the creator's person appears.
type Likeness string

// Ways to use a likeness. The first is in every grant.
const (
	LikenessAsPosted Likeness = ""
	LikenessImage    Likeness = "standalone_image"
	LikenessVoice    Likeness = "voice"
)

// AIUse is what a machine does with content or a likeness.
type AIUse string

// Uses by machines.
const (
	AITraining AIUse = "training"
	AIReplica  AIUse = "synthetic_replica"
)

// Licensee is who uses content.
type Licensee string

// Who may use. The brand itself is in every grant.
const (
	TheBrand     Licensee = ""
	ByAgency     Licensee = "agency"
	ByAffiliates Licensee = "affiliates"
	ByRetailers  Licensee = "retailers"
)

// Territory is where a right holds or a promise binds: the markets, and those of the
// named regions, without the excepted ones. The zero Territory is nowhere.
type Territory struct {
	Worldwide bool            `json:"worldwide,omitempty"`
	Regions   []Region        `json:"regions,omitempty"`
	Markets   []byline.Market `json:"markets,omitempty" validate:"dive,market"`
	// Subdivisions are parts of a country by ISO 3166-2, "US-CA", where the country as a
	// whole is not granted.
	Subdivisions []string        `json:"subdivisions,omitempty"`
	Except       []byline.Market `json:"except,omitempty" validate:"dive,market"`
}

// Region is a set of markets by name.
type Region string

// Regions, with their members as of 2026-11-22; see Region.Markets.
const (
	EU   Region = "EU"   // 27 member states
	EEA  Region = "EEA"  // EU, IS, LI and NO
	DACH Region = "DACH" // DE, AT, CH
	UKIE Region = "UKIE" // GB, IE
	NA   Region = "NA"   // US, CA
	ANZ  Region = "ANZ"  // AU, NZ
	GCC  Region = "GCC"  // AE, BH, KW, OM, QA, SA
)

// Term is when a right holds. It starts with its trigger and ends with End, or after
// Months and Days from its start in the agreement's zone, whichever is earlier. A term
// with neither is refused unless Perpetual.
type Term struct {
	From      Trigger   `json:"from" validate:"required,oneof=date signing delivery posting first_posting"`
	Start     time.Time `json:"start,omitzero"` // with FromDate
	End       time.Time `json:"end,omitzero"`   // exclusive
	Months    int       `json:"months,omitempty" validate:"min=0,max=1200"`
	Days      int       `json:"days,omitempty" validate:"min=0,max=36500"`
	Perpetual bool      `json:"perpetual,omitempty"`
}

// Trigger is what starts a term.
type Trigger string

// Triggers. A term whose trigger has not happened has not started.
const (
	FromDate         Trigger = "date"
	FromSigning      Trigger = "signing"       // of the agreement, by the last party; an amendment that keeps the grant, its id and its term, starts it not anew
	FromHandover     Trigger = "delivery"      // of the asset to the brand
	FromPosting      Trigger = "posting"       // of the asset
	FromFirstPosting Trigger = "first_posting" // of any asset under the agreement
)

// Asset is a piece of content as rights need to know it.
type Asset struct {
	ID           AssetID          `json:"id"`
	Agreement    AgreementID      `json:"agreement"`         // that it was made under
	Creator      byline.CreatorID `json:"creator,omitempty"` // empty: the one of Agreement, where Rights knows it
	DeliveredAt  time.Time        `json:"delivered_at,omitzero"`
	PostedAt     time.Time        `json:"posted_at,omitzero"`
	FirstPosting time.Time        `json:"first_posting,omitzero"` // of any asset under the agreement
	PaidAt       time.Time        `json:"paid_at,omitzero"`       // when what FeeFirst waits for was paid
	// Fees say it grant by grant, where grants have fees of their own. With any of them set
	// PaidAt does not count, and a grant that is not among them is not paid.
	Fees []FeePaid `json:"fees,omitempty"`
	// Permissions are what the platforms themselves allow, beside the contract.
	Permissions []PlatformPermission `json:"permissions,omitempty"`
}

// FeePaid says that the fee of a grant was paid for an asset.
type FeePaid struct {
	Agreement AgreementID `json:"agreement"`
	Grant     GrantID     `json:"grant"`
	At        time.Time   `json:"at"` // zero: not known, which is not paid
}

// Use is what somebody wants to do with an asset.
type Use struct {
	Channel  Channel       `json:"channel"`
	Market   byline.Market `json:"market"`
	Region   string        `json:"region,omitempty"` // ISO 3166-2, where it is in a part of the market only
	At       time.Time     `json:"at"`
	Until    time.Time     `json:"until,omitzero"` // of a flight, exclusive; zero: the instant At alone
	Edit     Edit          `json:"edit,omitempty"` // empty: as it is
	Likeness Likeness      `json:"likeness,omitempty"`
	AI       AIUse         `json:"ai,omitempty"`
	Raw      bool          `json:"raw,omitempty"` // unpublished footage
	By       Licensee      `json:"by,omitempty"`
	// Brand is for whom it is, by the name that agreements have for their party of RoleBrand,
	// compared as exclusivity compares names. With it the grants of another brand do not
	// count; those of an agreement that names none do. Empty: any brand. Where one Rights
	// holds agreements of several brands, say the brand.
	Brand    string `json:"brand,omitempty"`
	Credited bool   `json:"credited,omitempty"` // the creator is named
	// Spend and Impressions are in all, this use with what was before.
	Spend       byline.Money `json:"spend"` // the zero Money: not known; nothing spent is 0 of a currency
	Impressions int64        `json:"impressions,omitempty"`
}

// PlatformPermission is what a platform lets an advertiser do with a creator's post: a
// TikTok Spark code, a partnership ad on Meta.
type PlatformPermission struct {
	Channel Channel          `json:"channel"` // ChannelSparkAd or ChannelPartnershipAd
	Status  PermissionStatus `json:"status"`
	// Holds is as the platform says. A Spark code always runs out: with an end that is not
	// known it lets no ad run. Of one that is revoked it is when: from its start on no
	// permission for the channel and these markets counts, before an end that is set.
	Holds   byline.Window   `json:"holds"`
	Markets []byline.Market `json:"markets,omitempty"` // empty: everywhere
}

// PermissionStatus is where a platform's permission stands.
type PermissionStatus string

// Statuses of a platform's permission. Only PermissionActive lets an ad run.
const (
	PermissionPending PermissionStatus = "pending"
	PermissionActive  PermissionStatus = "active"
	PermissionRevoked PermissionStatus = "revoked"
	PermissionExpired PermissionStatus = "expired"
)
