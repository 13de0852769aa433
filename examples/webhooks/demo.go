package main

import (
	"bytes"
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/bylinehq/byline/contracts"
)

//go:embed testdata/order.json
var preparedOrderBody []byte

//go:embed testdata/refund.json
var preparedRefundBody []byte

// playDemo sends the story through the server's own door and tells what came of it.
func playDemo(ctx context.Context, s *server, story *story, dir string, stdout io.Writer) error {
	p := &printer{out: stdout}
	p.printf("\nDemo: %s, %s. Every person, shop and order is made up.\n", demoBrand, demoShop)
	out := newSender(s.url, demoShop)
	first := slices.Concat(story.postings(), accidents(story))
	if err := sendAll(ctx, s, out, first); err != nil {
		return err
	}
	if err := payOut(ctx, s, story.base); err != nil {
		return err
	}
	late := story.latePostings()
	if err := sendAll(ctx, s, out, late); err != nil {
		return err
	}
	if err := playEpilogue(ctx, s, story, out); err != nil {
		return err
	}
	p.printf("%s sent, mixed up and some of them twice.\n", plural(out.sent, "webhook", "webhooks"))
	files, err := writePrepared(dir)
	if err != nil {
		return err
	}
	if err := s.tell(ctx, story, p); err != nil {
		return err
	}
	s.tellNext(files, p)
	return p.err
}

func sendAll(ctx context.Context, s *server, out *sender, list []posting) error {
	for _, p := range list {
		if err := out.send(ctx, p); err != nil {
			return err
		}
	}
	return s.settled(ctx)
}

// accidents are what an endpoint on the open internet gets to see besides orders.
func accidents(s *story) []posting {
	at := s.at(storyDays-1, 300)
	sample := s.episodes[len(s.episodes)-1].postings()[0]
	broken := posting{source: source, topic: "orders/create", id: "demo-broken", at: at, body: []byte(`{"id": 7000000000999, "line_items": [`), secret: demoSecret, want: http.StatusOK}
	forged := sample
	forged.id, forged.secret, forged.want = "demo-forged", "not-the-secret", http.StatusUnauthorized
	unknown := newPosting("products/update", "demo-unknown-topic", at, map[string]int{"id": 1})
	// The id of an earlier delivery with another body: kept apart for a person.
	twisted := sample
	twisted.body = bytes.Replace(slices.Clone(sample.body), []byte("Demoville"), []byte("Elsewhere"), 1)
	return []posting{broken, forged, unknown, twisted}
}

// payOut pays one creator all that may be paid out, so that a later refund has something to
// carry forward. On a second run into the same database there is nothing to pay.
func payOut(ctx context.Context, s *server, base time.Time) error {
	if err := s.accrue(ctx); err != nil {
		return err
	}
	balances, err := s.ledger.CreatorBalances(ctx, paidOut)
	if err != nil || len(balances) == 0 || balances[0].Payable.Sign() <= 0 {
		return err
	}
	payment := contracts.Payment{Reference: "demo-" + base.Format(time.DateOnly), Creator: paidOut, Amount: balances[0].Payable}
	return s.ledger.InTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := contracts.PostPayment(ctx, tx, s.ledger, payment, s.now())
		return err
	})
}

// prepared are the bodies that people post by hand.
type prepared struct {
	order, refund string
}

// writePrepared names the repository's own files when the demo runs at its top, and
// else writes copies of them.
func writePrepared(dir string) (prepared, error) {
	if _, err := os.Stat(exampleOrder); err == nil {
		return prepared{order: exampleOrder, refund: exampleRefund}, nil
	}
	p := prepared{order: filepath.Join(dir, "order.json"), refund: filepath.Join(dir, "refund.json")}
	if err := os.WriteFile(p.order, preparedOrderBody, 0o600); err != nil {
		return p, err
	}
	return p, os.WriteFile(p.refund, preparedRefundBody, 0o600)
}

// preparedOrderID is the id in testdata/order.json.
const preparedOrderID = 7_700_000_009_001

// preparedSale is what testdata holds: an order with a code and a click of Ada, and
// the refund of two of its five pieces.
func preparedSale() (sale, giveBack) {
	products := demoProducts()
	placed := time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)
	s := sale{
		id: preparedOrderID, number: 9001, placed: placed, updated: placed.Add(20 * time.Second), status: "paid", customer: 9001,
		lines: []soldLine{{products[2], 1}, {products[1], 4}}, codes: []usedCode{{"ADA15", 15, false}}, link: "ada",
	}
	return s, giveBack{id: 7_700_000_009_901, at: placed.Add(3 * day), units: map[int]int64{1: 2}, note: "demo: two bowls too many"}
}

// preparedBodies writes the two files of testdata.
func preparedBodies() (order, refund []byte, err error) {
	s, back := preparedSale()
	if order, err = json.MarshalIndent(s.orderBody(), "", "  "); err != nil {
		return nil, nil, err
	}
	refund, err = json.MarshalIndent(s.refunded(back).refundBody(back), "", "  ")
	return append(order, '\n'), append(refund, '\n'), err
}
