package contracts

import (
	"github.com/bylinehq/byline"
)

// Windows returns when an asset may be used so by contract, and when by the platform:
// each in order and apart from each other, on the clocks that the times came with. The
// use may run where both hold. The time of the use plays no part in it. For a channel
// that needs no permission the platform's is the zero Window, which is always.
func (r *Rights) Windows(asset Asset, use Use) (contract, platform []byline.Window) {
	contract = windowsOf(r.fitting(asset, use), asset)
	if !use.Channel.NeedsPermission() {
		return contract, []byline.Window{{}}
	}
	return contract, platformWindows(asset, use)
}
