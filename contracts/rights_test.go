package contracts_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

const reel = contracts.AssetID("reel-7")

// inBerlin is a wall clock of Berlin in 2026.
func inBerlin(t testing.TB, month time.Month, day, hour int) time.Time {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return time.Date(2026, month, day, hour, 0, 0, 0, zone)
}

// granting is a signed agreement of ada's with grants.
func granting(t testing.TB, grants ...contracts.Grant) *contracts.Agreement {
	t.Helper()
	return draft(t, func(a *contracts.Terms) {
		a.Effective = byline.Window{Start: date(1, 1)}
		a.SignedAt, a.Zone, a.Grants = date(1, 15), "Europe/Berlin", grants
	})
}

func rightsOf(t testing.TB, agreements ...*contracts.Agreement) *contracts.Rights {
	t.Helper()
	r, err := contracts.NewRights(agreements...)
	require.NoError(t, err)
	return r
}

// amended is the next version of an agreement with other grants.
func amended(t testing.TB, a *contracts.Agreement, signed time.Time, grants ...contracts.Grant) *contracts.Agreement {
	t.Helper()
	next := a.Terms()
	next.Version, next.SignedAt, next.Grants = next.Version+1, signed, grants
	later, err := a.Amend(next)
	require.NoError(t, err)
	return later
}

// website is the plainest of grants: Germany, from March on, three months.
func website() contracts.Grant {
	return contracts.Grant{
		ID: "web", Channels: []contracts.Channel{contracts.ChannelWebsite}, Territory: contracts.Territory{Markets: []byline.Market{"DE"}},
		Term: contracts.Term{From: contracts.FromDate, Start: date(3, 1), Months: 3},
	}
}

func webUse() contracts.Use {
	return contracts.Use{Channel: contracts.ChannelWebsite, Market: "DE", At: date(4, 1)}
}

func reelAsset() contracts.Asset {
	return contracts.Asset{ID: reel, Agreement: "ag-ada", Creator: "ada"}
}

func denied(p contracts.Permission) []string {
	var codes []string
	for _, d := range p.Reasons {
		codes = append(codes, d.Code)
	}
	for _, f := range p.Findings {
		codes = append(codes, f.Code)
	}
	return codes
}

// A partnership ad in Germany and Austria for 90 days, fee first.
func TestMayUsePartnershipAd(t *testing.T) {
	t.Parallel()
	start, end := inBerlin(t, 3, 1, 0), inBerlin(t, 5, 30, 0)
	a := granting(t, contracts.Grant{
		ID: "ads", Assets: []contracts.AssetID{reel}, Channels: []contracts.Channel{contracts.ChannelPartnershipAd},
		Territory: contracts.Territory{Markets: []byline.Market{"DE", "AT"}},
		Term:      contracts.Term{From: contracts.FromDate, Start: start, Days: 90}, FeeFirst: true, Fee: eur(150000),
	})
	paid := contracts.Asset{ID: reel, Agreement: "ag-ada", PaidAt: date(2, 20), Permissions: []contracts.PlatformPermission{
		{Channel: contracts.ChannelPartnershipAd, Status: contracts.PermissionActive},
	}}
	tests := map[string]struct {
		change func(*contracts.Asset, *contracts.Use)
		want   []string
	}{
		"at the start":                {nil, nil},
		"before the start":            {func(_ *contracts.Asset, u *contracts.Use) { u.At = start.Add(-1) }, []string{"rights.not_started"}},
		"the last instant":            {func(_ *contracts.Asset, u *contracts.Use) { u.At = end.Add(-1) }, nil},
		"at the end":                  {func(_ *contracts.Asset, u *contracts.Use) { u.At = end }, []string{"rights.ended"}},
		"in Austria":                  {func(_ *contracts.Asset, u *contracts.Use) { u.Market = "AT" }, nil},
		"in Switzerland":              {func(_ *contracts.Asset, u *contracts.Use) { u.Market = "CH" }, []string{"rights.territory"}},
		"unpaid":                      {func(a *contracts.Asset, _ *contracts.Use) { a.PaidAt = time.Time{} }, []string{"rights.unpaid"}},
		"paid in that instant":        {func(a *contracts.Asset, _ *contracts.Use) { a.PaidAt = start }, nil},
		"paid later":                  {func(a *contracts.Asset, _ *contracts.Use) { a.PaidAt = start.Add(1) }, []string{"rights.unpaid"}},
		"training":                    {func(_ *contracts.Asset, u *contracts.Use) { u.AI = contracts.AITraining }, []string{"rights.ai"}},
		"a channel nobody knows":      {func(_ *contracts.Asset, u *contracts.Use) { u.Channel = "hologram" }, []string{"rights.channel"}},
		"no channel":                  {func(_ *contracts.Asset, u *contracts.Use) { u.Channel = "" }, []string{"rights.channel"}},
		"the whole flight":            {func(_ *contracts.Asset, u *contracts.Use) { u.Until = end }, nil},
		"an instant more":             {func(_ *contracts.Asset, u *contracts.Use) { u.Until = end.Add(1) }, []string{"rights.flight"}},
		"a flight that ends at once":  {func(_ *contracts.Asset, u *contracts.Use) { u.Until = u.At }, []string{"rights.flight", "rights.permission_gap"}},
		"no time":                     {func(_ *contracts.Asset, u *contracts.Use) { u.At = time.Time{} }, []string{"rights.unsigned", "rights.unpaid", "rights.not_started"}},
		"another asset":               {func(a *contracts.Asset, _ *contracts.Use) { a.ID = "reel-8" }, []string{"rights.asset"}},
		"another creator's asset":     {func(a *contracts.Asset, _ *contracts.Use) { a.Creator = "bruno" }, []string{"rights.asset"}},
		"made under another contract": {func(a *contracts.Asset, _ *contracts.Use) { a.Agreement = "ag-old" }, nil},
		"several things at once": {func(a *contracts.Asset, u *contracts.Use) {
			a.PaidAt, u.Market, u.At, u.By = time.Time{}, "CH", end, contracts.ByAgency
		}, []string{"rights.territory", "rights.licensee", "rights.unpaid", "rights.ended"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asset, use := paid, contracts.Use{Channel: contracts.ChannelPartnershipAd, Market: "DE", At: start}
			if tt.change != nil {
				tt.change(&asset, &use)
			}
			alone, among := a.MayUse(asset, use), rightsOf(t, a).MayUse(asset, use)
			if diff := cmp.Diff(alone, among); diff != "" {
				t.Errorf("alone and among others (-alone +among):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, denied(alone)); diff != "" {
				t.Errorf("denied (-want +got):\n%s", diff)
			}
			if alone.Allowed != (tt.want == nil) || alone.ByContract != (tt.want == nil) {
				t.Errorf("allowed %t, by contract %t", alone.Allowed, alone.ByContract)
			}
		})
	}
}

// Each dimension by itself: what the grant lacks, and the grant that has it.
func TestMayUseDimensions(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		use   func(*contracts.Use)
		grant func(*contracts.Grant) // what makes the use fit
		code  string
	}{
		"channel":              {func(u *contracts.Use) { u.Channel = contracts.ChannelEmail }, func(g *contracts.Grant) { g.Channels = append(g.Channels, contracts.ChannelEmail) }, "rights.channel"},
		"market":               {func(u *contracts.Use) { u.Market = "FR" }, func(g *contracts.Grant) { g.Territory.Regions = []contracts.Region{contracts.EU} }, "rights.territory"},
		"no market":            {func(u *contracts.Use) { u.Market = "" }, nil, "rights.territory"},
		"edit":                 {func(u *contracts.Use) { u.Edit = contracts.EditCrop }, func(g *contracts.Grant) { g.Edits = []contracts.Edit{contracts.EditCrop} }, "rights.edit"},
		"likeness":             {func(u *contracts.Use) { u.Likeness = contracts.LikenessVoice }, func(g *contracts.Grant) { g.Likeness = []contracts.Likeness{contracts.LikenessVoice} }, "rights.likeness"},
		"replica":              {func(u *contracts.Use) { u.AI = contracts.AIReplica }, func(g *contracts.Grant) { g.AI = []contracts.AIUse{contracts.AIReplica} }, "rights.ai"},
		"raw":                  {func(u *contracts.Use) { u.Raw = true }, func(g *contracts.Grant) { g.RawFootage = true }, "rights.raw"},
		"retailer":             {func(u *contracts.Use) { u.By = contracts.ByRetailers }, func(g *contracts.Grant) { g.Sublicence = []contracts.Licensee{contracts.ByRetailers} }, "rights.licensee"},
		"ends too early":       {func(u *contracts.Use) { u.At = date(7, 1) }, func(g *contracts.Grant) { g.Term.Months = 12 }, "rights.ended"},
		"starts too late":      {func(u *contracts.Use) { u.At = date(2, 1) }, func(g *contracts.Grant) { g.Term.Start = date(2, 1) }, "rights.not_started"},
		"a flight beyond":      {func(u *contracts.Use) { u.Until = date(9, 1) }, func(g *contracts.Grant) { g.Term.Months = 7 }, "rights.flight"},
		"spend in another":     {func(u *contracts.Use) { u.Spend = byline.Minor(1, byline.USD) }, nil, ""},
		"without any of these": {func(*contracts.Use) {}, nil, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			use, g := webUse(), website()
			tt.use(&use)
			p := granting(t, g).MayUse(reelAsset(), use)
			if p.Allowed != (tt.code == "") || (tt.code != "" && !cmp.Equal(denied(p), []string{tt.code})) {
				t.Errorf("allowed %t, denied %v, want %q", p.Allowed, denied(p), tt.code)
			}
			if tt.grant == nil {
				return
			}
			tt.grant(&g)
			if p := granting(t, g).MayUse(reelAsset(), use); !p.Allowed {
				t.Errorf("still denied: %v", denied(p))
			}
		})
	}
}

func TestMayUseCaps(t *testing.T) {
	t.Parallel()
	jpy, kwd := func(n int64) byline.Money { return byline.Minor(n, "JPY") }, func(n int64) byline.Money { return byline.Minor(n, "KWD") }
	tests := map[string]struct {
		spendCap, spend byline.Money
		cap, shown      int64
		channel         contracts.Channel
		allowed         bool
		want            []string
	}{
		"up to the cap":          {spendCap: eur(500), spend: eur(500), allowed: true},
		"a cent more":            {spendCap: eur(500), spend: eur(501), want: []string{"rights.spend_cap"}},
		"a yen more":             {spendCap: jpy(500), spend: jpy(501), want: []string{"rights.spend_cap"}},
		"a fils more":            {spendCap: kwd(500), spend: kwd(501), want: []string{"rights.spend_cap"}},
		"another currency":       {spendCap: eur(500), spend: kwd(1), want: []string{"rights.spend_cap"}},
		"no cap":                 {spend: eur(1 << 50), allowed: true},
		"spend not told":         {spendCap: eur(500), allowed: true, want: []string{"rights.cap_unchecked"}},
		"nothing to spend on":    {spendCap: eur(500), channel: contracts.ChannelWebsite, allowed: true},
		"impressions to the cap": {cap: 1000, shown: 1000, allowed: true},
		"one more":               {cap: 1000, shown: 1001, want: []string{"rights.impression_cap"}},
		"impressions not told":   {cap: 1000, allowed: true, want: []string{"rights.cap_unchecked"}},
		"both":                   {spendCap: eur(1), spend: eur(2), cap: 1, shown: 2, want: []string{"rights.spend_cap", "rights.impression_cap"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, use := website(), webUse()
			if tt.channel == "" {
				tt.channel = contracts.ChannelPaidSocial
			}
			g.Channels, use.Channel = []contracts.Channel{tt.channel}, tt.channel
			g.Spend, g.Impressions, use.Spend, use.Impressions = tt.spendCap, tt.cap, tt.spend, tt.shown
			p := granting(t, g).MayUse(reelAsset(), use)
			if diff := cmp.Diff(tt.want, denied(p)); diff != "" || p.Allowed != tt.allowed {
				t.Errorf("allowed %t, denied (-want +got):\n%s", p.Allowed, diff)
			}
		})
	}
}

func TestMayUseTriggers(t *testing.T) {
	t.Parallel()
	happened := contracts.Asset{ID: reel, Agreement: "ag-ada", DeliveredAt: date(2, 1), PostedAt: date(2, 10), FirstPosting: date(2, 5)}
	tests := map[string]struct {
		term  contracts.Term
		asset func(*contracts.Asset)
		from  time.Time // zero: denied, for want
		want  string
	}{
		"signing":                   {contracts.Term{From: contracts.FromSigning, Months: 6}, nil, date(1, 15), ""},
		"delivery":                  {contracts.Term{From: contracts.FromHandover, Months: 6}, nil, date(2, 1), ""},
		"posting":                   {contracts.Term{From: contracts.FromPosting, Months: 6}, nil, date(2, 10), ""},
		"first posting":             {contracts.Term{From: contracts.FromFirstPosting, Months: 6}, nil, date(2, 5), ""},
		"a date before the signing": {contracts.Term{From: contracts.FromDate, Start: date(1, 1), Months: 6}, nil, date(1, 15), ""},
		"without end":               {contracts.Term{From: contracts.FromSigning, Perpetual: true}, nil, date(1, 15), ""},
		"nothing posted":            {contracts.Term{From: contracts.FromPosting, Months: 6}, func(a *contracts.Asset) { a.PostedAt = time.Time{} }, time.Time{}, "rights.not_started"},
		"nothing delivered":         {contracts.Term{From: contracts.FromHandover, End: date(12, 1)}, func(a *contracts.Asset) { a.DeliveredAt = time.Time{} }, time.Time{}, "rights.not_started"},
		"first posting of another":  {contracts.Term{From: contracts.FromFirstPosting, Months: 6}, func(a *contracts.Asset) { a.Agreement = "ag-old" }, time.Time{}, "rights.not_started"},
		"the earlier of two ends":   {contracts.Term{From: contracts.FromSigning, Months: 12, End: date(3, 1)}, nil, time.Time{}, "rights.ended"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, asset := website(), happened
			g.Term, g.Assets = tt.term, []contracts.AssetID{reel}
			if tt.asset != nil {
				tt.asset(&asset)
			}
			p := granting(t, g).MayUse(asset, webUse())
			if p.Allowed != (tt.want == "") || !p.From.Equal(tt.from) {
				t.Errorf("allowed %t from %s, denied %v", p.Allowed, p.From, denied(p))
			}
			if tt.want != "" && !cmp.Equal(denied(p), []string{tt.want}) {
				t.Errorf("denied %v, want %s", denied(p), tt.want)
			}
		})
	}
}

// The latest signed version speaks, from its signing on.
func TestMayUseVersions(t *testing.T) {
	t.Parallel()
	first := granting(t, website())
	email := website()
	email.ID, email.Channels = "mail", []contracts.Channel{contracts.ChannelEmail}
	second := amended(t, first, date(4, 1), email)
	third := amended(t, second, time.Time{}, website(), email)
	r := rightsOf(t, third, first, second)
	tests := map[string]struct {
		channel   contracts.Channel
		at, until time.Time
		version   int // 0: denied
	}{
		"the first, before":            {contracts.ChannelWebsite, date(3, 31), time.Time{}, 1},
		"the first, replaced":          {contracts.ChannelWebsite, date(4, 1), time.Time{}, 0},
		"the second, before":           {contracts.ChannelEmail, date(3, 31), time.Time{}, 0},
		"the second, from its signing": {contracts.ChannelEmail, date(4, 1), time.Time{}, 2},
		"a flight up to the signing":   {contracts.ChannelWebsite, date(3, 10), date(4, 1), 1},
		"a flight across the signing":  {contracts.ChannelWebsite, date(3, 10), date(4, 2), 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := r.MayUse(reelAsset(), contracts.Use{Channel: tt.channel, Market: "DE", At: tt.at, Until: tt.until})
			if p.Allowed != (tt.version > 0) || (p.Allowed && p.Version != tt.version) {
				t.Errorf("allowed %t by version %d: %s", p.Allowed, p.Version, p.Explain())
			}
		})
	}
	p := r.MayUse(reelAsset(), webUse())
	if diff := cmp.Diff([]string{"rights.unsigned", "rights.replaced", "rights.channel"}, denied(p)[:3]); diff != "" {
		t.Errorf("nearest reasons (-want +got):\n%s", diff)
	}
	if got := first.MayUse(reelAsset(), webUse()); !got.Allowed {
		t.Error("a version by itself is replaced by none")
	}
	unsigned := amended(t, first, time.Time{}, email)
	replaced := rightsOf(t, first, unsigned, amended(t, unsigned, date(4, 1), email))
	if p := replaced.MayUse(reelAsset(), webUse()); p.Allowed {
		t.Errorf("an unsigned version between two keeps the first alive: %s", p.Explain())
	}
}

// An amendment that keeps a grant does not interrupt a flight.
func TestMayUseAcrossGrants(t *testing.T) {
	t.Parallel()
	first := granting(t, website())
	kept := rightsOf(t, first, amended(t, first, date(4, 1), website()))
	next := website()
	next.ID, next.Term = "web-2", contracts.Term{From: contracts.FromDate, Start: inBerlin(t, 6, 1, 1), End: date(8, 1)}
	renewed := rightsOf(t, granting(t, next, website()))
	next.Term.Start = next.Term.Start.Add(1)
	gap := rightsOf(t, granting(t, next, website()))
	use := contracts.Use{Channel: contracts.ChannelWebsite, Market: "DE", At: date(3, 1), Until: date(5, 1)}
	if p := kept.MayUse(reelAsset(), use); !p.Allowed || p.Version != 1 || !p.Until.Equal(inBerlin(t, 6, 1, 1)) {
		t.Errorf("an amendment that changes nothing: %s", p.Explain())
	}
	use.Until = date(8, 1)
	if p := renewed.MayUse(reelAsset(), use); !p.Allowed || p.Grant != "web" || !p.Until.Equal(date(8, 1)) {
		t.Errorf("two grants in a row: %s", p.Explain())
	}
	if p := gap.MayUse(reelAsset(), use); p.Allowed || !p.Until.Equal(inBerlin(t, 6, 1, 1)) {
		t.Errorf("two grants with an instant between: %s", p.Explain())
	}
}

func TestMayUseFees(t *testing.T) {
	t.Parallel()
	g := website()
	g.FeeFirst = true
	a := granting(t, g)
	for name, tt := range map[string]struct {
		fees []contracts.FeePaid
		want bool
	}{
		"PaidAt alone":         {nil, true},
		"its own":              {[]contracts.FeePaid{{Agreement: "ag-ada", Grant: "web", At: date(3, 1)}}, true},
		"the first of two":     {[]contracts.FeePaid{{Agreement: "ag-ada", Grant: "web", At: date(5, 1)}, {Agreement: "ag-ada", Grant: "web", At: date(3, 1)}}, true},
		"later":                {[]contracts.FeePaid{{Agreement: "ag-ada", Grant: "web", At: date(5, 1)}}, false},
		"another grant's":      {[]contracts.FeePaid{{Agreement: "ag-ada", Grant: "old", At: date(3, 1)}}, false},
		"another agreement's":  {[]contracts.FeePaid{{Agreement: "ag-old", Grant: "web", At: date(3, 1)}}, false},
		"its own without time": {[]contracts.FeePaid{{Agreement: "ag-ada", Grant: "web"}}, false},
	} {
		asset := reelAsset()
		asset.PaidAt, asset.Fees = date(2, 1), tt.fees
		if p := a.MayUse(asset, webUse()); p.Allowed != tt.want {
			t.Errorf("%s: %s", name, p.Explain())
		}
	}
}

func TestMayUseNothing(t *testing.T) {
	t.Parallel()
	var none *contracts.Rights
	for name, tt := range map[string]struct {
		rights *contracts.Rights
		want   string
	}{
		"nil":                        {none, "rights.no_grant"},
		"zero":                       {&contracts.Rights{}, "rights.no_grant"},
		"an agreement without grant": {rightsOf(t, granting(t)), "rights.no_grant"},
		"for another asset": {rightsOf(t, granting(t, func() contracts.Grant {
			g := website()
			g.Assets = []contracts.AssetID{"reel-8"}
			return g
		}())), "rights.asset"},
	} {
		p := tt.rights.MayUse(reelAsset(), webUse())
		if p.Allowed || !cmp.Equal(denied(p), []string{tt.want}) || len(p.Remedies) != 1 {
			t.Errorf("%s: %v", name, denied(p))
		}
	}
	named := website()
	named.ID, named.Assets = "reel", []contracts.AssetID{reel}
	a := granting(t, website(), named)
	for _, p := range []contracts.Permission{a.MayUse(contracts.Asset{}, webUse()), rightsOf(t, a).MayUse(contracts.Asset{}, webUse())} {
		if p.Allowed {
			t.Error("an asset without a name may be used")
		}
	}
}

func TestMayUseCredit(t *testing.T) {
	t.Parallel()
	g, use := website(), webUse()
	g.Credit = true
	a := granting(t, g)
	if p := a.MayUse(reelAsset(), use); p.Allowed || !cmp.Equal(denied(p), []string{"rights.credit"}) {
		t.Errorf("without the name: %s", p.Explain())
	}
	use.Credited = true
	if p := a.MayUse(reelAsset(), use); !p.Allowed || !p.Credit {
		t.Errorf("with the name: %s", p.Explain())
	}
}

// What lacks least comes first; of two that lack as much, what is for the channel.
func TestMayUseNearest(t *testing.T) {
	t.Parallel()
	two, one, other := website(), website(), website()
	two.ID, two.Credit, two.Territory = "a-two", true, contracts.Territory{Markets: []byline.Market{"AT"}}
	one.ID, one.Territory = "z-one", two.Territory
	other.ID, other.Channels = "b-other", []contracts.Channel{contracts.ChannelTV}
	p := granting(t, two, one, other).MayUse(reelAsset(), webUse())
	var got []string
	for _, d := range p.Reasons {
		got = append(got, string(d.Grant)+" "+d.Code)
	}
	want := []string{"z-one rights.territory", "b-other rights.channel", "a-two rights.territory", "a-two rights.credit"}
	if diff := cmp.Diff(want, got) + cmp.Diff([]string{"add DE to the territory of grant z-one of agreement ag-ada"}, p.Remedies); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

// A grant that names an asset twice is one grant.
func TestMayUseNamedTwice(t *testing.T) {
	t.Parallel()
	g, use := website(), webUse()
	g.Assets, use.Market = []contracts.AssetID{reel, reel}, "FR"
	a := granting(t, g)
	if diff := cmp.Diff(a.MayUse(reelAsset(), use), rightsOf(t, a).MayUse(reelAsset(), use)); diff != "" {
		t.Error(diff)
	}
}

func TestNewRightsFaults(t *testing.T) {
	t.Parallel()
	a := granting(t)
	other := a.Terms()
	other.Creator, other.Version = "bruno", 2
	b, err := contracts.Draft(other)
	require.NoError(t, err)
	_, err = contracts.NewRights(a, nil, a, b, &contracts.Agreement{})
	want := []fault{{"[1]", "required"}, {"[2].version", "rights.version_twice"}, {"[3].id", "rights.parties"}, {"[4]", "required"}}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func signedBy(t testing.TB, a *contracts.Agreement, at time.Time, roles ...contracts.Role) *contracts.Agreement {
	t.Helper()
	for _, role := range roles {
		var err error
		a, err = a.Sign(signature(a, role, at))
		require.NoError(t, err)
	}
	return a
}

// Only what both have signed grants, and from then on, whatever day the terms name.
func TestMayUseNeedsAllSignatures(t *testing.T) {
	t.Parallel()
	paper := granting(t, website())
	unsigned := paper.Terms()
	unsigned.SignedAt = time.Time{}
	both := signedBy(t, draftOf(t, unsigned), date(1, 15), brand, creator)
	tests := map[string]struct {
		agreement *contracts.Agreement
		change    func(*contracts.Terms)
		want      bool
	}{
		"on paper":                   {paper, func(*contracts.Terms) {}, true},
		"by both":                    {both, func(*contracts.Terms) {}, true},
		"of another text":            {both, func(a *contracts.Terms) { a.Grants[0].Territory = contracts.Territory{Worldwide: true} }, false},
		"by the brand over a paper":  {signedBy(t, paper, date(1, 20), brand), func(*contracts.Terms) {}, false},
		"by both over a paper":       {signedBy(t, paper, date(1, 20), brand, creator), func(*contracts.Terms) {}, true},
		"in May, and dated back":     {signedBy(t, draftOf(t, unsigned), date(5, 1), brand, creator), func(a *contracts.Terms) { a.SignedAt = date(1, 1) }, false},
		"in January, and dated late": {both, func(a *contracts.Terms) { a.SignedAt = date(5, 1) }, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := tt.agreement.Terms()
			tt.change(&changed)
			a := draftOf(t, changed)
			for _, p := range []contracts.Permission{a.MayUse(reelAsset(), webUse()), rightsOf(t, a).MayUse(reelAsset(), webUse())} {
				if p.Allowed != tt.want {
					t.Error(p.Explain())
				}
			}
		})
	}
}

// An amendment does not take over the signing of a paper.
func TestMayUseUnsignedAmendment(t *testing.T) {
	t.Parallel()
	first := granting(t, website())
	next := first.Terms()
	next.Version++
	next.Grants[0].Territory = contracts.Territory{Worldwide: true}
	second, err := first.Amend(next)
	require.NoError(t, err)
	use := webUse()
	use.Market = "US"
	if p := rightsOf(t, first, second).MayUse(reelAsset(), use); p.Allowed {
		t.Error(p.Explain())
	}
}

// Of three versions the first one ends with the earliest signing after it, not the last.
func TestMayUseReplacedByTheEarliestSigning(t *testing.T) {
	t.Parallel()
	wide := website()
	wide.Territory = contracts.Territory{Worldwide: true}
	first := granting(t, wide)
	use := webUse()
	use.Market, use.At = "US", date(3, 15)
	for _, signed := range [][2]time.Time{{date(4, 1), date(3, 1)}, {date(3, 1), date(4, 1)}} {
		second := amended(t, first, signed[0], website())
		third := amended(t, second, signed[1], website())
		if p := rightsOf(t, first, second, third).MayUse(reelAsset(), use); p.Allowed {
			t.Error(p.Explain())
		}
	}
}

// Whose an asset is, its agreement says where the asset does not.
func TestMayUseAssetWithoutCreator(t *testing.T) {
	t.Parallel()
	ada := granting(t, website())
	foreign := website()
	foreign.ID, foreign.Assets, foreign.Territory = "all", []contracts.AssetID{reel}, contracts.Territory{Worldwide: true}
	bruno := draft(t, func(a *contracts.Terms) {
		a.ID, a.Creator, a.SignedAt, a.Grants = "ag-bruno", "bruno", date(1, 15), []contracts.Grant{foreign}
	})
	rights := rightsOf(t, ada, bruno)
	use := webUse()
	use.Market = "US"
	for name, tt := range map[string]struct {
		asset contracts.Asset
		want  bool
	}{
		"ada's by its agreement":      {contracts.Asset{ID: reel, Agreement: "ag-ada"}, false},
		"ada's by its own word":       {contracts.Asset{ID: reel, Creator: "ada"}, false},
		"of an agreement not known":   {contracts.Asset{ID: reel, Agreement: "ag-old"}, true},
		"bruno's, of ada's agreement": {contracts.Asset{ID: reel, Agreement: "ag-ada", Creator: "bruno"}, true},
	} {
		if p := rights.MayUse(tt.asset, use); p.Allowed != tt.want {
			t.Errorf("%s: %s", name, p.Explain())
		}
	}
	if p := rights.MayUse(contracts.Asset{ID: reel, Agreement: "ag-ada"}, webUse()); !p.Allowed || p.Agreement != "ag-ada" {
		t.Errorf("under her own agreement: %s", p.Explain())
	}
}

// A use that says its brand needs a right of that brand's.
func TestMayUseForABrand(t *testing.T) {
	t.Parallel()
	of := func(id contracts.AgreementID, name string, channels ...contracts.Channel) *contracts.Agreement {
		return draft(t, func(a *contracts.Terms) {
			g := website()
			g.Assets, g.Channels = []contracts.AssetID{reel}, channels
			a.ID, a.SignedAt, a.Grants = id, date(1, 15), []contracts.Grant{g}
			if name != "" {
				a.Parties = []contracts.Party{{Role: contracts.RoleCreator, Name: "ada"}, {Role: contracts.RoleBrand, Name: name}}
			}
		})
	}
	rights := rightsOf(t, of("ag-ada", "Demo Alpha", contracts.ChannelWebsite), of("ag-beta", "Demo Beta", contracts.ChannelTV), of("ag-old", "", contracts.ChannelPrint))
	for name, tt := range map[string]struct {
		brand   string
		channel contracts.Channel
		want    bool
	}{
		"its own":                    {"Demo Alpha", contracts.ChannelWebsite, true},
		"its own, written otherwise": {" demo  ALPHA", contracts.ChannelWebsite, true},
		"another brand's":            {"Demo Alpha", contracts.ChannelTV, false},
		"of a brand not known":       {"Demo Alpha", contracts.ChannelPrint, true},
		"a brand without a name":     {" ", contracts.ChannelTV, false},
		"any brand":                  {"", contracts.ChannelTV, true},
	} {
		use := webUse()
		use.Brand, use.Channel = tt.brand, tt.channel
		p := rights.MayUse(reelAsset(), use)
		if p.Allowed != tt.want || !tt.want && !slices.Contains(denied(p), "rights.brand") {
			t.Errorf("%s: %s", name, p.Explain())
		}
	}
	// A flight is not put together of two brands' rights.
	later := of("ag-beta", "Demo Beta", contracts.ChannelWebsite).Terms()
	later.Grants[0].Term.Start = date(6, 1)
	both := rightsOf(t, of("ag-ada", "Demo Alpha", contracts.ChannelWebsite), draftOf(t, later))
	use := webUse()
	use.Until = date(7, 1)
	if p := both.MayUse(reelAsset(), use); !p.Allowed {
		t.Errorf("for any brand: %s", p.Explain())
	}
	use.Brand = "Demo Alpha"
	if p := both.MayUse(reelAsset(), use); p.Allowed {
		t.Errorf("for one: %s", p.Explain())
	}
}

// A term from the signing goes on counting when an amendment keeps the grant.
func TestMayUseAmendmentRestartsNoTerm(t *testing.T) {
	t.Parallel()
	g := website()
	g.Term = contracts.Term{From: contracts.FromSigning, Days: 90} // from 15 January to 15 April
	longer, renamed, dearer := g, g, g
	longer.Term.Days, renamed.ID, dearer.Fee = 100, "web-2", eur(1)
	tests := map[string]struct {
		versions [][]contracts.Grant // signed on the 10th of each month from April on, but for the first
		want     bool                // on 1 June
	}{
		"the first alone":       {[][]contracts.Grant{{g}}, false},
		"the same":              {[][]contracts.Grant{{g}, {g}}, false},
		"the same twice":        {[][]contracts.Grant{{g}, {g}, {g}}, false},
		"at another price":      {[][]contracts.Grant{{g}, {dearer}}, false},
		"dropped and back":      {[][]contracts.Grant{{g}, {}, {g}}, false},
		"another term":          {[][]contracts.Grant{{g}, {longer}}, true},
		"another and the first": {[][]contracts.Grant{{g}, {longer}, {g}}, false},
		"another grant":         {[][]contracts.Grant{{g}, {renamed}}, true},
	}
	use := webUse()
	use.At = date(6, 1)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			versions := []*contracts.Agreement{granting(t, tt.versions[0]...)}
			for i, grants := range tt.versions[1:] {
				versions = append(versions, amended(t, versions[i], date(time.Month(4+i), 10), grants...))
			}
			slices.Reverse(versions)
			if p := rightsOf(t, versions...).MayUse(reelAsset(), use); p.Allowed != tt.want {
				t.Error(p.Explain())
			}
		})
	}
	late := draft(t, func(a *contracts.Terms) { a.SignedAt, a.Grants = date(4, 10), []contracts.Grant{g} })
	if p := rightsOf(t, late, amended(t, late, date(1, 15), g)).MayUse(reelAsset(), use); p.Allowed {
		t.Errorf("a version that was signed later started the term: %s", p.Explain())
	}
	never := amended(t, granting(t), time.Time{}, g)
	first := amended(t, never, date(4, 10), g)
	if p := rightsOf(t, granting(t), never, first).MayUse(reelAsset(), use); !p.Allowed {
		t.Errorf("a version that nobody signed started the term: %s", p.Explain())
	}
}

// A fee without a time is not paid, and must not hide the one that was.
func TestMayUseFeesInAnyOrder(t *testing.T) {
	t.Parallel()
	g := website()
	g.FeeFirst = true
	rights := rightsOf(t, granting(t, g))
	fee := func(at time.Time) contracts.FeePaid {
		return contracts.FeePaid{Agreement: "ag-ada", Grant: "web", At: at}
	}
	tests := map[string]struct {
		fees []contracts.FeePaid
		want bool
	}{
		"paid, then undated": {[]contracts.FeePaid{fee(date(2, 1)), fee(time.Time{})}, true},
		"undated, then paid": {[]contracts.FeePaid{fee(time.Time{}), fee(date(2, 1))}, true},
		"undated alone":      {[]contracts.FeePaid{fee(time.Time{})}, false},
		"the first of two":   {[]contracts.FeePaid{fee(date(5, 1)), fee(date(2, 1))}, true},
	}
	for name, tt := range tests {
		asset := reelAsset()
		asset.Fees = tt.fees
		if got := rights.MayUse(asset, webUse()).Allowed; got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
