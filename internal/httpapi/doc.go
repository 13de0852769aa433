// Package httpapi asks a platform's HTTP API: one bounded GET at a time, with errors that
// tell a caller what to do next. Package wire reads what it answers.
//
// It does not retry: who asks has a queue that does, and knows better when. An error
// never shows an address, a token, a body, or the words of whoever failed to connect.
package httpapi
