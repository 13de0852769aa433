package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/creator"
)

// programmeFile is a programme as it is written down: the library's own types, in
// their own JSON. programme.example.json shows every field.
type programmeFile struct {
	Campaign   campaign.Plan       `json:"campaign"`
	Shops      []shopFile          `json:"shops,omitempty"`
	Creators   []member            `json:"creators"`
	Offers     []attribution.Offer `json:"offers"`
	Links      map[string]string   `json:"links,omitempty"` // where the tracked link of an offer leads
	Agreements []contracts.Terms   `json:"agreements"`      // versions of one id in rising order
	// Progress tells which milestones of an agreement were reached, what was counted, and
	// whether it was called off.
	Progress map[contracts.AgreementID]contracts.Progress `json:"progress,omitempty"`
	Policies []json.RawMessage                            `json:"policies,omitempty"` // all that ever decided, the current one last
}

// member is a creator with what they are asked to publish.
type member struct {
	creator.Profile
	// Emails are the creator's own. An order from one of them is a signal that a policy
	// may follow.
	Emails       []string            `json:"emails,omitempty"`
	Deliverables []brief.Deliverable `json:"deliverables,omitempty"`
}

// programme is a programmeFile that holds: who is in it, who has which code and link,
// and what is owed to whom.
type programme struct {
	Plan       campaign.Plan
	Shops      []shop
	Creators   []member
	Offers     []attribution.Offer
	Links      links
	Policies   []attribution.Policy
	Book       *attribution.Book
	Agreements *contracts.Register
	Progress   map[contracts.AgreementID]contracts.Progress
	Parties    *trust.Parties // creators as customers; nil without keys
}

// readProgramme reads a file.
func readProgramme(path string, out outside) (*programme, error) {
	file, err := decodeProgramme(path)
	if err != nil {
		return nil, err
	}
	p, err := newProgramme(file, out)
	if err != nil {
		return nil, fmt.Errorf("programme %s: %w", path, err)
	}
	return p, nil
}

// decodeProgramme takes a field it does not know for a mistake in the file, not for
// something to pass over.
func decodeProgramme(path string) (programmeFile, error) {
	var file programmeFile
	f, err := os.Open(path)
	if err != nil {
		return file, fmt.Errorf("programme: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		return file, fmt.Errorf("programme %s: %w", path, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return file, fmt.Errorf("programme %s: more than one JSON value", path)
	}
	return file, nil
}

// newProgramme passes every part through the library's own constructors and checks how
// the parts fit together. All faults are reported at once.
func newProgramme(file programmeFile, out outside) (*programme, error) {
	p := &programme{Plan: file.Campaign, Creators: file.Creators, Offers: file.Offers, Progress: file.Progress}
	var faults []*byline.FieldError
	_, err := campaign.New(file.Campaign)
	faults = append(faults, byline.Nest("campaign", err)...)
	shops, shopFaults := openShops(file.Shops, out)
	p.Shops, faults = shops, append(faults, shopFaults...)
	faults = append(faults, file.creatorFaults()...)
	p.Book, err = attribution.NewBook(file.Offers)
	faults = append(faults, byline.Nest("offers", err)...)
	for i, text := range file.Policies {
		// Stricter than the rest of the file: a slip here changes who is paid.
		policy, err := attribution.ParsePolicy(text)
		p.Policies, faults = append(p.Policies, policy), append(faults, byline.Nest(fmt.Sprintf("policies[%d]", i), err)...)
	}
	agreements, agreementFaults := file.draft()
	faults = append(faults, agreementFaults...)
	p.Agreements, err = contracts.NewRegister(agreements...)
	faults = append(faults, byline.Nest("agreements", err)...)
	faults = append(faults, file.strangers()...)
	found, linkFaults := openLinks(file.Links, file.Offers)
	p.Links, faults = found, append(faults, linkFaults...)
	parties, partyFaults := findParties(file.Creators, out.identity)
	p.Parties, faults = parties, append(faults, partyFaults...)
	if p.Book != nil {
		faults = append(faults, file.deliverableFaults(p.Book)...)
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return p, nil
}

// written is a policy as a file holds it. A policy always encodes.
func written(p attribution.Policy) json.RawMessage {
	text, _ := json.Marshal(p)
	return text
}

func (f programmeFile) creatorFaults() []*byline.FieldError {
	var faults []*byline.FieldError
	seen := map[byline.CreatorID]bool{}
	for i, m := range f.Creators {
		at := fmt.Sprintf("creators[%d]", i)
		faults = append(faults, byline.Nest(at, m.Validate())...)
		if m.ID != "" && seen[m.ID] {
			faults = append(faults, &byline.FieldError{Path: at + ".id", Code: "programme.creator_twice", Message: "this creator stands twice"})
		}
		seen[m.ID] = true
	}
	return faults
}

// draft binds each agreement's first version and amends it by the later ones.
func (f programmeFile) draft() ([]*contracts.Agreement, []*byline.FieldError) {
	var agreements []*contracts.Agreement
	var faults []*byline.FieldError
	latest := map[contracts.AgreementID]*contracts.Agreement{}
	for i, terms := range f.Agreements {
		bind := contracts.Draft
		if earlier := latest[terms.ID]; earlier != nil {
			bind = earlier.Amend
		}
		a, err := bind(terms)
		if err != nil {
			faults = append(faults, byline.Nest(fmt.Sprintf("agreements[%d]", i), err)...)
			continue
		}
		latest[terms.ID] = a
		agreements = append(agreements, a)
	}
	return agreements, faults
}

// strangers finds offers and agreements of creators or campaigns that the programme
// does not have: a slip of the pen there would send money nowhere.
func (f programmeFile) strangers() []*byline.FieldError {
	var faults []*byline.FieldError
	check := func(path string, who byline.CreatorID, what byline.CampaignID) {
		if who != "" && !slices.ContainsFunc(f.Creators, func(m member) bool { return m.ID == who }) {
			faults = append(faults, &byline.FieldError{Path: path + ".creator", Code: "programme.creator", Message: fmt.Sprintf("%q is not among the creators", who)})
		}
		if what != f.Campaign.ID {
			faults = append(faults, &byline.FieldError{Path: path + ".campaign", Code: "programme.campaign", Message: fmt.Sprintf("%q is not the campaign's id", what)})
		}
	}
	for i, o := range f.Offers {
		check(fmt.Sprintf("offers[%d]", i), o.Creator, o.Campaign)
	}
	for i, t := range f.Agreements {
		check(fmt.Sprintf("agreements[%d]", i), t.Creator, t.Campaign)
	}
	for _, id := range slices.Sorted(maps.Keys(f.Progress)) {
		if !slices.ContainsFunc(f.Agreements, func(t contracts.Terms) bool { return t.ID == id }) {
			faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("progress[%s]", id), Code: "programme.agreement", Message: "this is not among the agreements"})
		}
	}
	return faults
}

// deliverableFaults checks that what creators are asked to name in a post is theirs
// while the post goes live.
func (f programmeFile) deliverableFaults(book *attribution.Book) []*byline.FieldError {
	var faults []*byline.FieldError
	for i, m := range f.Creators {
		for j, d := range m.Deliverables {
			at := fmt.Sprintf("creators[%d].deliverables[%d]", i, j)
			faults = append(faults, byline.Nest(at, d.Validate())...)
			if o, ok := book.CodeOwner(d.Code, d.Posting.Start); d.Code != "" && (!ok || o.Creator != m.ID) {
				faults = append(faults, &byline.FieldError{Path: at + ".code", Code: "programme.code", Message: "the code is not theirs when the posting starts"})
			}
			if o, ok := book.LinkOwner(d.Link, d.Posting.Start); d.Link != "" && (!ok || o.Creator != m.ID) {
				faults = append(faults, &byline.FieldError{Path: at + ".link", Code: "programme.link", Message: "the link is not theirs when the posting starts"})
			}
		}
	}
	return faults
}

// noProgramme is what a server without a programme file runs: every order is kept, and
// nobody is credited until there is one.
func noProgramme() *programme {
	return &programme{Book: &attribution.Book{}, Agreements: &contracts.Register{}}
}

// longestWindow is how long a click may count under any policy or offer.
func (p *programme) longestWindow() time.Duration {
	days := attribution.Policy{}.WithDefaults().ClickWindowDays
	for _, policy := range p.Policies {
		for _, r := range policy.WithDefaults().Rules {
			days = max(days, r.WindowDays)
		}
	}
	for _, o := range p.Offers {
		days = max(days, o.WindowDays)
	}
	return time.Duration(days) * day
}

// member returns the creator of an id.
func (p *programme) member(id byline.CreatorID) (member, bool) {
	for _, m := range p.Creators {
		if m.ID == id {
			return m, true
		}
	}
	return member{}, false
}

// name is what a person calls the creator: the id for one the programme has lost.
func (p *programme) name(id byline.CreatorID) string {
	m, _ := p.member(id)
	return cmp.Or(m.Name, string(id))
}

func (p *programme) offersOf(id byline.CreatorID) []attribution.Offer {
	var own []attribution.Offer
	for _, o := range p.Offers {
		if o.Creator == id {
			own = append(own, o)
		}
	}
	return own
}

// codesOf lists each code once, as the creator writes it.
func (p *programme) codesOf(id byline.CreatorID) []string {
	var codes []string
	for _, o := range p.offersOf(id) {
		if o.Code != "" && !slices.Contains(codes, o.Code) {
			codes = append(codes, o.Code)
		}
	}
	return codes
}

// explain tells a decision in the programme's names and the page's number format.
func (p *programme) explain(d attribution.Decision) string {
	return d.ExplainTo(&attribution.ExplainOptions{Name: p.name, Money: showMoney})
}
