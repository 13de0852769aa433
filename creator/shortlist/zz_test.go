package shortlist

import ("testing";"math";"math/rand/v2";"fmt";"time";"github.com/bylinehq/byline")

func testZZ(t *testing.T) {
	for _, noise := range []float64{0.1} {
	r := rand.New(rand.NewPCG(1, 10000))
	tiers, markets := []string{"nano", "micro", "mid", "macro"}, []byline.Market{"DE", "FR", "GB", "IT", "ES"}
	platforms := []byline.Platform{byline.YouTube, byline.TikTok, byline.Instagram}
	var list []Candidate
	for i := range 10000 {
		size := r.NormFloat64()
		value := math.Exp(2.5 + size + noise*r.NormFloat64())
		c := Candidate{Key: Key{CreatorID: byline.CreatorID(fmt.Sprintf("creator %05d", i))}, Price: byline.Minor(int64(math.Exp(10.5+0.8*size+noise*r.NormFloat64())), "EUR")}
		c.Outcome.Value = byline.Known(value, "", time.Time{})
		c.Platform = platforms[r.IntN(3)]
		c.Tier = tiers[min(3, max(0, int(size+2)))]
		c.Markets = []byline.Market{markets[r.IntN(5)]}
		list = append(list, c)
	}
	req := Request{
		Budget: byline.Minor(50 * 30_000,"EUR"), Min: 30, Max: 50, OnePerCreator: true,
		Quotas: []Quota{
			{Dimension: Tier, Key: "nano", Min: 8}, {Dimension: Tier, Key: "macro", Max: 5},
			{Dimension: "platform", Key: "tiktok", Min: 10, Max: 25}, {Dimension: Market, Key: "DE", Min: 10, Cap: byline.Minor(500_000,"EUR")},
			{Dimension: Market, Key: "FR", Max: 12},
		},
	}
	s := screen(list, req, Options{})
	p := newProblem(list, s.eligible, req)
	var vals []float64
	for _, it := range p.items { vals = append(vals, it.value) }
	sc, _ := normal(vals)
	for _, steps := range []int{100,300,1000,1000} {
		t0 := time.Now()
		d := p.relax(sc, nil)
		prices := make([]float64, len(d.lo))
		b := d.minimise(prices, steps, nil)
		g := p.greedy(sc, d.reduced)
		fmt.Println(noise, steps, b, prices, total(sc, g.sorted()), len(g.picks), time.Since(t0))
		if steps==1000 { cnt:=0; pos:=[]string{}; for _, n := range d.chosen { if n>=0 {cnt++; pos=append(pos, fmt.Sprintf("%.4f/%d/%.3f", d.reduced[n], p.items[n].price, sc[n]))} }; fmt.Println(cnt, d.used, d.lo, d.hi, pos); fmt.Println(g.used, p.rows)
		x:=[]string{}; for _,n := range g.sorted() { x=append(x, fmt.Sprintf("%.4f/%d/%.3f", d.reduced[n], p.items[n].price, sc[n]))}; fmt.Println(x)}
		if steps <=1000 {
		b = d.polish(prices, 3)
		fmt.Println("polished", b, prices, time.Since(t0))
		}
	}
	}
}
