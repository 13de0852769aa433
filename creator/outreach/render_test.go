package outreach_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/outreach"
	"github.com/bylinehq/byline/internal/golden"
)

func TestRenderInThreeLocales(t *testing.T) {
	t.Parallel()
	for file, locale := range map[string]string{"en.txt": "en-GB", "de.txt": "de", "pt.txt": "pt-BR"} {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			m := goodMessage()
			switch locale {
			case "de":
				m.Campaign.Offer = "ein Video"
			case "pt-BR":
				m.Campaign.Offer, m.Campaign.Fee = "um vídeo", byline.Minor(1_234_567, byline.BRL)
			}
			r, err := template(t, locale).Render(m, nil)
			require.NoError(t, err)
			if len(r.Findings) > 0 {
				t.Errorf("findings: %v", codesOf(r.Findings))
			}
			golden.Equal(t, file, fmt.Appendf(nil, "Subject: %s\n\n%s\n", r.Subject, r.Body))
		})
	}
}

func TestRenderedSaysWhatItWasMadeOf(t *testing.T) {
	t.Parallel()
	m := goodMessage()
	r, err := template(t, "en").Render(m, nil)
	require.NoError(t, err)
	data, err := json.Marshal(r)
	require.NoError(t, err)
	var back outreach.Rendered
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(r, back); diff != "" {
		t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
	}
	want := outreach.Contact{
		CreatorID: "ada", At: now(), Channel: outreach.Email, Direction: outreach.Outbound, Template: "first", Version: "2026-11-01", Post: sourdough(),
	}
	if diff := cmp.Diff(want, r.Contact()); diff != "" {
		t.Errorf("contact mismatch (-want +got):\n%s", diff)
	}
	if r.Locale != "en" || r.CampaignID != "c1" || !r.PostPublishedAt.Equal(daysAgo(10)) {
		t.Errorf("got %+v", r)
	}
	for field, value := range r.Fields {
		if !strings.Contains(r.Subject+r.Body, value) {
			t.Errorf("%s is %q, which the message does not show", field, value)
		}
	}
	if got := r.Fields[outreach.CampaignFee]; got != "1,234.50 EUR" {
		t.Errorf("the fee is %q", got)
	}
}

func TestMessageRoundTrips(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(goodMessage())
	require.NoError(t, err)
	var back outreach.Message
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(goodMessage(), &back); diff != "" {
		t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	post := func(m *outreach.Message) *creator.Post { return &m.Dossier.Posts[0] }
	tests := map[string]struct {
		edit func(*outreach.Message)
		want string
	}{
		"no reference":             {func(m *outreach.Message) { m.Reference.Post = outreach.PostRef{} }, "outreach.no_reference"},
		"no platform":              {func(m *outreach.Message) { m.Reference.Post.Platform = "" }, "outreach.no_reference"},
		"no posts":                 {func(m *outreach.Message) { m.Dossier.Posts = nil }, "outreach.not_in_dossier"},
		"another post":             {func(m *outreach.Message) { m.Reference.Post.ID = "v2" }, "outreach.not_in_dossier"},
		"the id elsewhere":         {func(m *outreach.Message) { m.Reference.Post.Platform = byline.TikTok }, "outreach.not_in_dossier"},
		"by another account":       {func(m *outreach.Message) { post(m).Account.Handle = "cleo" }, "outreach.other_account"},
		"no date":                  {func(m *outreach.Message) { post(m).PublishedAt = time.Time{} }, "outreach.undated_post"},
		"in the future":            {func(m *outreach.Message) { post(m).PublishedAt = now().Add(1) }, "outreach.future_post"},
		"older than thirty days":   {func(m *outreach.Message) { post(m).PublishedAt = daysAgo(30).Add(-1) }, "outreach.stale_post"},
		"just thirty days old":     {func(m *outreach.Message) { post(m).PublishedAt = daysAgo(30) }, ""},
		"published this instant":   {func(m *outreach.Message) { post(m).PublishedAt = now() }, ""},
		"no link":                  {func(m *outreach.Message) { post(m).Link = "" }, "outreach.bad_link"},
		"a script as link":         {func(m *outreach.Message) { post(m).Link = "javascript:alert(1)" }, "outreach.bad_link"},
		"a link with a user":       {func(m *outreach.Message) { post(m).Link = "https://video.example@evil.example/" }, "outreach.bad_link"},
		"a link with a line break": {func(m *outreach.Message) { post(m).Link = "https://video.example/\r\nBcc: x" }, "outreach.bad_link"},
		"a link that turns":        {func(m *outreach.Message) { post(m).Link = "https://video.example/\u202egnp" }, "outreach.bad_link"},
		"a link of 2000":           {func(m *outreach.Message) { post(m).Link = "http://video.example/" + strings.Repeat("a", 2000-21) }, ""},
		"a longer link":            {func(m *outreach.Message) { post(m).Link = "http://video.example/" + strings.Repeat("a", 2001-21) }, "outreach.bad_link"},
		"a plain link":             {func(m *outreach.Message) { post(m).Link = "http://video.example/v1" }, ""},
		"a quote of ten letters":   {func(m *outreach.Message) { m.Reference.Quote = "the crumb mo" }, ""},
		"a quote of nine letters":  {func(m *outreach.Message) { m.Reference.Quote = "the crumb m" }, "outreach.short_quote"},
		"a path":                   {func(m *outreach.Message) { post(m).Link = "/v1" }, "outreach.bad_link"},
		"no quote":                 {func(m *outreach.Message) { m.Reference.Quote = "" }, "outreach.short_quote"},
		"a quote of emoji":         {func(m *outreach.Message) { m.Reference.Quote = strings.Repeat("😍", 20) }, "outreach.short_quote"},
		"a quote of one word":      {func(m *outreach.Message) { m.Reference.Quote = "water" }, "outreach.short_quote"},
		"words of another":         {func(m *outreach.Message) { m.Reference.Quote = "I love your content" }, "outreach.quote_not_in_post"},
		"a quote over two lines":   {func(m *outreach.Message) { m.Reference.Quote = "Three flours, one starter" }, ""},
		"a post without text":      {func(m *outreach.Message) { post(m).Text = "" }, "outreach.quote_not_in_post"},
		"a theme nobody asks for":  {func(m *outreach.Message) { m.Reference.Theme = "cars" }, ""},
		"another's post of the id": {func(m *outreach.Message) {
			other := *post(m)
			other.Account.Handle = "cleo"
			m.Dossier.Posts = []creator.Post{other, *post(m)}
		}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := goodMessage()
			tt.edit(m)
			r, err := template(t, "en").Render(m, nil)
			if got := refusalOf(t, err); got != tt.want {
				t.Errorf("refused with %q, want %q", got, tt.want)
			}
			if err != nil && !cmp.Equal(r, outreach.Rendered{}) {
				t.Errorf("a refusal came with %+v", r)
			}
		})
	}
}

func TestRenderHoldsTheTheme(t *testing.T) {
	t.Parallel()
	for theme, want := range map[string]string{"SOURDOUGH": "", "cars": "outreach.theme_not_in_post", "": "outreach.theme_not_in_post", "\u200b": "outreach.theme_not_in_post"} {
		m := goodMessage()
		m.Reference.Theme = theme
		m.Dossier.Posts[0].Themes = append(m.Dossier.Posts[0].Themes, " ")
		_, err := template(t, "pt").Render(m, nil)
		if got := refusalOf(t, err); got != want {
			t.Errorf("theme %q is refused with %q, want %q", theme, got, want)
		}
	}
}

func TestRenderReportsFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit func(*outreach.Message)
		want []at
	}{
		"no dossier": {func(m *outreach.Message) { m.Dossier = nil }, []at{{"dossier", "required"}}},
		"many": {func(m *outreach.Message) {
			*m = outreach.Message{Dossier: &creator.Dossier{}, Channel: "x.direct", Reference: m.Reference}
		}, []at{
			{"dossier.profile.id", "required"}, {"at", "required"},
			{"campaign.brand", "required"}, {"campaign.ends", "required"}, {"campaign.fee", "required"}, {"campaign.offer", "required"}, {"campaign.starts", "required"},
			{"dossier.profile.name", "required"}, {"sender.address", "required"}, {"sender.company", "required"},
			{"sender.name", "required"}, {"sender.opt_out", "required"}, {"sender.privacy", "required"},
		}},
		"a name that is not to be seen": {func(m *outreach.Message) { m.Dossier.Profile.Name = "\u202e\u200b\x00 " }, []at{{"dossier.profile.name", "required"}}},
		"a huge name":                   {func(m *outreach.Message) { m.Dossier.Profile.Name = strings.Repeat("a", 1_000_000) }, []at{{"dossier.profile.name", "max"}}},
		"a name as long as may be":      {func(m *outreach.Message) { m.Dossier.Profile.Name = strings.Repeat("é", 1000) }, nil},
		"a name too long by one":        {func(m *outreach.Message) { m.Dossier.Profile.Name = strings.Repeat("é", 1001) }, []at{{"dossier.profile.name", "max"}}},
		"a quote as long as may be": {func(m *outreach.Message) {
			m.Reference.Quote = strings.Repeat("é", 280)
			m.Dossier.Posts[0].Text = m.Reference.Quote
		}, nil},
		"a huge quote":   {func(m *outreach.Message) { m.Reference.Quote = strings.Repeat("a", 281) }, []at{{"reference.quote", "max"}}},
		"a negative fee": {func(m *outreach.Message) { m.Campaign.Fee = byline.Minor(-1, byline.EUR) }, []at{{"campaign.fee", "message.fee"}}},
		"no channel":     {func(m *outreach.Message) { m.Channel = "" }, []at{{"channel", "required"}}},
		"a long subject": {func(m *outreach.Message) { m.Campaign.Brand = strings.Repeat("a", 300) }, []at{{"subject", "message.long_subject"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := goodMessage()
			tt.edit(m)
			_, err := template(t, "en").Render(m, nil)
			if diff := cmp.Diff(tt.want, faultsOf(t, err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRenderWithoutTemplateOrMessage(t *testing.T) {
	t.Parallel()
	_, err := (&outreach.Template{}).Render(nil, &outreach.Options{MaxAge: -1, SeenWithin: -1, MinQuote: -1})
	want := []at{{"max_age", "options.negative"}, {"seen_within", "options.negative"}, {"min_quote", "options.negative"}, {"template", "required"}, {"dossier", "required"}}
	if diff := cmp.Diff(want, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestAnEmailNeedsASubject(t *testing.T) {
	t.Parallel()
	text := texts(t)[0]
	text.Subject = ""
	quiet, err := outreach.Compile(text)
	require.NoError(t, err)
	m := goodMessage()
	_, err = quiet.Render(m, nil)
	if diff := cmp.Diff([]at{{"channel", "message.no_subject"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	m.Channel = "youtube.message"
	_, err = quiet.Render(m, nil)
	require.NoError(t, err)
}

func TestRenderDoubts(t *testing.T) {
	t.Parallel()
	text := texts(t)[0]
	text.OptOut = "Stop: {sender.opt_out}"
	bare, err := outreach.Compile(text)
	require.NoError(t, err)
	tests := map[string]struct {
		edit func(*outreach.Message)
		want []string
	}{
		"a bare template":     {func(*outreach.Message) {}, []string{"outreach.no_postal_address", "outreach.no_data_source"}},
		"not an e-mail":       {func(m *outreach.Message) { m.Channel = "x.direct" }, []string{"outreach.no_data_source"}},
		"never seen":          {func(m *outreach.Message) { m.Reference.SeenAt = time.Time{} }, []string{"outreach.not_seen", "outreach.no_postal_address", "outreach.no_data_source"}},
		"seen a week ago":     {func(m *outreach.Message) { m.Reference.SeenAt = daysAgo(7) }, []string{"outreach.no_postal_address", "outreach.no_data_source"}},
		"seen longer ago":     {func(m *outreach.Message) { m.Reference.SeenAt = daysAgo(7).Add(-1) }, []string{"outreach.not_seen", "outreach.no_postal_address", "outreach.no_data_source"}},
		"seen in the future":  {func(m *outreach.Message) { m.Reference.SeenAt = now().Add(1) }, []string{"outreach.not_seen", "outreach.no_postal_address", "outreach.no_data_source"}},
		"advertising":         {func(m *outreach.Message) { m.Dossier.Posts[0].Commerce = creator.Sponsored }, []string{"outreach.sponsored_post", "outreach.no_postal_address", "outreach.no_data_source"}},
		"boosted":             {func(m *outreach.Message) { m.Dossier.Posts[0].Promotion = creator.Boosted }, []string{"outreach.boosted_post", "outreach.no_postal_address", "outreach.no_data_source"}},
		"of another language": {func(m *outreach.Message) { m.Dossier.Profile.Languages = []string{"pt-BR"} }, []string{"outreach.other_language", "outreach.no_postal_address", "outreach.no_data_source"}},
		"of a wider one":      {func(m *outreach.Message) { m.Dossier.Profile.Languages = []string{"pt", "en-IE"} }, []string{"outreach.no_postal_address", "outreach.no_data_source"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := goodMessage()
			tt.edit(m)
			r, err := bare.Render(m, nil)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, codesOf(r.Findings)); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
			for _, f := range r.Findings {
				if f.Severity == byline.Blocker {
					t.Errorf("%s blocks", f.Code)
				}
			}
		})
	}
}

// TestWhatOthersWroteIsInert puts all that could do harm into every field that comes from
// somebody else.
func TestWhatOthersWroteIsInert(t *testing.T) {
	t.Parallel()
	const evil = "Ada {sender.opt_out}}} {{\r\nBcc: all@evil.example\n\n\x00\x1b[31m\u202egnp\u2066\u2028\ufeff\xff fin"
	const tame = "Ada {sender.opt_out}}} {{ Bcc: all@evil.example [31mgnp fin"
	m := goodMessage()
	m.Dossier.Profile.Name, m.Campaign.Brand, m.Campaign.Offer = evil, evil, evil
	m.Dossier.Posts[0].Text, m.Reference.Quote = evil, evil
	m.Sender = outreach.Sender{Name: evil, Company: evil, Address: evil, OptOut: evil, Privacy: evil}
	r, err := template(t, "en").Render(m, nil)
	require.NoError(t, err)
	if got := r.Fields[outreach.CreatorName]; got != tame {
		t.Errorf("name is %q, want %q", got, tame)
	}
	mustBeClean(t, r)
	plain, err := template(t, "en").Render(goodMessage(), nil)
	require.NoError(t, err)
	if got, want := strings.Count(r.Body, "\n"), strings.Count(plain.Body, "\n"); got != want {
		t.Errorf("%d line breaks, want %d", got, want)
	}
}

func mustBeClean(t *testing.T, r outreach.Rendered) {
	t.Helper()
	hidden := func(c rune) bool {
		return unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || c == '\u2029' || c == utf8.RuneError
	}
	if strings.ContainsFunc(r.Subject, hidden) || strings.ContainsFunc(strings.ReplaceAll(r.Body, "\n", ""), hidden) {
		t.Errorf("hidden characters in %q / %q", r.Subject, r.Body)
	}
}

func TestValuesAreTrimmed(t *testing.T) {
	t.Parallel()
	m := goodMessage()
	m.Dossier.Profile.Name = "\u00a0\n Ada \t Demo\u2028"
	r, err := template(t, "en").Render(m, nil)
	require.NoError(t, err)
	if got := r.Fields[outreach.CreatorName]; got != "Ada Demo" {
		t.Errorf("the name is %q", got)
	}
}

// A subject that is filled may be as long as it says, to the letter.
func TestSubjectsOfAnyLength(t *testing.T) {
	t.Parallel()
	text := texts(t)[0]
	text.Subject = "{campaign.brand}"
	c, err := outreach.Compile(text)
	require.NoError(t, err)
	for n, want := range map[int][]at{250: nil, 251: {{"subject", "message.long_subject"}}} {
		m := goodMessage()
		m.Campaign.Brand = strings.Repeat("é", n)
		_, err := c.Render(m, nil)
		if diff := cmp.Diff(want, faultsOf(t, err)); diff != "" {
			t.Errorf("of %d letters (-want +got):\n%s", n, diff)
		}
	}
}

// A post that is too old never reads as just old enough.
func TestStaleByASecond(t *testing.T) {
	t.Parallel()
	m := goodMessage()
	m.Dossier.Posts[0].PublishedAt = daysAgo(30).Add(-time.Second)
	_, err := template(t, "en").Render(m, nil)
	refusal, ok := errors.AsType[*byline.RefusalError](err)
	if !ok || refusal.Need != 30 || refusal.Have != 30.01 {
		t.Errorf("refused with %+v", refusal)
	}
}

func TestJoinersStay(t *testing.T) {
	t.Parallel()
	m := goodMessage()
	m.Dossier.Profile.Name = "Ada 👩\u200d🍳"
	r, err := template(t, "en").Render(m, nil)
	require.NoError(t, err)
	if got := r.Fields[outreach.CreatorName]; got != m.Dossier.Profile.Name {
		t.Errorf("got %q", got)
	}
}

func TestRenderInAnotherZone(t *testing.T) {
	t.Parallel()
	m := goodMessage()
	m.Campaign.Starts = time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC)
	r, err := template(t, "en").Render(m, &outreach.Options{Location: time.FixedZone("", 2*60*60), MaxAge: 10 * 24 * time.Hour, MinQuote: 34})
	require.NoError(t, err)
	if got := r.Fields[outreach.CampaignStart]; got != "1 December 2026" {
		t.Errorf("starts %q", got)
	}
}

func TestPlatformsByName(t *testing.T) {
	t.Parallel()
	for platform, want := range map[byline.Platform]string{
		byline.TikTok: "TikTok", byline.LinkedIn: "LinkedIn", byline.X: "X", byline.Instagram: "Instagram", "weibo": "weibo",
	} {
		m := goodMessage()
		m.Dossier.Profile.Accounts[0].Platform, m.Dossier.Posts[0].Account.Platform, m.Reference.Post.Platform = platform, platform, platform
		r, err := template(t, "en").Render(m, &outreach.Options{SeenWithin: time.Hour})
		require.NoError(t, err)
		if got := r.Fields[outreach.PostPlatform]; got != want {
			t.Errorf("%s is written %q", platform, got)
		}
		if diff := cmp.Diff([]string{"outreach.not_seen"}, codesOf(r.Findings)); diff != "" {
			t.Errorf("findings mismatch (-want +got):\n%s", diff)
		}
	}
}

func TestAHandleThatIsNotToBeSeen(t *testing.T) {
	t.Parallel()
	text := texts(t)[0]
	text.Body += " @{creator.handle}"
	compiled, err := outreach.Compile(text)
	require.NoError(t, err)
	m := goodMessage()
	r, err := compiled.Render(m, nil)
	require.NoError(t, err)
	if !strings.Contains(r.Body, " @Ada.Bakes\n") {
		t.Errorf("got %q", r.Body)
	}
	m.Dossier.Profile.Accounts[0].Handle, m.Dossier.Posts[0].Account.Handle = "\u202e", "\u202e"
	_, err = compiled.Render(m, nil)
	if diff := cmp.Diff([]at{{"dossier.profile.accounts", "required"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	m.Reference.Post.ID = "v2"
	_, err = compiled.Render(m, nil)
	if got := refusalOf(t, err); got != "outreach.not_in_dossier" {
		t.Errorf("refused with %q", got)
	}
}

func FuzzRender(f *testing.F) {
	fill := template(f, "en")
	f.Add("Ada", "https://video.example/v1", "what changed the crumb", "what changed the crumb most")
	f.Add("{{}}\r\nBcc: x", "javascript:x", "{post.link}\u202e", "\xff")
	f.Fuzz(func(t *testing.T, name, link, quote, text string) {
		m := goodMessage()
		m.Dossier.Profile.Name, m.Dossier.Posts[0].Link, m.Reference.Quote, m.Dossier.Posts[0].Text = name, link, quote, text
		r, err := fill.Render(m, nil)
		again, errAgain := fill.Render(m, nil)
		if diff := cmp.Diff(r, again); diff != "" || (err == nil) != (errAgain == nil) {
			t.Fatalf("rendered twice (-first +second):\n%s", diff)
		}
		if err != nil {
			return
		}
		mustBeClean(t, r)
		if !strings.Contains(r.Body, link) || !strings.Contains(r.Body, r.Fields[outreach.PostQuote]) || len(r.Fields[outreach.PostQuote]) < 10 {
			t.Errorf("the post is not in %q", r.Body)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	fill, m := template(b, "en"), goodMessage()
	for b.Loop() {
		if _, err := fill.Render(m, nil); err != nil {
			b.Fatal(err)
		}
	}
}
