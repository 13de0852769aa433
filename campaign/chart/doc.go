// Package chart draws the pictures of a report as SVG: where attribution models disagree
// ([Dots]), how sure an estimate is ([Intervals]), how a result answers to spend ([Lines]),
// what overlaps or follows what ([Heat]) and what adds or takes ([Bars]).
//
// A chart is a value. WriteSVG draws it at the pixel width of the place where it will
// stand, because text that is scaled with a picture grows too small or too large; Table
// gives the same numbers to people who cannot or would not look. The same chart and the
// same options give the same bytes.
//
// # In a page
//
// The SVG has no script, no style attribute and no link, so it may stand inline in a page
// whose policy is default-src 'none'; style-src 'self'. It is coloured by classes, which
// [CSS] defines with light-dark(): serve it from a stylesheet of the page, and say there
// which scheme the page has: light, dark, or both. Every colour is a custom property
// without specificity, so .chart { --chart-1: … } in a sheet of the host's wins;
// --chart-ground is that of the card. Browsers know light-dark() since 2024.
// [Options.Standalone] makes a file of its own instead.
//
// A server that does not know the width of a card writes two pictures with different ids,
// one for a phone and one for a desk, and shows one of them by a media query.
//
// # Values
//
// NaN and the infinities mean that there is no value. They are marked as such, and never
// drawn as 0. Text from outside may be hostile: it is escaped, freed of characters that
// turn the direction of what follows, and shortened to the space there is, with the full
// text in a title.
package chart
