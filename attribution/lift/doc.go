// Package lift says what a campaign caused: the difference between what happened and
// what would have happened without it, with an interval, and with what would change the
// conclusion.
//
// Credit says who was there when an order came; lift says whether the order would have
// come anyway. Nothing here is paid on.
//
// Every level, p value and interval holds for one look at a time that was fixed before.
// Who looks again and again and stops at the first effect finds one where there is none: at
// a level of 95 %, 14 times in 100 with five looks and 25 times with twenty, where as many
// units come between any two. Nothing here corrects for it. Plan the end with a design.
//
// Too little data, or a past that the comparison cannot reproduce, is refused with a
// [byline.RefusalError]. Every result carries findings that say what would change it.
package lift
