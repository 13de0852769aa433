package hubspot_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

func parse(body string) ([]attribution.Event, error) {
	return decoder().Parse(attribution.Delivery{Body: []byte(body), ReceivedAt: now})
}

// edit replaces pairs of texts in the one change.
func edit(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(oneChange) }

// faultyChanges are bodies with what is wrong with each, as "path code".
var faultyChanges = []struct {
	name, body string
	want       []string
}{
	{"nothing", ``, []string{"hubspot.json"}},
	{"no JSON", `{'example_field':'example_value'}`, []string{"hubspot.json"}},
	{"something behind it", oneChange + "[]", []string{"hubspot.json"}},
	{"nested too deeply", strings.Repeat("[", 10_001), []string{"hubspot.json"}},
	{"too many values", `[[` + strings.Repeat("1,", 250_001) + `1]]`, []string{"hubspot.size"}},
	{"null", `null`, []string{"hubspot.shape"}},
	{"one change without a list", strings.Trim(oneChange, "[]"), []string{"hubspot.shape"}},
	{"more than a hundred", `[` + strings.Repeat(`{},`, 100) + `{}]`, []string{"hubspot.batch"}},
	{"a change that is text", `["x"]`, []string{"[0] hubspot.shape"}},
	{"a change that is null", `[null]`, []string{"[0].subscriptionType hubspot.shape"}},
	{"a change without a type", edit(`"subscriptionType"`, `"x"`), []string{"[0].subscriptionType hubspot.shape"}},
	{"a type that is none", edit(`"deal.creation"`, `7`), []string{"[0].subscriptionType hubspot.shape"}},
	{"another portal", edit(`62515`, `62516`), []string{"[0].portalId hubspot.other_portal"}},
	{"no portal", edit(`"portalId"`, `"x"`), []string{"[0].portalId hubspot.other_portal"}},
	{"no object", edit(`"objectId"`, `"x"`), []string{"[0].objectId hubspot.required"}},
	{"an object that is none", edit(`250`, `"../9"`), []string{"[0].objectId hubspot.id"}},
	{"an object through a float", edit(`250`, `2.5e2`), []string{"[0].objectId hubspot.id"}},
	{"a generic change of nothing", edit(`deal.creation`, `object.creation`), []string{"[0].objectTypeId hubspot.required"}},
	{"a time that is none", edit(`1791104405120`, `"yesterday"`), []string{"[0].occurredAt hubspot.time"}},
	{"a time in microseconds", edit(`1791104405120`, `1791104405120000`), []string{"[0].occurredAt hubspot.time"}},
	{"a merge of nothing", edit(`deal.creation`, `deal.merge`), []string{"[0].primaryObjectId hubspot.required"}},
	{"a merge of odd ids", edit(`"deal.creation"`, `"deal.merge","newObjectId":"x","primaryObjectId":-1,"mergedObjectIds":[1,{},"y"]`), []string{
		"[0].newObjectId hubspot.id", "[0].primaryObjectId hubspot.id", "[0].mergedObjectIds[1] hubspot.id", "[0].mergedObjectIds[2] hubspot.id",
	}},
	{"a merge of no list", edit(`"deal.creation"`, `"deal.merge","primaryObjectId":1,"mergedObjectIds":7`), []string{"[0].mergedObjectIds hubspot.shape"}},
	{"all at once", edit(`62515`, `x`, `"portalId":62515`, `"portalId":{}`, `1791104405120`, `-1`, `250`, `0`), []string{
		"[0].portalId hubspot.other_portal", "[0].occurredAt hubspot.time", "[0].objectId hubspot.id",
	}},
}

func TestFaultsOfChanges(t *testing.T) {
	t.Parallel()
	for _, tt := range faultyChanges {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			events, err := parse(tt.body)
			attributiontest.Refused(t, "hubspot: webhook: ", tt.want, events, err)
		})
	}
}

// A bad change between good ones is never passed over in silence, and each bad one is
// told at its place.
func TestPitfallOneBadChangeOfMany(t *testing.T) {
	t.Parallel()
	var list []json.RawMessage
	for i := range 100 {
		list = append(list, json.RawMessage(fmt.Sprintf(
			`{"eventId":%d,"subscriptionId":1,"portalId":62515,"occurredAt":1791104405120,"subscriptionType":"deal.propertyChange","objectId":%d}`, i, i+1)))
	}
	encode := func() string {
		body, err := json.Marshal(list)
		require.NoError(t, err)
		return string(body)
	}
	events, err := parse(encode())
	require.NoError(t, err)
	require.Len(t, events, 100)
	list[42], list[99] = json.RawMessage(`{"subscriptionType":"deal.creation","portalId":62515}`), json.RawMessage(`[]`)
	events, err = parse(encode())
	require.Empty(t, events)
	if diff := cmp.Diff([]string{"[42].objectId hubspot.required", "[99] hubspot.shape"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
	if !attribution.Permanent(err) {
		t.Error("the delivery would be tried for ever")
	}
}

// Whatever means nothing here is passed over, whatever portal it is of.
func TestChangesThatMeanNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{
		`company.creation`, `ticket.propertyChange`, `line_item.deletion`, `conversation.newMessage`, `conversation.privacyDeletion`,
		`deal.associationChange`, `deal.privacyDeletion`, `object.associationChange`, `deal`, `deal.`, `.creation`, `Deal.creation`, ``,
		`object.creation","objectTypeId":"0-2`, `object.creation","objectTypeId":"2-1234`, `object.creation","objectTypeId":"00-3`,
	} {
		for _, body := range []string{edit(`deal.creation`, kind), edit(`deal.creation`, kind, `62515`, `1`, `250`, `{}`)} {
			events, err := parse(body)
			require.NoError(t, err, kind)
			require.Empty(t, events, kind)
		}
	}
	events, err := parse(`[]`)
	require.NoError(t, err)
	require.Empty(t, events)
}

func TestPointers(t *testing.T) {
	t.Parallel()
	tests := map[string][]attribution.Pointer{
		`deal.creation`:                              {{Type: "deal.creation", ID: "250"}},
		`deal.propertyChange`:                        {{Type: "deal.propertyChange", ID: "250"}},
		`deal.deletion`:                              {{Type: "deal.deletion", ID: "250"}},
		`deal.restore`:                               {{Type: "deal.restore", ID: "250"}},
		`contact.creation`:                           {{Type: "contact.creation", ID: "250"}},
		`contact.deletion`:                           {{Type: "contact.deletion", ID: "250"}},
		`object.creation","objectTypeId":"0-3`:       {{Type: "deal.creation", ID: "250"}},
		`object.propertyChange","objectTypeId":"0-1`: {{Type: "contact.propertyChange", ID: "250"}},
		`deal.merge","primaryObjectId":250,"mergedObjectIds":[251,251,250],"x":"`: {
			{Type: "deal.merge", ID: "250"}, {Type: "deal.deletion", ID: "251"},
		},
		`object.merge","objectTypeId":"0-1","newObjectId":300,"primaryObjectId":250,"mergedObjectIds":null,"x":"`: {
			{Type: "contact.merge", ID: "300"}, {Type: "contact.deletion", ID: "250"},
		},
	}
	for kind, want := range tests {
		events, err := parse(edit(`deal.creation`, kind))
		require.NoError(t, err, kind)
		var got []attribution.Pointer
		for _, e := range events {
			if e.Kind != attribution.OrderPointed || e.Shop != shop || !e.At.Equal(time.UnixMilli(1791104405120)) || e.Order != nil {
				t.Errorf("%s: event %+v", kind, e)
			}
			got = append(got, *e.Pointer)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: pointers mismatch (-want +got):\n%s", kind, diff)
		}
	}
}

// Changes come in swarms. One look at the record is enough for all of them.
func TestOneLookIsEnough(t *testing.T) {
	t.Parallel()
	body := func(kinds ...string) string {
		var list []string
		for i, kind := range kinds {
			kind, id, _ := strings.Cut(kind, " ")
			list = append(list, fmt.Sprintf(`{"eventId":%d,"portalId":62515,"subscriptionType":%q,"objectId":%s}`, i, kind, id))
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	tests := map[string]struct{ kinds, want []string }{
		"changes of one deal": {
			[]string{"deal.creation 1", "deal.propertyChange 1", "deal.propertyChange 1"}, []string{"deal.creation 1"},
		},
		"a deal and a contact of one number": {
			[]string{"deal.creation 1", "contact.creation 1", "deal.propertyChange 2"}, []string{"deal.creation 1", "contact.creation 1", "deal.propertyChange 2"},
		},
		"a deletion and a restoring say more": {
			[]string{"deal.propertyChange 1", "deal.deletion 1", "deal.restore 1", "deal.propertyChange 1"},
			[]string{"deal.propertyChange 1", "deal.deletion 1", "deal.restore 1"},
		},
		"a person to be forgotten": {
			[]string{"contact.creation 1", "deal.creation 1", "contact.privacyDeletion 1", "contact.deletion 1", "contact.propertyChange 2"},
			[]string{"deal.creation 1", "person.redact", "contact.propertyChange 2"},
		},
	}
	for name, tt := range tests {
		events, err := parse(body(tt.kinds...))
		require.NoError(t, err)
		var got []string
		for _, e := range events {
			if e.Pointer == nil {
				got = append(got, string(e.Kind))
				continue
			}
			got = append(got, e.Pointer.Type+" "+e.Pointer.ID)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: events mismatch (-want +got):\n%s", name, diff)
		}
	}
}

func TestPrivacyDeletion(t *testing.T) {
	t.Parallel()
	events, err := parse(edit(`deal.creation`, `contact.privacyDeletion`))
	require.NoError(t, err)
	require.Len(t, events, 1)
	want := attribution.Event{
		Key: events[0].Key, Kind: attribution.PersonRedact, Shop: shop, At: time.UnixMilli(1791104405120).UTC(),
		Redaction: &attribution.Redaction{Shop: shop, Orders: []byline.OrderID{"hubspot:62515:contact:250"}},
	}
	if diff := cmp.Diff(want, events[0]); diff != "" {
		t.Errorf("event mismatch (-want +got):\n%s", diff)
	}
}

// A retry counts its attempts in the body, so it is another delivery; it is the same fact.
func TestPitfallRetries(t *testing.T) {
	t.Parallel()
	key := func(body string) string {
		events, err := parse(body)
		require.NoError(t, err)
		require.Len(t, events, 1)
		return events[0].Key
	}
	first := key(oneChange)
	for name, same := range map[string]string{
		"a retry":                 edit(`"attemptNumber":0`, `"attemptNumber":3`),
		"in another order":        edit(`"eventId":1,`, ``, `"objectId":250`, `"objectId":250,"eventId":1`),
		"of the generic format":   edit(`deal.creation"`, `object.creation","objectTypeId":"0-3"`),
		"with what nobody reads":  edit(`"objectId"`, `"changeSource":"API","propertyValue":"1","objectId"`),
		"with an id that is text": edit(`250`, `"250"`),
	} {
		if got := key(same); got != first {
			t.Errorf("%s is another fact: %q, %q", name, got, first)
		}
	}
	seen := map[string]string{first: "itself"}
	for name, other := range map[string]string{
		"another event":        edit(`"eventId":1`, `"eventId":2`),
		"another subscription": edit(`12345`, `12346`),
		"another object":       edit(`250`, `251`),
		"another time":         edit(`1791104405120`, `1791104405121`),
		"another change":       edit(`creation`, `deletion`),
		"another property":     edit(`"objectId"`, `"propertyName":"amount","objectId"`),
	} {
		got := key(other)
		if known, taken := seen[got]; taken {
			t.Errorf("%s has the key of %s", name, known)
		}
		seen[got] = name
	}
}

func TestPitfallMilliseconds(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]time.Time{
		`1791104405120`:   time.Date(2026, 10, 4, 9, 0, 5, 120e6, time.UTC),
		`"1791104405120"`: time.Date(2026, 10, 4, 9, 0, 5, 120e6, time.UTC),
		`null`:            now, // when it was received
	} {
		events, err := parse(edit(`1791104405120`, value))
		require.NoError(t, err)
		if !events[0].At.Equal(want) {
			t.Errorf("%s is %v, want %v", value, events[0].At, want)
		}
	}
}

// A body holds what is nobody's business. Errors are logged and kept.
func TestErrorsQuoteNothing(t *testing.T) {
	t.Parallel()
	const word = "mira@example.com"
	for _, value := range []string{`"` + word + `"`, `["` + word + `"]`, `{"` + word + `":"` + word + `"}`} {
		for _, field := range []string{"eventId", "subscriptionId", "portalId", "occurredAt", "subscriptionType", "objectId", "objectTypeId", "propertyName"} {
			body := fmt.Sprintf(`[{"portalId":62515,"subscriptionType":"object.merge","objectTypeId":"0-3",%q:%s}]`, field, value)
			if _, err := parse(body); err != nil && strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v", body, err)
			}
		}
		if _, err := parse(value); err == nil || strings.Contains(err.Error(), word) {
			t.Errorf("%s: %v", value, err)
		}
	}
}
