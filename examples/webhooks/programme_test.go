package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/contracts"
)

const exampleFile = "programme.example.json"

func example(t *testing.T) *programme {
	t.Helper()
	p, err := readProgramme(exampleFile, testOutside())
	require.NoError(t, err)
	return p
}

func exampleProgrammeFile(t *testing.T) programmeFile {
	t.Helper()
	file, err := decodeProgramme(exampleFile)
	require.NoError(t, err)
	return file
}

func TestExampleProgramme(t *testing.T) {
	t.Parallel()
	p := example(t)
	if diff := cmp.Diff([]string{"ADA15", "TABLE10"}, p.codesOf("example-ada")); diff != "" {
		t.Errorf("codes (-want +got):\n%s", diff)
	}
	a, ok := p.Agreements.InForce("example-bo", "autumn-2026", time.Date(2026, 10, 20, 0, 0, 0, 0, time.UTC))
	if !ok || a.Terms().Version != 2 {
		t.Errorf("in force after the amendment: %v, %v", a, ok)
	}
}

// Every kind of slip is reported at once, at its place in the file.
func TestProgrammeFaults(t *testing.T) {
	t.Parallel()
	base := time.Date(2026, 9, 23, 0, 0, 0, 0, time.UTC)
	file := demoProgramme(base)
	file.Campaign.Name = ""
	file.Creators[1].Accounts[0].Handle = "@bruno"
	file.Creators[2].Deliverables[0].Code = "ADA15"
	file.Creators[3].Deliverables[0].Link = "edda"
	file.Creators[4].Deliverables[0].Format = brief.Reel
	file.Creators = append(file.Creators, file.Creators[0])
	file.Offers[0].Campaign = "demo-autum-table"
	file.Offers = append(file.Offers, attribution.Offer{Creator: "demo-nobody", Campaign: demoCampaign, Code: "ADA15"})
	file.Agreements[0].Pay.Percentages[0].Rate = 150 * contracts.Percent
	file.Agreements[3].Version = 7
	file.Policies = []json.RawMessage{
		written(attribution.Policy{ClickWindowDays: -1, Version: "x"}),
		json.RawMessage(`{"version": "y", "clik_window_days": 14, "rules": [{"evidence": ["code"], "pick": 1}]}`),
	}
	_, err := newProgramme(file, testOutside())
	var got []string
	for _, f := range byline.Nest("", err) {
		got = append(got, f.Path+" "+f.Code)
	}
	want := []string{
		"campaign.name required",
		"creators[1].accounts[0].handle profile.handle",
		"creators[10].id programme.creator_twice",
		"offers[0].code offer.overlap",
		"policies[0].click_window_days policy.click_window",
		"policies[1].clik_window_days policy.unknown_field",
		"policies[1].rules[0].pick policy.type",
		"agreements[0].pay.percentages[0].rate pay.rate",
		"agreements[3].version agreement.version",
		"offers[0].campaign programme.campaign",
		"offers[13].creator programme.creator",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	file = demoProgramme(base)
	file.Creators[2].Deliverables[0].Code = "ADA15"
	file.Creators[3].Deliverables[0].Link = "edda"
	file.Creators[4].Deliverables[0].Format = brief.Reel
	_, err = newProgramme(file, testOutside())
	got = nil
	for _, f := range byline.Nest("", err) {
		got = append(got, f.Path+" "+f.Code)
	}
	want = []string{
		"creators[2].deliverables[0].code programme.code",
		"creators[3].deliverables[0].link programme.link",
		"creators[4].deliverables[0].format deliverable.format",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("deliverables (-want +got):\n%s", diff)
	}
}

func TestReadProgrammeRefuses(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile(exampleFile)
	require.NoError(t, err)
	tests := map[string]string{
		"no JSON":          "campaign: autumn",
		"an unknown field": strings.Replace(string(good), `"offers"`, `"ofers"`, 1),
		"two values":       string(good) + "{}",
		"an empty file":    "",
		"no campaign":      "{}",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "p.json")
			require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
			if _, err := readProgramme(file, testOutside()); err == nil {
				t.Error("it was read without an error")
			}
		})
	}
	if _, err := readProgramme(filepath.Join(t.TempDir(), "none.json"), testOutside()); err == nil {
		t.Error("a missing file was read without an error")
	}
}
