package contracts

import (
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// reach is a territory with its regions resolved, ready to be compared. A market is
// reached as a whole or in some of its parts.
type reach struct {
	world   bool
	markets []byline.Market // whole ones, sorted; none where world
	except  []byline.Market // not reached, sorted
	parts   []string        // of markets that are not whole, sorted
}

// reachOf resolves a territory. What is excepted is not reached, nor is a part of it.
func reachOf(t Territory) reach {
	r := reach{world: t.Worldwide, except: setOf(t.Except)}
	if !r.world {
		all := slices.Clone(t.Markets)
		for _, region := range t.Regions {
			all = append(all, region.Markets()...)
		}
		r.markets = slices.DeleteFunc(setOf(all), func(m byline.Market) bool { return setHas(r.except, m) })
	}
	r.parts = slices.DeleteFunc(setOf(t.Subdivisions), func(part string) bool {
		country := countryOf(part)
		return r.whole(country) || setHas(r.except, country)
	})
	return r
}

// conflictReach is reachOf where a place that is not said, or not understood, must not be
// a gap: it is everywhere but what is excepted.
func conflictReach(t Territory) reach {
	unclear := t.nowhere() ||
		slices.ContainsFunc(t.Regions, func(r Region) bool { return len(r.Markets()) == 0 }) ||
		slices.ContainsFunc(t.Markets, func(m byline.Market) bool { return !m.Known() }) ||
		slices.ContainsFunc(t.Subdivisions, func(part string) bool { return !countryOf(part).Known() })
	t.Worldwide = t.Worldwide || unclear
	return reachOf(t)
}

// countryOf returns the country of a part, "US" of "US-CA".
func countryOf(part string) byline.Market {
	country, _, _ := strings.Cut(part, "-")
	return byline.Market(country)
}

func (r reach) whole(m byline.Market) bool {
	if r.world {
		return !setHas(r.except, m)
	}
	return setHas(r.markets, m)
}

// touched are the markets that are reached, if only in part, and "" for the world.
func (r reach) touched() []byline.Market {
	markets := slices.Clone(r.markets)
	for _, part := range r.parts {
		markets = append(markets, countryOf(part))
	}
	if r.world {
		markets = append(markets, "")
	}
	return setOf(markets)
}

// overlap returns where both reach, with all lists sorted and regions as their markets.
// It is symmetric. The territory is nowhere when they do not meet.
func (r reach) overlap(o reach) Territory {
	shared := Territory{Worldwide: r.world && o.world}
	if shared.Worldwide {
		shared.Except = setOf(slices.Concat(r.except, o.except))
	}
	for _, m := range setOf(slices.Concat(r.markets, o.markets)) {
		if r.whole(m) && o.whole(m) {
			shared.Markets = append(shared.Markets, m)
		}
	}
	for _, part := range setOf(slices.Concat(r.parts, o.parts)) {
		if r.inPart(part) && o.inPart(part) {
			shared.Subdivisions = append(shared.Subdivisions, part)
		}
	}
	return shared
}

func (r reach) inPart(part string) bool {
	return setHas(r.parts, part) || r.whole(countryOf(part))
}

// reachWords writes a territory without regions for a person.
func reachWords(t Territory) string {
	var words []string
	if t.Worldwide {
		words = append(words, "all markets")
	}
	text := strings.Join(slices.Concat(words, reachMarkets(t.Markets), t.Subdivisions), ", ")
	if len(t.Except) > 0 {
		text += " without " + strings.Join(reachMarkets(t.Except), ", ")
	}
	return text
}

func reachMarkets(markets []byline.Market) []string {
	words := make([]string, len(markets))
	for i, m := range markets {
		words[i] = string(m)
	}
	return words
}
