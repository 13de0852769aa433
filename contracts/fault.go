package contracts

import "github.com/bylinehq/byline"

// faultList gathers what is wrong with something.
type faultList []*byline.FieldError

func (l *faultList) add(path, code, message string) {
	*l = append(*l, &byline.FieldError{Path: path, Code: code, Message: message})
}
