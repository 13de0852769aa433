package byline_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

const subscribers = "youtube.subscribers.rounded3"

func TestMeasureJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		in      byline.Measure
		text    string
		value   float64
		known   bool
		missing byline.MissingReason
	}{
		{
			"a value", byline.Known(12_300, subscribers, day(3)),
			`{"value":12300,"definition":"youtube.subscribers.rounded3","at":"2026-11-03T00:00:00Z"}`, 12_300, true, "",
		},
		{"a true zero", byline.Known(0, "x", day(3)), `{"value":0,"definition":"x","at":"2026-11-03T00:00:00Z"}`, 0, true, ""},
		{"less than nothing", byline.Known(-0.25, "", day(3)), `{"value":-0.25,"at":"2026-11-03T00:00:00Z"}`, -0.25, true, ""},
		{"the largest", byline.Known(math.MaxFloat64, "x", day(3)), `{"value":1.7976931348623157e+308,"definition":"x","at":"2026-11-03T00:00:00Z"}`, math.MaxFloat64, true, ""},
		{
			"a reason", byline.Missing(byline.Hidden, subscribers, day(3)),
			`{"missing":"hidden","definition":"youtube.subscribers.rounded3","at":"2026-11-03T00:00:00Z"}`, 0, false, byline.Hidden,
		},
		{"no reason given", byline.Missing("", "x", day(3)), `{"missing":"not_collected","definition":"x","at":"2026-11-03T00:00:00Z"}`, 0, false, byline.NotCollected},
		{"the zero Measure", byline.Measure{}, `{"missing":"not_collected"}`, 0, false, byline.NotCollected},
		{"not a number", byline.Known(math.NaN(), "x", day(3)), `{"missing":"not_finite","definition":"x","at":"2026-11-03T00:00:00Z"}`, 0, false, byline.NotFinite},
		{"infinite", byline.Known(math.Inf(1), "x", day(3)), `{"missing":"not_finite","definition":"x","at":"2026-11-03T00:00:00Z"}`, 0, false, byline.NotFinite},
		{"infinite the other way", byline.Known(math.Inf(-1), "x", day(3)), `{"missing":"not_finite","definition":"x","at":"2026-11-03T00:00:00Z"}`, 0, false, byline.NotFinite},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if value, known := tt.in.Value(); value != tt.value || known != tt.known {
				t.Errorf("Value() = %v, %t, want %v, %t", value, known, tt.value, tt.known)
			}
			if got := tt.in.Missing(); got != tt.missing {
				t.Errorf("Missing() = %q, want %q", got, tt.missing)
			}
			data, err := json.Marshal(tt.in)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.text, string(data)); diff != "" {
				t.Errorf("JSON mismatch (-want +got):\n%s", diff)
			}
			if !tt.known && strings.Contains(string(data), "value") {
				t.Errorf("a missing number has a value in %s", data)
			}
			back := byline.Known(99, "before", day(1))
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(tt.in, back); diff != "" {
				t.Errorf("round trip mismatch (-want +got):\n%s", diff)
			}
			if back.Definition() != tt.in.Definition() || !back.At().Equal(tt.in.At()) || back.Missing() != tt.missing {
				t.Errorf("back it is %q at %v, missing %q", back.Definition(), back.At(), back.Missing())
			}
		})
	}
}

func TestMeasureReadsJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       byline.Measure
	}{
		{"null", `null`, byline.Measure{}},
		{"nothing", `{}`, byline.Measure{}},
		{"a null value", `{"value":null,"definition":"x"}`, byline.Missing(byline.NotCollected, "x", time.Time{})},
		{"a null value with a reason", `{"value":null,"missing":"hidden"}`, byline.Missing(byline.Hidden, "", time.Time{})},
		{"a value with an empty reason", `{"value":0,"missing":""}`, byline.Known(0, "", time.Time{})},
		{"a reason of a later version", `{"missing":"on_strike"}`, byline.Missing("on_strike", "", time.Time{})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := byline.Known(99, "before", day(1))
			require.NoError(t, json.Unmarshal([]byte(tt.text), &got))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("measure mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMeasureRefusesJSON(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, code string }{
		{"a value and a reason", `{"value":5,"missing":"hidden"}`, "measure.contradiction"},
		{"zero and a reason", `{"value":0,"missing":"hidden"}`, "measure.contradiction"},
		{"more than a float holds", `{"value":1e400}`, ""},
		{"text for the value", `{"value":"5"}`, ""},
		{"a number alone", `5`, ""},
		{"a wrong time", `{"value":5,"at":"yesterday"}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before := byline.Known(99, "before", day(1))
			got := before
			err := json.Unmarshal([]byte(tt.text), &got)
			require.Error(t, err)
			if code := codeOf(err); code != tt.code || errors.Is(err, byline.ErrInvalid) != (tt.code != "") {
				t.Errorf("error is %v of code %q, want %q", err, code, tt.code)
			}
			if diff := cmp.Diff(before, got); diff != "" {
				t.Errorf("the error left something behind (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMeasureEqual(t *testing.T) {
	t.Parallel()
	at := day(3)
	distinct := []byline.Measure{
		{}, byline.Known(0, "x", at), byline.Known(1, "x", at), byline.Known(1, "y", at), byline.Known(1, "x", at.Add(1)),
		byline.Missing(byline.Hidden, "x", at), byline.Missing(byline.NotPermitted, "x", at), byline.Missing(byline.NotCollected, "x", at),
	}
	for i, a := range distinct {
		for j, b := range distinct {
			if a.Equal(b) != (i == j) || cmp.Equal(a, b) != (i == j) {
				t.Errorf("%v and %v: Equal is %t", a, b, a.Equal(b))
			}
		}
	}
	same := [][2]byline.Measure{
		{byline.Known(1, "x", at), byline.Known(1, "x", at.In(time.FixedZone("", 3600)))},
		{byline.Missing("", "x", at), byline.Missing(byline.NotCollected, "x", at)},
		{byline.Known(math.NaN(), "x", at), byline.Missing(byline.NotFinite, "x", at)},
	}
	for _, pair := range same {
		if !pair[0].Equal(pair[1]) {
			t.Errorf("%v and %v are not equal", pair[0], pair[1])
		}
	}
}
