package contracts_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

var promisedNovember = byline.Window{Start: date(11, 1), End: date(12, 1)}

// noSkincare is a creator's promise to Glow: no other skincare in November, in Germany.
func noSkincare() contracts.Exclusivity {
	return contracts.Exclusivity{ID: "skin", BoundParty: contracts.RoleCreator, Categories: []contracts.Category{"beauty/skincare"}, Territory: contracts.Territory{Markets: []byline.Market{"DE"}}}
}

// glow is signed on 20 October and holds the promise.
func glow(change func(*contracts.Exclusivity)) contracts.Engagement {
	x := noSkincare()
	if change != nil {
		change(&x)
	}
	binds := promisedNovember
	if x.Window != (byline.Window{}) {
		binds = x.Window
	}
	return contracts.Engagement{Creator: "ada", Brand: "Glow", Categories: []contracts.Category{"beauty/skincare"}, Territory: contracts.Territory{Worldwide: true}, Window: promisedNovember,
		Agreement: "ag-glow", Version: 1, AgreedAt: date(10, 20), Promises: []contracts.Promise{{Exclusivity: x, Binds: binds}}}
}

// luma is another brand's draft with ada, for a serum in mid-November.
func luma(change func(*contracts.Engagement)) contracts.Engagement {
	e := contracts.Engagement{Creator: "ada", Brand: "Luma", Categories: []contracts.Category{"beauty/skincare/serum"}, Territory: contracts.Territory{Markets: []byline.Market{"AT", "DE"}},
		Window: byline.Window{Start: date(11, 10), End: date(12, 10)}, Agreement: "ag-luma", Version: 1}
	if change != nil {
		change(&e)
	}
	return e
}

// conflictKind is what a conflict is at heart.
type conflictKind struct {
	Code     string
	Severity byline.Severity
}

func conflictKinds(conflicts []contracts.Conflict) []conflictKind {
	var all []conflictKind
	for _, c := range conflicts {
		all = append(all, conflictKind{c.Code, c.Severity})
	}
	return all
}

// conflictsBothWays asks from both sides, which must see the same.
func conflictsBothWays(t testing.TB, a, b contracts.Engagement, opts *contracts.ConflictOptions) []contracts.Conflict {
	t.Helper()
	one, other := contracts.Conflicts(a, []contracts.Engagement{b}, opts), contracts.Conflicts(b, []contracts.Engagement{a}, opts)
	if diff := cmp.Diff(one, other); diff != "" {
		t.Errorf("the sides differ (-one +other):\n%s", diff)
	}
	return one
}

func TestConflict(t *testing.T) {
	t.Parallel()
	got := conflictsBothWays(t, glow(nil), luma(nil), nil)
	want := []contracts.Conflict{{
		Code: "exclusivity.category", Severity: byline.Blocker, Agreement: "ag-glow", Version: 1, Exclusivity: "skin", Path: "exclusivity[0]", Bound: contracts.RoleCreator,
		With:      contracts.Counterpart{Creator: "ada", Brand: "Luma", Agreement: "ag-luma", Version: 1},
		Overlap:   byline.Window{Start: date(11, 10), End: date(12, 1)},
		Territory: contracts.Territory{Markets: []byline.Market{"DE"}},
		Message:   "exclusivity skin of agreement ag-glow binds ada, and Luma in agreement ag-luma promotes beauty/skincare/serum, which lies in beauty/skincare",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("conflicts (-want +got):\n%s", diff)
	}
	finding := byline.Finding{Code: "exclusivity.category", Severity: byline.Blocker, Path: "exclusivity[0]", Message: want[0].Message, Fix: "move the work out of the overlap, or agree in writing on a carve-out"}
	if diff := cmp.Diff(finding, got[0].Finding()); diff != "" {
		t.Errorf("finding (-want +got):\n%s", diff)
	}
	explained := "Blocker: " + want[0].Message + ". Both hold from 10 Nov 2026 00:00 UTC until 1 Dec 2026 00:00 UTC, in DE."
	if diff := cmp.Diff(explained, got[0].Explain()); diff != "" {
		t.Errorf("explanation (-want +got):\n%s", diff)
	}
	data, err := json.Marshal(got)
	require.NoError(t, err)
	var back []contracts.Conflict
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(got, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

func TestConflictsByWhatCatches(t *testing.T) {
	t.Parallel()
	block, warn := []conflictKind{{"exclusivity.category", byline.Blocker}}, []conflictKind{{"exclusivity.wider", byline.Warning}}
	named, unknown := []conflictKind{{"exclusivity.named", byline.Blocker}}, []conflictKind{{"exclusivity.unknown", byline.Warning}}
	names := func(names ...string) func(*contracts.Exclusivity) {
		return func(x *contracts.Exclusivity) { x.Competitors, x.Categories = names, nil }
	}
	namedToo := func(x *contracts.Exclusivity) { x.Competitors = []string{"Nova", "Luma"} }
	categories := func(c ...contracts.Category) func(*contracts.Engagement) {
		return func(e *contracts.Engagement) { e.Categories = c }
	}
	brand := func(name string) func(*contracts.Engagement) {
		return func(e *contracts.Engagement) { e.Brand = name }
	}
	tests := map[string]struct {
		promise func(*contracts.Exclusivity)
		other   func(*contracts.Engagement)
		want    []conflictKind
	}{
		"a category within":               {nil, nil, block},
		"the category itself":             {nil, categories("Beauty / Skincare"), block},
		"one of several":                  {nil, categories("cars", "beauty/skincare/balm"), block},
		"a wider category":                {nil, categories("beauty"), warn},
		"within goes before wider":        {nil, categories("beauty", "beauty/skincare"), block},
		"a sibling":                       {nil, categories("beauty/hair"), nil},
		"another category":                {nil, categories("cars"), nil},
		"the table's ancestors":           {func(x *contracts.Exclusivity) { x.Categories = []contracts.Category{"100"} }, categories("111"), block},
		"the table's descendants":         {func(x *contracts.Exclusivity) { x.Categories = []contracts.Category{"111"} }, categories("100"), warn},
		"no category known":               {nil, categories(), unknown},
		"blank categories":                {nil, categories(" ", "/"), unknown},
		"named":                           {names("Luma"), categories("cars"), named},
		"named, no category known":        {names("Luma"), categories(), named},
		"another brand is named":          {names("Nova"), nil, nil},
		"a name of one letter less":       {names("Lum"), nil, nil},
		"a name with more words":          {names("Luma Ltd"), nil, nil},
		"case and space":                  {names(" LUMA  Skin "), brand("luma skin"), named},
		"full width":                      {names("Ｌｕｍａ"), nil, named},
		"accents in two forms":            {names("Lume\u0301"), brand("LUM\u00c9"), named},
		"Greek sigma at the end":          {names("ΛΑΜΨΙΣ"), brand("λάμψις"), nil}, // capitals without the accent are another text
		"Greek in two cases":              {names("ΛΆΜΨΙΣ"), brand("λάμψις"), named},
		"Cyrillic in two cases":           {names("ЛУМА"), brand("Лума"), named},
		"look-alike letters":              {names("Lumа"), nil, nil}, // a Cyrillic letter
		"Japanese":                        {names("ルーマ"), brand("ﾙｰﾏ"), named},
		"sharp s is not ss":               {names("Strasse"), brand("Straße"), nil},
		"in both, the name goes first":    {namedToo, nil, named},
		"a name beats another category":   {namedToo, categories("cars"), named},
		"not named, but of the category":  {namedToo, brand("Vero"), block},
		"neither":                         {namedToo, func(e *contracts.Engagement) { e.Brand, e.Categories = "Vero", []contracts.Category{"cars"} }, nil},
		"no brand known":                  {names("Luma"), brand(" "), unknown},
		"no brand, but of the category":   {namedToo, brand(""), unknown},
		"no brand, of the category alone": {nil, brand(""), unknown},
		"no brand, and wider":             {nil, func(e *contracts.Engagement) { e.Brand, e.Categories = "", []contracts.Category{"beauty"} }, unknown},
		"no brand, of another category":   {nil, func(e *contracts.Engagement) { e.Brand, e.Categories = "", []contracts.Category{"cars"} }, nil},
		"everyone":                        {names(), nil, []conflictKind{{"exclusivity.everyone", byline.Blocker}}},
		"a blank name is not everyone":    {names(" "), nil, nil},
		"a blank name names no brand":     {names(" "), brand(""), unknown},
		"a blank category is nobody's":    {func(x *contracts.Exclusivity) { x.Categories = []contracts.Category{""} }, nil, nil},
		"the same brand":                  {names(), brand("GLOW "), nil},
		"the same brand, named by itself": {names("Glow"), brand("Glow"), nil},
		"another creator":                 {nil, func(e *contracts.Engagement) { e.Creator = "bruno" }, nil},
		"no creator":                      {nil, func(e *contracts.Engagement) { e.Creator = "" }, nil},
		"another case of the creator":     {nil, func(e *contracts.Engagement) { e.Creator = "Ada" }, nil},
		"a version of itself":             {nil, func(e *contracts.Engagement) { e.Agreement, e.Version = "ag-glow", 2 }, nil},
		"bound is somebody else":          {func(x *contracts.Exclusivity) { x.BoundParty = contracts.RoleAgency }, nil, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := conflictsBothWays(t, glow(tt.promise), luma(tt.other), &contracts.ConflictOptions{Taxonomy: taxonomy(t)})
			if diff := cmp.Diff(tt.want, conflictKinds(got)); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConflictsByTime(t *testing.T) {
	t.Parallel()
	window := func(from, to int) byline.Window { return byline.Window{Start: date(11, from), End: date(11, to)} }
	ten := window(10, 20)
	none := []byline.Window(nil)
	tests := map[string]struct {
		binds, work byline.Window
		want        []byline.Window
	}{
		"inside":                    {ten, window(12, 13), []byline.Window{window(12, 13)}},
		"around":                    {ten, window(1, 30), []byline.Window{ten}},
		"over the start":            {ten, window(5, 11), []byline.Window{window(10, 11)}},
		"over the end":              {ten, window(19, 25), []byline.Window{window(19, 20)}},
		"adjacent before":           {ten, window(5, 10), none},
		"adjacent after":            {ten, window(20, 25), none},
		"one nanosecond at the end": {ten, byline.Window{Start: date(11, 20).Add(-1), End: date(11, 25)}, []byline.Window{{Start: date(11, 20).Add(-1), End: date(11, 20)}}},
		"no instant":                {ten, window(12, 12), none},
		"the wrong way round":       {ten, window(15, 12), none},
		"a promise of no instant":   {window(12, 12), ten, none},
		"open ends meet":            {byline.Window{Start: date(11, 10)}, byline.Window{Start: date(11, 20)}, []byline.Window{{Start: date(11, 20)}}},
		"open ends miss":            {byline.Window{Start: date(11, 10)}, byline.Window{End: date(11, 10)}, none},
		"open starts meet":          {byline.Window{End: date(11, 10)}, byline.Window{End: date(11, 5)}, []byline.Window{{End: date(11, 5)}}},
		"always and always":         {byline.Window{}, byline.Window{}, []byline.Window{{}}},
		"always and some time":      {byline.Window{}, ten, []byline.Window{ten}},
		"on other clocks": {ten, byline.Window{Start: date(11, 20).In(time.FixedZone("", 3600*9)), End: date(11, 25)},
			none},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := glow(nil)
			a.Promises[0].Binds = tt.binds
			var got []byline.Window
			for _, c := range conflictsBothWays(t, a, luma(func(e *contracts.Engagement) { e.Window = tt.work }), nil) {
				got = append(got, c.Overlap)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("overlap (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConflictsByTerritory(t *testing.T) {
	t.Parallel()
	markets := func(m ...byline.Market) contracts.Territory { return contracts.Territory{Markets: m} }
	world := contracts.Territory{Worldwide: true}
	tests := map[string]struct {
		promised, work contracts.Territory
		want           []contracts.Territory
	}{
		"one market":                   {markets("DE"), markets("DE", "AT"), []contracts.Territory{markets("DE")}},
		"sorted and once":              {markets("DE", "AT", "DE"), markets("AT", "DE"), []contracts.Territory{markets("AT", "DE")}},
		"none":                         {markets("DE"), markets("FR"), nil},
		"a region":                     {contracts.Territory{Regions: []contracts.Region{contracts.DACH}}, markets("CH", "FR"), []contracts.Territory{markets("CH")}},
		"two regions":                  {contracts.Territory{Regions: []contracts.Region{contracts.DACH}}, contracts.Territory{Regions: []contracts.Region{contracts.EU}}, []contracts.Territory{markets("AT", "DE")}},
		"a region but one":             {contracts.Territory{Regions: []contracts.Region{contracts.DACH}, Except: []byline.Market{"CH"}}, markets("CH"), nil},
		"the world":                    {world, markets("JP"), []contracts.Territory{markets("JP")}},
		"the world twice":              {contracts.Territory{Worldwide: true, Except: []byline.Market{"US"}}, contracts.Territory{Worldwide: true, Except: []byline.Market{"CN"}}, []contracts.Territory{{Worldwide: true, Except: []byline.Market{"CN", "US"}}}},
		"the world but there":          {contracts.Territory{Worldwide: true, Except: []byline.Market{"JP"}}, markets("JP"), nil},
		"not known is everywhere":      {markets("DE"), contracts.Territory{}, []contracts.Territory{markets("DE")}},
		"a promise nowhere":            {contracts.Territory{}, markets("JP"), []contracts.Territory{markets("JP")}},
		"a region not understood":      {markets("DE"), contracts.Territory{Regions: []contracts.Region{"LATAM"}}, []contracts.Territory{markets("DE")}},
		"promised in such a region":    {contracts.Territory{Regions: []contracts.Region{"LATAM"}}, markets("DE"), []contracts.Territory{markets("DE")}},
		"a market not understood":      {markets("GB"), markets("UK"), []contracts.Territory{markets("GB")}},
		"a part not understood":        {markets("US"), contracts.Territory{Subdivisions: []string{"California"}}, []contracts.Territory{markets("US")}},
		"an exception alone":           {markets("CH", "DE"), contracts.Territory{Except: []byline.Market{"CH"}}, []contracts.Territory{markets("DE")}},
		"an exception alone, there":    {markets("CH"), contracts.Territory{Except: []byline.Market{"CH"}}, nil},
		"both not understood":          {contracts.Territory{}, contracts.Territory{Except: []byline.Market{"CH"}}, []contracts.Territory{{Worldwide: true, Except: []byline.Market{"CH"}}}},
		"a part of the country":        {markets("US"), contracts.Territory{Subdivisions: []string{"US-CA"}}, []contracts.Territory{{Subdivisions: []string{"US-CA"}}}},
		"the same part":                {contracts.Territory{Subdivisions: []string{"US-NY", "US-CA"}}, contracts.Territory{Subdivisions: []string{"US-CA"}}, []contracts.Territory{{Subdivisions: []string{"US-CA"}}}},
		"two parts":                    {contracts.Territory{Subdivisions: []string{"US-NY"}}, contracts.Territory{Subdivisions: []string{"US-CA"}}, nil},
		"a part and the world":         {contracts.Territory{Subdivisions: []string{"US-NY"}}, world, []contracts.Territory{{Subdivisions: []string{"US-NY"}}}},
		"a part of what is excepted":   {contracts.Territory{Subdivisions: []string{"US-NY"}}, contracts.Territory{Worldwide: true, Except: []byline.Market{"US"}}, nil},
		"an exception beats a part":    {contracts.Territory{Worldwide: true, Except: []byline.Market{"US"}, Subdivisions: []string{"US-CA"}}, markets("US"), nil},
		"and one of a list":            {contracts.Territory{Markets: []byline.Market{"CA"}, Except: []byline.Market{"US"}, Subdivisions: []string{"US-CA"}}, markets("US"), nil},
		"a part of a market that's in": {contracts.Territory{Markets: []byline.Market{"US"}, Subdivisions: []string{"US-CA"}}, markets("US"), []contracts.Territory{markets("US")}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []contracts.Territory
			for _, c := range conflictsBothWays(t, glow(func(x *contracts.Exclusivity) { x.Territory = tt.promised }), luma(func(e *contracts.Engagement) { e.Territory = tt.work }), nil) {
				got = append(got, c.Territory)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("territory (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConflictsCarveOuts(t *testing.T) {
	t.Parallel()
	caught, free := 1, 0
	carve := func(kind contracts.CarveOutKind, brand string) []contracts.CarveOut {
		return []contracts.CarveOut{{Kind: kind, Brand: brand}}
	}
	signed := func(at time.Time) func(*contracts.Engagement) {
		return func(e *contracts.Engagement) { e.AgreedAt = at }
	}
	post := func(p contracts.PastPost) func(*contracts.Engagement) {
		p.ID, p.Creator, p.Categories = "p1", "ada", []contracts.Category{"beauty/skincare"}
		if p.Brand == "" {
			p.Brand = "Luma"
		}
		return func(e *contracts.Engagement) { *e = p.Engagement() }
	}
	before, after := date(10, 20).Add(-1), date(11, 15)
	tests := map[string]struct {
		carve []contracts.CarveOut
		other func(*contracts.Engagement)
		want  int
	}{
		"none":                                {nil, signed(before), caught},
		"agreed before":                       {carve(contracts.CarveExisting, ""), signed(before), free},
		"agreed at the same instant":          {carve(contracts.CarveExisting, ""), signed(date(10, 20)), caught},
		"agreed afterwards":                   {carve(contracts.CarveExisting, ""), signed(date(10, 21)), caught},
		"not agreed yet":                      {carve(contracts.CarveExisting, ""), signed(time.Time{}), caught},
		"agreed before, for this brand":       {carve(contracts.CarveExisting, "luma"), signed(before), free},
		"agreed before, for another":          {carve(contracts.CarveExisting, "Nova"), signed(before), caught},
		"a post of a deal before":             {carve(contracts.CarveExisting, ""), post(contracts.PastPost{At: after, AgreedAt: before}), free},
		"a post of an unknown deal":           {carve(contracts.CarveExisting, ""), post(contracts.PastPost{At: after}), caught},
		"an organic post is no deal":          {carve(contracts.CarveExisting, ""), post(contracts.PastPost{At: after, AgreedAt: before, Organic: true}), caught},
		"a link from before":                  {carve(contracts.CarveEvergreen, ""), post(contracts.PastPost{At: after, AgreedAt: before, Evergreen: true}), free},
		"a link from afterwards":              {carve(contracts.CarveEvergreen, ""), post(contracts.PastPost{At: after, AgreedAt: date(10, 21), Evergreen: true}), caught},
		"a new link":                          {carve(contracts.CarveEvergreen, ""), post(contracts.PastPost{At: after, Evergreen: true}), caught},
		"no link":                             {carve(contracts.CarveEvergreen, ""), post(contracts.PastPost{At: after, AgreedAt: before}), caught},
		"a link for another":                  {carve(contracts.CarveEvergreen, "Nova"), post(contracts.PastPost{At: after, AgreedAt: before, Evergreen: true}), caught},
		"organic":                             {carve(contracts.CarveOrganic, ""), post(contracts.PastPost{At: after, Organic: true}), free},
		"organic, for another":                {carve(contracts.CarveOrganic, "Nova"), post(contracts.PastPost{At: after, Organic: true}), caught},
		"paid":                                {carve(contracts.CarveOrganic, ""), post(contracts.PastPost{At: after}), caught},
		"the brand":                           {carve(contracts.CarveBrand, " LUMA"), nil, free},
		"another brand":                       {carve(contracts.CarveBrand, "Nova"), nil, caught},
		"no brand is not any brand":           {carve(contracts.CarveBrand, ""), nil, caught},
		"no brand is not an unknown one":      {carve(contracts.CarveBrand, ""), func(e *contracts.Engagement) { e.Brand = "" }, caught},
		"a blank brand is not any brand":      {carve(contracts.CarveOrganic, " "), post(contracts.PastPost{At: after, Organic: true}), caught},
		"a blank brand is not an unknown one": {carve(contracts.CarveBrand, " "), func(e *contracts.Engagement) { e.Brand = "" }, caught},
		"another kind":                        {carve("gifts", ""), signed(before), caught},
		"any of them":                         {slices.Concat(carve(contracts.CarveBrand, "Nova"), carve(contracts.CarveExisting, "")), signed(before), free},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := conflictsBothWays(t, glow(func(x *contracts.Exclusivity) { x.CarveOuts = tt.carve }), luma(tt.other), nil)
			if len(got) != tt.want {
				t.Errorf("conflicts %+v, want %d", got, tt.want)
			}
		})
	}
}

// What stood before is judged by the first signing of each: an amendment neither makes
// an existing deal of a breach, nor a breach of an existing deal.
func TestConflictsCarveOutsOfAnAmendment(t *testing.T) {
	t.Parallel()
	amended := func(first, last time.Time) func(*contracts.Engagement) {
		return func(e *contracts.Engagement) {
			e.FirstAgreedAt, e.AgreedAt = first, last
			if !first.IsZero() {
				e.Version = 2
			}
		}
	}
	for name, tt := range map[string]struct {
		promised, work func(*contracts.Engagement)
		want           []conflictKind
	}{
		"signed in between":               {amended(date(10, 1), date(10, 20)), amended(time.Time{}, date(10, 10)), []conflictKind{{"exclusivity.category", byline.Blocker}}},
		"signed before the first":         {amended(date(10, 1), date(10, 20)), amended(time.Time{}, date(9, 30)), nil},
		"amended after the promise":       {amended(time.Time{}, date(10, 1)), amended(date(9, 1), date(10, 20)), nil},
		"first signed after it":           {amended(time.Time{}, date(10, 1)), amended(date(10, 2), date(10, 20)), []conflictKind{{"exclusivity.category", byline.Blocker}}},
		"the first signing not known":     {func(e *contracts.Engagement) { e.Version = 2 }, amended(time.Time{}, date(10, 10)), []conflictKind{{"exclusivity.unknown", byline.Warning}}},
		"not known and yet later":         {func(e *contracts.Engagement) { e.Version = 2 }, amended(time.Time{}, date(10, 21)), []conflictKind{{"exclusivity.category", byline.Blocker}}},
		"an amendment not signed yet":     {amended(date(10, 1), time.Time{}), amended(time.Time{}, date(10, 10)), []conflictKind{{"exclusivity.category", byline.Blocker}}},
		"a post before the first signing": {amended(date(11, 12), date(11, 20)), posted(date(11, 10)), nil},
		"a post in between":               {amended(date(11, 1), date(11, 20)), posted(date(11, 10)), []conflictKind{{"exclusivity.category", byline.Blocker}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := glow(func(x *contracts.Exclusivity) {
				x.CarveOuts = []contracts.CarveOut{{Kind: contracts.CarveExisting}}
			})
			tt.promised(&x)
			if diff := cmp.Diff(tt.want, conflictKinds(conflictsBothWays(t, x, luma(tt.work), nil))); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
		})
	}
}

func posted(at time.Time) func(*contracts.Engagement) {
	return func(e *contracts.Engagement) {
		*e = contracts.PastPost{ID: "p1", Creator: "ada", Brand: "Luma", Categories: e.Categories, At: at}.Engagement()
	}
}

// Whatever stands is an existing deal to a draft, and what does not stand is none.
func TestConflictsCarveOutsOfADraft(t *testing.T) {
	t.Parallel()
	a := glow(func(x *contracts.Exclusivity) {
		x.CarveOuts = []contracts.CarveOut{{Kind: contracts.CarveExisting}}
	})
	a.AgreedAt = time.Time{}
	past := contracts.PastPost{ID: "p1", Creator: "ada", Brand: "Luma", Categories: []contracts.Category{"beauty/skincare"}, At: date(11, 5)}
	for name, tt := range map[string]struct {
		other contracts.Engagement
		want  int
	}{
		"signed":           {luma(func(e *contracts.Engagement) { e.AgreedAt = date(11, 9) }), 0},
		"a draft":          {luma(nil), 1},
		"a post":           {past.Engagement(), 0},
		"a post, whenever": {contracts.PastPost{ID: "p1", Creator: "ada", Brand: "Luma", Categories: past.Categories}.Engagement(), 1},
	} {
		if got := conflictsBothWays(t, a, tt.other, nil); len(got) != tt.want {
			t.Errorf("%s: conflicts %+v, want %d", name, got, tt.want)
		}
	}
}

func TestConflictsSeverity(t *testing.T) {
	t.Parallel()
	post := func(at time.Time) contracts.Engagement {
		return contracts.PastPost{ID: "p1", Creator: "ada", Brand: "Luma", Categories: []contracts.Category{"beauty/skincare"}, At: at, AgreedAt: date(10, 1)}.Engagement()
	}
	wider := func(e contracts.Engagement) contracts.Engagement {
		e.Categories = []contracts.Category{"beauty"}
		return e
	}
	unknown := func(e contracts.Engagement) contracts.Engagement {
		e.Categories = nil
		return e
	}
	signed := luma(func(e *contracts.Engagement) { e.AgreedAt = date(10, 1) })
	long, late := byline.Window{Start: date(10, 1), End: date(12, 1)}, date(11, 20)
	tests := map[string]struct {
		promised time.Time // when the promise was signed
		other    contracts.Engagement
		want     byline.Severity
	}{
		"both signed":                        {date(10, 20), signed, byline.Blocker},
		"a draft against what is signed":     {time.Time{}, signed, byline.Blocker},
		"a signed promise against a draft":   {date(10, 20), luma(nil), byline.Blocker},
		"two drafts":                         {time.Time{}, luma(nil), byline.Warning},
		"a draft against a past post":        {time.Time{}, post(late), byline.Warning},
		"a signed promise and a new post":    {date(10, 20), post(late), byline.Blocker},
		"a post on the instant of signing":   {date(10, 20), post(date(10, 20)), byline.Blocker},
		"a post before signing":              {date(10, 20), post(date(10, 20).Add(-1)), byline.Warning},
		"a post at any time":                 {date(10, 20), post(time.Time{}), byline.Blocker},
		"wider than what is signed":          {date(10, 20), wider(signed), byline.Warning},
		"wider, in drafts":                   {time.Time{}, wider(luma(nil)), byline.Info},
		"not known, against what is signed":  {date(10, 20), unknown(luma(nil)), byline.Warning},
		"a past post of an unknown category": {time.Time{}, unknown(post(late)), byline.Info},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := glow(func(x *contracts.Exclusivity) { x.Window = long })
			a.AgreedAt = tt.promised
			got := conflictsBothWays(t, a, tt.other, nil)
			if len(got) != 1 || got[0].Severity != tt.want {
				t.Errorf("conflicts %+v, want one %s", got, tt.want)
			}
		})
	}
}

// Without the brand that was promised, another post may be for that very brand.
func TestConflictsOfAnUnknownBrand(t *testing.T) {
	t.Parallel()
	nameless := func(change func(*contracts.Exclusivity)) contracts.Engagement {
		e := glow(change)
		e.Brand = " "
		return e
	}
	for name, tt := range map[string]struct {
		promise contracts.Engagement
		want    []conflictKind
	}{
		"by category": {nameless(nil), []conflictKind{{"exclusivity.unknown", byline.Warning}}},
		"everyone":    {nameless(func(x *contracts.Exclusivity) { x.Categories = nil }), []conflictKind{{"exclusivity.unknown", byline.Warning}}},
		"by name":     {nameless(func(x *contracts.Exclusivity) { x.Competitors = []string{"Luma"} }), []conflictKind{{"exclusivity.named", byline.Blocker}}},
		"not at all":  {nameless(func(x *contracts.Exclusivity) { x.Categories = []contracts.Category{"cars"} }), nil},
	} {
		if diff := cmp.Diff(tt.want, conflictKinds(conflictsBothWays(t, tt.promise, luma(nil), nil))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A brand's promise keeps other creators out, and none of the creator's other brands.
func TestConflictsOfABrandsPromise(t *testing.T) {
	t.Parallel()
	bound := func(change func(*contracts.Exclusivity)) contracts.Engagement {
		return glow(func(x *contracts.Exclusivity) {
			x.BoundParty = contracts.RoleBrand
			if change != nil {
				change(x)
			}
		})
	}
	with := func(creator byline.CreatorID, brand string) contracts.Engagement {
		return luma(func(e *contracts.Engagement) { e.Creator, e.Brand = creator, brand })
	}
	names := func(ids ...string) func(*contracts.Exclusivity) {
		return func(x *contracts.Exclusivity) { x.Competitors, x.Categories = ids, nil }
	}
	carved := func(x *contracts.Exclusivity) {
		x.CarveOuts = []contracts.CarveOut{{Kind: contracts.CarveBrand, Brand: "bruno"}}
	}
	nameless := bound(nil)
	nameless.Brand = ""
	tests := map[string]struct {
		promise, other contracts.Engagement
		want           []conflictKind
	}{
		"another creator":            {bound(nil), with("bruno", " glow"), []conflictKind{{"exclusivity.category", byline.Blocker}}},
		"the same creator":           {bound(nil), with("ada", "Glow"), nil},
		"another brand":              {bound(nil), with("bruno", "Luma"), nil},
		"the creator's other brand":  {bound(nil), with("ada", "Luma"), nil},
		"a named creator":            {bound(names("cleo", " bruno ")), with("bruno", "Glow"), []conflictKind{{"exclusivity.named", byline.Blocker}}},
		"a creator by another case":  {bound(names("Bruno")), with("bruno", "Glow"), nil},
		"another creator is named":   {bound(names("cleo")), with("bruno", "Glow"), nil},
		"a creator carved out":       {bound(carved), with("bruno", "Glow"), nil},
		"another creator carved out": {bound(carved), with("cleo", "Glow"), []conflictKind{{"exclusivity.category", byline.Blocker}}},
		"no creator":                 {bound(nil), with("", "Glow"), nil},
		"no brand on either side":    {nameless, with("bruno", ""), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, conflictKinds(conflictsBothWays(t, tt.promise, tt.other, nil))); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
		})
	}
	got := conflictsBothWays(t, bound(nil), with("bruno", "Glow"), nil)[0].Message
	if want := "exclusivity skin of agreement ag-glow binds Glow, and bruno in agreement ag-luma promotes beauty/skincare/serum, which lies in beauty/skincare"; got != want {
		t.Errorf("message %q, want %q", got, want)
	}
}

func TestConflictsLookBack(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		days int
		post contracts.PastPost
		want []conflictKind
	}{
		"not asked":             {0, contracts.PastPost{Brand: "Luma", At: date(10, 31)}, nil},
		"asked for less":        {-5, contracts.PastPost{Brand: "Luma", At: date(10, 31)}, nil},
		"the day before":        {1, contracts.PastPost{Brand: "Luma", At: date(10, 31)}, []conflictKind{{"exclusivity.recent", byline.Info}}},
		"just too long ago":     {1, contracts.PastPost{Brand: "Luma", At: date(10, 31).Add(-1)}, nil},
		"in it, as without":     {1, contracts.PastPost{Brand: "Luma", At: date(11, 1)}, []conflictKind{{"exclusivity.category", byline.Blocker}}},
		"after it":              {90, contracts.PastPost{Brand: "Luma", At: date(12, 1)}, nil},
		"of the brand itself":   {90, contracts.PastPost{Brand: "Glow", At: date(10, 31)}, nil},
		"of another category":   {90, contracts.PastPost{Brand: "Luma", At: date(10, 31), Categories: []contracts.Category{"cars"}}, nil},
		"of an unknown one":     {90, contracts.PastPost{Brand: "Luma", At: date(10, 31), Categories: []contracts.Category{""}}, nil},
		"of another territory":  {90, contracts.PastPost{Brand: "Luma", At: date(10, 31), Territory: contracts.Territory{Markets: []byline.Market{"FR"}}}, nil},
		"nobody knows when":     {90, contracts.PastPost{Brand: "Luma"}, []conflictKind{{"exclusivity.category", byline.Blocker}}},
		"three months and more": {90, contracts.PastPost{Brand: "Luma", At: date(8, 3)}, []conflictKind{{"exclusivity.recent", byline.Info}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.post.ID, tt.post.Creator = "p1", "ada"
			if tt.post.Categories == nil {
				tt.post.Categories = []contracts.Category{"beauty/skincare"}
			}
			got := conflictsBothWays(t, glow(nil), tt.post.Engagement(), &contracts.ConflictOptions{LookBackDays: tt.days})
			if diff := cmp.Diff(tt.want, conflictKinds(got)); diff != "" {
				t.Errorf("conflicts (-want +got):\n%s", diff)
			}
		})
	}
	// A promise that does not bind, or has always bound, has nothing just before it.
	for name, binds := range map[string]byline.Window{"no instant": {Start: date(11, 5), End: date(11, 5)}, "no start": {End: date(10, 20)}} {
		a := glow(nil)
		a.Promises[0].Binds = binds
		post := contracts.PastPost{ID: "p1", Creator: "ada", Brand: "Luma", Categories: []contracts.Category{"beauty/skincare"}, At: date(10, 25)}
		if got := conflictsBothWays(t, a, post.Engagement(), &contracts.ConflictOptions{LookBackDays: 90}); len(got) != 0 {
			t.Errorf("%s: conflicts %+v, want none", name, got)
		}
	}
	// An agreement that ended before is no post.
	ended := luma(func(e *contracts.Engagement) { e.Window = byline.Window{Start: date(10, 1), End: date(10, 31)} })
	if got := conflictsBothWays(t, glow(nil), ended, &contracts.ConflictOptions{LookBackDays: 90}); len(got) != 0 {
		t.Errorf("conflicts %+v, want none", got)
	}
}

// Two whose creator is not known are not one creator.
func TestConflictsWithoutACreator(t *testing.T) {
	t.Parallel()
	a, b := glow(nil), luma(nil)
	a.Creator, b.Creator = "", ""
	if got := conflictsBothWays(t, a, b, nil); len(got) != 0 {
		t.Errorf("conflicts %+v, want none", got)
	}
}

// Both promise, so there are two conflicts, and duplicates are said once.
func TestConflictsBothWays(t *testing.T) {
	t.Parallel()
	other := luma(func(e *contracts.Engagement) {
		x := noSkincare()
		x.ID = "rivals"
		x.Categories, x.Competitors = nil, []string{"Glow"}
		e.Promises = []contracts.Promise{{Exclusivity: x, Binds: byline.Window{Start: date(11, 25)}}}
	})
	got := contracts.Conflicts(glow(nil), []contracts.Engagement{other, other}, nil)
	want := []conflictKind{{"exclusivity.category", byline.Blocker}, {"exclusivity.named", byline.Blocker}}
	if diff := cmp.Diff(want, conflictKinds(got)); diff != "" {
		t.Errorf("conflicts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(conflictsBothWays(t, glow(nil), other, nil), got); diff != "" {
		t.Errorf("duplicates (-once +twice):\n%s", diff)
	}
}

func TestConflictFree(t *testing.T) {
	t.Parallel()
	promised := func(windows ...byline.Window) []contracts.Engagement {
		var all []contracts.Engagement
		for _, w := range windows {
			all = append(all, glow(func(x *contracts.Exclusivity) { x.Window = w }))
		}
		return all
	}
	window := func(from, to int) byline.Window { return byline.Window{Start: date(11, from), End: date(11, to)} }
	work := luma(func(e *contracts.Engagement) { e.Window = window(10, 20) })
	tests := map[string]struct {
		work   byline.Window
		others []contracts.Engagement
		want   []byline.Window
	}{
		"nobody":          {window(10, 20), nil, []byline.Window{window(10, 20)}},
		"in the middle":   {window(10, 20), promised(window(12, 15)), []byline.Window{window(10, 12), window(15, 20)}},
		"throughout":      {window(10, 20), promised(window(1, 15), window(15, 30)), nil},
		"one and another": {window(10, 20), promised(window(18, 19), window(10, 11), window(11, 13)), []byline.Window{window(13, 18), window(19, 20)}},
		"without an end":  {byline.Window{Start: date(11, 10)}, promised(window(12, 15)), []byline.Window{window(10, 12), {Start: date(11, 15)}}},
		"at any time":     {byline.Window{}, promised(window(12, 15)), []byline.Window{{End: date(11, 12)}, {Start: date(11, 15)}}},
		"in no window":    {window(12, 12), promised(window(1, 5)), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := work
			e.Window = tt.work
			got := contracts.ConflictFree(e, tt.others, &contracts.ConflictOptions{LookBackDays: 90})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("free (-want +got):\n%s", diff)
			}
			for _, w := range got {
				e.Window = w
				if left := contracts.Conflicts(e, tt.others, nil); len(left) != 0 {
					t.Errorf("conflicts are left in %v: %+v", w, left)
				}
			}
		})
	}
	// A post shortly before a promise binds breaks nothing.
	early := contracts.PastPost{ID: "p1", Creator: "ada", Brand: "Luma", Categories: work.Categories, At: date(10, 31)}.Engagement()
	if diff := cmp.Diff([]byline.Window{early.Window}, contracts.ConflictFree(early, promised(promisedNovember), &contracts.ConflictOptions{LookBackDays: 90})); diff != "" {
		t.Errorf("free before the promise (-want +got):\n%s", diff)
	}
	// Its own promise is about others' work, so it takes nothing from its window.
	own := glow(nil)
	if diff := cmp.Diff([]byline.Window{promisedNovember}, contracts.ConflictFree(own, []contracts.Engagement{luma(nil)}, nil)); diff != "" {
		t.Errorf("free of its own promise (-want +got):\n%s", diff)
	}
}

func TestEngagementOf(t *testing.T) {
	t.Parallel()
	a := draft(t, func(a *contracts.Terms) {
		a.Zone, a.SignedAt = "Europe/Berlin", date(10, 20)
		a.Parties = []contracts.Party{{Role: contracts.RoleCreator, Name: "Ada"}, {Role: contracts.RoleBrand, Name: "Glow"}}
		a.Categories = []contracts.Category{"beauty/skincare"}
		a.Clauses.Audience = []byline.Market{"DE"}
		fixed := noSkincare()
		fixed.ID, fixed.Window = "fixed", promisedNovember
		around := noSkincare()
		around.Before, around.After = 3, 30
		a.Exclusivity = []contracts.Exclusivity{fixed, around}
	})
	posts := zonedTimes(t, "2026-11-20T12:00:00Z", "2026-11-10T12:00:00Z")
	got := contracts.EngagementOf(a, posts)
	around := a.Terms().Exclusivity[1]
	want := contracts.Engagement{
		Creator: "ada", Brand: "Glow", Categories: []contracts.Category{"beauty/skincare"}, Territory: contracts.Territory{Markets: []byline.Market{"DE"}},
		Window: byline.Window{Start: posts[1], End: posts[0].Add(1)}, Agreement: "ag-ada", Version: 1, AgreedAt: date(10, 20),
		Promises: []contracts.Promise{
			{Exclusivity: a.Terms().Exclusivity[0], Binds: promisedNovember},
			{Exclusivity: around, Binds: byline.Window{Start: zonedTime(t, "2026-11-07T00:00:00+01:00"), End: zonedTime(t, "2026-12-21T00:00:00+01:00")}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("engagement (-want +got):\n%s", diff)
	}
	got.Categories[0], got.Promises[0].Exclusivity.Categories[0] = "cars", "cars"
	if diff := cmp.Diff(want, contracts.EngagementOf(a, posts)); diff != "" {
		t.Errorf("an engagement shares its lists with the agreement (-want +got):\n%s", diff)
	}
	bare := contracts.EngagementOf(draft(t, nil), nil)
	want = contracts.Engagement{Creator: "ada", Territory: contracts.Territory{Worldwide: true}, Window: promisedNovember, Agreement: "ag-ada", Version: 1}
	if diff := cmp.Diff(want, bare); diff != "" {
		t.Errorf("a bare agreement (-want +got):\n%s", diff)
	}
}

func TestConflictExplain(t *testing.T) {
	t.Parallel()
	at := contracts.PastPost{ID: "p1", Creator: "ada", Brand: "Luma", Categories: []contracts.Category{"beauty/skincare"}, At: date(11, 5).Add(18 * time.Hour)}
	early, anytime, nameless := at, at, at
	early.At, anytime.At, nameless.Brand = date(10, 25), time.Time{}, ""
	always := glow(func(x *contracts.Exclusivity) {
		x.Territory = contracts.Territory{Worldwide: true, Except: []byline.Market{"CN", "RU"}}
	})
	always.Agreement, always.Promises[0].Binds = "", byline.Window{}
	tests := map[string]struct {
		promise, other contracts.Engagement
		want           string
	}{
		"a post":            {glow(nil), at.Engagement(), "Blocker: exclusivity skin of agreement ag-glow binds ada, and Luma in post p1 promotes beauty/skincare, which it covers. The post is of 5 Nov 2026 18:00 UTC, in DE."},
		"a recent post":     {glow(nil), early.Engagement(), "Note: exclusivity skin of agreement ag-glow binds ada, and Luma in post p1 promotes beauty/skincare, which it covers. The post is of 25 Oct 2026 00:00 UTC, shortly before the exclusivity binds, in DE."},
		"always everywhere": {always, anytime.Engagement(), "Blocker: exclusivity skin binds ada, and Luma in post p1 promotes beauty/skincare, which it covers. Both hold at any time, in all markets without CN, RU."},
		"no brand":          {glow(nil), nameless.Engagement(), "Warning: exclusivity skin of agreement ag-glow binds ada, and a brand that is not known in post p1 may fall under it, as one of the brands is not known. The post is of 5 Nov 2026 18:00 UTC, in DE."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := conflictsBothWays(t, tt.promise, tt.other, &contracts.ConflictOptions{LookBackDays: 30})
			if len(got) != 1 {
				t.Fatalf("conflicts %+v, want one", got)
			}
			if diff := cmp.Diff(tt.want, got[0].Explain()); diff != "" {
				t.Errorf("explanation (-want +got):\n%s", diff)
			}
		})
	}
}

// Every kind of conflict says how to mend it.
func TestConflictFinding(t *testing.T) {
	t.Parallel()
	fixes := map[string]bool{}
	for _, c := range []contracts.Conflict{{Code: "exclusivity.named"}, {Code: "exclusivity.unknown"}, {Code: "exclusivity.recent", With: contracts.Counterpart{Post: "p1"}}, {Code: "exclusivity.named", With: contracts.Counterpart{Post: "p1"}}} {
		fixes[c.Finding().Fix] = true
	}
	if len(fixes) != 4 || fixes[""] {
		t.Errorf("fixes %v, want four", fixes)
	}
}

// randomEngagement draws from few values, so that most pairs have something in common.
func randomEngagement(r *rand.Rand, n int) contracts.Engagement {
	pick := func(values ...string) string { return values[r.IntN(len(values))] }
	window := func() (w byline.Window) {
		if r.IntN(5) > 0 {
			w.Start = date(11, 1+r.IntN(10))
		}
		if r.IntN(5) > 0 {
			w.End = date(11, 6+r.IntN(10))
		}
		return w
	}
	territory := func() contracts.Territory {
		return contracts.Territory{Worldwide: r.IntN(4) == 0, Markets: []byline.Market{byline.Market(pick("DE", "FR", "US"))}, Regions: []contracts.Region{contracts.Region(pick("DACH", "NA"))}, Subdivisions: []string{pick("US-CA", "US-NY")}, Except: []byline.Market{byline.Market(pick("US", "DE"))}}
	}
	categories := func() (list []contracts.Category) {
		for range r.IntN(3) {
			list = append(list, contracts.Category(pick("beauty", "beauty/skincare", "Beauty/skincare/serum", "111", "100", "cars")))
		}
		return list
	}
	brand := func() string { return pick("Glow", "GLOW ", "Luma", "luma", "Nova", "") }
	e := contracts.Engagement{Creator: byline.CreatorID(pick("ada", "bruno")), Brand: brand(), Categories: categories(), Territory: territory(), Window: window(), Organic: r.IntN(2) == 0, Evergreen: r.IntN(2) == 0}
	if r.IntN(2) == 0 {
		e.AgreedAt = date(10, 1+r.IntN(10))
	}
	if r.IntN(4) == 0 {
		e.Post, e.Window = fmt.Sprint("p", n), byline.Window{Start: date(11, 1+r.IntN(15))}
		e.Window.End = e.Window.Start.Add(1)
		return e
	}
	e.Agreement = contracts.AgreementID(fmt.Sprint("ag-", n))
	for i := range r.IntN(3) {
		x := contracts.Exclusivity{ID: fmt.Sprint("x", i), BoundParty: contracts.Role(pick("creator", "brand")), Categories: categories(), Territory: territory()}
		if r.IntN(3) == 0 {
			x.Competitors = []string{brand(), "ada"}
		}
		if r.IntN(2) == 0 {
			x.CarveOuts = []contracts.CarveOut{{Kind: contracts.CarveOutKind(pick("existing_deal", "evergreen_affiliate", "organic_mention", "brand")), Brand: brand()}}
		}
		e.Promises = append(e.Promises, contracts.Promise{Exclusivity: x, Binds: window()})
	}
	return e
}

// conflictPairs names what conflicts with what, without how and when.
func conflictPairs(conflicts []contracts.Conflict) map[string]bool {
	set := map[string]bool{}
	for _, c := range conflicts {
		set[fmt.Sprint(c.Agreement, c.Exclusivity, c.With)] = true
	}
	return set
}

func TestConflictsProperties(t *testing.T) {
	t.Parallel()
	opts := &contracts.ConflictOptions{Taxonomy: taxonomy(t), LookBackDays: 5}
	r := rand.New(rand.NewPCG(5, 6))
	total := 0
	for range 300 {
		of := randomEngagement(r, 0)
		var others []contracts.Engagement
		for n := range 6 {
			others = append(others, randomEngagement(r, n+1))
		}
		got := contracts.Conflicts(of, others, opts)
		total += len(got)

		var apart []contracts.Conflict
		for _, other := range others {
			apart = append(apart, conflictsBothWays(t, of, other, opts)...)
		}
		if diff := cmp.Diff(conflictPairs(apart), conflictPairs(got)); diff != "" || len(apart) != len(got) {
			t.Fatalf("one by one and together (-apart +together):\n%s", diff)
		}

		shuffled := slices.Clone(others)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := cmp.Diff(got, contracts.Conflicts(of, shuffled, opts)); diff != "" {
			t.Fatalf("another order (-want +got):\n%s", diff)
		}
		mustNotGrow(t, "a carve-out is added", got, contracts.Conflicts(withPromises(of, func(p *contracts.Promise) {
			added := contracts.CarveOut{Kind: []contracts.CarveOutKind{contracts.CarveExisting, contracts.CarveEvergreen, contracts.CarveOrganic, contracts.CarveBrand}[r.IntN(4)], Brand: []string{"", "Luma", "bruno"}[r.IntN(3)]}
			p.Exclusivity.CarveOuts = append(slices.Clone(p.Exclusivity.CarveOuts), added)
		}), others, opts))
		mustNotGrow(t, "a market is excepted", got, contracts.Conflicts(withPromises(of, func(p *contracts.Promise) {
			p.Exclusivity.Territory.Except = append(slices.Clone(p.Exclusivity.Territory.Except), "FR")
		}), others, opts))
		mustNotGrow(t, "a window shrinks", got, contracts.Conflicts(withPromises(of, func(p *contracts.Promise) {
			p.Binds = p.Binds.Intersect(byline.Window{Start: date(11, 4), End: date(11, 9)})
		}), others, &contracts.ConflictOptions{Taxonomy: opts.Taxonomy}))

		// In what is free, no conflict is left.
		for _, w := range contracts.ConflictFree(of, others, opts) {
			inside := of
			inside.Promises, inside.Window = nil, w
			for _, c := range contracts.Conflicts(inside, others, &contracts.ConflictOptions{Taxonomy: opts.Taxonomy}) {
				t.Fatalf("%v is not free: %+v", w, c)
			}
		}
		for _, c := range got {
			if c.Overlap.Empty() || c.Message == "" || c.Explain() == "" || (c.Code == "exclusivity.recent" && c.Severity != byline.Info) {
				t.Fatalf("a conflict of nothing: %+v", c)
			}
		}
	}
	if total < 200 {
		t.Fatalf("only %d conflicts were tried", total)
	}
}

// withPromises returns an engagement with each of its promises changed, and leaves the given
// one as it is.
func withPromises(e contracts.Engagement, change func(*contracts.Promise)) contracts.Engagement {
	e.Promises = slices.Clone(e.Promises)
	for i := range e.Promises {
		change(&e.Promises[i])
	}
	return e
}

func mustNotGrow(t *testing.T, what string, before, after []contracts.Conflict) {
	t.Helper()
	had := conflictPairs(before)
	for pair := range conflictPairs(after) {
		if !had[pair] {
			t.Fatalf("%s, and there is a new conflict: %s", what, pair)
		}
	}
}

func BenchmarkConflicts(b *testing.B) {
	tax := taxonomy(b)
	of := luma(nil)
	var others []contracts.Engagement
	for n := range 10000 {
		e := glow(nil)
		e.Agreement = contracts.AgreementID(fmt.Sprint("ag-", n))
		e.Promises[0].Binds = byline.Window{Start: date(1, 1).AddDate(0, 0, n%400), End: date(1, 10).AddDate(0, 0, n%400)}
		others = append(others, e)
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(contracts.Conflicts(of, others, &contracts.ConflictOptions{Taxonomy: tax})) == 0 {
			b.Fatal("no conflict")
		}
	}
}
