package creator_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// A hidden follower count is fine; what is wrong is reported in full.
func ExampleProfile_Validate() {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	p := creator.Profile{
		ID: "ada",
		Accounts: []creator.Account{
			{Platform: byline.YouTube, Handle: "@ada", Followers: byline.Known(12_300, "youtube.subscribers.rounded3", at)},
			{Platform: byline.TikTok, Handle: "ada", Followers: byline.Missing(byline.Hidden, "tiktok.followers", at)},
			{Platform: byline.TikTok, Handle: "Ada"},
		},
	}
	if all, ok := errors.AsType[*byline.ValidationError](p.Validate()); ok {
		for _, f := range all.Fields {
			fmt.Printf("%-18s %-21s %s\n", f.Path, f.Code, f.Message)
		}
	}

	p.Name, p.Accounts = "Ada", p.Accounts[:2]
	p.Accounts[0].Handle = "ada"
	fmt.Println(p.Validate())
	// Output:
	// name               required              a value is required
	// accounts[0].handle profile.handle        a handle is written without @ and spaces
	// accounts[2]        profile.account_twice this account stands twice
	// <nil>
}
