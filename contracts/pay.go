package contracts

import (
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Pay says what a creator earns. All parts add up: a hybrid is fees and percentages
// together. Every amount of money in it is in one currency, see Currency.
//
// Percentages and PerConversions, with their tiers, are the commission. Cap, Guarantee and
// Draw are about the commission of a Period.
type Pay struct {
	// Currency is what the creator is paid in. Empty: commission is in the currency of
	// each order. What counts money over orders (tiers, a cap, a guarantee, a draw, a
	// target in money) needs it set.
	Currency       byline.Currency `json:"currency,omitempty"`
	Fees           []Fee           `json:"fees,omitempty"`
	Percentages    []Percentage    `json:"percentages,omitempty"`
	PerConversions []PerConversion `json:"per_conversions,omitempty"`
	Metered        []Metered       `json:"metered,omitempty"`
	Bonuses        []Bonus         `json:"bonuses,omitempty"`
	Gifts          []Gift          `json:"gifts,omitempty"`
	Period         Period          `json:"period,omitempty"` // of tiers, cap, guarantee and bonuses
	Cap            *Cap            `json:"cap,omitempty"`
	Guarantee      byline.Money    `json:"guarantee,omitzero"` // the least that a period's commission comes to, topped up at its end
	Draw           byline.Money    `json:"draw,omitzero"`      // paid ahead at the start of each period, and kept back from commission as it is released
	Hold           Hold            `json:"hold,omitzero"`
}

// Fee is a flat amount that a milestone makes due.
type Fee struct {
	ID     string       `json:"id"`
	Amount byline.Money `json:"amount"`
	Due    Milestone    `json:"due,omitempty"`        // the start of the terms when empty
	Of     string       `json:"of,omitempty"`         // which deliverable; empty: the first event of the kind, whatever it is of
	After  int          `json:"after_days,omitempty"` // days in the agreement's zone
}

// Milestone is an event in the course of an agreement.
type Milestone string

// Milestones. The start and the end come with the terms, the signing with SignedAt; the
// others are told by the caller, as Event.
const (
	AtStart    Milestone = ""
	AtSigning  Milestone = "signing"
	AtDelivery Milestone = "delivery" // a draft was handed in
	AtApproval Milestone = "approval"
	AtPosting  Milestone = "posting"
	AtReceipt  Milestone = "receipt" // the creator received the product
	AtEnd      Milestone = "end"     // of the terms
)

// Percentage is a commission on what is sold. Each line of an order earns under the
// first percentage whose Scope has it, and under no other.
type Percentage struct {
	ID    string   `json:"id"`
	Rate  Rate     `json:"rate,omitempty"` // 0 to 100 %; without tiers
	Base  Base     `json:"base,omitempty"` // net sales when empty
	Tiers []Tier   `json:"tiers,omitempty"`
	Mode  TierMode `json:"tier_mode,omitempty"` // said wherever there are tiers
	Scope Scope    `json:"scope,omitzero"`
}

// Tier is a rate from an amount of the base on, within the period.
type Tier struct {
	From byline.Money `json:"from"` // the first tier's is zero, each later one's is higher
	Rate Rate         `json:"rate"`
}

// TierMode says what a higher tier's rate is taken of. There is no default: the two
// differ by real money.
type TierMode string

// Tier modes. On sales of 1,500 with 10 % up to 1,000 and 15 % above, Marginal is 175
// and WholeAmount 225.
const (
	Marginal    TierMode = "marginal"     // each part at its own tier's rate
	WholeAmount TierMode = "whole_amount" // everything at the rate of the tier that is reached
)

// PerConversion is a fixed amount for each order, item or lead, of the first one whose
// Scope has it. Of an order that is shared by several creators it is their share of the
// amount; of an order that came back in part, the part that was kept.
type PerConversion struct {
	ID     string       `json:"id"`
	Amount byline.Money `json:"amount"`
	Per    Unit         `json:"per,omitempty"` // order when empty
	Scope  Scope        `json:"scope,omitzero"`
}

// Unit is what a fixed commission is paid for.
type Unit string

// Units.
const (
	PerOrder Unit = ""
	PerItem  Unit = "item"
)

// Scope is what a rule is for. Each field that is set narrows it; goods are in the scope
// that are in Products, SKUs or Collections, and not in Except. The zero Scope is
// everything.
type Scope struct {
	Products    []string                 `json:"products,omitempty"`    // attribution.Line.Product
	SKUs        []string                 `json:"skus,omitempty"`        //
	Collections []string                 `json:"collections,omitempty"` // any of them
	Except      []string                 `json:"except,omitempty"`      // products, SKUs or collections that are left out
	Customer    CustomerScope            `json:"customer,omitempty"`    // everybody when empty
	Conversions []attribution.Conversion `json:"conversions,omitempty"` // all when empty; "" among them is a purchase
}

// CustomerScope tells new customers from returning ones, as the decision does. A
// customer of whom that is not known is in neither.
type CustomerScope string

// Customer scopes.
const (
	Everybody          CustomerScope = ""
	NewCustomers       CustomerScope = "new"
	ReturningCustomers CustomerScope = "returning"
)

// Metered is pay by a measured quantity: 5.00 for each 1,000 views.
type Metered struct {
	ID     string       `json:"id"`
	Metric Metric       `json:"metric"`
	Amount byline.Money `json:"amount"`            // for each Per, in proportion
	Per    int64        `json:"per"`               // 1 and up
	From   int64        `json:"from,omitempty"`    // what lies below is not paid
	AtMost int64        `json:"at_most,omitempty"` // what lies above is not paid; 0: no limit
}

// Metric is what is counted.
type Metric string

// Metrics. The caller reports the first ones, see Reading; the last two are counted from
// the ledger.
const (
	Views       Metric = "views"
	Impressions Metric = "impressions"
	Clicks      Metric = "clicks"
	Leads       Metric = "leads"
	Posts       Metric = "posts"
	Orders      Metric = "orders"    // that earn the creator something, however many share in them
	SalesVolume Metric = "net_sales" // the bases of the percentages together, see Bonus.Sales
)

// Bonus is paid in each period in which a target is reached. It goes back when what
// came back takes the period below the target again.
type Bonus struct {
	ID     string       `json:"id"`
	Amount byline.Money `json:"amount"`
	Metric Metric       `json:"metric"`
	Target int64        `json:"target,omitempty"` // reached at this number
	Sales  byline.Money `json:"sales,omitzero"`   // instead of Target, for SalesVolume
}

// Gift is a product given at a declared value. It is worth money to the law and is
// never paid out.
type Gift struct {
	ID          string       `json:"id"`
	Description string       `json:"description"`
	Value       byline.Money `json:"value"`
	Due         Milestone    `json:"due,omitempty"`
	Of          string       `json:"of,omitempty"` // which one; empty: the first event of the kind
}

// Period is over what span a pay counts. Periods are cut by the terms' Effective, in
// the agreement's zone.
type Period string

// Periods.
const (
	WholeTerm Period = ""
	Monthly   Period = "month"
	Quarterly Period = "quarter"
	Yearly    Period = "year"
)

// Cap is the most that a period's commission comes to.
type Cap struct {
	Amount   byline.Money `json:"amount"`
	Headroom Headroom     `json:"headroom"`
}

// Headroom says what a refund does to a cap that was reached. There is no default.
type Headroom string

// What a refund does to a cap, G being the commission as if nothing had come back and N
// what it is now.
const (
	// HeadroomReturns makes room for later orders: min(N, cap).
	HeadroomReturns Headroom = "returns"
	// HeadroomSpent does not; a refund takes its part of what the cap let through:
	// min(G, cap) x N / G. An order that was cancelled or voided never used the cap.
	HeadroomSpent Headroom = "spent"
)

// Hold says how long commission waits until it can be paid out, item by item. The zero
// Hold holds nothing.
type Hold struct {
	From HoldFrom `json:"from,omitempty"`
	Days int      `json:"days,omitempty"` // after From, each 24 hours
	// AtMost are days after the order was placed, by which commission is released where
	// no delivery was heard of; 0: it waits until one is.
	AtMost int        `json:"at_most_days,omitempty"` // with HeldDelivery alone
	Items  []ItemHold `json:"items,omitempty"`        // other days for some goods; the first that matches counts
}

// ItemHold is the return window of some goods.
type ItemHold struct {
	Scope Scope `json:"scope"` // of its fields only those about goods count
	Days  int   `json:"days"`
}

// HoldFrom is what a hold is counted from.
type HoldFrom string

// What a hold is counted from.
const (
	NotHeld      HoldFrom = ""
	HeldPlaced   HoldFrom = "placed"    // the order's placing
	HeldDelivery HoldFrom = "delivered" // the item's delivery
)

// Event is a milestone that has happened.
type Event struct {
	Milestone Milestone `json:"milestone"`
	Of        string    `json:"of,omitempty"` // which deliverable or gift
	At        time.Time `json:"at"`
}

// Reading is a count that somebody took. Of one metric and post the latest counts.
type Reading struct {
	Metric Metric    `json:"metric"`
	Post   string    `json:"post,omitempty"` // counts of different posts are added up
	Count  int64     `json:"count"`
	At     time.Time `json:"at"`
}

// Cancellation is the end of an agreement before its work is done, by the brand.
type Cancellation struct {
	Stage Stage     `json:"stage"`
	At    time.Time `json:"at"`
}
