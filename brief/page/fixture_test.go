package page_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
	"github.com/bylinehq/byline/brief/page"
)

func languages() []string { return []string{"en", "de", "fr", "es", "it", "pt", "nl", "ja", "ko"} }

// berlin is an hour east of UTC, whatever time zones the machine has.
func berlin() *time.Location { return time.FixedZone("Europe/Berlin", 3600) }

func day(month time.Month, n int) time.Time { return time.Date(2026, month, n, 0, 0, 0, 0, berlin()) }

func window(month time.Month, from, to int) byline.Window {
	return byline.Window{Start: day(month, from), End: day(month, to)}
}

// full has something in every field.
func full() brief.Brief {
	return brief.Brief{
		ID: "brief-kettle-1", Version: 2, Campaign: "winter", Creator: "ada", Title: "Slow mornings with the Demo kettle", Language: "de",
		Product: brief.Product{
			Name: "Demo kettle", Benefit: "Heats a litre to the degree you choose and keeps it there for an hour.",
			URL: "https://demo.example/kettle", Ties: []disclosure.Tie{disclosure.Paid, disclosure.Affiliate},
		},
		Brands:  []string{"Demo", "@demo.example"},
		Markets: []byline.Market{"DE", "AT", "GB"},
		Audience: brief.Audience{
			Who: "People who make their tea or coffee by hand", Minors: byline.Known(.125, "instagram.audience.under18", day(time.October, 1)),
		},
		Objective:  brief.Objective{Goal: "conversion", Sentence: "600 orders with a code by Christmas"},
		Message:    "The right temperature is the whole secret.",
		Action:     "Try the kettle for 30 days with the code.",
		Elements:   elements(),
		Guardrails: []string{"No boiling water near children or pets.", "Nothing about other makers' prices."},
		Disclosures: []brief.Disclosure{
			{Market: "DE", Language: "de", Label: "Werbung", Toggle: "Bezahlte Werbepartnerschaft", Platform: byline.Instagram},
			{Market: "AT", Language: "de", Label: "Werbung", Toggle: "Bezahlte Werbepartnerschaft", Platform: byline.Instagram},
			{Market: "GB", Language: "en", Label: "Ad"},
		},
		Claims: []brief.Claim{
			{
				Text: "Reaches 80 °C in under three minutes", Kind: brief.Comparative, Manner: "in a test with half a litre",
				Proof: []brief.Proof{{Title: "Laboratory report 12/2026", URL: "https://demo.example/report.pdf"}, {Title: "Data sheet"}},
			},
			{Text: "Made of steel that can be recycled", Kind: brief.Green},
		},
		Forbidden: []brief.Phrase{{Text: "the best kettle", Forms: []string{"best kettles"}, Why: "nobody has compared all of them"}, {Text: "healthy"}},
		Angles: []brief.Angle{
			{Title: "Sunday, 7 o'clock", Idea: "Your first cup before anybody else is up."},
			{Title: "What I did wrong for years"},
		},
		References: []brief.Reference{
			{URL: "https://demo.example/good", Why: "quiet, close, no music"},
			{URL: "https://demo.example/bad", Why: "reads the data sheet aloud", Dont: true},
		},
		Pieces: pieces(), Timeline: timeline(),
		Approval: brief.Approval{Rounds: 2, Days: 3, Silence: brief.SilenceAccepts, Who: []string{"brand manager", "legal"}},
		Usage:    []string{"Organic reposts on the brand's channels for six months.", "Paid ads only after a separate agreement."},
		Tracking: tracking(),
		Contact:  brief.Contact{Name: "Cleo", Email: "cleo@demo.example", Phone: "+49 30 000000"},
		Monitoring: brief.Monitoring{
			Who: "brand manager", Within: 24 * time.Hour, Takedown: 36 * time.Hour, Evidence: true, Every: 7 * 24 * time.Hour,
		},
		Experience: true, OtherBrands: brief.Excluded, Music: brief.Licensed, Politics: brief.Excluded, Profanity: brief.Excluded,
	}
}

func elements() []brief.Element {
	return []brief.Element{
		{Kind: brief.ShowProduct, Text: "the display while it heats"},
		{Kind: brief.SayMessage, Text: "The right temperature is the whole secret."},
		{Kind: brief.CallToAction, Text: "Thirty days, money back", Verbatim: true, Pieces: []int{0, 2}},
		{Kind: brief.NameCode, Text: "ADA15", Pieces: []int{1}},
		{Kind: brief.SetLink, Text: "https://demo.example/go/ada"},
		{Kind: brief.TagAccount, Text: "@demo.example"},
		{Kind: brief.UseHashtag, Text: "#DemoKettle"},
		{Kind: brief.ShowShot, Text: "steam in the morning light"},
	}
}

func pieces() []brief.Piece {
	reel := brief.Piece{
		Deliverable: brief.Deliverable{Platform: byline.Instagram, Format: brief.Reel, Count: 2, Posting: window(time.December, 2, 9), Code: "ADA15", Link: "ada-kettle"},
		Placement:   "feed", Length: brief.LengthBand{Min: time.Minute, Max: 90 * time.Second}, Live: 90 * 24 * time.Hour,
		Tags: []string{"@demo.example"}, Hashtags: []string{"#DemoKettle", "#SlowMorning"},
		Notes: "Upright, 9:16.\nSubtitles in German.",
	}
	story := brief.Piece{
		Deliverable: brief.Deliverable{Platform: byline.Instagram, Format: brief.Story, Count: 1, Posting: window(time.December, 10, 11), Link: "ada-kettle"},
		Frames:      3, Live: 24 * time.Hour,
	}
	video := brief.Piece{
		Deliverable: brief.Deliverable{
			Platform: byline.YouTube, Format: brief.Video, Count: 1, Code: "ADA15",
			Posting: byline.Window{Start: time.Date(2026, time.December, 28, 18, 0, 0, 0, berlin()), End: time.Date(2027, time.January, 4, 18, 0, 0, 0, berlin())},
		},
		Placement: "integration in the first half", Length: brief.LengthBand{Min: 8 * time.Minute, Max: 10 * time.Minute},
	}
	return []brief.Piece{reel, story, video}
}

func timeline() brief.Timeline {
	return brief.Timeline{
		ProductArrives: day(time.November, 9), DraftsDue: time.Date(2026, time.November, 20, 18, 0, 0, 0, berlin()), LegalReview: 1,
		ApprovalBy: day(time.November, 27), EmbargoEnds: day(time.December, 1), CampaignEnds: day(time.December, 31),
	}
}

func tracking() brief.Tracking {
	return brief.Tracking{
		Codes: []brief.Code{{Code: "ADA15", Expires: day(time.December, 31), Offer: "15% off everything"}, {Code: "ADASHIP"}},
		Links: []brief.Link{{
			Key: "ada-kettle", URL: "https://demo.example/kettle?ref=ada#top", Expires: day(time.December, 31),
			UTM: map[string]string{"utm_source": "instagram", "utm_campaign": "winter"},
		}},
		Window: 30 * 24 * time.Hour,
	}
}

func made(t testing.TB, b brief.Brief, language string) page.Document {
	t.Helper()
	doc, err := page.Make(b, &page.Options{Language: language, Zone: berlin()})
	require.NoError(t, err)
	return doc
}

func markdown(t testing.TB, doc page.Document) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, page.WriteMarkdown(&b, doc))
	return b.String()
}

func html(t testing.TB, doc page.Document) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, page.WriteHTML(&b, doc, nil))
	return b.String()
}
