package contracts

import (
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
)

// ibanLengths are the lengths of an IBAN in the countries that SEPA reaches, in the
// register of ISO 13616: Jersey, Guernsey, Man and the French territories have those of
// GB and FR. Read 2026-11-22: https://iban.com/structure, of 8 May 2026, for those up to the
// Czech Republic; for the others, lists that cite the registry's release 98 and agree.
const ibanLengths = "AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21 LT20 LU20 LV21 " +
	"MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22"

// validIBAN checks the form and the check digits of ISO 13616: with the first four
// characters moved to the end and letters read as 10 to 35, the number leaves 1 when
// divided by 97; and the length, of the country where the table has it, else of the
// standard.
func validIBAN(s string) bool {
	if len(s) < 15 || len(s) > 34 || !byline.Market(s[:2]).Known() || !isDigits(s[2:4]) {
		return false
	}
	if i := strings.Index(ibanLengths, s[:2]); i >= 0 && ibanLengths[i+2:i+4] != strconv.Itoa(len(s)) {
		return false
	}
	remainder := 0
	for _, c := range []byte(s[4:] + s[:4]) {
		switch {
		case '0' <= c && c <= '9':
			remainder = (10*remainder + int(c-'0')) % 97
		case 'A' <= c && c <= 'Z':
			remainder = (100*remainder + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return remainder == 1 && s[2:4] != "00" && s[2:4] != "01" && s[2:4] != "99"
}
