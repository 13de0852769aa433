package attributiontest

import (
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func TestUnsummed(t *testing.T) {
	t.Parallel()
	eur := func(minor int64) byline.Money { return byline.Minor(minor, byline.EUR) }
	sales := attribution.Sales{Sold: eur(100), Returned: eur(40), Kept: eur(60)}
	line := func(sold, kept int64) attribution.LineSales {
		return attribution.LineSales{Net: attribution.Part{Sold: eur(sold), Kept: eur(kept)}}
	}
	tests := map[string]struct {
		b     attribution.Breakdown
		wrong int
	}{
		"right":           {attribution.Breakdown{Sales: sales, Lines: []attribution.LineSales{line(30, 0), line(70, 60)}}, 0},
		"a cent too many": {attribution.Breakdown{Sales: sales, Lines: []attribution.LineSales{line(30, 1), line(70, 60)}}, 1},
		"a line missing":  {attribution.Breakdown{Sales: sales, Lines: []attribution.LineSales{line(70, 60)}}, 1},
		"other sales":     {attribution.Breakdown{Sales: attribution.Sales{Sold: eur(100), Kept: eur(60)}, Lines: []attribution.LineSales{line(100, 60)}}, 1},
	}
	for name, tt := range tests {
		if got := unsummed(sales, tt.b); len(got) != tt.wrong {
			t.Errorf("%s: %q", name, got)
		}
	}
}
