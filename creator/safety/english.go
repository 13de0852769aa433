package safety

import (
	"time"

	"github.com/bylinehq/byline"
)

// English returns a modest list for English, of this package's own making, with what is
// the same in every language. It is a start to be replaced or completed: slurs are thin
// in it, and no word for who somebody is, what they believe or whom they love is a term.
// Slurs that are mostly heard among those they were made against are left out.
// The risks are a judgement of this package and no part of the taxonomy.
//
// There is no list for other languages, as a few terms would make every post of a
// language count as read.
func English() Wordlist {
	var terms []Term
	for _, some := range [][]Term{
		adultTerms(), armsTerms(), crimeTerms(), deathTerms(), debatedTerms(), hateTerms(),
		substanceTerms(), obsceneTerms(), piracyTerms(), spamTerms(), terrorTerms(), misinformationTerms(),
	} {
		terms = append(terms, some...)
	}
	return Wordlist{
		Name: "byline-english", Version: "2026-11-22", Source: "Byline", ReadAt: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		Confidence: byline.Recalled, Terms: terms,
	}
}

// english makes a term of a list of spellings.
func english(id string, topic Topic, risk Risk, words []string, except ...Except) Term {
	return Term{ID: "en-" + id, Topic: topic, Language: "en", Risk: risk, Words: words, Except: except}
}

func spelled(words ...string) []string { return words }

func idioms(words ...string) Except { return Except{Idiom, words} }

func inNews() Except {
	return Except{News, spelled("news", "newsroom", "headline", "headlines", "journalist", "journalists", "reporter", "reporters", "documentary", "documentaries", "investigation")}
}

func inEducation() Except {
	return Except{Education, spelled("awareness", "prevention", "prevent", "education", "educate", "educational", "safety", "history", "museum", "research", "charity", "fundraiser", "memorial", "lecture", "professor")}
}

func ofSurvivors() Except {
	return Except{Survivor, spelled("survivor", "survivors", "survived", "helpline", "hotline", "crisis line", "support group", "you are not alone", "healing", "in memory of", "crisis text line")}
}

func inFiction() Except {
	return Except{Fiction, spelled("movie", "movies", "film", "films", "novel", "novels", "book club", "gameplay", "video game", "video games", "episode", "thriller", "true crime", "halloween", "cosplay", "netflix", "theatre", "theater")}
}

func inRecovery() Except {
	return Except{Recovery, spelled("sober", "sobriety", "recovery", "in recovery", "quit", "quitting", "alcohol free", "non alcoholic", "rehab", "addiction", "mocktail", "mocktails", "days clean")}
}

func adultTerms() []Term {
	return []Term{
		english("adult-child", Adult, Floor, spelled("child porn*", "child sexual abuse", "csam", "kiddie porn", "underage sex"), inNews(), inEducation(), ofSurvivors()),
		english("adult-porn", Adult, HighRisk, spelled("porn", "p*rn", "porno", "pornography", "pornographic", "pornstar*", "revenge porn", "xxx video*", "xxx rated", "xxx content", "hentai"), idioms(
			"food porn", "earth porn", "car porn", "house porn", "plant porn", "shelf porn", "travel porn", "word porn", "porn star martini*", "pornstar martini*",
		), inNews(), inEducation()),
		english("adult-sale", Adult, HighRisk, spelled("onlyfans*", "camgirl*", "escort service*", "sex tape*", "sexting", "send nudes"), idioms("ford escort service*"), inNews()),
		english("adult-act", Adult, HighRisk, spelled("blowjob*", "handjob*", "orgasm*", "masturbat*", "gangbang*", "creampie*"), idioms("nars orgasm", "orgasm blush*", "orgasm highlighter*"), inEducation()),
		english("adult-nude", Adult, MediumRisk, spelled("nude", "nudes", "topless", "nsfw"), idioms(
			"nude lip*", "nude shade*", "nude tone*", "nude nail*", "nude palette*", "nude heels", "nude pumps", "nude colour*", "nude color*", "nude gloss", "nude eyeshadow", "nude dress", "nude makeup", "nude sandal*", "nude shoe*", "nude stiletto*", "nude bra*", "nude bodysuit*", "nude tights", "nude mani*", "nude liner*", "nudes palette*", "topless jeep*",
		)),
		english("adult-sex", Adult, MediumRisk, spelled("sex", "sexual", "fetish*"), idioms("same sex", "opposite sex", "sex and the city", "biological sex", "baby s sex", "sex of the baby", "sex reveal"), inEducation(), ofSurvivors()),
	}
}

func armsTerms() []Term {
	return []Term{
		{ID: "und-arms-sign", Topic: Arms, Language: Und, Risk: LowRisk, Words: spelled("🔫")}, // a toy on most platforms
		english("arms-illegal", Arms, HighRisk, spelled("ghost gun*", "3d printed gun*", "untraceable gun*", "illegal gun*", "illegal firearm*", "pipe bomb*", "bump stock*"), inNews(), inEducation()),
		english("arms-gun", Arms, MediumRisk, spelled("gun", "guns", "handgun*", "shotgun*", "firearm*", "rifle*", "pistol*", "revolver*", "glock*", "ar 15", "ar15", "ak 47", "ak47", "gunsofinstagram", "gunlover*", "ilovegun*", "ilovemygun*", "ammo", "ammunition", "concealed carry"), idioms(
			"glue gun*", "heat gun*", "water gun*", "nerf gun*", "massage gun*", "nail gun*", "spray gun*", "tufting gun*", "top gun", "jump the gun", "jumping the gun", "jumped the gun", "finger guns", "big guns", "guns n roses", "son of a gun", "shotgun wedding", "called shotgun", "call shotgun", "gun metal",
			"caulk gun*", "caulking gun*", "staple gun*", "radar gun*", "price gun*", "bubble gun*", "temperature gun*", "grease gun*", "pistol squat*", "rifle paper*", "machine gun kelly", "smoking gun*",
			"stick to your guns", "sticking to my guns", "stuck to my guns", "stuck to her guns", "stuck to his guns", "sun s out guns out", "suns out guns out", "guns out at the gym", "welcome to the gun show",
		), inNews(), inEducation(), inFiction()),
		english("arms-explosive", Arms, HighRisk, spelled("grenade*", "explosives", "molotov cocktail*", "c4 explosive*", "build a bomb", "make a bomb", "bomb threat*"), inNews(), inEducation(), inFiction()),
	}
}

func crimeTerms() []Term {
	return []Term{
		english("crime-incite", Crime, Floor, spelled("kill yourself", "kys", "go kill urself", "kill urself", "you should be raped"), inNews(), inEducation(), ofSurvivors()),
		english("crime-rape", Crime, HighRisk, spelled("rape", "raped", "raping", "rapist", "rapists", "sexual assault*", "sexually assault*", "molest", "molested", "molester*", "pedophile*", "paedophile*"), idioms("rape seed", "rape oil", "rape blossom*", "rape honey", "rape field*"), inNews(), inEducation(), ofSurvivors(), inFiction()),
		english("crime-abuse", Crime, HighRisk, spelled("child abuse", "domestic violence", "human trafficking", "sex trafficking", "animal cruelty", "dog fighting", "cockfighting"), inNews(), inEducation(), ofSurvivors()),
		english("crime-self", Crime, HighRisk, spelled("self harm*", "selfharm*", "unalive*", "unaliving", "suicide", "suicidal", "pro ana", "proana", "thinspo*"), idioms("suicide squad"), inNews(), inEducation(), ofSurvivors(), inFiction()),
		english("crime-murder", Crime, MediumRisk, spelled("murder", "murders", "murdered", "murderer*", "kidnapping", "kidnapped", "kidnapper*", "serial killer*", "shot dead", "gunned down", "stabbed to death", "stabbing", "stabbings"), idioms(
			"stabbing pain*", "back stabbing", "murder on the dance floor", "murder on the dancefloor", "murder on the orient express", "get away with murder", "got away with murder", "bloody murder", "murder hornet*",
			"murder mystery", "murder mysteries", "murder she wrote", "murder of crows",
		), inNews(), inEducation(), ofSurvivors(), inFiction()),
		english("crime-theft", Crime, MediumRisk, spelled("shoplift", "shoplifting", "credit card fraud", "money laundering", "identity theft", "fake id", "fake ids", "stolen goods"), inNews(), inEducation(), inFiction()),
	}
}

func deathTerms() []Term {
	return []Term{
		english("death-gore", Death, HighRisk, spelled("beheaded", "beheading*", "decapitat*", "dismember*", "corpse*", "dead body", "dead bodies", "gore video*"), idioms("corpse bride", "corpse paint", "corpse pose", "corpse flower*", "corpse reviver*"), inNews(), inEducation(), inFiction()),
		english("death-mass", Death, HighRisk, spelled("massacre*", "genocide*", "mass shooting*", "school shooting*", "war crime*", "mass grave*"), idioms("texas chainsaw massacre"), inNews(), inEducation(), ofSurvivors(), inFiction()),
		english("death-war", Death, MediumRisk, spelled("airstrike*", "air strike*", "war zone", "drone strike*", "bombing", "bombings", "car bomb*"), idioms(
			"yarn bombing", "photo bombing", "love bombing", "hill bombing", "looks like a war zone", "look like a war zone", "looked like a war zone", "house is a war zone", "kitchen is a war zone",
		), inNews(), inEducation(), ofSurvivors(), inFiction()),
		english("death-crash", Death, MediumRisk, spelled("plane crash*", "fatal crash*", "fatal accident*", "car wreck*"), inNews(), inEducation(), ofSurvivors(), inFiction()),
	}
}

func debatedTerms() []Term {
	return []Term{
		english("debated-abortion", Debated, MediumRisk, spelled("abortion*", "pro life", "prolife", "pro choice", "prochoice"), inNews(), inEducation()),
		english("debated-law", Debated, MediumRisk, spelled("gun control", "gun rights", "second amendment", "death penalty", "euthanasia", "assisted suicide", "illegal immigration", "mass deportation*"), inNews(), inEducation()),
	}
}

func hateTerms() []Term {
	return []Term{
		{ID: "und-hate-number", Topic: Hate, Language: Und, Risk: HighRisk, Words: spelled("1488"), // not "14 88", which is a price as well
			Except: []Except{idioms("1488 steps", "1488 views", "1488 likes", "1488 followers", "1488 km", "1488 words")}},
		english("hate-violence", Hate, Floor, spelled("gas the jews", "race war now", "death to all jews", "death to all muslims", "kill all muslims", "kill all jews", "exterminate them all", "hitler was right", "jews will not replace us"), inNews(), inEducation()),
		english("hate-supremacy", Hate, Floor, spelled("white power", "heil hitler", "sieg heil", "white supremacy", "white supremacist*", "ethnic cleansing", "great replacement"), idioms("white power adapter*", "white power cable*", "white power cord*", "white power bank*", "white power suit*", "white power blazer*", "white power strip*", "white power washer*", "white power button*", "white power tool*"), inNews(), inEducation(), ofSurvivors(), inFiction()),
		english("hate-nazi", Hate, HighRisk, spelled("nazi", "nazis", "neo nazi*", "neonazi*", "kkk", "ku klux klan", "swastika*", "hitler"), idioms("grammar nazi", "soup nazi"), inNews(), inEducation(), ofSurvivors(), inFiction()),
		english("hate-slur", Hate, HighRisk, spelled("faggot", "faggots", "tranny", "trannies", "retard", "retards", "retarded", "subhuman*", "go back to your country", "nigger*", "kike", "kikes", "chink", "chinks", "gook", "gooks", "spic", "spics", "paki", "pakis", "wetback*"),
			idioms("tranny fluid", "flame retard", "fire retard", "retarded growth", "chink in the armor", "chink in the armour", "chinks in the armor", "chinks in the armour", "chink in my armor", "spic and span", "spic n span"), inNews(), inEducation(), ofSurvivors(),
			Except{Reclaimed, spelled("reclaim", "reclaimed", "reclaiming", "with pride", "pride month", "called me", "calls me", "our own word")}),
	}
}

func substanceTerms() []Term {
	return []Term{
		english("substances-hard", Substances, HighRisk, spelled("cocaine", "heroin", "crystal meth", "methamphetamine", "fentanyl", "mdma", "ketamine", "lsd", "crack pipe*", "meth", "magic mushroom*", "psilocybin", "oxycontin", "xanax", "percocet*", "ecstasy pill*", "line of coke", "lines of coke"), idioms("heroin chic"), inNews(), inEducation(), ofSurvivors(), inRecovery(), inFiction()),
		english("substances-cannabis", Substances, MediumRisk, spelled("marijuana", "cannabis", "thc", "smoke weed", "smoking weed", "smoked weed", "weed brownies", "getting stoned", "420friendly", "420 friendly", "weedstagram", "stonernation", "stoner life", "smoke a joint", "smoking a joint", "rolled a joint", "rolling a joint", "dab rig*"), idioms("cannabis sativa seed oil"), inNews(), inEducation(), inRecovery()),
		english("substances-tobacco", Substances, MediumRisk, spelled("cigarette*", "cigar", "cigars", "vape", "vapes", "vaping", "e cigarette*", "ecig*", "nicotine", "tobacco", "snus", "hookah", "vapenation", "vapefam"), idioms("vape free", "cigar box*", "cigarette pants", "cigarette jeans", "cigarette trousers", "tobacco vanille"), inNews(), inEducation(), inRecovery()),
		english("substances-drunk", Substances, MediumRisk, spelled("drunk", "blackout drunk", "binge drinking", "hungover", "hangover", "keg stand*", "beer pong", "drink and drive", "drunk driving"), idioms("drunk in love", "drunk on love", "love drunk", "punch drunk", "drunk elephant"), inNews(), inEducation(), inRecovery(), inFiction()),
		english("substances-alcohol", Substances, LowRisk, spelled("beer", "beers", "wine", "wines", "vodka", "whisky", "whiskey", "tequila", "cocktail*", "alcohol", "prosecco", "champagne", "rum", "gin", "booze"), idioms(
			"root beer", "ginger beer", "beer batter", "wine red", "wine vinegar", "fruit cocktail", "shrimp cocktail", "prawn cocktail", "rubbing alcohol", "alcohol free", "alcohol wipes", "cetyl alcohol", "molotov cocktail*", "gin rummy", "champagne gold", "champagne color*", "champagne colour*",
			"champagne tone*", "cocktail dress*", "cocktail ring*", "cocktail attire", "beer battered", "vodka sauce", "penne vodka", "penne alla vodka", "rum cake*", "rum raisin", "red wine sauce", "without alcohol", "zero alcohol", "no alcohol", "isopropyl alcohol", "alcohol denat", "fatty alcohol*",
		)),
	}
}

func obsceneTerms() []Term {
	return []Term{
		english("obscenity-strong", Obscenity, HighRisk, spelled("cunt", "cunts", "motherfuck*", "cocksuck*")),
		english("obscenity-f", Obscenity, MediumRisk, spelled("fuck*", "f*ck", "f*cking", "fck", "stfu")),
		english("obscenity-common", Obscenity, MediumRisk, spelled("bitch", "bitches", "bitching", "b*tch", "b*tches", "asshole*", "dick", "dicks", "dickhead*", "whore*", "slut", "sluts", "twat*"), idioms(
			"moby dick", "dick van dyke", "dick clark", "dick tracy", "philip k dick", "spotted dick", "dick s sporting goods", "tom dick and harry", "resting bitch face",
		), Except{Reclaimed, spelled("slut walk", "slutwalk", "slut shaming", "slutshaming")}),
		english("obscenity-mild", Obscenity, LowRisk, spelled("shit", "shits", "shitty", "bullshit", "sh*t", "ass", "crap", "wtf", "pissed off"), idioms("pack ass", "jenny ass", "wild ass", "crap shoot")),
		{ID: "und-obscenity-sign", Topic: Obscenity, Language: Und, Risk: MediumRisk, Words: spelled("🖕")},
	}
}

func piracyTerms() []Term {
	return []Term{
		english("piracy-copy", Piracy, HighRisk, spelled("pirated", "torrents", "torrenting", "torrent site*", "torrent download*", "warez", "keygen*", "cracked software", "cracked apk", "free movie download*", "iptv subscription*", "watch movies free", "watch free movies", "free iptv", "cracked photoshop", "bootleg dvd*"), idioms("torrents of"), inNews(), inEducation()),
	}
}

func spamTerms() []Term {
	return []Term{
		english("spam-follow", Spam, MediumRisk, spelled("follow for follow", "follow 4 follow", "followforfollow", "follow4follow", "f4f", "like for like", "like4like", "l4l", "sub for sub", "sub4sub", "follow train")),
		english("spam-buy", Spam, HighRisk, spelled("buy followers", "buy likes", "cheap followers", "free followers", "get rich quick", "double your bitcoin", "double your money", "guaranteed profit*", "guaranteed returns", "forex signals", "dm me to earn", "pyramid scheme*", "v bucks generator*", "free v bucks"), inNews(), inEducation()),
	}
}

func terrorTerms() []Term {
	return []Term{
		english("terrorism-praise", Terrorism, Floor, spelled("join isis", "long live isis", "support al qaeda"), inNews(), inEducation(), inFiction()),
		english("terrorism-name", Terrorism, HighRisk, spelled("isis", "isil", "al qaeda", "al qaida", "boko haram", "hamas", "hezbollah", "taliban", "jihadist*", "terrorist", "terrorists", "terrorism", "terror attack*", "suicide bomb*"), idioms("goddess isis", "isis and osiris", "isis temple", "temple of isis", "egyptian isis"), inNews(), inEducation(), ofSurvivors(), inFiction()),
	}
}

func misinformationTerms() []Term {
	return []Term{
		english("misinformation-health", Misinformation, HighRisk, spelled("plandemic", "vaccines cause autism", "miracle cure*", "5g causes", "cures cancer", "cure for cancer they", "covid hoax", "covid is a hoax", "vaccines are poison"), inNews(), inEducation()),
		english("misinformation-plot", Misinformation, MediumRisk, spelled("flat earth*", "chemtrail*", "qanon", "crisis actor*", "false flag*", "moon landing was fake", "the great reset", "stolen election", "election was stolen"), idioms("flat earth tone*", "the great reset for"), inNews(), inEducation(), inFiction()),
	}
}
