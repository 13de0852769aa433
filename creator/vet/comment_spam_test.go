package vet

import (
	"encoding/csv"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/golden"
)

type confusion struct{ tp, fp, fn, tn int }

func (c *confusion) add(spam, named bool) {
	switch {
	case spam && named:
		c.tp++
	case spam:
		c.fn++
	case named:
		c.fp++
	default:
		c.tn++
	}
}

func (c confusion) f1() float64 { return 2 * float64(c.tp) / float64(2*c.tp+c.fp+c.fn) }

func (c confusion) precision() float64 { return float64(c.tp) / float64(c.tp+c.fp) }

// floor is what a filter has to reach on a group of videos.
type floor struct{ f1, precision float64 }

// The rules were written looking at two of the videos; the other three are held out.
func TestSpamOnLabelledComments(t *testing.T) {
	t.Parallel()
	file, err := os.Open(golden.SharedData(t, "scoring", "youtube-spam", "youtube_spam_anon.csv"))
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		filter *SpamFilter
		least  map[string]floor
	}{
		// Naming no fan is worth more than finding every advertisement.
		"careful": {EnglishSpam(), map[string]floor{"held out": {.875, .995}, "all": {.905, .985}}},
		"broad":   {BroadEnglishSpam(), map[string]floor{"held out": {.925, .985}, "all": {.93, .975}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			videos, groups := confusions(t, tt.filter, rows[1:])
			for _, m := range []map[string]*confusion{videos, groups} {
				for _, name := range slices.Sorted(maps.Keys(m)) {
					c := *m[name]
					t.Logf("%-10s F1 %.3f, precision %.3f, recall %.3f of %d", name, c.f1(),
						c.precision(), float64(c.tp)/float64(c.tp+c.fn), c.tp+c.fp+c.fn+c.tn)
				}
			}
			for name, least := range tt.least {
				if got := groups[name]; got.f1() < least.f1 || got.precision() < least.precision {
					t.Errorf("of %s, F1 is %.3f and precision %.3f", name, got.f1(), got.precision())
				}
			}
		})
	}
}

// confusions counts rows of video, text and label, by video and by group.
func confusions(t *testing.T, filter *SpamFilter, rows [][]string) (videos, groups map[string]*confusion) {
	t.Helper()
	videos, groups = map[string]*confusion{}, map[string]*confusion{"seen": {}, "held out": {}, "all": {}}
	for _, row := range rows {
		signs, judged := filter.Signs(row[1], "en")
		if !judged && utf8.RuneCountInString(foldComment(row[1])) > 0 {
			t.Errorf("%q is not judged", row[1])
		}
		group := "held out"
		if row[0] == "Psy" || row[0] == "KatyPerry" {
			group = "seen"
		}
		if videos[row[0]] == nil {
			videos[row[0]] = &confusion{}
		}
		for _, c := range []*confusion{videos[row[0]], groups[group], groups["all"]} {
			c.add(row[2] == "1", len(signs) > 0)
		}
	}
	return videos, groups
}

func TestSpamSigns(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text, language string
		signs          []string
		judged         bool
	}{
		"praise":                    {"What a crumb, thank you for this recipe", "en", nil, true},
		"a link":                    {"look at www.demo.example", "en-GB", []string{"link"}, true},
		"a domain with spaces":      {"all about kids: kidsstuff . com", "en", []string{"link"}, true},
		"a channel":                 {"Please CHECK OUT my channel", "en", []string{"own_channel", "check_out"}, true},
		"in letters of mathematics": {"𝗦𝘂𝗯𝘀𝗰𝗿𝗶𝗯𝗲 to me", "en", []string{"subscribe"}, true},
		"with signs nobody sees":    {"sub\u200bscribe to me\ufeff", "en", []string{"subscribe"}, true},
		"an entity":                 {"free&#32;gift cards", "en", []string{"giveaway"}, true},
		"a language not known":      {"abonniert meinen Kanal www.demo.example", "de", nil, false},
		"no language":               {"subscribe to my channel", "", nil, false},
		"und":                       {"subscribe to my channel", "und", nil, false},
		"hearts in no language":     {"❤❤❤", "", nil, true},
		"far behind":                {strings.Repeat("bread ", 170) + "subscribe to me", "en", nil, true},
		"nothing":                   {" \u200b ", "en", nil, false},
		"invalid text":              {"\xff\xfe subscribe", "en", []string{"subscribe"}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			signs, judged := EnglishSpam().Signs(tt.text, tt.language)
			if diff := cmp.Diff(tt.signs, signs); diff != "" || judged != tt.judged {
				t.Errorf("judged %t, signs (-want +got):\n%s", judged, diff)
			}
		})
	}
}

func TestNewSpamFilterRefuses(t *testing.T) {
	t.Parallel()
	_, err := NewSpamFilter("", map[string][]SpamRule{"en": {{Pattern: "("}}, "": {{Name: "a", Pattern: "["}}})
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok {
		t.Fatal(err)
	}
	var got []string
	for _, f := range all.Fields {
		got = append(got, f.Path+" "+f.Code)
	}
	want := []string{"name spam.name", "rules.[0].pattern spam.pattern", "rules.en[0].name spam.name", "rules.en[0].pattern spam.pattern"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
