package trust

import "time"

// The first days of a code say what a busy day is, and those after them how many there
// are of that kind. Counting days and not hours between uses makes no assumption about
// how uses crowd within a day; a burst after a post is a day or two, and does not pass
// for a rise.
const (
	busyDays     = 14 // whose busiest is the measure
	learningDays = 14 // that follow
	// longestGap is how many days without a use are counted one by one; of a longer
	// silence no more is learnt, and hostile times cost nothing.
	longestGap = 366
)

// days counts the uses of a code by day in UTC. A day is judged when a later one begins.
type days struct {
	day   int64 // since 1970
	uses  int64 // on it so far
	seen  int64 // days that ended
	most  int64 // on one of the first busyDays
	start mark  // of the day
}

// turn ends all days before that of the use which comes next, in front of which the code
// stands at next, and hands each to judge.
func (d *days) turn(next mark, judge func(busy bool, before mark)) {
	const seconds = 24 * 60 * 60
	day := floorDiv(next.at.Unix(), seconds)
	if d.uses == 0 {
		d.day = day
		d.start.set(&next)
	}
	if day == d.day {
		d.uses++
		return
	}
	d.end(judge)
	for quiet := d.day + 1; quiet < min(day, d.day+1+longestGap); quiet++ {
		next.at = time.Unix(quiet*seconds, 0).UTC()
		d.uses = 0
		d.start.set(&next)
		d.end(judge)
	}
	next.at = time.Unix(day*seconds, 0).UTC()
	d.day, d.uses = day, 1
	d.start.set(&next)
}

func (d *days) end(judge func(busy bool, before mark)) {
	d.seen++
	if d.seen <= busyDays {
		d.most = max(d.most, d.uses)
		return
	}
	judge(d.uses > d.most, d.start)
}

func floorDiv(a, b int64) int64 {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}
