/**
 * Whether a press of a button is surely a person's. Link scanners of mail servers open every link, and some press every
 * button. No single sign proves a person, so a press in doubt is never refused: it is asked for once more.
 */

/** What the page carried when it was shown. */
export type Stamp =
  | { kind: 'none' }
  /** Made up, or of another page. */
  | { kind: 'false' }
  /** `isAgain`: the page was the one that asks for a second press. */
  | { kind: 'ours'; ageMs: number; isAgain: boolean };

export type Press = {
  /** `Sec-Fetch-Site`, `-Mode` and `-User`: pages cannot write them, browsers of the last years always do. */
  site?: string | undefined;
  mode?: string | undefined;
  user?: string | undefined;
  agent?: string | undefined;
  stamp: Stamp;
  /** A field was filled in that nobody sees. */
  isTrapped: boolean;
};

export type Judgement = 'person' | 'trapped' | 'no-page' | 'too-quick' | 'no-hand' | 'robot';

/** Nobody reads a page and presses its button faster than this. */
export const QUICKEST_MS = 2000;

/**
 * Programs that name themselves. Mail gateways and their detonators: Barracuda, Proofpoint, Mimecast, Symantec, Trend
 * Micro, Cisco, Microsoft; previews of chats and social networks; search engines end in "bot" or "spider". After what their
 * makers publish about their fetchers. Whoever hides behind a browser's name is met by the other signs.
 */
const ROBOTS =
  /bot\b|crawl|spider|headless|phantomjs|barracuda|proofpoint|mimecast|messagelabs|symantec|trendmicro|ironport|forcepoint|safelinks|bingpreview|skypeuripreview|facebookexternalhit|whatsapp|urlscan|virustotal|linkcheck|imageproxy|mailproxy|scanner/i;

/**
 * Sources disagree on whether WebKit sends `Sec-Fetch-User`; every browser on iOS is WebKit whatever it is called. From
 * them its absence says nothing.
 */
const isWebKit = (agent: string): boolean => /AppleWebKit/.test(agent) && !/Chrom(e|ium)\//.test(agent);

const isHandless = ({ mode, user, agent = '' }: Press): boolean =>
  (mode !== undefined && mode !== 'navigate') || (user !== '?1' && !isWebKit(agent));

/** The order is that of how much each sign proves. */
export const judgePress = (press: Press): Judgement => {
  const { stamp, site, agent = '', isTrapped } = press;
  if (isTrapped) return 'trapped';
  const isQuick = stamp.kind === 'ours' && stamp.ageMs < QUICKEST_MS;
  /* Whoever comes back from the page that asked, and took their time, has given the second sign. */
  if (stamp.kind === 'ours' && stamp.isAgain && !isQuick) return 'person';
  /* Old browsers and plain programs say nothing of themselves: only a name they give counts. */
  if (site === undefined) return ROBOTS.test(agent) ? 'robot' : 'person';
  if (stamp.kind !== 'ours') return 'no-page';
  if (isQuick) return 'too-quick';
  return isHandless(press) ? 'no-hand' : 'person';
};
