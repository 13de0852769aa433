package attribution

import (
	"slices"

	"github.com/bylinehq/byline"
)

// Preset is a policy that decides as some other product says it does, to start from, to
// compare with, and to replay the past by; see [Replay].
//
// In each of them a person's assignment comes first, because it is how an order is
// corrected here. Those of vendors credit clicks on tracked links alone; first-click,
// last-click and ga4-last-non-direct take visits by UTM and to a creator's page for
// clicks too. None of them pays for views. Credit groups are of offers and not of
// policies, so they rank before each preset's rules; of the vendors only impact.com knows
// them.
type Preset struct {
	Name   string `json:"name"` // stable: one may retire, none is ever reused
	Policy Policy `json:"policy"`
	Mimics string `json:"mimics"` // whose behaviour, and which of it
	// Source is where that was read, and when.
	Source string `json:"source"`
	// Confidence says how well the source is known. Of a Recalled one some rules are
	// assumed; Limits says which.
	Confidence byline.Confidence `json:"confidence"`
	// Limits are where the policy decides otherwise, because it can't be said in a policy
	// or should not be done.
	Limits []string `json:"limits,omitempty"`
}

// Presets lists all presets, the default policy first. The Version of each policy is
// "preset/", the name and "/1", but that of the default is its own.
func Presets() []Preset {
	all := []Preset{{
		Name: "byline", Policy: Policy{Version: defaultPolicyVersion}, Confidence: byline.Primary,
		Mimics: "the default of this library: the owner of a genuine code, else the last click or visit",
		Source: "the doc comment of Policy, read 2026-11-22",
	}}
	for _, p := range slices.Concat(impactPresets(), vendorPresets(), analyticsPresets()) {
		p.Policy.Version = "preset/" + p.Name + "/1"
		all = append(all, p)
	}
	return all
}

// PresetNamed returns the preset of a name, and whether there is one.
func PresetNamed(name string) (Preset, bool) {
	for _, p := range Presets() {
		if p.Name == name {
			return p, true
		}
	}
	return Preset{}, false
}

// presetRules puts a person's assignment in front.
func presetRules(rules ...Rule) []Rule {
	return append([]Rule{{Evidence: []EvidenceKind{ByManual}}}, rules...)
}

// visits are the kinds of evidence of someone who came.
func visits() []EvidenceKind { return []EvidenceKind{ByClick, ByUTM, ByPage} }
