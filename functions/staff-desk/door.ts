/** The way to the desk: an address, a mail, a press. Whoever asks with a wrong address gets the same answer in the same time. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { DeskPorts } from '../adapters/ports.ts';
import { addDelay } from '../core/calendar.ts';
import type { Member } from '../core/configuration.ts';
import type { Instant } from '../core/ids.ts';
import { staffOpening } from '../core/openings.ts';
import { readForm } from '../middleware/form.ts';
import { logTrouble, noteEvent } from '../middleware/log-line.ts';
import {
  type DoorView,
  enterForm,
  lookIntoYourMail,
  refusedPress,
  signInForm,
  wayInIsOver,
} from '../pages/desk/door.ts';
import { personOf, shopOf, writeLetter } from '../steps/compose.ts';
import type { DeskAnswer } from './answer.ts';
import { isFromOwnPage, openSeat, TOKEN } from './guard.ts';

const WAY_IN_MINUTES = 15;

type Door = { ports: DeskPorts; event: APIGatewayProxyEventV2; now: Instant; view: DoorView };

const memberAt = ({ settings: { config } }: DeskPorts, address: string): Member | undefined =>
  config.staff.find(({ email, isActive }) => isActive && email.toLowerCase() === address);

/** The way in is stored before the mail leaves, and each has one mail: a token that nobody knows harms nobody. */
const sendWayIn = async (ports: DeskPorts, member: Member, now: Instant): Promise<string> => {
  const { settings, ids, desk, mailer } = ports;
  if (!(await desk.takeMail(member.id, now))) return 'too many';
  const token = ids.token();
  const digest = ids.digest(token);
  const expiresAt = addDelay(now, { hours: WAY_IN_MINUTES / 60 }, staffOpening(settings.config));
  await desk.keepWayIn(digest, { member: member.id, expiresAt });
  const letter = writeLetter(ports, {
    name: 'staff-sign-in',
    locale: settings.config.shop.locale,
    data: {
      shop: shopOf(settings),
      owner: personOf(member),
      minutes: WAY_IN_MINUTES,
      links: { enter: `${settings.publicUrl}/desk/enter/${token}` },
    },
    signer: member,
    to: { name: member.name, email: member.email },
    now,
    reference: `desk/${digest}`,
    headers: {},
  });
  const { kind } = await mailer.send({ ...letter, tags: { message: 'staff-sign-in' }, isToStaff: true });
  return kind;
};

const asked = async (ports: DeskPorts, address: string, now: Instant): Promise<void> => {
  const member = memberAt(ports, address);
  try {
    const did = member === undefined ? 'nobody' : await sendWayIn(ports, member, now);
    noteEvent('way to the desk', { member: member?.id, did });
  } catch (error) {
    /* Whoever asked must not learn from our trouble that the address is right. */
    logTrouble('way to the desk not sent', `desk/${member?.id ?? 'nobody'}`, error);
  }
};

export const signIn = async ({ ports, event, now, view }: Door): Promise<DeskAnswer> => {
  if (event.requestContext.http.method !== 'POST') return { html: signInForm(view) };
  if (!isFromOwnPage(event, ports.settings.publicUrl)) return { status: 403, html: refusedPress(view) };
  const address = (readForm(event).get('address') ?? '').trim().toLowerCase();
  await ports.evenPace(() => asked(ports, address, now));
  return { html: lookIntoYourMail(view) };
};

/** GET shows a button and spends nothing; the press spends the way in and makes the session. */
export const enter = async (door: Door, token: string): Promise<DeskAnswer> => {
  const { ports, event, now, view } = door;
  const over = { status: 404, html: wayInIsOver(view) };
  if (!TOKEN.test(token)) return over;
  const digest = ports.ids.digest(token);
  if (event.requestContext.http.method !== 'POST') {
    const member = await ports.desk.findWayIn(digest, now);
    return member === undefined ? over : { html: enterForm({ ...view, token }) };
  }
  if (!isFromOwnPage(event, ports.settings.publicUrl)) return { status: 403, html: refusedPress(view) };
  const member = await ports.desk.spendWayIn(digest, now);
  const cookie = member === undefined ? undefined : await openSeat(ports, event, member, now);
  return cookie === undefined ? over : { goTo: '/desk', cookie };
};
