/**
 * The staff desk: one function for all its pages. GET and HEAD show; a POST counts only when it comes from a page of the
 * desk and carries the token of this session.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { DeskPorts } from '../adapters/ports.ts';
import { toInstant } from '../core/calendar.ts';
import type { Instant } from '../core/ids.ts';
import { readForm } from '../middleware/form.ts';
import { logLine } from '../middleware/log-line.ts';
import { refusedPress } from '../pages/desk/door.ts';
import { lostAtDesk } from '../pages/desk/lost.ts';
import { problem } from '../pages/problem.ts';
import { pageWords } from '../pages/words.ts';
import { type DeskAnswer, respond } from './answer.ts';
import { type AtDesk, sitDown } from './at-desk.ts';
import { comingBack } from './coming-back.ts';
import { enter, signIn } from './door.ts';
import { findSeat, isFromOwnPage, isSameText, NO_COOKIE, type Seat } from './guard.ts';
import { kept, keptCases } from './kept.ts';
import { overdue, silent, today } from './lists.ts';
import { mail } from './mail.ts';
import { person, receipt } from './person.ts';
import { sale } from './sale.ts';
import { search } from './search.ts';

const SIGN_IN = '/desk/sign-in';

/** What stands between the slashes after `/desk`; a slash at the end means nothing. */
const pathOf = ({ rawPath }: APIGatewayProxyEventV2): string[] =>
  rawPath
    .replace(/^\/desk\/?/, '')
    .replace(/\/$/, '')
    .split('/');

const isPost = ({ requestContext }: APIGatewayProxyEventV2): boolean => requestContext.http.method === 'POST';

const show = (at: AtDesk, [place = '', ...rest]: readonly string[]): Promise<DeskAnswer | undefined> => {
  switch (place) {
    case '':
      return today(at);
    case 'overdue':
      return overdue(at);
    case 'silent':
      return silent(at);
    case 'search':
      return search(at);
    case 'kept':
      return rest[0] === undefined ? kept(at) : keptCases(at, rest[0]);
    case 'mail':
      return mail(at, rest, undefined);
    case 'coming-back':
      return comingBack(at);
    case 'sale':
      return sale(at, rest, undefined);
    case 'person':
      return person(at, rest, undefined);
    case 'receipt':
      return receipt(at, rest[0] ?? '');
    default:
      return Promise.resolve(undefined);
  }
};

const press = async (
  at: AtDesk,
  [place, ...rest]: readonly string[],
  form: URLSearchParams,
): Promise<DeskAnswer | undefined> => {
  if (place === 'sign-out') {
    await at.ports.desk.endSession(at.ports.ids.digest(at.seat.token), at.now);
    return { goTo: SIGN_IN, cookie: NO_COOKIE };
  }
  if (place === 'mail') return mail(at, rest, form);
  if (place === 'person') return person(at, rest, form);
  return place === 'sale' ? sale(at, rest, form) : undefined;
};

export const createHandler = (ports: DeskPorts) => {
  const { config, contentDir, publicUrl } = ports.settings;
  const words = () => pageWords(config.shop.locale, contentDir);
  const doorView = () => ({ words: words(), shopName: config.shop.name });

  const atDesk = async (event: APIGatewayProxyEventV2, seat: Seat, now: Instant): Promise<DeskAnswer> => {
    const at = await sitDown(ports, seat, words(), now, new URLSearchParams(event.rawQueryString));
    const lost = () => ({ status: 404, html: lostAtDesk(at.sheet) });
    if (!isPost(event)) return (await show(at, pathOf(event))) ?? lost();
    const form = readForm(event);
    if (!isFromOwnPage(event, publicUrl) || !isSameText(form.get('csrf') ?? '', seat.csrf))
      return { status: 403, html: refusedPress(doorView()) };
    return (await press(at, pathOf(event), form)) ?? lost();
  };

  const answer = async (event: APIGatewayProxyEventV2): Promise<DeskAnswer> => {
    const now = toInstant(event.requestContext.timeEpoch);
    const [place, token = ''] = pathOf(event);
    const door = { ports, event, now, view: doorView() };
    if (place === 'sign-in') return signIn(door);
    if (place === 'enter') return enter(door, token);
    const seat = await findSeat(ports, event, now);
    return seat === undefined ? { goTo: SIGN_IN } : atDesk(event, seat, now);
  };

  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(
      logLine<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>((event, result) => ({
        route: event.routeKey,
        status: result?.statusCode,
      })),
    )
    .use({
      onError: (request) => {
        const { event } = request;
        const phone = config.staff.find((member) => member.isActive)?.phone ?? '';
        const form = isPost(event) ? readForm(event) : undefined;
        const typed = form?.get('words');
        const text = typed === null || typed === undefined ? undefined : { name: 'words', value: typed };
        const fields = Object.fromEntries([...(form ?? [])].filter(([name]) => name !== text?.name));
        const sent = form === undefined ? {} : { sent: { action: event.rawPath, text, fields } };
        const html = problem({ words: words(), shopName: config.shop.name, shopPhone: phone, ...sent });
        request.response = respond(words().locale, { status: 500, html, isPlain: true }, false);
      },
    })
    .handler(async (event) =>
      respond(words().locale, await answer(event), event.requestContext.http.method === 'HEAD'),
    );
};
