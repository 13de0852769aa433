package multitouch

import (
	"iter"
	"slices"
)

// Comparison holds what several models make of the same journeys.
type Comparison struct {
	Totals   Totals   `json:"totals"`
	Channels []string `json:"channels"` // all that were touched, in order of name
	Results  []Result `json:"results"`  // in the order of the models asked for
	Spread   []Spread `json:"spread"`   // by channel, in the order of Channels
}

// Spread is how far the models that answered are apart on one channel.
type Spread struct {
	Channel   string  `json:"channel"`
	Low       float64 `json:"low"` // conversions
	LowModel  string  `json:"low_model"`
	High      float64 `json:"high"`
	HighModel string  `json:"high_model"`
}

// Width is how many conversions depend on the choice of the model.
func (s Spread) Width() float64 { return s.High - s.Low }

// Result returns what a model made of the journeys, by its name.
func (c Comparison) Result(model string) (Result, bool) {
	for _, r := range c.Results {
		if r.Model == model {
			return r, true
		}
	}
	return Result{}, false
}

// SpreadOf is Spread among some of the models, by their names: those that one would choose
// from. A model that refused, or was not asked, is left out.
func (c Comparison) SpreadOf(models ...string) []Spread {
	var among []Result
	for _, r := range c.Results {
		if slices.Contains(models, r.Model) {
			among = append(among, r)
		}
	}
	return spread(c.Channels, among)
}

// Compare reads journeys once and credits them by each model. A model that cannot answer
// says so in its own Result. Bad rows are an error, with the codes of [Journeys.Add], and
// so is what [NewTally] refuses; without a conversion the refusal is
// "tally.no_conversions".
func Compare(rows iter.Seq2[Journey, error], models []Model, opts *Options) (Comparison, error) {
	t, err := NewTally(models, opts)
	if err != nil {
		return Comparison{}, err
	}
	if err := t.Read(rows); err != nil {
		return Comparison{}, err
	}
	return t.Compare()
}

// Attribute reads journeys once and credits them by one model. Its errors are those of
// [Compare], and the model's own refusal.
func Attribute(rows iter.Seq2[Journey, error], model Model, opts *Options) (Result, error) {
	c, err := Compare(rows, []Model{model}, opts)
	if err != nil {
		return Result{}, err
	}
	return c.only()
}

// Compare credits the journeys by each model. Of the options it reads Workers.
func (j *Journeys) Compare(models []Model, opts *Options) (Comparison, error) {
	t, err := NewTally(models, opts)
	if err != nil {
		return Comparison{}, err
	}
	if err := t.Count(j); err != nil {
		return Comparison{}, err
	}
	return t.Compare()
}

// Attribute credits the journeys by one model, or returns its refusal.
func (j *Journeys) Attribute(model Model, opts *Options) (Result, error) {
	c, err := j.Compare([]Model{model}, opts)
	if err != nil {
		return Result{}, err
	}
	return c.only()
}

func (c Comparison) only() (Result, error) {
	r := c.Results[0]
	if r.Refused != nil {
		return r, r.Refused
	}
	return r, nil
}

func spread(channels []string, results []Result) []Spread {
	spreads := make([]Spread, len(channels))
	for i, channel := range channels {
		s := Spread{Channel: channel}
		for _, r := range results {
			if r.Refused != nil {
				continue
			}
			c := r.Credits[i].Conversions
			if s.LowModel == "" || c < s.Low {
				s.Low, s.LowModel = c, r.Model
			}
			if s.HighModel == "" || c > s.High {
				s.High, s.HighModel = c, r.Model
			}
		}
		spreads[i] = s
	}
	return spreads
}
