// Package outreach writes the first message to a creator, about a post that exists, and
// says whether it may be sent. It renders text; sending is the caller's.
//
// A [Text] is what a person wrote, in one language, with placeholders such as
// {creator.name}. [Compile] makes it a [Template], or says all that is wrong with it: a
// template must link a post of the creator's and say something that only that post says
// (a quote from it, or its theme), name the person and the company who write, say on
// whose behalf and what is offered, and how to be left alone. "I love your content" does
// not compile.
//
// [Template.Render] holds the message to the facts: the post is in the dossier, on an
// account of that creator, not older than 30 days, and the quote is in its text. What the
// creator wrote is inert: a brace is a brace, a line break a space, and control characters
// and marks that turn the direction of writing are left out, so no header can be made.
//
// [May] answers, before that, whether to write at all: who asked not to be, who declined,
// who has answered, how often and how lately somebody wrote, and about which posts. An
// unanswered question is never a yes.
//
// # What it cannot know
//
// That a post is still online (say when it was seen, in [Reference].SeenAt), that the words
// of a disclosure say what they should in their language, and whether the law allows an
// unasked message to this person on this channel. Many platforms forbid bulk messages,
// and in some countries an unasked commercial e-mail takes consent; both are recalled here
// and not checked. What is asked of every template is the house's own rule, and two duties
// that were read are reported as warnings with their source: the postal address of the US
// CAN-SPAM Act, and where the data are from, by article 14 of the GDPR.
package outreach
