import { describe, expect, it } from 'vitest';
import {
  type Judgement,
  judgePress,
  type Press,
  QUICKEST_MS,
  type Stamp,
} from '../../../functions/core/evidence.ts';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const HEADLESS = CHROME.replace('Chrome/', 'HeadlessChrome/');
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';
const CHROME_ON_IPHONE = IPHONE.replace('Version/19.0', 'CriOS/142.0');

const ours = (ageMs: number, isAgain = false): Stamp => ({ kind: 'ours', ageMs, isAgain });
const READ = ours(30_000);
const BROWSER = {
  site: 'same-origin',
  mode: 'navigate',
  user: '?1',
  agent: CHROME,
  stamp: READ,
  isTrapped: false,
};
const PLAIN = { stamp: { kind: 'none' } as const, isTrapped: false };

const TABLE: [string, Press, Judgement][] = [
  ['somebody who read the page and pressed', BROWSER, 'person'],
  ['the same in Firefox', { ...BROWSER, agent: FIREFOX }, 'person'],
  ['a page that was open for a month', { ...BROWSER, stamp: ours(30 * 86_400_000) }, 'person'],
  ['exactly the quickest a person is', { ...BROWSER, stamp: ours(QUICKEST_MS) }, 'person'],
  ['a moment quicker', { ...BROWSER, stamp: ours(QUICKEST_MS - 1) }, 'too-quick'],
  ['a page from the future', { ...BROWSER, stamp: ours(-5000) }, 'too-quick'],
  ['no page before', { ...BROWSER, stamp: { kind: 'none' } }, 'no-page'],
  ['a stamp made up', { ...BROWSER, stamp: { kind: 'false' } }, 'no-page'],
  ['form.submit() by a script', { ...BROWSER, user: undefined }, 'no-hand'],
  ['fetch() by a script', { ...BROWSER, mode: 'cors' }, 'no-hand'],
  ['an iPhone, which may not say who pressed', { ...BROWSER, agent: IPHONE, user: undefined }, 'person'],
  ['Chrome on an iPhone', { ...BROWSER, agent: CHROME_ON_IPHONE, user: undefined }, 'person'],
  [
    'an iPhone that is too quick',
    { ...BROWSER, agent: IPHONE, user: undefined, stamp: ours(50) },
    'too-quick',
  ],
  ['a browser that does not say which', { ...BROWSER, agent: undefined, user: undefined }, 'no-hand'],
  ['the field that nobody sees is filled in', { ...BROWSER, isTrapped: true }, 'trapped'],
  [
    'also on the page that asked once more',
    { ...BROWSER, stamp: ours(9000, true), isTrapped: true },
    'trapped',
  ],
  ['the second press, taken time over', { ...BROWSER, stamp: ours(3000, true), user: undefined }, 'person'],
  ['the second press at once', { ...BROWSER, stamp: ours(300, true) }, 'too-quick'],
  ['a plain program that says nothing', PLAIN, 'person'],
  ['curl', { ...PLAIN, agent: 'curl/8.5.0' }, 'person'],
  [
    'an old browser that is quick',
    { ...PLAIN, agent: 'Mozilla/5.0 (Windows NT 6.1; Trident/7.0)', stamp: ours(100) },
    'person',
  ],
  ['a headless browser of old', { ...PLAIN, agent: HEADLESS }, 'robot'],
  ['a search engine', { ...PLAIN, agent: 'Mozilla/5.0 (compatible; bingbot/2.0)' }, 'robot'],
  ['a mail gateway', { ...PLAIN, agent: 'BarracudaCentral link check' }, 'robot'],
  ['a preview of a chat', { ...PLAIN, agent: 'WhatsApp/2.23' }, 'robot'],
  ['the second press of a robot’s owner', { ...PLAIN, agent: HEADLESS, stamp: ours(4000, true) }, 'person'],
];

describe('a press', () => {
  it.each(TABLE)('%s', (_, press, judgement) => {
    expect(judgePress(press)).toBe(judgement);
  });
});
