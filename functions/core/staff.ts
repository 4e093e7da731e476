/** Who owns a sale, and who comes next on the ladder rep -> manager -> head. Nobody absent owns anything. */
import { dayOf } from './calendar.ts';
import type { Configuration, Member } from './configuration.ts';
import type { Level } from './level.ts';

/** Stable for a text, spread evenly: the same sale always gets the same rep (FNV-1a, 32 bit). */
export const spread = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
};

export const memberOf = (config: Configuration, id: string): Member | undefined =>
  config.staff.find((member) => member.id === id);

/** Here on the day of the instant: neither gone for good nor away. */
export const isPresent = (config: Configuration, member: Member, now: string): boolean => {
  if (!member.isActive) return false;
  if (member.away.length === 0) return true;
  const today = dayOf(now, config.shop.zone);
  return !member.away.some(({ from, to }) => from <= today && today <= to);
};

const presentAt = (config: Configuration, level: Level, now: string) =>
  config.staff.filter((member) => member.level === level && isPresent(config, member, now));

const LEVELS = [0, 1, 2] as const;

/** Staff of a level who are here; when there are none, of the next one up, and at the top of the ladder of any. */
const candidates = (config: Configuration, level: Level, now: string): Member[] => {
  for (const one of LEVELS) {
    const there = one >= level ? presentAt(config, one, now) : [];
    if (there.length > 0) return there;
  }
  const present = config.staff.filter((member) => isPresent(config, member, now));
  /* Everybody is away: then the promise stays with people who will be back. */
  return present.length > 0 ? present : config.staff.filter((member) => member.isActive);
};

const pick = (members: Member[], key: string): Member => {
  const member = members[spread(key) % members.length];
  if (member === undefined)
    throw new RangeError('No active member of staff: the configuration check forbids it');
  return member;
};

/** The seller where the shop named one and they are here, else one of the reps, always the same for a sale. */
export const ownerFor = (
  config: Configuration,
  saleId: string,
  soldBy: string | undefined,
  now: string,
): Member => {
  const seller = soldBy?.trim().toLowerCase();
  const named = config.staff.find(
    (member) =>
      isPresent(config, member, now) &&
      [member.id, member.name.toLowerCase(), member.email.toLowerCase()].includes(seller ?? ''),
  );
  return named ?? pick(candidates(config, 0, now), saleId);
};

/** The owner if they are here, else whoever stands in for them. */
export const presentOwner = (config: Configuration, ownerId: string, saleId: string, now: string): Member => {
  const owner = memberOf(config, ownerId);
  if (owner !== undefined && isPresent(config, owner, now)) return owner;
  return pick(candidates(config, owner?.level ?? 0, now), saleId);
};

/** The next one up; at the top it stays with the head of the business. */
export const nextUp = (
  config: Configuration,
  level: Level,
  ownerId: string,
  saleId: string,
  now: string,
): { member: Member; level: Level } => {
  const next: Level = level === 0 ? 1 : 2;
  if (level === 2) return { member: presentOwner(config, ownerId, saleId, now), level: 2 };
  const member = pick(candidates(config, next, now), saleId);
  return { member, level: member.level > next ? member.level : next };
};
