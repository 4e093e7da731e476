import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../lib/local/cloudwatch/board.ts';
import { readInsights } from '../../../lib/local/cloudwatch/insights.ts';

const HOUR = 3_600_000;
const TEN = Date.parse('2026-11-20T10:05:00Z');

const line = (fields: unknown, at = TEN, group = '/aws/lambda/start'): LogLine => ({
  group,
  at,
  text: JSON.stringify(fields),
});

const LINES: LogLine[] = [
  line({ SalesIn: 1, source: 'shopify', paid: { cents: 900 } }),
  line({ SalesIn: 2, source: 'stripe', paid: { cents: 100 } }, TEN + HOUR),
  line({ SalesIn: 4, source: 'shopify', paid: { cents: 500 } }, TEN + 2 * HOUR),
  line({ SalesIn: 8, source: null }, TEN + 2 * HOUR),
  line({ PromisesMade: 1, kind: 'call', level: 1 }),
  line({ PromisesMade: 1, kind: 'call', level: 0 }),
  line({ PromisesMade: 1, kind: 'visit', level: '1' }),
  { group: '/aws/lambda/start', at: TEN, text: 'START RequestId: 1' },
  { group: '/aws/lambda/start', at: TEN, text: '2026-11-20\tINFO\t{"EventsParked":3,"source":"stripe"}' },
  line({ SalesIn: 100, source: 'shopify' }, TEN, '/aws/lambda/other'),
];

const streamOf = async function* (lines: readonly LogLine[]) {
  yield* lines;
};

const ask = (query: string, lines = LINES) =>
  readInsights(`SOURCE '/aws/lambda/start' | ${query}`).run(streamOf(lines));

const rowsOf = async (query: string) => (await ask(query)).rows;

describe('a log query', () => {
  it.each<[string, unknown[][]]>([
    ['filter ispresent(SalesIn) | stats count(*)', [[4]]],
    ['filter not ispresent(SalesIn) | stats count(*)', [[5]]],
    // A field that is null is not there.
    ['filter ispresent(source) | stats count(*)', [[4]]],
    ["filter source = 'shopify' | stats sum(SalesIn)", [[5]]],
    ["filter source in ['shopify', 'stripe'] | stats sum(SalesIn) as n", [[7]]],
    ["filter source in ['shopify', 'stripe'] and not ispresent(EventsParked) | stats count(*)", [[3]]],
    ["filter kind = 'visit' or kind = 'call' and level = 0 | stats count(*)", [[2]]],
    ["filter (kind = 'visit' or kind = 'call') and level = 0 | stats count(*)", [[1]]],
    // A number and its text are the same.
    ['filter level = 1 | stats count(*)', [[2]]],
    ["filter level = '1' | stats count(*)", [[2]]],
    ['filter ispresent(SalesIn) | filter ispresent(paid.cents) | stats max(paid.cents)', [[900]]],
    ['filter `SalesIn` = 8 | stats count(source), count(*)', [[0, 1]]],
    // JSON behind Lambda's own words is found, as Logs Insights finds it.
    ['filter ispresent(EventsParked) | stats sum(EventsParked) by source', [['stripe', 3]]],
    ["filter @message = 'START RequestId: 1' | fields @log | limit 1", [['/aws/lambda/start']]],
    [
      'filter ispresent(SalesIn) | stats min(SalesIn), max(SalesIn), avg(SalesIn), count(SalesIn)',
      [[1, 8, 3.75, 4]],
    ],
    [
      'filter ispresent(SalesIn) | stats pct(SalesIn, 50), pct(SalesIn, 90), pct(SalesIn, 0), pct(SalesIn, 100)',
      [[2, 8, 1, 8]],
    ],
    // Nothing to average is nothing; nothing to add is 0.
    ['filter kind = "call" | stats avg(SalesIn), sum(SalesIn), pct(SalesIn, 90)', [[null, 0, null]]],
    // No event, no row: not even one of zeros.
    ["filter source = 'none' | stats count(*), sum(SalesIn)", []],
    // An event without the field is in a group of its own.
    [
      'filter ispresent(SalesIn) | stats sum(SalesIn) as n by source | sort n desc',
      [
        [null, 8],
        ['shopify', 5],
        ['stripe', 2],
      ],
    ],
    // Ascending is what sort does by itself; null is no number and comes first.
    [
      'filter ispresent(SalesIn) | stats sum(SalesIn) as n by source | sort source | limit 2',
      [
        [null, 8],
        ['shopify', 5],
      ],
    ],
    [
      'filter ispresent(SalesIn) | stats count(*) as n by bin(1h) as hour | sort n desc, hour asc',
      [
        ['2026-11-20T12:00:00.000Z', 2],
        ['2026-11-20T10:00:00.000Z', 1],
        ['2026-11-20T11:00:00.000Z', 1],
      ],
    ],
    [
      "filter source = 'shopify' | stats sum(SalesIn) as n by bin(1d), source",
      [['2026-11-20T00:00:00.000Z', 'shopify', 5]],
    ],
    [
      'filter ispresent(kind) | fields kind, level | sort level desc, kind asc | limit 2',
      [
        ['call', 1],
        ['visit', '1'],
      ],
    ],
    ['filter ispresent(paid) | fields source | sort paid.cents asc | limit 1', [['stripe']]],
    ['filter SalesIn = 1 | fields paid # and nothing else', [['{"cents":900}']]],
  ])('%s', async (query, rows) => {
    expect(await rowsOf(query)).toEqual(rows);
  });

  it('a column has the name it was given, or that of what was asked', async () => {
    const { columns } = await ask(
      'stats count(*), sum(SalesIn) as sales, pct(SalesIn, 90) by source, bin(1h)',
    );

    expect(columns).toEqual(['source', 'bin(1h)', 'count(*)', 'sales', 'pct(SalesIn, 90)']);
  });

  it('without stats and fields a row is the time and the line', async () => {
    const { columns, rows } = await ask('filter SalesIn = 8');

    expect(columns).toEqual(['@timestamp', '@message']);
    expect(rows).toEqual([['2026-11-20T12:05:00.000Z', '{"SalesIn":8,"source":null}']]);
  });

  it('several log groups are asked when several are named, and never another', async () => {
    const query = (groups: string[]) =>
      `${groups.map((group) => `SOURCE '${group}' | `).join('')}filter ispresent(SalesIn) | stats sum(SalesIn)`;
    const run = async (groups: string[]) => (await readInsights(query(groups)).run(streamOf(LINES))).rows;

    expect(await run(['/aws/lambda/start', '/aws/lambda/other'])).toEqual([[115]]);
    expect(await run(['/aws/lambda/other'])).toEqual([[100]]);
  });

  it('texts are sorted as the guide says: no numbers first, runs of digits by length and value', async () => {
    const words = ['10', 'a10', 'a9', 'B', '9', 'a', 'a09', null];
    const lines = words.map((word) => line({ word, all: 1 }));

    const { rows } = await ask('filter all = 1 | fields word | sort word asc', lines);

    expect(rows.flat()).toEqual([null, 'B', 'a', 'a9', 'a09', 'a10', '9', '10']);
  });
});

describe('a log query that is not played here', () => {
  it.each([
    ["parse @message '*' as x", 'character 30, at "parse": this is no command'],
    ['filter level > 1', 'at "> 1": this cannot be read'],
    ['filter source like "shop"', 'at "like": only = and in compare'],
    ["filter source = 'shop", `at "'shop": this cannot be read`],
    ['filter source = shop', 'at "shop": a value is missing; write text in quotes'],
    ['filter ispresent source', 'at "source": "(" is missing'],
    ['stats median(x)', 'at "median": stats takes count, sum, min, max, avg or pct'],
    ['stats pct(x, 101)', 'at "101": a percentage is between 0 and 100'],
    ['stats sum(*)', 'at "*": sum takes a field'],
    ['stats count(*) by bin(1w)', 'at "1w": bin takes minutes (m), hours (h) or days (d)'],
    ['stats count(*) by bin(0h)', 'at "0h": bin takes minutes (m), hours (h) or days (d)'],
    ['stats count(*) by bin(5)', 'at "5": bin takes a span such as 1h or 1d'],
    ['stats count(*) | stats count(*)', 'at "stats": there is one stats in a query'],
    ['stats count(*) as n | filter n = 1', 'at "filter": what stats made cannot be filtered'],
    ['stats count(*) as n by kind | sort m', 'at "m": stats made no "m", only kind, n'],
    ['limit 0', 'at "0": limit takes a whole number from 1 to 10000'],
    ['limit many', 'at "many": limit takes a number'],
    ['fields kind fields level', 'at "fields": a new command begins with |'],
    ['', 'at "the end": this is no command'],
  ])('%s', (query, problem) => {
    expect(() => readInsights(`SOURCE '/aws/lambda/start' | ${query}`)).toThrow(problem);
    expect(() => readInsights(`SOURCE '/aws/lambda/start' | ${query}`)).toThrow('Played here: SOURCE');
  });

  it('one without a log group says so', () => {
    expect(() => readInsights('stats count(*)')).toThrow("SOURCE '<log group>' is missing");
  });
});
