package page

import (
	"strings"

	"github.com/bylinehq/byline"
)

// marketName is what a country is called, and its code where it is not listed.
func marketName(language string, m byline.Market) string {
	if len(m) != 2 || !m.Known() {
		return single(string(m))
	}
	_, rest, found := strings.Cut(marketNames(language), "|"+string(m)+" ")
	if !found {
		return string(m)
	}
	name, _, _ := strings.Cut(rest, "|")
	return name
}

// marketNames are the countries of the disclosure rules and more, as in the CLDR (the
// version of golang.org/x/text v0.43.0, read 2026-11-22).
func marketNames(language string) string {
	switch language {
	case "de":
		return "|AE Vereinigte Arabische Emirate|AR Argentinien|AT Österreich|AU Australien|BE Belgien|BG Bulgarien|BR Brasilien|CA Kanada" +
			"|CH Schweiz|CL Chile|CN China|CO Kolumbien|CY Zypern|CZ Tschechien|DE Deutschland|DK Dänemark" +
			"|EE Estland|ES Spanien|FI Finnland|FR Frankreich|GB Vereinigtes Königreich|GR Griechenland|HR Kroatien|HU Ungarn" +
			"|IE Irland|IN Indien|IT Italien|JP Japan|KR Südkorea|LT Litauen|LU Luxemburg|LV Lettland" +
			"|MT Malta|MX Mexiko|NL Niederlande|NO Norwegen|NZ Neuseeland|PL Polen|PT Portugal|RO Rumänien" +
			"|SE Schweden|SG Singapur|SI Slowenien|SK Slowakei|US Vereinigte Staaten|ZA Südafrika|"
	case "fr":
		return "|AE Émirats arabes unis|AR Argentine|AT Autriche|AU Australie|BE Belgique|BG Bulgarie|BR Brésil|CA Canada" +
			"|CH Suisse|CL Chili|CN Chine|CO Colombie|CY Chypre|CZ Tchéquie|DE Allemagne|DK Danemark" +
			"|EE Estonie|ES Espagne|FI Finlande|FR France|GB Royaume-Uni|GR Grèce|HR Croatie|HU Hongrie" +
			"|IE Irlande|IN Inde|IT Italie|JP Japon|KR Corée du Sud|LT Lituanie|LU Luxembourg|LV Lettonie" +
			"|MT Malte|MX Mexique|NL Pays-Bas|NO Norvège|NZ Nouvelle-Zélande|PL Pologne|PT Portugal|RO Roumanie" +
			"|SE Suède|SG Singapour|SI Slovénie|SK Slovaquie|US États-Unis|ZA Afrique du Sud|"
	case "es":
		return "|AE Emiratos Árabes Unidos|AR Argentina|AT Austria|AU Australia|BE Bélgica|BG Bulgaria|BR Brasil|CA Canadá" +
			"|CH Suiza|CL Chile|CN China|CO Colombia|CY Chipre|CZ Chequia|DE Alemania|DK Dinamarca" +
			"|EE Estonia|ES España|FI Finlandia|FR Francia|GB Reino Unido|GR Grecia|HR Croacia|HU Hungría" +
			"|IE Irlanda|IN India|IT Italia|JP Japón|KR Corea del Sur|LT Lituania|LU Luxemburgo|LV Letonia" +
			"|MT Malta|MX México|NL Países Bajos|NO Noruega|NZ Nueva Zelanda|PL Polonia|PT Portugal|RO Rumanía" +
			"|SE Suecia|SG Singapur|SI Eslovenia|SK Eslovaquia|US Estados Unidos|ZA Sudáfrica|"
	case "it":
		return "|AE Emirati Arabi Uniti|AR Argentina|AT Austria|AU Australia|BE Belgio|BG Bulgaria|BR Brasile|CA Canada" +
			"|CH Svizzera|CL Cile|CN Cina|CO Colombia|CY Cipro|CZ Cechia|DE Germania|DK Danimarca" +
			"|EE Estonia|ES Spagna|FI Finlandia|FR Francia|GB Regno Unito|GR Grecia|HR Croazia|HU Ungheria" +
			"|IE Irlanda|IN India|IT Italia|JP Giappone|KR Corea del Sud|LT Lituania|LU Lussemburgo|LV Lettonia" +
			"|MT Malta|MX Messico|NL Paesi Bassi|NO Norvegia|NZ Nuova Zelanda|PL Polonia|PT Portogallo|RO Romania" +
			"|SE Svezia|SG Singapore|SI Slovenia|SK Slovacchia|US Stati Uniti|ZA Sudafrica|"
	case "pt":
		return "|AE Emirados Árabes Unidos|AR Argentina|AT Áustria|AU Austrália|BE Bélgica|BG Bulgária|BR Brasil|CA Canadá" +
			"|CH Suíça|CL Chile|CN China|CO Colômbia|CY Chipre|CZ Tchéquia|DE Alemanha|DK Dinamarca" +
			"|EE Estônia|ES Espanha|FI Finlândia|FR França|GB Reino Unido|GR Grécia|HR Croácia|HU Hungria" +
			"|IE Irlanda|IN Índia|IT Itália|JP Japão|KR Coreia do Sul|LT Lituânia|LU Luxemburgo|LV Letônia" +
			"|MT Malta|MX México|NL Holanda|NO Noruega|NZ Nova Zelândia|PL Polônia|PT Portugal|RO Romênia" +
			"|SE Suécia|SG Singapura|SI Eslovênia|SK Eslováquia|US Estados Unidos|ZA África do Sul|"
	case "nl":
		return "|AE Verenigde Arabische Emiraten|AR Argentinië|AT Oostenrijk|AU Australië|BE België|BG Bulgarije|BR Brazilië|CA Canada" +
			"|CH Zwitserland|CL Chili|CN China|CO Colombia|CY Cyprus|CZ Tsjechië|DE Duitsland|DK Denemarken" +
			"|EE Estland|ES Spanje|FI Finland|FR Frankrijk|GB Verenigd Koninkrijk|GR Griekenland|HR Kroatië|HU Hongarije" +
			"|IE Ierland|IN India|IT Italië|JP Japan|KR Zuid-Korea|LT Litouwen|LU Luxemburg|LV Letland" +
			"|MT Malta|MX Mexico|NL Nederland|NO Noorwegen|NZ Nieuw-Zeeland|PL Polen|PT Portugal|RO Roemenië" +
			"|SE Zweden|SG Singapore|SI Slovenië|SK Slowakije|US Verenigde Staten|ZA Zuid-Afrika|"
	case "ja":
		return "|AE アラブ首長国連邦|AR アルゼンチン|AT オーストリア|AU オーストラリア|BE ベルギー|BG ブルガリア|BR ブラジル|CA カナダ" +
			"|CH スイス|CL チリ|CN 中国|CO コロンビア|CY キプロス|CZ チェコ|DE ドイツ|DK デンマーク" +
			"|EE エストニア|ES スペイン|FI フィンランド|FR フランス|GB イギリス|GR ギリシャ|HR クロアチア|HU ハンガリー" +
			"|IE アイルランド|IN インド|IT イタリア|JP 日本|KR 韓国|LT リトアニア|LU ルクセンブルク|LV ラトビア" +
			"|MT マルタ|MX メキシコ|NL オランダ|NO ノルウェー|NZ ニュージーランド|PL ポーランド|PT ポルトガル|RO ルーマニア" +
			"|SE スウェーデン|SG シンガポール|SI スロベニア|SK スロバキア|US アメリカ合衆国|ZA 南アフリカ|"
	case "ko":
		return "|AE 아랍에미리트|AR 아르헨티나|AT 오스트리아|AU 오스트레일리아|BE 벨기에|BG 불가리아|BR 브라질|CA 캐나다" +
			"|CH 스위스|CL 칠레|CN 중국|CO 콜롬비아|CY 키프로스|CZ 체코|DE 독일|DK 덴마크" +
			"|EE 에스토니아|ES 스페인|FI 핀란드|FR 프랑스|GB 영국|GR 그리스|HR 크로아티아|HU 헝가리" +
			"|IE 아일랜드|IN 인도|IT 이탈리아|JP 일본|KR 대한민국|LT 리투아니아|LU 룩셈부르크|LV 라트비아" +
			"|MT 몰타|MX 멕시코|NL 네덜란드|NO 노르웨이|NZ 뉴질랜드|PL 폴란드|PT 포르투갈|RO 루마니아" +
			"|SE 스웨덴|SG 싱가포르|SI 슬로베니아|SK 슬로바키아|US 미국|ZA 남아프리카|"
	}
	return "|AE United Arab Emirates|AR Argentina|AT Austria|AU Australia|BE Belgium|BG Bulgaria|BR Brazil|CA Canada" +
		"|CH Switzerland|CL Chile|CN China|CO Colombia|CY Cyprus|CZ Czechia|DE Germany|DK Denmark" +
		"|EE Estonia|ES Spain|FI Finland|FR France|GB United Kingdom|GR Greece|HR Croatia|HU Hungary" +
		"|IE Ireland|IN India|IT Italy|JP Japan|KR South Korea|LT Lithuania|LU Luxembourg|LV Latvia" +
		"|MT Malta|MX Mexico|NL Netherlands|NO Norway|NZ New Zealand|PL Poland|PT Portugal|RO Romania" +
		"|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|US United States|ZA South Africa|"
}
