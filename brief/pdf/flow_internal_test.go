package pdf

import (
	"strings"
	"testing"
)

// Words keep to the blanks around them, over runs too, and a script without blanks may
// break anywhere.
func TestWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		runs []string
		want string // ␣ before a word with a space, ↵ for an end
	}{
		"words":    {[]string{" a  b c "}, "␣a ␣b ␣c"},
		"runs":     {[]string{"Lead: ", "text", " – ", "note"}, "Lead: ␣text ␣– ␣note"},
		"joined":   {[]string{"a", "b"}, "a b"},
		"lines":    {[]string{"a\n\nb \n c"}, "a ↵ ↵ b ↵ ␣c"},
		"japanese": {[]string{"広告 PR です"}, "広 告 ␣PR ␣で す"},
		"korean":   {[]string{"광고 문구"}, "광고 ␣문구"},
		"mixed":    {[]string{"K2ケトル"}, "K2 ケ ト ル"},
		"no-break": {[]string{"15\u00a0% off"}, "15\u00a0% ␣off"},
		"nothing":  {[]string{"", " "}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var runs []run
			for _, text := range tt.runs {
				runs = append(runs, run{text: text})
			}
			var got []string
			for _, w := range words(runs) {
				switch {
				case w.ends:
					got = append(got, "↵")
				case w.space:
					got = append(got, "␣"+w.text)
				default:
					got = append(got, w.text)
				}
			}
			if text := strings.Join(got, " "); text != tt.want {
				t.Errorf("words %q, want %q", text, tt.want)
			}
		})
	}
}
