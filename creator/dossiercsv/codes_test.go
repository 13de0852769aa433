package dossiercsv_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package gives, in order. A code may retire and is never
// reused.
func codes() []string {
	return []string{
		"audience.age_overlap", // of creator
		"dossiercsv.account_unclear",
		"dossiercsv.account_unknown",
		"dossiercsv.cell_size",
		"dossiercsv.cells",
		"dossiercsv.column_missing",
		"dossiercsv.column_twice",
		"dossiercsv.column_unknown",
		"dossiercsv.contradicts",
		"dossiercsv.count",
		"dossiercsv.creator_unknown",
		"dossiercsv.flag",
		"dossiercsv.header",
		"dossiercsv.no_accounts",
		"dossiercsv.number",
		"dossiercsv.option",
		"dossiercsv.quotes",
		"dossiercsv.required",
		"dossiercsv.row_size",
		"dossiercsv.share",
		"dossiercsv.text",
		"dossiercsv.time",
		"dossiercsv.too_many_rows",
		"dossiercsv.twice",
		"dossiercsv.utf_sixteen",
		"dossiercsv.word",
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		if diff := cmp.Diff(codes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
