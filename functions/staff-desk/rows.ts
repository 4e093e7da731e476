/** Whose promises a list is about, and reading them from the index: rows only, no sale is loaded for them. */
import type { PromiseRow } from '../core/promises/row.ts';
import { isPresent, memberOf, presentOwner } from '../core/staff.ts';
import type { Whose } from '../pages/desk/lists.ts';
import { type AtDesk, mayLookAtOthers } from './at-desk.ts';

/** About what DynamoDB hands over in one answer. */
const ROWS_PER_READ = 1000;

/** `me`, `team` or a member of staff; whatever else was asked for, and whatever is not theirs to see, is `me`. */
export const whoseList = (at: AtDesk): Whose => {
  const { query, words, ports, seat } = at;
  const { staff } = ports.settings.config;
  const mine = { value: 'me', name: undefined };
  if (!mayLookAtOthers(at)) return { ...mine, options: [] };
  const others = staff.filter(({ id }) => id !== seat.member.id);
  const options = [
    { value: 'me', label: words.say('desk.whose.me') },
    { value: 'team', label: words.say('desk.whose.team') },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const of = query.get('of');
  if (of === 'team') return { value: 'team', name: words.say('desk.whose.team'), options };
  const member = others.find(({ id }) => id === of);
  return member === undefined ? { ...mine, options } : { value: member.id, name: member.name, options };
};

const openOf = async ({ ports }: AtDesk, owner: string, dueBefore?: string): Promise<PromiseRow[]> => {
  const rows: PromiseRow[] = [];
  let after: string | undefined;
  do {
    const page = await ports.lists.openOf(owner, { limit: ROWS_PER_READ, dueBefore, after });
    rows.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return rows;
};

/** Theirs, and those of whoever is away that fall to them: nobody waits because somebody is on holiday. */
const ofMember = async (at: AtDesk, id: string, dueBefore?: string): Promise<PromiseRow[]> => {
  const { config } = at.ports.settings;
  const absent = config.staff.filter((member) => member.id !== id && !isPresent(config, member, at.now));
  const own = await openOf(at, id, dueBefore);
  const lists = await Promise.all(absent.map((member) => openOf(at, member.id, dueBefore)));
  const fallen = lists.flat().filter((row) => presentOwner(config, row.owner, row.saleId, at.now).id === id);
  return [...own, ...fallen];
};

/** Every open promise of the list; `dueBefore` excluded. */
export const rowsFor = async (at: AtDesk, { value }: Whose, dueBefore?: string): Promise<PromiseRow[]> => {
  if (value === 'me') return ofMember(at, at.seat.member.id, dueBefore);
  if (value !== 'team') return ofMember(at, value, dueBefore);
  const { staff } = at.ports.settings.config;
  return (await Promise.all(staff.map(({ id }) => openOf(at, id, dueBefore)))).flat();
};

/** The owner's name where it is not the reader's own, and whether they are away. */
export const ownerIn = ({ ports, seat, now }: AtDesk, row: PromiseRow) => {
  const { config } = ports.settings;
  const owner = memberOf(config, row.owner);
  const isOwn = row.owner === seat.member.id;
  const isAway = owner === undefined || !isPresent(config, owner, now);
  return { owner: isOwn ? undefined : (owner?.name ?? row.owner), isForAbsent: !isOwn && isAway };
};
