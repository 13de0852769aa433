package brief

import (
	"strings"

	"github.com/bylinehq/byline"
)

// marketName is what a country is called in English, its code where it is not listed. The
// names are those of the CLDR (in golang.org/x/text v0.43.0, read 2026-11-22).
func marketName(m byline.Market) string {
	const names = "|AE United Arab Emirates|AR Argentina|AT Austria|AU Australia|BE Belgium|BG Bulgaria|BR Brazil|CA Canada" +
		"|CH Switzerland|CL Chile|CN China|CO Colombia|CY Cyprus|CZ Czechia|DE Germany|DK Denmark" +
		"|EE Estonia|ES Spain|FI Finland|FR France|GB United Kingdom|GR Greece|HR Croatia|HU Hungary" +
		"|IE Ireland|IN India|IT Italy|JP Japan|KR South Korea|LT Lithuania|LU Luxembourg|LV Latvia" +
		"|MT Malta|MX Mexico|NL Netherlands|NO Norway|NZ New Zealand|PL Poland|PT Portugal|RO Romania" +
		"|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|US United States|ZA South Africa|"
	return named(names, string(m))
}

// inMarket is a market's name within a sentence.
func inMarket(m byline.Market) string {
	switch m {
	case "AE", "GB", "NL", "US":
		return "the " + marketName(m)
	}
	return marketName(m)
}

// languageName is what the language of a BCP 47 tag is called in English, without its
// region; the tag where it is not listed. The names are those of the CLDR too.
func languageName(tag string) string {
	const names = "|ar Arabic|bg Bulgarian|cs Czech|da Danish|de German|el Greek|en English|es Spanish|et Estonian|fi Finnish" +
		"|fr French|ga Irish|hi Hindi|hr Croatian|hu Hungarian|it Italian|ja Japanese|ko Korean|lt Lithuanian|lv Latvian" +
		"|mt Maltese|nb Norwegian Bokmål|nl Dutch|no Norwegian|pl Polish|pt Portuguese|ro Romanian|sk Slovak|sl Slovenian" +
		"|sv Swedish|zh Chinese|"
	base := baseLanguage(tag)
	if name := named(names, base); name != base {
		return name
	}
	return tag
}

func named(names, key string) string {
	_, rest, found := strings.Cut(names, "|"+key+" ")
	if !found || key == "" {
		return key
	}
	name, _, _ := strings.Cut(rest, "|")
	return name
}

// platformName is how a platform writes its name, within a sentence.
func platformName(p byline.Platform) string {
	switch p {
	case byline.Blog:
		return "the blog"
	case byline.Podcast:
		return "the podcast"
	case byline.Facebook:
		return "Facebook"
	case byline.Instagram:
		return "Instagram"
	case byline.LinkedIn:
		return "LinkedIn"
	case byline.Pinterest:
		return "Pinterest"
	case byline.Snapchat:
		return "Snapchat"
	case byline.Threads:
		return "Threads"
	case byline.TikTok:
		return "TikTok"
	case byline.Twitch:
		return "Twitch"
	case byline.X:
		return "X"
	case byline.YouTube:
		return "YouTube"
	}
	return string(p)
}
