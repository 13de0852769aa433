package signedjson

// Codes lists the codes of the table, in its order.
func Codes() []string {
	var list []string
	for _, row := range codes() {
		list = append(list, row.code)
	}
	return list
}
