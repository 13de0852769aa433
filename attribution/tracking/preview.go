package tracking

import (
	"net/http"
	"strings"
)

// isClick tells a person who follows a link from what only looks at where it leads. It
// believes what the client says of itself: somebody who lies is counted.
func isClick(r *http.Request) bool {
	return r.Method == http.MethodGet && !isPrefetch(r.Header) && !isPreview(r.UserAgent())
}

// isPrefetch knows requests that browsers make before anybody clicked. Sec-Purpose is of
// the Fetch standard, "prefetch" or "prefetch;prerender"; the others are what Chrome,
// Safari and Firefox sent before.
// https://groups.google.com/a/chromium.org/g/blink-dev/c/6RX-nNYdLes, read 2026-11-22.
func isPrefetch(h http.Header) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		purpose := strings.ToLower(h.Get(name))
		for _, early := range []string{"prefetch", "prerender", "preview"} {
			if strings.Contains(purpose, early) {
				return true
			}
		}
	}
	return false
}

// previewers are words in the User-Agent of programs that fetch a link to show a preview
// of it, or to index it, in lower case. "facebookexternalhit" is also what Apple's
// Messages sends. Left out are the names of apps in whose own browser people click, as
// Instagram, Snapchat or Viber.
// https://developers.facebook.com/docs/sharing/webmasters/web-crawlers and
// https://github.com/monperrus/crawler-user-agents, read 2026-11-22.
func previewers() []string {
	return []string{
		"facebookexternalhit", "facebot", "meta-externalagent", "meta-externalfetcher", "whatsapp/", "twitterbot",
		"slackbot", "slack-imgproxy", "telegrambot", "discordbot", "linkedinbot", "skypeuripreview", "microsoftpreview",
		"pinterestbot", "redditbot", "snap url preview", "vkshare", "bluesky cardyb", "embedly", "iframely",
		"googlebot", "bingbot", "bingpreview", "applebot", "yandexbot", "duckduckbot", "baiduspider", "petalbot",
		"ahrefsbot", "semrushbot",
	}
}

func isPreview(userAgent string) bool {
	agent := strings.ToLower(userAgent)
	for _, word := range previewers() {
		if strings.Contains(agent, word) {
			return true
		}
	}
	return false
}
