package contracts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/bylinehq/byline"
)

// resultRatio is what RankBy divides, with the names of both.
type resultRatio struct {
	of, by         byline.Measure
	ofName, byName string
}

// rankResults ranks results, which are in order of their assets.
func rankResults(results []AssetResult, reuse Reuse) ReuseList {
	list := ReuseList{Reuse: reuse}
	definitions := map[[2]string]bool{}
	for _, result := range results {
		id := result.Asset.ID
		if reuse.By.ofSales() && result.NetSales.Currency() != reuse.Currency && result.NetSales != (byline.Money{}) {
			list.refuse(id, "repurpose.currency", fmt.Sprintf("its net sales are in %s, not in %s", result.NetSales.Currency(), reuse.Currency))
			continue
		}
		q := reuse.By.ratio(result)
		if code, message := q.refusal(reuse.Sample); code != "" {
			list.refuse(id, code, message)
			continue
		}
		of, _ := q.of.Value()
		by, _ := q.by.Value()
		definitions[[2]string{q.of.Definition(), q.by.Definition()}] = true
		list.Ranked = append(list.Ranked, ReuseCandidate{Asset: id, Score: of / by, Why: q.words(of, by, result, reuse.By)})
	}
	slices.SortStableFunc(list.Ranked, func(a, b ReuseCandidate) int { return cmp.Compare(b.Score, a.Score) })
	for i := range list.Ranked {
		list.Ranked[i].Rank = i + 1
		if i > 0 && list.Ranked[i].Score == list.Ranked[i-1].Score {
			list.Ranked[i].Rank = list.Ranked[i-1].Rank
		}
	}
	if len(definitions) > 1 {
		list.Findings = append(list.Findings, mixedDefinitions(reuse.By))
	}
	return list
}

func (l *ReuseList) refuse(asset AssetID, code, message string) {
	l.Refused = append(l.Refused, ReuseRefusal{Asset: asset, Code: code, Message: message})
}

func mixedDefinitions(by RankBy) byline.Finding {
	return byline.Finding{
		Code: "repurpose.definitions", Severity: byline.Warning, Path: "results",
		Message: "the numbers behind " + rightsWord(by) + " are not all counted in the same way", Fix: "compare assets of one platform, or numbers of one definition",
	}
}

func (b RankBy) ofSales() bool { return b == BySalesPerView || b == BySalesPerClick }

// ratio is a result in the terms of a ranking.
func (b RankBy) ratio(a AssetResult) resultRatio {
	sales := byline.Missing(byline.NotCollected, "net_sales", a.Asset.PostedAt)
	if a.NetSales != (byline.Money{}) {
		sales = byline.Known(float64(a.NetSales.Minor()), "net_sales", a.Asset.PostedAt)
	}
	switch b {
	case ByClickRate:
		return resultRatio{a.Clicks, a.Views, "clicks", "views"}
	case ByOrderRate:
		return resultRatio{a.Orders, a.Clicks, "orders", "clicks"}
	case BySalesPerView:
		return resultRatio{sales, a.Views, "net sales", "views"}
	}
	return resultRatio{sales, a.Clicks, "net sales", "clicks"}
}

// refusal is why a ratio tells nothing, or nothing. Net sales may be negative: more came
// back than was sold.
func (q resultRatio) refusal(sample int64) (code, message string) {
	of, knownOf := q.of.Value()
	by, knownBy := q.by.Value()
	switch {
	case !knownOf:
		return "repurpose.missing", fmt.Sprintf("its %s are not known: %s", q.ofName, rightsWord(q.of.Missing()))
	case !knownBy:
		return "repurpose.missing", fmt.Sprintf("its %s are not known: %s", q.byName, rightsWord(q.by.Missing()))
	case by < 0, of < 0 && q.ofName != "net sales":
		return "repurpose.impossible", fmt.Sprintf("%s of %s cannot be", plainNumber(of)+" "+q.ofName, plainNumber(by)+" "+q.byName)
	case by < float64(sample):
		return "repurpose.sample", fmt.Sprintf("%s %s are too few to tell: at least %d are asked for", plainNumber(by), q.byName, sample)
	}
	return "", ""
}

func (q resultRatio) words(of, by float64, a AssetResult, rank RankBy) string {
	if rank.ofSales() {
		return fmt.Sprintf("%s of net sales from %s %s", a.NetSales, plainNumber(by), q.byName)
	}
	const perMille = 1000
	return fmt.Sprintf("%s %s from %s %s, %s in 1000", plainNumber(of), q.ofName, plainNumber(by), q.byName, plainNumber(math.Round(of/by*perMille*10)/10))
}

func plainNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
