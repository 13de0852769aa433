package contracts_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

// What was signed under one release must still be what was signed under the next: a
// difference here is never mended by writing the file anew.
func TestDigestIsStable(t *testing.T) {
	t.Parallel()
	angled := draft(t, func(a *contracts.Terms) { a.Clauses.Scope = "<a href=\"demo\"> & \u2028" })
	text := fmt.Sprintf("small %s\nrich %s\nangled %s\n", draft(t, nil).Digest(), draftOf(t, richTerms()).Digest(), angled.Digest())
	golden.Equal(t, "digest.golden.txt", []byte(text))
}

func TestDigest(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*contracts.Terms)
		same   bool
	}{
		"nothing":          {func(*contracts.Terms) {}, true},
		"the signing":      {func(a *contracts.Terms) { a.SignedAt, a.Signatures = date(11, 1), signatures(contracts.RoleBrand) }, true},
		"the same instant": {func(a *contracts.Terms) { a.Effective.Start = a.Effective.Start.UTC() }, true},
		"a list of nothing": {func(a *contracts.Terms) {
			a.Clauses.Regulated, a.Parties[0].Permits = []string{"alcohol"}, []contracts.Permit{}
		}, true},
		"a scope of nothing":  {func(a *contracts.Terms) { a.Pay.Percentages[1].Scope.SKUs = []string{} }, true},
		"a clause of nothing": {func(a *contracts.Terms) { a.Clauses.Reviewing = &contracts.ReviewTerms{} }, false},
		"no clause":           {func(a *contracts.Terms) { a.Clauses.Reviewing = nil }, false},
		"the version":         {func(a *contracts.Terms) { a.Version = 2 }, false},
		"a cent":              {func(a *contracts.Terms) { a.Pay.Fees[0].Amount = eur(50001) }, false},
		"the order of pay": {func(a *contracts.Terms) {
			a.Pay.Percentages[0], a.Pay.Percentages[1] = a.Pay.Percentages[1], a.Pay.Percentages[0]
		}, false},
	}
	want := draftOf(t, richTerms()).Digest()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := richTerms()
			tt.change(&changed)
			if got := draftOf(t, changed).Digest(); (got == want) != tt.same {
				t.Errorf("digest %s beside %s", got, want)
			}
		})
	}
	if got := (&contracts.Agreement{}).Digest(); got != "" {
		t.Errorf("the zero agreement is %s", got)
	}
}

func signature(a *contracts.Agreement, role contracts.Role, at time.Time) contracts.Signature {
	return contracts.Signature{Role: role, Name: "ada", At: at, Document: a.Digest()}
}

func TestSign(t *testing.T) {
	t.Parallel()
	type step struct {
		role contracts.Role
		day  int
	}
	brand, creator := step{contracts.RoleBrand, 3}, step{contracts.RoleCreator, 5}
	tests := map[string]struct {
		parties []contracts.Party
		steps   []step
		want    time.Time // zero: not signed
	}{
		"nobody":                       {nil, nil, time.Time{}},
		"the brand":                    {nil, []step{brand}, time.Time{}},
		"both":                         {nil, []step{brand, creator}, date(10, 5)},
		"the other way round":          {nil, []step{creator, brand}, date(10, 5)},
		"without the guardian":         {[]contracts.Party{guardian()}, []step{brand, creator}, time.Time{}},
		"with the guardian":            {[]contracts.Party{guardian()}, []step{brand, {contracts.RoleGuardian, 7}, creator}, date(10, 7)},
		"an agency signs for nobody":   {[]contracts.Party{{Role: contracts.RoleAgency, Name: "dario"}}, []step{brand, {contracts.RoleAgency, 4}}, time.Time{}},
		"an agency moves no day later": {[]contracts.Party{{Role: contracts.RoleAgency, Name: "dario"}}, []step{brand, creator, {contracts.RoleAgency, 9}}, date(10, 5)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			agreed := richTerms()
			agreed.Parties = append(agreed.Parties, tt.parties...)
			a := draftOf(t, agreed)
			for _, s := range tt.steps {
				signed, err := a.Sign(signature(a, s.role, date(10, s.day)))
				require.NoError(t, err)
				if signed.Digest() != a.Digest() || len(a.Terms().Signatures) == len(signed.Terms().Signatures) {
					t.Error("signing changed the version that was signed")
				}
				a = signed
			}
			if a.Signed() != !tt.want.IsZero() || !a.Terms().SignedAt.Equal(tt.want) {
				t.Errorf("signed %v at %s, want %s", a.Signed(), a.Terms().SignedAt, tt.want)
			}
		})
	}
}

func TestSignFaults(t *testing.T) {
	t.Parallel()
	a := draftOf(t, richTerms())
	once, err := a.Sign(signature(a, contracts.RoleBrand, date(10, 3)))
	require.NoError(t, err)
	other := signature(a, contracts.RoleCreator, date(10, 3))
	other.Document = noDocument
	tests := map[string]struct {
		signature contracts.Signature
		want      []fault
	}{
		"twice":            {signature(a, contracts.RoleBrand, date(10, 4)), []fault{{"role", "agreement.role_twice"}}},
		"no party":         {signature(a, contracts.RoleGuardian, date(10, 4)), []fault{{"role", "agreement.no_party"}}},
		"another document": {other, []fault{{"document", "agreement.other_document"}}},
		"nothing":          {contracts.Signature{}, []fault{{"role", "required"}, {"name", "required"}, {"at", "required"}, {"document", "required"}}},
		"no such role":     {signature(a, "witness", date(10, 4)), []fault{{"role", "oneof"}, {"role", "agreement.no_party"}}},
		"after all years":  {signature(a, contracts.RoleCreator, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), []fault{{"", "agreement.unwritable"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := once.Sign(tt.signature)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
	_, err = (&contracts.Agreement{}).Sign(other)
	require.ErrorIs(t, err, byline.ErrInvalid, "nobody signs the zero agreement")
}

// A signature under what was agreed stops counting when the stored terms are changed.
func TestSignedOnlyWhatWasSigned(t *testing.T) {
	t.Parallel()
	a := signedByBoth(t)
	stored := a.Terms()
	if !draftOf(t, stored).Signed() {
		t.Error("read back it is not signed")
	}
	stored.Pay.Fees[0].Amount = eur(1)
	if draftOf(t, stored).Signed() {
		t.Error("other terms pass for signed")
	}
	paper := richTerms()
	paper.SignedAt = date(10, 1)
	if draftOf(t, paper).Signed() {
		t.Error("a date passes for a signature")
	}
}

func signedByBoth(t *testing.T) *contracts.Agreement {
	t.Helper()
	a := draftOf(t, richTerms())
	for _, role := range []contracts.Role{contracts.RoleBrand, contracts.RoleCreator} {
		var err error
		a, err = a.Sign(signature(a, role, date(10, 5)))
		require.NoError(t, err)
	}
	return a
}

// An amendment is signed anew; once it is, it can be read back as it was stored.
func TestAgreementAmendedIsUnsigned(t *testing.T) {
	t.Parallel()
	first := signedByBoth(t)
	next := first.Terms()
	next.Version, next.Pay.Fees[0].Amount = 2, eur(60000)
	second, err := first.Amend(next)
	require.NoError(t, err)
	if got := second.Terms(); second.Signed() || len(got.Signatures) > 0 || !got.SignedAt.IsZero() {
		t.Errorf("the amendment came signed: %v %s", got.Signatures, got.SignedAt)
	}
	if len(next.Signatures) != 2 {
		t.Error("the caller's terms were changed")
	}
	for _, role := range []contracts.Role{contracts.RoleBrand, contracts.RoleCreator} {
		second, err = second.Sign(signature(second, role, date(10, 9)))
		require.NoError(t, err)
	}
	again, err := first.Amend(second.Terms())
	require.NoError(t, err)
	if !again.Signed() || !again.Terms().SignedAt.Equal(date(10, 9)) {
		t.Error("the stored amendment lost its signatures")
	}
}

// A signature on paper has no digest; its day is the caller's word and stays.
func TestAgreementAmendedKeepsThePapersDay(t *testing.T) {
	t.Parallel()
	first := draft(t, func(a *contracts.Terms) { a.SignedAt = date(10, 1) })
	next := first.Terms()
	next.Version, next.SignedAt = 2, date(10, 20)
	second, err := first.Amend(next)
	require.NoError(t, err)
	if got := second.Terms().SignedAt; !got.Equal(date(10, 20)) {
		t.Errorf("signed at %s", got)
	}
}

// What an amendment takes over of the version before is not signed; what it brings along
// itself is the caller's word.
func TestAgreementAmendedTakesNoSignatureOver(t *testing.T) {
	t.Parallel()
	paper := draft(t, func(a *contracts.Terms) { a.SignedAt = date(10, 1) })
	tests := map[string]struct {
		first      *contracts.Agreement
		change     func(*contracts.Terms)
		signedAt   time.Time
		signatures int
	}{
		"a paper's day":                  {paper, func(*contracts.Terms) {}, time.Time{}, 0},
		"the same in another zone":       {paper, func(a *contracts.Terms) { a.SignedAt = a.SignedAt.In(time.FixedZone("", 3600)) }, time.Time{}, 0},
		"another paper's day":            {paper, func(a *contracts.Terms) { a.SignedAt = date(10, 2) }, date(10, 2), 0},
		"a paper's day and a signature":  {paper, func(a *contracts.Terms) { a.Signatures = signatures(contracts.RoleBrand) }, date(10, 1), 1},
		"signatures":                     {signedByBoth(t), func(*contracts.Terms) {}, time.Time{}, 0},
		"signatures and a paper's day":   {signedByBoth(t), func(a *contracts.Terms) { a.SignedAt = date(10, 2) }, date(10, 2), 0},
		"signatures and one of its own":  {signedByBoth(t), func(a *contracts.Terms) { a.Signatures[0].Document = noDocument }, date(10, 5), 1},
		"signatures, and all of its own": {signedByBoth(t), func(a *contracts.Terms) { a.Signatures = signatures(contracts.RoleBrand, contracts.RoleCreator) }, date(10, 5), 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			next := tt.first.Terms()
			next.Version++
			tt.change(&next)
			second, err := tt.first.Amend(next)
			require.NoError(t, err)
			if got := second.Terms(); !got.SignedAt.Equal(tt.signedAt) || len(got.Signatures) != tt.signatures {
				t.Errorf("signed at %s with %d signatures, want %s and %d", got.SignedAt, len(got.Signatures), tt.signedAt, tt.signatures)
			}
		})
	}
}

// Signatures say by themselves when a version became binding; the day that the terms name
// counts only where there are none.
func TestSignedAt(t *testing.T) {
	t.Parallel()
	signed := signedByBoth(t).Terms()
	tests := map[string]struct {
		change func(*contracts.Terms)
		want   time.Time
	}{
		"by both":                     {func(*contracts.Terms) {}, date(10, 5)},
		"dated back":                  {func(a *contracts.Terms) { a.SignedAt = date(1, 1) }, date(10, 5)},
		"dated on":                    {func(a *contracts.Terms) { a.SignedAt = date(12, 1) }, date(10, 5)},
		"no day":                      {func(a *contracts.Terms) { a.SignedAt = time.Time{} }, date(10, 5)},
		"by one side":                 {func(a *contracts.Terms) { a.Signatures = a.Signatures[:1] }, time.Time{}},
		"by the other side":           {func(a *contracts.Terms) { a.Signatures = a.Signatures[1:] }, time.Time{}},
		"of another text":             {func(a *contracts.Terms) { a.Pay.Fees[0].Amount = eur(1) }, time.Time{}},
		"one of another text":         {func(a *contracts.Terms) { a.Signatures[1].Document = noDocument }, time.Time{}},
		"without the guardian":        {func(a *contracts.Terms) { a.Parties = append(a.Parties, guardian()) }, time.Time{}},
		"on paper":                    {func(a *contracts.Terms) { a.Signatures, a.SignedAt = nil, date(9, 1) }, date(9, 1)},
		"on paper, without its day":   {func(a *contracts.Terms) { a.Signatures, a.SignedAt = nil, time.Time{} }, time.Time{}},
		"on paper, and of other text": {func(a *contracts.Terms) { a.Signatures, a.SignedAt = signatures(contracts.RoleBrand), date(9, 1) }, time.Time{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := signed
			changed.Parties, changed.Pay.Fees = slices.Clone(signed.Parties), slices.Clone(signed.Pay.Fees)
			changed.Signatures = slices.Clone(signed.Signatures)
			tt.change(&changed)
			a := draftOf(t, changed)
			if got := a.SignedAt(); !got.Equal(tt.want) {
				t.Errorf("signed at %s, want %s", got, tt.want)
			}
			if got := contracts.EngagementOf(a, nil).AgreedAt; !got.Equal(tt.want) {
				t.Errorf("the engagement was agreed at %s, want %s", got, tt.want)
			}
		})
	}
}

func ExampleAgreement_Sign() {
	agreement, err := contracts.Draft(contracts.Terms{ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "autumn",
		Effective: byline.Window{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)},
		Pay:       contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 12 * contracts.Percent}}}})
	for day, role := range []contracts.Role{contracts.RoleBrand, contracts.RoleCreator} {
		if err != nil {
			break
		}
		agreement, err = agreement.Sign(contracts.Signature{Role: role, Name: "demo", Document: agreement.Digest(),
			At: time.Date(2026, 10, 20+day, 9, 0, 0, 0, time.UTC)})
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(agreement.Signed(), agreement.Terms().SignedAt.Format(time.DateOnly))
	// Output: true 2026-10-21
}
