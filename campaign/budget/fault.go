package budget

import (
	"github.com/bylinehq/byline"
)

// The sizes up to which amounts are exact in float64 and sums of them in int64.
const (
	maxTotal = 1_000_000_000_000_000 // minor units
	maxLines = 5000
	// maxGroups bounds how deep groups nest, which time grows with.
	maxGroups = 500
)

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}
