package woocommerce_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

// TestRoundedColumns: what was put on an amount is taken off a later one, and never turns
// a free line into a negative one, which would make the whole order invalid.
func TestRoundedColumns(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		currency byline.Currency
		amounts  []string
		want     []string
	}{
		"a free line behind half a unit":     {byline.EUR, []string{"10.005", "0"}, []string{"10.01", "0.00"}},
		"and the rest is taken off the next": {byline.EUR, []string{"10.005", "0", "3.001"}, []string{"10.01", "0.00", "3.00"}},
		"yen that a shop shows with cents":   {byline.JPY, []string{"4545.50", "0.00"}, []string{"4546", "0"}},
		"a refund":                           {byline.EUR, []string{"-10.005", "0"}, []string{"-10.01", "0.00"}},
		"less than was put on before":        {byline.JPY, []string{"0.5", "0.1"}, []string{"1", "0"}},
		"exact amounts":                      {byline.EUR, []string{"10.00", "0", "2.50"}, []string{"10.00", "0.00", "2.50"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rounded, err := woocommerce.RoundColumn(tt.currency, tt.amounts...)
			require.NoError(t, err)
			var got []string
			for _, m := range rounded {
				got = append(got, m.Amount())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rounded (-want +got):\n%s", diff)
			}
		})
	}
}
