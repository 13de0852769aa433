package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// Fold is how much of a caption a platform shows before a reader has to ask for more.
type Fold struct {
	Platform   byline.Platform   `json:"platform"`
	Characters int               `json:"characters"` // 0: it shows all
	Effective  byline.Window     `json:"effective"`
	Source     string            `json:"source"`
	ReadAt     time.Time         `json:"read_at"`
	Confidence byline.Confidence `json:"confidence"`
}

// Folds returns what is known of it, as of 2026-11-22. Characters are those that a reader
// sees: a letter with its accents and an emoji of several parts are one each. Platforms
// publish no number, so that these are recalled and only warn; [Passage.Shown] is what
// somebody saw, and counts in full.
func Folds() []Fold {
	fold := func(on byline.Platform, characters int, source string, c byline.Confidence) Fold {
		return Fold{Platform: on, Characters: characters, Source: source, ReadAt: day(2026, time.November, 22), Confidence: c}
	}
	return []Fold{
		fold(byline.Blog, 0, "an article is shown whole", byline.Secondary),
		fold(byline.Instagram, 125, "not confirmed", byline.Recalled),
		fold(byline.LinkedIn, 210, "not confirmed", byline.Recalled),
	}
}

// foldOn returns how much a platform shows on a day; false where nothing is known of it.
func foldOn(platform byline.Platform, at time.Time) (Fold, bool) {
	for _, fold := range Folds() {
		if fold.Platform == platform && fold.Effective.Contains(at) {
			return fold, true
		}
	}
	return Fold{}, false
}
