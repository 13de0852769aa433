package page

import "github.com/bylinehq/byline/brief"

// Make lays a brief out for a reader.
func Make(b brief.Brief, opts *Options) (Document, error) {
	return Document{Language: "en", Title: b.Title}, nil
}
