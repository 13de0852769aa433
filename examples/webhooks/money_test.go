package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

func TestShowMoney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		amount byline.Money
		want   string
		signed string
	}{
		{"grouped", byline.Minor(123456789, byline.EUR), "€1,234,567.89", "+€1,234,567.89"},
		{"nothing", byline.Minor(0, byline.EUR), "€0.00", "€0.00"},
		{"negative", byline.Minor(-1660, byline.EUR), "−€16.60", "−€16.60"},
		{"no decimals", byline.Minor(1050, byline.JPY), "¥1,050", "+¥1,050"},
		{"three decimals", byline.Minor(1050, byline.KWD), "KWD\u00a01.050", "+KWD\u00a01.050"},
		{"zeros stay where custom drops them", byline.Minor(1200, "RSD"), "RSD\u00a012.00", "+RSD\u00a012.00"},
		{"withdrawn", byline.Minor(1234, "HRK"), "12.34 HRK", "+12.34 HRK"},
		{"the zero Money", byline.Money{}, "0", "0"},
		{"the largest", byline.Minor(9223372036854775807, byline.EUR), "€92,233,720,368,547,758.07", "+€92,233,720,368,547,758.07"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, showMoney(tt.amount)); diff != "" {
				t.Errorf("showMoney (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.signed, showSigned(tt.amount)); diff != "" {
				t.Errorf("showSigned (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPurseKeepsCurrenciesApart(t *testing.T) {
	t.Parallel()
	var p purse
	for _, m := range []byline.Money{byline.Minor(100, byline.EUR), byline.Minor(5, byline.JPY), byline.Minor(-30, byline.EUR)} {
		p = p.add(m)
	}
	if diff := cmp.Diff([]string{"€0.70", "¥5"}, p.show()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := p.of(byline.USD); got != byline.Minor(0, byline.USD) {
		t.Errorf("of a currency that is not there: %v", got)
	}
}
