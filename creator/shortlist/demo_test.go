package shortlist_test

import (
	"math/bits"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/shortlist"
)

func popcount(w uint64) int { return bits.OnesCount64(w) }

func eur(cents int64) byline.Money { return byline.Minor(cents, byline.EUR) }

func day() time.Time { return time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC) }

const conversions = "orders{28 days};v1"

func candidate(id string, cents int64, value float64) shortlist.Candidate {
	return shortlist.Candidate{
		Key: shortlist.Key{CreatorID: byline.CreatorID(id)}, Price: eur(cents),
		Outcome: shortlist.Outcome{Value: byline.Known(value, conversions, day())},
	}
}
