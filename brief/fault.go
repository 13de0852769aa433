package brief

import "github.com/bylinehq/byline"

// faultList gathers what is wrong with something.
type faultList []*byline.FieldError

func (l *faultList) add(path, code, message string) {
	*l = append(*l, &byline.FieldError{Path: path, Code: code, Message: message})
}

// nest appends the faults of a part.
func (l *faultList) nest(path string, faults faultList) {
	for _, f := range faults {
		l.add(path+"."+f.Path, f.Code, f.Message)
	}
}
