package brief_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/brief"
)

func raw(pairs ...string) map[string]json.RawMessage {
	m := map[string]json.RawMessage{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = json.RawMessage(pairs[i+1])
	}
	return m
}

func TestTemplateFor(t *testing.T) {
	t.Parallel()
	template := brief.Template{ID: "spring", Brief: goodBrief()}
	before, err := json.Marshal(template)
	require.NoError(t, err)
	market := brief.Variant{ID: "IN", Replace: raw("markets", `["IN"]`, "disclosures", `[{"market":"IN","language":"en","label":"Advertisement"}]`, "message", `"Chai stays warm"`)}
	creator := brief.Variant{
		ID: "bruno", Replace: raw("creator", `"bruno"`, "message", `"Bruno's chai stays warm"`, "timeline.drafts_due", `"2026-03-12T12:00:00Z"`, "audience.minors", `null`, "tracking.codes", `[]`),
		Append: raw("guardrails", `["No helmet, no ride"]`, "tracking.codes", `[{"code":"BRUNO15"}]`),
	}
	got, err := template.For(market, creator)
	require.NoError(t, err)
	want := goodBrief()
	want.Markets, want.Disclosures[0] = got.Markets, brief.Disclosure{Market: "IN", Language: "en", Label: "Advertisement"}
	want.Creator, want.Message, want.Timeline.DraftsDue = "bruno", "Bruno's chai stays warm", march(12, 12)
	want.Audience.Minors = got.Audience.Minors
	want.Guardrails = append(want.Guardrails, "No helmet, no ride")
	want.Tracking.Codes = []brief.Code{{Code: "BRUNO15"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("brief mismatch (-want +got):\n%s", diff)
	}
	if _, known := got.Audience.Minors.Value(); known || string(got.Markets[0]) != "IN" {
		t.Errorf("minors %v, markets %v", got.Audience.Minors, got.Markets)
	}
	got.Elements[0].Text, got.Tracking.Links[0].UTM["utm_source"] = "changed", "changed"
	after, err := json.Marshal(template)
	require.NoError(t, err)
	if string(before) != string(after) {
		t.Error("a variant changed the template")
	}
}

func TestTemplateForRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		variant brief.Variant
		want    []at
	}{
		"no such field":            {brief.Variant{Replace: raw("mesage", `"x"`)}, []at{{"variants[0].replace[mesage]", "variant.field"}}},
		"in another case":          {brief.Variant{Replace: raw("Message", `"x"`)}, []at{{"variants[0].replace[Message]", "variant.field"}}},
		"nothing at all":           {brief.Variant{Replace: raw("", `"x"`)}, []at{{"variants[0].replace[]", "variant.field"}}},
		"a part of a word":         {brief.Variant{Replace: raw("message.text", `"x"`)}, []at{{"variants[0].replace[message.text]", "variant.field"}}},
		"a part of a time":         {brief.Variant{Replace: raw("timeline.drafts_due.day", `1`)}, []at{{"variants[0].replace[timeline.drafts_due.day]", "variant.field"}}},
		"a part of a measure":      {brief.Variant{Replace: raw("audience.minors.value", `1`)}, []at{{"variants[0].replace[audience.minors.value]", "variant.field"}}},
		"an entry of a list":       {brief.Variant{Replace: raw("deliverables[0]", `{}`)}, []at{{"variants[0].replace[deliverables[0]]", "variant.list"}}},
		"a field of a list":        {brief.Variant{Replace: raw("deliverables.count", `1`)}, []at{{"variants[0].replace[deliverables.count]", "variant.list"}}},
		"a text to no list":        {brief.Variant{Append: raw("message", `["x"]`)}, []at{{"variants[0].append[message]", "variant.list"}}},
		"another type":             {brief.Variant{Replace: raw("approval.rounds", `"two"`)}, []at{{"variants[0].replace[approval.rounds]", "variant.value"}}},
		"a field too many":         {brief.Variant{Replace: raw("product", `{"name":"x","colour":"red"}`)}, []at{{"variants[0].replace[product]", "variant.value"}}},
		"two values":               {brief.Variant{Replace: raw("message", `"x" "y"`)}, []at{{"variants[0].replace[message]", "variant.value"}}},
		"no JSON":                  {brief.Variant{Replace: raw("message", `x`)}, []at{{"variants[0].replace[message]", "variant.value"}}},
		"a field and all of it":    {brief.Variant{Replace: raw("product", `{"name":"x"}`, "product.name", `"y"`)}, []at{{"variants[0].replace[product.name]", "variant.overlap"}}},
		"more and all of it":       {brief.Variant{Replace: raw("tracking", `{}`), Append: raw("tracking.codes", `[]`)}, []at{{"variants[0].append[tracking.codes]", "variant.overlap"}}},
		"all faults, and in order": {brief.Variant{Replace: raw("b", `1`, "a", `1`)}, []at{{"variants[0].replace[a]", "variant.field"}, {"variants[0].replace[b]", "variant.field"}}},
	}
	for name, tt := range tests {
		got, err := brief.Template{Brief: goodBrief()}.For(tt.variant)
		if diff := cmp.Diff(tt.want, faultsOf(t, err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if got.ID != "" {
			t.Errorf("%s: there is a brief beside the error", name)
		}
	}
}
