// Package creator describes the people a campaign works with: accounts, audiences, posts,
// growth, comments, partnerships, prices, and what a person who looked wrote down.
//
// A number about a creator is a byline.Measure: it has a value, or it says why it has
// none. A hidden follower count is never 0. What is computed from such numbers is a
// [Reading], which carries its interval, its count and the definition it was computed by;
// what is decided on them is a [Check], which has three answers and never only two.
//
// A [Dossier] is everything that is known about one creator. [ReadJSON] and package
// dossiercsv read dossiers, [Dossier.Validate] tells all that is wrong with one and
// [Dossier.Review] what is doubtful. Each part has its [Origin]: source, purpose, time and
// retention. [Dossier.Export] hands out what is stored, [Dossier.Prune] drops what has run
// out, and [Erase] records that a creator was erased. Health, religion, politics, sexual
// orientation, ethnicity and union membership are never inferred.
//
// The packages below read a dossier and never change it:
//
//   - dossiercsv reads dossiers from spreadsheets
//   - vet turns a dossier into readings: fit of the audience, engagement, growth,
//     authenticity, comments
//   - sentiment says how English comments sound
//   - safety finds sensitive topics and rival brands, with quote and post
//   - score weighs readings by an open rubric, with coverage and bounds
//   - performance says what a creator delivered, as far as the orders allow
//   - lookalike finds who resembles those who delivered
//   - search filters a million creators by what is known of them
//   - reach counts people who follow several creators once
//   - shortlist chooses under a budget and says how far from the best it may be
//   - outreach writes the first message, about a post that exists
package creator
