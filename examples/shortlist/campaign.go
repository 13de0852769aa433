package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/outreach"
	"github.com/bylinehq/byline/creator/reach"
	"github.com/bylinehq/byline/creator/safety"
	"github.com/bylinehq/byline/creator/shortlist"
	"github.com/bylinehq/byline/creator/vet"
)

// campaign is what the creators are wanted for: campaign.json.
type campaign struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"` // the time that all is read for; nothing later counts
	By   string    `json:"by"` // who asks
	// Export names who measured, and begins the definition of every number in the files.
	Export  string `json:"export"`
	Purpose string `json:"purpose"` // that the data are kept for
	// Redefined are metrics that a platform began to count in another way. The files do not
	// say by which definition a number is; its date does.
	Redefined []redefined `json:"redefined,omitempty"`

	Ideal     vet.Ideal         `json:"ideal"`
	Rivalry   safety.Rivalry    `json:"rivalry"`
	Tolerance safety.Tolerance  `json:"tolerance"`
	Decisions []safety.Decision `json:"decisions,omitempty"` // of persons about sensitive posts
	// Calibration of the rule for fake followers; none takes the one that comes with vet.
	Calibration *vet.Calibration  `json:"calibration,omitempty"`
	Tiers       []tier            `json:"tiers"`
	Request     shortlist.Request `json:"request"`
	Segments    segmentOptions    `json:"segments,omitzero"`
	Message     messagePlan       `json:"message"`
}

// redefined is a metric that means something else from a time on.
type redefined struct {
	Platform byline.Platform `json:"platform"`
	Metric   creator.Metric  `json:"metric"`
	At       time.Time       `json:"at"`
	Why      string          `json:"why"`
}

// tier is a size of account: from so many followers on.
type tier struct {
	Name string  `json:"name"`
	From float64 `json:"from"`
}

// segmentOptions draw audiences of which no ids are at hand, see segments.csv.
type segmentOptions struct {
	Seed   uint64              `json:"seed,omitempty"`
	Sketch reach.SketchOptions `json:"sketch,omitzero"`
}

// messagePlan is how creators are written to.
type messagePlan struct {
	Text     outreach.Text      `json:"text"`
	Campaign outreach.Campaign  `json:"campaign"`
	Sender   outreach.Sender    `json:"sender"`
	Channel  outreach.Channel   `json:"channel"`
	Rules    outreach.Rules     `json:"rules"`
	History  []outreach.Contact `json:"history,omitempty"`
}

// decodeStrict refuses fields that nobody reads: a misspelt one would be a silent default.
func decodeStrict(data []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the JSON")
	}
	return nil
}

// fault is what of the campaign cannot be worked with.
func (c *campaign) fault() error {
	var found []error
	if c.At.IsZero() {
		found = append(found, errors.New("at: the time that all is read for is missing"))
	}
	if len(c.Tiers) == 0 {
		found = append(found, errors.New("tiers: none is given"))
	}
	for _, part := range []struct {
		name string
		err  error
	}{
		{"ideal", c.Ideal.Validate()}, {"rivalry", c.Rivalry.Validate()}, {"tolerance", c.Tolerance.Validate()}, {"request", c.Request.Validate()},
	} {
		if part.err != nil {
			found = append(found, fmt.Errorf("%s: %w", part.name, part.err))
		}
	}
	return errors.Join(found...)
}

// tierOf is the tier of an account, "" where its size is not known.
func (c *campaign) tierOf(followers byline.Measure) string {
	n, known := followers.Value()
	name, from := "", -1.0
	for _, t := range c.Tiers {
		if known && n >= t.From && t.From > from {
			name, from = t.Name, t.From
		}
	}
	return name
}
