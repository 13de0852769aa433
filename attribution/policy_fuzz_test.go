package attribution_test

import (
	"encoding/json"
	"hash/fnv"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// FuzzPolicy: whatever ParsePolicy reads decides random orders without a panic, gives
// away exactly the order, and comes back from JSON as the same policy. What it refuses
// has faults with codes.
func FuzzPolicy(f *testing.F) {
	full, err := json.Marshal(fullPolicy())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(full)
	for _, p := range attribution.Presets() {
		text, err := json.Marshal(p.Policy)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{`{}`, `null`, `{"rules":[]}`, `{"version":"x/1","rules":[{"evidence":["code"],"needs":"winning_click"}],"trust":[{"signal":"leak","mode":"withhold"}]}`,
		`{"version":"x/1","version":"y/1","rules":[{"evidence":["click","view"],"pick":"split_by_position","weights":{"first":1000000,"middle":0,"last":1}}]}`} {
		f.Add([]byte(text))
	}
	book := policyBook(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		policy, err := attribution.ParsePolicy(data)
		if err != nil {
			for _, fault := range byline.Nest("", err) {
				if fault.Code == "" || fault.Code == "invalid" || fault.Message == "" {
					t.Errorf("a fault that says too little: %+v", fault)
				}
			}
			return
		}
		again := throughJSON(t, policy)
		one, other := deciderOf(t, book, policy), deciderOf(t, book, again)
		for _, f := range policy.Lint() {
			if f.Code == "" || f.Message == "" {
				t.Errorf("a finding that says too little: %+v", f)
			}
		}
		seed := fnv.New64a()
		seed.Write(data)
		rng := rand.New(rand.NewPCG(seed.Sum64(), 1))
		for range 20 {
			o, h := crowdedOrder(rng)
			want := one.Decide(o, h)
			conserves(t, want)
			if diff := cmp.Diff(want, other.Decide(o, h)); diff != "" {
				t.Fatalf("another decision after a round trip through JSON:\n%s", diff)
			}
		}
	})
}

func throughJSON(t *testing.T, p attribution.Policy) attribution.Policy {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := attribution.ParsePolicy(text)
	if err != nil {
		t.Fatalf("what was read can't be read again: %v", err)
	}
	return again
}

func deciderOf(t *testing.T, book *attribution.Book, p attribution.Policy) *attribution.Decider {
	t.Helper()
	d, err := attribution.NewDecider(book, p)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
