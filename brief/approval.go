package brief

// Approval is how drafts are reviewed.
type Approval struct {
	// Rounds is how many times the brand may ask for changes. Corrections of facts and of
	// law are free and count for none.
	Rounds  int      `json:"rounds" validate:"min=0,max=20"`
	Days    int      `json:"days" validate:"min=0,max=60"` // business days of the brand for each round
	Silence Silence  `json:"silence,omitempty" validate:"omitempty,oneof=approves rejects"`
	Who     []string `json:"who,omitempty"` // roles, not people: "brand manager", "legal"
}

// Silence says what becomes of a draft that nobody answered in time.
type Silence string

// What silence means.
const (
	NoSilenceRule  Silence = ""
	SilenceAccepts Silence = "approves"
	SilenceRejects Silence = "rejects"
)
