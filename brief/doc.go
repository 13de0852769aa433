// Package brief says what a creator is asked to make, whether it is safe to send, and
// whether a draft or a live post is what was agreed.
//
// A [Brief] is a value: product, message, claims, guardrails, angles, pieces, timeline and
// review in words that leave room for the creator's voice. [Review] returns what to mend
// before it is sent, the most urgent first. A [Template] is what many briefs share, and
// [Compare] tells two versions apart in sentences.
//
// [CheckPost] holds a draft or a live post against the brief and, through package
// disclosure, against the law of every market it touches. A [Progress] takes a piece from
// the first draft to the verified post, round by round, and [DueChecks] says what somebody
// has to look at today.
//
// Nothing here renders: see the packages below, for HTML and Markdown, PDF and calendars.
package brief
