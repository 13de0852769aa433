package ics

import (
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// Options says how a calendar is written. Stamp and Domain are required, so that nil is a
// fault.
type Options struct {
	// Stamp is when the file is made: its DTSTAMP. Give a later one each time.
	Stamp time.Time
	// Domain is one that the caller owns (demo.example). It makes the UIDs unique in the
	// world, so keep it for good: another domain makes other events.
	Domain string
	// Calendar is the brand's: its zone says which day a midnight begins, and its working
	// days count for the rounds of review.
	Calendar brief.Calendar
	// Earlier is the version that the readers have. Its events that the brief no longer has
	// are in the list as cancelled.
	Earlier *brief.Brief
	// CalledOff cancels every event of the brief. Raise its version first.
	CalledOff bool
	// Sender is the mail address that stands for the sender; "" takes the one of the brief's
	// contact. Where there is none, a published calendar names no sender, which RFC 5546 asks
	// for.
	Sender string
	// Alarms are how long before its start an event is announced, in whole minutes: at most
	// four, of at most 366 days.
	Alarms []time.Duration
}

const (
	longestAlarm = 366 * 24 * time.Hour
	mostAlarms   = 4
)

// check returns every fault of the options and of what a calendar needs of the brief.
func (o *Options) check(b brief.Brief) []*byline.FieldError {
	var faults []*byline.FieldError
	add := func(wrong bool, path, code, message string) {
		if wrong {
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	add(b.ID == "", "id", "ics.id", "events need the brief's id")
	add(b.Version < 1, "version", "ics.version", "versions begin with 1")
	add(int64(b.Version) > mostVersions, "version", "ics.version", "too high for a calendar")
	add(!writable(o.Stamp), "stamp", "ics.stamp", "say when the calendar is made")
	add(!validDomain(o.Domain), "domain", "ics.domain", "not a domain name")
	add(o.Sender != "" && !validMail(o.Sender), "sender", "ics.sender", "not a mail address")
	add(len(o.Alarms) > mostAlarms, "alarms", "ics.alarms", "at most four")
	for i, before := range o.Alarms {
		add(before < 0 || before > longestAlarm, fmt.Sprintf("alarms[%d]", i), "ics.alarm", "from the start to 366 days before")
	}
	if o.Earlier != nil {
		add(o.Earlier.ID != b.ID, "earlier", "ics.earlier_brief", "another brief")
		add(o.Earlier.Version >= b.Version, "earlier", "ics.earlier_version", "its version is not below that of the brief")
	}
	return faults
}

// mostVersions is the highest SEQUENCE: RFC 5545, 3.3.8 ends integers there.
const mostVersions = 1<<31 - 1

// writable reports whether a time has the four digits of a year.
func writable(t time.Time) bool {
	year := t.UTC().Year()
	return !t.IsZero() && year >= 1 && year <= 9999
}

func validDomain(domain string) bool {
	if len(domain) > 253 {
		return false
	}
	for label := range strings.SplitSeq(domain, ".") {
		if len(label) == 0 || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if !isAlphanumeric(r) && r != '-' {
				return false
			}
		}
	}
	return true
}

func isAlphanumeric(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// validMail takes the addresses that need no escape in a calendar.
func validMail(address string) bool {
	local, domain, _ := strings.Cut(address, "@")
	if local == "" || len(local) > 64 || !validDomain(domain) {
		return false
	}
	for _, r := range local {
		if !isAlphanumeric(r) && !strings.ContainsRune(".+-_", r) {
			return false
		}
	}
	return true
}
