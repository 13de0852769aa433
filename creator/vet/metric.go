package vet

// The readings that [Read] makes of every account, in the order of the parts that make
// them. Beside them are those of the dimensions of an ideal and, as [ReviewPrefix] has it, of
// the questions of reviews. A share is from 0 to 1.
const (
	EngagementRate        = "engagement.rate"              // by the variant that the definition names
	EngagementTrimmedMean = "engagement.trimmed_mean"      // of the rates of which EngagementRate is the variant's statistic
	EngagementPercentile  = "engagement.percentile"        // the share of the cohort that lies below, 0 to 1
	EngagementConsistency = "engagement.consistency"       // interquartile range over median of the single posts; lower is steadier
	CommentsPerLike       = "engagement.comments_per_like" // median over posts
	SponsoredRatio        = "engagement.sponsored_ratio"   // rate of sponsored posts over that of organic ones; 1 is equal
	ViewRate              = "engagement.view_rate"         // median views over followers
	MedianViews           = "views.median"                 //
	PostsPerWeek          = "activity.posts_per_week"      //
	SponsoredShare        = "activity.sponsored_share"     // of the posts of which it is known
	GrowthRate            = "growth.rate_30d"              // median daily net change of the last 30 days, as a share of followers
	SuspiciousGrowth      = "growth.suspicious_share"      // of the gain of followers, what came in leaps that nothing explains and that decayed
	AudienceFit           = "audience.fit"                 // weighted over the dimensions; one each follows as "audience.fit.age"
	FakeShare             = "authenticity.fake_share"      // of followers, corrected for the calibration
	DuplicateComments     = "comments.duplicate_share"     // of comments that repeat another's words, nearly or quite
	GenericComments       = "comments.generic_share"       // of comments that would fit under any post
	RepeatCommenters      = "comments.repeat_share"        // of comments by authors who comment under most posts
	SpamComments          = "comments.spam_share"          // of comments that look like advertisements
	EarlyComments         = "comments.early_share"         // of comments with a time, what came within [EarlyWithin] of the post
	PodComments           = "comments.pod_share"           // of comments with an author, what the authors of a known pod wrote
	NegativeComments      = "comments.negative_share"      // of the comments whose language the judge knows
	PositiveComments      = "comments.positive_share"      // likewise
)
