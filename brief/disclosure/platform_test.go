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
		"off":                     {ig, expect("instagram.toggle", isViolation)},
		"on":                      {ig.toggled(disclosure.Yes), expect("instagram.toggle", isFine)},
		"not known":               {ig.toggled(disclosure.Unknown), expect("instagram.toggle", isUnknown)},
		"off beside a good label": {ig.with(disclosure.Caption, "#ad"), map[string]disclosure.Status{"instagram.toggle": isViolation, "US.label": isFine}},
		"off for a gift":          {ig.because(disclosure.GiftUnsolicited), expect("instagram.toggle", isViolation)},
		"the own brand":           {ig.because(disclosure.OwnBrand), expect("instagram.toggle", isAbsent)},
		"on Facebook":             {ig.at(byline.Facebook), map[string]disclosure.Status{"facebook.toggle": isViolation, "instagram.toggle": isAbsent}},
		"elsewhere":               {ig.at(byline.Pinterest), expect("instagram.toggle", isAbsent)},
		"vapes":                   {ig.about(disclosure.Nicotine), expect("instagram.nicotine.gate", isViolation)},
		"alcohol, open":           {ig.about(disclosure.Alcohol), expect("instagram.alcohol.gate", isUnknown)},
		"alcohol for all":         {ig.about(disclosure.Alcohol).checked("instagram.alcohol.gate", disclosure.No), expect("instagram.alcohol.gate", isViolation)},
		"alcohol for adults":      {ig.about(disclosure.Alcohol).checked("instagram.alcohol.gate", disclosure.Yes), expect("instagram.alcohol.gate", isFine)},
		"binary options":          {ig.about(disclosure.CFD), expect("instagram.cfd.gate", isViolation)},
	})
}

func TestTikTok(t *testing.T) {
	t.Parallel()
	tt := postIn("US", "en").at(byline.TikTok).video(30 * time.Second)
	runVectors(t, map[string]worldVector{
		"off":                   {tt, expect("tiktok.toggle", isViolation)},
		"on":                    {tt.toggled(disclosure.Yes), expect("tiktok.toggle", isFine)},
		"off for the own brand": {tt.because(disclosure.OwnBrand), expect("tiktok.toggle", isViolation)},
		"off in a live":         {tt.as(disclosure.Live), expect("tiktok.toggle", isViolation)},
		"off for a commission":  {tt.because(disclosure.Affiliate), expect("tiktok.toggle", isViolation)},
		"not known":             {tt.toggled(disclosure.Unknown), expect("tiktok.toggle", isUnknown)},
		"gambling is recalled":  {tt.about(disclosure.Gambling), expect("tiktok.gambling.gate", isRisk)},
		"elsewhere":             {tt.at(byline.YouTube), expect("tiktok.toggle", isAbsent)},
	})
}

func TestYouTube(t *testing.T) {
	t.Parallel()
	yt := postIn("US", "en").at(byline.YouTube).video(10 * time.Minute)
	runVectors(t, map[string]worldVector{
		"unticked":                {yt, expect("youtube.toggle", isViolation)},
		"ticked":                  {yt.toggled(disclosure.Yes), expect("youtube.toggle", isFine)},
		"ticked, and no label":    {yt.toggled(disclosure.Yes), map[string]disclosure.Status{"youtube.toggle": isFine, "US.label": isRisk}},
		"a free product":          {yt.because(disclosure.GiftWithAsk), expect("youtube.toggle", isViolation)},
		"a text post":             {yt.as(disclosure.Text), expect("youtube.toggle", isAbsent)},
		"the own brand":           {yt.because(disclosure.OwnBrand), expect("youtube.toggle", isAbsent)},
		"gambling, not reviewed":  {yt.about(disclosure.Gambling).checked("youtube.gambling.gate", disclosure.No), expect("youtube.gambling.gate", isViolation)},
		"a pharmacy, not checked": {yt.about(disclosure.Medicine), expect("youtube.medicine.gate", isUnknown)},
	})
}

func TestLinkedIn(t *testing.T) {
	t.Parallel()
	li := postIn("US", "en").at(byline.LinkedIn).as(disclosure.Text)
	german := postIn("DE", "de").at(byline.LinkedIn).as(disclosure.Text)
	runVectors(t, map[string]worldVector{
		"no notice":            {li.with(disclosure.Caption, "acme changed how I work"), expect("linkedin.label", isViolation)},
		"ad":                   {li.with(disclosure.Caption, "#ad acme changed how I work"), expect("linkedin.label", isFine)},
		"a sponsored post":     {li.with(disclosure.Caption, "#SponsoredPost acme changed how I work"), expect("linkedin.label", isFine)},
		"an employee":          {li.because(disclosure.Employment).with(disclosure.Caption, "#acmeEmployee we are hiring"), expect("linkedin.label", isFine)},
		"an employee, unnamed": {li.because(disclosure.Employment).with(disclosure.Caption, "we are hiring"), expect("linkedin.label", isViolation)},
		"the own brand":        {li.because(disclosure.OwnBrand).with(disclosure.Caption, "we are hiring"), expect("linkedin.label", isAbsent)},
		"German in German":     {german.with(disclosure.Caption, "Anzeige: acme verändert alles"), expect("linkedin.label", isFine)},
		"nothing in German":    {german.with(disclosure.Caption, "acme verändert alles"), expect("linkedin.label", isViolation)},
		"the switch alone":     {li.toggled(disclosure.Yes), expect("linkedin.label", isRisk)},
		"put in their mouth":   {li.showing(disclosure.AIPerson), expect("linkedin.synthetic.notice", isRisk)},
	})
}

func TestTwitch(t *testing.T) {
	t.Parallel()
	tw := postIn("US", "en").at(byline.Twitch).as(disclosure.Live)
	runVectors(t, map[string]worldVector{
		"the day before":       {tw.on(2023, time.June, 30), expect("twitch.toggle", isAbsent)},
		"the first day":        {tw.on(2023, time.July, 1), expect("twitch.toggle", isViolation)},
		"on":                   {tw.toggled(disclosure.Yes), expect("twitch.toggle", isFine)},
		"the own brand":        {tw.because(disclosure.OwnBrand), expect("twitch.toggle", isAbsent)},
		"gambling is recalled": {tw.about(disclosure.Gambling).checked("twitch.gambling.gate", disclosure.No), expect("twitch.gambling.gate", isRisk)},
	})
}
