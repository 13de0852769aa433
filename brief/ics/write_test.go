package ics_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	ical "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/ics"
	"github.com/bylinehq/byline/internal/golden"
)

func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }

func window(from, to time.Time) byline.Window { return byline.Window{Start: from, End: to} }

// demo is a brief in which everything has a date.
func demo() brief.Brief {
	return brief.Brief{
		ID: "b-ada", Version: 1, Title: "Autumn kettle; warm, fast", Brands: []string{"Demo Brand"},
		Product:     brief.Product{Name: "Kettle"},
		Disclosures: []brief.Disclosure{{Market: "DE", Label: "Werbung", Language: "de"}, {Market: "GB", Label: "Ad", Platform: byline.YouTube, Toggle: "Paid promotion"}},
		Pieces: []brief.Piece{
			{
				Deliverable: brief.Deliverable{Platform: byline.Instagram, Format: brief.Reel, Count: 1, Posting: window(day(11, 16), day(11, 19)), Code: "ADA15", Link: "shop"},
				Tags:        []string{"@demo.brand"}, Hashtags: []string{"#kettle", "#お茶"}, Live: 30 * 24 * time.Hour,
			},
			{Deliverable: brief.Deliverable{Platform: byline.YouTube, Format: brief.Short, Count: 2, Posting: window(day(11, 20).Add(8*time.Hour), day(11, 20).Add(12*time.Hour))}},
			{Deliverable: brief.Deliverable{Platform: byline.Instagram, Format: brief.Reel, Count: 1, Posting: window(day(11, 23), day(11, 24))}},
		},
		Timeline: brief.Timeline{
			ProductArrives: day(10, 26), DraftsDue: day(11, 5).Add(17 * time.Hour), LegalReview: 1,
			ApprovalBy: day(11, 13), EmbargoEnds: day(11, 16).Add(6 * time.Hour), CampaignEnds: day(12, 20),
		},
		Approval: brief.Approval{Rounds: 2, Days: 2, Silence: brief.SilenceRejects, Who: []string{"brand manager", "legal"}},
		Tracking: brief.Tracking{
			Codes: []brief.Code{{Code: "ADA15", Expires: day(12, 31), Offer: "15 % off everything"}, {Code: "NEVER"}},
			Links: []brief.Link{{Key: "shop", URL: "https://demo.example/kettle?utm_source=ada&utm_campaign=autumn", Expires: day(12, 31)}},
		},
		Contact: brief.Contact{Name: "Bruno", Email: "bruno@demo.example"},
	}
}

func options() *ics.Options {
	return &ics.Options{Stamp: day(10, 20).Add(9 * time.Hour), Domain: "demo.example"}
}

func write(t testing.TB, b brief.Brief, o *ics.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, ics.Write(&out, b, o))
	return out.Bytes()
}

// byKey reads a calendar by the strict reading and returns its events by their UID.
func byUID(t testing.TB, file []byte) map[string]*component {
	t.Helper()
	calendar, err := readCalendar(file)
	require.NoError(t, err)
	events := map[string]*component{}
	for _, e := range calendar.components {
		events[e.get("UID")] = e
	}
	return events
}

func TestWriteGolden(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	moved := demo()
	moved.Version, moved.Pieces = 2, moved.Pieces[:2]
	moved.Timeline.ApprovalBy = day(11, 12)
	earlier := demo()
	local := options()
	local.Calendar = brief.Calendar{Zone: berlin}
	update := options()
	update.Earlier, update.Alarms = &earlier, []time.Duration{24 * time.Hour, 0}
	off := options()
	off.CalledOff = true
	tests := map[string]struct {
		brief brief.Brief
		o     *ics.Options
		write func(*bytes.Buffer, brief.Brief, *ics.Options) error
	}{
		"first":      {demo(), options(), publish},
		"berlin":     {demo(), local, publish},
		"update":     {moved, update, publish},
		"dropped":    {moved, update, takeBack},
		"called_off": {moved, off, takeBack},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			require.NoError(t, tt.write(&out, tt.brief, tt.o))
			_, err := readCalendar(out.Bytes())
			require.NoError(t, err)
			golden.Equal(t, name+".ics", out.Bytes())
		})
	}
}

func publish(out *bytes.Buffer, b brief.Brief, o *ics.Options) error { return ics.Write(out, b, o) }

func takeBack(out *bytes.Buffer, b brief.Brief, o *ics.Options) error {
	return ics.WriteCancel(out, b, o)
}

// The library that wrote the file reads the same events from it.
func TestWriteRoundTrip(t *testing.T) {
	t.Parallel()
	o := options()
	o.Alarms = []time.Duration{time.Hour}
	want, err := ics.Events(demo(), o)
	require.NoError(t, err)
	read, err := ical.ParseCalendar(bytes.NewReader(write(t, demo(), o)))
	require.NoError(t, err)
	var got []ics.Event
	for i, v := range read.Events() {
		e := want[i]
		e.UID, e.Summary = v.Id(), v.GetProperty(ical.ComponentPropertySummary).Value
		e.Kind = ics.Kind(v.GetProperty(ical.ComponentPropertyCategories).Value)
		e.Description, e.URL = "", ""
		if p := v.GetProperty(ical.ComponentPropertyDescription); p != nil {
			e.Description = p.Value
		}
		if p := v.GetProperty(ical.ComponentPropertyUrl); p != nil {
			e.URL = p.Value
		}
		if !e.AllDay {
			e.Start, err = v.GetStartAt()
			require.NoError(t, err)
			e.End, err = v.GetEndAt()
			require.NoError(t, err)
		}
		if len(v.Alarms()) != 1 {
			t.Errorf("%s has %d alarms", e.Key, len(v.Alarms()))
		}
		got = append(got, e)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// Text that tries to be something else stays text.
func TestWriteHostileText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ title, want string }{
		"a line":            {"a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a END:VEVENT BEGIN:VEVENT"},
		"bare ends":         {"a\rb\nc\u2028d\u0085e", "a b c d e"},
		"marks":             {`a,b;c\nd\,"e":f`, `a,b;c\nd\,"e":f`},
		"controls":          {"a\x00b\x1b[31mc\x7f", "ab[31mc"},
		"no UTF-8":          {"a\xff\xfeb", "a\ufffdb"},
		"turned":            {"safe\u202egpj.exe\u2066", "safegpj.exe"},
		"emoji":             {strings.Repeat("👩‍👩‍👧 ", 20), strings.TrimSpace(strings.Repeat("👩‍👩‍👧 ", 20))},
		"no space anywhere": {strings.Repeat("ü", 100), strings.Repeat("ü", 100)},
		"only spaces":       {strings.Repeat(" ", 300), ""},
		"backslash at fold": {strings.Repeat(`\`, 100), strings.Repeat(`\`, 100)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := demo()
			b.Title = tt.title
			for _, e := range byUID(t, write(t, b, options())) {
				name, found := strings.CutSuffix(e.get("SUMMARY"), strings.TrimSuffix(" · "+tt.want, " "))
				if !found || name == "" {
					t.Errorf("summary %q does not end with %q", e.get("SUMMARY"), tt.want)
				}
			}
		})
	}
}

func TestWriteLongText(t *testing.T) {
	t.Parallel()
	b := demo()
	b.Tracking.Codes[0].Offer = strings.Repeat("word, ", 10_000)
	b.Title = strings.Repeat("W", 10_000)
	for _, e := range byUID(t, write(t, b, options())) {
		if n := len([]rune(e.get("SUMMARY"))); n > 200 {
			t.Errorf("a summary of %d characters", n)
		}
		if n := len([]rune(e.get("DESCRIPTION"))); n > 4000 {
			t.Errorf("a description of %d characters", n)
		}
	}
}

// Only addresses of the web stand in a file.
func TestWriteAddress(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ url, want string }{
		"plain":           {"https://demo.example/a?b=c#d", "https://demo.example/a?b=c#d"},
		"letters":         {"https://demo.example/tée?q=ü", "https://demo.example/t%C3%A9e?q=%C3%BC"},
		"a script":        {"javascript:alert(1)", ""},
		"a file":          {"file:///etc/passwd", ""},
		"a line":          {"https://demo.example/\r\nATTACH:x", ""},
		"a space":         {"https://demo.example/a b?c d", "https://demo.example/a%20b?c%20d"},
		"a password":      {"https://ada:secret@demo.example/", ""},
		"nothing":         {"", ""},
		"longer than any": {"https://demo.example/" + strings.Repeat("a", 3000), ""},
		"long":            {"https://demo.example/" + strings.Repeat("a", 1000), "https://demo.example/" + strings.Repeat("a", 1000)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := demo()
			b.Tracking.Links[0].URL = tt.url
			for _, e := range byUID(t, write(t, b, options())) {
				if e.get("CATEGORIES") == "link" && e.get("URL") != tt.want {
					t.Errorf("URL %q, want %q", e.get("URL"), tt.want)
				}
			}
		})
	}
}

func TestWriteNothing(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	for name, write := range map[string]func(*bytes.Buffer, brief.Brief, *ics.Options) error{"publish": publish, "cancel": takeBack} {
		b := demo()
		if name == "publish" {
			b = brief.Brief{ID: "b", Version: 1}
		}
		err := write(&out, b, options())
		refused, ok := errors.AsType[*byline.RefusalError](err)
		if !ok || refused.Code != "ics.nothing" || out.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", name, err, out.Len())
		}
	}
}

func TestWriteCancelAddress(t *testing.T) {
	t.Parallel()
	b, o := demo(), options()
	o.CalledOff, b.Contact.Email = true, "not an address;x:y"
	var out bytes.Buffer
	require.ErrorIs(t, ics.WriteCancel(&out, b, o), byline.ErrInvalid)
	for _, e := range byUID(t, write(t, b, o)) {
		if e.get("ORGANIZER") != "" {
			t.Errorf("ORGANIZER %q", e.get("ORGANIZER"))
		}
	}
	o.Sender = "briefs@demo.example"
	require.NoError(t, ics.WriteCancel(&out, b, o))
	for _, e := range byUID(t, out.Bytes()) {
		if e.get("ORGANIZER") != "mailto:briefs@demo.example" {
			t.Errorf("ORGANIZER %q", e.get("ORGANIZER"))
		}
	}
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("the line is down")
	require.ErrorIs(t, ics.Write(full{broken}, demo(), options()), broken)
	var out bytes.Buffer
	require.ErrorIs(t, ics.Write(&out, demo(), nil), byline.ErrInvalid)
	if out.Len() > 0 {
		t.Errorf("%d bytes of a file that failed", out.Len())
	}
}

func FuzzWrite(f *testing.F) {
	f.Add("b-1", "Autumn", "ADA15", "https://demo.example/", "note", int64(1_790_000_000))
	f.Add("\r\n", "\xff\x00;,\\", "a/b", "http://[::1", "\u202e", int64(-1))
	f.Fuzz(func(t *testing.T, id, title, code, link, note string, at int64) {
		b := demo()
		b.ID, b.Title, b.Product.Name, b.Approval.Who = id, title, note, []string{note, code}
		b.Timeline.DraftsDue = time.Unix(at, 0)
		b.Tracking.Codes[0].Code, b.Tracking.Links[0].URL, b.Tracking.Links[0].Key = code, link, note
		b.Pieces[0].Tags, b.Pieces[0].Link, b.Pieces[0].Platform = []string{note}, note, byline.Platform(code)
		b.Contact.Email = note
		var out bytes.Buffer
		if err := ics.Write(&out, b, options()); err != nil {
			if !errors.Is(err, byline.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		events := byUID(t, out.Bytes())
		listed, err := ics.Events(b, options())
		require.NoError(t, err)
		for _, e := range listed {
			got := events[e.UID]
			if got == nil || got.get("SUMMARY") != e.Summary || got.get("DESCRIPTION") != e.Description || got.get("URL") != e.URL {
				t.Fatalf("%s was written as %+v", e.Key, got)
			}
		}
		read, err := ical.ParseCalendar(&out)
		require.NoError(t, err)
		if len(read.Events()) != len(listed) {
			t.Fatalf("%d events of %d", len(read.Events()), len(listed))
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	for _, pieces := range []int{3, 1000} {
		b.Run(fmt.Sprint(pieces), func(b *testing.B) {
			brief := demo()
			brief.Pieces = slices.Repeat(brief.Pieces, pieces/3)
			for b.Loop() {
				write(b, brief, options())
			}
		})
	}
}
