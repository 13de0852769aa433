package outreach

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
)

func TestWriteDate(t *testing.T) {
	t.Parallel()
	first := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for locale, want := range map[string]string{
		"en": "1 March 2026", "en-GB": "1 March 2026", "en-US": "March 1, 2026", "en-us": "March 1, 2026", "de": "1. März 2026", "de-CH": "1. März 2026",
		"es": "1 de marzo de 2026", "fr-CA": "1er mars 2026", "it": "1 marzo 2026", "nl": "1 maart 2026", "pt-BR": "1 de março de 2026",
		"fi": "2026-03-01", "": "2026-03-01", "ende": "2026-03-01",
	} {
		if got := writeDate(first, locale); got != want {
			t.Errorf("%s: %q, want %q", locale, got, want)
		}
	}
	for month := range 12 {
		for _, language := range []string{"en", "de", "es", "fr", "it", "nl", "pt"} {
			if got := writeDate(first.AddDate(0, month, 1), language); len(got) < len("2 May 2026") {
				t.Errorf("%s, month %d: %q", language, month+1, got)
			}
		}
	}
}

func TestWriteMoney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		minor    int64
		currency byline.Currency
		locale   string
		want     string
	}{
		{123_456_789, byline.EUR, "en", "1,234,567.89 EUR"},
		{123_456_789, byline.EUR, "de-DE", "1.234.567,89 EUR"},
		{123_456_789, byline.EUR, "fr", "1\u00a0234\u00a0567,89 EUR"},
		{123_456_789, byline.CHF, "de-CH", "1234567.89 CHF"},
		{123_456_789, byline.EUR, "fi", "1234567.89 EUR"},
		{99_999, byline.EUR, "en", "999.99 EUR"},
		{100_000, byline.EUR, "en", "1,000.00 EUR"},
		{1_000_000, byline.JPY, "en-US", "1,000,000 JPY"},
		{1_000_000, byline.KWD, "pt-BR", "1.000,000 KWD"},
		{0, byline.EUR, "de", "0,00 EUR"},
		{-100_000, byline.EUR, "en", "-1,000.00 EUR"},
		{-9_223_372_036_854_775_808, byline.EUR, "en", "-92,233,720,368,547,758.08 EUR"},
	}
	for _, tt := range tests {
		if got := writeMoney(byline.Minor(tt.minor, tt.currency), tt.locale); got != tt.want {
			t.Errorf("%d %s in %s: %q, want %q", tt.minor, tt.currency, tt.locale, got, tt.want)
		}
	}
}

func TestFallbacks(t *testing.T) {
	t.Parallel()
	// The chain of RFC 4647, section 3.4, in which a single letter never stands last.
	want := []string{"zh-hant-cn-x-private1-private2", "zh-hant-cn-x-private1", "zh-hant-cn", "zh-hant", "zh"}
	if diff := cmp.Diff(want, fallbacks("zh-Hant-CN-x-private1-private2")); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}
