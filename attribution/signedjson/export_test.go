package signedjson

// Codes lists the codes of the table, in its order.
func Codes() []string {
	var list []string
	for _, row := range codes() {
		list = append(list, row.Code)
	}
	return list
}

// Meaning is what a fault of the code says.
func Meaning(code string) string { return fault("", code, "").Message }
