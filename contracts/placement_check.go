package contracts

import "github.com/bylinehq/byline"

// Validate returns all faults of a placement at once: "required" for one without an id,
// an asset's id, a channel, a market or a start; "audit.order" for one that ends before it
// starts; "oneof" for a channel, an edit, a likeness, a use by machines or a licensee that
// is none of the constants; "market" for one that is not of ISO 3166-1; "min" for a spend,
// impressions or a cost below 0.
func (p Placement) Validate() error {
	var faults faultList
	if p.ID == "" {
		faults.add("id", "required", "a value is required")
	}
	if p.Asset.ID == "" {
		faults = append(faults, byline.Nest("asset", &byline.FieldError{Path: "id", Code: "required", Message: "a value is required"})...)
	}
	faults = append(faults, byline.Nest("use", byline.Faults(p.Use.faults()))...)
	if p.Cost.Sign() < 0 {
		faults.add("cost", "min", "an amount of 0 or more")
	}
	return byline.Faults(faults)
}

// faults are those of a use that somebody plans or runs: one without an end goes on.
func (u Use) faults() []*byline.FieldError {
	var faults faultList
	u.placeFaults(&faults)
	u.timeFaults(&faults)
	for _, word := range []struct {
		known      bool
		path, what string
	}{
		{u.Edit == "" || u.Edit.Known(), "edit", "an edit"},
		{u.Likeness.Known(), "likeness", "a likeness"},
		{u.AI == "" || u.AI.Known(), "ai", "a use by machines"},
		{u.By.Known(), "by", "a licensee"},
	} {
		if !word.known {
			faults.add(word.path, "oneof", "not "+word.what+" that this version knows")
		}
	}
	if u.Spend.Sign() < 0 {
		faults.add("spend", "min", "an amount of 0 or more")
	}
	if u.Impressions < 0 {
		faults.add("impressions", "min", "a number of 0 or more")
	}
	return faults
}

func (u Use) placeFaults(faults *faultList) {
	switch {
	case u.Channel == "":
		faults.add("channel", "required", "a value is required")
	case !u.Channel.Known():
		faults.add("channel", "oneof", "not a channel that this version knows")
	}
	switch {
	case u.Market == "":
		faults.add("market", "required", "a value is required")
	case !u.Market.Known():
		faults.add("market", "market", "not an ISO 3166-1 country code")
	}
}

func (u Use) timeFaults(faults *faultList) {
	if u.At.IsZero() {
		faults.add("at", "required", "a value is required")
	}
	if (byline.Window{Start: u.At, End: u.Until}).Empty() {
		faults.add("until", "audit.order", "the placement ends before it starts")
	}
}
