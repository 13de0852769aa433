package odrl_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts/odrl"
	"github.com/bylinehq/byline/internal/golden"
)

func formal(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(golden.SharedData(t, "scoring", "odrl", "w3c-formal-semantics", name))
	require.NoError(t, err)
	return data
}

// formalRequest reads an evaluation request. Its times have no zone; they are UTC here as
// they are for the policy.
func formalRequest(t *testing.T, name string) odrl.Request {
	t.Helper()
	var r struct {
		Action     odrl.Action `json:"evaluatedAction"`
		Party      string      `json:"evaluatedParty"`
		Target     string      `json:"evaluatedTarget"`
		Parameters struct {
			Value map[string]string `json:"value"`
		} `json:"requestParameters"`
	}
	require.NoError(t, json.Unmarshal(formal(t, name), &r))
	return odrl.Request{
		At: instant(t, r.Parameters.Value["@value"]+"Z"), Actions: []odrl.Action{r.Action}, Target: r.Target, Party: r.Party,
	}
}

// formalPayment reads the payment of a state.
func formalPayment(t *testing.T, name string) odrl.Performance {
	t.Helper()
	var s struct {
		Context struct {
			For      string            `json:"conditionId"`
			Amount   map[string]string `json:"pay:netAmount"`
			Currency string            `json:"pay:currency"`
			At       map[string]string `json:"pay:paymentDate"`
		} `json:"context"`
	}
	require.NoError(t, json.Unmarshal(formal(t, name), &s))
	require.Equal(t, "https://dbpedia.org/resource/Euro", s.Context.Currency)
	amount, err := byline.ParseMoney(s.Context.Amount["@value"], byline.EUR)
	require.NoError(t, err)
	// One state writes a space for the T.
	day := s.Context.At["@value"][:len("2025-07-23")]
	return odrl.Performance{Action: odrl.Compensate, At: instant(t, day+"T00:00:00Z"), For: s.Context.For, Amount: amount}
}

// formalReport reads the state of the rule and of what it has first.
func formalReport(t *testing.T, name, rule, part, state string) (active bool, holds string) {
	t.Helper()
	var r map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(formal(t, name), &r))
	read := func(of, what string) string {
		var fields map[string]string
		require.NoError(t, json.Unmarshal(r[of], &fields))
		require.NotEmpty(t, fields[what])
		return fields[what]
	}
	return read(rule, "report:activationState") == "report:Active", read(part, state)
}

// A1: a permission before 2018, which is bounded by a day.
func TestFormalConstraint(t *testing.T) {
	t.Parallel()
	policy := read(t, string(formal(t, "policyA1.json")))
	for request, report := range map[string][2]string{
		"evaluationrequestA11.json": {"compliancereport.A11.json", "ex:permissionReportA11"},
		"evaluationrequestA12.json": {"compliancereportA12.json", "ex:permissionReportA12"},
	} {
		active, satisfied := formalReport(t, report[0], report[1], "ex:constraintReport1", "report:satisfactionState")
		got := policy.Evaluate(formalRequest(t, request)).Rules[0]
		states := map[string]odrl.State{"report:Satisfied": odrl.Satisfied, "report:Not-Satisfied": odrl.NotSatisfied}
		if got.Active != active || got.Constraints[0].State != states[satisfied] || got.Constraints[0].Constraint != "http://example.com/constraint/A1" {
			t.Errorf("%s: %+v, want active %t, %s", request, got, active, satisfied)
		}
	}
}

// A2: a prohibition before 2025. The examples have neither requests nor reports for it.
func TestFormalProhibition(t *testing.T) {
	t.Parallel()
	policy := read(t, string(formal(t, "policyA2.json")))
	for at, active := range map[string]bool{"2024-12-31T23:59:59Z": true, "2025-01-01T00:00:00Z": false} {
		got := policy.Evaluate(odrl.Request{
			At: instant(t, at), Actions: []odrl.Action{"odrl:archive"}, Target: "http://example.com/photoAlbum:55", Party: "http://example.com/assignee:55",
		})
		if got.Decision != odrl.Deny || got.Rules[0].Active != active {
			t.Errorf("%s: %+v", at, got)
		}
	}
}

// B1 and C2 cannot be said: a resolution of prints and a day of the week are no facts about
// the rights of creators. They are refused where they stand, and not dropped.
func TestFormalRefused(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"policyB1.json": {"permission[0].action[0].refinement odrl.property"},
		"policyC2.json": {"permission[0].duty[0].constraint[0].leftOperand odrl.left_operand"},
	}
	for name, want := range tests {
		_, err := odrl.Import(formal(t, name), others())
		if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", name, diff)
		}
	}
}

// C1: a permission for a payment. The requests are by "billie1", whom the policy does not
// know: taken at their word they are denied, and the reports mean "billie".
func TestFormalDuty(t *testing.T) {
	t.Parallel()
	policy := read(t, string(formal(t, "policyC1.json")))
	unpaid, paid := formalRequest(t, "evaluationrequestC11.json"), formalRequest(t, "evaluationrequestC12.json")
	paid.Done = []odrl.Performance{formalPayment(t, "stateC12.json")}
	if got := policy.Evaluate(paid); got.Decision != odrl.Deny || got.Rules[0].Party {
		t.Errorf("somebody else may: %+v", got)
	}
	for report, q := range map[string]odrl.Request{"compliancereport.C11.json": unpaid, "compliancereport.C12.json": paid} {
		q.Party = "http://example.com/party/billie"
		active, performed := formalReport(t, report, "ex:permissionReportC11", "ex:actionReport1", "report:performanceState")
		got := policy.Evaluate(q).Rules[0]
		if got.Active != active || !got.Duties[0].Active || got.Duties[0].Fulfilled != (performed == "report:Performed") {
			t.Errorf("%s: %+v, want active %t, %s", report, got, active, performed)
		}
	}
}

// What C2 is about, in words that can be said: a duty whose constraint does not hold asks
// for nothing.
func TestDutyAtTimes(t *testing.T) {
	t.Parallel()
	policy := read(t, plain(`,"duty":[{"uid":"urn:d:1","action":"compensate","constraint":[{"leftOperand":"dateTime","operator":"gteq","rightOperand":"2026-08-01"}]}]`))
	before, after := instant(t, "2026-07-31T23:59:59Z"), instant(t, "2026-08-01T00:00:00Z")
	q := odrl.Request{Actions: []odrl.Action{"odrl:read"}, Target: "urn:a:1"}
	tests := map[string]struct {
		done                       []odrl.Performance
		late                       bool
		active, fulfilled, permits bool
	}{
		"before it is due":     {nil, false, false, false, true},
		"due and not done":     {nil, true, true, false, false},
		"due and done":         {[]odrl.Performance{{Action: odrl.Compensate, At: before, For: "urn:d:1"}}, true, true, true, true},
		"due, something else":  {[]odrl.Performance{{Action: odrl.Attribute, At: before}}, true, true, false, false},
		"due, for other right": {[]odrl.Performance{{Action: odrl.Compensate, At: before, For: "urn:d:2"}}, true, true, false, false},
	}
	for name, tt := range tests {
		q.At, q.Done = before, tt.done
		if tt.late {
			q.At = after
		}
		got := policy.Evaluate(q).Rules[0]
		want := odrl.DutyReport{Path: "permission[0].duty[0]", Duty: "urn:d:1", Active: tt.active, Fulfilled: tt.fulfilled}
		if diff := cmp.Diff(want, got.Duties[0]); diff != "" || got.Active != tt.permits {
			t.Errorf("%s: active %t (-want +got):\n%s", name, got.Active, diff)
		}
	}
}
