// Package wire reads the JSON documents of strangers: values as they stood, so that no id
// and no amount passes through a float; decoding that is bounded; and all that is wrong
// with a document at once, each fault at its place, in the words of the package that
// reads, and without a word of the document in it.
//
// What one platform does differently from all others stands with that platform.
package wire
