import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../functions/core/journal.ts';
import { isTheirs } from '../../../../functions/core/promises/staff-rules.ts';
import { withAbsent } from '../../../fixtures/configuration.ts';
import { at, told } from '../../../fixtures/sales.ts';
import {
  about,
  arranged,
  booked,
  call,
  during,
  entriesOf,
  missed,
  NOW,
  near,
  offered,
  ordinary,
  over,
  pending,
  proposed,
  refusalOf,
  struck,
  taken,
  twiceMissed,
  visit,
} from './staff-cases.ts';

/** One row per state, one column per act: a dash where it may be done. */
const ACTS = Object.keys(ordinary('other'));
const STATES: [string, Entry[], string, string, string][] = [
  [
    'open call',
    [call],
    'nora',
    NOW,
    '- - - - - not-a-visit nothing-to-accept not-a-visit not-a-visit not-a-visit not-a-visit - -',
  ],
  [
    'taken call',
    [call, taken('call-1')],
    'nora',
    NOW,
    'already-taken - - - - not-a-visit nothing-to-accept not-a-visit not-a-visit not-a-visit not-a-visit - -',
  ],
  [
    'offered call',
    [call, offered('call-1')],
    'nora',
    NOW,
    'customer-asked - - customer-asked - not-a-visit nothing-to-accept not-a-visit not-a-visit not-a-visit not-a-visit - -',
  ],
  [
    'proposed call',
    [call, proposed('call-1')],
    'nora',
    NOW,
    'customer-asked customer-asked customer-asked customer-asked customer-asked customer-asked customer-asked customer-asked customer-asked customer-asked customer-asked customer-asked -',
  ],
  [
    'kept call',
    [call, told.judged(at(16, '13:00'), true, { promise: 'call-1' })],
    'nora',
    NOW,
    'already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed',
  ],
  [
    'assumed call',
    [call, told.assumed(at(16, '13:00'), { promise: 'call-1' })],
    'nora',
    NOW,
    'already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed',
  ],
  [
    'waived call',
    [call, told.waived(at(16, '13:00'), { promise: 'call-1' })],
    'nora',
    NOW,
    'already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed already-closed',
  ],
  [
    'visit without a time',
    [arranged],
    'nora',
    NOW,
    '- - - - - - nothing-to-accept no-booking no-booking no-booking no-booking - -',
  ],
  [
    'visit tomorrow',
    [arranged, booked()],
    'nora',
    NOW,
    '- visit-ahead - has-booking - - nothing-to-accept too-early too-early visit-ahead visit-ahead - -',
  ],
  [
    'visit in two hours',
    [arranged, booked()],
    'nora',
    near,
    '- visit-ahead - has-booking - - nothing-to-accept - - visit-ahead visit-ahead - -',
  ],
  [
    'visit going on',
    [arranged, booked()],
    'nora',
    during,
    '- - - has-booking - - nothing-to-accept - - - - - -',
  ],
  [
    'visit whose time is over',
    [arranged, booked()],
    'nora',
    over,
    '- - - has-booking window-over window-over nothing-to-accept - - - - - -',
  ],
  [
    'visit that was missed',
    [arranged, booked(), missed(1, at(18, '11:15')), struck(1, at(18, '11:16'))],
    'ines',
    at(18, '12:00'),
    '- - to-unknown - - - nothing-to-accept no-booking no-booking no-booking no-booking - -',
  ],
  [
    'visit with a new time offered',
    [arranged, booked(), offered('visit-1')],
    'nora',
    NOW,
    'customer-asked - - customer-asked - - nothing-to-accept no-booking no-booking no-booking no-booking - -',
  ],
  [
    'visit nobody answers for',
    [...twiceMissed, pending],
    'urs',
    NOW,
    '- visit-ahead - has-booking - - - no-booking no-booking no-booking no-booking - -',
  ],
];

describe('what can be done', () => {
  it.each(STATES)('%s', (_, since, by, now, row) => {
    const expected = row.split(' ');
    const kind = since[0] === call ? 'other' : 'visit';

    const refusals = Object.values(ordinary(kind)).map((act) => refusalOf(since, by, act, now) || '-');

    expect(Object.fromEntries(ACTS.map((act, index) => [act, refusals[index]]))).toEqual(
      Object.fromEntries(ACTS.map((act, index) => [act, expected[index]])),
    );
  });
});

/** Nora's link outlives her turn; Lio goes there; Ines stands above reps; the other system asks for the shop. */
const ROLES: [string, string, string, Entry[], string[]][] = [
  [
    'whoever it was taken from',
    'nora',
    near,
    [
      arranged,
      booked({ provider: 'urs' }),
      told.handedOver(at(16, '12:00'), { ...visit(), to: 'ines', level: 1 }),
    ],
    [
      'take',
      'hand-over',
      'more-time',
      'offer',
      'book',
      'on-my-way',
      'late',
      'nobody-home',
      'nobody-went',
      'withdraw',
    ],
  ],
  ['who goes there', 'lio', near, [arranged, booked()], ['take', 'hand-over', 'more-time', 'withdraw']],
  ['somebody above', 'ines', near, [arranged, booked()], ['take']],
  ['the other system', 'system', near, [arranged, booked()], []],
];

describe('who may', () => {
  it.each(ROLES)('%s', (_, by, now, since, refused) => {
    const all = Object.entries(ordinary('visit'));

    const notYours = all.filter(([, act]) => refusalOf(since, by, act, now) === 'not-yours');

    expect(notYours.map(([name]) => name)).toEqual(refused);
  });

  it('whoever it was taken from still says what was done', () => {
    expect(
      entriesOf(
        [call, told.handedOver(at(16, '12:00'), { promise: 'call-1' })],
        'nora',
        ordinary('other').done,
      ),
    ).toMatchObject([{ type: 'proposed', by: 'nora' }]);
  });

  it('whoever promised a visit for a colleague gives it its first time, and no further one', () => {
    const theirs = told.promised(at(16), 'visit', { because: 'staff', by: 'lio', owner: 'nora' });
    const moved = booked({ provider: 'nora' });

    expect(entriesOf([theirs], 'lio', ordinary('visit').book)).toMatchObject([{ type: 'booked' }]);
    expect(refusalOf([theirs, moved], 'lio', ordinary('visit').book)).toBe('not-yours');
  });

  it('a rep does not take back what follows from the customer’s own word', () => {
    const wanted = told.promised(at(16));

    expect(refusalOf([wanted], 'nora', ordinary('other').withdraw)).toBe('level-too-low');
    expect(entriesOf([wanted], 'ines', ordinary('other').withdraw)).toMatchObject([{ type: 'withdrawn' }]);
    expect(entriesOf([wanted], 'system', ordinary('other').withdraw)).toMatchObject([
      { because: 'asked-by-system' },
    ]);
  });

  it('who stands in for an absent owner counts as the owner', () => {
    const config = withAbsent('nora');

    expect(isTheirs(about([call], 'lio', NOW, config))).toBe(true);
    expect(isTheirs(about([call], 'lio'))).toBe(false);
  });
});
