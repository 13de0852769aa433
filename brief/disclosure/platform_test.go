package disclosure_test

import (
	"testing"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

func TestMetaPlatforms(t *testing.T) {
	t.Parallel()
	ig := postIn("US", "en").at(byline.Instagram)
	runVectors(t, map[string]worldVector{
		"off":                     {ig, expect("instagram.toggle", violation)},
		"on":                      {ig.toggled(disclosure.Yes), expect("instagram.toggle", fine)},
		"not known":               {ig.toggled(disclosure.Unknown), expect("instagram.toggle", unknown)},
		"off beside a good label": {ig.with(disclosure.Caption, "#ad"), map[string]disclosure.Status{"instagram.toggle": violation, "US.label": fine}},
		"off for a gift":          {ig.because(disclosure.GiftUnsolicited), expect("instagram.toggle", violation)},
		"the own brand":           {ig.because(disclosure.OwnBrand), expect("instagram.toggle", absent)},
		"on Facebook":             {ig.at(byline.Facebook), map[string]disclosure.Status{"facebook.toggle": violation, "instagram.toggle": absent}},
		"elsewhere":               {ig.at(byline.Pinterest), expect("instagram.toggle", absent)},
		"vapes":                   {ig.about(disclosure.Nicotine), expect("instagram.nicotine.gate", violation)},
		"alcohol, open":           {ig.about(disclosure.Alcohol), expect("instagram.alcohol.gate", unknown)},
		"alcohol for all":         {ig.about(disclosure.Alcohol).checked("instagram.alcohol.gate", disclosure.No), expect("instagram.alcohol.gate", violation)},
		"alcohol for adults":      {ig.about(disclosure.Alcohol).checked("instagram.alcohol.gate", disclosure.Yes), expect("instagram.alcohol.gate", fine)},
		"binary options":          {ig.about(disclosure.CFD), expect("instagram.cfd.gate", violation)},
	})
}

func TestTikTok(t *testing.T) {
	t.Parallel()
	tt := postIn("US", "en").at(byline.TikTok).video(30 * time.Second)
	runVectors(t, map[string]worldVector{
		"off":                   {tt, expect("tiktok.toggle", violation)},
		"on":                    {tt.toggled(disclosure.Yes), expect("tiktok.toggle", fine)},
		"off for the own brand": {tt.because(disclosure.OwnBrand), expect("tiktok.toggle", violation)},
		"off in a live":         {tt.as(disclosure.Live), expect("tiktok.toggle", violation)},
		"off for a commission":  {tt.because(disclosure.Affiliate), expect("tiktok.toggle", violation)},
		"not known":             {tt.toggled(disclosure.Unknown), expect("tiktok.toggle", unknown)},
		"gambling is recalled":  {tt.about(disclosure.Gambling), expect("tiktok.gambling.gate", risk)},
		"elsewhere":             {tt.at(byline.YouTube), expect("tiktok.toggle", absent)},
	})
}

func TestYouTube(t *testing.T) {
	t.Parallel()
	yt := postIn("US", "en").at(byline.YouTube).video(10 * time.Minute)
	runVectors(t, map[string]worldVector{
		"unticked":                {yt, expect("youtube.toggle", violation)},
		"ticked":                  {yt.toggled(disclosure.Yes), expect("youtube.toggle", fine)},
		"ticked, and no label":    {yt.toggled(disclosure.Yes), map[string]disclosure.Status{"youtube.toggle": fine, "US.label": risk}},
		"a free product":          {yt.because(disclosure.GiftWithAsk), expect("youtube.toggle", violation)},
		"a text post":             {yt.as(disclosure.Text), expect("youtube.toggle", absent)},
		"the own brand":           {yt.because(disclosure.OwnBrand), expect("youtube.toggle", absent)},
		"gambling, not reviewed":  {yt.about(disclosure.Gambling).checked("youtube.gambling.gate", disclosure.No), expect("youtube.gambling.gate", violation)},
		"a pharmacy, not checked": {yt.about(disclosure.Medicine), expect("youtube.medicine.gate", unknown)},
	})
}

func TestLinkedIn(t *testing.T) {
	t.Parallel()
	li := postIn("US", "en").at(byline.LinkedIn).as(disclosure.Text)
	german := postIn("DE", "de").at(byline.LinkedIn).as(disclosure.Text)
	runVectors(t, map[string]worldVector{
		"no notice":            {li.with(disclosure.Caption, "acme changed how I work"), expect("linkedin.label", violation)},
		"ad":                   {li.with(disclosure.Caption, "#ad acme changed how I work"), expect("linkedin.label", fine)},
		"a sponsored post":     {li.with(disclosure.Caption, "#SponsoredPost acme changed how I work"), expect("linkedin.label", fine)},
		"an employee":          {li.because(disclosure.Employment).with(disclosure.Caption, "#acmeEmployee we are hiring"), expect("linkedin.label", fine)},
		"an employee, unnamed": {li.because(disclosure.Employment).with(disclosure.Caption, "we are hiring"), expect("linkedin.label", violation)},
		"the own brand":        {li.because(disclosure.OwnBrand).with(disclosure.Caption, "we are hiring"), expect("linkedin.label", absent)},
		"German in German":     {german.with(disclosure.Caption, "Anzeige: acme verändert alles"), expect("linkedin.label", fine)},
		"nothing in German":    {german.with(disclosure.Caption, "acme verändert alles"), expect("linkedin.label", violation)},
		"the switch alone":     {li.toggled(disclosure.Yes), expect("linkedin.label", risk)},
		"put in their mouth":   {li.showing(disclosure.AIPerson), expect("linkedin.synthetic.notice", risk)},
	})
}

func TestTwitch(t *testing.T) {
	t.Parallel()
	tw := postIn("US", "en").at(byline.Twitch).as(disclosure.Live)
	runVectors(t, map[string]worldVector{
		"the day before":       {tw.on(2023, time.June, 30), expect("twitch.toggle", absent)},
		"the first day":        {tw.on(2023, time.July, 1), expect("twitch.toggle", violation)},
		"on":                   {tw.toggled(disclosure.Yes), expect("twitch.toggle", fine)},
		"the own brand":        {tw.because(disclosure.OwnBrand), expect("twitch.toggle", absent)},
		"gambling is recalled": {tw.about(disclosure.Gambling).checked("twitch.gambling.gate", disclosure.No), expect("twitch.gambling.gate", risk)},
	})
}
