/** Who is at the desk, and whether a press came from a page of it. */
import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { DeskPorts, Ids, SeatPorts } from '../adapters/ports.ts';
import { addDelay } from '../core/calendar.ts';
import type { Member } from '../core/configuration.ts';
import type { Instant } from '../core/ids.ts';
import { staffOpening } from '../core/openings.ts';
import { memberOf } from '../core/staff.ts';

/** `__Host-`: a browser takes it only from this very host, over TLS or from this machine, for every path. */
const COOKIE = '__Host-desk';
/** From the moment of signing in, however busy the day was. */
const SESSION_HOURS = 12;
/** Exactly what createIds().token() makes; anything else is not looked up. */
export const TOKEN = /^[a-z2-7]{32}$/;

const FLAGS = 'HttpOnly; Secure; SameSite=Lax; Path=/';
const sessionCookie = (token: string) => `${COOKIE}=${token}; Max-Age=${SESSION_HOURS * 3600}; ${FLAGS}`;
export const NO_COOKIE = `${COOKIE}=; Max-Age=0; ${FLAGS}`;

const tokenIn = ({ cookies = [] }: APIGatewayProxyEventV2): string | undefined =>
  cookies
    .filter((cookie) => cookie.startsWith(`${COOKIE}=`))
    .map((cookie) => cookie.slice(COOKIE.length + 1))
    .find((token) => TOKEN.test(token));

/** Bound to the session: one of another session is worth nothing, and nothing has to be stored. */
const csrfOf = (ids: Ids, token: string): string => ids.digest(`desk-csrf#${token}`);

export const isSameText = (a: string, b: string): boolean => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
};

export type Seat = { member: Member; token: string; csrf: string };

/** Somebody who works here no more has no session any more, whatever their cookie says. */
const activeMember = ({ settings: { config } }: SeatPorts, id: string | undefined): Member | undefined => {
  const member = id === undefined ? undefined : memberOf(config, id);
  return member?.isActive === true ? member : undefined;
};

export const findSeat = async (
  ports: SeatPorts,
  event: APIGatewayProxyEventV2,
  now: Instant,
): Promise<Seat | undefined> => {
  const token = tokenIn(event);
  if (token === undefined) return undefined;
  const member = activeMember(ports, await ports.desk.findSession(ports.ids.digest(token), now));
  return member === undefined ? undefined : { member, token, csrf: csrfOf(ports.ids, token) };
};

/** A session of its own for every way in; what the browser had before is over. Resolves to the cookie. */
export const openSeat = async (
  ports: DeskPorts,
  event: APIGatewayProxyEventV2,
  memberId: string,
  now: Instant,
): Promise<string | undefined> => {
  if (activeMember(ports, memberId) === undefined) return undefined;
  const before = tokenIn(event);
  if (before !== undefined) await ports.desk.endSession(ports.ids.digest(before), now);
  const token = ports.ids.token();
  const expiresAt = addDelay(now, { hours: SESSION_HOURS }, staffOpening(ports.settings.config));
  await ports.desk.openSession(ports.ids.digest(token), { member: memberId, expiresAt });
  return sessionCookie(token);
};

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;

/**
 * Whether our own page was pressed. Browsers say so twice: `Sec-Fetch-Site`, and `Origin`, which older ones send too. The
 * host may be the public address or, on one machine, another name of it; a stranger's page can fake neither.
 */
export const isFromOwnPage = (
  { headers }: Pick<APIGatewayProxyEventV2, 'headers'>,
  publicUrl: string,
): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  const from = hostOf(origin);
  return from !== undefined && (from === host || from === hostOf(publicUrl));
};
