/** What was just done, said back to whoever did it. */

import type { StaffAct } from '../core/promises/staff-acts.ts';
import { memberOf } from '../core/staff.ts';
import type { StaffNotice } from '../pages/staff-promise-view.ts';
import { type Reader, whenFor, windowFor } from './staff-view.ts';

/** `reader` sees the promise as it is now, after the act. */
export const noticeOf = (reader: Reader, done: StaffAct): StaffNotice => {
  const { config, promise } = reader;
  const { booking } = promise;
  const nameOf = (id: string | undefined) => (id && memberOf(config, id)?.name) || id;
  const visit = {
    name: nameOf(booking?.provider),
    when: booking === undefined ? '' : windowFor(reader)(booking.from, booking.to),
  };
  switch (done.act) {
    case 'hand-over':
      return { kind: done.act, name: nameOf(done.to) };
    case 'nobody-went':
      return { kind: done.act, name: nameOf(promise.owner) };
    case 'more-time':
      return { kind: done.act, when: whenFor(reader)(done.dueAt) };
    case 'offer':
      return {
        kind: done.act,
        when: done.from === undefined ? whenFor(reader)(done.to) : windowFor(reader)(done.from, done.to),
      };
    case 'book':
      return booking?.isPending === true
        ? { kind: 'book-pending', when: visit.when }
        : { kind: done.act, ...visit };
    case 'accept':
    case 'late':
      return { kind: done.act, ...visit };
    default:
      return { kind: done.act };
  }
};
