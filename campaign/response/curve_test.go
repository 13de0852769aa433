package response_test

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/response"
)

func curves() map[string]response.Curve {
	return map[string]response.Curve{
		"hill, concave":          response.Hill{Ceiling: 900, Half: 40, Shape: 0.6},
		"hill, shape 1":          response.Hill{Ceiling: 900, Half: 40, Shape: 1},
		"hill, S":                response.Hill{Ceiling: 900, Half: 40, Shape: 2.5},
		"hill, nearly a step":    response.Hill{Ceiling: 900, Half: 40, Shape: 60},
		"michaelis menten":       response.MichaelisMenten{Ceiling: 900, Half: 40},
		"logistic":               response.Logistic{Ceiling: 900, Rate: 0.03},
		"sigmoid":                response.Sigmoid{Ceiling: 900, Rate: 0.1, Middle: 60},
		"tanh":                   response.Tanh{Ceiling: 900, Cost: 0.07},
		"log":                    response.Log{Scale: 200, Spread: 25},
		"power":                  response.Power{Scale: 30, Exponent: 0.55},
		"power, a straight line": response.Power{Scale: 30, Exponent: 1},
	}
}

// each runs a test for every curve.
func each(t *testing.T, f func(t *testing.T, c response.Curve)) {
	t.Helper()
	for name, c := range curves() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, c)
		})
	}
}

func near(a, b, relative float64) bool {
	return math.Abs(a-b) <= relative*max(math.Abs(a), math.Abs(b), 1e-300)
}

func TestSlopeIsTheDerivative(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c response.Curve) {
		for _, x := range []float64{0.5, 7, 39, 40, 61, 150, 400} {
			h := x * 1e-5
			want := (c.At(x+h) - c.At(x-h)) / (2 * h)
			if got := c.Slope(x); math.Abs(got-want) > 1e-6*math.Abs(want)+1e-8 {
				t.Errorf("slope at %g is %g, the difference quotient %g", x, got, want)
			}
		}
	})
}

func TestSpendAtInvertsSlope(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c response.Curve) {
		if c == (response.Power{Scale: 30, Exponent: 1}) {
			t.Skip("every spend has the same slope")
		}
		for _, factor := range []float64{1.0001, 1.2, 3, 10} {
			x := max(c.Inflection(), 5) * factor
			if c.Slope(x) < 1e-12 {
				continue
			}
			if got := c.SpendAt(c.Slope(x)); !near(got, x, 1e-7) {
				t.Errorf("SpendAt(Slope(%g)) = %g", x, got)
			}
		}
	})
}

// TestSpendAtTheEnds holds every curve, and some of extreme parameters, to what Curve says
// of slopes that every spend has, or none.
func TestSpendAtTheEnds(t *testing.T) {
	t.Parallel()
	all := slices.Collect(maps.Values(curves()))
	all = append(all,
		response.Tanh{Ceiling: 1e-100, Cost: 1e-30}, response.Logistic{Ceiling: 1, Rate: 1e30},
		response.Sigmoid{Ceiling: 1e30, Rate: 1000, Middle: 1}, response.Hill{Ceiling: 1e30, Half: 1e-30, Shape: 1000},
	)
	for _, c := range all {
		for _, slope := range []float64{0, -1, math.NaN()} {
			if got := c.SpendAt(slope); got != math.MaxFloat64 {
				t.Errorf("%+v: every spend has a slope of at least %g, SpendAt gives %g", c, slope, got)
			}
		}
		if got := c.SpendAt(math.Inf(1)); got != 0 {
			t.Errorf("%+v: no spend has a slope without bound, SpendAt gives %g", c, got)
		}
		if top := c.Inflection(); top > 0 && c.SpendAt(c.Slope(top)) < top*(1-1e-9) {
			t.Errorf("%+v: the steepest slope is at %g, SpendAt gives %g", c, top, c.SpendAt(c.Slope(top)))
		}
	}
}

func TestStraightLineHasOneSlope(t *testing.T) {
	t.Parallel()
	line := response.Power{Scale: 30, Exponent: 1}
	got := []float64{line.SpendAt(29), line.SpendAt(30), line.SpendAt(31)}
	if diff := cmp.Diff([]float64{math.MaxFloat64, math.MaxFloat64, 0}, got); diff != "" {
		t.Error(diff)
	}
}

func TestConvexThenConcave(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c response.Curve) {
		before := c.Slope(0)
		for x := 0.25; x < 300; x += 0.25 {
			slope := c.Slope(x)
			switch {
			case c.At(x) < c.At(x-0.25):
				t.Fatalf("falls at %g", x)
			case x <= c.Inflection() && slope < before*(1-1e-12):
				t.Fatalf("slope falls at %g, before the inflection at %g", x, c.Inflection())
			case x-0.25 >= c.Inflection() && slope > before*(1+1e-12):
				t.Fatalf("slope rises at %g, after the inflection at %g", x, c.Inflection())
			}
			before = slope
		}
		if response.Concave(c) != (c.Inflection() == 0) {
			t.Error("Concave and Inflection disagree")
		}
	})
}

func TestNoCurveLeavesTheNumbers(t *testing.T) {
	t.Parallel()
	extreme := map[string]response.Curve{
		"steep hill":  response.Hill{Ceiling: 1e100, Half: 1e-100, Shape: 1000},
		"flat hill":   response.Hill{Ceiling: 1e-100, Half: 1e100, Shape: 1e-100},
		"steep tanh":  response.Tanh{Ceiling: 1e-100, Cost: 1e-100},
		"steep power": response.Power{Scale: 1e100, Exponent: 1},
		"flat power":  response.Power{Scale: 1e100, Exponent: 1e-100},
		"steep log":   response.Log{Scale: 1e100, Spread: 1e-100},
		"steep step":  response.Sigmoid{Ceiling: 1e100, Rate: 1e100, Middle: 1e100},
	}
	maps.Copy(extreme, curves())
	for name, c := range extreme {
		require.NoError(t, c.Check(), name)
		for _, x := range []float64{0, -1, 1e-300, 1e-5, 1, 1e5, 1e300, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()} {
			for what, v := range map[string]float64{"At": c.At(x), "Slope": c.Slope(x), "SpendAt": c.SpendAt(x), "Inflection": c.Inflection()} {
				if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
					t.Errorf("%s: %s(%g) = %g", name, what, x, v)
				}
			}
		}
	}
}

func TestOneFunctionTwoNames(t *testing.T) {
	t.Parallel()
	tanh := response.Tanh{Ceiling: 900, Cost: 0.07}
	logistic := response.Logistic{Ceiling: 900, Rate: 2 / (900 * 0.07)}
	mm, hill := response.MichaelisMenten{Ceiling: 900, Half: 40}, response.Hill{Ceiling: 900, Half: 40, Shape: 1}
	for _, x := range []float64{0, 1, 30, 200} {
		if !near(tanh.At(x), logistic.At(x), 1e-13) || !near(mm.At(x), hill.At(x), 1e-13) {
			t.Errorf("at %g: tanh %g, logistic %g; michaelis menten %g, hill %g", x, tanh.At(x), logistic.At(x), mm.At(x), hill.At(x))
		}
	}
	sigmoid := response.Sigmoid{Ceiling: 900, Rate: 0.1, Middle: 60}
	if got, want := sigmoid.At(0), 900/(1+math.Exp(6)); !near(got, want, 1e-13) {
		t.Errorf("a sigmoid starts at %g, want %g", got, want)
	}
}

func TestCurveSurvivesJSON(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c response.Curve) {
		text, err := json.Marshal(c)
		require.NoError(t, err)
		got, err := response.ParseCurve(text)
		require.NoError(t, err)
		if diff := cmp.Diff(c, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	})
}

func TestParseCurveFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text, path, code string
	}{
		"nothing":             {``, "", "response.json"},
		"no object":           {`[1]`, "", "response.json"},
		"null":                {`null`, "curve", "response.family"},
		"no family":           {`{"ceiling":1}`, "curve", "response.family"},
		"a strange family":    {`{"curve":"magic","ceiling":1}`, "curve", "response.family"},
		"a foreign parameter": {`{"curve":"log","scale":1,"spread":1,"shape":2}`, "", "response.json"},
		"a missing parameter": {`{"curve":"log","scale":1}`, "spread", "response.parameter"},
		"a negative one":      {`{"curve":"log","scale":-1,"spread":1}`, "scale", "response.parameter"},
		"text":                {`{"curve":"log","scale":"1","spread":1}`, "", "response.json"},
		"too large":           {`{"curve":"hill","ceiling":1,"half":1,"shape":1001}`, "shape", "response.parameter"},
		"above a share":       {`{"curve":"power","scale":1,"exponent":1.5}`, "exponent", "response.parameter"},
		"endless":             {`{"curve":"` + strings.Repeat("x", 5000) + `"}`, "", "response.json"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := response.ParseCurve([]byte(tt.text))
			got, ok := errors.AsType[*byline.FieldError](err)
			if !ok || got.Code != tt.code || got.Path != tt.path {
				t.Errorf("got %+v, want %s at %q", err, tt.code, tt.path)
			}
		})
	}
}

func TestBadCurveIsNotWritten(t *testing.T) {
	t.Parallel()
	_, err := json.Marshal(response.Hill{Ceiling: math.NaN(), Half: 1, Shape: 1})
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func FuzzParseCurve(f *testing.F) {
	for _, c := range curves() {
		text, err := json.Marshal(c)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(`{"curve":"hill","CEILING":1,"half":1e-400,"shape":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := response.ParseCurve(data)
		if err != nil {
			require.ErrorIs(t, err, byline.ErrInvalid)
			return
		}
		text, err := json.Marshal(c)
		require.NoError(t, err)
		again, err := response.ParseCurve(text)
		require.NoError(t, err)
		if c != again {
			t.Errorf("%#v became %#v", c, again)
		}
		for _, x := range []float64{0, 1, 1e9} {
			if v := c.At(x) + c.Slope(x)/4 + c.SpendAt(x)/4; math.IsNaN(v) {
				t.Errorf("%s at %g is no number", text, x)
			}
		}
	})
}
