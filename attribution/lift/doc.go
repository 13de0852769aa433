// Package lift says what a campaign caused: the difference between what happened and
// what would have happened without it, with an interval, and with what would change the
// conclusion.
//
// Credit says who was there when an order came; lift says whether the order would have
// come anyway. Nothing here is paid on.
//
// Too little data, or a past that the comparison cannot reproduce, is refused with a
// [byline.RefusalError]. Every result carries findings that say what would change it.
package lift
