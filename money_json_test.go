package byline_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

func TestMoneyJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   byline.Money
		text string
	}{
		{"euros", byline.Minor(1050, byline.EUR), `{"amount":"10.50","currency":"EUR"}`},
		{"a negative cent", byline.Minor(-1, byline.EUR), `{"amount":"-0.01","currency":"EUR"}`},
		{"no euros", byline.Minor(0, byline.EUR), `{"amount":"0.00","currency":"EUR"}`},
		{"yen", byline.Minor(1050, byline.JPY), `{"amount":"1050","currency":"JPY"}`},
		{"dinars", byline.Minor(1050, byline.KWD), `{"amount":"1.050","currency":"KWD"}`},
		{"a withdrawn currency", byline.Minor(1956, "BGN"), `{"amount":"19.56","currency":"BGN"}`},
		{"more than a float holds", byline.Minor(math.MaxInt64, byline.EUR), `{"amount":"92233720368547758.07","currency":"EUR"}`},
		{"the smallest", byline.Minor(-math.MaxInt64, byline.EUR), `{"amount":"-92233720368547758.07","currency":"EUR"}`},
		{"the zero Money", byline.Money{}, `null`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data, err := json.Marshal(tt.in)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.text, string(data)); diff != "" {
				t.Errorf("JSON mismatch (-want +got):\n%s", diff)
			}
			back := byline.Minor(99, byline.CHF)
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(tt.in, back); diff != "" {
				t.Errorf("round trip mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMoneyReadsJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       byline.Money
	}{
		{"a number", `{"amount":361.9500,"currency":"EUR"}`, byline.Minor(36195, byline.EUR)},
		{"a whole number", `{"amount":12,"currency":"KWD"}`, byline.Minor(12_000, byline.KWD)},
		{"a number that no float holds", `{"amount":90071992547409.93,"currency":"EUR"}`, byline.Minor(9007199254740993, byline.EUR)},
		{"a number that a float would round up", `{"amount":0.1000000000000000000000,"currency":"EUR"}`, byline.Minor(10, byline.EUR)},
		{"minus zero", `{"amount":-0.0,"currency":"EUR"}`, byline.Minor(0, byline.EUR)},
		{"space everywhere", " { \"currency\" : \"EUR\" ,\n\t\"amount\" : 5 } ", byline.Minor(500, byline.EUR)},
		{"escaped text", `{"amount":"\u0031\u0030","currency":"\u0045UR"}`, byline.Minor(1000, byline.EUR)},
		{"unknown members", `{"amount":"1","currency":"EUR","symbol":"€"}`, byline.Minor(100, byline.EUR)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got byline.Money
			require.NoError(t, json.Unmarshal([]byte(tt.text), &got))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("amount mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMoneyRefusesJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, code string // code "" for an error of encoding/json
	}{
		{"an exponent", `{"amount":1e2,"currency":"EUR"}`, "money.syntax"},
		{"an exponent in text", `{"amount":"1e2","currency":"EUR"}`, "money.syntax"},
		{"an exponent of a thousand digits", `{"amount":1e999999999,"currency":"EUR"}`, "money.syntax"},
		{"no amount", `{"currency":"EUR"}`, "money.syntax"},
		{"a null amount", `{"amount":null,"currency":"EUR"}`, "money.syntax"},
		{"an empty amount", `{"amount":"","currency":"EUR"}`, "money.syntax"},
		{"an object for the amount", `{"amount":{"value":1},"currency":"EUR"}`, "money.syntax"},
		{"a list for the amount", `{"amount":["1"],"currency":"EUR"}`, "money.syntax"},
		{"true for the amount", `{"amount":true,"currency":"EUR"}`, "money.syntax"},
		{"a long number", `{"amount":` + strings.Repeat("1", 1<<16) + `,"currency":"EUR"}`, "money.syntax"},
		{"a third digit", `{"amount":1.005,"currency":"EUR"}`, "money.precision"},
		{"a digit in yen", `{"amount":"1.5","currency":"JPY"}`, "money.precision"},
		{"too much", `{"amount":92233720368547758.08,"currency":"EUR"}`, "money.range"},
		{"unknown currency", `{"amount":"1","currency":"XXX"}`, "money.currency"},
		{"lower case", `{"amount":"1","currency":"eur"}`, "money.currency"},
		{"no currency", `{"amount":"1"}`, "money.currency"},
		{"a null currency", `{"amount":"0","currency":null}`, "money.currency"},
		{"an empty object", `{}`, "money.currency"},
		{"a number for the currency", `{"amount":"1","currency":978}`, ""},
		{"text alone", `"10.50 EUR"`, ""},
		{"a number alone", `10.50`, ""},
		{"a list", `[]`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before := byline.Minor(99, byline.CHF)
			got := before
			err := json.Unmarshal([]byte(tt.text), &got)
			require.Error(t, err)
			if code := codeOf(err); code != tt.code {
				t.Errorf("error is %v of code %q, want %q", err, code, tt.code)
			}
			if got != before {
				t.Errorf("the error left %v behind", got)
			}
		})
	}
}

func TestMoneyWritesNoJSONThatItRefusesToRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   byline.Money
		code string
	}{
		{"no currency", byline.Minor(5, ""), "money.currency"},
		{"lower case", byline.Minor(5, "eur"), "money.currency"},
		{"nothing of an unknown currency", byline.Minor(0, "XAU"), "money.currency"},
		{"the smallest int64", byline.Minor(math.MinInt64, byline.EUR), "money.range"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data, err := json.Marshal(tt.in)
			if codeOf(err) != tt.code || !errors.Is(err, byline.ErrInvalid) {
				t.Errorf("wrote %s with error %v, want code %q", data, err, tt.code)
			}
		})
	}
}

func TestMoneyJSONInItsPlace(t *testing.T) {
	t.Parallel()
	type invoice struct {
		Total byline.Money            `json:"total"`
		Tip   *byline.Money           `json:"tip,omitempty"`
		Lines []byline.Money          `json:"lines"`
		Taxes map[string]byline.Money `json:"taxes"`
	}
	tip := byline.Minor(0, byline.EUR)
	want := invoice{
		Total: byline.Minor(1050, byline.EUR), Tip: &tip, Lines: []byline.Money{{}, byline.Minor(-3, byline.KWD)},
		Taxes: map[string]byline.Money{"VAT": byline.Minor(168, byline.EUR)},
	}
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var got invoice
	require.NoError(t, json.Unmarshal(data, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("round trip of %s mismatch (-want +got):\n%s", data, diff)
	}
}

func FuzzMoneyJSON(f *testing.F) {
	for _, seed := range []string{
		`null`, `{"amount":"10.50","currency":"EUR"}`, `{"amount":361.9500,"currency":"EUR"}`, `{"amount":1e2,"currency":"EUR"}`,
		`{"amount":"-0.001","currency":"KWD"}`, `{"amount":9223372036854775807,"currency":"JPY"}`, `{"currency":"EUR"}`, `[]`,
		`{"AMOUNT":"1","amount":"2","currency":"USD"}`, `{"amount":"\u0031","currency":"EUR"}`, `{"amount":-9223372036854775808,"currency":"JPY"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := byline.Minor(99, byline.CHF)
		got := before
		if err := json.Unmarshal(data, &got); err != nil {
			if got != before {
				t.Errorf("the error %v left %v behind", err, got)
			}
			return
		}
		written, err := json.Marshal(got)
		require.NoError(t, err)
		var again byline.Money
		require.NoError(t, json.Unmarshal(written, &again))
		if again != got {
			t.Errorf("%s was read as %v, written as %s and read as %v", data, got, written, again)
		}
		if got == (byline.Money{}) {
			return // null
		}
		var wire struct {
			Amount   json.RawMessage `json:"amount"`
			Currency byline.Currency `json:"currency"`
		}
		require.NoError(t, json.Unmarshal(data, &wire))
		text := string(wire.Amount)
		if text[0] == '"' { // decimal reads no escapes
			require.NoError(t, json.Unmarshal(wire.Amount, &text))
		}
		exact, err := decimal.NewFromString(text)
		require.NoError(t, err)
		if !got.Decimal().Equal(exact) || got.Currency() != wire.Currency {
			t.Errorf("%s was read as %v", data, got)
		}
	})
}
