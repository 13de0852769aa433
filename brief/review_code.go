package brief

import "github.com/bylinehq/byline"

// ReviewCode is one row of the table of codes.
type ReviewCode struct {
	Code    string          `json:"code"`
	Check   string          `json:"check,omitempty"` // "B01" to "B15"; empty: further checks
	Level   byline.Severity `json:"level"`           // the most it is; a recalled source makes a blocker a warning
	Meaning string          `json:"meaning"`
	Fix     string          `json:"fix"`
	rank    int
}

// ReviewCodes lists every code of [Review] with what it means and what mends it, in the
// order of the checks. A code may retire and is never reused:
//
//   - B01: "brief.deliverable_incomplete", "brief.deliverable_size",
//     "brief.deliverable_vague".
//   - B02: "brief.disclosure_missing", "brief.disclosure_wrong",
//     "brief.disclosure_doubtful", "brief.notice_missing", "brief.toggle_missing",
//     "brief.ties_missing", "brief.market_unruled".
//   - B03: "brief.claim_unproved", "brief.claim_unsupported", "brief.claim_forbidden",
//     "brief.claims_missing", "brief.forbidden_missing".
//   - B04: "brief.experience_missing".
//   - B05: "brief.code_expires", "brief.link_expires", "brief.code_unlisted",
//     "brief.link_unlisted", "brief.window_missing".
//   - B06: "brief.review_too_long", "brief.review_missing", "brief.drafts_undated".
//   - B07: "brief.silence_open".
//   - B08: "brief.calendar_missing", "brief.day_off", "brief.window_night".
//   - B09: "brief.embargo", "brief.product_late".
//   - B10: "brief.live_missing".
//   - B11: "brief.music_open".
//   - B12: "brief.exclusions_open".
//   - B13: "brief.minors_wording", "brief.minors_category", "brief.minors_unknown".
//   - B14: "brief.monitoring_missing".
//   - B15: "brief.evidence_missing".
//   - Of the dates: "brief.dates_contradict", "brief.date_passed", "brief.lead_short",
//     "brief.making_short".
//   - Of products with rules of their own: "brief.category_banned",
//     "brief.category_conditions", "brief.category_credentials",
//     "brief.category_unchecked", "brief.permit_missing".
//   - Of the objective: "brief.objective_missing", "brief.conversion_untracked",
//     "brief.awareness_commission".
//   - Of what a creator looks for: "brief.message_missing", "brief.action_missing",
//     "brief.audience_missing", "brief.guardrails_missing", "brief.example_missing",
//     "brief.contact_missing".
//   - Of the room for a creator's voice: "brief.script_verbatim", "brief.script_passage",
//     "brief.script_orders", "brief.script_crowded", "brief.script_unknown".
//   - Of the length: "brief.long", "brief.thin".
//   - Of the contract: "brief.agreed_missing", "brief.agreed_extra",
//     "brief.agreed_window", "brief.agreed_usage", "brief.exclusivity_broken",
//     "brief.competitor_named", "brief.others_allowed".
func ReviewCodes() []ReviewCode {
	const (
		block = byline.Blocker
		warn  = byline.Warning
		info  = byline.Info
	)
	rows := []ReviewCode{
		{Code: "brief.deliverable_incomplete", Check: "B01", Level: block, Meaning: "a deliverable does not say what, where, how many or when", Fix: "Name the platform, the format, how many and the posting window."},
		{Code: "brief.deliverable_size", Check: "B01", Level: block, Meaning: "a deliverable does not say how long, or how many frames, it is at least", Fix: "Say the least length, or the least number of frames."},
		{Code: "brief.deliverable_vague", Check: "B01", Level: warn, Meaning: "a deliverable is put in words that two people read in two ways", Fix: "Say a number, a length or a day instead."},
		{Code: "brief.disclosure_missing", Check: "B02", Level: block, Meaning: "no label is given for a market", Fix: "Ask a lawyer of the market which label to use, and write it down."},
		{Code: "brief.disclosure_wrong", Check: "B02", Level: block, Meaning: "a label fails under a market's rule", Fix: "Use a label that the market accepts."},
		{Code: "brief.disclosure_doubtful", Check: "B02", Level: warn, Meaning: "it is open whether a label will do", Fix: "Use a label that the market accepts."},
		{Code: "brief.notice_missing", Check: "B02", Level: block, Meaning: "words that a rule asks for beside the label are not in the elements", Fix: "Add them as an element."},
		{Code: "brief.toggle_missing", Check: "B02", Level: block, Meaning: "the platform's own switch is not named", Fix: "Name the switch in the disclosure."},
		{Code: "brief.ties_missing", Check: "B02", Level: warn, Meaning: "what connects the creator with the brand is not stated", Fix: "State the ties: pay, a gift, a share of sales."},
		{Code: "brief.market_unruled", Check: "B02", Level: warn, Meaning: "no rule here knows a market", Fix: "Ask a lawyer of the market, and add its rules."},
		{Code: "brief.claim_unproved", Check: "B03", Level: block, Meaning: "a claim of health, money or the environment has no proof", Fix: "Name the proof, or forbid the claim."},
		{Code: "brief.claim_unsupported", Check: "B03", Level: warn, Meaning: "a claim that compares or tells a price has no proof", Fix: "Name the proof, or forbid the claim."},
		{Code: "brief.claim_forbidden", Check: "B03", Level: block, Meaning: "what is to be said is forbidden elsewhere in the brief", Fix: "Drop one of the two."},
		{Code: "brief.claims_missing", Check: "B03", Level: warn, Meaning: "there is no list of claims", Fix: "List what may be said of the product, each with its proof."},
		{Code: "brief.forbidden_missing", Check: "B03", Level: warn, Meaning: "nothing is forbidden", Fix: "List what must not be said."},
		{Code: "brief.experience_missing", Check: "B04", Level: block, Meaning: "the brief does not say that the creator tries the product and speaks honestly", Fix: "State that the creator uses the product first and says only what they think."},
		{Code: "brief.code_expires", Check: "B05", Level: warn, Meaning: "a code ends before the last post has had its time", Fix: "Extend the code, or post earlier."},
		{Code: "brief.link_expires", Check: "B05", Level: warn, Meaning: "a link ends before the last post has had its time", Fix: "Extend the link, or post earlier."},
		{Code: "brief.code_unlisted", Check: "B05", Level: warn, Meaning: "a deliverable names a code that the brief does not know", Fix: "List the code with its end."},
		{Code: "brief.link_unlisted", Check: "B05", Level: warn, Meaning: "a deliverable names a link that the brief does not know", Fix: "List the link with its address and its end."},
		{Code: "brief.window_missing", Check: "B05", Level: warn, Meaning: "how long after a post sales count is not stated", Fix: "State the attribution window."},
		{Code: "brief.review_too_long", Check: "B06", Level: block, Meaning: "the rounds of review do not fit before the first post", Fix: "Ask for the drafts earlier, post later, or review less."},
		{Code: "brief.review_missing", Check: "B06", Level: warn, Meaning: "it is not stated how drafts are reviewed", Fix: "State the rounds and the business days of each."},
		{Code: "brief.drafts_undated", Check: "B06", Level: warn, Meaning: "the drafts have no due day", Fix: "Say when the first drafts are due."},
		{Code: "brief.silence_open", Check: "B07", Level: warn, Meaning: "what silence means is open", Fix: "Say whether a draft that nobody answers in time is approved."},
		{Code: "brief.calendar_missing", Check: "B08", Level: warn, Meaning: "whose holidays and time zone count is not known", Fix: "Pass the calendar to the review."},
		{Code: "brief.day_off", Check: "B08", Level: warn, Meaning: "something is due on a day on which nobody works", Fix: "Choose a working day."},
		{Code: "brief.window_night", Check: "B08", Level: warn, Meaning: "a posting window is open only at night where the audience is", Fix: "Choose hours at which the audience is awake."},
		{Code: "brief.embargo", Check: "B09", Level: block, Meaning: "a posting window opens before the embargo ends", Fix: "Let it open when the embargo ends."},
		{Code: "brief.product_late", Check: "B09", Level: block, Meaning: "the product arrives after the drafts are due", Fix: "Send it earlier, or ask for the drafts later."},
		{Code: "brief.live_missing", Check: "B10", Level: info, Meaning: "how long a post stays up is not stated", Fix: "State it: a year for a post is common, a day for a story."},
		{Code: "brief.music_open", Check: "B11", Level: warn, Meaning: "whether music and what belongs to others is licensed is open", Fix: "Say that only what is licensed for the agreed use may be in it."},
		{Code: "brief.exclusions_open", Check: "B12", Level: info, Meaning: "whether other brands, politics or profanity may be in a post is open", Fix: "Exclude or allow them."},
		{Code: "brief.minors_wording", Check: "B13", Level: block, Meaning: "many in the audience are minors, and nothing says how it is put for them", Fix: "Say how the label and the words are put for them."},
		{Code: "brief.minors_category", Check: "B13", Level: block, Meaning: "many in the audience are minors, and the product is not for them", Fix: "Choose another audience, or another product."},
		{Code: "brief.minors_unknown", Check: "B13", Level: info, Meaning: "how many in the audience are minors is not known", Fix: "Ask the creator for the ages of the audience."},
		{Code: "brief.monitoring_missing", Check: "B14", Level: warn, Meaning: "who looks at the live posts, by when, and how fast one is taken down is open", Fix: "Name a role, a time to look and a time to take down."},
		{Code: "brief.evidence_missing", Check: "B15", Level: warn, Meaning: "nothing says that evidence of the posts is kept", Fix: "Keep a screenshot, the address, the time and the label of every post."},

		{Code: "brief.dates_contradict", Level: block, Meaning: "two dates contradict each other", Fix: "Put the dates in order."},
		{Code: "brief.date_passed", Level: block, Meaning: "a date is in the past", Fix: "Choose a later date."},
		{Code: "brief.lead_short", Level: warn, Meaning: "there is little time until the drafts are due", Fix: "Ask for the drafts later."},
		{Code: "brief.making_short", Level: warn, Meaning: "there is little time between the product and the drafts", Fix: "Send the product earlier, or ask for the drafts later."},
		{Code: "brief.category_banned", Level: block, Meaning: "a product must not be promoted in a market", Fix: "Leave the market out, or the product."},
		{Code: "brief.category_conditions", Level: block, Meaning: "the conditions for promoting a product are not met", Fix: "Meet them, or leave the market out."},
		{Code: "brief.category_credentials", Level: block, Meaning: "the creator does not show the qualification that a product asks for", Fix: "Choose a creator who has it, or leave the market out."},
		{Code: "brief.category_unchecked", Level: warn, Meaning: "nobody has checked the conditions for promoting a product", Fix: "Check them, and pass the answer to the review."},
		{Code: "brief.permit_missing", Level: block, Meaning: "the creator needs a permit in a market", Fix: "Ask for the permit before anything is published."},
		{Code: "brief.objective_missing", Level: warn, Meaning: "what the posts are for is not stated", Fix: "State one goal, and say it in a sentence."},
		{Code: "brief.conversion_untracked", Level: warn, Meaning: "posts that are to sell have no link and no code", Fix: "Give each such deliverable a link or a code."},
		{Code: "brief.awareness_commission", Level: warn, Meaning: "posts that are to be seen are paid by sales alone", Fix: "Pay a fee for the reach, or aim at sales."},
		{Code: "brief.message_missing", Level: warn, Meaning: "the one thing to remember is not stated", Fix: "Say it in one sentence."},
		{Code: "brief.action_missing", Level: warn, Meaning: "what the audience should do is not stated", Fix: "Say it in one sentence."},
		{Code: "brief.audience_missing", Level: warn, Meaning: "whom the posts are for is not stated", Fix: "Say it in one sentence."},
		{Code: "brief.guardrails_missing", Level: warn, Meaning: "there are no guardrails", Fix: "Say what must not happen, in a few lines."},
		{Code: "brief.example_missing", Level: warn, Meaning: "there is no example of what is meant", Fix: "Link one or two posts, and say what is good about them."},
		{Code: "brief.contact_missing", Level: warn, Meaning: "whom the creator asks is not stated", Fix: "Name somebody, and how to reach them."},
		{Code: "brief.script_verbatim", Level: warn, Meaning: "much of the brief is to be said word for word", Fix: "Say what matters, and let the creator find the words."},
		{Code: "brief.script_passage", Level: warn, Meaning: "a passage is to be said word for word", Fix: "Ask for the point instead of the words."},
		{Code: "brief.script_orders", Level: warn, Meaning: "most of the brief is orders", Fix: "Say what it is for, and leave the how to the creator."},
		{Code: "brief.script_crowded", Level: warn, Meaning: "more must be said than the shortest piece has room for", Fix: "Keep the one or two things that matter most, or allow a longer piece."},
		{Code: "brief.script_unknown", Level: info, Meaning: "whether the brief is a script cannot be told in its language", Fix: "Let somebody who speaks it read it."},
		{Code: "brief.long", Level: warn, Meaning: "the brief takes long to read", Fix: "Cut what a creator does not need to make the posts."},
		{Code: "brief.thin", Level: warn, Meaning: "the brief says very little", Fix: "Say who it is for, what matters and what must not happen."},
		{Code: "brief.agreed_missing", Level: block, Meaning: "the contract has a deliverable that the brief does not ask for", Fix: "Brief it, or amend the contract."},
		{Code: "brief.agreed_extra", Level: block, Meaning: "the brief asks for more than the contract", Fix: "Drop it, or amend the contract."},
		{Code: "brief.agreed_window", Level: warn, Meaning: "a posting window lies outside the contract's", Fix: "Use the contract's window, or amend the contract."},
		{Code: "brief.agreed_usage", Level: warn, Meaning: "the brief says of the use of the content what the contract does not", Fix: "Use the contract's words; the contract decides."},
		{Code: "brief.exclusivity_broken", Level: block, Meaning: "the creator has promised another brand not to do this", Fix: "Ask that brand for its consent, or choose another creator or another time."},
		{Code: "brief.competitor_named", Level: warn, Meaning: "the brief asks the creator to speak of a brand that the contract keeps out", Fix: "Leave the other brand out."},
		{Code: "brief.others_allowed", Level: warn, Meaning: "other brands are allowed, and the contract keeps competitors out", Fix: "Say that competitors stay out."},
	}
	for i := range rows {
		rows[i].rank = i
	}
	return rows
}

func codesByName() map[string]ReviewCode {
	codes := map[string]ReviewCode{}
	for _, row := range ReviewCodes() {
		codes[row.Code] = row
	}
	return codes
}
