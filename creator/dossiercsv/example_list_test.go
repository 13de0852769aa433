package dossiercsv_test

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline/creator/dossiercsv"
)

// A discovery tool hands out one list: a row for each creator, short numbers, a column of
// percentages for each part of the audience, and no column for the platform.
func ExampleRead_list() {
	const list = `Username,Full Name,Followers,Engagement,Female (%),Male (%)
@ada.bakes,Ada,12.3K,4.1,61.2,38.8
@bruno.brews,Bruno,950,-,-,-
`
	type columns = map[dossiercsv.File]map[string]string
	instagram := map[string]string{"platform": "instagram"}
	read, err := dossiercsv.Read(dossiercsv.Files{
		Accounts:  strings.NewReader(list), // twice, because it says two things
		Audiences: strings.NewReader(list),
	}, &dossiercsv.Options{
		Definition: "finder",
		Rounded:    []dossiercsv.File{dossiercsv.Accounts},
		Fixed:      columns{dossiercsv.Accounts: instagram, dossiercsv.Audiences: instagram},
		Columns: columns{
			dossiercsv.Accounts:  {"Username": "creator,handle", "Full Name": "name", "*": ""},
			dossiercsv.Audiences: {"Username": "creator,handle", "*": "", "Female (%)": "gender:female%", "Male (%)": "gender:male%"},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range read.Dossiers {
		account := d.Profile.Accounts[0]
		followers, _ := account.Followers.Value()
		fmt.Println(d.Profile.Name, account.Handle, followers, account.Followers.Definition())
		for _, b := range d.Audiences[0].Breakdowns[0].Buckets {
			share, _ := b.Share.Value()
			fmt.Printf("  %s %v, missing %q\n", b.Key, share, b.Share.Missing())
		}
	}
	fmt.Println(len(read.Faults), "faults")
	// Output:
	// Ada ada.bakes 12300 finder.followers.rounded
	//   female 0.612, missing ""
	//   male 0.388, missing ""
	// Bruno bruno.brews 950 finder.followers.rounded
	//   female 0, missing "not_collected"
	//   male 0, missing "not_collected"
	// 0 faults
}
