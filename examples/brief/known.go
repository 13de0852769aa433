package main

import (
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// known is what is known besides the brief: the options of its review and of the check of
// a post that a file can hold.
type known struct {
	Brand       *brief.Calendar `json:"brand,omitempty"`   // of those who review
	Creator     *brief.Calendar `json:"creator,omitempty"` // of whoever makes it and reads the brief
	Audience    string          `json:"audience_zone,omitempty"`
	Agreed      *brief.Agreed   `json:"agreed,omitempty"`
	Competitors []brief.Phrase  `json:"competitors,omitempty"`
	OtherCodes  []string        `json:"other_codes,omitempty"`
}

// Validate reports "known.zone" for an audience in a zone that is not known here.
func (k known) Validate() error {
	if _, err := zone(k.Audience); err != nil {
		return &byline.FieldError{Path: "audience_zone", Code: "known.zone", Message: "not an IANA time zone that is known here"}
	}
	return nil
}

// zone is nil where none is named: the machine's own says nothing about an audience.
func zone(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // not known, which is no fault
	}
	return time.LoadLocation(name)
}

func (k known) brand() brief.Calendar {
	if k.Brand == nil {
		return brief.Calendar{}
	}
	return *k.Brand
}

// reader is the zone of the days and times that the creator reads.
func (k known) reader() *time.Location {
	if k.Creator == nil {
		return nil
	}
	return k.Creator.Zone
}

func (k known) review() *brief.ReviewOptions {
	audience, err := zone(k.Audience)
	if err != nil {
		audience = nil // Validate has told it
	}
	return &brief.ReviewOptions{Brand: k.Brand, Creator: k.Creator, Audience: audience, Agreed: k.Agreed}
}

func (k known) check() *brief.CheckOptions {
	return &brief.CheckOptions{Competitors: k.Competitors, OtherCodes: k.OtherCodes}
}
