package disclosure_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// Every dated change of the research has its record.
func TestTimelineOfTheWorld(t *testing.T) {
	t.Parallel()
	tests := map[string]time.Time{
		"IN":              date(2021, time.June, 14),
		"IN.virtual":      date(2023, time.January, 20),
		"CN":              date(2023, time.May, 1),
		"twitch":          date(2023, time.July, 1),
		"MX":              date(2023, time.August, 21),
		"JP":              date(2023, time.October, 1),
		"KR":              date(2024, time.December, 1),
		"CA":              date(2025, time.October, 1),
		"AE":              date(2026, time.February, 1),
		"BR":              date(2026, time.June, 1),
		"KR.virtual":      date(2026, time.June, 1),
		"US-NY.performer": date(2026, time.June, 9),
	}
	rules := disclosure.Rules()
	for id, day := range tests {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			starts := func(c disclosure.Change) bool { return c.Starts && c.Rule.ID == id }
			if !slices.ContainsFunc(disclosure.Changes(day, day.AddDate(0, 0, 1), rules), starts) {
				t.Errorf("%s does not start on %s", id, day.Format(time.DateOnly))
			}
		})
	}
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// The first label that is suggested is one of the market's own, in the language of the content.
func TestFirstSuggestionOfTheWorld(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		post worldPost
		want string
	}{
		"AE":           {postIn("AE", "ar"), "إعلان"},
		"AU":           {postIn("AU", "en"), "#ad"},
		"BR":           {postIn("BR", "pt"), "#publi"},
		"CA":           {postIn("CA", "en"), "#ad"},
		"CA in French": {postIn("CA", "fr"), "#pub"},
		"CA, a gift":   {postIn("CA", "en").because(disclosure.GiftUnsolicited), "#ad"},
		"CN":           {postIn("CN", "zh").showing(disclosure.ShopLink), "广告"},
		"IN":           {postIn("IN", "en"), "Ad"},
		"IN in Hindi":  {postIn("IN", "hi"), "Ad"},
		"JP":           {postIn("JP", "ja"), "広告"},
		"KR":           {postIn("KR", "ko"), "광고"},
		"MX":           {postIn("MX", "es"), "#Publicidad"},
		"SG":           {postIn("SG", "en"), "#ad"},
		"linkedin":     {postIn("US", "en").at(byline.LinkedIn).as(disclosure.Text), "#ad"},
	}
	rules := disclosure.Rules()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.post.post.Texts = nil
			var first string
			if all := disclosure.Suggest(tt.post.post, rules); len(all) > 0 {
				first = all[0].Label
			}
			if diff := cmp.Diff(tt.want, first); diff != "" {
				t.Errorf("first suggestion (-want +got):\n%s", diff)
			}
		})
	}
}

// One English post can do for all the markets that speak it.
func TestOneLabelForMarketsThatSpeakEnglish(t *testing.T) {
	t.Parallel()
	post := postIn("US", "en").with(disclosure.Caption, "#ad a new cream").with(disclosure.Overlay, "Ad").toggled(disclosure.Yes)
	post.post.Markets = []byline.Market{"AE", "AU", "CA", "IN", "SG", "US"}
	got := map[string]disclosure.Status{}
	for _, answer := range disclosure.Evaluate(post.post, disclosure.Rules()).Answers {
		if answer.Duty == "label" || answer.Duty == "toggle" {
			got[answer.ID()] = answer.Status
		}
	}
	want := map[string]disclosure.Status{
		"AE.identified.label": isFine, "AU.label": isFine, "CA.label": isFine, "IN.label": isFine, "SG.label": isFine, "US.label": isFine, "instagram.toggle": isFine,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}
