package outreach_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code that this package has of its own, in order. A code may retire and
// is never reused.
func codes() []string {
	return []string{
		"contact.direction",
		"contact.outbound_reply",
		"contact.reply",
		"message.fee",
		"message.long_subject",
		"message.no_subject",
		"options.negative",
		"outreach.bad_link",
		"outreach.boosted_post",
		"outreach.bounced",
		"outreach.declined",
		"outreach.do_not_contact",
		"outreach.future_post",
		"outreach.history_time",
		"outreach.no_data_source",
		"outreach.no_locale",
		"outreach.no_postal_address",
		"outreach.no_reference",
		"outreach.not_in_dossier",
		"outreach.not_seen",
		"outreach.other_account",
		"outreach.other_language",
		"outreach.permission",
		"outreach.quote_not_in_post",
		"outreach.replied",
		"outreach.same_post",
		"outreach.short_quote",
		"outreach.sponsored_post",
		"outreach.stale_post",
		"outreach.theme_not_in_post",
		"outreach.too_many",
		"outreach.too_soon",
		"outreach.undated_post",
		"outreach.unsubscribed",
		"rules.negative",
		"template.braces",
		"template.control",
		"template.field",
		"template.locale",
		"template.no_link",
		"template.no_offer",
		"template.no_opt_out",
		"template.no_sender",
		"template.not_specific",
		"template.twice",
	}
}

// isCode tells codes from fields and from paths of faults, which have the same shape.
func isCode(text string) bool {
	noun, _, _ := strings.Cut(text, ".")
	return slices.Contains([]string{"contact", "message", "options", "outreach", "rules", "template"}, noun) && text != "rules.max_messages"
}

func TestCodes(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	for what, got := range map[string][]string{"used": used, "documented": documented} {
		got = slices.DeleteFunc(got, func(text string) bool { return !isCode(text) })
		if diff := cmp.Diff(codes(), got); diff != "" {
			t.Errorf("codes (-listed +%s):\n%s", what, diff)
		}
	}
}
