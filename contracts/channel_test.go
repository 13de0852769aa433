package contracts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/promise"
)

// Every constant is known, and no other word is.
func TestKnownWords(t *testing.T) {
	t.Parallel()
	known := map[string]func(string) bool{
		"Channel":          func(w string) bool { return contracts.Channel(w).Known() },
		"Edit":             func(w string) bool { return contracts.Edit(w).Known() },
		"Likeness":         func(w string) bool { return contracts.Likeness(w).Known() },
		"AIUse":            func(w string) bool { return contracts.AIUse(w).Known() },
		"Licensee":         func(w string) bool { return contracts.Licensee(w).Known() },
		"PermissionStatus": func(w string) bool { return contracts.PermissionStatus(w).Known() },
	}
	for kind, is := range known {
		words := promise.Constants(t, "grant.go", kind)
		empty := false
		for _, word := range words {
			empty = empty || word == ""
			if !is(word) {
				t.Errorf("%s %q is not known", kind, word)
			}
		}
		if is("none") || is("") != empty || is(strings.ToUpper(words[len(words)-1])) {
			t.Errorf("%s: a word that is no constant is known", kind)
		}
	}
}

// Sentences speak of channels in words, and of what is no channel as it came.
func TestChannelWords(t *testing.T) {
	t.Parallel()
	var said []string
	for _, word := range append(promise.Constants(t, "grant.go", "Channel"), "smoke_signal") {
		p := rightsOf(t).MayUse(reelAsset(), contracts.Use{Channel: contracts.Channel(word), Market: "DE", At: date(4, 1)})
		text, _, _ := strings.Cut(strings.TrimPrefix(p.Why(), "No: reel-7 for "), " in DE at ")
		said = append(said, text)
	}
	want := []string{
		"reposts on your own account", "paid social on your own account", "partnership ads", "Spark ads", "the website", "e-mail", "out of home",
		"display in stores", "retail media", "TV", "print", "internal use", "smoke signal",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("channels (-want +got):\n%s", diff)
	}
}

// Only an ad from the creator's account needs the platform's permission.
func TestChannelNeedsPermission(t *testing.T) {
	t.Parallel()
	var need []string
	for _, word := range promise.Constants(t, "grant.go", "Channel") {
		if contracts.Channel(word).NeedsPermission() {
			need = append(need, word)
		}
	}
	if diff := cmp.Diff([]string{"partnership_ad", "spark_ad"}, need); diff != "" {
		t.Errorf("channels (-want +got):\n%s", diff)
	}
}
