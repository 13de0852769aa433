package creator_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/bylinehq/byline/creator"
)

func ExampleReadJSON() {
	const file = `{"profile":{"id":"ada","name":"Ada","accounts":[{"platform":"instagram","handle":"ada.bakes","followers":{"value":12300,"definition":"crm.followers","at":"2026-11-20T00:00:00Z"}}]},"posts":[{"id":"p1","account":{"platform":"instagram","handle":"ada.bakes"},"published_at":"2026-12-24T18:00:00Z"}]}
{"profile":{"id":"bruno","name":"Bruno","shoe_size":43}}
{"profile":{"id":"cleo","name":"Cleo","accounts":[{"platform":"tiktok","handle":"@cleo","followers":{"value":-1}}]}}
`
	at := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)
	for d, err := range creator.ReadJSON(strings.NewReader(file)) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		if err := d.Validate(); err != nil {
			fmt.Println(d.Profile.ID, "is refused:", err)
			continue
		}
		for _, f := range d.Review(at) {
			fmt.Println(d.Profile.ID, f.Severity, f.Code, f.Path)
		}
	}
	// Output:
	// ada warning post.single posts[0]
	// ada warning post.future posts[0].published_at
	// ada warning origin.missing profile
	// ada warning origin.missing posts
	// dossier 1 on line 2: a dossier has no field "shoe_size"
	// cleo is refused: profile.accounts[0].handle: a handle is written without @ and spaces; profile.accounts[0].followers: a follower count is not negative
}

func ExampleDossier_Prune() {
	at := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)
	d := creator.Dossier{
		Profile:  creator.Profile{ID: "ada", Name: "Ada", Accounts: []creator.Account{{Platform: "tiktok", Handle: "ada_bakes"}}},
		Comments: []creator.Comment{{ID: "c1", PostID: "p1", Platform: "tiktok", Text: "how long did it rest?"}},
		Origins: []creator.Origin{
			{Part: creator.PartProfile, Source: "her agency", Purpose: "choosing creators", CollectedAt: at.AddDate(0, -1, 0)},
			{Part: creator.PartComments, Platform: "tiktok", Source: "platform API", Purpose: "checking comments", CollectedAt: at.AddDate(0, -3, 0), RetainUntil: at},
		},
	}
	kept, dropped := d.Prune(at)
	fmt.Println(dropped, "went")
	handed := kept.Export(at)
	if err := handed.WriteText(os.Stdout); err != nil {
		fmt.Println(err)
	}
	gone := creator.Erase(kept, at, "asked for by the creator")
	fmt.Println()
	fmt.Println(gone.Creator, gone.Reason, gone.Parts)
	// Output:
	// [comments] went
	// What is stored on creator ada, as of 2026-11-22T00:00:00Z
	//
	// PROFILE (1)
	//   from her agency, for choosing creators, collected 2026-10-22T00:00:00Z, no end of retention was recorded
	//   id: ada
	//   name: Ada
	//   accounts:
	//     - platform: tiktok
	//       handle: ada_bakes
	//       followers: missing, not collected
	//       following: missing, not collected
	//       posts: missing, not collected
	//
	// ada asked for by the creator [{profile 1}]
}
