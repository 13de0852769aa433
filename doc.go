// Package byline is the vocabulary of Byline, the Go library that runs influencer
// campaigns inside your backend: exact [Money], typed ids, [Window], [Measure],
// [Finding] and the errors that every other package speaks.
//
// Byline makes decisions and explains them. It owns no creator database and no ad
// account: it takes facts from those who do and says whose order this is, what is owed
// for it and under which agreement, in a form that can be repeated, checked and
// defended.
//
// # Three ideas
//
// Pure core, thin shell. The packages are functions over values. Time, storage,
// randomness and the network are the caller's; the same call gives the same bits.
//
// Target minus posted. Money never follows the order of events. From the latest known
// state of an order, the pinned agreement and the pinned policy follows what should be
// owed; a ledger appends only the difference to what it has posted. Duplicates, late
// and reordered webhooks converge to the same balances by construction.
//
// Why, always. Every decision carries what was considered, accepted and rejected, by
// which rule. A number that nobody gave is missing with its reason, never 0.
//
// # The map
//
//   - campaign: objectives and plan; the desk where an order becomes money owed. Below it
//     response, budget and forecast for what comes next, and chart, the report's pictures
//   - creator: what is known of a creator, with why the rest is not. Below it dossiercsv
//     reads files, vet makes readings with intervals, sentiment hears comments, safety looks
//     for risks and rivals, performance and lookalike learn from orders, score weighs by an
//     open rubric, search filters, reach counts people once, shortlist chooses under a budget
//     with a bound, outreach writes about a post that exists
//   - brief: what a creator is asked to publish, whether that is safe to send, and whether
//     a draft or a live post is what was agreed. Below it disclosure, dated rules of 24
//     markets and six platforms on saying that it is advertising; page, pdf and ics show it
//   - attribution: codes and links, orders, policy, the decision with its trace. Below
//     it shopify, woocommerce, stripe, bigcommerce, hubspot and signedjson decode webhooks,
//     ordercsv reads files, tracking makes links and codes, trust observes, sqlstore keeps.
//     What no payment reads: multitouch shares out credit by model, lift says what a
//     campaign caused, rank who is good and who was lucky
//   - contracts: agreements in immutable versions, usage rights, exclusivity, pay, the
//     ledger, statements and payouts. Below it odrl writes rights down for others, pdf
//     prints statements, rail writes payout files, sqlstore keeps the ledger
//   - examples: a module of its own, with examples/webhooks, the reference server
//
// # Quickstart
//
//	book, err := attribution.NewBook(offers)      // whose code is active when
//	decision := attribution.Decide(order, nil, book, attribution.Policy{})
//	fmt.Println(decision.Explain())               // "ADA15 was used; it belongs to ada until 30 Nov 2026. …"
//	lines, err := agreement.Earn(decision, nil)   // 12% of 42.50 EUR: 5.10 EUR
//
// The whole program is in examples/quickstart.
package byline
