package attribution

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/bylinehq/byline"
)

// noPostCodes are the larger markets whose post has no codes, of the list at
// https://www.geopostcodes.com/blog/countries-without-zip-codes, read 2026-11-22.
const noPostCodes = "AE AO BS FJ HK JM MO PA QA UG ZW"

// streetWords map how people write a word of an address to one form: "of:form". English
// from USPS Publication 28, appendices B, C1 and C2, https://pe.usps.com/text/pub28,
// read 2026-11-22; the others are common practice. They are few on purpose: a word that is not
// here only keeps two spellings apart.
const streetWords = " str:street st:street strasse:street straat:street" +
	" ave:avenue av:avenue rd:road ln:lane dr:drive ct:court sq:square hwy:highway pkwy:parkway" +
	" blvd:boulevard bld:boulevard bd:boulevard pl:place platz:place plz:place" +
	" apt:unit apartment:unit flat:unit suite:unit ste:unit wohnung:unit whg:unit appartement:unit appt:unit" +
	" nr: no: num: numero: number: "

// directions are folded in North America only, where streets are cut into halves:
// elsewhere a single letter belongs to a house number.
const directions = " n:north s:south e:east w:west ne:northeast nw:northwest se:southeast sw:southwest "

const unitWord = "unit"

// normalAddress returns the form in which addresses are compared, or "".
func normalAddress(a PostalAddress) string {
	market, err := byline.ParseMarket(string(a.Market))
	if err != nil || max(len(a.Street), len(a.PostCode), len(a.City)) > maxPersonal {
		return ""
	}
	code := postCode(a.PostCode, market)
	if code == "" && strings.Contains(noPostCodes, string(market)) {
		code = strings.Join(streetTokens(a.City), " ")
	}
	street := normalStreet(a.Street, market)
	if code == "" || street == "" {
		return ""
	}
	return string(market) + "|" + code + "|" + street
}

// postCode keeps letters and digits. A country's letters in front of digits ("D-10115",
// "LV-1010") are left out, and so is what follows the five digits of an American code.
func postCode(code string, market byline.Market) string {
	code = strings.Map(func(r rune) rune {
		if digit, ok := decimalDigit(r); ok {
			return rune(digit)
		}
		if unicode.IsLetter(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, norm.NFKC.String(code))
	for _, country := range []string{string(market), string(market)[:1]} {
		if rest, ok := strings.CutPrefix(code, country); ok && len(rest) >= 4 && strings.Trim(rest, "0123456789") == "" {
			code = rest
		}
	}
	if market == "US" && len(code) > 5 {
		code = code[:5]
	}
	return code
}

// normalStreet sorts words, and keeps numbers in their order, because "12 Street 5" and
// "5 Street 12" may be two flats: "haupt street|12a|unit 3". Without a word or without a
// number it is "".
func normalStreet(street string, market byline.Market) string {
	var words, numbers, units []string
	tokens := foldTokens(streetTokens(street), market)
	for i := 0; i < len(tokens); i++ {
		switch t := tokens[i]; {
		case t == unitWord:
			if i+1 < len(tokens) && tokens[i+1] != unitWord {
				i++
				units = append(units, unitWord+" "+tokens[i])
			}
		case isHouseNumber(t):
			numbers = append(numbers, t)
		default:
			words = append(words, t)
		}
	}
	if len(words) == 0 || len(numbers) == 0 {
		return ""
	}
	slices.Sort(words)
	slices.Sort(units)
	return strings.Join(words, " ") + "|" + strings.Join(numbers, " , ") + "|" + strings.Join(units, " , ")
}

// foldTokens writes every word in its one form and puts a letter to its number: "12 a"
// is "12a".
func foldTokens(tokens []string, market byline.Market) []string {
	var folded []string
	for _, t := range tokens {
		last := len(folded) - 1
		word, known := lookUpWord(streetWords, t)
		if !known && (market == "US" || market == "CA") {
			word, known = lookUpWord(directions, t)
		}
		stem, compound := strings.CutSuffix(t, "strasse")
		if !compound {
			stem, compound = strings.CutSuffix(t, "str")
		}
		switch {
		case known && word == "":
		case known:
			folded = append(folded, word)
		case compound:
			folded = append(folded, stem, "street")
		case last >= 0 && isPlainNumber(folded[last]) && len(t) == 1 && isLetter(t[0]):
			folded[last] += t
		default:
			folded = append(folded, t)
		}
	}
	return folded
}

func lookUpWord(list, word string) (form string, known bool) {
	_, rest, known := strings.Cut(list, " "+word+":")
	form, _, _ = strings.Cut(rest, " ")
	return form, known
}

// streetTokens cuts text into words and numbers, without accents and punctuation. A
// slash or a hyphen between digits holds a number together: "12/5", "12-14".
func streetTokens(text string) []string {
	var tokens []string
	var token strings.Builder
	end := func() {
		if token.Len() > 0 {
			tokens = append(tokens, token.String())
			token.Reset()
		}
	}
	runes := plainLetters(text)
	for i, r := range runes {
		switch {
		case r == '#':
			end()
			tokens = append(tokens, unitWord)
		case unicode.IsDigit(r):
			if endsInLetter(token.String()) && !unicode.IsDigit(rune(token.String()[0])) {
				end()
			}
			token.WriteRune(r)
		case unicode.In(r, unicode.Letter, unicode.Mark):
			token.WriteRune(r)
		case r == '\'':
		case (r == '/' || r == '-') && isPlainNumber(token.String()) && i+1 < len(runes) && unicode.IsDigit(runes[i+1]):
			token.WriteRune(r)
		default:
			end()
		}
	}
	end()
	return tokens
}

// plainLetters folds case, accents and what a keyboard leaves out: "Müllerstraße" and
// "Muellerstrasse" are the same, and so are "Łódź" and "Lodz". Spaces around a slash or
// a hyphen go, and typographic hyphens and apostrophes become plain ones.
func plainLetters(text string) []rune {
	const diaeresis = '\u0308'
	var plain []rune
	for _, r := range norm.NFKD.String(foldText(text)) {
		digit, isDigit := decimalDigit(r)
		switch {
		case isDigit:
			plain = append(plain, rune(digit))
		case r == diaeresis && len(plain) > 0 && strings.ContainsRune("aou", plain[len(plain)-1]):
			plain = append(plain, 'e')
		case r >= '\u0300' && r <= '\u036f':
		case unicode.Is(unicode.Pd, r):
			plain = append(plain, '-')
		default:
			plain = append(plain, []rune(spelledOut(r))...)
		}
	}
	return []rune(tightenJoins(string(plain)))
}

// spelledOut writes letters that have no accent to take off.
func spelledOut(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'ø', 'œ':
		return "oe"
	case 'ł':
		return "l"
	case 'đ':
		return "d"
	case 'ı':
		return "i"
	case '’', '`':
		return "'"
	}
	return string(r)
}

func tightenJoins(text string) string {
	for _, join := range []string{"/", "-"} {
		parts := strings.Split(text, join)
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		text = strings.Join(parts, join)
	}
	return text
}

// isHouseNumber takes 12, 12a, 12/5 and 12-14; "5th" is a word.
func isHouseNumber(t string) bool {
	if t != "" && isLetter(t[len(t)-1]) {
		t = t[:len(t)-1]
	}
	return isPlainNumber(t)
}

func isPlainNumber(t string) bool {
	return t != "" && t[0] >= '0' && t[0] <= '9' && strings.Trim(t, "0123456789/-") == ""
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }

func endsInLetter(t string) bool { return t != "" && !unicode.IsDigit(rune(t[len(t)-1])) }
