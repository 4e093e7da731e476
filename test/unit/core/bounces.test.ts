import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/core/journal.ts';
import { cameBackAt, isGivenUp } from '../../../functions/core/person/bounces.ts';
import { decideSend } from '../../../functions/core/touch.ts';
import { at, told } from '../../fixtures/sales.ts';

const tried = (attempt: number, day: number, message = 'check-in'): Entry[] => [
  told.claimed(message, at(day, '09:30'), attempt),
  told.sent(message, at(day, '09:30'), attempt),
  { type: 'bounced', at: at(day, '11:00'), message, attempt, kind: 'soft' },
];

describe('a check-in that came back for now', () => {
  it('is sent again after a day, with the next number, and not before', () => {
    expect(decideSend(tried(1, 9), 'check-in', at(9, '20:00'), 0)).toEqual({ kind: 'already-sent' });
    expect(decideSend(tried(1, 9), 'check-in', at(10, '11:00'), 0)).toEqual({ kind: 'send', attempt: 2 });
  });

  it('is sent twice more at the most', () => {
    const thrice = [...tried(1, 9), ...tried(2, 10), ...tried(3, 11)];

    expect(decideSend(thrice.slice(0, 6), 'check-in', at(11, '11:00'), 0)).toEqual({
      kind: 'send',
      attempt: 3,
    });
    expect(decideSend(thrice, 'check-in', at(13), 0)).toEqual({ kind: 'already-sent' });
    expect(isGivenUp(thrice)).toBe(true);
    expect(cameBackAt(thrice)).toBeUndefined();
  });

  it('waits from the bounce until the next attempt begins', () => {
    expect(cameBackAt(tried(1, 9))).toBe(at(9, '11:00'));
    expect(cameBackAt([...tried(1, 9), told.claimed('check-in', at(10), 2)])).toBeUndefined();
  });

  it('that is out again is not sent a third time because the first came back', () => {
    const out = [...tried(1, 9), told.claimed('check-in', at(10), 2), told.sent('check-in', at(10), 2)];

    expect(decideSend(out, 'check-in', at(12), 0)).toEqual({ kind: 'already-sent' });
  });
});

it('anything else that came back is not sent again', () => {
  expect(decideSend(tried(1, 9, 'resolve-1/receipt'), 'resolve-1/receipt', at(12), 0)).toEqual({
    kind: 'already-sent',
  });
});
