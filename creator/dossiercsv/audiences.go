package dossiercsv

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// snapshotKey tells snapshots apart.
type snapshotKey struct {
	account creator.Ref
	kind    creator.AudienceKind
	source  string
	at      time.Time
}

// snapshot gathers the buckets of an audience.
type snapshot struct {
	base, coverage byline.Measure
	hasBase        bool
	hasCoverage    bool
	buckets        map[creator.Dimension][]bucketRow
	seen           map[bucketKey]bool
}

type bucketRow struct {
	bucket creator.Bucket
	line   int
}

type bucketKey struct {
	dimension creator.Dimension
	key       string
}

// bucket reads a row of the audiences.
func (m *importer) bucket(t *table) {
	r := m.of(t)
	if r == nil {
		return
	}
	key := snapshotKey{r.ref(t), creator.AudienceKind(cmp.Or(t.word("kind"), string(creator.Followers))), t.text("source"), t.at().UTC()}
	of := bucketKey{creator.Dimension(t.word("dimension")), t.text("bucket")}
	if strings.EqualFold(of.key, creator.UnknownBucket) {
		of.key = creator.UnknownBucket
	}
	base, hasBase := t.measure("base", string(key.kind), key.at)
	if !hasBase { // the time of the snapshot stands there
		base = byline.Missing(byline.NotCollected, m.o.Definition+"."+string(key.kind), key.at)
	}
	coverage, hasCoverage := t.share("coverage", string(key.kind)+".coverage", key.at)
	share, _ := t.share("share", string(key.kind)+".share", key.at)
	alone := only(key.account)
	alone.Audiences = []creator.Audience{{
		Account: key.account, Kind: key.kind, Base: base, Coverage: coverage, Source: key.source,
		Breakdowns: []creator.Breakdown{{Dimension: of.dimension, Buckets: []creator.Bucket{{Key: of.key, Share: share}}}},
	}}
	if !t.valid(&alone) {
		return
	}
	s := r.snapshots[key]
	if s == nil {
		s = &snapshot{base: base, coverage: coverage, buckets: map[creator.Dimension][]bucketRow{}, seen: map[bucketKey]bool{}}
	}
	folded := bucketKey{of.dimension, creator.Ref{Handle: of.key}.Key().Handle} // texts that differ in case are one
	if s.seen[folded] {
		t.fault("bucket", "dossiercsv.twice", "another row has this bucket")
	}
	if hasBase && s.hasBase && !base.Equal(s.base) {
		t.fault("base", "dossiercsv.contradicts", "another row of this snapshot says otherwise")
	}
	if hasCoverage && s.hasCoverage && !coverage.Equal(s.coverage) {
		t.fault("coverage", "dossiercsv.contradicts", "another row of this snapshot says otherwise")
	}
	if t.bad {
		return
	}
	if hasBase {
		s.base, s.hasBase = base, true
	}
	if hasCoverage {
		s.coverage, s.hasCoverage = coverage, true
	}
	s.seen[folded] = true
	s.buckets[of.dimension] = append(s.buckets[of.dimension], bucketRow{alone.Audiences[0].Breakdowns[0].Buckets[0], t.line})
	r.snapshots[key] = s
}

// settleAudiences makes audiences of the snapshots.
func (m *importer) settleAudiences(r *record) {
	keys := slices.SortedFunc(maps.Keys(r.snapshots), func(a, b snapshotKey) int {
		return cmp.Or(compareRefs(a.account, b.account), cmp.Compare(a.kind, b.kind), a.at.Compare(b.at), cmp.Compare(a.source, b.source))
	})
	for _, key := range keys {
		s := r.snapshots[key]
		audience := creator.Audience{Account: key.account, Kind: key.kind, Base: s.base, Coverage: s.coverage, Source: key.source}
		for _, dimension := range slices.Sorted(maps.Keys(s.buckets)) {
			rows := s.buckets[dimension]
			slices.SortFunc(rows, func(a, b bucketRow) int { return cmp.Compare(a.bucket.Key, b.bucket.Key) })
			if dimension == creator.Age {
				rows = m.apart(rows)
			}
			breakdown := creator.Breakdown{Dimension: dimension}
			for _, row := range rows {
				breakdown.Buckets = append(breakdown.Buckets, row.bucket)
			}
			audience.Breakdowns = append(audience.Breakdowns, breakdown)
		}
		r.dossier.Audiences = append(r.dossier.Audiences, audience)
	}
}

// apart leaves out ages that are in another bucket too, by the code of creator,
// "audience.age_overlap".
func (m *importer) apart(rows []bucketRow) []bucketRow {
	from := func(row bucketRow) (int, int) {
		low, high, ok := creator.ParseAge(row.bucket.Key)
		if !ok {
			return -1, -1 // the unknown, who overlap with nobody
		}
		if high == 0 {
			high = low + 1000
		}
		return low, high
	}
	slices.SortFunc(rows, func(a, b bucketRow) int {
		lowA, highA := from(a)
		lowB, highB := from(b)
		return cmp.Or(cmp.Compare(lowA, lowB), cmp.Compare(highA, highB))
	})
	kept := rows[:0]
	last := -1
	for _, row := range rows {
		low, high := from(row)
		if low >= 0 && low <= last {
			m.faults = append(m.faults, Fault{
				File: Audiences, Line: row.line, Column: "bucket", Code: "audience.age_overlap",
				Message: "some of these ages are in another bucket of the snapshot too",
			})
			continue
		}
		kept, last = append(kept, row), max(last, high)
	}
	return kept
}
