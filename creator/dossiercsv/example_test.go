package dossiercsv_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/dossiercsv"
)

func ExampleRead() {
	const accounts = `Creator;Name;Platform;Handle;Followers;Languages
ada;Ada;instagram;@ada.bakes;12.300;de|en
ada;;tiktok;ada_bakes;hidden;
bruno;Bruno;youtube;bruno.brews;-5;en
`
	const audiences = `creator,platform,dimension,bucket,share
ada,instagram,age,18-24,"12,5%"
ada,instagram,age,25-34,140%
cleo,instagram,age,18-24,10%
`
	read, err := dossiercsv.Read(dossiercsv.Files{
		Accounts:  strings.NewReader(accounts),
		Audiences: strings.NewReader(audiences),
	}, &dossiercsv.Options{
		Definition: "crm", At: time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC),
		DecimalComma: true, Thousands: ".",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range read.Dossiers {
		for _, a := range d.Profile.Accounts {
			followers, known := a.Followers.Value()
			fmt.Println(d.Profile.ID, a.Platform, a.Handle, followers, known, a.Followers.Missing(), a.Followers.Definition())
		}
		ages, _ := d.Audiences[0].Breakdown(creator.Age)
		for _, b := range ages.Buckets {
			share, _ := b.Share.Value()
			fmt.Println(b.Key, share)
		}
	}
	for _, fault := range read.Faults {
		fmt.Println(fault)
	}
	// Output:
	// ada instagram ada.bakes 12300 true  crm.followers
	// ada tiktok ada_bakes 0 false hidden crm.followers
	// 18-24 0.125
	// accounts, line 4, followers: a follower count is not negative
	// audiences, line 3, share: a share is from 0 to 1
	// audiences, line 4, creator: the accounts that could be read have no such creator
}
