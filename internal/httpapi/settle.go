package httpapi

import "time"

// settling is for how long a document may be missing that a webhook has spoken of.
// Platforms answer from copies that run behind by seconds; a minute and more is generous.
const settling = 2 * time.Minute

// Settled reports whether what a webhook said at a time must be readable by now. Without
// a clock nothing ever must.
func Settled(now func() time.Time, said time.Time) bool {
	return now != nil && now().Sub(said) > settling
}
