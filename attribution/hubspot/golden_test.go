package hubspot_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/internal/golden"
)

func TestGoldenOfChanges(t *testing.T) {
	t.Parallel()
	for _, c := range changes {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			events, err := decoder().Parse(attribution.Delivery{Body: load(t, c.file), ReceivedAt: now})
			require.NoError(t, err)
			compare(t, c.file, events)
		})
	}
}

func TestGoldenOfRecords(t *testing.T) {
	t.Parallel()
	for file, p := range records {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			events, err := serve(t, &fakePortal{content: loadContent(t, file)}).Fetch(t.Context(), pointing(p))
			require.NoError(t, err)
			compare(t, file, events)
		})
	}
}

func compare(t *testing.T, file string, events []attribution.Event) {
	t.Helper()
	attributiontest.Golden(t, golden.Equal, file, events)
	attributiontest.Impersonal(t, personal, events)
}

func TestEverySampleIsListed(t *testing.T) {
	t.Parallel()
	listed := slices.Collect(maps.Keys(records))
	for _, c := range changes {
		listed = append(listed, c.file)
	}
	attributiontest.AllListed(t, listed...)
}

// What the samples are worth was worked out by hand, not by the code.
func TestSalesOfSamples(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		currency byline.Currency
		payment  attribution.Payment
		kept     string
	}{
		"deal_won.json":                     {byline.EUR, attribution.Paid, "1200"},
		"deal_open.json":                    {byline.EUR, attribution.Pending, "0"},
		"deal_lost.json":                    {byline.USD, attribution.Voided, "0"},
		"deal_own_pipeline.json":            {byline.JPY, attribution.Paid, "150000"},
		"deal_of_the_portals_currency.json": {byline.GBP, attribution.Paid, "12.50"},
		"deal_several_contacts.json":        {byline.KWD, attribution.Paid, "10.125"},
	}
	for file, tt := range tests {
		o := sampleOrder(t, file)
		sales, err := o.Sales()
		require.NoError(t, err, file)
		if sales.Kept != money(tt.kept, tt.currency) || o.Payment != tt.payment || o.Kind != attribution.Purchase {
			t.Errorf("%s: %q %s keeps %s", file, o.Kind, o.Payment, sales.Kept)
		}
	}
	for file, p := range records {
		if _, listed := tests[file]; listed || !strings.HasPrefix(p.Type, "contact.") {
			continue
		}
		if o := sampleOrder(t, file); o.Kind != attribution.Lead || o.Payment != attribution.PaymentUnknown || len(o.Lines) > 0 {
			t.Errorf("%s is no lead: %+v", file, o)
		}
	}
}
