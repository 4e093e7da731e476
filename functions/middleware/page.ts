/**
 * The frame of every page: finds the sale behind the link, shows on GET, acts on POST, and meets every mishap with a
 * page a person can use. HEAD answers like GET without the body; neither changes anything.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Link, SalePorts } from '../adapters/ports.ts';
import { toInstant } from '../core/calendar.ts';
import { judgePress } from '../core/evidence.ts';
import type { Instant } from '../core/ids.ts';
import { isForgottenAt, type Sale } from '../core/sale.ts';
import { memberOf } from '../core/staff.ts';
import { type Download, downloadHeaders } from '../pages/export-file.ts';
import { pageHeaders } from '../pages/layout.ts';
import { notFound } from '../pages/not-found.ts';
import { problem } from '../pages/problem.ts';
import { STAMP, sealForms, TRAP } from '../pages/sealed-forms.ts';
import { type PageWords, pageWords } from '../pages/words.ts';
import { findSale } from '../steps/load.ts';
import { type DoubtfulPage, noteDoubt } from '../steps/note-doubt.ts';
import { readForm } from './form.ts';
import { logLine } from './log-line.ts';
import { measure } from './measure.ts';
import { makeStamp, readStamp } from './stamp.ts';

export type Visit = {
  sale: Sale;
  link: Link;
  token: string;
  now: Instant;
  words: PageWords;
  query: URLSearchParams;
  agent: string | undefined;
  site: string | undefined;
};

export type Page = {
  status?: number;
  html: string;
  /** It asks for one more press: whoever presses on it, and not at once, is taken for a person. */
  isAgain?: boolean;
  /** Instead of a page: something to keep. */
  file?: Download;
};

type Routes = {
  /** Whose links open this page. */
  audience: Link['audience'];
  get(visit: Visit): Promise<Page> | Page;
  post(visit: Visit, form: URLSearchParams): Promise<Page>;
  /** The page once more with what was written in it; GET's when left out. */
  pressAgain?: (visit: Visit, form: URLSearchParams) => Promise<Page> | Page;
  /** What to do about a press that may not be a person's: its own answer, or the name under which it is noted. */
  inDoubt: DoubtfulPage | ((visit: Visit, form: URLSearchParams) => Promise<Page>);
  /** A press that counts whoever made it. */
  isAlwaysHeard?: (form: URLSearchParams) => boolean;
  /** What to answer a press when the person has been forgotten meanwhile; undefined as if there were no link. */
  forgotten?: (visit: Visit, form: URLSearchParams) => Promise<Page | undefined>;
  /** What to answer a POST whose link leads nowhere, when not the friendly 404. */
  lost?: () => Page;
};

/** Exactly what createIds().token() makes; nothing else opens a page. */
const TOKEN = /^[a-z2-7]{32}$/;

const answer = (
  locale: string,
  { status, html, file }: Page,
  isHead: boolean,
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status ?? 200,
  headers: { ...pageHeaders(locale), ...(file === undefined ? {} : downloadHeaders(file)) },
  body: isHead ? '' : (file?.text ?? html),
});

const acceptedLocale = (event: APIGatewayProxyEventV2, fallback: string): string =>
  /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*/.exec(event.headers['accept-language'] ?? '')?.[0] ?? fallback;

/** Who works here no more keeps the mails, but may neither read on nor act. */
const hasLeft = ({ settings }: SalePorts, { staff }: Link): boolean =>
  staff !== undefined && memberOf(settings.config, staff)?.isActive !== true;

const openLink = async (
  ports: SalePorts,
  event: APIGatewayProxyEventV2,
  audience: Link['audience'],
  now: Instant,
) => {
  const token = (event.pathParameters?.['token'] ?? '').toLowerCase();
  /* Looked up whatever it looks like: how long it takes tells nothing. */
  const link = await ports.links.find(ports.ids.digest(token), now);
  const isOurs = TOKEN.test(token) && link?.audience === audience && !hasLeft(ports, link);
  const found = isOurs ? await findSale(ports, link.saleId) : undefined;
  if (link === undefined || found === undefined) return undefined;
  return { token, link, sale: found.sale };
};

/** Another site's page must not be able to press our buttons, even for somebody who knows a link. */
const isCrossSite = (event: APIGatewayProxyEventV2): boolean =>
  event.headers['sec-fetch-site'] === 'cross-site';

export const createPage = (ports: SalePorts, routes: Routes) => {
  const { config, contentDir } = ports.settings;
  const phone = config.staff.find((member) => member.isActive)?.phone ?? '';
  const shop = { shopName: config.shop.name, shopPhone: phone };

  const lost = (event: APIGatewayProxyEventV2, isHead: boolean, isPost: boolean) => {
    const words = pageWords(acceptedLocale(event, config.shop.locale), contentDir);
    const page = (isPost ? routes.lost?.() : undefined) ?? {
      status: 404,
      html: notFound({ words, ...shop }),
    };
    return answer(words.locale, page, isHead);
  };

  const again = async (here: Visit, form: URLSearchParams): Promise<Page> => ({
    ...(await (routes.pressAgain?.(here, form) ?? routes.get(here))),
    isAgain: true,
  });

  const isPersonal = (
    { token, now, site, agent }: Visit,
    event: APIGatewayProxyEventV2,
    form: URLSearchParams,
  ) =>
    judgePress({
      site,
      agent,
      mode: event.headers['sec-fetch-mode'],
      user: event.headers['sec-fetch-user'],
      stamp: readStamp(ports.ids, token, form.get(STAMP), now),
      isTrapped: (form.get(TRAP) ?? '') !== '',
    }) === 'person';

  /** Pressed from another site, or by what may be a program, nothing happens, but what was written stays in the form. */
  const press = async (here: Visit, event: APIGatewayProxyEventV2): Promise<Page> => {
    const form = readForm(event);
    if (isCrossSite(event)) return again(here, form);
    if (routes.isAlwaysHeard?.(form) === true || isPersonal(here, event, form))
      return routes.post(here, form);
    if (typeof routes.inDoubt === 'function') return routes.inDoubt(here, form);
    await noteDoubt(ports, here.sale, { page: routes.inDoubt, agent: here.agent, now: here.now });
    return again(here, form);
  };

  const afterwards = async (here: Visit, event: APIGatewayProxyEventV2): Promise<Page | undefined> =>
    event.requestContext.http.method === 'POST' && !isCrossSite(event)
      ? routes.forgotten?.(here, readForm(event))
      : undefined;

  const visit = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const now = toInstant(event.requestContext.timeEpoch);
    const { method } = event.requestContext.http;
    const opened = await openLink(ports, event, routes.audience, now);
    if (opened === undefined) {
      measure(now, { values: { TokenMisses: 1 } });
      return lost(event, method === 'HEAD', method === 'POST');
    }
    const words = pageWords(
      opened.link.audience === 'staff' ? config.shop.locale : opened.sale.record.locale,
      contentDir,
    );
    const here: Visit = {
      ...opened,
      now,
      words,
      query: new URLSearchParams(event.rawQueryString),
      agent: event.headers['user-agent']?.slice(0, 300),
      site: event.headers['sec-fetch-site']?.slice(0, 40),
    };
    const page = isForgottenAt(here.sale, now)
      ? await afterwards(here, event)
      : method === 'POST'
        ? await press(here, event)
        : await routes.get(here);
    if (page === undefined) return lost(event, method === 'HEAD', method === 'POST');
    const html = sealForms(page.html, makeStamp(ports.ids, here.token, now, page.isAgain));
    return answer(words.locale, { ...page, html }, method === 'HEAD');
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
        const words = pageWords(acceptedLocale(event, config.shop.locale), contentDir);
        const form = event.requestContext.http.method === 'POST' ? readForm(event) : undefined;
        const text = form?.get('words') ?? form?.get('what');
        const kept =
          text === null || text === undefined
            ? undefined
            : { name: form?.has('words') ? 'words' : 'what', value: text };
        const fields = Object.fromEntries([...(form ?? [])].filter(([name]) => name !== kept?.name));
        const sent = form === undefined ? undefined : { action: event.rawPath, text: kept, fields };
        const html = problem({ words, ...shop, ...(sent === undefined ? {} : { sent }) });
        request.response = answer(words.locale, { status: 500, html }, false);
      },
    })
    .handler(visit);
};
