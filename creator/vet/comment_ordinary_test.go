package vet

import "testing"

// What guests of a bakery's, a gamer's or a singer's page write every day. None of it
// advertises, whatever words it shares with what does.
var ordinaryComments = []string{
	"Subscribed!",
	"Just subscribed, love your videos",
	"New subscriber here, hello from Graz",
	"You made me subscribe with this one",
	"I subscribe to your newsletter too",
	"How do I subscribe to the newsletter?",
	"My mom loves your videos",
	"This made my day, great video",
	"This is my favourite video of yours",
	"My favorite channel on here",
	"Your book is on my shelf and on my wish list",
	"Added this song to my playlist",
	"Our whole family watches your channel every Sunday",
	"Looks like my grandma's kitchen",
	"People like me need recipes like this",
	"You always like my comments, thank you",
	"It tastes like our bread from home",
	"Let me check my oven first",
	"I will check out that cafe next week",
	"Check out that crust!",
	"@dario check out this crumb",
	"I want to check out your other videos",
	"I had to check this out after work",
	"Checked it out and it is so good",
	"I love this channel",
	"This channel deserves more",
	"Your new channel is so good",
	"Your YouTube channel is the best",
	"This youtuber never disappoints",
	"Thank you, I will follow this recipe",
	"I follow her for the bread, he is fun too",
	"Add this to your list please",
	"I would add her sauce as well",
	"Text him, he will know the name of the flour",
	"Can you message me the recipe please?",
	"Where can I download the recipe?",
	"I cannot download the app on my phone",
	"Does your discount code still work?",
	"Used your promo code and saved a fifth, thanks!",
	"Is there a gift card for your shop?",
	"Thank you for the giveaway!",
	"Entered the giveaway, fingers crossed",
	"I paid $12 for this in the shop",
	"Is it really worth the $30?",
	"Do you take PayPal?",
	"I work from home and bake at lunch",
	"You should make more money with this talent",
	"Please help me with my starter, it does not rise",
	"I need help with the dough",
	"Can somebody help us by telling the name of the song",
	"Who is the sponsor of this video?",
	"I am in your Patreon already",
	"I vote for the rye bread",
	"Congrats on 1000 subscribers!",
	"500 likes already, well deserved",
	"They were a great band",
	"We are a group of friends who bake together",
	"I'm an artist too and I love these colours",
	"Love this. Me too!",
	"So good. Us next please",
	"I could not believe it. Be careful with the knife",
	"Need more. Info on the flour please",
	"We support our local bakers",
	"Nobody will listen to me, but the crust is the best part",
	"My cat would watch me bake all day",
	`Look at <a href="https://www.youtube.com/watch?v=demo&amp;t=65">1:05</a> how it rises`,
	"My dog barked at this video the whole time",
	"Our page in the school book had this recipe",
	"Would you share your recipe for the glaze?",
	"Click, click, click, that crust!",
	"When is the next video coming?",
	"What happened at 2:05?",
	"Saving this for the weekend",
}

// What advertises, in the words of those who do, none of it from the labelled comments.
var advertisingComments = []string{
	"Please subscribe to my channel",
	"sub to me and I sub back",
	"sub4sub anyone? sub for sub",
	"Subscribe please, I post every day",
	"like and subscribe",
	"Check out my cover of this",
	"check my cover of this song guys",
	"Hey guys, visit my blog about cars",
	"I just uploaded my new video, watch my channel",
	"Watch our latest clip and tell us",
	"Follow me for follow back",
	"follow me on insta",
	"Help me get 100 subscribers",
	"Make $500 a day, ask me how",
	"earn money online with this trick",
	"Win free gift cards here",
	"get free followers now",
	"Join my giveaway, link in my bio",
	"use my promo code at checkout",
	"http://demo.example/win",
	"www.demo.example",
	"go to demo.com for more",
	"see bit.ly/demo",
	"I am an upcoming rapper, give me a chance",
	"click here to win",
	"Please vote for me in the contest",
	"donate to my gofundme please",
	"DM me for a collab on our page",
	"please support my music",
}

func TestOrdinaryCommentsAreNoSpam(t *testing.T) {
	t.Parallel()
	for _, text := range ordinaryComments {
		if signs, judged := EnglishSpam().Signs(text, "en"); len(signs) > 0 || !judged {
			t.Errorf("%q has the signs %v, judged %t", text, signs, judged)
		}
	}
	for _, text := range advertisingComments {
		if signs, _ := EnglishSpam().Signs(text, "en"); len(signs) == 0 {
			t.Errorf("%q has no sign", text)
		}
	}
}
