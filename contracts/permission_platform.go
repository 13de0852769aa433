package contracts

import (
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Where the platforms say how their permissions work, read on 2026-11-22.
const (
	sparkSource       = "https://help.archive.com/en/articles/10199022"
	partnershipSource = "https://help.instagram.com/1159476377787773"
)

// SparkDurations returns for how many days a creator can authorise a TikTok post as an
// ad, in rising order. Ads stop when the code runs out; a new one is needed then. Source:
// help.archive.com/en/articles/10199022, read on 2026-11-22.
func SparkDurations() []int { return []int{7, 30, 60, 365} }

func (p PlatformPermission) inMarket(m byline.Market) bool {
	return len(p.Markets) == 0 || slices.Contains(p.Markets, m)
}

// endless reports whether a Spark code comes without the end that every one has.
func (p PlatformPermission) endless() bool {
	return p.Channel == ChannelSparkAd && p.Status == PermissionActive && p.Holds.End.IsZero()
}

func (p PlatformPermission) active() bool { return p.Status == PermissionActive && !p.endless() }

func (p PlatformPermission) revoked() bool { return p.Status == PermissionRevoked }

// active are the asset's permissions for a channel that hold at some time, wherever.
func (a *Asset) active(c Channel) []PlatformPermission {
	return slices.DeleteFunc(slices.Clone(a.Permissions), func(p PlatformPermission) bool {
		return p.Channel != c || !p.active() || p.Holds.Empty()
	})
}

// platformWindows are the stretches in which the platform lets the use run.
func platformWindows(asset Asset, use Use) spans {
	return permissionWindows(asset, use, PlatformPermission.active).subtract(permissionWindows(asset, use, PlatformPermission.revoked))
}

// permissionWindows are the stretches of the permissions for a use that are of a kind.
func permissionWindows(asset Asset, use Use, kind func(PlatformPermission) bool) spans {
	var windows []byline.Window
	for _, p := range asset.Permissions {
		if p.Channel == use.Channel && p.inMarket(use.Market) && kind(p) {
			windows = append(windows, p.Holds)
		}
	}
	return joinSpans(windows)
}

// permissionGap is the finding "rights.permission_gap": the platform does not permit all
// of a use, whatever the contract says. Its message tells a permission that is missing,
// pending, revoked or expired from one that is for another market, starts too late, ends
// too early or, of a Spark code, does not say when.
func permissionGap(asset Asset, use Use) byline.Finding {
	message, fix := gapWords(asset, use)
	return byline.Finding{
		Code: "rights.permission_gap", Severity: byline.Blocker, Path: "permissions", Message: message, Fix: fix, Rule: permissionRule(use.Channel),
	}
}

func permissionRule(c Channel) *byline.Rule {
	read := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	if c == ChannelSparkAd {
		return &byline.Rule{ID: "tiktok_spark_code", Instrument: "TikTok Spark Ads authorisation", Source: sparkSource, ReadAt: read, Confidence: byline.Secondary}
	}
	return &byline.Rule{ID: "meta_partnership_permission", Instrument: "Meta partnership ads permission", Source: partnershipSource, ReadAt: read, Confidence: byline.Primary}
}

func gapWords(asset Asset, use Use) (message, fix string) {
	ask := askPlatform(use)
	if w, ok := permissionWindows(asset, use, PlatformPermission.revoked).at(use.At); ok && !w.Start.IsZero() {
		return "the platform's permission was revoked at " + timeWords(w.Start), ask
	}
	active := platformWindows(asset, use)
	if w, ok := active.at(use.At); ok {
		if w.End.IsZero() || !use.Until.After(use.At) {
			return "the flight ends before it starts", "end it later than it starts"
		}
		return "the platform's permission ends at " + timeWords(w.End) + ", before the flight does", ask + ", or end the flight by " + timeWords(w.End)
	}
	for _, w := range active {
		if w.After(use.At) {
			return "the platform's permission starts at " + timeWords(w.Start), "start no earlier than " + timeWords(w.Start)
		}
	}
	if len(active) > 0 {
		return "the platform's permission ended at " + timeWords(active[len(active)-1].End), ask
	}
	if len(permissionWindows(asset, use, PlatformPermission.endless)) > 0 {
		return "nothing says when the Spark code runs out, and each one does", "say when it does"
	}
	return statusWords(asset, use), ask
}

// statusWords says how far the best of the permissions is that are not active here.
func statusWords(asset Asset, use Use) string {
	has := func(status PermissionStatus) bool {
		return slices.ContainsFunc(asset.Permissions, func(p PlatformPermission) bool {
			return p.Channel == use.Channel && p.Status == status && (status != PermissionActive || !p.inMarket(use.Market))
		})
	}
	switch {
	case has(PermissionActive):
		return "the platform's permission is not for " + use.place()
	case has(PermissionPending):
		return "the platform's permission is pending"
	case has(PermissionRevoked):
		return "the platform's permission was revoked"
	case has(PermissionExpired):
		return "the platform's permission has expired"
	}
	return "the platform has no permission for this asset"
}

// askPlatform is what to ask of the creator.
func askPlatform(use Use) string {
	if use.Channel != ChannelSparkAd {
		return "ask the creator to permit the partnership ad"
	}
	for _, days := range SparkDurations() {
		if !use.Until.After(use.At.AddDate(0, 0, days)) {
			return fmt.Sprintf("ask the creator for a Spark code of %d days", days)
		}
	}
	return "ask the creator for a Spark code, and for a new one each time it runs out"
}
