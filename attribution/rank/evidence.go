package rank

import (
	"math"

	"github.com/bylinehq/byline"
)

// maxCount is the largest count that a float holds exactly, with room to add.
const maxCount = int64(1) << 52

// Trials are a creator's successes among trials: orders among clicks, clicks among views.
// No trials means no data.
type Trials struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Successes int64            `json:"successes"`
	Trials    int64            `json:"trials"`
}

// Events are a creator's events over an exposure: orders over posts, days or reach. The
// exposure is in any unit that is the same for all. No exposure means no data.
type Events struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Count     int64            `json:"count"`
	Exposure  float64          `json:"exposure"`
}

// Average is a creator's mean and its standard error (not the standard deviation of the
// single values): value per order, lift. A standard error of 0 is a fault, for no mean of
// few values is certain. Size is how many values it was taken from, 0 where that is not
// known; it matters only to [Options.MinSize].
type Average struct {
	CreatorID     byline.CreatorID `json:"creator_id"`
	Mean          float64          `json:"mean"`
	StandardError float64          `json:"standard_error"`
	Size          int64            `json:"size,omitempty"`
}

// evidence is what the three have in common: successes of trials, a count of an exposure,
// or a mean and its standard error.
type evidence struct {
	id      byline.CreatorID
	amount  float64
	size    float64
	support float64 // what MinSize looks at
	raw     float64
}

// any reports whether there are data. A standard error is never 0.
func (e evidence) any() bool { return e.size > 0 }

func (t Trials) evidence(dispersion float64) evidence {
	k, n := float64(t.Successes), float64(t.Trials)
	return evidence{id: t.CreatorID, amount: k / dispersion, size: n / dispersion, support: n, raw: ratio(k, n)}
}

func (t Trials) check(path string) []*byline.FieldError {
	fields := checkCreator(path, t.CreatorID)
	if t.Trials < 0 || t.Trials > maxCount {
		fields = append(fields, fault(path+"trials", "rank.trials", "the trials must be from 0 to 2^52"))
	} else if t.Successes < 0 || t.Successes > t.Trials {
		fields = append(fields, fault(path+"successes", "rank.successes", "the successes must be from 0 to the trials"))
	}
	return fields
}

func (e Events) evidence(dispersion float64) evidence {
	k := float64(e.Count)
	return evidence{id: e.CreatorID, amount: k / dispersion, size: e.Exposure / dispersion, support: e.Exposure, raw: ratio(k, e.Exposure)}
}

// Exposures between these bounds leave room for every product that is formed of them.
const minExposure, maxExposure = 1e-30, 1e30

func (e Events) check(path string) []*byline.FieldError {
	fields := checkCreator(path, e.CreatorID)
	if e.Count < 0 || e.Count > maxCount {
		fields = append(fields, fault(path+"count", "rank.count", "the count must be from 0 to 2^52"))
	}
	none := e.Exposure == 0 && e.Count == 0
	if !none && !(e.Exposure >= minExposure && e.Exposure <= maxExposure) {
		fields = append(fields, fault(path+"exposure", "rank.exposure", "the exposure must be from 1e-30 to 1e30, or 0 without events"))
	}
	return fields
}

func (a Average) evidence(float64) evidence {
	return evidence{id: a.CreatorID, amount: a.Mean, size: a.StandardError, support: float64(a.Size), raw: a.Mean}
}

// Means and standard errors beyond these bounds are slips of a unit.
const maxAverage, minStandardError = 1e30, 1e-30

func (a Average) check(path string) []*byline.FieldError {
	fields := checkCreator(path, a.CreatorID)
	if !(math.Abs(a.Mean) <= maxAverage) {
		fields = append(fields, fault(path+"mean", "rank.mean", "the mean must be a number of at most 1e30"))
	}
	if !(a.StandardError >= minStandardError && a.StandardError <= maxAverage) {
		fields = append(fields, fault(path+"standard_error", "rank.standard_error", "the standard error must be from 1e-30 to 1e30"))
	}
	if a.Size < 0 {
		fields = append(fields, fault(path+"size", "rank.size", "the size must not be negative"))
	}
	return fields
}

func checkCreator(path string, id byline.CreatorID) []*byline.FieldError {
	if id == "" {
		return []*byline.FieldError{fault(path+"creator_id", "rank.creator", "the creator is missing")}
	}
	return nil
}

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

// refusal says why there is no answer; have and need are in the unit of the message.
func refusal(code, message string, have, need float64) error {
	return &byline.RefusalError{Code: code, Message: message, Have: have, Need: need}
}
