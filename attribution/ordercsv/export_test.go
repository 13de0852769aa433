package ordercsv

import "unsafe"

// TableOfCodes lists the codes of the table, in its order.
func TableOfCodes() []string {
	var list []string
	for _, row := range codes() {
		list = append(list, row.Code)
	}
	return list
}

// AllColumns lists all columns.
func AllColumns() []Column {
	list := make([]Column, columnCount)
	for i := range list {
		list[i] = Column(i)
	}
	return list
}

// Holds reports whether text is a part of the row that was read last.
func (r *Reader) Holds(text string) bool {
	if text == "" {
		return false
	}
	at := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	for _, cell := range r.row.cells {
		start := uintptr(unsafe.Pointer(unsafe.StringData(cell)))
		if at >= start && at < start+uintptr(len(cell)) {
			return true
		}
	}
	return false
}

// Remembered is how many words the reader keeps.
func (r *Reader) Remembered() int { return len(r.kept.words) }
