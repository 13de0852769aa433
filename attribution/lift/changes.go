package lift

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline"
)

// leastClusters is where a standard error over clusters begins to mean anything, and
// goodClusters where it no longer comes out too small (Cameron and Miller, Journal of
// Human Resources 50, 2015, put "few" at fewer than 20 to 50).
const (
	leastClusters    = 6
	leastArmClusters = 2 // in each group
	goodClusters     = 40
)

// UnitHistory is one unit of a panel: what was measured in each period before the
// campaign, oldest first, and in each period of it. All units have the same periods, of
// one length and without a gap.
type UnitHistory struct {
	Unit    string    `json:"unit"`
	Treated bool      `json:"treated"`
	Cluster string    `json:"cluster,omitempty"` // what moves together: a city, a shop; "" for none
	Before  []float64 `json:"before"`
	After   []float64 `json:"after"`
}

func (u UnitHistory) change() float64 { return meanValue(u.After) - meanValue(u.Before) }

// CompareChanges is the difference in differences of units that were measured in both
// times. Each unit becomes one change, the mean after less the mean before, so that
// values of one unit that resemble each other from period to period cannot pass for
// independent ones (Bertrand, Duflo and Mullainathan, QJE 119, 2004). The standard error is
// Welch's over units or, where units name clusters, the cluster-robust one with the usual
// small-sample factor and one degree of freedom less than there are clusters in the group
// that has fewer. The usual count, of all clusters, finds effects that are not there where
// few clusters are treated (MacKinnon and Webb, Econometrics Journal 21, 2018).
// Nil options are the defaults; their TreatedShare is not looked at.
//
// Faults are "did.unit" for one that is empty or there twice, "did.periods" for units of
// different or no periods, "did.cluster" where only some units name one, "sample.finite",
// "lift.level" and "options.treated_share". Refusals are "lift.too_few_units",
// "did.too_few_clusters" (6 are the least, and 2 in each group) and "means.constant". Findings in WouldChange
// are "did.trends_differ", "did.trends_alike", "did.trends_unchecked", "did.few_clusters",
// "did.tipping" and "did.level".
func CompareChanges(units []UnitHistory, opts *Options) (Changes, error) {
	o, faults := opts.settled()
	if err := byline.Faults(append(faults, historyFaults(units)...)); err != nil {
		return Changes{}, err
	}
	g := grouped(units, UnitHistory.change)
	if err := o.enoughUnits(g.treated.N, g.control.N, 2); err != nil {
		return Changes{}, err
	}
	w, err := g.test(o)
	if err != nil {
		return Changes{}, err
	}
	d := Changes{
		TreatedChange: g.treated.Mean, ControlChange: g.control.Mean,
		TreatedUnits: g.treated.N, ControlUnits: g.control.N, Clusters: len(g.clusters),
		Trends: compareTrends(units, o),
	}
	d.conclude(w, o)
	if d.Clusters > 0 && min(d.Clusters, 2*g.fewer) < goodClusters {
		d.WouldChange = append(d.WouldChange, byline.Finding{
			Code: "did.few_clusters", Severity: byline.Warning, Path: "clusters",
			Message: fmt.Sprintf("The standard error stands on %d clusters, %d in the smaller group; with fewer than %d and %d it tends to come out too small",
				d.Clusters, g.fewer, goodClusters, goodClusters/2),
			Fix: "Spread the campaign over more clusters, or hold the result against a higher level",
		})
	}
	return d, nil
}

func historyFaults(units []UnitHistory) []*byline.FieldError {
	var faults []*byline.FieldError
	seen := make(map[string]bool, len(units))
	for i, u := range units {
		path := fmt.Sprintf("[%d]", i)
		if u.Unit == "" || seen[u.Unit] {
			faults = append(faults, fault(path+".unit", "did.unit", "every unit needs a name of its own"))
		}
		seen[u.Unit] = true
		if len(u.Before) == 0 || len(u.After) == 0 || len(u.Before) != len(units[0].Before) || len(u.After) != len(units[0].After) {
			faults = append(faults, fault(path, "did.periods", "every unit needs the same periods, one before and one after at least"))
		}
		if (u.Cluster == "") != (units[0].Cluster == "") {
			faults = append(faults, fault(path+".cluster", "did.cluster", "either all units name a cluster or none does"))
		}
		faults = append(faults, finiteFaults(u.Before, path+".before")...)
		faults = append(faults, finiteFaults(u.After, path+".after")...)
	}
	return faults
}

// groups are the values of units in two samples, and how far each cluster pulls their
// difference, where there are clusters.
type groups struct {
	treated, control Sample
	clusters         []float64
	fewer            int     // clusters in the group that has fewer; a cluster may be in both
	noise            float64 // what rounding alone makes of the values
}

func grouped(units []UnitHistory, value func(UnitHistory) float64) groups {
	var g groups
	var treated, control []float64
	for _, u := range units {
		g.noise = max(g.noise, rounding*largest(u.Before), rounding*largest(u.After))
		if u.Treated {
			treated = append(treated, value(u))
		} else {
			control = append(control, value(u))
		}
	}
	g.treated, g.control = sampleOf(treated).steady(g.noise), sampleOf(control).steady(g.noise)
	if len(units) > 0 && units[0].Cluster != "" {
		g.cluster(units, value)
	}
	return g
}

func (g *groups) cluster(units []UnitHistory, value func(UnitHistory) float64) {
	index, treated, control := map[string]int{}, map[string]bool{}, map[string]bool{}
	for _, u := range units {
		at, ok := index[u.Cluster]
		if !ok {
			at = len(g.clusters)
			index[u.Cluster], g.clusters = at, append(g.clusters, 0)
		}
		in, of, sign := control, g.control, -1.0
		if u.Treated {
			in, of, sign = treated, g.treated, 1
		}
		in[u.Cluster] = true
		if off := value(u) - of.Mean; math.Abs(off) > g.noise {
			g.clusters[at] += sign * off / float64(of.N)
		}
	}
	g.fewer = min(len(treated), len(control))
}

func (g groups) test(o Options) (welched, error) {
	if len(g.clusters) == 0 {
		return welch(g.treated, g.control, o)
	}
	count := float64(len(g.clusters))
	if count < leastClusters {
		return welched{}, refusal("did.too_few_clusters", "too few clusters for a standard error", count, leastClusters)
	}
	if g.fewer < leastArmClusters {
		return welched{}, refusal("did.too_few_clusters", "too few clusters in one of the groups: one says nothing of how clusters differ", float64(g.fewer), leastArmClusters)
	}
	n := float64(g.treated.N + g.control.N)
	var sum float64
	for _, pull := range g.clusters {
		sum += pull * pull
	}
	if sum == 0 {
		return welched{}, refusal("means.constant", "no change differs within either group, so nothing says how far chance moves a mean", 0, 0)
	}
	se := math.Sqrt(sum * count / (count - 1) * (n - 1) / (n - 2))
	return tested(g.treated.Mean-g.control.Mean, se, float64(g.fewer-1), o), nil
}
