// Package lookalike finds creators who resemble those who delivered, and says whether such
// a resemblance told anything in the caller's own past.
package lookalike
