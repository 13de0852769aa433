package sentiment_test

import (
	"errors"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/sentiment"
)

// What cannot be told is told as such, and never as neutral.
func ExampleEnglish_Valence() {
	english := sentiment.NewEnglish()
	comments := []struct{ text, language string }{
		{"This is SO good, thank you!!", "en-GB"},
		{"not great, but the second recipe is lovely 😍", "en"},
		{"Never buying this again, it broke.", "en"},
		{"when is part two", "en"},
		{"Das ist großartig!", "de"},
		{"ok", ""},
	}
	for _, c := range comments {
		valence, err := english.Valence(c.text, c.language)
		if refusal, ok := errors.AsType[*byline.RefusalError](err); ok {
			fmt.Printf("   ?   %s: %s\n", c.text, refusal.Message)
			continue
		}
		fmt.Printf("%+.4f %s\n", valence, c.text)
	}
	// Output:
	// +0.8663 This is SO good, thank you!!
	// +0.8423 not great, but the second recipe is lovely 😍
	// -0.4215 Never buying this again, it broke.
	//    ?   when is part two: the lexicon knows no word of the text
	//    ?   Das ist großartig!: the text is not in English
	//    ?   ok: nobody determined the language of the text
}
