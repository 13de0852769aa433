// Package pdf writes a brief as a PDF that can be sent. It is a package of its own because
// it links a library and two typefaces, which who writes none should not carry.
//
// The typefaces are Go Regular and Go Bold (BSD licence, embedded in part): Latin, Greek
// and Cyrillic, without emoji. They have no Japanese, Korean or Chinese, so that a brief
// with such text is refused until [Options] bring a typeface that has it; nothing is
// printed as an empty box. Scripts that join or stack their letters, or run from right to
// left, are always refused, as this writer would set them wrongly: send the HTML of
// package page instead.
//
// Japanese and Chinese lines break between any two characters; the rules about which may
// begin a line are not kept. The document is not tagged: for readers who listen, send the
// HTML.
package pdf
