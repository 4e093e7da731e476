/** The one stylesheet of every page: a letter, not a dashboard. Inline, so a page is one request and nothing leaks. */
const SOURCE = `
:root{color-scheme:light dark;
--paper:#fbf7f0;--sheet:#fffdf9;--ink:#2a2420;--soft:#655a50;--line:#d9cdbd;--edge:#8a7b6b;
--accent:#1d5b4c;--accent-ink:#fff;--tint:#e9f1ea;--alarm:#9b2c1c;--alarm-tint:#fbeae4}
@media(prefers-color-scheme:dark){:root{
--paper:#191613;--sheet:#221e1a;--ink:#f0e8dd;--soft:#bdafa0;--line:#443b32;--edge:#94867a;
--accent:#8fd0b9;--accent-ink:#10231d;--tint:#233029;--alarm:#ffb09c;--alarm-tint:#3a211b}}
*{box-sizing:border-box}
html{font-size:112.5%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word;
font-family:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",Georgia,"Liberation Serif",serif;line-height:1.55}
body>*{max-width:35rem;margin:0 auto;padding:0 1.15rem}
body>header{padding-top:1.6rem}
.shop{margin:0;font-size:.95rem;font-style:italic;color:var(--soft)}
.shop::after{content:"";display:block;width:2.2rem;margin-top:.7rem;border-top:2px solid var(--accent)}
main{padding-top:1.1rem;padding-bottom:1.5rem}
h1{margin:0 0 1rem;font-size:1.72rem;line-height:1.2;font-weight:500;letter-spacing:-.01em;text-wrap:balance}
h2{margin:2rem 0 .5rem;font-size:1.12rem;line-height:1.3}
p{margin:0 0 .9rem}
a{color:var(--accent);text-underline-offset:.18em}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:.2rem}
form{margin:1.5rem 0}
fieldset{min-width:0;margin:0 0 1.5rem;padding:0;border:0}
legend,.label{display:block;margin-bottom:.45rem;padding:0;font-weight:600}
.hint{margin:-.2rem 0 .5rem;font-size:.92rem;color:var(--soft)}
.choice{display:flex;align-items:center;gap:.8rem;min-height:3rem;padding:.5rem .9rem;
background:var(--sheet);border:1px solid var(--line);border-bottom-width:0;cursor:pointer}
.choice:first-of-type{border-radius:.6rem .6rem 0 0}
.choice:last-of-type{border-radius:0 0 .6rem .6rem;border-bottom-width:1px}
.choice:only-of-type{border-radius:.6rem}
.choice:hover{background:var(--tint)}
.choice:has(:checked){background:var(--tint);box-shadow:inset .25rem 0 var(--accent);font-weight:600}
.choice:has(:focus-visible){outline:3px solid var(--accent);outline-offset:-3px}
.choice input:focus-visible{outline:0}
.brief{display:flex;flex-wrap:wrap;gap:.5rem}
.brief legend{width:100%}
.brief .choice{flex:1 1 auto;gap:.5rem;padding:.5rem .7rem;border-width:1px;border-radius:.6rem}
input[type=radio],input[type=checkbox]{flex:none;width:1.35rem;height:1.35rem;margin:0;accent-color:var(--accent)}
textarea,select,input:not([type=radio],[type=checkbox],[type=hidden]){display:block;width:100%;min-height:3rem;padding:.65rem .8rem;font:inherit;
color:inherit;background:var(--sheet);border:1px solid var(--edge);border-radius:.6rem}
textarea{resize:vertical;line-height:1.5}
.field{margin-bottom:1.5rem}
details{margin:0 0 1.5rem;border:1px dashed var(--edge);border-radius:.6rem}
summary{min-height:3rem;padding:.75rem .9rem;cursor:pointer;font-weight:600}
summary small{display:block;padding-left:1.1rem;font-size:.92rem;font-weight:400;color:var(--soft)}
.more{padding:.6rem .9rem 0}.more form{margin:0 0 1.2rem}.more .field{margin-bottom:1.1rem}.more .row{padding-bottom:1rem}
button,.button{display:inline-block;min-height:3.1rem;padding:.7rem 1.6rem;font:inherit;font-weight:600;text-decoration:none;
color:var(--accent-ink);background:var(--accent);border:2px solid var(--accent);border-radius:2rem;cursor:pointer}
button:hover,.button:hover{text-decoration:underline}
.plain{color:var(--accent);background:none}
.card{margin:0 0 1.4rem;padding:1.1rem 1.1rem .4rem;background:var(--sheet);border:1px solid var(--line);border-radius:.6rem}
.card h2{margin-top:0}.row+details,ol+details{margin-top:1rem}li form{margin:.4rem 0}.card form{margin:1rem 0}.card textarea{background:var(--paper)}
.row{display:flex;flex-wrap:wrap;gap:.7rem}
.alert{margin:0 0 1.5rem;padding:.8rem 1rem;background:var(--alarm-tint);border:2px solid var(--alarm);border-radius:.6rem}
.alert p,.note p{margin:0}
.alert a,.wrong,.late{color:var(--alarm);font-weight:600}
.wrong{margin:.2rem 0 .5rem}
.note{margin:0 0 1.5rem;padding:.8rem 1rem;background:var(--tint);border-radius:.6rem}
blockquote{margin:0 0 1rem;padding:.1rem 0 .1rem 1rem;border-left:3px solid var(--accent);white-space:pre-line;font-style:italic}
.sign{margin-top:1.6rem}
.sign b{display:block;font-size:1.25rem;font-style:italic;font-weight:500}
dl{display:grid;grid-template-columns:fit-content(40%) minmax(0,1fr);gap:.3rem 1.1rem;margin:0 0 1.2rem}
dt{color:var(--soft)}dt,dd{margin:0}dt,dd,h1,h2,summary,legend,label,.label,button,.button,blockquote{overflow-wrap:anywhere;hyphens:auto}
ol{list-style:none;margin:0;padding:0 0 0 1.1rem;border-left:2px solid var(--line)}
li{position:relative;padding-bottom:.8rem}
ul{margin:0 0 1.2rem;padding-left:1.2rem}ul li{padding-bottom:.3rem}
ol li::before{content:"";position:absolute;left:-1.5rem;top:.5rem;width:.65rem;height:.65rem;border-radius:50%;background:var(--accent);box-shadow:0 0 0 3px var(--paper)}
li b{display:block;font-size:.88rem;font-weight:400;color:var(--soft)}
body>footer{padding-bottom:2.5rem;font-size:.92rem;color:var(--soft)}
footer p{margin:0;padding-top:1rem;border-top:1px solid var(--line)}
footer a,dd>a,p>a{display:inline-block;min-height:1.5rem}
.trap{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}
@media(min-width:48rem){body>header{padding-top:3.5rem}h1{font-size:2.05rem}}
@media(prefers-reduced-motion:no-preference){.choice,button{transition:background-color .15s}}
@media(forced-colors:active){.choice:has(:checked){outline:2px solid}}
`;

export const STYLESHEET = SOURCE.trim().replace(/\n/g, '');
