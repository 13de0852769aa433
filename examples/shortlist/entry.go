package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/outreach"
	"github.com/bylinehq/byline/creator/safety"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/creator/sentiment"
	"github.com/bylinehq/byline/creator/shortlist"
	"github.com/bylinehq/byline/creator/vet"
)

// entry is one creator on the account that would be booked, with all that was found.
type entry struct {
	ID        byline.CreatorID `json:"id"`
	Name      string           `json:"name"`
	Account   creator.Ref      `json:"account"`
	Followers byline.Measure   `json:"followers"`
	Tier      string           `json:"tier,omitempty"`
	Rate      *creator.Rate    `json:"rate,omitempty"` // nil: nobody asked for a price
	// Orders are what all pieces of the rate may bring, by what the creator delivered before.
	Orders     shortlist.Outcome `json:"orders"`
	Readings   creator.Readings  `json:"readings"`
	Checks     []creator.Check   `json:"checks"`
	Doubts     []byline.Finding  `json:"doubts,omitempty"` // about the data
	Assessment score.Assessment  `json:"assessment"`
	Place      *score.Place      `json:"place,omitempty"`
	Notes      []creator.Review  `json:"notes,omitempty"`
	Growth     []byline.Finding  `json:"growth,omitempty"` // leaps of followers and changes of pace

	dossier *creator.Dossier
	post    *creator.Post // that a message would be about, nil where there is none
}

// key names the entry to the shortlist.
func (e *entry) key() shortlist.Key {
	return shortlist.Key{CreatorID: e.ID, Platform: e.Account.Platform}
}

// reading returns a reading of the account.
func (e *entry) reading(metric string) (creator.Reading, bool) {
	return e.Readings.Get(metric, e.Account.Platform)
}

// reader reads one creator after the other.
type reader struct {
	*source

	scorer  *score.Scorer
	lexicon *safety.Lexicon
	judge   *sentiment.English
	variant vet.Variant
	past    map[byline.CreatorID]creator.Readings // what they delivered
}

func (s *source) reader(past map[byline.CreatorID]creator.Readings) (*reader, error) {
	scorer, err := score.New(s.rubric)
	if err != nil {
		return nil, err
	}
	lexicon, err := safety.NewLexicon(safety.English())
	if err != nil {
		return nil, err
	}
	// Half a year, for who posts once in a fortnight has too few in a quarter.
	variant := vet.DefaultVariant()
	variant.Days = 180
	return &reader{s, scorer, lexicon, sentiment.NewEnglish(), variant, past}, nil
}

// entry reads all that can be asked about a creator.
func (r *reader) entry(d *creator.Dossier) (*entry, error) {
	rate, account := booking(d)
	e := &entry{
		ID: d.Profile.ID, Name: d.Profile.Name, Account: account.Ref(), Followers: account.Followers, Tier: r.campaign.tierOf(account.Followers),
		Rate: rate, Notes: d.Reviews, dossier: d, Doubts: d.Review(r.campaign.At), post: freshPost(d, account.Ref(), r.campaign),
	}
	if err := r.read(e); err != nil {
		return nil, fmt.Errorf("%s: %w", e.ID, err)
	}
	if err := r.check(e); err != nil {
		return nil, fmt.Errorf("%s: %w", e.ID, err)
	}
	// A check that is given is a gate, so those that the rubric does not ask for are left out.
	asked := slices.DeleteFunc(slices.Clone(e.Checks), func(c creator.Check) bool { return !slices.Contains(r.rubric.Checks, c.Code) })
	e.Assessment = r.scorer.Assess(score.Candidate{CreatorID: e.ID, Platform: e.Account.Platform, Readings: e.Readings, Checks: asked, At: r.campaign.At})
	e.Orders = expected(e)
	return e, nil
}

// booking is the least rate that is known, with the account it is for; without a rate, the
// account with most followers.
func booking(d *creator.Dossier) (*creator.Rate, creator.Account) {
	var best *creator.Rate
	for i := range d.Rates {
		rate := &d.Rates[i]
		if best == nil || rate.Price.Minor() < best.Price.Minor() {
			best = rate
		}
	}
	if best != nil && best.Platform != "" {
		if a, there := d.Profile.Account(best.Platform); there {
			return best, a
		}
	}
	most := slices.MaxFunc(d.Profile.Accounts, func(a, b creator.Account) int {
		x, _ := a.Followers.Value()
		y, _ := b.Followers.Value()
		return cmp.Compare(x, y)
	})
	return best, most
}

// freshPost is the newest post of the creator's own that a message may still take up, or the
// newest at all where none is fresh.
func freshPost(d *creator.Dossier, on creator.Ref, c campaign) *creator.Post {
	var best *creator.Post
	rank := func(p *creator.Post) int {
		switch fresh := c.At.Sub(p.PublishedAt) <= outreach.DefaultMaxAge; {
		case fresh && p.Commerce != creator.Sponsored && p.Promotion != creator.Boosted:
			return 2
		case fresh:
			return 1
		}
		return 0
	}
	for i := range d.Posts {
		p := &d.Posts[i]
		if !p.Account.Is(on) || p.PublishedAt.After(c.At) {
			continue
		}
		if best == nil || cmp.Or(cmp.Compare(rank(p), rank(best)), p.PublishedAt.Compare(best.PublishedAt)) > 0 {
			best = p
		}
	}
	return best
}

// read collects the readings of the account, each metric once, and the floors that the
// audience has to reach.
func (r *reader) read(e *entry) error {
	sample := r.samples[e.ID]
	if sample != nil {
		sample.Account, sample.Population = e.Account, e.Followers
	}
	calibration := r.calibration()
	o := &vet.Options{
		At: r.campaign.At, Variant: &r.variant, Ideal: &r.campaign.Ideal, Sample: sample, Calibration: &calibration,
		Comments: &vet.CommentOptions{Sentiment: r.judge},
	}
	if err := o.Validate(); err != nil {
		return err
	}
	e.Readings = append(vet.Read(e.dossier, e.Account, o), r.past[e.ID]...)
	creator.SortReadings(e.Readings)
	e.Growth = vet.Growth(e.dossier, e.Account, r.campaign.At, nil).Findings
	fitted, err := vet.FitLatest(e.dossier, e.Account, &r.campaign.Ideal, r.campaign.At)
	e.Checks = append(e.Checks, fitted.Floors...)
	if errors.Is(err, byline.ErrRefused) {
		return nil // the floors say that nothing is known
	}
	return err
}

func (s *source) calibration() vet.Calibration {
	if s.campaign.Calibration != nil {
		return *s.campaign.Calibration
	}
	return vet.MeasuredOnInstagram()
}

// check asks what no score may average away.
func (r *reader) check(e *entry) error {
	scanned := safety.Scan(e.dossier.Posts, r.lexicon, &safety.ScanOptions{Until: r.campaign.At})
	e.Checks = append(e.Checks, safety.Judge(scanned, r.campaign.Tolerance, r.campaign.Decisions, r.campaign.At)...)
	e.Checks = append(e.Checks, safety.CheckConflicts(e.dossier, r.campaign.Rivalry, r.campaign.At)...)
	attempt := outreach.Attempt{CreatorID: e.ID, Channel: r.campaign.Message.Channel, At: r.campaign.At}
	if e.post == nil {
		e.Checks = append(e.Checks, creator.Check{
			Code: "outreach.permission", State: creator.Undetermined, At: r.campaign.At, Reason: "no post is known that a message could be about",
		})
		return nil
	}
	attempt.Post = outreach.PostRef{Platform: e.post.Account.Platform, ID: e.post.ID}
	may, err := outreach.May(attempt, r.campaign.Message.History, &r.campaign.Message.Rules)
	if err != nil {
		return err
	}
	e.Checks = append(e.Checks, may)
	return nil
}

// expected multiplies what a post brought by the pieces that the price buys.
func expected(e *entry) shortlist.Outcome {
	const metric = "performance.orders_per_post"
	reading, there := e.reading(metric)
	if !there || e.Rate == nil {
		return shortlist.Outcome{}
	}
	definition := "orders{pieces × [" + reading.Value.Definition() + "]};v1"
	each, known := reading.Value.Value()
	if !known {
		return shortlist.Outcome{Value: byline.Missing(reading.Value.Missing(), definition, reading.Value.At())}
	}
	pieces := float64(e.Rate.Pieces)
	o := shortlist.Outcome{Value: byline.Known(pieces*each, definition, reading.Value.At())}
	if reading.Low != nil && reading.High != nil {
		low, high := pieces**reading.Low, pieces**reading.High
		o.Low, o.High = &low, &high
	}
	return o
}

// words says how the creator is named: the name, and where it says less, the id.
func (e *entry) words() string { return cmp.Or(strings.TrimSpace(e.Name), string(e.ID)) }
