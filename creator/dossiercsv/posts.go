package dossiercsv

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

func postMetrics() []creator.Metric {
	return []creator.Metric{
		creator.Views, creator.Impressions, creator.Reach, creator.Likes, creator.Comments,
		creator.Shares, creator.Saves, creator.Clicks, creator.WatchSeconds,
	}
}

// post reads a row of the posts.
func (m *importer) post(t *table) {
	r := m.of(t)
	if r == nil {
		return
	}
	at := t.at()
	p := creator.Post{
		ID: t.text("id"), Account: r.ref(t), PublishedAt: t.time("published_at"), Format: t.text("format"), Text: t.prose("text"),
		Language: t.choice("language"), Link: t.text("link"), Themes: t.list("themes"), Brands: t.list("brands"),
		Commerce: creator.Commerce(strings.ToLower(t.choice("commerce"))), Promotion: creator.Promotion(strings.ToLower(t.choice("promotion"))),
	}
	for _, metric := range postMetrics() {
		if measure, there := t.measure(string(metric), string(metric), at); there {
			if p.Measures == nil {
				p.Measures = map[creator.Metric]byline.Measure{}
			}
			p.Measures[metric] = measure
		}
	}
	alone := only(p.Account)
	alone.Posts = []creator.Post{p}
	if !t.valid(&alone) {
		return
	}
	key := postKey{p.Account.Platform, p.ID}
	if r.posts[key] {
		t.fault("id", "dossiercsv.twice", "another row has this post")
		return
	}
	r.posts[key] = true
	r.dossier.Posts = append(r.dossier.Posts, p)
}

type seriesKey struct {
	account creator.Ref
	metric  creator.Metric
}

type pointKey struct {
	series seriesKey
	at     time.Time
}

func seriesMetrics() []string {
	words := []string{string(creator.FollowerCount), string(creator.FollowingCount), string(creator.PostCount)}
	for _, metric := range postMetrics() {
		words = append(words, string(metric))
	}
	return words
}

// point reads a row of the series.
func (m *importer) point(t *table) {
	r := m.of(t)
	if r == nil {
		return
	}
	key := seriesKey{r.ref(t), creator.Metric(t.oneOf("metric", seriesMetrics()))}
	at := t.time("at")
	value, _ := t.measure("value", string(key.metric), at)
	alone := only(key.account)
	alone.Series = []creator.Series{{Account: key.account, Metric: key.metric, Points: []byline.Measure{value}}}
	if !t.valid(&alone) {
		return
	}
	if r.points[pointKey{key, at}] {
		t.fault("at", "dossiercsv.twice", "another row has a value for this instant")
		return
	}
	r.points[pointKey{key, at}] = true
	i, there := r.series[key]
	if !there {
		i = len(r.dossier.Series)
		r.series[key] = i
		r.dossier.Series = append(r.dossier.Series, creator.Series{Account: key.account, Metric: key.metric})
	}
	r.dossier.Series[i].Points = append(r.dossier.Series[i].Points, value)
}

// oneOf reads one of some words in any case.
func (t *table) oneOf(column string, words []string) string {
	text := t.cell(column)
	for _, word := range words {
		if strings.EqualFold(word, text) {
			return word
		}
	}
	t.fault(column, "dossiercsv.word", "not one of "+strings.Join(words, ", "))
	return ""
}

// comment reads a row of the comments.
func (m *importer) comment(t *table) {
	r := m.of(t)
	if r == nil {
		return
	}
	c := creator.Comment{
		ID: t.text("id"), PostID: t.text("post_id"), Platform: t.platform(), Author: t.text("author"),
		ByCreator: t.flag("by_creator"), Text: t.prose("text"), Language: t.choice("language"), At: t.time("at"),
	}
	// What is counted was counted at the time of the import, not of the comment.
	c.Likes, _ = t.measure("likes", "comment_likes", m.o.At)
	if c.Platform != "" && len(r.platforms[c.Platform]) == 0 {
		t.fault("platform", "dossiercsv.account_unknown", "the creator has no account on this platform")
	}
	alone := only(creator.Ref{Platform: c.Platform, Handle: "none"})
	alone.Comments = []creator.Comment{c}
	if !t.valid(&alone) {
		return
	}
	key := postKey{c.Platform, c.ID}
	if r.comments[key] {
		t.fault("id", "dossiercsv.twice", "another row has this comment")
		return
	}
	r.comments[key] = true
	r.dossier.Comments = append(r.dossier.Comments, c)
}
