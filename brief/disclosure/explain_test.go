package disclosure_test

import (
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	gate := standIn("BE", "BE")
	gate.Gate = &d.GateDuty{Effect: d.Conditions, Conditions: "adults only"}
	tests := map[string]struct {
		edit edit
		want string
	}{
		"nothing to know": {func(p *d.Post) { p.Checks = map[string]d.Known{"BE.gate": d.Yes} },
			"No known issue under the rules asked. This is not legal advice.\nNo known issue under 1 of 1 duties.\n"},
		"a fact is missing": {nil,
			"This cannot be determined.\n- BE.gate, cannot determine: it is advertising, and says so.\n  Not known: checks[BE.gate].\n  Source: stand-in for tests (secondary).\n"},
		"no market":     {func(p *d.Post) { p.Markets = nil }, "This cannot be determined. Not known: markets.\n"},
		"an odd market": {func(p *d.Post) { p.Markets = []byline.Market{"MN", "LA"} }, "This cannot be determined. There is no rule here for LA, MN.\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("BE", "de", "neu")
			if tt.edit != nil {
				tt.edit(&p)
			}
			if got := d.Evaluate(p, []d.Rule{gate}).Explain(); got != tt.want {
				t.Errorf("it says:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// No word of the package promises that a post is lawful.
func TestExplainPromisesNothing(t *testing.T) {
	t.Parallel()
	for _, v := range vectors() {
		rules := rulesFor(t, v.market)
		text := strings.ToLower(d.Evaluate(v.post(rules), rules).Explain())
		for _, word := range []string{"compliant", "is lawful", "is legal", "\ufffd", "%!"} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q:\n%s", v.name, word, text)
			}
		}
	}
}

func TestFolds(t *testing.T) {
	t.Parallel()
	for _, fold := range d.Folds() {
		if !fold.Platform.Known() || fold.Characters < 0 || fold.Source == "" || fold.ReadAt.IsZero() || fold.Confidence == "" {
			t.Errorf("%+v", fold)
		}
		if fold.Confidence != byline.Recalled && fold.Source == "not confirmed" {
			t.Errorf("%s is not confirmed and not recalled", fold.Platform)
		}
	}
}

func TestAreas(t *testing.T) {
	t.Parallel()
	markets := d.EU.Markets()
	if len(markets) != 27 || d.Area("EEA").Markets() != nil {
		t.Errorf("there are %d", len(markets))
	}
	for _, m := range markets {
		if !m.Known() {
			t.Errorf("%s is no market", m)
		}
	}
}
