package brief

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

func sentence(at spot, before, after any) string {
	subject := at.subject()
	from, to := inWords(at.pattern, before), inWords(at.pattern, after)
	listed := strings.HasSuffix(at.pattern, "[]")
	switch {
	case after == true:
		return fmt.Sprintf("%s is now so.", subject)
	case before == true:
		return fmt.Sprintf("%s is no longer so.", subject)
	case listed && before == nil:
		return fmt.Sprintf("%s is added: %s.", subject, to)
	case listed && after == nil:
		return fmt.Sprintf("%s is dropped: %s.", subject, from)
	case before == nil:
		return fmt.Sprintf("%s is new: %s.", subject, to)
	case after == nil:
		return fmt.Sprintf("%s is dropped; it was %s.", subject, from)
	}
	return fmt.Sprintf("%s %s from %s to %s.", subject, moves(before, after), from, to)
}

// moves says which way a value went.
func moves(before, after any) string {
	a, isNumberA := before.(json.Number)
	b, isNumberB := after.(json.Number)
	if isNumberA && isNumberB {
		x, errX := strconv.ParseFloat(a.String(), 64)
		y, errY := strconv.ParseFloat(b.String(), 64)
		if errX == nil && errY == nil {
			return [...]string{"falls", "changes", "rises"}[cmp.Compare(y, x)+1]
		}
	}
	if s, errS := time.Parse(time.RFC3339Nano, textOf(before)); errS == nil {
		if t, errT := time.Parse(time.RFC3339Nano, textOf(after)); errT == nil {
			return [...]string{"moves earlier,", "moves", "moves later,"}[t.Compare(s)+1]
		}
	}
	return "changes"
}

// subject names what changed: "The expiry of code ADA15".
func (s spot) subject() string {
	list, field, inEntry := strings.Cut(s.pattern, "[]")
	if !inEntry {
		if s.pattern == "" {
			return "The brief"
		}
		return "The " + fieldWords(s.pattern)
	}
	if strings.HasSuffix(s.pattern, "[]") && strings.Count(s.pattern, "[]") == 1 && list != "deliverables" {
		return upperFirst(entryWords(list))
	}
	return fmt.Sprintf("The %s of %s", fieldWords(strings.TrimSuffix(strings.TrimPrefix(field, "."), "[]")), s.entryName(list))
}

// entryName is an entry in a sentence: "deliverable 2", "the code ADA15".
func (s spot) entryName(list string) string {
	key, _, _ := strings.Cut(strings.TrimPrefix(s.path, list+"["), "]")
	if n, err := strconv.Atoi(key); err == nil && list == "deliverables" {
		return fmt.Sprintf("deliverable %d", n+1)
	}
	return entryWords(list) + " " + excerpt(key)
}

// entryWords is one of a list.
func entryWords(list string) string {
	switch list {
	case "forbidden":
		return "a forbidden phrase"
	case "usage_rights":
		return "a use"
	case "product.categories":
		return "a category of the product"
	case "product.ties":
		return "a tie to the brand"
	case "approval.who":
		return "an approving role"
	case "angles":
		return "an angle"
	case "elements":
		return "an element"
	case "tracking.codes", "tracking.links":
		return "the " + strings.TrimSuffix(strings.TrimPrefix(list, "tracking."), "s")
	}
	return "the " + strings.TrimSuffix(list, "s")
}

// fieldWords is a field in a sentence.
func fieldWords(pattern string) string {
	if words, ok := map[string]string{
		"honest_experience":           "promise that the creator tries the product and is honest",
		"product.name":                "name of the product",
		"product.url":                 "address of the product",
		"timeline.product_arrives":    "arrival of the product",
		"timeline.drafts_due":         "due time of the drafts",
		"timeline.approval_by":        "due time of the approval",
		"timeline.embargo_ends":       "end of the embargo",
		"timeline.campaign_ends":      "end of the campaign",
		"timeline.legal_review_days":  "legal review in business days",
		"approval.rounds":             "number of rounds of changes",
		"approval.days":               "time for each review in business days",
		"approval.silence":            "rule of silence",
		"audience.minors":             "part of minors in the audience",
		"tracking.attribution_window": "attribution window",
		"monitoring.keep_evidence":    "keeping of evidence",
		"count":                       "number",
		"minimum_live":                "least time to stay up",
		"posting.start":               "opening of the posting window",
		"posting.end":                 "end of the posting window",
		"length.min":                  "least length",
		"length.max":                  "greatest length",
		"url":                         "address",
		"expires":                     "expiry",
		"who":                         "role",
	}[pattern]; ok {
		return words
	}
	parts := strings.Split(strings.ReplaceAll(pattern, "[]", ""), ".")
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return strings.ReplaceAll(strings.Join(parts, " of the "), "_", " ")
}

func upperFirst(text string) string {
	first := string(firstRune(text))
	return strings.ToUpper(first) + strings.TrimPrefix(text, first)
}
