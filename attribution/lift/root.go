package lift

// bisect returns where low..high is cut by above, which is true below the cut and false
// over it. It halves 128 times at most, and stops earlier where no number lies between.
func bisect(low, high float64, above func(float64) bool) float64 {
	for range 128 {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if above(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low + (high-low)/2
}
