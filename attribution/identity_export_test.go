package attribution

// What keys are made of, for tests that look at normal forms.
var (
	NormalEmail   = normalEmail
	NormalPhone   = normalPhone
	NormalAddress = normalAddress
	Punycode      = punycode
)
