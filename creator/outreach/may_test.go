package outreach_test

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
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/outreach"
)

func attempt() outreach.Attempt {
	return outreach.Attempt{CreatorID: "ada", Channel: outreach.Email, Post: sourdough(), At: now()}
}

// sent is a message to Ada about another post.
func sent(when time.Time) outreach.Contact {
	return outreach.Contact{
		CreatorID: "ada", At: when, Channel: outreach.Email, Direction: outreach.Outbound, Template: "first", Version: "1",
		Post: outreach.PostRef{Platform: byline.YouTube, ID: fmt.Sprint("v", when.Unix())},
	}
}

func reply(when time.Time, r outreach.Reply) outreach.Contact {
	return outreach.Contact{CreatorID: "ada", At: when, Channel: outreach.Email, Direction: outreach.Inbound, Reply: r}
}

type mayCase struct {
	history []outreach.Contact
	rules   *outreach.Rules
	want    creator.State
	codes   []string
}

func mayCases() map[string]mayCase {
	const pass, fail, unknown = creator.Passed, creator.Failed, creator.Undetermined
	edit := func(c outreach.Contact, change func(*outreach.Contact)) outreach.Contact {
		change(&c)
		return c
	}
	list := func(c ...outreach.Contact) []outreach.Contact { return c }
	bar := func(b outreach.Bar) *outreach.Rules { return &outreach.Rules{DoNotContact: []outreach.Bar{b}} }
	return map[string]mayCase{
		"nobody wrote yet": {nil, nil, pass, nil},

		"just the gap ago": {list(sent(daysAgo(7))), nil, pass, nil},
		"within the gap":   {list(sent(daysAgo(7).Add(1))), nil, fail, []string{"outreach.too_soon"}},
		"this instant":     {list(sent(now())), nil, fail, []string{"outreach.too_soon"}},
		"on another channel": {
			list(edit(sent(daysAgo(1)), func(c *outreach.Contact) { c.Channel = "x.direct" })), nil, fail, []string{"outreach.too_soon"},
		},
		"to somebody else": {list(edit(sent(daysAgo(1)), func(c *outreach.Contact) { c.CreatorID = "bruno" })), nil, pass, nil},
		"a shorter gap":    {list(sent(daysAgo(2))), &outreach.Rules{MinGap: 48 * time.Hour}, pass, nil},
		"three in the period": {
			list(sent(daysAgo(20)), sent(daysAgo(89)), sent(daysAgo(40))), nil, fail, []string{"outreach.too_many"},
		},
		"the first just out of the period": {list(sent(daysAgo(20)), sent(daysAgo(90)), sent(daysAgo(40))), nil, pass, nil},
		"one is too many":                  {list(sent(daysAgo(89))), &outreach.Rules{MaxMessages: 1}, fail, []string{"outreach.too_many"}},
		"five in the period": {
			list(sent(daysAgo(80)), sent(daysAgo(70)), sent(daysAgo(60)), sent(daysAgo(50)), sent(daysAgo(40).Add(time.Second))), nil, fail, []string{"outreach.too_many"},
		},
		"an answer about the same post": {
			list(edit(reply(daysAgo(400), ""), func(c *outreach.Contact) { c.Post = sourdough() })), nil, pass, nil,
		},
		"the same post": {
			list(edit(sent(daysAgo(400)), func(c *outreach.Contact) { c.Post = sourdough() })), nil, fail, []string{"outreach.same_post"},
		},
		"the same id elsewhere": {
			list(edit(sent(daysAgo(400)), func(c *outreach.Contact) { c.Post = outreach.PostRef{Platform: byline.TikTok, ID: "v1"} })), nil, pass, nil,
		},
		"the same post, too soon and too many": {
			list(edit(sent(daysAgo(1)), func(c *outreach.Contact) { c.Post = sourdough() })), &outreach.Rules{MaxMessages: 1}, fail,
			[]string{"outreach.too_soon", "outreach.too_many", "outreach.same_post"},
		},

		"unsubscribed long ago":           {list(reply(daysAgo(4000), outreach.Unsubscribed)), nil, fail, []string{"outreach.unsubscribed"}},
		"unsubscribed on another":         {list(edit(reply(daysAgo(400), outreach.Unsubscribed), func(c *outreach.Contact) { c.Channel = "x.direct" })), nil, fail, []string{"outreach.unsubscribed"}},
		"unsubscribed, nobody knows when": {list(reply(time.Time{}, outreach.Unsubscribed)), nil, fail, []string{"outreach.unsubscribed", "outreach.history_time"}},
		"interested after unsubscribing":  {list(reply(daysAgo(200), outreach.Interested), reply(daysAgo(400), outreach.Unsubscribed)), nil, fail, []string{"outreach.unsubscribed"}},
		"unsubscribed lately":             {list(reply(daysAgo(2), outreach.Unsubscribed)), nil, fail, []string{"outreach.unsubscribed"}},
		"interest at some time, declined": {list(reply(time.Time{}, outreach.Interested), reply(daysAgo(100), outreach.Declined)), nil, fail, []string{"outreach.declined", "outreach.history_time"}},
		"declined":                        {list(reply(daysAgo(179), outreach.Declined)), nil, fail, []string{"outreach.declined"}},
		"declined long enough ago":        {list(reply(daysAgo(180), outreach.Declined)), nil, pass, nil},
		"declined until later":            {list(edit(reply(daysAgo(400), outreach.Declined), func(c *outreach.Contact) { c.Until = now().Add(1) })), nil, fail, []string{"outreach.declined"}},
		"declined until now":              {list(edit(reply(daysAgo(3), outreach.Declined), func(c *outreach.Contact) { c.Until = now() })), nil, pass, nil},
		"declined, nobody knows when":     {list(reply(time.Time{}, outreach.Declined)), nil, fail, []string{"outreach.declined", "outreach.history_time"}},
		"interested":                      {list(reply(daysAgo(3), outreach.Interested)), nil, fail, []string{"outreach.replied"}},
		"interested a season ago":         {list(reply(daysAgo(90), outreach.Interested)), nil, pass, nil},
		"answered, unread":                {list(reply(daysAgo(3), "")), nil, fail, []string{"outreach.replied"}},
		"interested after declining":      {list(reply(daysAgo(100), outreach.Interested), reply(daysAgo(150), outreach.Declined)), nil, pass, nil},
		"interested, then declined":       {list(reply(daysAgo(100), outreach.Declined), reply(daysAgo(150), outreach.Interested)), nil, fail, []string{"outreach.declined"}},
		"both at once":                    {list(reply(daysAgo(100), outreach.Declined), reply(daysAgo(100), outreach.Interested)), nil, fail, []string{"outreach.declined"}},
		"bounced":                         {list(reply(daysAgo(300), outreach.Bounced)), nil, fail, []string{"outreach.bounced"}},
		"bounced elsewhere":               {list(edit(reply(daysAgo(30), outreach.Bounced), func(c *outreach.Contact) { c.Channel = "x.direct" })), nil, pass, nil},
		"bounced, then answered":          {list(reply(daysAgo(300), outreach.Bounced), reply(daysAgo(100), outreach.Interested)), nil, pass, nil},
		"declined, then bounced":          {list(reply(daysAgo(30), outreach.Declined), reply(daysAgo(20), outreach.Bounced)), nil, fail, []string{"outreach.declined"}},

		"declined long ago, then bounced": {list(reply(daysAgo(200), outreach.Declined), reply(daysAgo(190), outreach.Bounced)), nil, fail, []string{"outreach.bounced"}},
		"bounced, then declined long ago": {list(reply(daysAgo(200), outreach.Declined), reply(daysAgo(210), outreach.Bounced)), nil, pass, nil},
		"declined long ago, then bounced elsewhere": {
			list(reply(daysAgo(200), outreach.Declined), edit(reply(daysAgo(190), outreach.Bounced), func(c *outreach.Contact) { c.Channel = "x.direct" })), nil, pass, nil,
		},

		"a message without a date":  {list(sent(time.Time{})), nil, unknown, []string{"outreach.history_time"}},
		"a message from the future": {list(sent(now().Add(1))), nil, unknown, []string{"outreach.history_time"}},
		"an unsubscribe to come":    {list(reply(now().Add(1), outreach.Unsubscribed)), nil, unknown, []string{"outreach.history_time"}},
		"interest without a date":   {list(reply(time.Time{}, outreach.Interested)), nil, unknown, []string{"outreach.history_time"}},
		"a decline without a date":  {list(reply(daysAgo(100), outreach.Interested), reply(time.Time{}, outreach.Declined)), nil, fail, []string{"outreach.declined", "outreach.history_time"}},
		"two without a date":        {list(reply(time.Time{}, outreach.Declined), reply(time.Time{}, outreach.Bounced)), nil, fail, []string{"outreach.declined", "outreach.history_time"}},
		"another's without a date":  {list(edit(sent(time.Time{}), func(c *outreach.Contact) { c.CreatorID = "bruno" })), nil, pass, nil},

		"on the list":                {nil, bar(outreach.Bar{CreatorID: "ada", Reason: "legal hold"}), fail, []string{"outreach.do_not_contact"}},
		"on the list of a channel":   {nil, bar(outreach.Bar{CreatorID: "ada", Reason: "r", Channel: outreach.Email}), fail, []string{"outreach.do_not_contact"}},
		"on that of another channel": {nil, bar(outreach.Bar{CreatorID: "ada", Reason: "r", Channel: "x.direct"}), pass, nil},
		"another is on the list":     {nil, bar(outreach.Bar{CreatorID: "bruno", Reason: "r"}), pass, nil},
		"on the list from now on":    {nil, bar(outreach.Bar{CreatorID: "ada", Reason: "r", During: byline.Window{Start: now()}}), fail, []string{"outreach.do_not_contact"}},
		"on the list until now":      {nil, bar(outreach.Bar{CreatorID: "ada", Reason: "r", During: byline.Window{End: now()}}), pass, nil},
	}
}

func TestMay(t *testing.T) {
	t.Parallel()
	for name, tt := range mayCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := outreach.May(attempt(), tt.history, tt.rules)
			require.NoError(t, err)
			if got.State != tt.want {
				t.Errorf("%s, want %s", got.State, tt.want)
			}
			if diff := cmp.Diff(tt.codes, codesOf(got.Findings)); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
			if got.Code != "outreach.permission" || got.Reason == "" || !got.At.Equal(now()) {
				t.Errorf("check is %+v", got)
			}
		})
	}
}

// TestMayKeepsItsWord holds what a finding says of waiting, and that the order of a
// history and what others wrote change nothing.
func TestMayKeepsItsWord(t *testing.T) {
	t.Parallel()
	for name, tt := range mayCases() {
		want, err := outreach.May(attempt(), tt.history, tt.rules)
		require.NoError(t, err)
		reversed := slices.Clone(tt.history)
		slices.Reverse(reversed)
		other := sent(daysAgo(1))
		other.CreatorID = "cleo"
		got, err := outreach.May(attempt(), append(reversed, other), tt.rules)
		require.NoError(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: in another order (-want +got):\n%s", name, diff)
		}
		for _, f := range want.Findings {
			until, err := time.Parse("wait until 2006-01-02 15:04 MST", f.Fix)
			if err != nil {
				continue
			}
			later := attempt()
			later.At = until
			got, err := outreach.May(later, tt.history, tt.rules)
			require.NoError(t, err)
			if slices.Contains(codesOf(got.Findings), f.Code) {
				t.Errorf("%s: %s holds after %s", name, f.Code, f.Fix)
			}
		}
	}
}

// TestOneMoreMessageNeverHelps: writing more does not open a door that was shut.
func TestOneMoreMessageNeverHelps(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(3, 4))
	kinds := []outreach.Reply{"", outreach.Interested, outreach.Bounced, outreach.Declined, outreach.Unsubscribed}
	for range 500 {
		var history []outreach.Contact
		for range dice.IntN(6) {
			when := daysAgo(dice.IntN(300))
			if dice.IntN(2) == 0 {
				history = append(history, sent(when))
			} else {
				history = append(history, reply(when, kinds[dice.IntN(len(kinds))]))
			}
		}
		before, err := outreach.May(attempt(), history, nil)
		require.NoError(t, err)
		after, err := outreach.May(attempt(), append(history, sent(daysAgo(dice.IntN(300)))), nil)
		require.NoError(t, err)
		if before.State != creator.Passed && after.State == creator.Passed {
			t.Fatalf("one more message helped: %+v", history)
		}
		dice.Shuffle(len(history), func(i, j int) { history[i], history[j] = history[j], history[i] })
		shuffled, err := outreach.May(attempt(), history, nil)
		require.NoError(t, err)
		if diff := cmp.Diff(before, shuffled); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
	}
}

func TestMayReportsFaults(t *testing.T) {
	t.Parallel()
	_, err := outreach.May(outreach.Attempt{}, []outreach.Contact{
		{}, {CreatorID: "ada", Direction: outreach.Inbound, Reply: "maybe"}, {CreatorID: "ada", Direction: outreach.Outbound, Reply: outreach.Declined},
	}, &outreach.Rules{MaxMessages: -1, Period: -1, MinGap: -1, DeclineHold: -1, ReplyHold: -1, DoNotContact: []outreach.Bar{{}}})
	want := []at{
		{"creator_id", "required"}, {"channel", "required"}, {"post.platform", "required"}, {"post.id", "required"}, {"at", "required"},
		{"rules.period", "rules.negative"}, {"rules.min_gap", "rules.negative"}, {"rules.decline_hold", "rules.negative"}, {"rules.reply_hold", "rules.negative"},
		{"rules.max_messages", "rules.negative"}, {"rules.do_not_contact[0].creator_id", "required"}, {"rules.do_not_contact[0].reason", "required"},
		{"history[0].creator_id", "required"}, {"history[0].direction", "contact.direction"},
		{"history[1].reply", "contact.reply"}, {"history[2].reply", "contact.outbound_reply"},
	}
	if diff := cmp.Diff(want, faultsOf(t, err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestReplyAfter(t *testing.T) {
	t.Parallel()
	all := []outreach.Reply{"", outreach.Interested, outreach.Bounced, outreach.Declined, outreach.Unsubscribed}
	for _, before := range all {
		for _, r := range all {
			want := r
			switch {
			case before == outreach.Unsubscribed, r == "", r == outreach.Bounced && before == outreach.Declined:
				want = before
			}
			if got := r.After(before); got != want {
				t.Errorf("%q after %q is %q, want %q", r, before, got, want)
			}
			if got := r.After(r.After(before)); got != want {
				t.Errorf("%q twice after %q is %q", r, before, got)
			}
		}
	}
}

func TestStandingTakesTheLatestDecline(t *testing.T) {
	t.Parallel()
	later := reply(daysAgo(10), outreach.Declined)
	later.Until = now().AddDate(1, 0, 0)
	got := outreach.StandingOf([]outreach.Contact{later, reply(daysAgo(100), outreach.Declined)}, "ada", outreach.Email, now())
	want := outreach.Standing{Reply: outreach.Declined, Since: daysAgo(10), Until: later.Until}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("standing mismatch (-want +got):\n%s", diff)
	}
}

func TestStandingOf(t *testing.T) {
	t.Parallel()
	until := func(c outreach.Contact, day time.Time) outreach.Contact {
		c.Until = day
		return c
	}
	out := reply(daysAgo(1), outreach.Declined)
	out.Direction = outreach.Outbound
	tests := map[string]struct {
		history []outreach.Contact
		want    outreach.Standing
	}{
		"our own words are no reply": {[]outreach.Contact{out}, outreach.Standing{}},
		"the first unsubscribe counts": {
			[]outreach.Contact{reply(daysAgo(50), outreach.Unsubscribed), reply(daysAgo(5), outreach.Unsubscribed)},
			outreach.Standing{Reply: outreach.Unsubscribed, Since: daysAgo(50)},
		},
		"of two declines at once the longer": {
			[]outreach.Contact{until(reply(daysAgo(5), outreach.Declined), now().AddDate(0, 9, 0)), until(reply(daysAgo(5), outreach.Declined), now())},
			outreach.Standing{Reply: outreach.Declined, Since: daysAgo(5), Until: now().AddDate(0, 9, 0)},
		},
	}
	for name, tt := range tests {
		got := outreach.StandingOf(tt.history, "ada", outreach.Email, now())
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: mismatch (-want +got):\n%s", name, diff)
		}
	}
}

func TestRulesAndContactsRoundTrip(t *testing.T) {
	t.Parallel()
	type stored struct {
		Rules    outreach.Rules
		Contact  outreach.Contact
		Attempt  outreach.Attempt
		Standing outreach.Standing
	}
	want := stored{
		outreach.Rules{MinGap: time.Hour, DoNotContact: []outreach.Bar{{CreatorID: "ada", Reason: "r", During: byline.Window{Start: now()}}}},
		sent(now()), attempt(), outreach.Standing{Reply: outreach.Declined, Since: now()},
	}
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var back stored
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(want, back); diff != "" {
		t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
	}
}

func BenchmarkMay(b *testing.B) {
	history := make([]outreach.Contact, 100_000)
	for i := range history {
		history[i] = sent(daysAgo(i % 4000))
	}
	for b.Loop() {
		if _, err := outreach.May(attempt(), history, nil); err != nil {
			b.Fatal(err)
		}
	}
}
