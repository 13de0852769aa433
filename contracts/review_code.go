package contracts

import "github.com/bylinehq/byline"

// ReviewCode is one row of the table of codes.
type ReviewCode struct {
	Code    string          `json:"code"`
	Check   string          `json:"check,omitempty"` // empty: of the inputs, by no rule
	Level   byline.Severity `json:"level"`           // the most it is; a rule that is not confirmed makes a blocker a warning
	Meaning string          `json:"meaning"`
	Fix     string          `json:"fix"`
}

// ReviewCodes lists every code of [Review] with what it means and what mends it. A code
// may retire and is never reused:
//
//   - Of the inputs: "review.undated", "review.markets_unknown",
//     "review.region_unknown", "review.category_unknown".
//   - C01: "review.right_incomplete".
//   - C02: "review.right_perpetual", "review.right_long".
//   - C03: "review.permission_missing", "review.permission_short",
//     "review.permission_narrow", "review.permission_unknown".
//   - C04: "review.edits_unmentioned", "review.ai_unmentioned",
//     "review.ai_contradiction", "review.replica_purpose", "review.ai_label",
//     "review.ai_performer".
//   - C05: "review.exclusivity_undefined", "review.exclusivity_unbounded",
//     "review.exclusivity_nowhere", "review.exclusivity_unpaid".
//   - C06: "review.exclusivity_conflict", "review.exclusivity_unclear"; as in [Conflict],
//     they are less severe between drafts.
//   - C07: "review.france_unwritten", "review.france_parties", "review.france_scope",
//     "review.france_pay", "review.france_rights", "review.france_law",
//     "review.france_unknown", "review.france_representative",
//     "review.france_insurance".
//   - C08: "review.freelance_unwritten", "review.freelance_parties",
//     "review.freelance_services", "review.freelance_pay", "review.freelance_date",
//     "review.freelance_late", "review.freelance_from", "review.freelance_list",
//     "review.freelance_unknown".
//   - C09: "review.payment_missing", "review.payment_long", "review.payment_very_long".
//   - C10: "review.kill_fee_missing", "review.kill_fee_stages".
//   - C11: "review.rounds_open", "review.rounds_many", "review.silence_open".
//   - C12: "review.morals_one_sided", "review.morals_undefined",
//     "review.morals_clawback".
//   - C13: "review.disclosure_duty", "review.disclosure_advised",
//     "review.monitoring_duty", "review.monitoring_advised", "review.takedown_duty",
//     "review.takedown_advised".
//   - C14: "review.followers_unwarranted", "review.audit_missing".
//   - C15: "review.commission_tiers", "review.commission_base",
//     "review.commission_currency", "review.commission_cap",
//     "review.commission_statements", "review.commission_returns".
//   - C16: "review.permit_missing", "review.permit_unknown".
//   - C17: "review.minor_guardian", "review.minor_signature", "review.minor_earnings",
//     "review.minor_authorisation".
//   - C18: "review.union_scope".
//   - C19: "review.category_banned", "review.category_conditions".
func ReviewCodes() []ReviewCode {
	return []ReviewCode{
		{"review.undated", "", byline.Warning, "the day on which the rules are asked for is not known", "state when the terms start, or pass the day"},
		{"review.markets_unknown", "", byline.Warning, "the market of the brand or the creator is not stated, so its laws are not asked for", "state the market of each party"},
		{"review.region_unknown", "", byline.Warning, "a law of a part of the country may hold, and the region is not stated", "state the region of the party"},
		{"review.category_unknown", "", byline.Info, "no rule knows a sensitive category", "use a key that the rules know, or add a rule for it"},
		{"review.right_incomplete", "C01", byline.Blocker, "a right lacks its channels, territory, start or end", "complete the right"},
		{"review.right_perpetual", "C02", byline.Blocker, "a right has no end, or none for years, and is not both priced and acknowledged", "agree on an end, or on a price and an express acknowledgement"},
		{"review.right_long", "C02", byline.Info, "a right lasts longer than usual", "agree on a shorter term with an option to renew"},
		{"review.permission_missing", "C03", byline.Blocker, "an ad from the creator's account has no permission of the platform", "get a code or a permission from the creator before the ad runs"},
		{"review.permission_short", "C03", byline.Blocker, "the platform's permission does not hold for as long as the right", "get a permission as long as the right, or run the ad only while it holds"},
		{"review.permission_narrow", "C03", byline.Warning, "the platform's permission holds in fewer markets than the right", "ask for the missing markets, or run the ad in the permitted ones alone"},
		{"review.permission_unknown", "C03", byline.Info, "whether the platform permits it cannot be known yet", "ask for a permission as long as the right once the post is live"},
		{"review.edits_unmentioned", "C04", byline.Info, "a right mentions no edits, so none is allowed", "list the edits that are allowed"},
		{"review.ai_unmentioned", "C04", byline.Warning, "nothing is said on uses by machines, so none is allowed", "say whether training and replicas are allowed"},
		{"review.ai_contradiction", "C04", byline.Warning, "a right and the clause on machines contradict each other", "make them say the same"},
		{"review.replica_purpose", "C04", byline.Warning, "a replica of the likeness has no purpose", "say what a replica may be used for, where and how long"},
		{"review.ai_label", "C04", byline.Blocker, "nobody has to label a deep fake where a law wants it labelled", "say who labels synthetic content"},
		{"review.ai_performer", "C04", byline.Warning, "nobody has to label a synthetic performer where a law may want it", "say who labels synthetic content"},
		{"review.exclusivity_undefined", "C05", byline.Blocker, "exclusivity names neither a category nor a competitor", "name categories or competitors"},
		{"review.exclusivity_unbounded", "C05", byline.Blocker, "exclusivity does not say from when until when", "give it a window, or days before and after the posts"},
		{"review.exclusivity_nowhere", "C05", byline.Blocker, "exclusivity does not say where", "name its territory"},
		{"review.exclusivity_unpaid", "C05", byline.Warning, "exclusivity has no price of its own", "price it, or say that the pay covers it"},
		{"review.exclusivity_conflict", "C06", byline.Blocker, "an exclusivity forbids the work under another agreement", "change the window, the territory or the category, or agree on a carve-out"},
		{"review.exclusivity_unclear", "C06", byline.Warning, "an exclusivity may forbid the work under another agreement", "say what both agreements promote and for which brands, or agree on a carve-out"},
		{"review.france_unwritten", "C07", byline.Blocker, "French law asks for a written agreement", "put the agreement in writing"},
		{"review.france_parties", "C07", byline.Blocker, "(a) identity, contact or tax residence of a party is missing", "complete what the agreement says of the party"},
		{"review.france_scope", "C07", byline.Blocker, "(b) the nature of the missions is missing", "say what the creator is engaged for"},
		{"review.france_pay", "C07", byline.Blocker, "(c) the remuneration, or the value of a benefit in kind, is missing", "state the pay, or how it is determined, and the value of each benefit"},
		{"review.france_rights", "C07", byline.Blocker, "(d) rights and duties on intellectual property are missing", "state who owns the content and who may use it"},
		{"review.france_law", "C07", byline.Blocker, "(e) French law is not agreed for a public in France", "agree on French law"},
		{"review.france_unknown", "C07", byline.Warning, "whether the threshold is reached cannot be determined", "write the agreement as if it were reached"},
		{"review.france_representative", "C07", byline.Blocker, "a creator from outside of the EU, the EEA and Switzerland has no representative in the EU", "have the creator name one, and state it as a permit"},
		{"review.france_insurance", "C07", byline.Blocker, "a creator from outside of the EU, the EEA and Switzerland has no liability insurance in the EU", "have the creator insured, and state it as a permit"},
		{"review.freelance_unwritten", "C08", byline.Blocker, "the state's law asks for a written agreement", "put the agreement in writing"},
		{"review.freelance_parties", "C08", byline.Blocker, "a name or an address is missing", "complete what the agreement says of the party"},
		{"review.freelance_services", "C08", byline.Blocker, "services are not itemised with their value", "itemise the services and what each is worth"},
		{"review.freelance_pay", "C08", byline.Blocker, "rate and method of pay are missing", "state the pay and how it is computed"},
		{"review.freelance_date", "C08", byline.Blocker, "the day of payment is missing", "agree on a day of payment, or on how it is found"},
		{"review.freelance_late", "C08", byline.Blocker, "payment is later than the law lets anybody agree", "pay within the days that the law leaves"},
		{"review.freelance_from", "C08", byline.Warning, "payment is counted from a paper that may come after completion", "count the days of payment from delivery"},
		{"review.freelance_list", "C08", byline.Info, "by when the creator lists the services is not stated", "state that day in the mechanism of payment"},
		{"review.freelance_unknown", "C08", byline.Warning, "whether the threshold is reached cannot be determined", "write the agreement as if it were reached"},
		{"review.payment_missing", "C09", byline.Warning, "no term of payment is agreed", "agree on days and on what they are counted from"},
		{"review.payment_long", "C09", byline.Warning, "the term of payment is longer than usual", "agree on a shorter term"},
		{"review.payment_very_long", "C09", byline.Warning, "the term of payment is very long", "agree on a shorter term"},
		{"review.kill_fee_missing", "C10", byline.Warning, "no kill fee is agreed, or one of nothing", "agree on what is owed at each stage"},
		{"review.kill_fee_stages", "C10", byline.Warning, "a kill fee leaves out a stage", "agree on what is owed at each stage"},
		{"review.rounds_open", "C11", byline.Warning, "rounds of changes are not limited", "agree on how many rounds of changes are included"},
		{"review.rounds_many", "C11", byline.Warning, "there are more rounds of changes than usual", "agree on fewer rounds, or on a price for further ones"},
		{"review.silence_open", "C11", byline.Warning, "days for an answer, or the meaning of silence, are missing", "agree on the days for an answer and on what silence means"},
		{"review.morals_one_sided", "C12", byline.Warning, "the morals clause binds the creator alone", "let the creator leave over the brand's conduct too"},
		{"review.morals_undefined", "C12", byline.Warning, "the morals clause does not say what conduct it means", "say what conduct it means"},
		{"review.morals_clawback", "C12", byline.Warning, "the morals clause takes back pay for delivered work", "let pay for delivered work stand"},
		{"review.disclosure_duty", "C13", byline.Blocker, "the creator is not bound to disclose where the brand has to see to it", "bind the creator to label what is advertising"},
		{"review.disclosure_advised", "C13", byline.Warning, "the creator is not bound to disclose", "bind the creator to label what is advertising"},
		{"review.monitoring_duty", "C13", byline.Blocker, "the brand may not check posts where it has to", "agree that the brand may and will check posts"},
		{"review.monitoring_advised", "C13", byline.Warning, "the brand may not check posts", "agree that the brand may and will check posts"},
		{"review.takedown_duty", "C13", byline.Blocker, "no time for taking a post down is agreed where the brand has to see to it", "agree on hours for taking a post down"},
		{"review.takedown_advised", "C13", byline.Warning, "no time for taking a post down is agreed", "agree on hours for taking a post down"},
		{"review.followers_unwarranted", "C14", byline.Info, "genuine followers are not warranted", "have the creator vouch for genuine followers"},
		{"review.audit_missing", "C14", byline.Info, "the warranty cannot be audited", "agree on a right to audit"},
		{"review.commission_tiers", "C15", byline.Blocker, "tiers do not say what a higher rate is taken of", "say marginal or whole_amount"},
		{"review.commission_base", "C15", byline.Info, "the base is not stated, so it is net sales", "state the base"},
		{"review.commission_currency", "C15", byline.Blocker, "pay counts money in no currency", "agree on the currency of the pay"},
		{"review.commission_cap", "C15", byline.Blocker, "a cap does not say what a refund does to it", "say returns or spent"},
		{"review.commission_statements", "C15", byline.Warning, "no day of statements is agreed", "agree on when statements are given"},
		{"review.commission_returns", "C15", byline.Info, "commission is not held until the time for returns is over", "hold it for the time in which goods come back"},
		{"review.permit_missing", "C16", byline.Blocker, "a permit or an entry in a register is due and not stated", "get it, and state its number with the party"},
		{"review.permit_unknown", "C16", byline.Warning, "whether a permit or an entry in a register is due cannot be determined", "find out whether it is due, and pass what is known"},
		{"review.minor_guardian", "C17", byline.Blocker, "a creator under age has no guardian among the parties", "make a guardian a party"},
		{"review.minor_signature", "C17", byline.Blocker, "a creator under age, and no guardian has signed these terms", "have a guardian sign this version"},
		{"review.minor_earnings", "C17", byline.Blocker, "earnings of a creator under age are not set aside", "open a blocked account, and state it as a permit"},
		{"review.minor_authorisation", "C17", byline.Blocker, "work of a child is not authorised", "get the authorisation, and state it as a permit"},
		{"review.union_scope", "C18", byline.Warning, "a channel is outside of the union's agreement for influencers", "take the channel out, or contract it under the union's commercials agreement"},
		{"review.category_banned", "C19", byline.Blocker, "advertising for the category is forbidden in the market", "leave the market out, or the category"},
		{"review.category_conditions", "C19", byline.Warning, "advertising for the category has conditions in the market", "show that the conditions are met"},
	}
}
