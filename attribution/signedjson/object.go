package signedjson

import (
	"strconv"
	"strings"
)

// object is a JSON object while it is read. Fields that nobody asked for are faults
// once close is called.
type object struct {
	in     *reading
	up     *object
	name   string // of the field of up that it is, or is a list in
	index  int    // in that list, -1 where it is none
	fields []field
}

// path is written only where there is a fault.
func (o *object) path(name string) string {
	here := ""
	if o.up != nil {
		here = o.up.path(o.name)
	}
	if o.index >= 0 {
		here += "[" + strconv.Itoa(o.index) + "]"
	}
	if here == "" || name == "" {
		return here + name
	}
	return here + "." + name
}

func (o *object) fault(name, code, message string) {
	o.in.faults.add(o.path(name), code, message)
}

// may returns a field, of kind absent where there is none.
func (o *object) may(name string) value {
	found := value{of: o, name: name}
	for i := range o.fields {
		f := &o.fields[i]
		if string(f.name) != name {
			continue
		}
		if found.kind != kindAbsent {
			found.fault(codeTwice, "")
		}
		f.taken, found.node = true, f.value
	}
	return found
}

// must is may, with a fault where there is nothing to read. Empty text is nothing.
func (o *object) must(name string) value {
	v := o.may(name)
	if v.missing() || string(v.raw) == `""` {
		v.node = node{}
		v.fault(codeRequired, "")
	}
	return v
}

func (o *object) mustIf(needed bool, name string) value {
	if needed {
		return o.must(name)
	}
	return o.may(name)
}

// close tells of the fields that nobody asked for. A misspelt "discount" would cost
// somebody money.
func (o *object) close() {
	for _, f := range o.fields {
		if f.taken {
			continue
		}
		name := string(f.name)
		if !plainName(name) {
			// It may be anything, and errors are logged.
			name = "*"
		}
		o.fault(name, codeUnknown, "")
	}
}

func plainName(name string) bool {
	return name != "" && len(name) <= 40 && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz_") == ""
}
