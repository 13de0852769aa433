package contracts_test

import (
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func TestRegionMarkets(t *testing.T) {
	t.Parallel()
	for region, want := range map[contracts.Region]int{
		contracts.EU: 27, contracts.EEA: 30, contracts.DACH: 3, contracts.UKIE: 2, contracts.NA: 2, contracts.ANZ: 2, contracts.GCC: 6, "MARS": 0, "": 0,
	} {
		markets := region.Markets()
		seen := map[byline.Market]bool{}
		for _, m := range markets {
			if !m.Known() || seen[m] {
				t.Errorf("%s: %s is unknown or stands twice", region, m)
			}
			seen[m] = true
			if !(contracts.Territory{Regions: []contracts.Region{region}}).Contains(m, "") {
				t.Errorf("%s does not contain %s", region, m)
			}
		}
		if len(markets) != want {
			t.Errorf("%s has %d members, want %d", region, len(markets), want)
		}
	}
}

func TestTerritoryContains(t *testing.T) {
	t.Parallel()
	world := contracts.Territory{Worldwide: true, Except: []byline.Market{"US"}}
	eu := contracts.Territory{Regions: []contracts.Region{contracts.DACH, contracts.EU}, Except: []byline.Market{"FR"}}
	california := contracts.Territory{Subdivisions: []string{"US-CA"}}
	germany := contracts.Territory{Markets: []byline.Market{"DE"}}
	tests := map[string]struct {
		territory   contracts.Territory
		market      byline.Market
		subdivision string
		want        bool
	}{
		"nowhere":                     {contracts.Territory{}, "DE", "", false},
		"worldwide":                   {world, "BR", "", true},
		"worldwide but for":           {world, "US", "", false},
		"worldwide but for, in parts": {world, "US", "US-CA", false},
		"worldwide, nowhere":          {world, "", "", false},
		"worldwide, no country":       {world, "ZZ", "", false},
		"of a region":                 {eu, "ES", "", true},
		"of the other region":         {eu, "CH", "", true},
		"of a region but for":         {eu, "FR", "", false},
		"overseas is its own market":  {eu, "RE", "", false},
		"no longer a member":          {eu, "GB", "", false},
		"in small letters":            {germany, "de", "", false},
		"a market":                    {germany, "DE", "", true},
		"a part of a market":          {germany, "DE", "DE-BY", true},
		"another market's part":       {germany, "DE", "US-CA", false},
		"another market":              {germany, "AT", "", false},
		"a part":                      {california, "US", "US-CA", true},
		"another part":                {california, "US", "US-NY", false},
		"the whole":                   {california, "US", "", false},
		"a part of another whole":     {california, "CA", "US-CA", false},
		"a part of no country":        {contracts.Territory{Worldwide: true}, "US", "USA-CA", false},
		"two letters across names":    {contracts.Territory{Regions: []contracts.Region{contracts.DACH}}, "EA", "", false},
	}
	for name, tt := range tests {
		if got := tt.territory.Contains(tt.market, tt.subdivision); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
