package contracts

// Known reports whether a channel is one of the constants.
func (c Channel) Known() bool { return c.words() != "" }

// NeedsPermission reports whether a channel needs the platform's permission beside the
// contract: it runs from the creator's account.
func (c Channel) NeedsPermission() bool { return c == ChannelSparkAd || c == ChannelPartnershipAd }

// paid reports whether a channel is bought media, on which a cap of spend counts.
func (c Channel) paid() bool {
	switch c {
	case ChannelPaidSocial, ChannelPartnershipAd, ChannelSparkAd, ChannelOutOfHome, ChannelRetailMedia, ChannelTV, ChannelPrint:
		return true
	}
	return false
}

// words is a channel as a sentence has it behind "for", "" for one that is none. The
// sentences speak to the brand.
func (c Channel) words() string {
	switch c {
	case ChannelOrganic:
		return "reposts on your own account"
	case ChannelPaidSocial:
		return "paid social on your own account"
	case ChannelPartnershipAd:
		return "partnership ads"
	case ChannelSparkAd:
		return "Spark ads"
	case ChannelWebsite:
		return "the website"
	case ChannelEmail:
		return "e-mail"
	case ChannelOutOfHome:
		return "out of home"
	case ChannelInStore:
		return "display in stores"
	case ChannelRetailMedia:
		return "retail media"
	case ChannelTV:
		return "TV"
	case ChannelPrint:
		return "print"
	case ChannelInternal:
		return "internal use"
	}
	return ""
}

// channelWords is words for any text.
func channelWords(c Channel) string {
	if words := c.words(); words != "" {
		return words
	}
	return rightsWord(c)
}
