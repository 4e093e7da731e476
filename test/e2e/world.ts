/** A shop, its customers and its staff around one running Aftercare, seen only through HTTP: what the world sees. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import config from '../../aftercare.config.ts';
import { type Configuration, checkConfiguration } from '../../functions/core/configuration.ts';
import { startAftercare } from '../../lib/local/aftercare.ts';
import type { ShopRequest } from '../../lib/local/sample-orders/shop-requests.ts';

const Mail = z.object({
  id: z.string(),
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.record(z.string(), z.string()),
  links: z.array(z.string()),
  at: z.string(),
});
export type Mail = z.output<typeof Mail>;

const OwedPromise = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  level: z.number(),
  strikes: z.number(),
  owner: z.string(),
  dueAt: z.string(),
  severity: z.string(),
  visits: z.array(
    z.object({
      n: z.number(),
      from: z.string(),
      provider: z.string(),
      isConfirmed: z.boolean(),
      acceptedBy: z.string().nullable(),
      noShow: z.string().nullable(),
    }),
  ),
});
const Execution = z.object({
  machine: z.string(),
  name: z.string(),
  status: z.string(),
  state: z.string().optional(),
  transitions: z.number(),
});
const SaleView = z.object({
  sale: z.object({
    id: z.string(),
    status: z.string(),
    outcome: z.string().nullable(),
    journey: z.string(),
    checkIn: z.object({ at: z.string(), because: z.string() }).nullable(),
  }),
  journal: z.array(z.looseObject({ at: z.string(), type: z.string() })),
  story: z.array(z.object({ at: z.string(), what: z.string() })),
  promises: z.array(OwedPromise),
  executions: z.array(Execution),
});
export type SaleView = z.output<typeof SaleView>;

/** A Monday morning in Zurich far enough ahead that the virtual clock can go there from any today. */
export const MONDAY = '2031-03-03T08:00:00Z';

const formBody = (fields: Record<string, string>) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

export type Answer = { status: number; text: string };

/** The world around the Aftercare at `url`. */
export const worldAt = (url: string) => {
  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url}${path}`);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const answerOf = async (response: Response): Promise<Answer> => ({
    status: response.status,
    text: await response.text(),
  });

  const moveClock = async (move: Record<string, string>): Promise<void> => {
    const response = await fetch(`${url}/_local/clock`, { method: 'POST', body: JSON.stringify(move) });
    if (!response.ok) throw new Error(`The clock answered ${response.status}: ${await response.text()}`);
  };
  const mails = async (query = ''): Promise<Mail[]> =>
    z.array(Mail).parse(await read(`/_local/emails${query}`));
  const idle = () => moveClock({ advance: 'PT0S' });

  return {
    url,
    read,
    mails,
    idle,
    advance: (duration: string) => moveClock({ advance: duration }),
    goTo: (instant: string) => moveClock({ to: instant }),
    now: async () => Date.parse(z.object({ now: z.string() }).parse(await read('/_local/health')).now),
    mailsTo: (address: string) => mails(`?to=${encodeURIComponent(address)}`),
    sale: async (source: string, orderId: string) =>
      SaleView.parse(await read(`/_local/sales/${source}/${orderId}`)),
    /** Sends a webhook and waits until everything it set off is done. */
    send: async ({ path, headers, body }: ShopRequest): Promise<number> => {
      const response = await fetch(`${url}${path}`, { method: 'POST', headers, body });
      await idle();
      return response.status;
    },
    get: async (link: string, method = 'GET') => answerOf(await fetch(link, { method })),
    submit: async (link: string, fields: Record<string, string>): Promise<Answer> => {
      const answer = await answerOf(await fetch(link, formBody(fields)));
      await idle();
      return answer;
    },
  };
};
export type World = ReturnType<typeof worldAt>;

/** The first link of a mail to one of our pages: `r` form, `s` own page, `p` staff page, `u` stop. */
export const linkTo = (mail: Mail | undefined, page: 'r' | 's' | 'p' | 'u'): string => {
  const link = mail?.links.find((one) => one.includes(`/${page}/`));
  if (link === undefined)
    throw new Error(`No link to /${page}/ in ${mail === undefined ? 'no mail' : `"${mail.subject}"`}`);
  return link;
};

export type OpenWorld = World & {
  dataDir: string;
  aws: string;
  /** Where mail comes in by SMTP, when it was asked for. */
  smtpPort: number | undefined;
  close(): Promise<void>;
  ses: Awaited<ReturnType<typeof startAftercare>>['ses'];
  sqs: Awaited<ReturnType<typeof startAftercare>>['sqs'];
};

type Given = {
  assembly: string;
  config?: Configuration;
  start?: string;
  hasSmtp?: boolean;
  hasCanary?: boolean;
  /** The hourly looks at everything that is open: half of what happens in a month. Stories of something else go without. */
  hasSchedules?: boolean;
  environment?: NodeJS.ProcessEnv;
};

/** A fresh Aftercare in this process, on its own folder and free ports, at nine on a Monday morning. */
export const openWorld = async ({
  assembly,
  config: given,
  start = MONDAY,
  hasSmtp = false,
  hasCanary = false,
  hasSchedules = true,
  environment = {},
}: Given): Promise<OpenWorld> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'aftercare-'));
  const lines: string[] = [];
  const runtime = await startAftercare({
    config: given ?? checkConfiguration(config),
    assembly,
    dataDir,
    port: 0,
    awsPort: 0,
    withCanary: hasCanary,
    hasSchedules,
    smtpIn: hasSmtp ? { port: 0, isOptional: false } : undefined,
    environment,
    log: (line) => lines.push(line),
  });
  const world = worldAt(runtime.url);
  if (start !== 'now') await world.goTo(start);
  return {
    ...world,
    dataDir,
    aws: runtime.awsUrl,
    smtpPort: runtime.smtpPort,
    ses: runtime.ses,
    sqs: runtime.sqs,
    close: async () => {
      await runtime.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
