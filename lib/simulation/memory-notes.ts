/** Notes to staff that wait for the digest, in memory, with the adapter's semantics. */
import type { HeldNote, StaffNotes } from '../../functions/adapters/ports.ts';

type Member = { day: string | undefined; held: Map<string, HeldNote> };

const keyOf = ({ saleId, message }: HeldNote) => `${saleId}#${message}`;

export const createMemoryNotes = (): StaffNotes => {
  const members = new Map<string, Member>();
  const counts = new Map<string, number>();
  const memberOf = (staff: string): Member => {
    const known = members.get(staff);
    if (known !== undefined) return known;
    const fresh: Member = { day: undefined, held: new Map() };
    members.set(staff, fresh);
    return fresh;
  };
  return {
    count: async (staff, hour, most) => {
      const place = `${hour} ${staff}`;
      const count = counts.get(place) ?? 0;
      if (count >= most) return false;
      counts.set(place, count + 1);
      return true;
    },
    hold: async (staff, note) => {
      memberOf(staff).held.set(keyOf(note), note);
    },
    waiting: async () =>
      [...members].map(([staff, { held, day }]) => ({ staff, notes: [...held.values()], listedOn: day })),
    release: async (staff, notes) => {
      const { held } = memberOf(staff);
      const [first] = notes;
      if (first !== undefined && !held.has(keyOf(first))) return false;
      for (const note of notes) held.delete(keyOf(note));
      return true;
    },
    claimDay: async (staff, day) => {
      const member = memberOf(staff);
      if (member.day !== undefined && member.day >= day) return false;
      member.day = day;
      return true;
    },
  };
};
