package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Entry is what is known of one creator. The dossier is only read while it is added.
type Entry struct {
	Dossier  *creator.Dossier
	Readings creator.Readings
	Checks   []creator.Check
}

// Builder collects entries for an [Index]. The zero Builder is ready to use. It is not safe
// for concurrent use.
type Builder struct {
	ids  []byline.CreatorID
	seen map[byline.CreatorID]bool

	platforms, markets, cities, languages, themes, tags, contact, tokens wordLists

	checks  map[string]*wordLists
	hidden  map[byline.Platform][]uint32
	numbers map[numberKey]*column
	own     map[readingKey][]uint32
	shares  map[shareKey]*column
	brands  map[string][]deal
	working []uint32 // rows whose partners are known at all
	prices  map[byline.Currency][]price
}

// Add takes one creator. Nothing is added when it returns an error, whose faults are
// "search.creator" for an entry without a dossier or an id, "search.creator_twice",
// "search.reading_metric" for a reading without a metric or with the reserved name
// "followers", "search.reading_twice" for a metric that stands twice on one platform, and
// "search.check_twice". A dossier that was not validated is read as far as it makes sense.
// Time and memory are linear in the length of its texts.
func (b *Builder) Add(e Entry) error {
	if err := b.check(e); err != nil {
		return err
	}
	b.prepare()
	row := uint32(len(b.ids))
	id := e.Dossier.Profile.ID
	b.ids = append(b.ids, id)
	b.seen[id] = true
	b.addProfile(&e.Dossier.Profile, row)
	b.addPosts(e.Dossier.Posts, row)
	b.addAudiences(e.Dossier.Audiences, row)
	b.addBusiness(e.Dossier, row)
	b.addReadings(e.Readings, row)
	b.addChecks(e.Checks, row)
	return nil
}

func (b *Builder) check(e Entry) error {
	if e.Dossier == nil || e.Dossier.Profile.ID == "" {
		return byline.Faults([]*byline.FieldError{fault("dossier.profile.id", "search.creator", "a creator needs an id")})
	}
	var faults []*byline.FieldError
	if b.seen[e.Dossier.Profile.ID] {
		faults = append(faults, fault("dossier.profile.id", "search.creator_twice", "this creator was added before"))
	}
	readings := map[numberKey]bool{}
	for i, r := range e.Readings {
		key, path := numberKey{metric: r.Metric, platform: r.Platform}, fmt.Sprintf("readings[%d]", i)
		switch {
		case r.Metric == "" || r.Metric == followers:
			faults = append(faults, fault(path, "search.reading_metric", "a reading needs a metric, other than followers"))
		case readings[key]:
			faults = append(faults, fault(path, "search.reading_twice", "a metric stands once for each platform"))
		}
		readings[key] = true
	}
	codes := map[string]bool{}
	for i, c := range e.Checks {
		if codes[c.Code] {
			faults = append(faults, fault(fmt.Sprintf("checks[%d]", i), "search.check_twice", "a check stands once"))
		}
		codes[c.Code] = true
	}
	return byline.Faults(faults)
}

func (b *Builder) prepare() {
	if b.seen != nil {
		return
	}
	b.seen = map[byline.CreatorID]bool{}
	b.checks = map[string]*wordLists{}
	b.hidden = map[byline.Platform][]uint32{}
	b.numbers = map[numberKey]*column{}
	b.own = map[readingKey][]uint32{}
	b.shares = map[shareKey]*column{}
	b.brands = map[string][]deal{}
	b.prices = map[byline.Currency][]price{}
}

// followers names the counts of the accounts among the readings.
const followers = string(creator.FollowerCount)

func (b *Builder) addProfile(p *creator.Profile, row uint32) {
	for _, a := range p.Accounts {
		b.platforms.add(fold(string(a.Platform)), row)
		b.platforms.know(row)
		n, known := a.Followers.Value()
		if !known {
			b.hidden[a.Platform] = appendRow(b.hidden[a.Platform], row)
			continue
		}
		columnOf(b.numbers, numberKey{followers, a.Platform, a.Followers.Definition()}).add(row, n, nil, nil)
	}
	addAll(&b.markets, []string{string(p.Market)}, row)
	addAll(&b.cities, []string{p.City}, row)
	addAll(&b.languages, p.Languages, row)
	addAll(&b.themes, p.Themes, row)
	addAll(&b.tags, p.Tags, row)
	addAll(&b.contact, []string{string(p.Contact)}, row)
	b.addText(p.Name, row)
	for _, words := range [][]string{p.Themes, p.Tags} {
		for _, word := range words {
			b.addText(word, row)
		}
	}
}

// addAll notes what a creator has of a field; of an empty one nothing is known.
func addAll(to *wordLists, words []string, row uint32) {
	for _, word := range words {
		if word = fold(word); word != "" {
			to.add(word, row)
			to.know(row)
		}
	}
}

func (b *Builder) addText(text string, row uint32) {
	tokens(text, true, func(token string) { b.tokens.add(token, row) })
}

func (b *Builder) addPosts(posts []creator.Post, row uint32) {
	for i := range posts {
		p := &posts[i]
		addAll(&b.themes, p.Themes, row)
		for _, theme := range p.Themes {
			b.addText(theme, row)
		}
		if strings.TrimSpace(p.Text) != "" {
			b.addText(p.Text, row)
			b.tokens.know(row)
		}
		if p.Commerce == creator.Sponsored {
			at := p.PublishedAt.UnixMilli()
			for _, brand := range p.Brands {
				b.addDeal(brand, deal{row, span{at, at + 1}})
			}
		}
	}
}

func (b *Builder) addDeal(brand string, d deal) {
	if brand = fold(brand); brand == "" {
		return
	}
	b.brands[brand] = append(b.brands[brand], d)
	b.working = appendRow(b.working, d.row)
}

// snapshot is where the latest shares of an account are kept.
type snapshot struct {
	platform  byline.Platform
	handle    string
	kind      creator.AudienceKind
	dimension creator.Dimension
}

func (b *Builder) addAudiences(audiences []creator.Audience, row uint32) {
	latest := map[snapshot]int{}
	at := func(i int) time.Time { return audiences[i].Base.At() }
	for i := range audiences {
		a := &audiences[i]
		for _, breakdown := range a.Breakdowns {
			key := snapshot{a.Account.Platform, fold(a.Account.Handle), a.Kind, breakdown.Dimension}
			if before, ok := latest[key]; !ok || at(i).After(at(before)) {
				latest[key] = i
			}
		}
	}
	for key, i := range latest {
		breakdown, _ := audiences[i].Breakdown(key.dimension)
		for _, bucket := range breakdown.Buckets {
			if share, known := bucket.Share.Value(); known {
				columnOf(b.shares, shareKey{key.platform, key.kind, key.dimension, fold(bucket.Key)}).add(row, share, nil, nil)
			}
		}
	}
}

func columnOf[K comparable](columns map[K]*column, key K) *column {
	c := columns[key]
	if c == nil {
		c = &column{}
		columns[key] = c
	}
	return c
}

func (b *Builder) addBusiness(d *creator.Dossier, row uint32) {
	for _, p := range d.Partnerships {
		b.addDeal(p.Brand, deal{row, newSpan(p.During)})
	}
	for _, r := range d.Rates {
		if r.Pieces < 1 || r.Price.Minor() < 0 || r.Price.Currency() == "" {
			continue
		}
		at := r.Price.Currency()
		b.prices[at] = append(b.prices[at], price{
			row: row, minor: r.Price.Minor(), pieces: int64(r.Pieces),
			platform: fold(string(r.Platform)), format: fold(r.Format), valid: newSpan(r.Valid),
		})
	}
}

func (b *Builder) addReadings(readings creator.Readings, row uint32) {
	over := map[string]bool{} // metrics with a reading over all platforms
	for i := range readings {
		if readings[i].Platform == "" {
			over[readings[i].Metric] = true
		}
	}
	for _, r := range readings {
		if r.Platform != "" && over[r.Metric] {
			key := readingKey{r.Metric, r.Platform}
			b.own[key] = appendRow(b.own[key], row)
		}
		if value, known := r.Value.Value(); known {
			columnOf(b.numbers, numberKey{r.Metric, r.Platform, r.Value.Definition()}).add(row, value, r.Low, r.High)
		}
	}
}

func (b *Builder) addChecks(checks []creator.Check, row uint32) {
	for _, c := range checks {
		if c.State == "" {
			continue
		}
		lists := b.checks[c.Code]
		if lists == nil {
			lists = &wordLists{}
			b.checks[c.Code] = lists
		}
		lists.add(string(c.State), row)
		if c.State == creator.Passed || c.State == creator.Failed {
			lists.know(row)
		}
	}
}

// Build makes the index and leaves the builder empty, for the next. The order of adding
// changes nothing. Time is O(n log n) in what was added.
func (b *Builder) Build() *Index {
	b.prepare()
	rank := b.rank()
	x := &Index{
		ids: b.ids, live: fullBitmap(len(b.ids)),
		platforms: b.platforms.build(rank), markets: b.markets.build(rank), cities: b.cities.build(rank),
		languages: b.languages.build(rank), themes: b.themes.build(rank), tags: b.tags.build(rank),
		contact: b.contact.build(rank), tokens: b.tokens.build(rank),
		checks: make(map[string]vocabulary, len(b.checks)), hidden: make(map[byline.Platform]posting, len(b.hidden)),
		own: make(map[readingKey]posting, len(b.own)), numbers: b.numbers, shares: b.shares, brands: b.brands, prices: b.prices, working: newBitmap(len(rank)),
	}
	// The tags are the caller's own: no tag is an answer.
	x.tags.known = x.live
	for code, lists := range b.checks {
		x.checks[code] = lists.build(rank)
	}
	for platform, rows := range b.hidden {
		x.hidden[platform] = newPosting(renumber(rows, rank), len(rank))
	}
	for key, rows := range b.own {
		x.own[key] = newPosting(renumber(rows, rank), len(rank))
	}
	buildAll(x.numbers, rank)
	buildAll(x.shares, rank)
	for _, deals := range x.brands {
		sortRows(deals, rank, func(d *deal) *uint32 { return &d.row })
	}
	for _, prices := range x.prices {
		sortRows(prices, rank, func(p *price) *uint32 { return &p.row })
	}
	for _, row := range b.working {
		x.working.set(rank[row])
	}
	*b = Builder{}
	return x
}

// rank sorts the ids and returns where each row has gone.
func (b *Builder) rank() []uint32 {
	order := make([]uint32, len(b.ids))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(p, q uint32) int { return cmp.Compare(b.ids[p], b.ids[q]) })
	rank := make([]uint32, len(order))
	for to, from := range order {
		rank[from] = uint32(to)
	}
	b.ids = pick(b.ids, order)
	return rank
}

func buildAll[K comparable](columns map[K]*column, rank []uint32) {
	for _, c := range columns {
		c.build(rank)
	}
}

func sortRows[T any](items []T, rank []uint32, row func(*T) *uint32) {
	for i := range items {
		at := row(&items[i])
		*at = rank[*at]
	}
	slices.SortStableFunc(items, func(p, q T) int { return cmp.Compare(*row(&p), *row(&q)) })
}

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}
