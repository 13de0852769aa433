package main

import (
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// standingPill puts an order's standing in words.
func standingPill(s attribution.Standing) pill {
	switch s {
	case attribution.StandingEarning:
		return pill{"Earning", "yes", "good"}
	case attribution.StandingUnpaid:
		return pill{"Not paid yet", "wait", "warn"}
	case attribution.StandingNoDocument:
		return pill{"Order not arrived", "wait", "warn"}
	case attribution.StandingTest:
		return pill{"Test order", "dash", ""}
	case attribution.StandingCancelled:
		return pill{"Cancelled", "back", "bad"}
	case attribution.StandingVoided:
		return pill{"Payment voided", "back", "bad"}
	case attribution.StandingRefunded:
		return pill{"Refunded", "back", "bad"}
	case attribution.StandingInvalid:
		return pill{"Contradictory", "warn", "bad"}
	case attribution.StandingDeleted:
		return pill{"Deleted by the shop", "back", "bad"}
	case attribution.StandingExcluded:
		return pill{"Left out by the policy", "dash", ""}
	}
	return pill{string(s), "dash", ""}
}

// decisionPill is the standing, but for an order that nobody is credited with, which
// earns nothing for anybody, and one of which an amount is disputed or on hold.
func decisionPill(d attribution.Decision) pill {
	switch {
	case d.Standing != attribution.StandingEarning:
	case len(d.Credits) == 0:
		return pill{"Not credited", "dash", ""}
	case d.Disputed.Sign() > 0:
		return pill{"Disputed", "warn", "warn"}
	case len(heldOf(d)) > 0:
		return pill{"On hold", "wait", "warn"}
	}
	return standingPill(d.Standing)
}

func statusPill(s attribution.Status) pill {
	switch s {
	case attribution.StatusPending:
		return pill{"Waiting", "wait", "info"}
	case attribution.StatusProcessed:
		return pill{"Processed", "yes", "good"}
	case attribution.StatusDuplicate:
		return pill{"No news", "same", ""}
	case attribution.StatusFailed:
		return pill{"Failed", "no", "bad"}
	case attribution.StatusQuarantined:
		return pill{"Quarantined", "warn", "warn"}
	}
	return pill{string(s), "dash", ""}
}

func refundPill(s attribution.RefundState) pill {
	switch s {
	case attribution.Settled:
		return pill{"Settled", "yes", "good"}
	case attribution.RefundPending:
		return pill{"Pending", "wait", "warn"}
	case attribution.RefundFailed:
		return pill{"Failed", "no", "bad"}
	}
	return pill{"Unknown", "dash", ""}
}

func disputePill(s attribution.DisputeState) pill {
	switch s {
	case attribution.DisputeInquiry:
		return pill{"Inquiry", "dash", "info"}
	case attribution.DisputeOpen:
		return pill{"Open", "wait", "warn"}
	case attribution.DisputeWon:
		return pill{"Won by the shop", "yes", "good"}
	case attribution.DisputeLost:
		return pill{"Lost by the shop", "no", "bad"}
	}
	return pill{"Unknown", "dash", ""}
}

func severityPill(s byline.Severity) pill {
	switch s {
	case byline.Blocker:
		return pill{"Blocker", "no", "bad"}
	case byline.Warning:
		return pill{"Warning", "warn", "warn"}
	}
	return pill{"Note", "dash", "info"}
}

func evidenceMeaning(r attribution.Reason) string {
	for _, row := range attribution.Reasons() {
		if row.Reason == r {
			return sentence(row.Meaning)
		}
	}
	return string(r)
}

func entryMeaning(r contracts.Reason) string {
	for _, row := range contracts.Reasons() {
		if row.Reason == r {
			return sentence(row.Meaning)
		}
	}
	return string(r)
}

// sentence begins with a capital letter.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func platformWord(p byline.Platform) string {
	switch p {
	case byline.LinkedIn:
		return "LinkedIn"
	case byline.TikTok:
		return "TikTok"
	case byline.YouTube:
		return "YouTube"
	}
	return sentence(string(p))
}

func missingWord(why byline.MissingReason) string {
	switch why {
	case byline.Hidden:
		return "followers hidden by the account"
	case byline.NotPermitted:
		return "followers not shared with us"
	case byline.NotSupported:
		return "the platform counts no followers"
	case byline.BelowThreshold:
		return "too few followers for the platform to say"
	}
	return "followers not collected"
}
