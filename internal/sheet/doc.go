// Package sheet holds what readers of CSV files have in common: an end to rows that do not
// end, and numbers as spreadsheets write them.
package sheet
