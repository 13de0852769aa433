package byline

// CampaignID names a campaign in the caller's own system.
type CampaignID string

// CreatorID names a creator in the caller's own system. It is not a handle: one
// creator has one id and a handle per platform.
type CreatorID string

// OrderID names an order across all shops of a caller: the decoder of a shop builds
// it from the shop's own id, as in "shopify:450789469".
type OrderID string
