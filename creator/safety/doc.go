// Package safety looks for sensitive topics in a creator's content and for brands that
// rival the caller's, and answers with evidence: the quote, the post and the rule.
package safety
