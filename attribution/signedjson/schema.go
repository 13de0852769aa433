package signedjson

import _ "embed" // for schema.json

//go:embed schema.json
var schema string

// Schema returns the JSON Schema (2020-12) of the bodies that Parse reads, for backends
// to test themselves against. What it cannot say in its language, which of two fields is
// required, stands in its descriptions.
func Schema() string { return schema }
