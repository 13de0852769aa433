package creator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/internal/promise"
)

func remarks(d *creator.Dossier, as time.Time) []string {
	var told []string
	for _, f := range d.Review(as) {
		told = append(told, fmt.Sprintf("%s %s %s: %s", f.Severity, f.Code, f.Path, f.Message))
	}
	return told
}

type doubtCase struct {
	edit func(*creator.Dossier)
	want []string
}

func doubtCases() map[string]doubtCase {
	shares := func(d *creator.Dossier, i int, buckets ...creator.Bucket) {
		d.Audiences[0].Breakdowns[i].Buckets = buckets
	}
	return map[string]doubtCase{
		"shares that sum to 0.90": {
			func(d *creator.Dossier) {
				shares(d, 0, bucket("18-24", 0.4), bucket("25-34", 0.4), bucket("unknown", 0.1))
			},
			[]string{"warning audience.shares_sum audiences[0].breakdowns[0]: the shares by age sum to 0.90"},
		},
		"shares that sum to 1.20": {
			func(d *creator.Dossier) {
				shares(d, 0, bucket("18-24", 0.6), bucket("25-34", 0.5), bucket("unknown", 0.1))
			},
			[]string{"warning audience.shares_sum audiences[0].breakdowns[0]: the shares by age sum to 1.20"},
		},
		"the largest countries alone": {
			func(d *creator.Dossier) { shares(d, 1, bucket("DE", 0.4), bucket("unknown", 0.1)) },
			[]string{"info audience.shares_sum audiences[0].breakdowns[1]: the shares by country sum to 0.50"},
		},
		"shares that are rounded": {func(d *creator.Dossier) { shares(d, 0, bucket("18-24", 0.885), bucket("unknown", 0.1)) }, nil},
		"shares that are withheld": {
			func(d *creator.Dossier) {
				shares(d, 0, bucket("18-24", 0.3), bucket("unknown", 0.1), creator.Bucket{Key: "65+", Share: byline.Missing(byline.BelowThreshold, "x", day(20))})
			}, nil,
		},
		"interests are no whole": {func(d *creator.Dossier) { shares(d, 3, bucket("a", 1), bucket("b", 1)) }, nil},
		"nobody unknown": {
			func(d *creator.Dossier) { shares(d, 2, bucket("de", 1)) },
			[]string{"warning audience.no_unknown audiences[0].breakdowns[2]: the source could place 90% of the people, and no bucket holds the others"},
		},
		"an old snapshot": {
			func(d *creator.Dossier) { d.Audiences[0].Base = byline.Known(1, "x", day(22).AddDate(0, 0, -181)) },
			[]string{"warning audience.stale audiences[0].base: the snapshot is of 2026-05-25, 181 days before"},
		},
		"a snapshot just young enough": {func(d *creator.Dossier) { d.Audiences[0].Base = byline.Known(1, "x", day(22).AddDate(0, 0, -180)) }, nil},
		"an undated snapshot": {
			func(d *creator.Dossier) { d.Audiences[0].Base = byline.Known(1, "x", time.Time{}) },
			[]string{"warning audience.undated audiences[0].base: nothing says of when this snapshot is"},
		},
		"an old count of followers": {
			func(d *creator.Dossier) {
				d.Profile.Accounts[0].Followers = byline.Known(1, "x", day(22).AddDate(-1, 0, 0))
			},
			[]string{"warning profile.stale profile.accounts[0].followers: the follower count is of 2025-11-22, 365 days before"},
		},
		"no followers": {
			func(d *creator.Dossier) { d.Profile.Accounts[0].Followers = number(0, "x", 20) },
			[]string{"warning profile.no_followers profile.accounts[0].followers: the account has 0 followers, and no rate can be divided by them"},
		},
		"one post": {
			func(d *creator.Dossier) { d.Posts = d.Posts[:1] },
			[]string{"warning post.single posts[0]: one post shows no habit"},
		},
		"posts of tomorrow": {
			func(d *creator.Dossier) { d.Posts[0].PublishedAt, d.Posts[1].PublishedAt = day(23), day(24) },
			[]string{"warning post.future posts[0].published_at: posts dated after the time of the review: 2"},
		},
		"measures of tomorrow": {
			func(d *creator.Dossier) {
				d.Posts[1].Measures[creator.Saves] = number(1, "demo.saves", 23)
				d.Profile.Accounts[1].Posts = number(1, "x", 23)
				d.Comments[0].Likes = number(1, "x", 23)
				d.Series[0].Points[1] = number(1, "demo.followers", 24)
			},
			[]string{"warning measure.future profile.accounts[1]: measures dated after the time of the review: 4"},
		},
		"comments of tomorrow": {
			func(d *creator.Dossier) { d.Comments[1].At = day(23) },
			[]string{"warning comment.future comments[1].at: comments dated after the time of the review: 1"},
		},
		"fewer views than people": {
			func(d *creator.Dossier) { d.Posts[1].Measures[creator.Views] = number(3999, "demo.views", 20) },
			[]string{"warning post.views_below_reach posts[1]: posts with fewer views than people who were reached: 1"},
		},
		"views of another source or day": {
			func(d *creator.Dossier) {
				for i := range d.Posts {
					d.Posts[i].Measures[creator.Reach] = number(9000, "other.reach", 20)
					d.Posts[i].Measures[creator.Likes] = number(9000, "demo.likes", 21)
				}
			}, nil,
		},
		"more likes than views": {
			func(d *creator.Dossier) { d.Posts[1].Measures[creator.Likes] = number(5001, "demo.likes", 20) },
			[]string{"warning post.likes_above_views posts[1]: posts with more likes than views: 1"},
		},
		"two definitions of views": {
			func(d *creator.Dossier) {
				d.Posts[0].Measures[creator.Views] = number(9000, "demo.views.2026", 21)
				d.Posts = append(d.Posts, goodPost("p3", 14))
			},
			[]string{"warning post.mixed_definitions posts[0].measures[views]: views is measured by 2 definitions, whose numbers are not compared: " +
				"demo.views (2, at 2026-11-20), demo.views.2026 (1, at 2026-11-21)"},
		},
		"a definition and none": {
			func(d *creator.Dossier) {
				d.Posts[0].Measures[creator.Saves] = byline.Known(1, "", time.Time{})
				d.Posts[1].Measures[creator.Saves] = number(1, "demo.saves", 20)
			},
			[]string{"warning post.mixed_definitions posts[1].measures[saves]: saves is measured by 2 definitions, whose numbers are not compared: " +
				"no definition (1, undated), demo.saves (1, at 2026-11-20)"},
		},
		"definitions of what is missing": {
			func(d *creator.Dossier) {
				d.Posts[0].Measures[creator.Views] = byline.Missing(byline.Hidden, "demo.views.2026", day(20))
			}, nil,
		},
		"two values at one instant": {
			func(d *creator.Dossier) {
				d.Series[0].Points = append(d.Series[0].Points, number(12_301, "demo.followers", 20))
			},
			[]string{"warning series.two_values series[0]: instants that have several values by one definition: 1"},
		},
		"two values with another definition's between them": {
			func(d *creator.Dossier) {
				d.Series[0].Points = append(d.Series[0].Points, number(1, "other.followers", 20), number(12_301, "demo.followers", 20), number(12_302, "demo.followers", 20))
			},
			[]string{
				"warning series.two_values series[0]: instants that have several values by one definition: 1",
				"warning series.mixed_definitions series[0].points[2]: the points are of several definitions, and a step between them is no growth: " +
					"demo.followers (4, 2026-11-01 to 2026-11-20), other.followers (1, at 2026-11-20)",
			},
		},
		"one value twice": {func(d *creator.Dossier) { d.Series[0].Points = append(d.Series[0].Points, d.Series[0].Points[1]) }, nil},
		"a series of two definitions": {
			func(d *creator.Dossier) {
				d.Series[0].Points = append(d.Series[0].Points, number(12_400, "other.followers", 21))
			},
			[]string{"warning series.mixed_definitions series[0].points[2]: the points are of several definitions, and a step between them is no growth: " +
				"demo.followers (2, 2026-11-01 to 2026-11-20), other.followers (1, at 2026-11-21)"},
		},
		"comments under nothing": {
			func(d *creator.Dossier) { d.Comments[0].PostID = "p9" },
			[]string{"warning comment.post_unknown comments[0].post_id: comments under posts that the dossier does not hold: 1"},
		},
		"authors with names": {
			func(d *creator.Dossier) {
				for i, author := range []string{"Ada Acquaviva", "ada@demo.example", "@ada", "ada_bakes", "Éva.K", "李小龍"} {
					d.Comments = append(d.Comments, goodComment(fmt.Sprint("n", i)))
					d.Comments[len(d.Comments)-1].Author = author
				}
			},
			[]string{"warning comment.author_personal comments[2].author: comments whose author looks like a name or an address and not like an opaque key: 6"},
		},
		"authors with keys": {
			func(d *creator.Dossier) {
				for i, author := range []string{"", "17", "u1", "a", "9f86d081884c7d65", "550e8400-e29b-41d4-a716-446655440000", "bQ3_x-", "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="} {
					d.Comments = append(d.Comments, goodComment(fmt.Sprint("k", i)))
					d.Comments[len(d.Comments)-1].Author = author
				}
			}, nil,
		},
		"a price of nothing": {
			func(d *creator.Dossier) { d.Rates[0].Price = byline.Minor(0, "EUR") },
			[]string{"warning rate.zero rates[0].price: rates with a price of nothing: 1"},
		},
		"nothing says where from": {
			func(d *creator.Dossier) { d.Origins = d.Origins[1:7] },
			[]string{
				"warning origin.missing profile: nothing says where the facts of the profile are from, and what they are kept for",
				"warning origin.missing reviews: nothing says where the reviews are from, and what they are kept for",
			},
		},
		"something says where some are from": {
			func(d *creator.Dossier) {
				d.Origins[0].Platform, d.Origins[2].Platform, d.Origins[4].Platform = byline.YouTube, byline.TikTok, byline.YouTube
				d.Posts[1].Account = creator.Ref{Platform: byline.TikTok, Handle: "ada_bakes"}
			},
			[]string{
				"warning origin.missing profile: nothing says where the facts of the profile are from, and what they are kept for",
				"warning origin.missing posts: nothing says where some of the posts are from, and what they are kept for",
			},
		},
		"every account has its origin": {
			func(d *creator.Dossier) {
				d.Origins[0].Platform = byline.YouTube
				d.Origins = append(d.Origins, d.Origins[0])
				d.Origins[8].Platform = byline.TikTok
			}, nil,
		},
		"kept too long": {
			func(d *creator.Dossier) { d.Origins[2].RetainUntil = day(22) },
			[]string{"warning origin.retention_over origins[2].retain_until: what was kept of the posts was to be erased from 2026-11-22 on"},
		},
		"what article 9 protects": {
			func(d *creator.Dossier) {
				d.Profile.Themes = []string{"Mental-Health", "scancer"}
				d.Profile.Tags = []string{"trade union member", "gayle"}
				d.Posts[0].Themes, d.Posts[1].Themes = []string{"LGBTQ+ pride"}, []string{"LGBTQ+ pride"}
			},
			[]string{
				"warning privacy.special_category profile.themes[0]: this may tell of a person's health, and it may only be what the content is about",
				"warning privacy.special_category profile.tags[0]: this may tell of a person's trade union membership, and it may only be what the content is about",
				"warning privacy.special_category posts[0].themes[0]: this may tell of a person's sexual orientation or sex life, and it may only be what the content is about",
			},
		},
	}
}

func TestDoubts(t *testing.T) {
	t.Parallel()
	for name, tt := range doubtCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := goodDossier()
			tt.edit(&d)
			if diff := cmp.Diff(tt.want, remarks(&d, day(22))); diff != "" {
				t.Errorf("findings mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNothingIsDoubtful(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	if got := remarks(&d, day(22)); len(got) > 0 {
		t.Errorf("findings %q", got)
	}
	var empty creator.Dossier
	if got := remarks(&empty, time.Time{}); len(got) > 0 {
		t.Errorf("findings of nothing %q", got)
	}
}

func TestReviewKeepsItsPromise(t *testing.T) {
	t.Parallel()
	var produced []string
	for _, tt := range doubtCases() {
		d := goodDossier()
		tt.edit(&d)
		for _, f := range d.Review(day(22)) {
			produced = append(produced, f.Code)
			if f.Severity == byline.Blocker {
				t.Errorf("%s blocks", f.Code)
			}
		}
	}
	slices.Sort(produced)
	if diff := cmp.Diff(promise.Codes(t, "doubt.go", "Review"), slices.Compact(produced)); diff != "" {
		t.Errorf("codes mismatch (-promised +produced):\n%s", diff)
	}
}

// A special category is told on dated ground that may warn and never block, and the word
// itself is not repeated.
func TestSpecialCategoryHasItsRule(t *testing.T) {
	t.Parallel()
	for _, category := range creator.SpecialCategories() {
		for _, w := range category.Words {
			if w != strings.ToLower(w) || strings.Count(w, " ") > 2 {
				t.Errorf("%q cannot be found", w)
			}
			d := goodDossier()
			d.Profile.Tags = []string{"about " + strings.ToUpper(w) + "!"}
			found := d.Review(day(22))
			if len(found) != 1 || found[0].Rule == nil || found[0].Rule.Confidence != byline.Recalled || !strings.Contains(found[0].Message, category.Name) {
				t.Errorf("%q gives %v", w, found)
			}
		}
	}
}

// A million doubtful posts are a few findings.
func TestFindingsAreBounded(t *testing.T) {
	t.Parallel()
	d := goodDossier()
	for i := range 1000 {
		p := goodPost(fmt.Sprint("x", i), 25)
		p.Measures = map[creator.Metric]byline.Measure{
			creator.Views: number(1, fmt.Sprint("demo.views", i), 24), creator.Reach: number(2, fmt.Sprint("demo.reach", i), 24), creator.Likes: number(3, "demo.likes", 24),
		}
		d.Posts = append(d.Posts, p)
	}
	if got := remarks(&d, day(22)); len(got) != 6 || len(strings.Join(got, "")) > 2000 {
		t.Errorf("%d findings %q", len(got), got)
	}
}

// What the input chose does not make a message or a path long.
func TestLongNamesAreCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ß", 5000)
	d := goodDossier()
	for i := range d.Posts {
		d.Posts[i].Measures[creator.Metric(long)] = number(-1, fmt.Sprint(i, long), 1+i)
	}
	d.Profile.Embeddings = map[string][]float32{long: {1}}
	d.Origins = append(d.Origins, creator.Origin{Part: creator.Part(long), RetainUntil: day(1)})
	told := fmt.Sprint(d.Review(day(22)), d.Validate())
	if len(told) > 2500 || !utf8.ValidString(told) {
		t.Errorf("%d bytes: %s", len(told), told)
	}
}
