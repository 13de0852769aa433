package dossiercsv_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/dossiercsv"
)

// told is what was read, in short lines.
func told(got dossiercsv.Result) []string {
	var lines []string
	for _, d := range got.Dossiers {
		for _, a := range d.Profile.Accounts {
			n, _ := a.Followers.Value()
			lines = append(lines, fmt.Sprint(d.Profile.ID, " ", d.Profile.Name, " ", a.Platform, " ", a.Handle, " ", n, " ", a.Followers.Missing(), " ", a.Followers.Definition(), " ", d.Profile.Market))
		}
		for _, a := range d.Audiences {
			for _, b := range a.Breakdowns {
				for _, bucket := range b.Buckets {
					share, _ := bucket.Share.Value()
					lines = append(lines, fmt.Sprint(d.Profile.ID, " ", a.Account.Handle, " ", b.Dimension, " ", bucket.Key, " ", share, " ", bucket.Share.Missing(), " ", bucket.Share.Definition()))
				}
			}
		}
		for _, p := range d.Posts {
			views, _ := p.Measure(creator.Views).Value()
			lines = append(lines, fmt.Sprint(d.Profile.ID, " ", p.ID, " ", p.PublishedAt.Format(time.RFC3339), " ", views, " ", p.Measure(creator.Views).Definition()))
		}
	}
	for _, f := range got.Faults {
		lines = append(lines, f.Error())
	}
	return lines
}

// A list out of a discovery tool: one platform, a row for a creator, short numbers,
// percentages without their sign, a column for each bucket.
func TestListOfADiscoveryTool(t *testing.T) {
	t.Parallel()
	const list = `"Username","Full Name","Followers","ER (%)","Country","Female (%)","Male (%)","Age 18-24 (%)","Age 25-34 (%)","Updated"
"@ada.bakes","Ada","12.3K","4.1","DE","61.2","38.8","0.8","55","2026-11-20 14:03"
"bruno.brews","Bruno","1.2M","-","-","-","","20","n/a","2026-11-20 14:03"
"cleo","Cleo","950","2","FR","140","10","5","-3","2026-11-20 14:03"
`
	same := map[string]string{"username": "creator,handle", "ER (%)": "", "Updated": "at"}
	columns := func(more map[string]string) map[string]string {
		maps.Copy(more, same)
		return more
	}
	got, err := dossiercsv.Read(dossiercsv.Files{Accounts: strings.NewReader(list), Audiences: strings.NewReader(list)}, &dossiercsv.Options{
		Definition: "finder", Rounded: []dossiercsv.File{dossiercsv.Accounts},
		Fixed: map[dossiercsv.File]map[string]string{dossiercsv.Accounts: {"platform": "instagram"}, dossiercsv.Audiences: {"platform": "instagram"}},
		Columns: map[dossiercsv.File]map[string]string{
			dossiercsv.Accounts:  columns(map[string]string{"Full Name": "name", "Country": "market", "*": ""}),
			dossiercsv.Audiences: columns(map[string]string{"*": "", "Female (%)": "gender:female%", "Male (%)": "gender:male%", "Age 18-24 (%)": "age:18-24%", "Age 25-34 (%)": "age:25-34%"}),
		},
	})
	require.NoError(t, err)
	want := []string{
		"@ada.bakes Ada instagram ada.bakes 12300  finder.followers.rounded DE",
		"@ada.bakes ada.bakes age 18-24 0.008  finder.followers.share",
		"@ada.bakes ada.bakes age 25-34 0.55  finder.followers.share",
		"@ada.bakes ada.bakes gender female 0.612  finder.followers.share",
		"@ada.bakes ada.bakes gender male 0.388  finder.followers.share",
		"bruno.brews Bruno instagram bruno.brews 1.2e+06  finder.followers.rounded ",
		"bruno.brews bruno.brews age 18-24 0.2  finder.followers.share",
		"bruno.brews bruno.brews age 25-34 0 not_collected finder.followers.share",
		"bruno.brews bruno.brews gender female 0 not_collected finder.followers.share",
		"cleo Cleo instagram cleo 950  finder.followers.rounded FR",
		"cleo cleo age 18-24 0.05  finder.followers.share",
		"cleo cleo gender male 0.1  finder.followers.share",
		"audiences, line 4, gender:female: a share is from 0 to 1",
		"audiences, line 4, age:25-34: a share is from 0 to 1",
	}
	if diff := cmp.Diff(want, told(got)); diff != "" || got.Rows != 6 {
		t.Errorf("%d rows, mismatch (-want +got):\n%s", got.Rows, diff)
	}
}

// A spreadsheet out of a German agency.
func TestSpreadsheetWithCommas(t *testing.T) {
	t.Parallel()
	const accounts = "\ufeffKonto;Name;Netzwerk;Follower;Land;Stand\r\nada.bakes;Ada;TikTok;12.300;de;20.11.2026\r\nbruno;Bruno;YouTube;1,2M;–;20.11.2026\r\n"
	const audiences = "creator;platform;country:DE;country:unknown;Share (%);at\r\nada.bakes;tiktok;62,5%;0,375;;2026-11-20\r\n"
	o := dossiercsv.Options{
		DecimalComma: true, Thousands: ".", TimeLayouts: []string{"02.01.2006"},
		Columns: map[dossiercsv.File]map[string]string{dossiercsv.Accounts: {"Konto": "creator,handle", "Netzwerk": "platform", "Follower": "followers", "Land": "market", "Stand": "at"}},
	}
	read := func(audiences string) []string {
		got, err := dossiercsv.Read(dossiercsv.Files{Accounts: strings.NewReader(accounts), Audiences: strings.NewReader(audiences)}, &o)
		require.NoError(t, err)
		return told(got)
	}
	want := []string{
		"ada.bakes Ada tiktok ada.bakes 12300  csv.followers DE",
		"ada.bakes ada.bakes country DE 0.625  csv.followers.share",
		"ada.bakes ada.bakes country unknown 0.375  csv.followers.share",
		"accounts, line 3, followers: a number is written short; Options.Rounded declares that",
	}
	if diff := cmp.Diff(want, read(strings.ReplaceAll(audiences, ";Share (%);", ";x;"))[:4]); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
	want = []string{want[0], want[3], "audiences, line 1, share: the file has the column, and it is given in another way too"}
	if diff := cmp.Diff(want, read(audiences)); diff != "" {
		t.Errorf("both ways, mismatch (-want +got):\n%s", diff)
	}
	long := "creator;platform;dimension;bucket;Share (%)\nada.bakes;tiktok;age;18-24;12,5\nada.bakes;tiktok;age;25-34;0,5 %\n"
	want = []string{want[0], "ada.bakes ada.bakes age 18-24 0.125  csv.followers.share", "ada.bakes ada.bakes age 25-34 0.005  csv.followers.share", want[1]}
	if diff := cmp.Diff(want, read(long)); diff != "" {
		t.Errorf("percentages, mismatch (-want +got):\n%s", diff)
	}
}

// Posts out of a platform's own pages: one account, times as in the United States.
func TestPostsOfOneAccount(t *testing.T) {
	t.Parallel()
	const posts = "Post ID,Publish time,Description,Permalink,Views,Likes,Duration (sec)\n" +
		"17901,11/20/2026 14:03,\"Rye, day 1\",https://demo.example/p/1,\"1,234\",51,30\n17902,2026-11-21 09:00:05,-,,--,12,31\n17903,21/11/2026 09:00,x,,1,1,1\n"
	got, err := dossiercsv.Read(dossiercsv.Files{
		Accounts: strings.NewReader("creator,name,platform,handle\nada,Ada,instagram,ada.bakes\n"), Posts: strings.NewReader(posts),
	}, &dossiercsv.Options{
		Thousands: ",", TimeLayouts: []string{"01/02/2006 15:04"}, Location: time.FixedZone("", 3600),
		Fixed: map[dossiercsv.File]map[string]string{dossiercsv.Posts: {"creator": "ada", "platform": "instagram"}},
		Columns: map[dossiercsv.File]map[string]string{dossiercsv.Posts: {
			"Post ID": "id", "Publish time": "published_at", "Description": "text", "Permalink": "link",
		}},
	})
	require.NoError(t, err)
	want := []string{
		"ada Ada instagram ada.bakes 0 not_collected  ",
		"ada 17901 2026-11-20T13:03:00Z 1234 csv.views",
		"ada 17902 2026-11-21T08:00:05Z 0 csv.views",
		"posts, line 1, Duration (sec): not a column of this file; it is passed over",
		"posts, line 4, published_at: no day as 2026-11-22 and no time as in RFC 3339, as 2026-11-22 14:03 or as the options declare it, between 1970 and 9998",
	}
	if diff := cmp.Diff(want, told(got)); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}
