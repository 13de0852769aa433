package chart

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		format      Format
		value       float64
		text, short string
	}{
		"zero format":         {Format{}, 1234.5678, "1,235", "1,235"},
		"four digits":         {Format{}, -0.0123456, "−0.01235", "−0.01235"},
		"tiny":                {Format{}, 1.5e-9, "1.5e-09", "1.5e-09"},
		"huge":                {Format{}, -1e300, "−1e+300", "−1e+300"},
		"nothing":             {Format{}, math.Copysign(0, -1), "0", "0"},
		"missing":             {Money(byline.EUR).Signed(), math.NaN(), "no value", "no value"},
		"endless":             {Percent(1), math.Inf(-1), "no value", "no value"},
		"a count":             {Number(0), 1234567, "1,234,567", "1,234,567"},
		"a signed number":     {Number(1).Signed(), 7, "+7.0", "+7.0"},
		"a sign lost":         {Number(1).Signed(), 0.04, "0.0", "0.0"},
		"a minus lost":        {Number(1), -0.04, "0.0", "0.0"},
		"a signed zero":       {Number(0).Signed(), 0, "0", "0"},
		"decimals held":       {Number(-3), 1.5, "2", "2"},
		"a huge count":        {Number(0), 1e20, "1e+20", "1e+20"},
		"a share":             {Percent(1), 0.1234, "12.3%", "12.3%"},
		"a negative share":    {Percent(0), -0.5, "−50%", "−50%"},
		"cents":               {Money(byline.EUR), 99_905, "999.05 EUR", "999.05"},
		"thousands":           {Money(byline.EUR), -123_456_789, "−1,234,567.89 EUR", "−1,234,568"},
		"yen":                 {Money(byline.JPY).Signed(), 999, "+999 JPY", "+999"},
		"dinars":              {Money(byline.KWD), 1_500, "1.500 KWD", "1.500"},
		"part of a cent":      {Money(byline.EUR), 10.4, "0.10 EUR", "0.10"},
		"beyond exact":        {Money(byline.EUR), 1e17, "1e+15 EUR", "1e+15"},
		"no function":         {Custom(nil), 2.5, "2.5", "2.5"},
		"of the caller's own": {Custom(func(float64) string { return "-<b>" }), 1, "−<b>", "−<b>"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.format.Text(tt.value); got != tt.text {
				t.Errorf("Text = %q, want %q", got, tt.text)
			}
			if got := tt.format.short(tt.value); got != tt.short {
				t.Errorf("short = %q, want %q", got, tt.short)
			}
		})
	}
}

func TestTicks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		lo, hi float64
		n      int
		format Format
		want   string
	}{
		"all zero":          {0, 0, 5, Format{}, "0"},
		"counts are whole":  {0, 3, 8, Number(0), "0 1 2 3"},
		"no half of a cent": {0, 3, 8, Money(byline.EUR), "0 0.01 0.02 0.03"},
		"money":             {0, 4_080_000, 5, Money(byline.EUR), "0 10k 20k 30k 40k 50k"},
		"2.5":               {0, 10, 4, Format{}, "0 2.5 5 7.5 10"},
		"thousands":         {0, 9000, 4, Format{}, "0 2.5k 5k 7.5k 10k"},
		"below zero":        {-7, -1.5, 4, Format{}, "−8 −6 −4 −2 0"},
		"signed":            {-2, 5.7, 4, Number(1).Signed(), "−2 0 +2 +4 +6"},
		"shares":            {0, 0.05, 5, Percent(0), "0% 1% 2% 3% 4% 5%"},
		"no half of them":   {0, 0.02, 8, Percent(0), "0% 1% 2%"},
		"fine":              {0, 0.0005, 5, Format{}, "0 0.0001 0.0002 0.0003 0.0004 0.0005"},
		"tiny":              {0, 3e-12, 3, Format{}, "0 1e-12 2e-12 3e-12"},
		"huge":              {-1e300, 1e300, 2, Format{}, "−1e+300 0 1e+300"},
		"millions":          {0, 2e6, 4, Number(0), "0 0.5M 1M 1.5M 2M"},
		"far from zero":     {1_000_001, 1_000_003, 2, Number(0), "1,000,001 1,000,002 1,000,003"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list, lo, hi := ticks(tt.lo, tt.hi, tt.n, tt.format)
			var texts []string
			for _, tick := range list {
				texts = append(texts, tick.text)
			}
			if diff := cmp.Diff(tt.want, strings.Join(texts, " ")); diff != "" {
				t.Errorf("ticks (-want +got):\n%s", diff)
			}
			if lo > tt.lo || hi < tt.hi || lo >= hi {
				t.Errorf("ends %g and %g", lo, hi)
			}
		})
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" ada \n bruno ":  "ada   bruno",
		"a\x00b\x1b[31mc": "ab[31mc",
		"\u202Eada\u2066": "ada",
		"a\xffb\uFFFE":    "a\uFFFDb",
		"e" + "\u0301":    "e\u0301",
		"z\u0301\u0302\u0303\u0304\u0305\u0306\u0307": "z\u0301\u0302\u0303\u0304",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := isolated(" نورة "); got != "\u2068نورة\u2069" {
		t.Errorf("isolated = %q", got)
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text  string
		limit float64
		want  string
	}{
		"fits":             {"ada", 100, "ada"},
		"cut":              {"ada and bruno", 60, "ada and…"},
		"nothing fits":     {"ada", 1, "…"},
		"marks stay":       {"aaaae\u0301e\u0301e\u0301e\u0301", 50, "aaaae\u0301…"},
		"emoji stay whole": {"👩‍👧👩‍👧", 50, "👩‍👧…"},
		"wide characters":  {"とても長い名前", 60, "とても長…"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, cut := shorten(tt.text, smallSize, tt.limit)
			if got != tt.want || cut != (got != tt.text) {
				t.Errorf("shorten = %q, %t, want %q", got, cut, tt.want)
			}
			if cut && tt.limit > 20 && textWidth(got, smallSize) > tt.limit {
				t.Errorf("%q is too wide", got)
			}
		})
	}
}
