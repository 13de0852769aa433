package sentiment_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/bylinehq/byline/creator/sentiment"
	"github.com/bylinehq/byline/internal/golden"
)

// rated is a text with what the reference says of it.
type rated struct {
	text  string
	human float64
	want  sentiment.Scores
}

// readRated reads a file of the research data, by the names of its columns.
func readRated(t *testing.T, file string) []rated {
	t.Helper()
	f, err := os.Open(golden.SharedData(t, "scoring", "vader", file))
	require.NoError(t, err)
	defer f.Close() //nolint:errcheck // it was only read
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	number := func(row []string, names ...string) float64 {
		for _, name := range names {
			if at, ok := column[name]; ok {
				x, err := strconv.ParseFloat(row[at], 64)
				require.NoError(t, err)
				return x
			}
		}
		return 0
	}
	var all []rated
	for _, row := range rows[1:] {
		all = append(all, rated{
			text: row[column["text"]], human: number(row, "human_mean_-4_4"),
			want: sentiment.Scores{
				Compound: number(row, "py_compound", "compound"), Positive: number(row, "py_pos", "pos"),
				Neutral: number(row, "py_neu", "neu"), Negative: number(row, "py_neg", "neg"),
			},
		})
	}
	return all
}

// TestReference holds the rules to the reference, to the last digit that it prints.
func TestReference(t *testing.T) {
	t.Parallel()
	english := sentiment.NewEnglish()
	for file, rows := range map[string]int{"golden_tweets.csv": 4200, "golden_readme16.csv": 16} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			texts := readRated(t, file)
			if len(texts) != rows {
				t.Fatalf("%d texts, want %d", len(texts), rows)
			}
			differ := 0
			for _, r := range texts {
				if diff := cmp.Diff(r.want, english.Scores(r.text), cmpopts.IgnoreFields(sentiment.Scores{}, "Words", "Known")); diff != "" {
					differ++
					if differ <= 5 {
						t.Errorf("%q (-want +got):\n%s", r.text, diff)
					}
				}
			}
			if differ > 0 {
				t.Errorf("%d of %d differ", differ, rows)
			}
		})
	}
}

// TestAgainstPeople measures the rules against the mean of twenty people's ratings, and
// holds them to the figures of the package comment.
func TestAgainstPeople(t *testing.T) {
	t.Parallel()
	english := sentiment.NewEnglish()
	texts := readRated(t, "golden_tweets.csv")
	var scores, human []float64
	var right, got, want [3]float64 // by class
	unknown, calm := 0, 0
	for _, r := range texts {
		s := english.Scores(r.text)
		scores, human = append(scores, s.Compound), append(human, r.human)
		// People rated from -4 to 4, so .2 of theirs is .05 of the score.
		g, w := class(s.Compound, 0.05), class(r.human, 0.2)
		got[g]++
		want[w]++
		if g == w {
			right[g]++
		}
		if s.Known == 0 {
			unknown++
			if w == 1 {
				calm++
			}
		}
	}
	correlation := stat.Correlation(scores, human, nil)
	accuracy := (right[0] + right[1] + right[2]) / float64(len(texts))
	var f1 [3]float64
	for i := range f1 {
		f1[i] = 2 * right[i] / (got[i] + want[i])
	}
	macro := (f1[0] + f1[1] + f1[2]) / 3
	t.Logf("r %.4f, accuracy %.4f, macro-F1 %.4f (negative %.3f, neutral %.3f, positive %.3f)", correlation, accuracy, macro, f1[0], f1[1], f1[2])
	t.Logf("of %d texts without a known word people found %d neutral", unknown, calm)
	for name, m := range map[string]struct{ got, floor float64 }{
		"r": {correlation, 0.8715}, "accuracy": {accuracy, 0.8985}, "macro-F1": {macro, 0.7395},
	} {
		if m.got < m.floor {
			t.Errorf("%s is %.4f, want at least %.4f", name, m.got, m.floor)
		}
	}
	if unknown != 239 || calm > unknown/2 {
		t.Errorf("of %d texts without a known word %d are neutral: is a refusal still right?", unknown, calm)
	}
}

// class is 0 for negative, 1 for neutral, 2 for positive.
func class(x, from float64) int {
	switch {
	case x >= from:
		return 2
	case x <= -from:
		return 0
	}
	return 1
}
