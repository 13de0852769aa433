package dossiercsv

import (
	"io"
	"slices"
)

// Files are the files of one import. Only Accounts must be there. Each is read to its end: a
// list that has both accounts and audiences is opened twice.
type Files struct {
	Accounts     io.Reader
	Audiences    io.Reader
	Posts        io.Reader
	Series       io.Reader
	Comments     io.Reader
	Partnerships io.Reader
	Rates        io.Reader
	Reviews      io.Reader
}

// File names one of the [Files].
type File string

// The files.
const (
	Accounts     File = "accounts"
	Audiences    File = "audiences"
	Posts        File = "posts"
	Series       File = "series"
	Comments     File = "comments"
	Partnerships File = "partnerships"
	Rates        File = "rates"
	Reviews      File = "reviews"
)

// columns returns the columns of a file, those that must be there with a star behind
// their name; none for what is no file.
func (f File) columns() []string {
	switch f {
	case Accounts:
		return []string{"creator*", "platform*", "handle*", "name", "followers", "following", "posts", "at", "market", "city", "languages", "themes", "tone", "style", "contact", "tags"}
	case Audiences:
		return []string{"creator*", "platform*", "dimension*", "bucket*", "share*", "handle", "kind", "base", "coverage", "source", "at"}
	case Posts:
		columns := []string{"creator*", "platform*", "id*", "published_at*", "handle", "format", "text", "language", "link", "themes", "brands", "commerce", "promotion", "at"}
		for _, metric := range postMetrics() {
			columns = append(columns, string(metric))
		}
		return columns
	case Series:
		return []string{"creator*", "platform*", "metric*", "at*", "value*", "handle"}
	case Comments:
		return []string{"creator*", "platform*", "id*", "post_id*", "text*", "author", "by_creator", "language", "at", "likes"}
	case Partnerships:
		return []string{"creator*", "brand*", "categories", "commerce", "from", "until", "markets", "post_ids", "source"}
	case Rates:
		return []string{"creator*", "price*", "currency*", "platform", "format", "pieces", "includes", "from", "until", "quoted_at", "source"}
	case Reviews:
		return []string{"creator*", "by*", "at*", "rubric*", "question", "value", "note", "notes"}
	}
	return nil
}

// has reports whether a file may have a column.
func (f File) has(column string) bool {
	columns := f.columns()
	return slices.Contains(columns, column) || slices.Contains(columns, column+"*")
}
