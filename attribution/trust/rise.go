package trust

// sizes are the rises looked for: how far from the ceiling to 1.
const sizes = 3

// soon is the middle of when a rise is expected: half of all weight lies on the first
// uses, this many. Another number would only make the watch quicker here and slower there.
const soon = 100

// rise collects evidence that a share has risen above a ceiling at some moment. See the
// package documentation for what its strength means.
type rise struct {
	n     int64 // uses judged
	paths [sizes]path
}

// path is the evidence for a rise of one size.
type path struct {
	hit, miss float64 // likelihood ratio of one use
	// sum is, over every use at which the rise may have begun, the weight of that use
	// times the product of the ratios since. The weight of the n-th is s/((n+s-1)(n+s)),
	// so all weights add up to 1, and those still to come to s/(n+s), for s = soon.
	sum float64
	// cusum is the largest product of ratios that ends now, and start where it began.
	cusum float64
	start mark
}

func newRise(ceiling float64) rise {
	var r rise
	for i := range r.paths {
		size := float64(i+1) / (sizes + 1)
		r.paths[i].hit = (ceiling + float64((1-ceiling)*size)) / ceiling
		r.paths[i].miss = 1 - size
	}
	return r
}

// judge takes one more use; before is where the code stood in front of it.
func (r *rise) judge(hit bool, before *mark) {
	// A cap far above every threshold: beyond it evidence is "at least this much".
	const most = 1e120
	r.n++
	weight := soon / (float64(r.n+soon-1) * float64(r.n+soon))
	for i := range r.paths {
		p := &r.paths[i]
		ratio := p.miss
		if hit {
			ratio = p.hit
		}
		if p.cusum <= 1 {
			p.cusum = 1
			p.start.set(before)
		}
		p.cusum = min(float64(p.cusum*ratio), most)
		p.sum = min(float64((p.sum+weight)*ratio), most)
	}
}

// strength is the mean over the sizes, with the weight of the moments still to come.
func (r *rise) strength() float64 {
	total := 0.0
	for i := range r.paths {
		total += r.paths[i].sum
	}
	return total/sizes + soon/float64(r.n+soon)
}

// likeliest is where the rise of the best fitting size began.
func (r *rise) likeliest() *mark {
	best := 0
	for i := range r.paths {
		if r.paths[i].sum > r.paths[best].sum {
			best = i
		}
	}
	return &r.paths[best].start
}
