package outreach_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/outreach"
)

func now() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }

func daysAgo(n int) time.Time { return now().AddDate(0, 0, -n) }

func texts(t testing.TB) []outreach.Text {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "templates.json"))
	require.NoError(t, err)
	var all []outreach.Text
	require.NoError(t, json.Unmarshal(data, &all))
	return all
}

func shelf(t testing.TB) *outreach.Shelf {
	t.Helper()
	s, err := outreach.NewShelf(texts(t))
	require.NoError(t, err)
	return s
}

func template(t testing.TB, locale string) *outreach.Template {
	t.Helper()
	found, err := shelf(t).Find("first", locale, "")
	require.NoError(t, err)
	return found
}

func sourdough() outreach.PostRef { return outreach.PostRef{Platform: byline.YouTube, ID: "v1"} }

// goodMessage is a message against which nothing stands.
func goodMessage() *outreach.Message {
	return &outreach.Message{
		Dossier: &creator.Dossier{
			Profile: creator.Profile{
				ID: "ada", Name: "Ada", Accounts: []creator.Account{{Platform: byline.YouTube, Handle: "ada.bakes"}},
			},
			Posts: []creator.Post{{
				ID: "v1", Account: creator.Ref{Platform: byline.YouTube, Handle: "Ada.Bakes"}, PublishedAt: daysAgo(10),
				Text: "Three flours,\n one starter: what changed the crumb most was   the water.", Link: "https://video.example/v1", Themes: []string{"Sourdough"},
			}},
		},
		Reference: outreach.Reference{Post: sourdough(), Quote: "what changed the crumb most was the water", Theme: "sourdough", SeenAt: daysAgo(1)},
		Campaign: outreach.Campaign{
			ID: "c1", Brand: "Demo Mill", Offer: "one video", Fee: byline.Minor(123_450, byline.EUR),
			Starts: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Ends: time.Date(2026, 12, 20, 0, 0, 0, 0, time.UTC),
		},
		Sender: outreach.Sender{
			Name: "Bruno", Company: "Demo Agency", Address: "1 Demo Street", OptOut: "https://demo.example/stop", Privacy: "https://demo.example/privacy",
		},
		Channel: outreach.Email, At: now(),
	}
}

type at struct{ Path, Code string }

// faultsOf returns where the faults of an error are and their codes, in order.
func faultsOf(t testing.TB, err error) []at {
	t.Helper()
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok {
		require.NoError(t, err)
		return nil
	}
	var faults []at
	for _, f := range all.Fields {
		faults = append(faults, at{f.Path, f.Code})
	}
	return faults
}

// refusalOf returns the code of a refusal, "" where there is none.
func refusalOf(t testing.TB, err error) string {
	t.Helper()
	refusal, ok := errors.AsType[*byline.RefusalError](err)
	if !ok {
		require.NoError(t, err)
		return ""
	}
	return refusal.Code
}

func codesOf(found []byline.Finding) []string {
	var codes []string
	for _, f := range found {
		codes = append(codes, f.Code)
	}
	return codes
}
