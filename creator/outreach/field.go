package outreach

import "slices"

// Field is what a placeholder may stand for: {creator.name} in a text.
type Field string

// Fields. Dates are written out where this version knows the language and as 2026-11-22
// elsewhere; money has the marks of the language and its ISO 4217 code.
const (
	CreatorName   Field = "creator.name"
	CreatorHandle Field = "creator.handle" // of the account that published the post
	PostQuote     Field = "post.quote"
	PostTheme     Field = "post.theme"
	PostLink      Field = "post.link"
	PostDate      Field = "post.date"
	PostPlatform  Field = "post.platform"
	CampaignName  Field = "campaign.name"
	CampaignBrand Field = "campaign.brand"
	CampaignOffer Field = "campaign.offer"
	CampaignFee   Field = "campaign.fee"
	CampaignStart Field = "campaign.starts"
	CampaignEnd   Field = "campaign.ends"
	SenderName    Field = "sender.name"
	SenderCompany Field = "sender.company"
	SenderAddress Field = "sender.address"
	SenderEmail   Field = "sender.email"
	SenderOptOut  Field = "sender.opt_out"
	SenderPrivacy Field = "sender.privacy"
)

func (f Field) known() bool {
	return slices.Contains([]Field{
		CreatorName, CreatorHandle, PostQuote, PostTheme, PostLink, PostDate, PostPlatform, CampaignName, CampaignBrand, CampaignOffer,
		CampaignFee, CampaignStart, CampaignEnd, SenderName, SenderCompany, SenderAddress, SenderEmail, SenderOptOut, SenderPrivacy,
	}, f)
}
