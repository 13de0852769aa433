package tracking_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

func mint(t testing.TB, pattern, creator string) *tracking.Mint {
	t.Helper()
	m, err := tracking.NewMint(key, pattern, creator)
	if err != nil {
		t.Fatalf("NewMint(%q, %q): %v", pattern, creator, err)
	}
	return m
}

func code(t testing.TB, m *tracking.Mint, n uint64) string {
	t.Helper()
	c, err := m.Code(n)
	if err != nil {
		t.Fatalf("%s: Code(%d): %v", m, n, err)
	}
	return c
}

// spelling reads a code as a person would, without separators. It is written apart from
// the package on purpose.
var spelling = strings.NewReplacer("0", "O", "1", "I", "2", "Z", "3", "E", "4", "A", "5", "S", "6", "G", "7", "T", "8", "B", "9", "G", "V", "U", "L", "I", "-", "", "_", "")

var spelled = strings.Fields(spelling.Replace(strings.Join(tracking.Fragments(), " ")))

// spells reports whether a code holds a fragment that is not of the literals alone.
func spells(code string, isGenerated func(int) bool) bool {
	var letters strings.Builder
	var made []bool
	for i := range len(code) {
		if s := spelling.Replace(code[i : i+1]); s != "" {
			letters.WriteString(s)
			made = append(made, isGenerated(i))
		}
	}
	for _, f := range spelled {
		for i := 0; i+len(f) <= letters.Len(); i++ {
			if letters.String()[i:i+len(f)] == f && slices.Contains(made[i:i+len(f)], true) {
				return true
			}
		}
	}
	return false
}

// everyCode lists by brute force what a pattern without a check character makes.
func everyCode(pattern string) map[string]bool {
	list := []string{""}
	for i := range len(pattern) {
		choices := pattern[i : i+1]
		if choices == "#" {
			choices = tracking.Alphabet
		}
		var longer []string
		for _, start := range list {
			for _, c := range choices {
				longer = append(longer, start+string(c))
			}
		}
		list = longer
	}
	codes := map[string]bool{}
	for _, c := range list {
		if !spells(c, func(i int) bool { return pattern[i] == '#' }) {
			codes[c] = true
		}
	}
	return codes
}

func TestMintIsABijection(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"#", "##", "###", "ADA-###", "F#CK", "FU-#-#K", "K_#K#", "#4#", "HI#T#ER", "SS##SS"} {
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			m := mint(t, pattern, "")
			want := everyCode(pattern)
			if m.Space() != uint64(len(want)) {
				t.Errorf("space %d, want %d", m.Space(), len(want))
			}
			got := map[string]bool{}
			for n := range m.Space() {
				c := code(t, m, n)
				got[c] = true
				if back, ok := m.Index(c); !ok || back != n {
					t.Fatalf("Index(Code(%d)) = %d, %v", n, back, ok)
				}
			}
			diff(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)))
		})
	}
}

func TestMintWithCheckIsABijection(t *testing.T) {
	t.Parallel()
	m := mint(t, "A#-##*", "")
	got := map[string]bool{}
	for n := range m.Space() {
		c := code(t, m, n)
		got[c] = true
		if back, ok := m.Index(c); !ok || back != n || spells(c, func(i int) bool { return i == 1 || i > 2 }) {
			t.Fatalf("Index(Code(%d)) = %d, %v, of %s", n, back, ok, c)
		}
	}
	if uint64(len(got)) != m.Space() || len(got) < 19*19*19*9/10 || len(got) > 19*19*19 {
		t.Errorf("%d codes, space %d", len(got), m.Space())
	}
}

func TestSpace(t *testing.T) {
	t.Parallel()
	tests := map[string]uint64{
		"#":    19,
		"##":   361 - 2, // HH and HJ
		"F#CK": 19 - 4,  // with V, C, D and F
		"#*":   19 - 1,  // the check character of one is itself
		"COCK": 0,       // not a pattern
	}
	for pattern, want := range tests {
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			m, _ := tracking.NewMint(key, pattern, "")
			if got := m.Space(); got != want {
				t.Errorf("space %d, want %d", got, want)
			}
		})
	}
	large := mint(t, "{creator}-##############", "ada").Space()
	if all := uint64(799006685782884121); large > all || large < all/10*6 { // 19^14
		t.Errorf("%d of 19^14 codes", large)
	}
}

// Two million codes: no two are the same, none spells a fragment.
func TestMintNeverRepeats(t *testing.T) {
	t.Parallel()
	total := uint64(2_000_000)
	if testing.Short() || raced {
		total = 50_000
	}
	m := mint(t, "ADA-#######", "")
	seen := make([]uint64, 893871739/64+1) // 19^7 bits
	for n := range total {
		c := code(t, m, n)
		place := 0
		for i := len("ADA-"); i < len(c); i++ {
			place = place*19 + strings.IndexByte(tracking.Alphabet, c[i])
		}
		if seen[place/64]&(1<<(place%64)) != 0 {
			t.Fatalf("Code(%d) = %s for the second time", n, c)
		}
		seen[place/64] |= 1 << (place % 64)
		if n%100 == 0 && spells(c, func(i int) bool { return i > 3 }) {
			t.Fatalf("Code(%d) = %s", n, c)
		}
	}
}

// Codes that were given out keep their numbers, so they never change.
func TestMintIsPinned(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		pattern, creator string
		want             []string
	}{
		"a creator":   {"{creator}-####", "ada", []string{"ADA-DWVG", "ADA-GKC9", "ADA-KC4W"}},
		"with check":  {"{creator}####*", "Bruno_1", []string{"BRUNO_1CWCFW", "BRUNO_1NDFD9", "BRUNO_1VHF3N"}},
		"large":       {"##############", "", []string{"FRTGC4V7T9N9JW", "WNHPVM7KVXPW7P", "FNV9VTDMFFFKTX"}},
		"lower case":  {"cleo-##", "", []string{"CLEO-3W", "CLEO-D9", "CLEO-H7"}},
		"in between":  {"A#-B#-{creator}-##*-X", "d", []string{"A9-BH-D-KFV-X", "AM-BW-D-JWG-X", "A3-B9-D-WD4-X"}},
		"one of each": {"#", "", []string{"C", "X", "K"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := mint(t, tt.pattern, tt.creator)
			var got []string
			for n := range uint64(3) {
				got = append(got, code(t, m, n))
			}
			diff(t, tt.want, got)
		})
	}
}

func TestCodesAreNormalAndFoundInAnySpelling(t *testing.T) {
	t.Parallel()
	m := mint(t, "{creator}-#####*", "Ada_1")
	for n := range uint64(2000) {
		c := code(t, m, n)
		if attribution.NormalizeCode(c) != c || len(c) != len("ADA_1-#####*") {
			t.Fatalf("%q is not normal", c)
		}
		for _, typed := range []string{strings.ToLower(c), " " + c + "\n", c + "\u200b"} {
			if back, ok := m.Index(typed); !ok || back != n {
				t.Fatalf("Index(%q) = %d, %v, want %d", typed, back, ok, n)
			}
		}
	}
}

func TestIndexOfOthers(t *testing.T) {
	t.Parallel()
	m := mint(t, "ADA-###", "")
	for name, c := range map[string]string{
		"nothing": "", "too short": "ADA-77", "too long": "ADA-7777", "another creator": "ADB-777", "another sign": "ADA_777", "a vowel": "ADA-7A7",
		"a fragment": "ADA-FCK", "one in digits": "ADA-F47", "another script": "АDA-777", "bytes": "ADA-7\xff7", "the pattern": "ADA-###",
	} {
		if n, ok := m.Index(c); ok {
			t.Errorf("%s: Index(%q) = %d", name, c, n)
		}
	}
	if _, ok := m.Index("ADA-777"); !ok {
		t.Error("the model is not found")
	}
	var none *tracking.Mint
	if _, ok := none.Index("ADA-777"); ok || none.Space() != 0 {
		t.Error("no mint has codes")
	}
	if _, ok := new(tracking.Mint).Index(""); ok {
		t.Error("an empty mint has codes")
	}
}

// A mistyped code with a check character is no code: neither one wrong character nor two
// that changed places.
func TestCheckCharacter(t *testing.T) {
	t.Parallel()
	m := mint(t, "A-##############*", "")
	for n := range uint64(50) {
		c := code(t, m, n)
		for i := 2; i < len(c); i++ {
			for _, wrong := range tracking.Alphabet {
				if typed := c[:i] + string(wrong) + c[i+1:]; typed != c {
					if _, ok := m.Index(typed); ok {
						t.Fatalf("%s passes for %s", typed, c)
					}
				}
			}
			for j := i + 1; j < len(c); j++ {
				if typed := c[:i] + c[j:j+1] + c[i+1:j] + c[i:i+1] + c[j+1:]; typed != c {
					if _, ok := m.Index(typed); ok {
						t.Fatalf("%s passes for %s", typed, c)
					}
				}
			}
		}
	}
}

// Of characters that are taken for each other the alphabet has at most one, so two codes
// never differ by such a character alone.
func TestAlphabet(t *testing.T) {
	t.Parallel()
	if len(tracking.Alphabet) != 19 || !slices.IsSorted([]byte(tracking.Alphabet)) || strings.ContainsAny(tracking.Alphabet, "AEIOUY") {
		t.Errorf("alphabet %q", tracking.Alphabet)
	}
	for _, alike := range []string{"0OQD", "1IL", "2Z", "5S", "6G", "8B", "UV", "VY", "4A", "3E", "EF"} {
		count := 0
		for _, c := range alike {
			count += strings.Count(tracking.Alphabet, string(c))
		}
		if count > 1 {
			t.Errorf("%d of %q are in the alphabet", count, alike)
		}
	}
}

// Each character is about as frequent in each place, and neighbours have no more in
// common than strangers. The bounds are some six standard deviations wide.
func TestCodesLookRandom(t *testing.T) {
	t.Parallel()
	const total, places = 38_000, 8
	m := mint(t, "########", "")
	var counts [places][256]int
	same := 0
	before := ""
	for n := range uint64(total) {
		c := code(t, m, n)
		for i := range places {
			counts[i][c[i]]++
			if n > 0 && before[i] == c[i] {
				same++
			}
		}
		before = c
	}
	for i := range places {
		for _, c := range []byte(tracking.Alphabet) {
			// Fragments make some characters a little rarer.
			if got := counts[i][c]; got < 1600 || got > 2350 {
				t.Errorf("%q stands in place %d of %d codes, about 2000 expected", c, i, got)
			}
		}
	}
	if expected := total * places / 19; same < expected*95/100 || same > expected*105/100 {
		t.Errorf("neighbours agree in %d places, about %d expected", same, expected)
	}
}

func TestKeyAndPatternDecideTheOrder(t *testing.T) {
	t.Parallel()
	other, err := tracking.NewMint(otherKey, "ADA-####", "")
	require.NoError(t, err)
	first, creator, longer := mint(t, "ADA-####", ""), mint(t, "{creator}-####", "ada"), mint(t, "BOB-####", "")
	agree := 0
	for n := range uint64(1000) {
		c := code(t, first, n)
		diff(t, c, code(t, creator, n))
		if c == code(t, other, n) {
			agree++
		}
		if c[4:] == code(t, longer, n)[4:] {
			agree++
		}
	}
	if agree > 3 {
		t.Errorf("%d of 2000 codes agree with those of another key or pattern", agree)
	}
}

func TestPermutation(t *testing.T) {
	t.Parallel()
	for _, size := range []uint64{1, 2, 3, 4, 5, 10, 99, 100, 101, 1000, 65536, 65537} {
		forward, backward := tracking.Permutation(key, size)
		seen := make([]bool, size)
		for n := range size {
			x := forward(n)
			if x >= size || seen[x] || backward(x) != n {
				t.Fatalf("size %d: %d -> %d -> %d", size, n, x, backward(x))
			}
			seen[x] = true
		}
	}
	for _, size := range []uint64{1<<63 - 1, 1 << 63, 1<<62 + 1, 799006685782884121} {
		forward, backward := tracking.Permutation(key, size)
		for _, n := range []uint64{0, 1, size / 2, size - 2, size - 1} {
			if x := forward(n); x >= size || backward(x) != n {
				t.Errorf("size %d: %d -> %d -> %d", size, n, x, backward(x))
			}
		}
	}
}

var faultyMints = map[string]struct {
	key              attribution.Secret
	pattern, creator string
	want             []string
}{
	"nothing":             {"", "", "", []string{"pattern tracking.pattern", "key tracking.key"}},
	"a short key":         {key[:31], "####", "", []string{"key tracking.key"}},
	"nothing generated":   {key, "ADA15", "", []string{"pattern tracking.pattern"}},
	"too much generated":  {key, strings.Repeat("#", 15), "", []string{"pattern tracking.pattern"}},
	"a check alone":       {key, "ADA*", "", []string{"pattern tracking.pattern"}},
	"a check in front":    {key, "*####", "", []string{"pattern tracking.pattern"}},
	"a check in between":  {key, "##*##", "", []string{"pattern tracking.pattern"}},
	"two checks":          {key, "####**", "", []string{"pattern tracking.pattern"}},
	"a space":             {key, "ADA ####", "", []string{"pattern tracking.pattern"}},
	"another script":      {key, "АDA####", "", []string{"pattern tracking.pattern"}},
	"a long letter":       {key, "\u017f####", "", []string{"pattern tracking.pattern"}},
	"a percent sign":      {key, "50%####", "", []string{"pattern tracking.pattern"}},
	"another brace":       {key, "{Creator}####", "ada", []string{"creator tracking.pattern", "pattern tracking.pattern"}},
	"a creator unnamed":   {key, "####", "ada", []string{"creator tracking.pattern"}},
	"no creator":          {key, "{creator}####", "", []string{"creator tracking.pattern"}},
	"a creator of signs":  {key, "{creator}####", "a#a", []string{"creator tracking.pattern"}},
	"a creator of braces": {key, "{creator}####", "{creator}", []string{"creator tracking.pattern", "pattern tracking.pattern"}},
	"an e-mail address":   {key, "{creator}####", "mira@example.com", []string{"creator tracking.pattern", "pattern tracking.pattern"}},
	"a long pattern":      {key, strings.Repeat("A", 61) + "####", "", []string{"pattern tracking.length"}},
	"a long creator":      {key, "{creator}{creator}#", strings.Repeat("a", 32), []string{"pattern tracking.length"}},
	"all at once":         {"short", "Ä", "ada", []string{"creator tracking.pattern", "pattern tracking.pattern", "key tracking.key"}},
}

func TestMintFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range faultyMints {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, err := tracking.NewMint(tt.key, tt.pattern, tt.creator)
			require.ErrorIs(t, err, byline.ErrInvalid)
			diff(t, tt.want, faultsOf(err))
			if m != nil {
				t.Errorf("a mint beside the error: %s", m)
			}
		})
	}
}

func TestCodesRunOut(t *testing.T) {
	t.Parallel()
	m := mint(t, "A#", "")
	for _, n := range []uint64{19, 20, 1<<64 - 1} {
		c, err := m.Code(n)
		require.ErrorIs(t, err, byline.ErrInvalid)
		diff(t, []string{"n tracking.exhausted"}, faultsOf(err))
		diff(t, "", c)
		o, err := m.SingleUse(n, attribution.Offer{Creator: "ada"})
		require.ErrorIs(t, err, byline.ErrInvalid)
		diff(t, attribution.Offer{}, o)
	}
	diff(t, "A#", fmt.Sprint(m))
}

func TestSingleUse(t *testing.T) {
	t.Parallel()
	m := mint(t, "{creator}-########", "ada")
	base := attribution.Offer{Creator: "ada", Campaign: "autumn", Code: "ADA15", Link: "ada-autumn", Uses: 7}
	var offers []attribution.Offer
	for n := range uint64(100) {
		o, err := m.SingleUse(n, base)
		require.NoError(t, err)
		want := base
		want.Code, want.Uses = code(t, m, n), 1
		diff(t, want, o)
		o.Link = ""
		offers = append(offers, o)
	}
	_, err := attribution.NewBook(offers)
	require.NoError(t, err)
}
