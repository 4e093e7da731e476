/**
 * A mail as it arrived, for whoever is at the desk: the whole of it as plain text, or one attachment to be saved.
 * It only reads. Nothing in a mail is ever shown as a page of ours.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ReadMailPorts } from '../adapters/ports.ts';
import { toInstant } from '../core/calendar.ts';
import { parseMail } from '../mail/parse-mail.ts';
import { logLine } from '../middleware/log-line.ts';
import { lostAtDesk } from '../pages/desk/lost.ts';
import { attachmentTooBig, mailIsGone } from '../pages/desk/mail-original.ts';
import { type DeskSeat, deskHeaders, plainHeaders } from '../pages/desk/sheet.ts';
import { problem } from '../pages/problem.ts';
import { pageWords } from '../pages/words.ts';
import { findSeat } from '../staff-desk/guard.ts';
import { download, MOST_BYTES, strictHeaders } from './download.ts';
import { findOriginal } from './find-original.ts';
import { wholeMail, wholeMailNames } from './whole-text.ts';

type Answer = APIGatewayProxyStructuredResultV2;

/** What stands between the slashes after `/desk/mails`. */
const pathOf = ({ rawPath }: APIGatewayProxyEventV2): string[] => rawPath.split('/').slice(3);

/** Which attachment, from 1 on. */
const numberIn = (text: string): number => (/^[1-9]\d{0,2}$/.test(text) ? Number(text) : 0);

export const createHandler = (ports: ReadMailPorts) => {
  const { config, contentDir } = ports.settings;
  const words = () => pageWords(config.shop.locale, contentDir);

  const page = (statusCode: number, body: string): Answer => ({
    statusCode,
    headers: deskHeaders(words().locale),
    body,
  });

  const show = async (seat: DeskSeat, key: string, query: URLSearchParams): Promise<Answer> => {
    const raw = await ports.mails.read(key);
    if (raw === undefined) return page(410, mailIsGone(seat, config.retention.mailDays));
    const mail = await parseMail(raw);
    const asked = query.get('attachment');
    if (asked === null) {
      const headers = { ...strictHeaders, 'content-type': 'text/plain; charset=utf-8' };
      return { statusCode: 200, headers, body: wholeMail(mail, wholeMailNames(seat.words)) };
    }
    const n = numberIn(asked);
    const attachment = mail.attachments[n - 1];
    if (attachment === undefined) return page(404, lostAtDesk(seat));
    const { byteLength } = attachment.bytes;
    return byteLength > MOST_BYTES
      ? page(413, attachmentTooBig(seat, byteLength, MOST_BYTES))
      : download(attachment, n);
  };

  const answer = async (event: APIGatewayProxyEventV2): Promise<Answer> => {
    const now = toInstant(event.requestContext.timeEpoch);
    const found = await findSeat(ports, event, now);
    if (found === undefined)
      return { ...page(303, ''), headers: { ...deskHeaders(words().locale), location: '/desk/sign-in' } };
    const { member, csrf } = found;
    const seat = { words: words(), shopName: config.shop.name, memberName: member.name, csrf };
    const original = await findOriginal(ports, pathOf(event));
    if (original === undefined) return page(404, lostAtDesk(seat));
    if (original === 'gone') return page(410, mailIsGone(seat, config.retention.mailDays));
    return show(seat, original.key, new URLSearchParams(event.rawQueryString));
  };

  return middy<APIGatewayProxyEventV2, Answer>()
    .use(
      logLine<APIGatewayProxyEventV2, Answer>((event, result) => ({
        route: event.routeKey,
        status: result?.statusCode,
      })),
    )
    .use({
      onError: (request) => {
        const shopPhone = config.staff.find(({ isActive }) => isActive)?.phone ?? '';
        const body = problem({ words: words(), shopName: config.shop.name, shopPhone });
        request.response = { statusCode: 500, headers: plainHeaders(words().locale), body };
      },
    })
    .handler(async (event) => {
      const answered = await answer(event);
      return event.requestContext.http.method === 'HEAD'
        ? { ...answered, body: '', isBase64Encoded: false }
        : answered;
    });
};
