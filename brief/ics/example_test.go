package ics_test

import (
	"bytes"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/ics"
)

// A newer version of a brief moves the drafts and drops the embargo; its file updates the
// one and cancels the other.
func ExampleEvents() {
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	first := brief.Brief{
		ID: "b-ada", Version: 1, Title: "Autumn kettle",
		Timeline: brief.Timeline{DraftsDue: day(5), EmbargoEnds: day(16).Add(6 * time.Hour)},
		Pieces: []brief.Piece{{Deliverable: brief.Deliverable{
			Platform: byline.Instagram, Format: brief.Reel, Count: 1, Posting: byline.Window{Start: day(16), End: day(19)},
		}}},
	}
	second := first
	second.Version = 2
	second.Timeline = brief.Timeline{DraftsDue: day(6)}
	events, err := ics.Events(second, &ics.Options{Stamp: day(1), Domain: "demo.example", Earlier: &first})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range events {
		fmt.Println(e.Start.Format("2 Jan"), e.Sequence, e.Summary)
	}
	// Output:
	// 6 Nov 1 First drafts due · Autumn kettle
	// 16 Nov 1 Post: Instagram reel · Autumn kettle
	// 16 Nov 1 Cancelled: Embargo ends · Autumn kettle
}

func ExampleWrite() {
	b := brief.Brief{
		ID: "b-ada", Version: 1, Title: "Autumn kettle",
		Timeline: brief.Timeline{DraftsDue: time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)},
	}
	var file bytes.Buffer
	err := ics.Write(&file, b, &ics.Options{Stamp: time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC), Domain: "demo.example"})
	fmt.Print(string(bytes.ReplaceAll(file.Bytes(), []byte("\r\n"), []byte("\n"))), err)
	// Output:
	// BEGIN:VCALENDAR
	// VERSION:2.0
	// PRODID:-//Byline//Brief//EN
	// CALSCALE:GREGORIAN
	// METHOD:PUBLISH
	// X-WR-CALNAME:Autumn kettle
	// BEGIN:VEVENT
	// UID:8198508c9ec9ff9c2a4206d1554c8b17@demo.example
	// DTSTAMP:20261020T090000Z
	// SEQUENCE:0
	// DTSTART;VALUE=DATE:20261105
	// DTEND;VALUE=DATE:20261106
	// SUMMARY:First drafts due · Autumn kettle
	// CATEGORIES:drafts
	// STATUS:CONFIRMED
	// TRANSP:TRANSPARENT
	// X-MICROSOFT-CDO-BUSYSTATUS:FREE
	// END:VEVENT
	// END:VCALENDAR
	// <nil>
}

// A campaign that is called off takes its events back.
func ExampleWriteCancel() {
	b := brief.Brief{
		ID: "b-ada", Version: 2, Title: "Autumn kettle",
		Timeline: brief.Timeline{DraftsDue: time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)},
	}
	var file bytes.Buffer
	err := ics.WriteCancel(&file, b, &ics.Options{
		Stamp: time.Date(2026, 10, 21, 9, 0, 0, 0, time.UTC), Domain: "demo.example", Sender: "briefs@demo.example", CalledOff: true,
	})
	for line := range bytes.SplitSeq(file.Bytes(), []byte("\r\n")) {
		for _, name := range []string{"METHOD", "UID", "SEQUENCE", "STATUS"} {
			if bytes.HasPrefix(line, []byte(name+":")) {
				fmt.Printf("%s\n", line)
			}
		}
	}
	fmt.Println(err)
	// Output:
	// METHOD:CANCEL
	// UID:8198508c9ec9ff9c2a4206d1554c8b17@demo.example
	// SEQUENCE:1
	// STATUS:CANCELLED
	// <nil>
}
