package bigcommerce_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

func parse(body string) ([]attribution.Event, error) {
	return decoder().Parse(attribution.Delivery{Body: []byte(body), ReceivedAt: now})
}

// edit replaces pairs of texts in the notice.
func edit(pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(notice)
}

// faultyNotices are bodies with what is wrong with each, as "path code".
var faultyNotices = []struct {
	name, body string
	want       []string
}{
	{"nothing", ``, []string{"bigcommerce.json"}},
	{"no JSON", `scope=store`, []string{"bigcommerce.json"}},
	{"a byte order mark", "\ufeff" + notice, []string{"bigcommerce.json"}},
	{"something behind it", notice + "{}", []string{"bigcommerce.json"}},
	{"nested too deeply", strings.Repeat("[", 10_001), []string{"bigcommerce.json"}},
	{"too many values", `{"data":[` + strings.Repeat("1,", 250_001) + `1]}`, []string{"bigcommerce.size"}},
	{"a list", `[` + notice + `]`, []string{"bigcommerce.shape"}},
	{"null", `null`, []string{"scope bigcommerce.shape"}},
	{"no scope", edit(`"scope"`, `"x"`), []string{"scope bigcommerce.shape"}},
	{"a scope that is none", edit(`"store/order/created"`, `7`), []string{"scope bigcommerce.shape"}},
	{"another store", edit(`stores/np7k2`, `stores/other`), []string{"producer bigcommerce.other_store"}},
	{"the store in capitals", edit(`stores/np7k2`, `stores/NP7K2`), []string{"producer bigcommerce.other_store"}},
	{"no producer", edit(`"producer"`, `"x"`), []string{"producer bigcommerce.other_store"}},
	{"no data", edit(`"data"`, `"x"`), []string{"data bigcommerce.required"}},
	{"data of an odd type", edit(`{"type":"order","id":250}`, `[250]`), []string{"data bigcommerce.shape"}},
	{"no id", edit(`"id"`, `"x"`), []string{"data.id bigcommerce.required"}},
	{"an id that is none", edit(`250`, `"x"`), []string{"data.id bigcommerce.id"}},
	{"an id through a float", edit(`250`, `2.5e2`), []string{"data.id bigcommerce.id"}},
	{"an id that climbs", edit(`250`, `"../../hooks"`), []string{"data.id bigcommerce.id"}},
	{"an id of nothing", edit(`250`, `0`), []string{"data.id bigcommerce.id"}},
	{"a time that is none", edit(`1791104408`, `"yesterday"`), []string{"created_at bigcommerce.time"}},
	{"a time in milliseconds", edit(`1791104408`, `1791104408000000`), []string{"created_at bigcommerce.time"}},
	{"all at once", edit(`stores/np7k2`, `x`, `1791104408`, `-1`, `250`, `{}`), []string{
		"producer bigcommerce.other_store", "data.id bigcommerce.id", "created_at bigcommerce.time",
	}},
}

func TestFaultsOfNotices(t *testing.T) {
	t.Parallel()
	for _, tt := range faultyNotices {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			events, err := parse(tt.body)
			attributiontest.Refused(t, "bigcommerce: webhook: ", tt.want, events, err)
		})
	}
}

// Whatever scope comes, of whatever store, what means nothing here is passed over.
func TestScopesThatMeanNothing(t *testing.T) {
	t.Parallel()
	for _, scope := range []string{
		"store/product/updated", "store/order/message/created", "store/order/transaction/created", "store/order/metafield/created",
		"store/hook/deliveryException", "STORE/ORDER/CREATED", "store/order/created/", "store/order/*",
	} {
		for _, body := range []string{edit("store/order/created", scope), edit("store/order/created", scope, `{"type":"order","id":250}`, `[1]`, "np7k2", "x")} {
			events, err := parse(body)
			require.NoError(t, err, scope)
			require.Empty(t, events, scope)
		}
	}
}

func TestPointers(t *testing.T) {
	t.Parallel()
	want := attribution.Event{
		Kind: attribution.OrderPointed, Shop: store, At: time.Unix(1791104408, 0).UTC(), Pointer: &attribution.Pointer{Type: "order", ID: "250"},
	}
	keys := map[string]bool{}
	for _, body := range []string{
		notice,
		edit(`250`, `"250"`),
		edit("created\"", "updated\""),
		edit("created\"", "statusUpdated\""),
		edit("created\"", "archived\""),
		edit("created\"", "refund/created\"", `"id":250`, `"id":250,"refund":{"refund_id":3}`),
		edit(`"type":"order"`, `"type":"x","more":[1]`),
	} {
		events, err := parse(body)
		require.NoError(t, err)
		require.Len(t, events, 1)
		got := events[0]
		if !strings.HasPrefix(got.Key, "bigcommerce:np7k2:250#") || keys[got.Key] {
			t.Errorf("key %q", got.Key)
		}
		keys[got.Key] = true
		got.Key = ""
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: event mismatch (-want +got):\n%s", body, diff)
		}
	}
}
