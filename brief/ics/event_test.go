package ics_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/ics"
	"github.com/bylinehq/byline/internal/promise"
)

func events(t testing.TB, b brief.Brief, o *ics.Options) map[string]ics.Event {
	t.Helper()
	list, err := ics.Events(b, o)
	require.NoError(t, err)
	byKey := map[string]ics.Event{}
	for _, e := range list {
		byKey[e.Key] = e
	}
	if len(byKey) != len(list) {
		t.Errorf("%d keys of %d events", len(byKey), len(list))
	}
	return byKey
}

func TestEvents(t *testing.T) {
	t.Parallel()
	list, err := ics.Events(demo(), options())
	require.NoError(t, err)
	var got []string
	for _, e := range list {
		layout := "2006-01-02 15:04"
		if e.AllDay {
			layout = "2006-01-02"
		}
		got = append(got, e.Start.Format(layout)+" to "+e.End.Format(layout)+" "+e.Key)
	}
	want := []string{
		"2026-10-26 to 2026-10-27 product_arrives",
		"2026-11-05 17:00 to 2026-11-05 17:15 drafts_due",
		"2026-11-09 17:00 to 2026-11-09 17:15 review/1", // a Thursday, Friday, and then Monday
		"2026-11-11 17:00 to 2026-11-11 17:15 review/2",
		"2026-11-13 to 2026-11-14 approval_by",
		"2026-11-16 to 2026-11-19 posting/instagram/reel/1",
		"2026-11-16 06:00 to 2026-11-16 06:15 embargo_ends",
		"2026-11-20 08:00 to 2026-11-20 12:00 posting/youtube/short/1",
		"2026-11-23 to 2026-11-24 posting/instagram/reel/2",
		"2026-12-19 to 2026-12-20 live/instagram/reel/1",
		"2026-12-20 to 2026-12-21 campaign_ends",
		"2026-12-30 to 2026-12-31 code/ADA15/1", // good until that midnight
		"2026-12-30 to 2026-12-31 link/shop/1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// An event in JSON is the event.
func TestEventJSON(t *testing.T) {
	t.Parallel()
	want, err := ics.Events(demo(), options())
	require.NoError(t, err)
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var got []ics.Event
	require.NoError(t, json.Unmarshal(data, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// A moved date is the same event, of a higher sequence.
func TestEventsMove(t *testing.T) {
	t.Parallel()
	before := events(t, demo(), options())
	moved := demo()
	moved.Version, moved.Title = 4, "Another title"
	moved.Timeline.DraftsDue = moved.Timeline.DraftsDue.AddDate(0, 0, 1)
	moved.Pieces[0].Posting.End = day(11, 21)
	slices.Reverse(moved.Pieces[:2]) // a piece of another kind goes before
	earlier := demo()
	o := options()
	o.Earlier, o.Stamp, o.Domain = &earlier, day(10, 22), "Demo.EXAMPLE"
	after := events(t, moved, o)
	for key, was := range before {
		is := after[key]
		if is.UID != was.UID || is.Sequence <= was.Sequence || is.Cancelled {
			t.Errorf("%s was %+v and is %+v", key, was, is)
		}
	}
	if len(after) != len(before) || after["drafts_due"].Start.Equal(before["drafts_due"].Start) {
		t.Errorf("%d events were %d", len(after), len(before))
	}
}

// What a newer version dropped is cancelled, and nothing else.
func TestEventsDropped(t *testing.T) {
	t.Parallel()
	earlier, now := demo(), demo()
	now.Version, now.Tracking.Codes, now.Timeline.EmbargoEnds = 2, nil, time.Time{}
	now.Approval.Rounds = 1
	o := options()
	o.Earlier = &earlier
	var got []string
	for key, e := range events(t, now, o) {
		if e.Cancelled != strings.HasPrefix(e.Summary, "Cancelled: ") || e.Sequence != 1 {
			t.Errorf("%s: %+v", key, e)
		}
		if e.Cancelled {
			got = append(got, key)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"code/ADA15/1", "embargo_ends", "review/2"}, got); diff != "" {
		t.Errorf("cancelled (-want +got):\n%s", diff)
	}
}

// UIDs tell briefs, domains and events apart, whatever ids and codes hold.
func TestEventUIDs(t *testing.T) {
	t.Parallel()
	met := map[string]string{}
	for _, id := range []string{"b", "b1", "1:b", "b\r\nUID:x"} {
		for _, domain := range []string{"demo.example", "other.example"} {
			b, o := demo(), options()
			b.ID, o.Domain = id, domain
			b.Tracking.Codes = []brief.Code{{Code: "a/1", Expires: day(12, 1)}, {Code: "a", Expires: day(12, 1)}, {Code: "a", Expires: day(12, 2)}, {Code: `"a/1"`, Expires: day(12, 1)}, {Code: "\xff", Expires: day(12, 1)}, {Code: `\xff`, Expires: day(12, 1)}}
			for key, e := range events(t, b, o) {
				if other, twice := met[e.UID]; twice {
					t.Errorf("%s of %q has the UID of %s", key, id, other)
				}
				met[e.UID] = key
				if strings.ContainsAny(e.UID, "\r\n\",;:") || !strings.HasSuffix(e.UID, "@"+domain) {
					t.Errorf("UID %q", e.UID)
				}
			}
		}
	}
}

// What falls on midnight where the brand is, is a day there.
func TestEventsZone(t *testing.T) {
	t.Parallel()
	zone := func(name string) *time.Location {
		at, err := time.LoadLocation(name)
		require.NoError(t, err)
		return at
	}
	tests := map[string]struct {
		zone *time.Location
		at   time.Time
		want string
	}{
		"utc":                             {nil, day(11, 5), "day 2026-11-05 2026-11-06"},
		"not there":                       {zone("Europe/Berlin"), day(11, 5), "2026-11-05T00:00Z 2026-11-05T00:15Z"},
		"berlin":                          {zone("Europe/Berlin"), day(11, 4).Add(23 * time.Hour), "day 2026-11-05 2026-11-06"},
		"a day of 25 hours":               {zone("Europe/Berlin"), day(10, 24).Add(22 * time.Hour), "day 2026-10-25 2026-10-26"},
		"before a day that begins at one": {zone("America/Santiago"), day(9, 5).Add(4 * time.Hour), "day 2026-09-05 2026-09-06"},
		"tokyo":                           {zone("Asia/Tokyo"), day(11, 4).Add(15 * time.Hour), "day 2026-11-05 2026-11-06"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, o := demo(), options()
			b.Timeline.DraftsDue, o.Calendar.Zone = tt.at, tt.zone
			e := events(t, b, o)["drafts_due"]
			got := e.Start.UTC().Format("2006-01-02T15:04Z") + " " + e.End.UTC().Format("2006-01-02T15:04Z")
			if e.AllDay {
				got = "day " + e.Start.Format("2006-01-02") + " " + e.End.Format("2006-01-02")
			}
			if got != tt.want {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
}

// A code that ends at midnight has its last day the day before, also where that day has no
// midnight of its own; any other ends at its moment.
func TestEventsExpire(t *testing.T) {
	t.Parallel()
	santiago, err := time.LoadLocation("America/Santiago")
	require.NoError(t, err)
	tests := map[string]struct {
		at   time.Time
		zone *time.Location
		want string
	}{
		"midnight":                 {day(12, 31), nil, "Last day: code ADA15 30 Dec 00:00 31 Dec 00:00"},
		"a moment":                 {day(12, 31).Add(time.Minute), nil, "Expires: code ADA15 31 Dec 00:01 31 Dec 00:16"},
		"a day that begins at one": {day(9, 7).Add(3 * time.Hour), santiago, "Last day: code ADA15 6 Sep 01:00 7 Sep 00:00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, o := demo(), options()
			b.Tracking.Codes[0].Expires, o.Calendar.Zone = tt.at, tt.zone
			e := events(t, b, o)["code/ADA15/1"]
			got := strings.TrimSuffix(e.Summary, " · "+b.Title) + e.Start.Format(" 2 Jan 15:04") + e.End.Format(" 2 Jan 15:04")
			if got != tt.want || e.AllDay != strings.HasPrefix(got, "Last day") {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
}

func TestEventsReviews(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		calendar brief.Calendar
		approval brief.Approval
		want     []string
	}{
		"no days":           {brief.Calendar{}, brief.Approval{Rounds: 3}, nil},
		"read once":         {brief.Calendar{}, brief.Approval{Days: 1}, []string{"review/1 11-06"}},
		"over the weekend":  {brief.Calendar{}, brief.Approval{Rounds: 2, Days: 2}, []string{"review/1 11-09", "review/2 11-11"}},
		"over a holiday":    {brief.Calendar{Holidays: []brief.Date{{Year: 2026, Month: 11, Day: 6}}}, brief.Approval{Days: 1}, []string{"review/1 11-09"}},
		"no weekend":        {brief.Calendar{Weekend: []time.Weekday{}}, brief.Approval{Days: 3}, []string{"review/1 11-08"}},
		"nobody ever works": {brief.Calendar{Weekend: []time.Weekday{0, 1, 2, 3, 4, 5, 6}}, brief.Approval{Days: 1}, nil},
		"beyond all rounds": {brief.Calendar{}, brief.Approval{Rounds: 1 << 40, Days: 1}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, o := demo(), options()
			b.Approval, o.Calendar = tt.approval, tt.calendar
			var got []string
			for key, e := range events(t, b, o) {
				if e.Kind == ics.Review {
					got = append(got, key+" "+e.Start.Format("01-02"))
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("reviews (-want +got):\n%s", diff)
			}
		})
	}
}

// A window that is open on one side is a moment on the other.
func TestEventsOpenWindow(t *testing.T) {
	t.Parallel()
	b := demo()
	b.Pieces[0].Posting.Start, b.Pieces[1].Posting.End, b.Pieces[2].Posting = time.Time{}, time.Time{}, byline.Window{}
	got := events(t, b, options())
	for key, want := range map[string]string{
		"posting/instagram/reel/1": "Last moment to post: Instagram reel · Autumn kettle; warm, fast",
		"posting/youtube/short/1":  "From now on, post: 2 × YouTube short · Autumn kettle; warm, fast",
		"posting/instagram/reel/2": "",
	} {
		if got[key].Summary != want {
			t.Errorf("%s: %q, want %q", key, got[key].Summary, want)
		}
	}
}

func TestEventsFaults(t *testing.T) {
	t.Parallel()
	other := demo()
	other.ID = "b-other"
	broken := demo()
	broken.Version, broken.Pieces[1].Posting = 0, window(day(11, 3), day(11, 2))
	far := time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		change func(*brief.Brief, *ics.Options)
		want   []string
	}{
		"no options":    {func(_ *brief.Brief, o *ics.Options) { *o = ics.Options{} }, []string{"stamp ics.stamp", "domain ics.domain"}},
		"no brief":      {func(b *brief.Brief, _ *ics.Options) { *b = brief.Brief{} }, []string{"id ics.id", "version ics.version"}},
		"high version":  {func(b *brief.Brief, _ *ics.Options) { b.Version = 1 << 31 }, []string{"version ics.version"}},
		"a domain":      {func(_ *brief.Brief, o *ics.Options) { o.Domain = "a\r\nb" }, []string{"domain ics.domain"}},
		"a long domain": {func(_ *brief.Brief, o *ics.Options) { o.Domain = strings.Repeat("a.", 150) + "a" }, []string{"domain ics.domain"}},
		"a sender":      {func(_ *brief.Brief, o *ics.Options) { o.Sender = "a;b@demo.example" }, []string{"sender ics.sender"}},
		"alarms": {
			func(_ *brief.Brief, o *ics.Options) { o.Alarms = []time.Duration{-1, 367 * 24 * time.Hour, 0, 0, 0} },
			[]string{"alarms ics.alarms", "alarms[0] ics.alarm", "alarms[1] ics.alarm"},
		},
		"another brief":  {func(b *brief.Brief, o *ics.Options) { b.Version, o.Earlier = 2, &other }, []string{"earlier ics.earlier_brief"}},
		"a later one":    {func(b *brief.Brief, o *ics.Options) { o.Earlier = b }, []string{"earlier ics.earlier_version"}},
		"earlier faults": {func(_ *brief.Brief, o *ics.Options) { o.Earlier = &broken }, []string{"earlier.deliverables[1].posting ics.window"}},
		"a window":       {func(b *brief.Brief, _ *ics.Options) { b.Pieces[1].Posting = window(day(11, 2), day(11, 2)) }, []string{"deliverables[1].posting ics.window"}},
		"times": {
			func(b *brief.Brief, _ *ics.Options) {
				b.Timeline.DraftsDue, b.Tracking.Codes[0].Expires, b.Pieces[2].Posting.End = far.AddDate(-20_000, 0, 0), far, far.AddDate(0, 0, -1)
			},
			[]string{"timeline.drafts_due ics.time", "approval ics.time", "approval ics.time", "deliverables[2].posting ics.time", "tracking.codes[0].expires ics.time"},
		},
		"live for ages": {func(b *brief.Brief, _ *ics.Options) { b.Pieces[0].Live = 1<<63 - 1 }, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, o := demo(), options()
			tt.change(&b, o)
			_, err := ics.Events(b, o)
			var got []string
			for _, fault := range byline.Nest("", err) {
				got = append(got, fault.Path+" "+fault.Code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever changes between two versions, every earlier event is there again, under its
// UID and with a higher sequence, and none is there twice.
func TestEventsProperty(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(7, 11))
	for range 300 {
		earlier := shuffled(dice, 1+dice.IntN(5))
		now := shuffled(dice, earlier.Version+1+dice.IntN(3))
		o := options()
		before, err := ics.Events(earlier, o)
		require.NoError(t, err)
		again, err := ics.Events(earlier, o)
		require.NoError(t, err)
		if diff := cmp.Diff(before, again); diff != "" {
			t.Fatalf("twice (-first +second):\n%s", diff)
		}
		o.Earlier = &earlier
		after := events(t, now, o)
		for _, was := range before {
			if is, ok := after[was.Key]; !ok || is.UID != was.UID || is.Sequence <= was.Sequence {
				t.Fatalf("%+v became %+v", was, is)
			}
		}
		byUID(t, write(t, now, o))
	}
}

// shuffled is a demo brief with parts taken out and dates moved.
func shuffled(dice *rand.Rand, version int) brief.Brief {
	b := demo()
	b.Version = version
	dice.Shuffle(len(b.Pieces), func(i, j int) { b.Pieces[i], b.Pieces[j] = b.Pieces[j], b.Pieces[i] })
	b.Pieces = b.Pieces[:1+dice.IntN(3)]
	for i := range b.Pieces {
		by := time.Duration(dice.IntN(100)) * time.Hour
		b.Pieces[i].Posting.Start, b.Pieces[i].Posting.End = b.Pieces[i].Posting.Start.Add(by), b.Pieces[i].Posting.End.Add(by)
	}
	if dice.IntN(2) == 0 {
		b.Timeline.EmbargoEnds, b.Tracking.Links = time.Time{}, nil
	}
	b.Approval.Rounds = dice.IntN(4)
	b.Timeline.DraftsDue = b.Timeline.DraftsDue.Add(time.Duration(dice.IntN(1000)) * time.Minute)
	return b
}

func TestCodes(t *testing.T) {
	t.Parallel()
	want := []string{
		"ics.alarm", "ics.alarms", "ics.domain", "ics.earlier_brief", "ics.earlier_version", "ics.id", "ics.nothing",
		"ics.sender", "ics.stamp", "ics.time", "ics.version", "ics.window",
	}
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
