// Package page shows a brief to the creator who is to follow it.
//
// [Make] turns a [brief.Brief] into a [Document]: sections of text, lists, rows and tables
// in the reader's language and time zone, without any markup. [WriteMarkdown] and
// [WriteHTML] print it; other packages print the same document as PDF or read its dates
// for a calendar. What a brief says stands as it was written; only headings and fixed
// words are translated, and a disclosure label stays in the language of its market.
package page
