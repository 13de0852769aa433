package byline_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

func TestPlatforms(t *testing.T) {
	t.Parallel()
	listed := strings.Fields(literals(t, "platform.go", "", "Platform"))
	want := strings.Fields("blog facebook instagram linkedin pinterest podcast snapchat threads tiktok twitch x youtube")
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Errorf("constants mismatch (-want +got):\n%s", diff)
	}
	for _, name := range listed {
		if !byline.Platform(name).Known() {
			t.Errorf("the constant %q is not known", name)
		}
		for _, text := range []string{name, strings.ToUpper(name), " " + strings.ToUpper(name[:1]) + name[1:] + "\n"} {
			got, err := byline.ParsePlatform(text)
			require.NoError(t, err)
			if string(got) != name {
				t.Errorf("ParsePlatform(%q) = %q", text, got)
			}
		}
	}
	for _, name := range []string{"", " ", "myspace", "you tube", "tik-tok", "twitter", "instagram.com"} {
		got, err := byline.ParsePlatform(name)
		if got != "" || codeOf(err) != "platform.unknown" || !errors.Is(err, byline.ErrInvalid) {
			t.Errorf("ParsePlatform(%q) = %q, %v", name, got, err)
		}
	}
	if byline.Platform("YouTube").Known() {
		t.Error("a name in mixed case is known without being parsed")
	}
}
