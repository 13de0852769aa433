package byline

import "strings"

// Platform is where content is published.
type Platform string

// The platforms this module knows. A Platform outside the list is allowed where a
// caller brings its own adapter; [Platform.Known] tells them apart.
const (
	Blog      Platform = "blog"
	Facebook  Platform = "facebook"
	Instagram Platform = "instagram"
	LinkedIn  Platform = "linkedin"
	Pinterest Platform = "pinterest"
	Podcast   Platform = "podcast"
	Snapchat  Platform = "snapchat"
	Threads   Platform = "threads"
	TikTok    Platform = "tiktok"
	Twitch    Platform = "twitch"
	X         Platform = "x"
	YouTube   Platform = "youtube"
)

// Known reports whether p is one of the constants above.
func (p Platform) Known() bool {
	switch p {
	case Blog, Facebook, Instagram, LinkedIn, Pinterest, Podcast, Snapchat, Threads, TikTok, Twitch, X, YouTube:
		return true
	}
	return false
}

// ParsePlatform reads a platform's name in any case. The error is a [*FieldError] of
// code "platform.unknown".
func ParsePlatform(name string) (Platform, error) {
	p := Platform(strings.ToLower(strings.TrimSpace(name)))
	if !p.Known() {
		return "", &FieldError{Code: "platform.unknown", Message: "not a platform this version knows"}
	}
	return p, nil
}
