// Package odrl writes the usage rights of an agreement as an ODRL 2.2 policy in JSON-LD,
// reads such policies, and decides by them.
//
// [Export] and [FromTerms] make a policy of grants, [Import] reads one, [Policy.Grants]
// makes grants of it, and [Policy.Evaluate] says what it permits and why. What was written
// and is read again is the same; what cannot be said, or is not understood, is an error
// that names every place of it, because a restriction that is lost on the way is a right
// that nobody gave.
//
// # What is written how
//
//	Grant                    ODRL                                                         words
//	ID, Assets               uid, target                                                  ODRL
//	no Assets                target: the collection urn:byline:content:<agreement>        ours
//	the creator, the brand   assigner, assignee                                           ODRL
//	Channels                 action byline:tv, byline:partnershipAd, …                    ours
//	Edits                    action byline:crop, …, included in derive                    ours
//	Likeness, RawFootage     action byline:voice, …, byline:rawFootage                    ours
//	AI                       action byline:aiTraining, byline:syntheticReplica            ours
//	no AI                    prohibition of these, where no grant allows them             ours
//	Sublicence               action byline:agencyUse, …, included in grantUse             ours
//	Territory                spatial isAnyOf iso3166:DEU, …                               RightsML 2.0
//	  Regions, Subdivisions  byline:region-EU, byline:subdivision-US-CA                   ours
//	  Except                 spatial isNoneOf iso3166:CHE                                 RightsML 2.0
//	  Worldwide              no constraint; byline:worldwide beside other places          ODRL, ours
//	Term from a date         dateTime gteq start; dateTime lt end                         ODRL
//	  from anything else     byline:sincePosting gteq P0D                                 ours
//	  Months, Days           byline:sincePosting lt P3M10D                                ours
//	  the same from a date   byline:sinceDate lt 2026-03-01T00:00:00+01:00/P3M            ours
//	  Perpetual              no end                                                       ODRL
//	FeeFirst, Fee            duty compensate, payAmount eq 1500.00 iso4217:EUR            ODRL, RightsML 2.0
//	Fee alone                byline:fee, a property of the rule                           ours
//	Credit                   duty attribute                                               ODRL
//	Spend                    byline:spend lteq 50000.00 iso4217:EUR                       ours
//	Impressions              count lteq 2000000                                           ODRL
//	Exclusive, Acknowledged  byline:exclusive, byline:acknowledged: properties            ours
//	Zone, Version of Terms   byline:zone, byline:version: properties of the policy        ours
//
// Our words are those of the profile [Profile], which every document names. Its channels
// are narrow: each means to show content as it is, as posted, by the brand itself. What
// goes beyond is an action of its own, and a permission allows a use when it allows all
// actions of it together. A reader that asks for one action at a time must ask for each,
// and have the answer from one and the same permission.
//
// A term is not resolved into dates when it is written, because the date of a posting is
// no part of what was agreed. A reader who knows our profile asks when it happened; one who
// does not must, by ODRL, not act on the policy at all.
//
// # What is read
//
// ODRL's own context, plain prefixes, and the shapes that JSON-LD gives one thing: a value
// or a list, a word or an object with an id, a bare or a typed literal. Of ODRL: Set, Offer
// and Agreement; permissions with duties, and prohibitions; the actions of its vocabulary;
// the left operands dateTime, spatial, count and payAmount; constraints joined by and, or
// and xone. The profiles of others that mean the same are named in [Options].
//
// An offer is read, and neither evaluated nor made into grants: it binds nobody.
//
// Not read, and refused: remote contexts and references, inheritance and nested policies,
// obligations, remedies and consequences, refinements other than of a payment, sequences,
// and the conflict strategies other than prohibit. Where a document names no strategy,
// prohibitions win all the same, which denies where ODRL would call the policy void.
package odrl
