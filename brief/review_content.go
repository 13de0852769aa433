package brief

import (
	"fmt"
	"strings"
)

// checkLive asks how long posts stay up: B10.
func checkLive(r *review) {
	for i, p := range r.b.Pieces {
		if p.Live == 0 {
			r.find("brief.live_missing", entry("deliverables", i)+".minimum_live", "how long it stays up is not stated")
		}
	}
}

// checkMonitoring asks who looks at live posts: B14.
func checkMonitoring(r *review) {
	m := r.b.Monitoring
	var open []string
	for _, field := range []struct {
		open bool
		name string
	}{{m.Who == "", "who looks"}, {m.Within == 0, "by when"}, {m.Takedown == 0, "how fast a post is taken down"}} {
		if field.open {
			open = append(open, field.name)
		}
	}
	if len(open) > 0 {
		r.find("brief.monitoring_missing", "monitoring", fmt.Sprintf("of the live posts it is open %s", joinWords(open)))
	}
}

// checkEvidence: B15.
func checkEvidence(r *review) {
	if !r.b.Monitoring.Evidence {
		r.find("brief.evidence_missing", "monitoring.keep_evidence", "nothing says that evidence of the posts is kept")
	}
}

// checkMusic asks for the licence of what belongs to others, which matters where the content
// is used beyond the post: B11.
func checkMusic(r *review) {
	if r.b.Music == Unstated {
		r.find("brief.music_open", "music", "whether music, and what else belongs to others, has to be licensed is open")
	} else if r.b.Music == Allowed && len(r.b.Usage) > 0 {
		r.find("brief.music_open", "music", "any music is allowed, and the content is used beyond the post")
	}
}

// checkOthers: B12.
func checkOthers(r *review) {
	var open []string
	for _, field := range []struct {
		name string
		p    Permission
	}{{"other brands", r.b.OtherBrands}, {"politics", r.b.Politics}, {"profanity", r.b.Profanity}} {
		if field.p == Unstated {
			open = append(open, field.name)
		}
	}
	if len(open) > 0 {
		r.find("brief.exclusions_open", "other_brands", fmt.Sprintf("nothing is said of %s", joinWords(open)))
	}
}

// checkMissing asks for what a creator looks for first.
func checkMissing(r *review) {
	b := r.b
	for _, field := range []struct {
		missing             bool
		code, path, message string
	}{
		{blank(b.Message), "brief.message_missing", "message", "the one thing to remember is not stated"},
		{blank(b.Action), "brief.action_missing", "call_to_action", "what the audience should do next is not stated"},
		{blank(b.Audience.Who), "brief.audience_missing", "audience.who", "whom the posts are for is not stated"},
		{len(b.Guardrails) == 0, "brief.guardrails_missing", "guardrails", "there are no guardrails"},
		{!b.exemplified(), "brief.example_missing", "references", "there is no example of what is meant"},
		{blank(b.Contact.Name) || blank(b.Contact.Email+b.Contact.Phone), "brief.contact_missing", "contact", "whom the creator asks, and how, is not stated"},
	} {
		if field.missing {
			r.find(field.code, field.path, field.message)
		}
	}
}

// exemplified reports whether an example shows what is meant; what is not meant shows less.
func (b *Brief) exemplified() bool {
	for _, ref := range b.References {
		if !ref.Dont {
			return true
		}
	}
	return false
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }
