package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// declared is a policy with where it comes from. Its JSON is stable.
type declared struct {
	Version  string           `json:"version"`
	Preset   string           `json:"preset,omitempty"`
	File     string           `json:"file,omitempty"`
	Mimics   string           `json:"mimics,omitempty"` // what the preset says of itself
	Limits   []string         `json:"limits,omitempty"`
	Findings []byline.Finding `json:"findings"` // what is unwise in it; see attribution.Policy.Lint

	policy attribution.Policy
}

func presetNames() (names []string) {
	for _, p := range attribution.Presets() {
		names = append(names, p.Name)
	}
	return names
}

// readPolicy reads the policy to score by.
func readPolicy(c config) (declared, error) {
	switch {
	case c.policy != "":
		return policyFile(c.policy)
	case c.preset == "":
		return declare(attribution.Policy{}), nil
	}
	if p, ok := attribution.PresetNamed(c.preset); ok {
		return declarePreset(p), nil
	}
	return declared{}, fmt.Errorf("no preset %q; there are %s", c.preset, strings.Join(presetNames(), ", "))
}

// readRival reads the policy to compare with: a preset, else a file.
func readRival(name string) (declared, error) {
	if p, ok := attribution.PresetNamed(name); ok {
		return declarePreset(p), nil
	}
	d, err := policyFile(name)
	if os.IsNotExist(err) {
		return d, fmt.Errorf("-against %s: neither a file nor one of %s", name, strings.Join(presetNames(), ", "))
	}
	return d, err
}

func policyFile(path string) (declared, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return declared{}, err
	}
	p, err := attribution.ParsePolicy(text)
	if err != nil {
		return declared{}, faultsOf(path, err)
	}
	d := declare(p)
	d.File = path
	return d, nil
}

func declare(p attribution.Policy) declared {
	return declared{Version: p.WithDefaults().Version, Findings: append([]byline.Finding{}, p.Lint()...), policy: p}
}

func declarePreset(p attribution.Preset) declared {
	d := declare(p.Policy)
	d.Preset, d.Mimics, d.Limits = p.Name, p.Mimics, p.Limits
	return d
}
