package attribution

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/bylinehq/byline"
)

// dialPlans are, by market: the country's calling code, the prefix of a national number
// that an international one drops ("-" for none), and the prefix of an international
// call ("?" where it cannot be told from what follows it). From Google's libphonenumber,
// PhoneNumberMetadata.xml, https://github.com/google/libphonenumber, read 2026-11-22.
//
// Not here, so without a key unless written with "+" or "00": markets whose national
// numbers carry a carrier's or a mobile prefix inside (AR, CO) or whose prefix changed
// (LT). BR and MX are here as most people write them, without such a prefix.
const dialPlans = `
AE 971 0 00
AT 43 0 00
AU 61 0 0011
BE 32 0 00
BG 359 0 00
BH 973 - 00
BR 55 0 ?
CA 1 1 011
CH 41 0 00
CL 56 - ?
CN 86 0 00
CY 357 - 00
CZ 420 - 00
DE 49 0 00
DK 45 - 00
EE 372 - 00
EG 20 0 00
ES 34 - 00
FI 358 0 00
FR 33 0 00
GB 44 0 00
GR 30 - 00
HK 852 - ?
HR 385 0 00
HU 36 06 00
ID 62 0 ?
IE 353 0 00
IL 972 0 00
IN 91 0 00
IS 354 - 00
IT 39 - 00
JP 81 0 010
KE 254 0 000
KR 82 0 ?
KW 965 - 00
LU 352 - 00
LV 371 - 00
MA 212 0 00
MT 356 - 00
MX 52 - 00
MY 60 0 00
NG 234 0 009
NL 31 0 00
NO 47 - 00
NZ 64 0 00
OM 968 - 00
PH 63 0 00
PL 48 - 00
PT 351 - 00
QA 974 - 00
RO 40 0 00
RS 381 0 00
SA 966 0 00
SE 46 0 00
SG 65 - ?
SI 386 0 00
SK 421 0 00
TH 66 0 00
TR 90 0 00
TW 886 0 ?
UA 380 0 00
US 1 1 011
VN 84 0 00
ZA 27 0 00
`

// Digits of an international number with its calling code: 15 at most by ITU-T E.164;
// with fewer than 7 nobody has one.
const (
	minPhoneDigits = 7
	maxPhoneDigits = 15
)

// normalPhone returns "+" and the digits of E.164, or "".
func normalPhone(number string, market byline.Market) string {
	if len(number) > maxPersonal {
		return ""
	}
	digits, plus := phoneDigits(number)
	if !plus {
		digits = internationalDigits(digits, market)
	}
	if len(digits) < minPhoneDigits || len(digits) > maxPhoneDigits || digits[0] == '0' || isPlaceholder(digits) {
		return ""
	}
	return "+" + digits
}

// phoneDigits reads up to the extension, which begins with a letter or one of #;,
// Letters in front of the digits are a label, as in "tel:". The "(0)" of "+49 (0)30 …" is
// dialled at home only.
func phoneDigits(number string) (digits string, plus bool) {
	text := strings.TrimSpace(norm.NFKC.String(number))
	if strings.ContainsRune(text, '+') || strings.HasPrefix(text, "00") {
		text = strings.Replace(text, "(0)", "", 1)
	}
	var b strings.Builder
	for _, r := range text {
		digit, ok := decimalDigit(r)
		switch {
		case ok:
			b.WriteByte(digit)
		case r == '+' && b.Len() == 0:
			plus = true
		case b.Len() > 0 && (unicode.IsLetter(r) || strings.ContainsRune("+#;,", r)):
			return b.String(), plus
		}
	}
	return b.String(), plus
}

// decimalDigit also reads the digits of Arabic, Persian and Devanagari.
func decimalDigit(r rune) (byte, bool) {
	for _, zero := range [...]rune{'0', '٠', '۰', '०'} {
		if r >= zero && r <= zero+9 {
			return byte('0' + r - zero), true
		}
	}
	return 0, false
}

// internationalDigits puts the calling code in front of a national number.
func internationalDigits(digits string, market byline.Market) string {
	code, trunk, prefix, known := dialPlan(market)
	if abroad, ok := strings.CutPrefix(digits, prefix); known && ok {
		return abroad
	}
	if abroad, ok := strings.CutPrefix(digits, "00"); ok && prefix != "?" {
		return abroad
	}
	if !known || digits == "" {
		return ""
	}
	national := strings.TrimPrefix(digits, trunk)
	if trunk != "-" && strings.HasPrefix(national, "0") {
		return ""
	}
	return code + national
}

func dialPlan(market byline.Market) (code, trunk, prefix string, known bool) {
	if !market.Known() {
		return "", "", "", false
	}
	_, row, known := strings.Cut(dialPlans, "\n"+string(market)+" ")
	row, _, _ = strings.Cut(row, "\n")
	code, row, _ = strings.Cut(row, " ")
	trunk, prefix, _ = strings.Cut(row, " ")
	return code, trunk, prefix, known
}

// isPlaceholder looks at the last seven digits: all the same, or counted up.
func isPlaceholder(digits string) bool {
	last := digits[len(digits)-minPhoneDigits:]
	return strings.Trim(last, last[:1]) == "" || strings.Contains("01234567890", last)
}
