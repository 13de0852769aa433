package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/dossiercsv"
	"github.com/bylinehq/byline/creator/performance"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/creator/vet"
)

// source is all that was read.
type source struct {
	demo       bool
	campaign   campaign
	rubric     score.Rubric
	dossiers   []creator.Dossier
	rows       int
	samples    map[byline.CreatorID]*vet.FollowerSample
	deliveries []performance.Delivery
	audiences  audiences
}

// readSource reads a folder, and says all that is wrong with its rows before it gives up.
func readSource(folder fs.FS) (*source, error) {
	s := &source{}
	if err := s.readPlans(folder); err != nil {
		return nil, err
	}
	if err := s.readDossiers(folder); err != nil {
		return nil, err
	}
	known := map[byline.CreatorID]bool{}
	for i := range s.dossiers {
		known[s.dossiers[i].Profile.ID] = true
	}
	return s, errors.Join(s.readSamples(folder, known), s.readDeliveries(folder, known), s.readAudiences(folder, known))
}

// readPlans reads what is wanted and how it is weighed.
func (s *source) readPlans(folder fs.FS) error {
	plan, err := readWhole(folder, "campaign.json")
	if err != nil {
		return err
	}
	if err := decodeStrict(plan, &s.campaign); err != nil {
		return fmt.Errorf("campaign.json: %w", err)
	}
	if err := s.campaign.fault(); err != nil {
		return fmt.Errorf("campaign.json: %w", err)
	}
	rubric, err := readWhole(folder, "rubric.json")
	if err != nil {
		return err
	}
	if s.rubric, err = score.ReadRubric(rubric); err != nil {
		return fmt.Errorf("rubric.json: %w", err)
	}
	return nil
}

func readWhole(folder fs.FS, name string) ([]byte, error) {
	f, err := open(folder, name)
	if err != nil {
		return nil, missing(name, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	return io.ReadAll(f)
}

// missing says of a file that must be there what to do.
func missing(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the folder has no %s; the README says what stands in it", name)
	}
	return err
}

// readDossiers reads the files of the format of dossiercsv. All but the accounts may be
// missing: what is not known is shown as such.
func (s *source) readDossiers(folder fs.FS) error {
	var files dossiercsv.Files
	var opened []io.Closer
	defer func() {
		for _, f := range opened {
			_ = f.Close() // they were only read
		}
	}()
	for name, to := range map[string]*io.Reader{
		"accounts.csv": &files.Accounts, "audiences.csv": &files.Audiences, "posts.csv": &files.Posts, "series.csv": &files.Series,
		"comments.csv": &files.Comments, "partnerships.csv": &files.Partnerships, "rates.csv": &files.Rates, "reviews.csv": &files.Reviews,
	} {
		f, err := open(folder, name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != "accounts.csv":
			continue
		case err != nil:
			return missing(name, err)
		}
		opened = append(opened, f)
		*to = f
	}
	read, err := dossiercsv.Read(files, &dossiercsv.Options{Definition: s.campaign.Export, At: s.campaign.At, Purpose: s.campaign.Purpose})
	if err != nil {
		return err
	}
	if len(read.Faults) > 0 {
		return badRows(read.Faults)
	}
	s.dossiers, s.rows = read.Dossiers, read.Rows
	for i := range s.dossiers {
		s.campaign.redefine(&s.dossiers[i])
	}
	return nil
}

// badRows are the faults of all rows that could not be read.
func badRows(faults []dossiercsv.Fault) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%s in the files, and nothing is written:", plural(len(faults), "fault", "faults"))
	for _, f := range faults {
		fmt.Fprintf(&text, "\n  %s.csv line %d, %s: %s (%s)", f.File, f.Line, f.Column, f.Message, f.Code)
	}
	return errors.New(text.String())
}

// redefine gives numbers from before a platform's new definition another name, for they are
// not to be compared with those after it.
func (c *campaign) redefine(d *creator.Dossier) {
	for _, cut := range c.Redefined {
		for i := range d.Posts {
			p := &d.Posts[i]
			if m, there := p.Measures[cut.Metric]; there && p.Account.Platform == cut.Platform && m.At().Before(cut.At) {
				p.Measures[cut.Metric] = cut.older(m)
			}
		}
		for i := range d.Series {
			s := &d.Series[i]
			for j, m := range s.Points {
				if s.Account.Platform == cut.Platform && s.Metric == cut.Metric && m.At().Before(cut.At) {
					s.Points[j] = cut.older(m)
				}
			}
		}
	}
}

func (r redefined) older(m byline.Measure) byline.Measure {
	definition := m.Definition() + ".before_" + r.At.Format(time.DateOnly)
	if v, known := m.Value(); known {
		return byline.Known(v, definition, m.At())
	}
	return byline.Missing(m.Missing(), definition, m.At())
}

// readSamples reads the followers that somebody looked at: followers.csv.
func (s *source) readSamples(folder fs.FS, known map[byline.CreatorID]bool) error {
	t, err := readTable(folder, "followers.csv", "creator", "posts", "followers", "following", "name_digits", "picture")
	if err != nil {
		return err
	}
	at, definition := s.campaign.At, s.campaign.Export+".follower"
	s.samples = map[byline.CreatorID]*vet.FollowerSample{}
	for i, row := range t.rows {
		id := t.creator(i, known)
		measure := func(column string) byline.Measure {
			if v, known := t.number(i, column); known {
				return byline.Known(v, definition, at)
			}
			return byline.Missing(byline.NotCollected, definition, at)
		}
		f := vet.Follower{Posts: measure("posts"), Followers: measure("followers"), Following: measure("following"), NameDigits: measure("name_digits")}
		if row["picture"] != "" {
			f.Picture = vet.NoPicture
			if t.flag(i, "picture") {
				f.Picture = vet.HasPicture
			}
		}
		if s.samples[id] == nil {
			s.samples[id] = &vet.FollowerSample{Random: true, At: at, Source: s.campaign.Export}
		}
		s.samples[id].Followers = append(s.samples[id].Followers, f)
	}
	return errors.Join(t.faults...)
}

// readDeliveries reads what creators did for the shop before: deliveries.csv.
func (s *source) readDeliveries(folder fs.FS, known map[byline.CreatorID]bool) error {
	t, err := readTable(folder, "deliveries.csv", "creator", "from", "until", "clicks", "posts")
	if err != nil {
		return err
	}
	at := map[byline.CreatorID]int{}
	for i, row := range t.rows {
		d := performance.Delivery{CreatorID: t.creator(i, known)}
		from, errFrom := time.Parse(time.DateOnly, row["from"])
		until, errUntil := time.Parse(time.DateOnly, row["until"])
		if errFrom != nil || errUntil != nil || !from.Before(until) {
			t.fault(i, "from and until are days, as in 2026-11-22, one before the other")
		}
		d.Window = byline.Window{Start: from, End: until}
		count := func(column string) byline.Measure {
			if v, known := t.number(i, column); known {
				return byline.Known(v, s.campaign.Export+"."+column, until)
			}
			return byline.Missing(byline.NotCollected, s.campaign.Export+"."+column, until)
		}
		d.Clicks, d.Posts = count("clicks"), count("posts")
		if _, twice := at[d.CreatorID]; twice {
			t.fault(i, "another row has this creator")
		}
		at[d.CreatorID] = len(s.deliveries)
		s.deliveries = append(s.deliveries, d)
	}
	return errors.Join(errors.Join(t.faults...), s.readOrders(folder, known, at))
}

// readOrders reads the orders that were credited to creators: orders.csv. at is where the
// delivery of a creator stands.
func (s *source) readOrders(folder fs.FS, known map[byline.CreatorID]bool, at map[byline.CreatorID]int) error {
	t, err := readTable(folder, "orders.csv", "creator", "order", "clicked", "refunded", "contribution")
	if err != nil {
		return err
	}
	for i, row := range t.rows {
		to, there := at[t.creator(i, known)]
		if !there {
			t.fault(i, "deliveries.csv has no row of this creator")
			continue
		}
		o := performance.Order{ID: byline.OrderID(row["order"]), Clicked: t.flag(i, "clicked"), Refunded: t.flag(i, "refunded")}
		if row["contribution"] != "" {
			money, err := byline.ParseMoney(row["contribution"], s.campaign.Request.Budget.Currency())
			if err != nil {
				t.fault(i, "contribution: %v", err)
			}
			o.Contribution = &money
		}
		s.deliveries[to].Orders = append(s.deliveries[to].Orders, o)
	}
	return errors.Join(t.faults...)
}
