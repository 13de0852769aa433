package disclosure

import "strings"

// denials are words that turn the label after them into its opposite, and articles those
// that may stand between. They are ours, and only warn; what a market says of "unbezahlte
// Werbung" is in its rules.
const (
	denials = "no not non never without isn ain kein keine keiner keinerlei nicht unbezahlt unbezahlte pas sans aucune geen niet zonder " +
		"ikke ingen uten uden inte ej utan ei ilman nie bez żadna nao não sem sin ninguna senza nessuna nessun hiçbir нет не без"
	articles = "a an any the paid t ein eine einen bezahlte une un de la een en et ett um uma una è es é to"
)

// denied reports whether the words right before a match deny it.
func denied(words []word, f match) bool {
	for i := f.from - 1; i >= 0 && i >= f.from-3 && !words[i+1].apartBefore; i-- {
		if listed(denials, words[i].text) {
			return true
		}
		if !listed(articles, words[i].text) {
			return false
		}
	}
	return false
}

func listed(list, text string) bool { return strings.Contains(" "+list+" ", " "+text+" ") }
