package pdf_test

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
	"github.com/bylinehq/byline/brief/page"
	"github.com/bylinehq/byline/brief/pdf"
)

// kettle is a brief with something in every part.
func kettle() brief.Brief {
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
	}
	return brief.Brief{
		ID: "b-ada", Version: 2, Title: "Autumn kettle", Language: "de", Brands: []string{"Demo Brand", "@demo.brand"}, Markets: []byline.Market{"DE", "GB"},
		Product:  brief.Product{Name: "Kettle K2", Benefit: "Boils a cup in 90 seconds, quietly.", URL: "https://demo.example/kettle", Ties: []disclosure.Tie{"paid"}},
		Audience: brief.Audience{Who: "People who have little time in the morning"}, Objective: brief.Objective{Goal: "conversion", Sentence: "Two hundred first orders with a code."},
		Message: "Tea before the alarm snoozes twice.", Action: "Take 15 % off with the code.",
		Elements:    []brief.Element{{Kind: brief.ShowProduct, Text: "The kettle within three seconds"}, {Kind: brief.NameCode, Text: "ADA15", Verbatim: true}},
		Disclosures: []brief.Disclosure{{Market: "DE", Language: "de", Label: "Werbung", Toggle: "Paid partnership label"}, {Market: "GB", Language: "en", Label: "Ad"}},
		Guardrails:  []string{"No children in the picture", "No other kettles"},
		Claims:      []brief.Claim{{Text: "Boils a cup in 90 seconds", Kind: brief.General, Manner: "with 250 ml at 20 °C", Proof: []brief.Proof{{Title: "Laboratory report 12/2026", URL: "https://demo.example/report"}}}},
		Forbidden:   []brief.Phrase{{Text: "healthy", Why: "a health claim without proof"}},
		Angles:      []brief.Angle{{Title: "The quiet morning", Idea: "Nobody wakes up from it."}, {Title: "The office kitchen"}},
		References:  []brief.Reference{{URL: "https://demo.example/good", Why: "shows the product at once"}, {URL: "https://demo.example/bad", Why: "reads from a script", Dont: true}},
		Pieces: []brief.Piece{
			{
				Deliverable: brief.Deliverable{Platform: byline.Instagram, Format: brief.Reel, Count: 1, Posting: byline.Window{Start: at(11, 16, 0), End: at(11, 19, 0)}, Code: "ADA15", Link: "shop"},
				Placement:   "feed", Length: brief.LengthBand{Min: 30 * time.Second, Max: time.Minute}, Live: 30 * 24 * time.Hour, Tags: []string{"@demo.brand"}, Hashtags: []string{"#kettle", "#werbung"}, Notes: "Sound on.",
			},
			{Deliverable: brief.Deliverable{Platform: byline.YouTube, Format: brief.Short, Count: 2, Posting: byline.Window{Start: at(11, 20, 8), End: at(11, 20, 12)}}},
		},
		Timeline: brief.Timeline{ProductArrives: at(10, 26, 0), DraftsDue: at(11, 5, 17), LegalReview: 1, ApprovalBy: at(11, 13, 0), EmbargoEnds: at(11, 16, 6), CampaignEnds: at(12, 20, 0)},
		Approval: brief.Approval{Rounds: 2, Days: 2, Silence: brief.SilenceRejects, Who: []string{"brand manager", "legal"}},
		Usage:    []string{"On the shop's own pages for six months"},
		Tracking: brief.Tracking{
			Codes:  []brief.Code{{Code: "ADA15", Expires: at(12, 31, 0), Offer: "15 % off everything"}},
			Links:  []brief.Link{{Key: "shop", URL: "https://demo.example/kettle?utm_source=ada&utm_campaign=autumn", UTM: map[string]string{"utm_source": "ada", "utm_campaign": "autumn"}, Expires: at(12, 31, 0)}},
			Window: 30 * 24 * time.Hour,
		},
		Contact:    brief.Contact{Name: "Bruno", Email: "bruno@demo.example", Phone: "+49 30 123456"},
		Monitoring: brief.Monitoring{Who: "brand manager", Within: 24 * time.Hour, Takedown: 12 * time.Hour, Evidence: true},
		Experience: true, Music: brief.Licensed,
	}
}

// A brief becomes a document in every language of the page, and a PDF in those whose
// letters the typefaces have.
func TestWriteMade(t *testing.T) {
	t.Parallel()
	for language, refused := range map[string]string{"en": "", "de": "", "fr": "", "es": "", "it": "", "pt": "", "nl": "", "ja": "pdf.glyphs", "ko": "pdf.glyphs"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			d, err := page.Make(kettle(), &page.Options{Language: language})
			require.NoError(t, err)
			if refused != "" {
				if code := codeOf(pdf.Write(io.Discard, d, nil)); code != refused {
					t.Errorf("refused with %q, want %q", code, refused)
				}
				return
			}
			document := write(t, d, nil)
			if path := os.Getenv("BYLINE_PDF"); path != "" {
				require.NoError(t, os.WriteFile(path+"-"+language+".pdf", document, 0o600))
			}
			got := strings.Join(strings.Fields(strings.ReplaceAll(all(t, d, nil), "|", " ")), " ")
			for _, want := range []string{"Kettle K2", "Werbung", "ADA15", "#werbung", "Laboratory report 12/2026", "bruno@demo.example", "The quiet morning", "healthy"} {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in the document: %s", want, got)
				}
			}
		})
	}
}
