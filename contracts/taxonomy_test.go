package contracts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/contracts"
)

func taxonomy(t testing.TB) *contracts.Taxonomy {
	t.Helper()
	tax, err := contracts.NewTaxonomy(map[contracts.Category]contracts.Category{
		"100": "", "110": "100", "111": "110", "120": "100", // ids, three deep
		"make-up": "beauty", "beauty": "", "beauty/hair": "", "beauty/wigs": "fashion", "fashion": "",
	})
	require.NoError(t, err)
	return tax
}

func TestTaxonomyWithin(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		special, general contracts.Category
		table, paths     bool // with the table, and by paths alone
	}{
		"itself":                        {"110", "110", true, true},
		"its parent":                    {"111", "110", true, false},
		"its parent's parent":           {"111", "100", true, false},
		"its child":                     {"110", "111", false, false},
		"its sibling":                   {"110", "120", false, false},
		"a path":                        {"beauty/skincare/serum", "beauty", true, true},
		"a path upwards":                {"beauty", "beauty/skincare", false, false},
		"a path that begins alike":      {"beautyfarm/x", "beauty", false, false},
		"a segment that begins alike":   {"beauty/skincare", "beauty/skin", false, false},
		"a sibling path":                {"beauty/hair", "beauty/skincare", false, false},
		"a path under an id":            {"111/x/y", "100", true, false},
		"a path under its id":           {"111/x/y", "111", true, true},
		"a listed top with a path":      {"beauty/hair", "beauty", true, true},
		"the table goes before a path":  {"beauty/wigs", "beauty", false, true},
		"what the table says of it":     {"beauty/wigs/red", "fashion", true, false},
		"a name under a path":           {"make-up/lips", "beauty", true, false},
		"case and space":                {" BEAUTY / Skin  Care/", "beauty/skin care", true, true},
		"full width":                    {"ｂｅａｕｔｙ／x", "beauty／x", true, true},
		"an accent in two forms":        {"cafe\u0301", "caf\u00e9", true, true},
		"another script":                {"bеauty", "beauty", false, false}, // a Cyrillic letter
		"empty segments":                {"//beauty///x", "/beauty", true, true},
		"nothing":                       {"", "beauty", false, false},
		"in nothing":                    {"beauty", "", false, false},
		"nothing in nothing":            {"", "", false, false},
		"nothing but slashes and space": {" / / ", "/", false, false},
		"Turkish dotless":               {"ISLAK", "ıslak", true, true},
		"sharp s is not ss":             {"süßes", "süsses", false, false},
	}
	tax := taxonomy(t)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var none *contracts.Taxonomy
			if got := tax.Within(tt.special, tt.general); got != tt.table {
				t.Errorf("with the table: %t", got)
			}
			if got := none.Within(tt.special, tt.general); got != tt.paths {
				t.Errorf("by paths: %t", got)
			}
			if got := (&contracts.Taxonomy{}).Within(tt.special, tt.general); got != tt.paths {
				t.Errorf("with the zero taxonomy: %t", got)
			}
			want := tt.table || tax.Within(tt.general, tt.special)
			if tax.Related(tt.special, tt.general) != want || tax.Related(tt.general, tt.special) != want {
				t.Errorf("not related both ways: want %t", want)
			}
		})
	}
}

func TestNewTaxonomyFaults(t *testing.T) {
	t.Parallel()
	type table = map[contracts.Category]contracts.Category
	tests := map[string]struct {
		parents table
		want    []fault
	}{
		"none":                  {nil, nil},
		"a tree":                {table{"a": "", "b": "a", "c": "b"}, nil},
		"a parent by its form":  {table{"Skin Care": "", "serum": " skin  care "}, nil},
		"a parent of spaces":    {table{"a": "  "}, nil},
		"its own parent":        {table{"a": "a"}, []fault{{"a", "taxonomy.cycle"}}},
		"round in three":        {table{"a": "b", "b": "c", "c": "a"}, []fault{{"a", "taxonomy.cycle"}, {"b", "taxonomy.cycle"}, {"c", "taxonomy.cycle"}}},
		"into a round":          {table{"a": "a", "b": "a"}, []fault{{"a", "taxonomy.cycle"}}},
		"round by a path":       {table{"a": "a/b/c", "a/b/c": ""}, []fault{{"a", "taxonomy.cycle"}, {"a/b/c", "taxonomy.cycle"}}},
		"an unknown parent":     {table{"a": "b"}, []fault{{"a", "taxonomy.parent_unknown"}}},
		"a path is not a table": {table{"a": "b/c", "b": ""}, []fault{{"a", "taxonomy.parent_unknown"}}},
		"no name":               {table{"": "a", "a": "", " / ": ""}, []fault{{"", "required"}, {" / ", "required"}}},
		"twice":                 {table{"Beauty": "", "beauty ": "", "BEAUTY": ""}, []fault{{"Beauty", "taxonomy.twice"}, {"beauty ", "taxonomy.twice"}}},
		"all at once": {table{"": "", "a": "a", "A": "", "b": "z", "c": "d", "d": "c"},
			[]fault{{"", "required"}, {"a", "taxonomy.twice"}, {"b", "taxonomy.parent_unknown"}, {"c", "taxonomy.cycle"}, {"d", "taxonomy.cycle"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tax, err := contracts.NewTaxonomy(tt.parents)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if (tax == nil) != (len(tt.want) > 0) {
				t.Errorf("taxonomy %v beside error %v", tax, err)
			}
		})
	}
}

// Changing the table afterwards changes nothing.
func TestTaxonomyIsACopy(t *testing.T) {
	t.Parallel()
	table := map[contracts.Category]contracts.Category{"a": "b", "b": ""}
	tax, err := contracts.NewTaxonomy(table)
	require.NoError(t, err)
	table["b"] = "a"
	delete(table, "a")
	if !tax.Within("a", "b") || tax.Within("b", "a") {
		t.Error("the taxonomy has changed with its table")
	}
}

// Whatever the text, a category is in itself and relations hold both ways.
func FuzzTaxonomy(f *testing.F) {
	f.Add("beauty/skincare", "Beauty ")
	f.Add("a/İ/ß", "a／ﬁ")
	f.Add("\xff/\u200b", "//")
	f.Fuzz(func(t *testing.T, a, b string) {
		one, two := contracts.Category(a), contracts.Category(b)
		tax, err := contracts.NewTaxonomy(map[contracts.Category]contracts.Category{one: two, two: ""})
		if err != nil {
			tax = nil
		} else if !tax.Within(one, two) {
			t.Errorf("%q is not in its parent %q", a, b)
		}
		if tax.Within(one, one) != tax.Related(one, one) || tax.Related(one, two) != tax.Related(two, one) {
			t.Errorf("%q and %q are related one way only", a, b)
		}
		if tax.Within(one, two) && tax.Within(two, one) && !tax.Within(one+"/x", two) {
			t.Errorf("%q and %q are one, and what is in one is not in the other", a, b)
		}
	})
}
