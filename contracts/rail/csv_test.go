package rail_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/rail"
)

func TestCSV(t *testing.T) {
	t.Parallel()
	dues := append(demo(),
		due{"-1+1", byline.Minor(5000, byline.JPY), contracts.Payee{Name: " @demo, \"x\"", Market: "JP"}},
		due{"dario", byline.Minor(1500, byline.KWD), contracts.Payee{Name: "＝ダリオ"}},
	)
	got, err := rail.CSV(underWay(t, contracts.RailFile, dues...))
	require.NoError(t, err)
	equal(t, "payouts.golden.csv", got)
	rows, err := csv.NewReader(strings.NewReader(string(got))).ReadAll()
	require.NoError(t, err)
	for _, row := range rows {
		for _, cell := range row {
			if strings.ContainsAny(strings.TrimSpace(cell)[:min(1, len(strings.TrimSpace(cell)))], "=+-@") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	_, err = rail.CSV(underWay(t, contracts.RailSEPA, demo()...))
	if diff := cmp.Diff([]wrong{{"rail", "rail.other"}}, faultsOf(err)); diff != "" {
		t.Errorf("another rail (-want +got):\n%s", diff)
	}
}

func TestReadCSV(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		table string
		want  []contracts.Outcome
	}{
		"all of it": {
			"reference,status,at,rail_id,reason,amount,currency\nBY1,paid,2026-12-04T10:30:00+01:00,t-1,,12.34,eur\nBY2,returned,,,closed,5000,JPY\n",
			[]contracts.Outcome{
				{Reference: "BY1", Status: "paid", At: date(12, 4), RailID: "t-1", Amount: eur(1234)},
				{Reference: "BY2", Status: "returned", Reason: "closed", Amount: byline.Minor(5000, byline.JPY)},
			},
		},
		"the least":          {"reference,status\nBY1,failed\n", []contracts.Outcome{{Reference: "BY1", Status: "failed"}}},
		"in its own order":   {"\ufeffNote, Status ,Reference\nx,under_way, BY1 \n", []contracts.Outcome{{Reference: "BY1", Status: "under_way"}}},
		"a header alone":     {"reference,status", []contracts.Outcome{}},
		"three decimals":     {"reference,status,amount,currency\nBY1,paid,1.500,KWD\n", []contracts.Outcome{{Reference: "BY1", Status: "paid", Amount: byline.Minor(1500, byline.KWD)}}},
		"lines of a machine": {"reference,status\r\n\"BY1\",\"paid\"\r\n", []contracts.Outcome{{Reference: "BY1", Status: "paid"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := rail.ReadCSV([]byte(tt.table))
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadCSVRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		table string
		want  []wrong
	}{
		"nothing":              {"", []wrong{{"row[1]", "rail.csv"}}},
		"no columns of ours":   {"a,b\n", []wrong{{"row[1].reference", "rail.column"}, {"row[1].status", "rail.column"}}},
		"a column twice":       {"reference,status,Status\n", []wrong{{"row[1].status", "rail.column"}}},
		"an amount of what":    {"reference,status,amount\n", []wrong{{"row[1].currency", "rail.column"}}},
		"a row too short":      {"reference,status\nBY1\n", []wrong{{"row[2]", "rail.csv"}}},
		"a quote without end":  {"reference,status\n\"BY1,paid\n", []wrong{{"row[2]", "rail.csv"}}},
		"bytes of nothing":     {"reference,status\nBY\xff,paid\n", []wrong{{"", "rail.csv"}}},
		"larger than any":      {strings.Repeat(" ", 33<<20), []wrong{{"", "rail.size"}}},
		"more rows than any":   {"reference,status\n" + strings.Repeat("a,paid\n", 100_001), []wrong{{"", "rail.size"}}},
		"a text without end":   {"reference,status,reason\nBY1,paid," + strings.Repeat("a", 256) + "\n", []wrong{{"row[2].reason", "rail.text"}}},
		"a formula for amount": {"reference,status,amount,currency\nBY1,paid,=1+1,EUR\n", []wrong{{"row[2].amount", "rail.money"}}},
		"all at once": {"reference,status,at,amount,currency\n,Paid,today,\"1,50\",EUR\nBY1,paid,,1,XX\n", []wrong{
			{"row[2].reference", "rail.shape"}, {"row[2].status", "rail.status"}, {"row[2].at", "rail.time"}, {"row[2].amount", "rail.money"}, {"row[3].amount", "rail.money"},
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := rail.ReadCSV([]byte(tt.table))
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || got != nil {
				t.Errorf("read %d outcomes, faults (-want +got):\n%s", len(got), diff)
			}
		})
	}
	_, err := rail.ReadCSV([]byte("reference,status\n" + strings.Repeat(",\n", 100)))
	if got := len(faultsOf(err)); got != 50 {
		t.Errorf("%d faults, want 50", got)
	}
}

func FuzzReadCSV(f *testing.F) {
	b := underWay(f, contracts.RailFile, demo()...)
	f.Add([]byte("reference,status,at,rail_id,reason,amount,currency\n" + b.Items[0].Reference + ",paid,2026-12-04T10:30:00+01:00,t-1,,12.34,eur\n"))
	f.Add([]byte("reference,status\nmira@demo.example,mira\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		outcomes, err := rail.ReadCSV(data)
		checkRead(t, b, outcomes, err)
	})
}
