package ics

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	ical "github.com/arran4/golang-ical"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// productID names the maker of the file (RFC 5545, 3.7.3).
const productID = "-//Byline//Brief//EN"

// Write publishes the events of a brief: METHOD:PUBLISH, with those that a newer version
// dropped as cancelled. Serve it as "text/calendar; charset=utf-8; method=PUBLISH". The
// same arguments give the same bytes; w gets nothing before an error.
//
// The errors are those of [Events], and a [*byline.RefusalError] of code "ics.nothing"
// for a brief without a date, as a calendar must have something in it.
func Write(w io.Writer, b brief.Brief, o *Options) error {
	events, err := Events(b, o)
	if err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	return write(w, ical.MethodPublish, calendar{b, o, events})
}

// WriteCancel takes back the events that [Write] lists as cancelled: METHOD:CANCEL. Serve
// it as "text/calendar; charset=utf-8; method=CANCEL".
//
// The errors are those of Write: "ics.nothing" where nothing was cancelled. As RFC 5546
// wants the sender's address, its absence is a fault of code "ics.sender".
func WriteCancel(w io.Writer, b brief.Brief, o *Options) error {
	events, err := Events(b, o)
	if err == nil && sender(b, o) == "" {
		err = &byline.FieldError{Path: "sender", Code: "ics.sender", Message: "what is taken back needs a mail address of the sender"}
	}
	if err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return !e.Cancelled })
	return write(w, ical.MethodCancel, calendar{b, o, events})
}

// calendar is what goes into a file.
type calendar struct {
	brief  brief.Brief
	o      *Options
	events []Event
}

func write(w io.Writer, method ical.Method, c calendar) error {
	if len(c.events) == 0 {
		return &byline.RefusalError{Code: "ics.nothing", Message: "there is no event to write", Need: 1}
	}
	file := &ical.Calendar{}
	file.SetVersion("2.0")
	file.SetProductId(productID)
	file.SetCalscale("GREGORIAN")
	file.SetMethod(method)
	if name := oneLine(c.brief.Title); name != "" {
		file.SetXWRCalName(name)
	}
	for _, e := range c.events {
		file.AddVEvent(c.event(e))
	}
	// The library passes over some errors of a writer, and writes LF unless told.
	var out bytes.Buffer
	if err := file.SerializeTo(&out, ical.WithNewLine("\r\n")); err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	return nil
}

func (c calendar) event(e Event) *ical.VEvent {
	v := ical.NewEvent(e.UID)
	v.SetDtStampTime(c.o.Stamp)
	v.SetSequence(e.Sequence)
	if e.AllDay {
		v.SetAllDayStartAt(e.Start)
		v.SetAllDayEndAt(e.End)
	} else {
		v.SetStartAt(e.Start)
		v.SetEndAt(e.End)
	}
	v.SetSummary(e.Summary)
	if e.Description != "" {
		v.SetDescription(e.Description)
	}
	if e.URL != "" {
		v.SetURL(e.URL)
	}
	v.AddProperty(ical.ComponentPropertyCategories, string(e.Kind))
	if address := sender(c.brief, c.o); address != "" {
		v.SetOrganizer("mailto:" + address)
	}
	v.SetStatus(ical.ObjectStatusConfirmed)
	if e.Cancelled {
		v.SetStatus(ical.ObjectStatusCancelled)
	}
	// A window of a week must not make its reader busy for a week.
	v.SetTimeTransparency(ical.TransparencyTransparent)
	v.SetProperty("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
	if !e.Cancelled {
		c.alarms(v, e)
	}
	return v
}

func (c calendar) alarms(v *ical.VEvent, e Event) {
	for _, before := range c.o.Alarms {
		alarm := v.AddAlarm()
		alarm.SetAction(ical.ActionDisplay)
		alarm.SetTrigger(trigger(before))
		alarm.SetDescription(e.Summary)
	}
}

// trigger writes how long before the start, in whole minutes (RFC 5545, 3.3.6).
func trigger(before time.Duration) string {
	return "-PT" + strconv.FormatInt(int64(before/time.Minute), 10) + "M"
}

// sender is the sender's address, "" where there is none that can be written.
func sender(b brief.Brief, o *Options) string {
	address := b.Contact.Email
	if o.Sender != "" {
		address = o.Sender
	}
	if !validMail(address) {
		return ""
	}
	return address
}
