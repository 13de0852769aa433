package disclosure_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

func TestIndia(t *testing.T) {
	t.Parallel()
	in := postIn("IN", "en")
	live := in.video(time.Hour).as(disclosure.Live)
	reel := func(length time.Duration, shown float64) worldPost { return in.video(length).seen("Ad", 0, shown) }
	runVectors(t, map[string]worldVector{
		"on the picture":               {in.with(disclosure.Overlay, "Ad"), expect("IN.label", isFine)},
		"only in the caption":          {in.with(disclosure.Caption, "#ad new drop"), expect("IN.label", isViolation)},
		"only in the bio":              {in.as(disclosure.Text).with(disclosure.Bio, "Ad"), expect("IN.label", isViolation)},
		"the tag on Instagram":         {in.toggled(disclosure.Yes), expect("IN.label", isFine)},
		"the tag in a reel":            {in.video(time.Minute).toggled(disclosure.Yes), map[string]disclosure.Status{"IN.label": isFine, "IN.time": isFine}},
		"the tag before it was listed": {in.toggled(disclosure.Yes).on(2023, time.January, 19), expect("IN.label", isRisk)},
		"another platform's switch":    {in.at(byline.TikTok).toggled(disclosure.Yes), expect("IN.label", isRisk)},
		"10 of 60 seconds":             {reel(time.Minute, 10), expect("IN.time", isViolation)},
		"20 of 60 seconds":             {reel(time.Minute, 20), expect("IN.time", isFine)},
		"3 of 12 seconds":              {reel(12*time.Second, 3), expect("IN.time", isFine)},
		// The first band is recalled.
		"2 of 12 seconds":              {reel(12*time.Second, 2), expect("IN.time", isRisk)},
		"3 of 15 seconds":              {reel(15*time.Second, 3), expect("IN.time", isFine)},
		"3 of 16 seconds":              {reel(16*time.Second, 3), expect("IN.time", isViolation)},
		"40 of 119 seconds":            {reel(119*time.Second, 40), expect("IN.time", isFine)},
		"40 of two minutes":            {reel(2*time.Minute, 40), expect("IN.time", isViolation)},
		"the promoted part of minutes": {reel(5*time.Minute, 40).promotes(0, 40*time.Second), expect("IN.time", isFine)},
		"after the promoted part":      {reel(5*time.Minute, 40).promotes(time.Minute, 2*time.Minute), expect("IN.time", isViolation)},
		"affiliate before its list":    {in.with(disclosure.Overlay, "Affiliate").because(disclosure.Affiliate).on(2023, time.January, 19), expect("IN.label", isViolation)},
		"affiliate in its list":        {in.with(disclosure.Overlay, "Affiliate").because(disclosure.Affiliate).on(2023, time.January, 20), expect("IN.label", isFine)},
		"before the guidelines":        {in.on(2021, time.June, 13), expect("IN.label", isAbsent)},
		"the first day of them":        {in.on(2021, time.June, 14), expect("IN.label", isViolation)},
		"an unsolicited gift":          {in.because(disclosure.GiftUnsolicited), expect("IN.label", isViolation)},
		"a gift that is named":         {in.because(disclosure.GiftUnsolicited).with(disclosure.Overlay, "Free gift"), expect("IN.label", isFine)},
		"English in Hindi content":     {postIn("IN", "hi").with(disclosure.Overlay, "Ad: नई क्रीम"), expect("IN.label", isFine)},
		"paid promotion":               {in.with(disclosure.Overlay, "Paid promotion"), expect("IN.label", isFine)},
		"Hindi in Hindi content":       {postIn("IN", "hi").with(disclosure.Overlay, "विज्ञापन"), expect("IN.label", isFine)},
		"beside a live":                {live.with(disclosure.Caption, "Ad"), map[string]disclosure.Status{"IN.live.label": isViolation, "IN.label": isAbsent}},
		"all along a live":             {live.with(disclosure.Overlay, "Ad"), map[string]disclosure.Status{"IN.live.label": isFine, "IN.live.time": isFine}},
		"now and then in a live":       {live.seen("Ad", 0, 60).seen("Ad", 600, 660), expect("IN.live.time", isViolation)},
		"a live of 2022":               {live.seen("Ad", 0, 60).seen("Ad", 600, 660).on(2022, time.July, 1), map[string]disclosure.Status{"IN.live.time": isAbsent, "IN.label": isFine}},
		"a virtual influencer":         {in.showing(disclosure.AIPerson), expect("IN.virtual.notice", isRisk)},
		"one that says so":             {in.showing(disclosure.AIPerson).with(disclosure.Caption, "I am a virtual influencer, not a real human"), expect("IN.virtual.notice", isFine)},
		"finance, not checked":         {in.about(disclosure.Finance), expect("IN.finance.gate", isUnknown)},
		"finance without registration": {in.about(disclosure.Finance).checked("IN.finance.gate", disclosure.No), expect("IN.finance.gate", isViolation)},
		"health with a qualification":  {in.about(disclosure.Health).checked("IN.health.gate", disclosure.Yes), expect("IN.health.gate", isFine)},
		"betting is only recalled":     {in.about(disclosure.Gambling), expect("IN.gambling.gate", isRisk)},
	})
}

func TestJapan(t *testing.T) {
	t.Parallel()
	jp := postIn("JP", "ja")
	buried := strings.Repeat("#夏 ", 29) + "#PR"
	runVectors(t, map[string]worldVector{
		"among thirty hashtags":      {jp.with(disclosure.Caption, buried), expect("JP.label", isRisk)},
		"PR first":                   {jp.with(disclosure.Caption, "#PR 新しいクリーム"), expect("JP.label", isFine)},
		"full width":                 {jp.with(disclosure.Caption, "＃ＰＲ 新しいクリーム"), expect("JP.label", isFine)},
		"in brackets":                {jp.with(disclosure.Caption, "【広告】新しいクリーム"), expect("JP.label", isFine)},
		"promotion":                  {jp.with(disclosure.Caption, "プロモーション｜新しいクリーム"), expect("JP.label", isFine)},
		"that it is none":            {jp.with(disclosure.Caption, "広告ではありません"), expect("JP.label", isViolation)},
		"nothing":                    {jp.with(disclosure.Caption, "新しいクリーム"), expect("JP.label", isViolation)},
		"English in Japanese":        {jp.with(disclosure.Caption, "#ad 新しいクリーム"), expect("JP.label", isViolation)},
		"English in English":         {postIn("JP", "en").with(disclosure.Caption, "#ad a new cream"), expect("JP.label", isRisk)},
		"the day before":             {jp.on(2023, time.September, 30), expect("JP.label", isAbsent)},
		"the first day":              {jp.on(2023, time.October, 1), expect("JP.label", isViolation)},
		"a gift without a say":       {jp.because(disclosure.GiftUnsolicited).controlled(disclosure.No), expect("JP.label", isAbsent)},
		"a gift, a say not known":    {jp.because(disclosure.GiftUnsolicited), expect("JP.label", isUnknown)},
		"a gift with a say":          {jp.because(disclosure.GiftUnsolicited).controlled(disclosure.Yes), expect("JP.label", isViolation)},
		"an affiliate without a say": {jp.because(disclosure.Affiliate).controlled(disclosure.No), expect("JP.label", isAbsent)},
		"the platform's label alone": {jp.toggled(disclosure.Yes), expect("JP.label", isRisk)},
	})
}

func TestJapanHoldsTheBrandAlone(t *testing.T) {
	t.Parallel()
	for _, answer := range disclosure.Evaluate(postIn("JP", "ja").post, disclosure.Rules()).Answers {
		if diff := cmp.Diff([]disclosure.Party{disclosure.Brand}, answer.Liable); answer.Rule.ID == "JP" && diff != "" {
			t.Errorf("liable (-want +got):\n%s", diff)
		}
	}
}

func TestKorea(t *testing.T) {
	t.Parallel()
	kr := postIn("KR", "ko")
	blog := kr.at(byline.Blog).as(disclosure.Text)
	const story = "새로운 크림을 써 보았어요. 아주 좋아요. "
	doctor := kr.video(time.Minute).with(disclosure.Overlay, "광고").showing(disclosure.AIPerson)
	runVectors(t, map[string]worldVector{
		"in the title":                  {blog.with(disclosure.Title, "[광고] 새로운 크림").with(disclosure.Caption, story), expect("KR.label", isFine)},
		"a trial group":                 {blog.with(disclosure.Title, "체험단 새로운 크림"), expect("KR.label", isViolation)},
		"behind the cut":                {kr.video(30*time.Second).with(disclosure.Caption, strings.Repeat(story, 20)+"[광고]"), expect("KR.label", isViolation)},
		"at the end, the last day":      {seenCut(blog.with(disclosure.Caption, story+"[협찬]"), 500).on(2024, time.November, 30), expect("KR.label", isFine)},
		"at the end, the first day":     {seenCut(blog.with(disclosure.Caption, story+"[협찬]"), 500).on(2024, time.December, 1), expect("KR.label", isViolation)},
		"under a button in a text":      {seenCut(blog.with(disclosure.Caption, story+"[광고]"), 10), expect("KR.label", isViolation)},
		"at the end of a title":         {blog.with(disclosure.Title, story+"[협찬]").on(2024, time.November, 30), expect("KR.label", isFine)},
		"at the end, from December":     {blog.with(disclosure.Title, story+"[협찬]").on(2024, time.December, 1), expect("KR.label", isViolation)},
		"in a comment":                  {blog.with(disclosure.Comment, "[광고]"), expect("KR.label", isViolation)},
		"may receive, from December on": {blog.with(disclosure.Title, "소정의 수수료를 지급받을 수 있음"), expect("KR.label", isViolation)},
		"English in Korean":             {blog.with(disclosure.Title, "[AD] 새로운 크림"), expect("KR.label", isViolation)},
		"thanks":                        {blog.with(disclosure.Title, "Thanks to acme 새로운 크림"), expect("KR.label", isViolation)},
		"English in English":            {postIn("KR", "en").at(byline.Blog).as(disclosure.Text).with(disclosure.Title, "Sponsored: a new cream"), expect("KR.label", isRisk)},
		"on the picture":                {kr.with(disclosure.Overlay, "협찬"), expect("KR.label", isFine)},
		"beside the picture":            {kr.with(disclosure.Caption, "[협찬] 새로운 크림"), expect("KR.label", isViolation)},
		"bought it oneself":             {blog.because(disclosure.GiftWithAsk).with(disclosure.Title, "내돈내산 새로운 크림"), expect("KR.label", isViolation)},
		"a virtual doctor in May":       {doctor.on(2026, time.May, 31), expect("KR.virtual.notice", isAbsent)},
		"a virtual doctor in June":      {doctor.on(2026, time.June, 1), expect("KR.virtual.notice", isViolation)},
		"a named virtual doctor":        {doctor.with(disclosure.Overlay, "가상인물 포함").on(2026, time.June, 1), expect("KR.virtual.notice", isFine)},
		"a person":                      {kr.with(disclosure.Overlay, "광고"), expect("KR.virtual.notice", isAbsent)},
	})
}

func TestBrazil(t *testing.T) {
	t.Parallel()
	br := postIn("BR", "pt")
	low := br.with(disclosure.Caption, strings.Repeat("que creme maravilhoso ", 20)+"#publi")
	runVectors(t, map[string]worldVector{
		"achadinhos without a label":  {br.because(disclosure.Affiliate).with(disclosure.Caption, "achadinhos da semana"), expect("BR.label", isViolation)},
		"the platform's tool":         {br.toggled(disclosure.Yes), expect("BR.label", isFine)},
		"publi":                       {br.with(disclosure.Caption, "#publi creme novo"), expect("BR.label", isFine)},
		"a received gift":             {br.because(disclosure.GiftUnsolicited).with(disclosure.Caption, "recebidos da semana"), expect("BR.label", isViolation)},
		"a label that is none":        {br.with(disclosure.Caption, "não é publi"), expect("BR.label", isViolation)},
		"a borrowed label":            {br.with(disclosure.Caption, "#ad creme novo"), expect("BR.label", isRisk)},
		"English in English":          {postIn("BR", "en").with(disclosure.Caption, "#ad new cream"), expect("BR.label", isRisk)},
		"behind the cut in May":       {low.on(2026, time.May, 31), expect("BR.label", isFine)},
		"behind the cut in June":      {low.on(2026, time.June, 1), expect("BR.label", isRisk)},
		"behind a seen cut in June":   {seenCut(low, 125).on(2026, time.June, 1), expect("BR.label", isViolation)},
		"betting, not checked":        {br.about(disclosure.Gambling), expect("BR.gambling.gate", isUnknown)},
		"betting, conditions not met": {br.about(disclosure.Gambling).checked("BR.gambling.gate", disclosure.No), expect("BR.gambling.gate", isViolation)},
		"the young before June":       {br.young(18).on(2026, time.May, 31), expect("BR.minors.gate", isAbsent)},
		"the young from June on":      {br.young(18).on(2026, time.June, 1), expect("BR.minors.gate", isUnknown)},
	})
}

func TestMexico(t *testing.T) {
	t.Parallel()
	mx := postIn("MX", "es")
	runVectors(t, map[string]worldVector{
		"named":                    {mx.with(disclosure.Caption, "#Publicidad crema nueva"), expect("MX.label", isFine)},
		"opinions with a tie":      {mx.with(disclosure.Caption, "#OpinionesPersonales crema nueva"), expect("MX.label", isViolation)},
		"an invitation":            {mx.because(disclosure.Event).with(disclosure.Caption, "qué viaje"), expect("MX.label", isViolation)},
		"affiliate is recalled":    {mx.because(disclosure.Affiliate).with(disclosure.Caption, "crema nueva"), map[string]disclosure.Status{"MX.label": isAbsent, "MX.affiliate.label": isRisk}},
		"the day before":           {mx.on(2023, time.August, 20), expect("MX.label", isAbsent)},
		"the first day":            {mx.on(2023, time.August, 21), expect("MX.label", isViolation)},
		"a part of a video":        {mx.video(time.Minute).seen("#Publicidad", 0, 5), expect("MX.time", isViolation)},
		"all of a video":           {mx.video(time.Minute).seen("#Publicidad", 0, 60), expect("MX.time", isFine)},
		"medicine without permit":  {mx.about(disclosure.Medicine).checked("MX.cofepris.gate", disclosure.No), expect("MX.cofepris.gate", isViolation)},
		"only written in audio":    {mx.as(disclosure.Audio).with(disclosure.Description, "#Publicidad"), expect("MX.label", isViolation)},
		"the platform's own label": {mx.toggled(disclosure.Yes), expect("MX.label", isRisk)},
	})
}

func TestEmirates(t *testing.T) {
	t.Parallel()
	ae := postIn("AE", "en")
	no := ae.checked("AE.permit", disclosure.No)
	runVectors(t, map[string]worldVector{
		"no number, the day before":  {no.on(2026, time.January, 31), expect("AE.permit", isAbsent)},
		"no number, the first day":   {no.on(2026, time.February, 1), expect("AE.permit", isViolation)},
		"the number is shown":        {ae.checked("AE.permit", disclosure.Yes), expect("AE.permit", isFine)},
		"nobody looked":              {ae, expect("AE.permit", isUnknown)},
		"an unpaid gift":             {no.because(disclosure.GiftUnsolicited), expect("AE.permit", isViolation)},
		"the own business":           {no.because(disclosure.OwnBrand), expect("AE.permit", isAbsent)},
		"the switch changes nothing": {no.toggled(disclosure.Yes), expect("AE.permit", isViolation)},
		"a missing label":            {ae.with(disclosure.Caption, "a new cream"), expect("AE.identified.label", isRisk)},
		"alcohol is only recalled":   {ae.about(disclosure.Alcohol), expect("AE.alcohol.gate", isRisk)},
	})
}

func TestChina(t *testing.T) {
	t.Parallel()
	cn := postIn("CN", "zh").at("douyin")
	shop := cn.showing(disclosure.ShopLink)
	runVectors(t, map[string]worldVector{
		"a review with a link":           {shop.with(disclosure.Caption, "好用的面霜"), expect("CN.label", isViolation)},
		"marked":                         {shop.with(disclosure.Caption, "广告 好用的面霜"), expect("CN.label", isFine)},
		"that it is none":                {shop.with(disclosure.Caption, "这不是广告"), expect("CN.label", isViolation)},
		"without a link":                 {cn.with(disclosure.Caption, "好用的面霜"), map[string]disclosure.Status{"CN.label": isAbsent, "CN.identifiable.label": isRisk}},
		"the day before":                 {shop.on(2023, time.April, 30), expect("CN.label", isAbsent)},
		"the first day":                  {shop.on(2023, time.May, 1), expect("CN.label", isViolation)},
		"vapes":                          {cn.about(disclosure.Nicotine), expect("CN.nicotine.gate", isViolation)},
		"health with a link":             {shop.about(disclosure.Health), expect("CN.health.gate", isUnknown)},
		"health without one":             {cn.about(disclosure.Health), expect("CN.health.gate", isAbsent)},
		"qualifications, the day before": {cn.about(disclosure.Finance).on(2025, time.October, 24), expect("CN.credentials.gate", isAbsent)},
		"alcohol for the young":          {cn.about(disclosure.Alcohol).young(18), expect("CN.minors.gate", isViolation)},
	})
}

func TestSingapore(t *testing.T) {
	t.Parallel()
	sg := postIn("SG", "en")
	runVectors(t, map[string]worldVector{
		"nothing":               {sg.with(disclosure.Caption, "a new cream"), expect("SG.label", isRisk)},
		"sponsored":             {sg.with(disclosure.Caption, "#sponsored a new cream"), expect("SG.label", isFine)},
		"an invitation":         {sg.because(disclosure.Event).with(disclosure.Caption, "a tasting"), expect("SG.label", isRisk)},
		"the day before":        {sg.on(2016, time.August, 28), expect("SG.label", isAbsent)},
		"the first day":         {sg.on(2016, time.August, 29), expect("SG.label", isRisk)},
		"affiliate is recalled": {sg.because(disclosure.Affiliate), map[string]disclosure.Status{"SG.label": isAbsent, "SG.affiliate.label": isRisk}},
		"health products":       {sg.about(disclosure.Health).checked("SG.health.gate", disclosure.No), expect("SG.health.gate", isViolation)},
		"crypto is recalled":    {sg.about(disclosure.Crypto).checked("SG.finance.gate", disclosure.No), expect("SG.finance.gate", isRisk)},
	})
}

func TestAustralia(t *testing.T) {
	t.Parallel()
	au := postIn("AU", "en")
	runVectors(t, map[string]worldVector{
		"paid partnership":    {au.with(disclosure.Caption, "Paid Partnership: a new cream"), expect("AU.label", isFine)},
		"sp":                  {au.with(disclosure.Caption, "#sp a new cream"), expect("AU.label", isRisk)},
		"thanks to the brand": {au.with(disclosure.Caption, "Thanks to acme"), expect("AU.label", isRisk)},
		"a code alone":        {au.because(disclosure.Affiliate).with(disclosure.Caption, "10% off with ADA10"), expect("AU.label", isViolation)},
		"the brand alone":     {au.with(disclosure.Caption, "@acme is great"), expect("AU.label", isViolation)},
		"the switch alone":    {au.toggled(disclosure.Yes), expect("AU.label", isRisk)},
		"a gift":              {au.because(disclosure.GiftUnsolicited).with(disclosure.Caption, "gifted"), expect("AU.label", isRisk)},
		"before the note":     {au.on(2021, time.January, 31), expect("AU.label", isAbsent)},
		"the first day of it": {au.on(2021, time.February, 1), expect("AU.label", isViolation)},
		"paid for medicine":   {au.about(disclosure.Medicine), expect("AU.therapeutic.gate", isRisk)},
		"its own medicine":    {au.about(disclosure.Medicine).because(disclosure.OwnBrand), expect("AU.therapeutic.gate", isAbsent)},
		"another language's":  {postIn("AU", "zh").with(disclosure.Caption, "#ad 好用的面霜"), expect("AU.label", isRisk)},
	})
}

func TestCanada(t *testing.T) {
	t.Parallel()
	ca, fr := postIn("CA", "en"), postIn("CA", "fr")
	gifted := ca.because(disclosure.GiftUnsolicited).with(disclosure.Caption, "#Gifted a new cream")
	runVectors(t, map[string]worldVector{
		"ad alone":                 {ca.with(disclosure.Caption, "#Ad a new cream"), expect("CA.label", isFine)},
		"ad fused":                 {ca.with(disclosure.Caption, "#acmead a new cream"), expect("CA.label", isViolation)},
		"gifted in September":      {gifted.on(2025, time.September, 30), expect("CA.label", isViolation)},
		"gifted in October":        {gifted.on(2025, time.October, 1), expect("CA.label", isFine)},
		"gifted for pay":           {ca.with(disclosure.Caption, "#Gifted a new cream"), expect("CA.label", isViolation)},
		"invited guest":            {ca.because(disclosure.Event).with(disclosure.Caption, "#InvitedGuest at acme"), expect("CA.label", isFine)},
		"French in French":         {fr.with(disclosure.Caption, "#pub une nouvelle crème"), expect("CA.label", isFine)},
		"its accent apart":         {fr.with(disclosure.Caption, "#commandite\u0301 une nouvelle crème"), expect("CA.label", isFine)},
		"English in French":        {fr.with(disclosure.Caption, "#ad une nouvelle crème"), expect("CA.label", isRisk)},
		"the switch alone":         {ca.toggled(disclosure.Yes), expect("CA.label", isRisk)},
		"beside a video":           {ca.video(time.Minute).with(disclosure.Description, "#ad"), expect("CA.label", isViolation)},
		"late in a video":          {ca.video(time.Minute).seen("#ad", 50, 60), expect("CA.label", isViolation)},
		"an inadequate word":       {ca.with(disclosure.Caption, "#collab a new cream"), expect("CA.label", isViolation)},
		"a machine's influencer":   {ca.showing(disclosure.AIPerson), expect("CA.virtual.notice", isRisk)},
		"children in the audience": {ca.young(13).checked("CA.minors.gate", disclosure.No), expect("CA.minors.gate", isViolation)},
	})
}

func TestUnitedStatesBesidesLabels(t *testing.T) {
	t.Parallel()
	performer := postIn("US", "en").showing(disclosure.AIPerson)
	performer.post.Regions = []string{"US-NY"}
	elsewhere := performer
	elsewhere.post.Regions = []string{"US-TX"}
	us := postIn("US", "en")
	runVectors(t, map[string]worldVector{
		"a performer, the day before": {performer.on(2026, time.June, 8), expect("US-NY.performer.notice", isAbsent)},
		// No source gives the words, so that their absence is at most a risk.
		"a performer, the first day":   {performer.on(2026, time.June, 9), expect("US-NY.performer.notice", isRisk)},
		"a performer that is named":    {performer.with(disclosure.Overlay, "synthetic performer"), expect("US-NY.performer.notice", isFine)},
		"a performer that is heard":    {performer.as(disclosure.Audio), expect("US-NY.performer.notice", isAbsent)},
		"a performer in another state": {elsewhere, expect("US-NY.performer.notice", isAbsent)},
		"children, not checked":        {us.young(13), expect("US.minors.gate", isUnknown)},
		"children, in long words":      {us.young(13).checked("US.minors.gate", disclosure.No), expect("US.minors.gate", isViolation)},
		"no children":                  {us, expect("US.minors.gate", isAbsent)},
	})
}
