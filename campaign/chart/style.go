package chart

// CSS is the stylesheet of every picture and table of this package. The page that embeds
// them serves it, and says on its root which scheme it has: light, dark, or both. On its ground, --chart-ground, text has a contrast of at
// least 4.5 to 1 and marks of 3 to 1.
const CSS = `:where(.chart,.chart-table,.chart-figure){
--chart-text:light-dark(#15161c,#eff0f4);--chart-muted:light-dark(#5b5e6d,#a0a3b1);
--chart-line:light-dark(#e4e5ea,#2a2c34);--chart-axis:light-dark(#8a8d9b,#686c7a);--chart-ground:light-dark(#ffffff,#16171c);
--chart-1:light-dark(#4753dd,#8b95ff);--chart-2:light-dark(#0f8578,#3fc7b2);--chart-3:light-dark(#a85b00,#f0a850);
--chart-4:light-dark(#b3338f,#f08ad0);--chart-5:light-dark(#0b72b5,#5bb5f0);--chart-6:light-dark(#637400,#b5c840);
--chart-accent:light-dark(#4753dd,#8b95ff);--chart-soft:light-dark(#d3d7fa,#32376a);--chart-edge:light-dark(#8089e0,#6a74cc);
--chart-good:light-dark(#0b6e5f,#45cbb4);--chart-bad:light-dark(#b01f3c,#ff8597);
--chart-up-0:light-dark(#f4f5fe,#1c1e2c);--chart-up-1:light-dark(#e4e7fc,#23274a);--chart-up-2:light-dark(#cdd2f9,#2c3266);--chart-up-3:light-dark(#b3baf5,#373f86);--chart-up-4:light-dark(#5c67e0,#8b95ff);--chart-up-5:light-dark(#3d49c9,#b3baff);
--chart-down-1:light-dark(#fae1e5,#42202a);--chart-down-2:light-dark(#f5c9d0,#5a2634);--chart-down-3:light-dark(#eeabb6,#742c3f);--chart-down-4:light-dark(#c2365a,#ff8597);--chart-down-5:light-dark(#9c1a38,#ffb3be);
--chart-on-pale:light-dark(#15161c,#eff0f4);--chart-on-strong:light-dark(#ffffff,#0d0e12)}
.chart{display:block;max-width:100%;height:auto;overflow:visible;font-family:Inter,"Inter Variable",system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums}
.chart-outgrown{max-width:none}
.chart text{fill:var(--chart-text);font-size:12px}
.chart .chart-name{font-size:13px}
.chart .chart-title{font-size:15px;font-weight:600}
.chart .chart-said{font-size:13px;fill:var(--chart-muted)}
.chart .chart-muted{fill:var(--chart-muted)}
.chart .chart-ground{fill:var(--chart-ground)}
.chart .chart-grid{stroke:var(--chart-line);stroke-width:1}
.chart .chart-axis{stroke:var(--chart-axis);stroke-width:1}
.chart .chart-reference{stroke:var(--chart-muted);stroke-width:1;stroke-dasharray:4 3}
.chart .chart-span{stroke:var(--chart-axis);stroke-width:2}
.chart .chart-soft{fill:var(--chart-soft);stroke:var(--chart-edge);stroke-width:1}
.chart .chart-point{fill:var(--chart-accent);stroke:var(--chart-ground);stroke-width:1.5}
.chart .chart-good{fill:var(--chart-good)}
.chart .chart-bad{fill:var(--chart-bad)}
.chart .chart-plain{fill:var(--chart-accent)}
.chart .chart-mark{stroke:var(--chart-ground);stroke-width:1}
.chart .chart-gone{fill:none;stroke-width:1.5}
.chart .chart-ring{fill:var(--chart-ground);stroke:var(--chart-text);stroke-width:2}
.chart .chart-over{stroke:var(--chart-ground);stroke-width:3;paint-order:stroke;stroke-linejoin:round}
.chart .chart-cross{fill:none;stroke:var(--chart-muted);stroke-width:1.5}
.chart .chart-curve{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.chart .chart-band{stroke:none;opacity:.16}
.chart .chart-f1{fill:var(--chart-1)}.chart .chart-f2{fill:var(--chart-2)}.chart .chart-f3{fill:var(--chart-3)}.chart .chart-f4{fill:var(--chart-4)}.chart .chart-f5{fill:var(--chart-5)}.chart .chart-f6{fill:var(--chart-6)}
.chart .chart-s1{stroke:var(--chart-1)}.chart .chart-s2{stroke:var(--chart-2);stroke-dasharray:7 4}.chart .chart-s3{stroke:var(--chart-3);stroke-dasharray:2 4}.chart .chart-s4{stroke:var(--chart-4);stroke-dasharray:9 3 2 3}.chart .chart-s5{stroke:var(--chart-5);stroke-dasharray:4 3}.chart .chart-s6{stroke:var(--chart-6);stroke-dasharray:12 4}
.chart .chart-o1{stroke:var(--chart-1)}.chart .chart-o2{stroke:var(--chart-2)}.chart .chart-o3{stroke:var(--chart-3)}.chart .chart-o4{stroke:var(--chart-4)}.chart .chart-o5{stroke:var(--chart-5)}.chart .chart-o6{stroke:var(--chart-6)}
.chart .chart-empty{fill:none;stroke:var(--chart-line);stroke-width:1}
.chart .chart-up-0{fill:var(--chart-up-0)}.chart .chart-up-1{fill:var(--chart-up-1)}.chart .chart-up-2{fill:var(--chart-up-2)}.chart .chart-up-3{fill:var(--chart-up-3)}.chart .chart-up-4{fill:var(--chart-up-4)}.chart .chart-up-5{fill:var(--chart-up-5)}
.chart .chart-down-1{fill:var(--chart-down-1)}.chart .chart-down-2{fill:var(--chart-down-2)}.chart .chart-down-3{fill:var(--chart-down-3)}.chart .chart-down-4{fill:var(--chart-down-4)}.chart .chart-down-5{fill:var(--chart-down-5)}
.chart .chart-on-pale{fill:var(--chart-on-pale)}.chart .chart-on-strong{fill:var(--chart-on-strong)}
.chart-figure{margin:0;overflow-x:auto;color:var(--chart-text)}
.chart-figure details{margin-block-start:8px}
.chart-figure summary{cursor:pointer;font-size:13px;color:var(--chart-muted)}
.chart-table{border-collapse:collapse;color:var(--chart-text);font-variant-numeric:tabular-nums}
.chart-table caption{text-align:start;color:var(--chart-muted);padding-block-end:6px}
.chart-table th,.chart-table td{padding:6px 12px 6px 0;border-bottom:1px solid var(--chart-line);text-align:end;font-weight:400;vertical-align:baseline}
.chart-table td{white-space:nowrap}
.chart-table thead th{color:var(--chart-muted)}
.chart-table th:first-child{text-align:start}
@media print{.chart,.chart-table{print-color-adjust:exact}}
`
