package disclosure_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	d "github.com/bylinehq/byline/brief/disclosure"
)

// A book answers as the rules do, to many at once, and lets the caller keep the list.
func TestBook(t *testing.T) {
	t.Parallel()
	rules := d.Rules()
	own := append([]d.Rule(nil), rules...)
	book := d.NewBook(own)
	clear(own)
	rng := rand.New(rand.NewPCG(11, 12))
	var asked sync.WaitGroup
	for range 60 {
		p := randomPost(rng)
		asked.Go(func() {
			if diff := cmp.Diff(d.Evaluate(p, rules), book.Evaluate(p)); diff != "" {
				t.Errorf("assessment (-rules +book):\n%s", diff)
			}
		})
	}
	asked.Go(func() {
		p := known("FI", "fi", "")
		if diff := cmp.Diff(d.Suggest(p, rules), book.Suggest(p)); diff != "" {
			t.Errorf("suggestions (-rules +book):\n%s", diff)
		}
	})
	asked.Wait()
}
