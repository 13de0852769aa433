package attribution_test

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/bylinehq/byline/attribution"
)

// shopAPI lists a shop's orders by their time of change.
type shopAPI struct{ orders []attribution.Order }

func (s shopAPI) Changed(_ context.Context, since time.Time) iter.Seq2[attribution.Event, error] {
	return func(yield func(attribution.Event, error) bool) {
		for _, o := range s.orders {
			if o.UpdatedAt.Before(since) {
				continue
			}
			if !yield(attribution.OrderEvent(attribution.OrderChanged, o, o.UpdatedAt)) {
				return
			}
		}
	}
}

// A daily run makes up for webhooks that never came. How far it came is kept in the store.
func ExampleBackfill() {
	ctx := context.Background()
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	store := &attribution.Memory{}
	backfill := attribution.Backfill[attribution.NoTx]{
		Source: shopAPI{orders: []attribution.Order{
			{ID: "shop:1", Shop: "demo.example", UpdatedAt: noon.Add(-48 * time.Hour)}, {ID: "shop:2", Shop: "demo.example", UpdatedAt: noon.Add(-2 * time.Hour)},
		}},
		Store: store, Now: func() time.Time { return noon },
		Apply: func(_ context.Context, _ attribution.NoTx, e attribution.Event) error { // campaign.Settler.Apply, elsewhere
			fmt.Println("applied", e.Order.ID)
			return nil
		},
	}
	for range 2 {
		since, err := store.Cursor(ctx, "backfill of demo.example")
		if err != nil {
			fmt.Println(err)
			return
		}
		until, err := backfill.Run(ctx, since)
		if err != nil {
			fmt.Println(err) // what could be applied is; until is not past what could not
		}
		if err := store.PutCursor(ctx, "backfill of demo.example", until); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("known until", until.Format(time.DateTime))
	}
	// Output:
	// applied shop:1
	// applied shop:2
	// known until 2026-11-22 10:00:00
	// known until 2026-11-22 10:00:00
}
