package attribution_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	attributiontest.TestStore(t, func(*testing.T) attributiontest.Store[attribution.NoTx] { return new(attribution.Memory) })
}
