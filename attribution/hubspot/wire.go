package hubspot

import (
	"encoding/json"

	"github.com/bylinehq/byline/internal/wire"
)

// The types here are HubSpot's JSON, only what is read of it. Every field may be null or
// missing.

type scalar = wire.Scalar

// wireChange is one element of a webhook's body. Lists of ids are only of merges, and
// read there.
// https://developers.hubspot.com/docs/api-reference/legacy/webhooks/guide, read 2026-11-22.
type wireChange struct {
	EventID          scalar          `json:"eventId"`
	SubscriptionID   scalar          `json:"subscriptionId"`
	PortalID         scalar          `json:"portalId"`
	OccurredAt       scalar          `json:"occurredAt"`
	SubscriptionType scalar          `json:"subscriptionType"`
	ObjectTypeID     scalar          `json:"objectTypeId"`
	ObjectID         scalar          `json:"objectId"`
	PropertyName     scalar          `json:"propertyName"`
	PrimaryObjectID  scalar          `json:"primaryObjectId"`
	NewObjectID      scalar          `json:"newObjectId"`
	MergedObjectIDs  json.RawMessage `json:"mergedObjectIds"`
}

// wireRecord is GET /crm/v3/objects/{type}/{id}. All properties are text.
// https://developers.hubspot.com/docs/api-reference/latest/crm/objects/deals/guide, read
// 2026-11-22.
type wireRecord struct {
	ID           scalar            `json:"id"`
	CreatedAt    scalar            `json:"createdAt"`
	UpdatedAt    scalar            `json:"updatedAt"`
	Properties   map[string]scalar `json:"properties"`
	Associations struct {
		Contacts struct {
			Results []struct {
				ID scalar `json:"id"`
			} `json:"results"`
		} `json:"contacts"`
	} `json:"associations"`
}

// wireDetails is GET /account-info/v3/details.
type wireDetails struct {
	PortalID scalar `json:"portalId"`
}
