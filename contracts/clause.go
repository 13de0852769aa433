package contracts

import (
	"github.com/bylinehq/byline"
)

// Clauses are what an agreement says beside pay, rights and exclusivity. A nil clause is
// one that the agreement does not have; Review says where that is a risk.
type Clauses struct {
	Written    bool            `json:"written,omitempty"`                                 // on paper or in a signed electronic document
	Law        byline.Market   `json:"law,omitempty" validate:"omitempty,market"`         // the governing one
	Scope      string          `json:"scope,omitempty" validate:"max=2000"`               // what the creator is engaged for, in words
	Audience   []byline.Market `json:"audience,omitempty" validate:"dive,market"`         // the public that the content is aimed at
	Payment    *PaymentTerms   `json:"payment,omitempty"`                                 //
	Reviewing  *ReviewTerms    `json:"reviewing,omitempty"`                               //
	KillFees   []KillFee       `json:"kill_fees,omitempty" validate:"dive"`               // by how far the work is
	Morals     *Morals         `json:"morals,omitempty"`                                  //
	Compliance *Compliance     `json:"compliance,omitempty"`                              //
	Warranties *Warranties     `json:"warranties,omitempty"`                              //
	AI         *AITerms        `json:"ai,omitempty"`                                      //
	Objective  string          `json:"objective,omitempty"`                               // the promotional objective; France adds up what one advertiser gives for one
	Regulated  []string        `json:"regulated,omitempty" validate:"dive,required"`      // sensitive categories that the content touches, e.g. "alcohol"
	Services   []Service       `json:"services,omitempty" validate:"dive"`                // itemised, where a law asks for it
	Statements string          `json:"statements,omitempty" validate:"omitempty,max=200"` // when statements of what is earned are given, in words
}

// PaymentTerms say when money that is owed has to be paid.
type PaymentTerms struct {
	Days int         `json:"days" validate:"min=0,max=365"`                             // after From
	From PaymentFrom `json:"from" validate:"required,oneof=invoice statement delivery"` //
	// Mechanism says how the date is found where there are no days, in words.
	Mechanism string `json:"mechanism,omitempty" validate:"max=500"`
}

// PaymentFrom is what a term of payment is counted from.
type PaymentFrom string

// What payment is counted from.
const (
	FromInvoice   PaymentFrom = "invoice"
	FromStatement PaymentFrom = "statement"
	FromDelivery  PaymentFrom = "delivery"
)

// ReviewTerms say how drafts are reviewed.
type ReviewTerms struct {
	Rounds  int     `json:"rounds" validate:"min=0,max=100"` // of changes that the brand may ask for; 0: none
	Days    int     `json:"days" validate:"min=0,max=90"`    // business days for each answer
	Silence Silence `json:"silence,omitempty" validate:"omitempty,oneof=approves rejects"`
}

// Silence is what no answer within the days means.
type Silence string

// What silence means. The empty Silence: nothing is agreed.
const (
	SilenceApproves Silence = "approves"
	SilenceRejects  Silence = "rejects"
)

// Stage is how far the work was when an agreement is called off.
type Stage string

// Stages of the work, in their order.
const (
	StageSigned    Stage = "signed"
	StageProduced  Stage = "produced" // production has begun
	StageDelivered Stage = "delivered"
)

// KillFee is the part of all fees that is owed when the brand calls the work off at a
// stage. What of it is owed already by a milestone counts towards it.
type KillFee struct {
	Stage Stage `json:"stage" validate:"required,oneof=signed produced delivered"`
	Rate  Rate  `json:"rate"` // 0 to 100 %
}

// Morals is the clause on conduct.
type Morals struct {
	Mutual             bool   `json:"mutual"`                                   // the creator may leave over the brand's conduct too
	Definition         string `json:"definition,omitempty" validate:"max=2000"` // what conduct; empty: undefined
	ClawsBackDelivered bool   `json:"claws_back_delivered"`                     // pay for work that was delivered is taken back
}

// Compliance are duties around disclosure.
type Compliance struct {
	Disclosure    bool `json:"disclosure"`                                // the creator labels what is advertising
	Monitoring    bool `json:"monitoring"`                                // the brand may and will check it
	TakedownHours int  `json:"takedown_hours,omitempty" validate:"min=0"` // within which a post that breaks the rules goes; 0: not agreed
}

// Warranties are what the creator vouches for.
type Warranties struct {
	GenuineFollowers bool `json:"genuine_followers"` // no follower and no engagement is bought
	Audit            bool `json:"audit"`             // the brand may look into it
	Original         bool `json:"original"`          // the content is the creator's own work
}

// AITerms say what may be done with the content and the likeness by machines. Whatever
// is not granted in a Grant stays forbidden.
type AITerms struct {
	Training     bool   `json:"training"`                                                                // the content may train models
	Replica      bool   `json:"replica"`                                                                 // the likeness may be synthesised
	Purpose      string `json:"purpose,omitempty" validate:"max=1000"`                                   // of a replica
	DisclosureBy Role   `json:"disclosure_by,omitempty" validate:"omitempty,oneof=brand creator agency"` // who labels synthetic content
}

// Service is one line of what is bought.
type Service struct {
	Description string       `json:"description" validate:"required,max=500"`
	Value       byline.Money `json:"value"`
}
