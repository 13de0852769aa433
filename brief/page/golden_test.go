package page_test

import (
	"testing"

	"github.com/bylinehq/byline/internal/golden"
)

func TestMarkdownInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, language := range languages() {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			golden.Equal(t, "brief_"+language+".md", []byte(markdown(t, made(t, full(), language))))
		})
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "de", "ja"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			golden.Equal(t, "brief_"+language+".html", []byte(html(t, made(t, full(), language))))
		})
	}
}
