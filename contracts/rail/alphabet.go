package rail

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The alphabet that every bank in the SEPA schemes takes.
// https://wiki.xmldation.com/Support/DK/Charset, of the German guidelines and EPC217-08,
// read 2026-11-22.
const sepaAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ "

// Letters and signs that the alphabet lacks and that are more than a base letter with
// marks, and what each becomes at the same place. EPC217-08 gives these or lets a bank
// choose.
const (
	oneBecomesOne = "øØđĐðÐłŁħĦıŋŊĸŧŦ&‘’`´“”\"«»–—_{[}]\u00a0"
	asOne         = "oOdDdDlLhHinNqtT+'''''''''---(()) "
	oneBecomesTwo = "ßẞæÆœŒþÞ"
	asTwo         = "ssSSaeAEoeOEthTH"
)

// likeness is what the tables give for r, "" where they do not have it.
func likeness(r rune) string {
	if i := strings.IndexRune(oneBecomesOne, r); i >= 0 {
		at := utf8.RuneCountInString(oneBecomesOne[:i])
		return asOne[at : at+1]
	}
	if i := strings.IndexRune(oneBecomesTwo, r); i >= 0 {
		at := 2 * utf8.RuneCountInString(oneBecomesTwo[:i])
		return asTwo[at : at+2]
	}
	return ""
}

// sepaText writes text in the SEPA alphabet: letters without their marks, other signs as
// their likeness, else as a full stop. It is false for what cannot be written so, as a
// name in Greek letters, and for text that is empty then or would break the rule on
// slashes.
func sepaText(s string) (string, bool) {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r < utf8.RuneSelf && strings.ContainsRune(sepaAlphabet, r):
			b.WriteRune(r)
		case likeness(r) != "":
			b.WriteString(likeness(r))
		case unicode.Is(unicode.Mn, r):
		case r > ' ' && r < 0x7f:
			b.WriteByte('.')
		default:
			return "", false
		}
	}
	text := strings.Join(strings.Fields(b.String()), " ")
	return text, strings.ContainsAny(text, sepaAlphabet[:62]) && slashesFine(text)
}

// slashesFine is the rule of the SEPA guidelines on identifiers, kept for all text.
// https://www.europeanpaymentscouncil.eu/document-library/guidance-documents/clarification-paper-use-slashes-references-identifications-and,
// read 2026-11-22.
func slashesFine(s string) bool {
	return !strings.HasPrefix(s, "/") && !strings.HasSuffix(s, "/") && !strings.Contains(s, "//")
}
