package attribution_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

const (
	identitySecret = "a demo secret of thirty-two bytes or more"
	demoEmail      = "ada@demo.example"
	demoPhone      = "+49 30 1234568"
)

func identity() attribution.Identity {
	return attribution.Identity{Key: identitySecret}
}

func demoAddress() attribution.PostalAddress {
	return attribution.PostalAddress{Street: "Hauptstraße 12", PostCode: "10115", City: "Berlin", Market: "DE"}
}

// allKeys makes one key of each kind.
func allKeys(i attribution.Identity) []string {
	return []string{i.Email(demoEmail), i.Phone(demoPhone, "DE"), i.Address(demoAddress()), i.Payment("fp_demo")}
}

func TestIdentityNeedsAKey(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]attribution.Secret{"none": "", "31 bytes": attribution.Secret(strings.Repeat("k", 31))} {
		if diff := cmp.Diff([]string{"", "", "", ""}, allKeys(attribution.Identity{Key: key})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, key := range allKeys(attribution.Identity{Key: attribution.Secret(strings.Repeat("k", 32))}) {
		if key == "" {
			t.Error("32 bytes are enough")
		}
	}
}

// The keys of one caller are stored for years: another value of them is another version.
func TestIdentityKeysStayTheSame(t *testing.T) {
	t.Parallel()
	want := []string{"e1.g-n1D6ZpzfJgzsewz9E4LA", "p1.zTAJOOb6EkMyO3HotcUb4Q", "a1.s49QFE2MwWRYyaoOJSVqRQ", "m1.jrihINKHfIML2eoN-EQEsg"}
	if diff := cmp.Diff(want, allKeys(identity())); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

func TestIdentityKeysAreOfTheirKindAndSecret(t *testing.T) {
	t.Parallel()
	i := identity()
	shape := regexp.MustCompile(`^[epam]1\.[A-Za-z0-9_-]{22}$`)
	seen := map[string]bool{}
	for _, key := range append(allKeys(i), i.Payment(attribution.NormalEmail(demoEmail)), i.Payment(attribution.NormalPhone(demoPhone, ""))) {
		if !shape.MatchString(key) {
			t.Errorf("%q is not of the form of a key", key)
		}
		if seen[key[3:]] {
			t.Errorf("%q is of two kinds", key)
		}
		seen[key[3:]] = true
	}
	other := attribution.Identity{Key: identitySecret + "!"}
	for k, key := range allKeys(other) {
		if key == allKeys(i)[k] {
			t.Errorf("%q is made by two secrets", key)
		}
	}
}

func TestIdentityTellsNothing(t *testing.T) {
	t.Parallel()
	i := identity()
	encoded, err := json.Marshal(i)
	require.NoError(t, err)
	texts := []string{fmt.Sprint(i), fmt.Sprintf("%+v %#v %s %q", i, i, i, i), string(encoded)}
	texts = append(texts, allKeys(i)...)
	for _, text := range texts {
		for _, told := range []string{identitySecret, "ada", "demo.example", "1234568", "Haupt"} {
			if strings.Contains(text, told) {
				t.Errorf("%q tells %q", text, told)
			}
		}
	}
}

// same and different pairs are the promise of what a key brings together.
func TestEmailPairs(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		a, b string
		same bool
	}{
		"case":                                 {"Ada@Demo.Example", "ada@demo.example", true},
		"space around":                         {" ada@demo.example\n", "ada@demo.example", true},
		"a zero-width space from a web page":   {"\u200bada@demo.example", "ada@demo.example", true},
		"a zero-width space inside":            {"a\u200bda@demo.example", "ada@demo.example", true},
		"full-width letters":                   {"ａｄａ＠demo．example", "ada@demo.example", true},
		"composed and decomposed":              {"ren\u00e9@demo.example", "rene\u0301@demo.example", true},
		"a plus tag":                           {"ada+shop@demo.example", "ada@demo.example", true},
		"two plus tags":                        {"ada+shop+sale@demo.example", "ada+x@demo.example", true},
		"nothing before the tag":               {"+ada@demo.example", "+bruno@demo.example", false},
		"dots at gmail":                        {"a.d.a@gmail.com", "ada@gmail.com", true},
		"dots and a tag at gmail":              {"A.D.A+x@GMail.com", "ada@gmail.com", true},
		"googlemail":                           {"a.da@googlemail.com", "ada@gmail.com", true},
		"dots elsewhere":                       {"a.da@demo.example", "ada@demo.example", false},
		"dots at a company's domain":           {"a.da@company.example", "ada@company.example", false},
		"a subdomain of gmail":                 {"a.da@mail.gmail.com", "ada@mail.gmail.com", false},
		"an IDN and its ASCII form":            {"ada@müller.example", "ada@xn--mller-kva.example", true},
		"an IDN in capitals":                   {"ada@MÜLLER.example", "ada@müller.example", true},
		"an ideographic full stop":             {"ada@demo。example", "ada@demo.example", true},
		"a dot after the domain":               {"ada@demo.example.", "ada@demo.example", true},
		"needless quotes":                      {`"ada"@demo.example`, "ada@demo.example", true},
		"needless backslashes":                 {`"a\da+x"@demo.example`, "ada@demo.example", true},
		"quotes that are needed":               {`"ada b"@demo.example`, `"ADA B"@demo.example`, true},
		"quotes that are needed, another name": {`"ada b"@demo.example`, "adab@demo.example", false},
		"an at sign in quotes":                 {`"ada@home"@demo.example`, `ada@demo.example`, false},
		"another name":                         {"ada@demo.example", "bruno@demo.example", false},
		"another domain":                       {"ada@demo.example", "ada@demo.test", false},
		"a look-alike letter":                  {"ada@demo.example", "аda@demo.example", false},
		"ß is not ss":                          {"ada@straße.example", "ada@strasse.example", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := identity().Email(tt.a), identity().Email(tt.b)
			if a == "" || b == "" {
				t.Fatalf("no key: %q of %q, %q of %q", a, tt.a, b, tt.b)
			}
			if (a == b) != tt.same {
				t.Errorf("same is %v, want %v: %q, %q", a == b, tt.same, attribution.NormalEmail(tt.a), attribution.NormalEmail(tt.b))
			}
		})
	}
}

func TestNoEmail(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "ada", "ada@", "@demo.example", "ada@demo", "ada@.example", "ada@demo..example", "ada b@demo.example",
		"ada@de mo.example", "ada@-demo.example", "ada@demo-.example", "ada@127.0.0.1", "ada@[127.0.0.1]", "ada@de_mo.example",
		"Ada <ada@demo.example>", "ada@demo.example, bruno@demo.example", `"@demo.example`, `""@demo.example`, "...@gmail.com",
		"ada@\u200b.example", "n/a", "none@", "\xff@demo.example", "ada\n@demo.example", "ada@demo.exa\x00mple",
		strings.Repeat("a", 65) + "@demo.example", "ada@" + strings.Repeat("a", 64) + ".example",
		"ada@" + strings.Repeat("abcdefgh.", 32) + "example", strings.Repeat("a", 2000) + demoEmail,
	} {
		if got := attribution.NormalEmail(text); got != "" {
			t.Errorf("%.40q: %q", text, got)
		}
	}
}

// The samples of RFC 3492 section 7.1, and two domains in use.
func TestPunycode(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{
		"ليهمابتكلموشعربي؟":      "egbpdaj6bu4bxfgehfvwxn",
		"他们为什么不说中文":              "ihqwcrb4cv8a8dqg056pqjye",
		"他們爲什麽不說中文":              "ihqwctvzc91f659drss3x8bo0yb",
		"Pročprostěnemluvíčesky": "Proprostnemluvesky-uyb24dma41a",
		"למההםפשוטלאמדבריםעברית": "4dbcagdahymbxekheh6e0a7fei0b",
		"bücher":  "bcher-kva",
		"münchen": "mnchen-3ya",
	} {
		if got := attribution.Punycode([]rune(label)); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

func TestPhonePairs(t *testing.T) {
	t.Parallel()
	type number struct {
		text   string
		market byline.Market
	}
	tests := map[string]struct {
		a, b number
		same bool
	}{
		"punctuation":                  {number{"+49 (30) 123-4568", "DE"}, number{"+49301234568", "DE"}, true},
		"a zero that is dialled home":  {number{"+49 (0)30 1234568", "DE"}, number{"+49301234568", ""}, true},
		"a zero at home, after 00":     {number{" 0049 (0)30 1234568", "DE"}, number{"+49301234568", ""}, true},
		"00 for plus":                  {number{"0049 30 1234568", "DE"}, number{"+49301234568", "DE"}, true},
		"00 without a market":          {number{"0049 30 1234568", ""}, number{"+49301234568", ""}, true},
		"a national number":            {number{"030 1234568", "DE"}, number{"+49301234568", "FR"}, true},
		"without its trunk prefix":     {number{"30 1234568", "DE"}, number{"+49301234568", "DE"}, true},
		"the same digits elsewhere":    {number{"030 1234568", "DE"}, number{"030 1234568", "AT"}, false},
		"american, written in ways":    {number{"(202) 555-0143", "US"}, number{"1-202-555-0143", "US"}, true},
		"american and canadian":        {number{"202 555 0143", "US"}, number{"+1 202 555 0143", "CA"}, true},
		"american, calling abroad":     {number{"011 49 30 1234568", "US"}, number{"+49301234568", "DE"}, true},
		"australian, calling abroad":   {number{"0011 49 30 1234568", "AU"}, number{"+49301234568", "DE"}, true},
		"british":                      {number{"020 7946 0018", "GB"}, number{"+44 20 7946 0018", "GB"}, true},
		"hungarian":                    {number{"06 20 123 4568", "HU"}, number{"+36201234568", "HU"}, true},
		"italian keeps its zero":       {number{"06 1234 5687", "IT"}, number{"+39 06 1234 5687", "IT"}, true},
		"italian without its zero":     {number{"06 1234 5687", "IT"}, number{"+39 6 1234 5687", "IT"}, false},
		"an extension":                 {number{"+1 202 555 0143 ext. 12", ""}, number{"+1 202 555 0143 x99", ""}, true},
		"an extension as in a link":    {number{"tel:+1-202-555-0143;ext=12", ""}, number{"+12025550143", ""}, true},
		"a label":                      {number{"Tel. 030 1234568", "DE"}, number{"+49301234568", "DE"}, true},
		"full-width digits":            {number{"＋４９３０１２３４５６８", ""}, number{"+49301234568", ""}, true},
		"arabic digits":                {number{"٠٥٠ ١٢٣ ٤٥٦٨", "AE"}, number{"+971501234568", "AE"}, true},
		"another number":               {number{"+49301234568", ""}, number{"+49301234569", ""}, false},
		"a market by a name in no use": {number{"+49301234568", "??"}, number{"+49301234568", "DE"}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := identity().Phone(tt.a.text, tt.a.market), identity().Phone(tt.b.text, tt.b.market)
			if a == "" || b == "" {
				t.Fatalf("no key: %q of %q, %q of %q", a, tt.a.text, b, tt.b.text)
			}
			if (a == b) != tt.same {
				t.Errorf("same is %v, want %v: %q, %q", a == b, tt.same,
					attribution.NormalPhone(tt.a.text, tt.a.market), attribution.NormalPhone(tt.b.text, tt.b.market))
			}
		})
	}
}

func TestNoPhone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		number string
		market byline.Market
	}{
		"nothing":                           {"", "DE"},
		"no digits":                         {"none", "DE"},
		"national and no market":            {"030 1234568", ""},
		"national, of no listed market":     {"011 4321 5678", "AR"},
		"an ambiguous prefix":               {"001 49 30 1234568", "HK"},
		"too short":                         {"+49 30 12", ""},
		"too long":                          {"+49 30 1234568 1234568", ""},
		"two numbers":                       {"030 1234568 / 030 7654321", "DE"},
		"a calling code cannot begin so":    {"+0 30 1234568", ""},
		"zeros":                             {"0000000000", "DE"},
		"zeros after a calling code":        {"+49 0000000", ""},
		"one digit again and again":         {"555 555 5555", "US"},
		"counted up":                        {"123456789", "GB"},
		"counted up from nought":            {"0123456789", "FR"},
		"letters for digits":                {"1-800-FLOWERS", "US"},
		"a trunk prefix twice":              {"000 30 1234568", "DE"},
		"a market that is a piece of table": {"030 1234568", "\nAT"},
		"huge":                              {strings.Repeat("1", 2000), "US"},
	}
	for name, tt := range tests {
		if got := attribution.NormalPhone(tt.number, tt.market); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestAddressPairs(t *testing.T) {
	t.Parallel()
	berlin := func(street string) attribution.PostalAddress {
		return attribution.PostalAddress{Street: street, PostCode: "10115", City: "Berlin", Market: "DE"}
	}
	boston := func(street, zip string) attribution.PostalAddress {
		return attribution.PostalAddress{Street: street, PostCode: zip, City: "Boston", Market: "US"}
	}
	dubai := func(street, city string) attribution.PostalAddress {
		return attribution.PostalAddress{Street: street, City: city, Market: "AE"}
	}
	tests := map[string]struct {
		a, b attribution.PostalAddress
		same bool
	}{
		"case and punctuation":          {berlin("Hauptstraße 12"), berlin("HAUPTSTRASSE, 12."), true},
		"Straße, Strasse and Str.":      {berlin("Hauptstraße 12"), berlin("Hauptstr. 12"), true},
		"in two words":                  {berlin("Haupt Straße 12"), berlin("Hauptstr.12"), true},
		"umlauts":                       {berlin("Müllerstraße 12"), berlin("Muellerstr. 12"), true},
		"accents":                       {berlin("Café-Weg 12"), berlin("Cafe Weg 12"), true},
		"the number first":              {berlin("12 Hauptstraße"), berlin("Hauptstraße 12"), true},
		"a letter at the number":        {berlin("Hauptstraße 12 a"), berlin("Hauptstraße 12A"), true},
		"Nr.":                           {berlin("Hauptstraße Nr. 12"), berlin("Hauptstraße 12"), true},
		"two lines":                     {berlin("Hauptstraße 12\nWohnung 3"), berlin("Hauptstraße 12, Whg. 3"), true},
		"another number":                {berlin("Hauptstraße 12"), berlin("Hauptstraße 21"), false},
		"another letter":                {berlin("Hauptstraße 12a"), berlin("Hauptstraße 12b"), false},
		"another street":                {berlin("Hauptstraße 12"), berlin("Nebenstraße 12"), false},
		"another flat":                  {berlin("Hauptstraße 12, Wohnung 3"), berlin("Hauptstraße 12, Wohnung 4"), false},
		"a flat that is not given":      {berlin("Hauptstraße 12, Wohnung 3"), berlin("Hauptstraße 12"), false},
		"a flat by a slash":             {berlin("Hauptstraße 12 / 3"), berlin("Hauptstraße 12/3"), true},
		"a flat by a slash, turned":     {berlin("Hauptstraße 12/3"), berlin("Hauptstraße 3/12"), false},
		"a flat without a word, turned": {berlin("Hauptstraße 12 5"), berlin("Hauptstraße 5 12"), false},
		"numbers from to":               {berlin("Hauptstraße 12–14"), berlin("Hauptstraße 12 - 14"), true},
		"the city in other words": {
			berlin("Hauptstraße 12"),
			attribution.PostalAddress{Street: "Hauptstraße 12", PostCode: "D-10115", City: "Berlin-Mitte", Market: "DE"}, true,
		},
		"another post code": {
			berlin("Hauptstraße 12"),
			attribution.PostalAddress{Street: "Hauptstraße 12", PostCode: "10117", City: "Berlin", Market: "DE"}, false,
		},
		"another country": {
			berlin("Hauptstraße 12"),
			attribution.PostalAddress{Street: "Hauptstraße 12", PostCode: "10115", City: "Berlin", Market: "AT"}, false,
		},
		"Street and St":                 {boston("12 Main Street", "02101"), boston("12 MAIN ST.", "02101"), true},
		"Avenue and direction":          {boston("12 N 5th Ave", "02101"), boston("12 North 5th Avenue", "02101"), true},
		"ZIP+4":                         {boston("12 Main St", "02101-1234"), boston("12 Main St", "02101"), true},
		"#, Apt and Apartment":          {boston("12 Main St #4B", "02101"), boston("12 Main St, Apt. 4b", "02101"), true},
		"the unit in front":             {boston("Apt 4B, 12 Main St", "02101"), boston("12 Main St Apartment 4B", "02101"), true},
		"flat and house turned":         {boston("12 Main St Unit 5", "02101"), boston("5 Main St Unit 12", "02101"), false},
		"another direction":             {boston("12 N Main St", "02101"), boston("12 S Main St", "02101"), false},
		"an apostrophe":                 {boston("12 O'Hara Rd", "02101"), boston("12 O’Hara Road", "02101"), true},
		"without post codes":            {dubai("Sheikh Zayed Rd 12", "Dubai"), dubai("12 Sheikh Zayed Road", "DUBAI "), true},
		"without post codes, elsewhere": {dubai("Corniche Rd 12", "Dubai"), dubai("Corniche Rd 12", "Abu Dhabi"), false},
		"UK for GB": {
			attribution.PostalAddress{Street: "12 High St", PostCode: "SW1A 1AA", Market: "uk"},
			attribution.PostalAddress{Street: "12 High Street", PostCode: "sw1a1aa", Market: "GB"}, true,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := identity().Address(tt.a), identity().Address(tt.b)
			if a == "" || b == "" {
				t.Fatalf("no key: %q of %+v, %q of %+v", a, tt.a, b, tt.b)
			}
			if (a == b) != tt.same {
				t.Errorf("same is %v, want %v: %q, %q", a == b, tt.same, attribution.NormalAddress(tt.a), attribution.NormalAddress(tt.b))
			}
		})
	}
}

func TestNoAddress(t *testing.T) {
	t.Parallel()
	tests := map[string]attribution.PostalAddress{
		"nothing":          {},
		"no street":        {PostCode: "10115", City: "Berlin", Market: "DE"},
		"no post code":     {Street: "Hauptstraße 12", City: "Berlin", Market: "DE"},
		"no market":        {Street: "Hauptstraße 12", PostCode: "10115"},
		"no number":        {Street: "Hauptstraße", PostCode: "10115", Market: "DE"},
		"no word":          {Street: "12", PostCode: "10115", Market: "DE"},
		"punctuation only": {Street: "-/#.", PostCode: "--", Market: "DE"},
		"no city":          {Street: "Sheikh Zayed Rd 12", Market: "AE"},
		"a street as long": {Street: strings.Repeat("a ", 1000) + "12", PostCode: "10115", Market: "DE"},
	}
	for name, a := range tests {
		if got := attribution.NormalAddress(a); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestPayment(t *testing.T) {
	t.Parallel()
	i := identity()
	if i.Payment(" fp_Demo\n") != i.Payment("fp_Demo") {
		t.Error("space around counts")
	}
	if i.Payment("fp_Demo") == i.Payment("fp_demo") {
		t.Error("case does not count, and fingerprints are opaque")
	}
	if i.Payment(" ") != "" || i.Payment(strings.Repeat("f", 2000)) != "" {
		t.Error("a key of nothing, or of too much")
	}
}

// Lower case and NFKC each undo a little of the other for some letters, so every one is
// tried, alone and before a mark.
func TestEveryLetterHasOneForm(t *testing.T) {
	t.Parallel()
	for r := range unicode.MaxRune {
		if !unicode.In(r, unicode.Letter, unicode.Mark) || norm.NFKD.String(string(r)) == string(r) && unicode.ToLower(r) == r && unicode.ToUpper(r) == r {
			continue
		}
		for _, letters := range []string{string(r), string(r) + "\u0301", "i" + string(r)} {
			text := letters + "@demo.example"
			once := attribution.NormalEmail(text)
			if again := attribution.NormalEmail(once); again != once {
				t.Errorf("e-mail %+q: %+q, then %+q", text, once, again)
			}
			if lower := attribution.NormalEmail(strings.ToLower(text)); lower != once {
				t.Errorf("e-mail %+q: %+q, in lower case %+q", text, once, lower)
			}
			at := attribution.PostalAddress{Street: "x" + letters + " 12", PostCode: "1", Market: "DE"}
			street := attribution.NormalAddress(at)
			at.Street = strings.TrimPrefix(street, "DE|1|")
			if again := attribution.NormalAddress(at); again != street {
				t.Errorf("street %+q: %+q, then %+q", letters, street, again)
			}
		}
	}
}

func FuzzIdentity(f *testing.F) {
	for _, seed := range []string{
		"Ada+x@Gmail.com", `"a b"@müller.example`, "+49 (0)30 1234568 ext 5", "Hauptstr. 12 a #4", "１２ rue de l’Été", "İ@İ.example", "\u0345ﬀ@demo.example",
		"12 / 5 - 7 Unit Unit B", "ada@demo.example.", "ǆ\u0301@ẞ.example", "5th 12a3 n s e w", "\u1e9e12", "\xff\xfe",
	} {
		f.Add(seed, "DE")
		f.Add(seed, "US")
	}
	f.Fuzz(func(t *testing.T, text, country string) {
		market := byline.Market(country)
		variants := []string{" " + text + "\n", strings.ToLower(text)}
		email := attribution.NormalEmail(text)
		if again := attribution.NormalEmail(email); email != "" && again != email {
			t.Errorf("e-mail %q: %q, then %q", text, email, again)
		}
		phone := attribution.NormalPhone(text, market)
		if again := attribution.NormalPhone(phone, market); phone != "" && again != phone {
			t.Errorf("phone %q: %q, then %q", text, phone, again)
		}
		at := attribution.PostalAddress{Street: text, PostCode: "1234 5", Market: market}
		address := attribution.NormalAddress(at)
		if parts := strings.SplitN(address, "|", 3); address != "" {
			if again := attribution.NormalAddress(attribution.PostalAddress{Street: parts[2], PostCode: parts[1], Market: byline.Market(parts[0])}); again != address {
				t.Errorf("address %q: %q, then %q", text, address, again)
			}
		}
		for _, v := range variants {
			if !utf8.ValidString(text) || len(v) > 1024 || len(text) > 1024 {
				continue
			}
			if got := attribution.NormalEmail(v); got != email {
				t.Errorf("e-mail %q: %q, and %q of %q", text, email, got, v)
			}
			if got := attribution.NormalPhone(v, market); got != phone {
				t.Errorf("phone %q: %q, and %q of %q", text, phone, got, v)
			}
			at.Street = v
			if got := attribution.NormalAddress(at); got != address {
				t.Errorf("address %q: %q, and %q of %q", text, address, got, v)
			}
		}
	})
}

func BenchmarkIdentity(b *testing.B) {
	i := identity()
	b.Run("Email", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			i.Email("Ada.Demo+shop@gmail.com")
		}
	})
	b.Run("Phone", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			i.Phone("030 1234568", "DE")
		}
	})
	b.Run("Address", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			i.Address(demoAddress())
		}
	})
	b.Run("Payment", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			i.Payment("fp_demo")
		}
	})
}

func TestIdentityValidate(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		key  attribution.Secret
		want bool
	}{"none": {"", true}, "31 bytes": {attribution.Secret(strings.Repeat("k", 31)), false}, "32 bytes": {attribution.Secret(strings.Repeat("k", 32)), true}} {
		err := attribution.Identity{Key: tt.key}.Validate()
		if (err == nil) != tt.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
