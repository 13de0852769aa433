// Package ordercsv reads orders out of CSV files: to fill up what happened before there
// were webhooks, to score a year of orders, or for shops that have no webhooks. A
// [Mapping] says how a file is written, a [Reader] yields its orders one at a time in flat
// memory.
//
// With nothing but a shop's name in it, a Mapping reads files of our own columns:
//
//	id,placed_at,payment,currency,gross,discount,codes,landing_url,refunded
//	1001,2026-11-20T18:30:00Z,paid,EUR,50.00,7.50,ADA15,/mugs?bl=ada-autumn,
//	1002,2026-11-20T19:05:00Z,partially_refunded,EUR,30.00,0.00,,,12.00
//
// A file has either totals, one order in a row, or lines, each in a row of its own with
// Mapping.Grouped. Its columns may have any names and stand in any order, and others
// beside them are passed over. [ShopifyExport] is the mapping of a file that many have.
//
// Files are UTF-8, with or without a byte order mark, and lines end in either way.
//
// # What is refused
//
// A row that cannot be read gives a [*RowError] with all its faults, and the reading goes
// on: nothing is dropped without a word, and no order is made of half its rows. In a
// Grouped file a row whose cells cannot be told apart costs both orders it stands
// between, because it may belong to either. Blank rows are passed over.
//
// Amounts have no sign, symbol or exponent, and no more decimals than their currency.
// A comma for a point, and groups of thousands, are read where the Mapping declares them
// and refused where it does not. An order refunded in part that says no amount is
// refused; so is a cell that is kept and holds a control character. What a stranger's
// browser sent (links, addresses of pages, cart attributes), an e-mail address or a
// telephone number is left out where it cannot be read, and costs nobody the order.
//
// That an id comes again is seen where it stands in the row below. Further apart it
// cannot be seen in flat memory: Order.Merge of what has been stored already is the
// remedy, and of two documents of one instant it keeps one.
//
// Every row is held in memory whole, up to Mapping.MaxRow bytes. A longer one, as a quote
// makes that nobody closes, ends the reading with a RowError.
//
// # People
//
// E-mail addresses and phone numbers become keys of [attribution.Identity] and go no
// further. No error quotes a cell, and no order holds on to the text of its row.
package ordercsv
