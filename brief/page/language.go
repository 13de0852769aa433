package page

import "strings"

// languageName is what a language calls itself, so that whoever reads it recognises it;
// the tag where it is not listed.
func languageName(tag string) string {
	base, _, region := strings.Cut(tag, "-")
	name := autonym(strings.ToLower(base))
	switch {
	case name == "":
		return single(tag)
	case region:
		return name + " (" + single(tag) + ")"
	}
	return name
}

// autonym names the languages of the markets with disclosure rules and of this package, as
// the CLDR writes them (in golang.org/x/text v0.43.0, read 2026-11-22).
func autonym(base string) string {
	switch base {
	case "ar":
		return "العربية"
	case "da":
		return "dansk"
	case "de":
		return "Deutsch"
	case "en":
		return "English"
	case "es":
		return "español"
	case "fi":
		return "suomi"
	case "fr":
		return "français"
	case "ga":
		return "Gaeilge"
	case "hi":
		return "हिन्दी"
	case "it":
		return "italiano"
	case "ja":
		return "日本語"
	case "ko":
		return "한국어"
	case "nb":
		return "norsk bokmål"
	case "nl":
		return "Nederlands"
	case "no":
		return "norsk"
	case "pl":
		return "polski"
	case "pt":
		return "português"
	case "sv":
		return "svenska"
	case "zh":
		return "中文"
	}
	return ""
}
