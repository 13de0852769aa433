package signedjson

import (
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// refund reads what is known of a refund at an instant of the sender's clock.
func (r *reading) refund(o *object, asOf time.Time) attribution.Refund {
	refund := attribution.Refund{
		ID: o.must("id").id(), At: r.orElse(o.may("at").time(), asOf), AsOf: asOf, State: attribution.Settled,
		Shipping: o.may("shipping").money(),
	}
	if state := o.may("state").word(string(attribution.Settled), string(attribution.RefundPending), string(attribution.RefundFailed)); state != "" {
		refund.State = attribution.RefundState(state)
	}
	cash, lines := o.may("cash"), o.may("lines")
	if cash.missing() && lines.missing() {
		cash.fault(codeRequired, "a refund says what came back: lines, cash or both")
	}
	refund.Cash = cash.money()
	lines.each(func(o *object) {
		refund.Lines = append(refund.Lines, attribution.RefundLine{
			Line: o.must("line").id(), Quantity: o.must("quantity").count(), Subtotal: o.may("subtotal").money(), Tax: o.may("tax").money(),
		})
	})
	return refund
}

func (r *reading) dispute(o *object, asOf time.Time) attribution.Dispute {
	return attribution.Dispute{
		ID: o.must("id").id(), At: r.orElse(o.may("at").time(), asOf), AsOf: asOf, Amount: o.may("amount").money(),
		State: attribution.DisputeState(o.must("state").word(string(attribution.DisputeInquiry), string(attribution.DisputeOpen),
			string(attribution.DisputeWon), string(attribution.DisputeLost))),
	}
}

// claim demands of a colleague who assigns an order what the decision will show: who
// they are, and why.
func (r *reading) claim(o *object, asOf time.Time) attribution.Claim {
	claim := attribution.Claim{
		ID:        o.must("id").id(),
		Kind:      attribution.EvidenceKind(o.must("kind").word(string(attribution.BySurvey), string(attribution.ByManual))),
		Creator:   byline.CreatorID(o.must("creator").id()),
		Campaign:  byline.CampaignID(o.may("campaign").id()),
		At:        r.orElse(o.may("at").time(), asOf),
		AsOf:      asOf,
		Withdrawn: o.may("withdrawn").flag(),
	}
	assigned := claim.Kind == attribution.ByManual
	claim.Author = o.mustIf(assigned, "author").text(maxShort)
	claim.Reason = o.mustIf(assigned, "reason").text(maxLong)
	return claim
}
