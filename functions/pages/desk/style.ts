/** What the desk adds to the one stylesheet: a list to work through, wide enough for two columns on a desk. */
import { createHash } from 'node:crypto';
import { STYLESHEET } from '../stylesheet.ts';

const SOURCE = `
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem;list-style:none;margin:0;padding:.9rem 0 0}
nav li,.cards li,.cases li{padding:0}
nav li::before,.cards li::before,.cases li::before{content:none}
nav a{display:inline-flex;align-items:center;min-height:2.6rem;padding:.25rem .62rem;font-size:.95rem;border:1px solid var(--line);border-radius:2rem;background:var(--sheet);text-decoration:none}
nav a:hover{background:var(--tint)}
nav a[aria-current]{background:var(--accent);border-color:var(--accent);color:var(--accent-ink);font-weight:600}
.lead{font-size:1.08rem}
.paused{margin:1rem 0 0;padding:.6rem 1rem;background:var(--sheet);border:1px solid var(--alarm);border-left-width:.35rem;border-radius:.6rem}.paused p{margin:.2rem 0}.paused p:first-child{font-weight:600}
.cards{list-style:none;margin:1.4rem 0;padding:0;border:0}
.cards li{margin:0 0 1rem;padding:1rem 1.1rem 1.1rem;background:var(--sheet);border:1px solid var(--line);border-radius:.8rem}
.cards .over{border-left:.3rem solid var(--alarm)}
.cards h2,.cards h3{margin:0 0 .2rem;font-size:1.2rem}
.cards p{margin:0 0 .45rem}
.cards blockquote{margin:.5rem 0 .6rem;font-size:1rem}
.cards .row{align-items:center;gap:.1rem 1rem;margin:.7rem 0 0}.cards form{margin:1rem 0}.cards details{margin:0}
.marks{display:flex;flex-wrap:wrap;gap:.3rem .5rem;font-size:.92rem;color:var(--soft)}
.mark{padding:0 .55rem;border:1px solid var(--line);border-radius:1rem}
.mark.hot{border-color:var(--alarm);color:var(--alarm);font-weight:600}
.tel{padding:.55rem 1.2rem;min-height:2.9rem}
.quiet{display:inline-flex;align-items:center;min-height:2.75rem}
.find{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:1rem 0}
.find .field{flex:1 1 14rem;margin:0}
.find p{width:100%;margin:0}
input[type=text],input[type=search],input[type=email],input[type=datetime-local]{display:block;width:100%;min-height:3rem;padding:.65rem .8rem;font:inherit;color:inherit;background:var(--sheet);border:1px solid var(--edge);border-radius:.6rem}
.cases{list-style:none;margin:1.2rem 0;padding:0;border:0}
.cases li{padding:.7rem 0;border-bottom:1px solid var(--line)}
.cases a{display:inline-block;min-height:1.6rem;font-weight:600}
.num{display:inline-block;min-width:1.7rem;min-height:1.7rem;text-align:center}
.rate{margin:0;font-size:1.5rem;line-height:1.3}
.out{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1rem;margin:0;padding-top:1rem;border-top:1px solid var(--line)}
.out p{margin:0;padding:0;border:0}
.out button{min-height:2.6rem;padding:.35rem 1.1rem;font-size:.95rem}
.more form{margin-top:0}
@media(min-width:48rem){body>*{max-width:46rem}body>header{padding-top:2rem}.make{display:grid;grid-template-columns:1fr 1fr;gap:0 1.2rem}.make .wide{grid-column:1/-1}}
`;

export const DESK_STYLESHEET = STYLESHEET + SOURCE.trim().replace(/\n/g, '');

export const deskStyleHash = createHash('sha256').update(DESK_STYLESHEET).digest('base64');
