// Package ics writes what is due in a brief as a calendar file (iCalendar, RFC 5545) for
// Outlook and Google Calendar. It is a package of its own because it links a library.
//
// [Events] lists what a brief puts into a calendar, [Write] publishes it and
// [WriteCancel] takes events back. An event keeps its UID from one version of a brief to
// the next, and its SEQUENCE rises with the version, so that a moved date replaces the
// old one.
//
// # What both clients take
//
// Times are in UTC and no time zone is defined: Outlook approximates a VTIMEZONE and
// ignores one that it cannot, after which the hours are wrong ([MS-STANOICAL] 2.2.47, read
// 2026-11-22), while UTC needs none (RFC 5545, 3.3.5, form 2). What falls on midnight of
// [Options].Calendar's zone is a day: a DATE without a zone (RFC 5545, 3.3.4).
//
// PUBLISH may carry events whose STATUS is CANCELLED (RFC 5546, 3.2.1). Clients differ in
// whether they then remove them (recalled, not verified here), so that the name of such an
// event begins with "Cancelled: ", and WriteCancel writes METHOD:CANCEL for those that
// obey it. A person who imports a file by hand gets what the client makes of it; Google
// Calendar sets its own reminders instead of the file's (recalled).
//
// Names and descriptions are in English; the brief's own words stand as they are, without
// control characters and without characters that turn the direction of text.
//
// [MS-STANOICAL]: https://learn.microsoft.com/en-us/openspecs/exchange_standards/ms-stanoical/b827ac3d-16b5-46e8-b885-a2c45b2f5716
package ics
