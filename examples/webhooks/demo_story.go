package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// episode is one order with all that happens to it.
type episode struct {
	title   string // why it is worth telling; most are not
	sale    sale   // as ordered and not yet paid
	paid    bool
	refunds []giveBack
	late    []giveBack // made after the creator was paid out
	early   bool       // its refund arrives before the order does
	dispute []string   // the states that a dispute of its payment goes through
}

// story is the demo's two months, the same on every run but for the date it starts at.
type story struct {
	base     time.Time
	people   []demoPerson
	dice     *rand.Rand
	episodes []episode
	epilogue []tale
}

const ordinaryOrders = 144

func demoProducts() []product {
	return []product{
		{1, "Demo oak serving board", "DEMO-OAK-01", 49_00}, {2, "Demo stoneware bowl", "DEMO-BOWL-02", 24_50},
		{3, "Demo linen tablecloth", "DEMO-LINEN-03", 79_00}, {4, "Demo ash spoon, set of 3", "DEMO-SPOON-04", 18_90},
		{5, "Demo wool throw", "DEMO-WOOL-05", 119_00}, {6, "Demo candle holder", "DEMO-CANDLE-06", 32_00},
	}
}

// newStory tells the story whose first day is base.
func newStory(base time.Time) *story {
	s := &story{base: base, people: demoPeople(base), dice: rand.New(rand.NewPCG(2026, 11))}
	s.tellSpecial()
	for range ordinaryOrders {
		s.tellOrdinary()
	}
	s.tellDoubtful()
	slices.SortStableFunc(s.episodes, func(a, b episode) int { return a.sale.placed.Compare(b.sale.placed) })
	for i := range s.episodes {
		s.episodes[i].number(i, base)
	}
	return s
}

// number gives ids by date, so that two runs on different days into one database do
// not speak of the same orders.
func (e *episode) number(i int, base time.Time) {
	e.sale.number = 1001 + i
	e.sale.id = 7_000_000_000_000 + base.Unix()/int64(day.Seconds())*1_000 + int64(i)
	for n := range e.refunds {
		e.refunds[n].id = e.sale.id*100 + int64(n)
	}
	for n := range e.late {
		e.late[n].id = e.sale.id*100 + 50 + int64(n)
	}
}

// at is an instant of the story.
func (s *story) at(dayOfStory, minute int) time.Time {
	return s.base.Add(time.Duration(dayOfStory)*day + time.Duration(minute)*time.Minute)
}

func (s *story) order(placed time.Time) sale {
	products := demoProducts()
	o := sale{placed: placed, updated: placed, status: "pending", customer: 1 + s.dice.IntN(400), shipping: 4_90}
	for _, i := range s.dice.Perm(len(products))[:1+s.dice.IntN(3)] {
		o.lines = append(o.lines, soldLine{product: products[i], quantity: 1 + s.dice.Int64N(2)})
	}
	if o.grossTotal() >= 100_00 {
		o.shipping = 0
	}
	return o
}

// tellOrdinary adds an order as they come: most with a code, some through a link, a few
// out of nowhere.
func (s *story) tellOrdinary() {
	placed := s.at(1+s.dice.IntN(storyDays-3), 7*60+s.dice.IntN(15*60))
	e := episode{sale: s.order(placed), paid: true}
	who := s.someone(placed)
	switch way := s.dice.IntN(100); {
	case way < 56:
		e.sale.codes = []usedCode{{code: who.code, percent: who.percent}}
	case way < 74:
		e.sale.codes = []usedCode{{code: who.code, percent: who.percent}}
		e.sale.link, e.sale.inCart = who.link, way%2 == 0
	case way < 90:
		e.sale.link, e.sale.inCart = who.link, way%3 == 0
	}
	back := s.dice.IntN(100)
	if when := placed.Add(time.Duration(2+s.dice.IntN(9)) * day); back < 10 && when.Before(s.at(storyDays-1, 0)) {
		e.refunds = []giveBack{{at: when, units: map[int]int64{0: 1}, note: "demo: one did not fit the table"}}
		if back < 2 {
			e.refunds = []giveBack{e.sale.everything(0, when, "demo: changed their mind")}
		}
	}
	s.episodes = append(s.episodes, e)
}

// someone picks a person whose code is theirs on the day.
func (s *story) someone(placed time.Time) demoPerson {
	handedOver := !placed.Before(s.at(codePassesOn, 0))
	ended := !placed.Before(s.at(codeExpires, 0))
	for {
		p := s.pick()
		if p.id == "demo-dag" && handedOver || p.id == "demo-edda" && !handedOver || p.id == "demo-hugo" && ended {
			continue
		}
		return p
	}
}

func (s *story) pick() demoPerson {
	total := 0
	for _, p := range s.people {
		total += p.weight
	}
	n := s.dice.IntN(total)
	for _, p := range s.people {
		if n -= p.weight; n < 0 {
			return p
		}
	}
	return s.people[0]
}

// add tells an order of a certain day that is changed before it is told.
func (s *story) add(title string, dayOfStory int, change func(*episode)) {
	e := episode{title: title, sale: s.order(s.at(dayOfStory, 11*60+17)), paid: true}
	change(&e)
	s.episodes = append(s.episodes, e)
}

// tellSpecial adds one order for each thing that goes wrong in real life.
func (s *story) tellSpecial() {
	code := func(codes ...usedCode) func(*episode) {
		return func(e *episode) { e.sale.codes = codes }
	}
	two := []soldLine{{demoProducts()[2], 1}, {demoProducts()[1], 4}}
	s.add("A code, and a click that agrees", 9, func(e *episode) { e.sale.codes, e.sale.link = []usedCode{{"ada15", 15, false}}, "ada" })
	s.add("A click and no code", 14, func(e *episode) { e.sale.link = "hugo" })
	s.add("A code that later passed on", 20, code(usedCode{"HEARTH10", 10, false}))
	s.add("The same code after the hand-over", 41, code(usedCode{"HEARTH10", 10, false}))
	s.add("Under version 1 of an agreement", 12, code(usedCode{"CHLOE15", 15, false}))
	s.add("Under version 2, at another rate", 45, code(usedCode{"CHLOE15", 15, false}))
	s.add("Two creators’ codes on one order", 33, code(usedCode{"ADA15", 15, false}, usedCode{"BRUNO10", 10, false}))
	s.add("Part of it came back", 25, func(e *episode) {
		e.sale.lines, e.sale.codes = two, []usedCode{{"BRUNO10", 10, false}}
		e.refunds = []giveBack{{at: s.at(31, 600), units: map[int]int64{1: 2}, note: "demo: two bowls too many"}}
	})
	s.add("The refund arrived before the order", 38, func(e *episode) {
		e.sale.lines, e.sale.codes, e.early = two, []usedCode{{"INES12", 12, false}}, true
		e.refunds = []giveBack{{at: s.at(38, 900), units: map[int]int64{0: 1}, note: "demo: wrong colour"}}
	})
	s.add("All of it came back", 17, func(e *episode) {
		e.sale.codes = []usedCode{{"FARID10", 10, false}}
		e.refunds = []giveBack{e.sale.everything(0, s.at(24, 640), "demo: sent back")}
	})
	s.add("Cancelled", 28, func(e *episode) { e.sale.codes, e.sale.cancelled = []usedCode{{"ADA15", 15, false}}, s.at(28, 900) })
	s.add("A code that had ended", 50, code(usedCode{"HUGO10", 10, false}))
	s.add("", 22, code(usedCode{"SAVE99", 10, false}))
	s.add("A discount typed by hand under a creator’s code", 36, code(usedCode{"GRETA20", 20, true}))
	s.add("", 5, func(e *episode) { e.sale.test, e.sale.codes = true, []usedCode{{"ADA15", 15, false}} })
	s.add("Not paid yet", 58, func(e *episode) { e.paid, e.sale.codes = false, []usedCode{{"JONAS5", 5, false}} })
	s.add("Came back after the creator was paid", 48, func(e *episode) {
		e.sale.codes = []usedCode{{"GRETA20", 20, false}}
		e.late = []giveBack{e.sale.everything(0, s.at(59, 500), "demo: sent back late")}
	})
}

// tellDoubtful adds orders whose money waits for somebody.
func (s *story) tellDoubtful() {
	s.add("Disputed, and the shop won", 34, func(e *episode) {
		e.sale.codes, e.dispute = []usedCode{{"FARID10", 10, false}}, []string{"needs_response", "won"}
	})
	s.add("Disputed, and not ruled on yet", 54, func(e *episode) {
		e.sale.codes, e.dispute = []usedCode{{"CHLOE15", 15, false}}, []string{"needs_response"}
	})
	s.add("A creator buys with their own code", 46, func(e *episode) {
		e.sale.codes, e.sale.email = []usedCode{{"INES12", 12, false}}, "ines@creators.example.com"
	})
}

// postings are the first chapter's webhooks in the order in which they are sent: mixed
// up a little, and some of them twice, as shops do.
func (s *story) postings() []posting {
	var all, first []posting
	for _, e := range s.episodes {
		told := e.postings()
		if e.early {
			first = append(first, told[len(told)-1])
			told = told[:len(told)-1]
		}
		all = append(all, told...)
	}
	slices.SortStableFunc(all, func(a, b posting) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	const stretch, everyNth = 9, 17
	for start := 0; start < len(all); start += stretch {
		part := all[start:min(start+stretch, len(all))]
		s.dice.Shuffle(len(part), func(i, j int) { part[i], part[j] = part[j], part[i] })
	}
	for i := everyNth; i < len(all); i += everyNth {
		all = slices.Insert(all, i, all[i-1])
	}
	return append(first, all...)
}

// postings of one order: it is created unpaid, paid, perhaps updated without news, and
// each refund comes alone and again inside the order. A refund that is to arrive early
// is the last of the list.
func (e episode) postings() []posting {
	if !e.sale.cancelled.IsZero() {
		return e.cancelled()
	}
	list := []posting{e.post("orders/create", e.sale, 0)}
	now := e.sale
	if e.paid {
		now = now.as("paid", e.sale.placed.Add(20*time.Second))
		list = append(list, e.post("orders/paid", now, 1), e.post("orders/updated", now, 2))
	}
	for n, r := range e.refunds {
		now = now.refunded(r)
		list = append(list, e.post("orders/updated", now, 10+n), e.postRefund(now, r))
	}
	for n, status := range e.dispute {
		list = append(list, e.postDispute(status, n))
	}
	return list
}

func (e episode) cancelled() []posting {
	created := e.sale
	created.cancelled = time.Time{}
	gone := e.sale.refunded(e.sale.everything(e.sale.id*100, e.sale.cancelled, "demo: cancelled"))
	return []posting{
		e.post("orders/create", created, 0),
		e.post("orders/paid", created.as("paid", e.sale.placed.Add(20*time.Second)), 1),
		e.post("orders/cancelled", gone, 2),
	}
}

// latePostings are the second chapter: what comes back after a payout.
func (s *story) latePostings() []posting {
	var list []posting
	for _, e := range s.episodes {
		now := e.sale.as("paid", e.sale.placed.Add(20*time.Second))
		for _, r := range e.late {
			now = now.refunded(r)
			list = append(list, e.postRefund(now, r), e.post("orders/updated", now, 20))
		}
	}
	return list
}

func (e episode) post(topic string, s sale, n int) posting {
	return newPosting(topic, fmt.Sprintf("demo-%d-%d", s.id, n), s.updated, s.orderBody())
}

func (e episode) postRefund(s sale, r giveBack) posting {
	return newPosting("refunds/create", fmt.Sprintf("demo-refund-%d", r.id), r.at, s.refundBody(r))
}

// postDispute tells of the nth state of a dispute, each five days after the one before.
func (e episode) postDispute(status string, n int) posting {
	opened := e.sale.placed.Add(3 * day)
	at := opened.Add(time.Duration(n) * 5 * day)
	body := bodyDispute{
		ID: e.sale.id*100 + 70, OrderID: e.sale.id, Type: "chargeback", Amount: amountText(e.sale.total()), Currency: string(byline.EUR),
		Reason: "product_not_received", Status: status, InitiatedAt: timeText(opened),
	}
	topic := "disputes/create"
	if n > 0 {
		ruled := timeText(at)
		topic, body.FinalizedOn = "disputes/update", &ruled
	}
	return newPosting(topic, fmt.Sprintf("demo-dispute-%d-%d", body.ID, n), at, body)
}

// told are the episodes worth telling, in the order of the story.
func (s *story) told() []episode {
	return slices.DeleteFunc(slices.Clone(s.episodes), func(e episode) bool { return e.title == "" })
}

// paidOut is who is paid between the two chapters.
const paidOut = byline.CreatorID("demo-greta")
