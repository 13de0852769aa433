// Package dossiercsv reads dossiers from CSV files and reports every row it cannot read.
//
// A file of accounts says who there is, one account in a row; each other file adds what it
// knows of them. [Read] takes what can be read, and tells file, line, column and reason of
// all that cannot. A row with a fault is left out as a whole, and so is a row of a creator
// or an account that the file of accounts does not have.
//
// # Columns
//
// Columns stand in any order and case, with spaces, hyphens or underscores; those with a
// star must be there, and a cell of theirs must not be empty. Others may be left out, and
// an empty cell says that nothing was collected. Options.Columns translates the names
// that a file has instead, and Options.Fixed says what a file leaves out because it is the
// same in each row.
//
//   - accounts: creator* platform* handle* name followers following posts at market city
//     languages themes tone style contact tags. What belongs to the creator and not to the
//     account may stand in any of their rows, and in one it must have a name
//   - audiences, a bucket in a row: creator* platform* dimension* bucket* share* handle kind
//     base coverage source at. The kind is followers, viewers or engaged, and followers
//     where the cell is empty; base, coverage, source and at are of the snapshot, which a
//     bucket belongs to by account, kind, source and time. Where a column stands for a
//     bucket, its header being "age:18-24" or translated to that, each of its cells is read
//     as a row of its own, without dimension, bucket and share
//   - posts: creator* platform* id* published_at* handle format text language link themes
//     brands commerce promotion at, and of each metric a column: views impressions reach
//     likes comments shares saves clicks watch_seconds
//   - series, a point in a row: creator* platform* metric* at* value* handle
//   - comments: creator* platform* id* post_id* text* author by_creator language at likes
//   - partnerships: creator* brand* categories commerce from until markets post_ids source
//   - rates: creator* price* currency* platform format pieces includes from until quoted_at
//     source. Without pieces the price is of one
//   - reviews, a mark in a row: creator* by* at* rubric* question value note notes. A row
//     without a question says only that the review was made
//
// Where a creator has one account on a platform, the handle may be left out; an @ before it
// is passed over. Lists have a "|" between their entries, see Options.ListSeparator.
//
// # Cells
//
// Times are written as RFC 3339, as 2026-11-22 14:03 with or without seconds, which is in
// Options.Location, or as 2026-11-22, which is the start of that day there; in a column of
// name until it is the end of that day. Other ways are declared by Options.TimeLayouts.
// Numbers have a point, no sign but a minus, no exponent and no groups; a comma for a point,
// groups of thousands and short forms as 12.3K are read where the Options declare them. A
// share is 0.125 or 12.5%, and 12.5 in a column with the header "share (%)". Where a number
// stands a word may say why it is missing: see [MissingWords]. In other columns but those of
// prose a dash says that there is nothing, and where there are only certain words n/a and
// null say it too.
//
// Files are UTF-8, with or without a byte order mark, with lines that end in either way,
// and cells apart by comma, semicolon or tab, whichever the header has most of.
//
// What is read is valid by Dossier.Validate, and sorted: the order of rows changes
// nothing, except which of two rows that contradict each other is the first.
package dossiercsv
