package creator

// Dossier is everything that is known about one creator, each fact with its time. Reading
// it changes nothing, so one dossier may be read from many goroutines.
type Dossier struct {
	Profile      Profile       `json:"profile"`
	Audiences    []Audience    `json:"audiences,omitempty" validate:"dive"`
	Posts        []Post        `json:"posts,omitempty" validate:"dive"`
	Series       []Series      `json:"series,omitempty" validate:"dive"`
	Comments     []Comment     `json:"comments,omitempty" validate:"dive"`
	Partnerships []Partnership `json:"partnerships,omitempty" validate:"dive"`
	Rates        []Rate        `json:"rates,omitempty" validate:"dive"`
	Reviews      []Review      `json:"reviews,omitempty" validate:"dive"`
	Origins      []Origin      `json:"origins,omitempty" validate:"dive"`
}
