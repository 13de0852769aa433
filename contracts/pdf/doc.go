// Package pdf writes statements as PDF. It is a package of its own because it links a
// library and two typefaces, which who writes none should not carry.
//
// The typefaces are Go Regular and Go Bold (BSD licence, embedded in part): Latin, Greek
// and Cyrillic. A character that they lack is printed as U+FFFD, the replacement
// character, so that it is seen to be missing; text that runs from right to left is
// printed in the order in which it is stored. The document is not tagged: for readers who
// listen, send contracts.Statement.WriteHTML.
package pdf
