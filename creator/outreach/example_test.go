package outreach_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/outreach"
)

// Ask whether to write at all, write about a post that exists, and keep what was sent.
func Example() {
	_, err := outreach.Compile(outreach.Text{
		Name: "lazy", Version: "1", Locale: "en", Body: "Hi {creator.name}, I love your content! {sender.name}, {sender.company}",
		Disclosure: "A paid offer by {campaign.brand}: {campaign.offer}.", OptOut: "Stop: {sender.opt_out}",
	})
	fmt.Println("The lazy one:", err)

	template, err := outreach.Compile(outreach.Text{
		Name: "first", Version: "1", Locale: "en", Subject: "{campaign.brand} and your post",
		Body:       "Hi {creator.name}, on {post.date} you wrote \"{post.quote}\" ({post.link}).\nWould you try our flour? {sender.name}, {sender.company}",
		Disclosure: "A paid offer by {campaign.brand}: {campaign.offer} for {campaign.fee}.", OptOut: "Stop: {sender.opt_out}. Your data: {sender.privacy}",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	message := &outreach.Message{
		Dossier: &creator.Dossier{
			Profile: creator.Profile{ID: "ada", Name: "Ada", Accounts: []creator.Account{{Platform: byline.Instagram, Handle: "ada.bakes"}}},
			Posts: []creator.Post{{
				ID: "p7", Account: creator.Ref{Platform: byline.Instagram, Handle: "ada.bakes"}, PublishedAt: at.AddDate(0, 0, -5),
				Text: "Day 5 of the rye starter: it smells of apples now!", Link: "https://photos.example/p7",
			}},
		},
		Reference: outreach.Reference{
			Post: outreach.PostRef{Platform: byline.Instagram, ID: "p7"}, Quote: "it smells of apples now", SeenAt: at,
		},
		Campaign: outreach.Campaign{Brand: "Demo Mill", Offer: "one reel", Fee: byline.Minor(40_000, byline.EUR)},
		Sender:   outreach.Sender{Name: "Bruno", Company: "Demo Mill", OptOut: "https://demo.example/stop", Privacy: "https://demo.example/privacy"},
		Channel:  "instagram.direct", At: at,
	}
	var history []outreach.Contact
	check, err := outreach.May(message.Attempt(), history, nil)
	fmt.Println("May I?", check.State, err)
	sent, err := template.Render(message, nil)
	fmt.Println(sent.Body, err)

	history = append(history, sent.Contact())
	check, err = outreach.May(message.Attempt(), history, nil)
	fmt.Println("May I again?", check.State, err)
	for _, f := range check.Findings {
		fmt.Println("-", f.Message)
	}

	message.At = at.AddDate(0, 2, 0)
	_, err = template.Render(message, nil)
	if refusal, ok := errors.AsType[*byline.RefusalError](err); ok {
		fmt.Printf("In two months: %s (%v, at most %v)\n", refusal.Message, refusal.Have, refusal.Need)
	}
	// Output:
	// The lazy one: body: the body has to link the post with {post.link}; body: the body has to say what the post says, with {post.quote} or {post.theme}
	// May I? passed <nil>
	// Hi Ada, on 17 November 2026 you wrote "it smells of apples now" (https://photos.example/p7).
	// Would you try our flour? Bruno, Demo Mill
	//
	// A paid offer by Demo Mill: one reel for 400.00 EUR.
	//
	// Stop: https://demo.example/stop. Your data: https://demo.example/privacy <nil>
	// May I again? failed <nil>
	// - the last message is not long enough ago
	// - a message to the creator was about this post already
	// In two months: the post is older than a message may take up, in days (66, at most 30)
}
