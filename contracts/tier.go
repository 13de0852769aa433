package contracts

import (
	"math/big"

	"github.com/bylinehq/byline"
)

// Commission is what the percentage makes of a sum of its base, with its tiers, rounded
// once, half up. A tier is reached at its From. The base must not be negative. The error
// is "money.range".
func (p Percentage) Commission(base byline.Money) (byline.Money, error) {
	if len(p.Tiers) == 0 {
		return p.Rate.Of(base)
	}
	reached := 0
	for i := range p.Tiers {
		if base.Minor() >= p.Tiers[i].From.Minor() {
			reached = i
		}
	}
	if p.Mode == WholeAmount {
		return p.Tiers[reached].Rate.Of(base)
	}
	total := new(big.Int)
	upper := base.Minor()
	for i := reached; i >= 0; i-- {
		from := p.Tiers[i].From.Minor()
		part := big.NewInt(upper - from)
		total.Add(total, part.Mul(part, big.NewInt(int64(p.Tiers[i].Rate))))
		upper = from
	}
	return rounded(total, big.NewInt(int64(Whole)), base.Currency())
}

// beyond is the commission on what was sold after an amount that counts towards the tiers
// and is paid elsewhere. Neither counts below zero.
func (p *Percentage) beyond(before, base int64, currency byline.Currency) (byline.Money, error) {
	before, base = max(before, 0), max(base, 0)
	if len(p.Tiers) == 0 || before == 0 {
		return p.Commission(byline.Minor(base, currency))
	}
	sum := byline.Minor(before, currency)
	if err := addTo(&sum, byline.Minor(base, currency)); err != nil {
		return byline.Money{}, err
	}
	whole, err := p.Commission(sum)
	if err != nil {
		return byline.Money{}, err
	}
	if p.Mode == WholeAmount {
		return whole.Portion(base, sum.Minor())
	}
	paid, err := p.Commission(byline.Minor(before, currency))
	if err != nil {
		return byline.Money{}, err
	}
	return whole.Sub(paid)
}

// rounded is num/den in minor units, half up; num must not be negative.
func rounded(num, den *big.Int, currency byline.Currency) (byline.Money, error) {
	num = new(big.Int).Lsh(num, 1)
	num.Add(num, den)
	whole := num.Quo(num, new(big.Int).Lsh(den, 1))
	if !whole.IsInt64() {
		return byline.Money{}, &byline.FieldError{Code: "money.range", Message: "amount out of range"}
	}
	return byline.Minor(whole.Int64(), currency), nil
}
