package chart

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// colours reads the custom properties of the stylesheet, light and dark.
func colours() (light, dark map[string]string) {
	light, dark = map[string]string{}, map[string]string{}
	for _, m := range regexp.MustCompile(`--chart-([a-z0-9-]+):light-dark\(#([0-9a-f]{6}),#([0-9a-f]{6})\)`).FindAllStringSubmatch(CSS, -1) {
		light[m[1]], dark[m[1]] = m[2], m[3]
	}
	return light, dark
}

// contrast is the ratio of two colours by WCAG 2.2, relative luminance.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(colour string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[2*i:2*i+2], 16, 8)
		if err != nil {
			return math.NaN()
		}
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

// Text reaches 4.5 to 1 on what it stands on and marks reach 3 to 1, light and dark.
func TestContrast(t *testing.T) {
	t.Parallel()
	light, dark := colours()
	if len(light) != 29 {
		t.Errorf("%d colours were read", len(light))
	}
	for mode, colour := range map[string]map[string]string{"light": light, "dark": dark} {
		check := func(what, ground string, least float64) {
			if got := contrast(colour[what], colour[ground]); !(got >= least) {
				t.Errorf("%s: %s on %s is %.2f, want %g", mode, what, ground, got, least)
			}
		}
		check("text", "ground", 4.5)
		check("muted", "ground", 4.5)
		for name := range colour {
			rest, up := strings.CutPrefix(name, "up-")
			rest, down := strings.CutPrefix(rest, "down-")
			switch {
			case (up || down) && rest >= strconv.Itoa(heatStrong):
				check("on-strong", name, 4.5)
			case up || down:
				check("on-pale", name, 4.5)
			case len(name) == 1, name == "accent", name == "good", name == "bad", name == "axis", name == "edge":
				check(name, "ground", 3)
			}
		}
	}
}
