package contracts

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// neededApprovals is how many people must have seen a batch, beside who prepared it.
const neededApprovals = 2

// Approval is one person's word for a batch as it was.
type Approval struct {
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Digest string    `json:"digest"` // Batch.Digest of what was approved
}

// BatchState is how far a batch has come. It is not stored: it follows from the approvals
// that still hold and from the statuses of the items.
type BatchState string

// States of a batch.
const (
	BatchProposed      BatchState = "proposed"
	BatchApproved      BatchState = "approved"  // by two people; may be posted, see PostBatch
	BatchUnderWay      BatchState = "under_way" // posted; its file or requests may go out
	BatchPartlySettled BatchState = "partly_settled"
	BatchSettled       BatchState = "settled" // nothing is under way any more
)

// State returns how far the batch has come.
func (b Batch) State() BatchState {
	underWay, settled, posted := false, false, false
	for _, item := range b.Items {
		underWay = underWay || item.Status == ItemUnderWay
		settled = settled || item.Status.settled()
		posted = posted || item.Status != ItemPlanned
	}
	switch {
	case len(b.holding()) < neededApprovals:
		return BatchProposed
	case !posted:
		return BatchApproved
	case underWay && settled:
		return BatchPartlySettled
	case underWay:
		return BatchUnderWay
	}
	return BatchSettled
}

// Digest is the SHA-256 of everything an approval is about: the batch's id, rail,
// preparer, payer and day of execution, and of each item who gets what, where, and what was decided on tax. What
// happens to the items later is not in it.
func (b Batch) Digest() (string, error) {
	content := Batch{ID: b.ID, Rail: b.Rail, PreparedBy: b.PreparedBy, PreparedAt: b.PreparedAt.UTC(), Payer: b.Payer, ExecuteOn: dayOf(b.ExecuteOn), Items: slices.Clone(b.Items)}
	for i := range content.Items {
		content.Items[i].Status, content.Items[i].Outcome = ItemPlanned, nil
	}
	text, err := json.Marshal(content)
	if err != nil {
		return "", fmt.Errorf("batch %s: %w", b.ID, err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// holding returns the approvals that count: of the batch as it is, by people who differ
// from each other and from who prepared it.
func (b Batch) holding() []Approval {
	digest, err := b.Digest()
	if err != nil {
		return nil
	}
	seen := []string{personOf(b.PreparedBy), ""}
	var holding []Approval
	for _, a := range b.Approvals {
		if who := personOf(a.By); a.Digest == digest && !slices.Contains(seen, who) {
			holding, seen = append(holding, a), append(seen, who)
		}
	}
	return holding
}

// Approve returns the batch with one more approval. Two people have to approve, and who
// prepared the batch is neither of them, so that nobody can pay out with the help of only
// one other. An approval holds for the batch as it is: when something in it changes, all
// are void, and the next one drops them.
//
// A batch that Check refuses is refused. "required" says that nobody approves,
// "batch.same_person" that the preparer does or somebody a second time, "batch.empty"
// that there is nothing to pay, "batch.state" that the batch was posted already,
// "batch.text" that by is not UTF-8. Whether by is who they say they are is the caller's
// to know, and by an account's id rather than a name: what is compared is how it is
// written, not who it is. Case, width, space and what cannot be seen make no difference;
// a letter of another alphabet that looks the same does.
func (b Batch) Approve(by string, at time.Time) (Batch, error) {
	if err := b.Check(); err != nil {
		return b, err
	}
	holding := b.holding()
	fault := func(path, code, message string) (Batch, error) {
		return b, &byline.FieldError{Path: path, Code: code, Message: message}
	}
	same := func(a Approval) bool { return personOf(a.By) == personOf(by) }
	switch {
	case personOf(by) == "":
		return fault("by", "required", "somebody approves a batch")
	case !utf8.ValidString(by):
		return fault("by", "batch.text", notUTF8)
	case len(b.Items) == 0:
		return fault("items", "batch.empty", "there is nothing to pay")
	case b.State() != BatchProposed && b.State() != BatchApproved:
		return fault("", "batch.state", "the batch is on its way already")
	case personOf(by) == personOf(b.PreparedBy), slices.ContainsFunc(holding, same):
		return fault("by", "batch.same_person", "a batch needs two people who did not prepare it")
	}
	digest, err := b.Digest()
	if err != nil {
		return b, err
	}
	b.Approvals = append(slices.Clip(holding), Approval{By: by, At: at.UTC().Round(0), Digest: digest})
	return b, nil
}
