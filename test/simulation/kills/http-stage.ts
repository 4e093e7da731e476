/** The world of the seeds around a machine that is really there: everybody in it speaks HTTP, and the mails are read by it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { SeenMail } from '../checker/seen.ts';
import { createAgenda } from '../seeds/agenda.ts';
import type { Order } from '../seeds/cast.ts';
import { createChance } from '../seeds/chance.ts';
import { createCustomers } from '../seeds/customers.ts';
import { openShop } from '../seeds/shop.ts';
import { createStaff } from '../seeds/staff.ts';
import type { Stage } from '../seeds/stage.ts';
import { createWitness } from '../seeds/witness.ts';
import type { Machine } from './machine.ts';

/** The sample secret of the source `standard`. */
const SECRET = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';
const MINUTE_MS = 60_000;
/** Longer than a queue waits before it delivers again what died. */
const SETTLED_MS = 40 * MINUTE_MS;
/** A run looks at the sale within this time before it sends. */
const DECIDED_MS = 30_000;

const Mails = z.array(
  z.object({
    ...{ id: z.string(), to: z.string(), at: z.string(), replyTo: z.string(), text: z.string() },
    headers: z.record(z.string(), z.string()),
    links: z.array(z.string()),
  }),
);
type Found = z.output<typeof Mails>[number];

const refOf = (sale: string): string => createHash('sha256').update(sale).digest('hex').slice(0, 32);

const bodyOf = ({ body, isBase64Encoded }: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

const headersOf = (event: APIGatewayProxyEventV2): Record<string, string> =>
  Object.fromEntries(
    Object.entries(event.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

type Given = {
  machine: Machine;
  dataDir: string;
  seed: number;
  start: number;
  cast: readonly Order[];
  staff: ReadonlySet<string>;
};

export type HttpStage = ReturnType<typeof createHttpStage>;

export const createHttpStage = ({ machine, dataDir, seed, start, cast, staff }: Given) => {
  const now = () => machine.now();
  const chance = createChance(seed);
  const outside = createAgenda();
  /* Numbered by the runtime's own instants: nobody outside sees more. */
  const moment = () => ({ at: new Date(now()).toISOString(), seq: now() });
  let count = 0;
  /* Mails are told apart by it, so no two are the same. */
  const seq = () => {
    count += 1;
    return now() + count / 1e6;
  };
  const witness = { ...createWitness(now), moment, seq };
  const saleOf = new Map(cast.map(({ id }) => [refOf(id), id]));
  const orders = new Map(cast.map((order) => [order.id, order]));
  const known = new Set<string>();
  const unsettled: { since: number; done: () => void }[] = [];
  let newest = new Date(start).toISOString();
  let isOver = false;
  let open = 0;
  const whenQuiet: (() => void)[] = [];

  const track = async <T>(work: Promise<T>): Promise<T> => {
    open += 1;
    try {
      return await work;
    } finally {
      open -= 1;
      if (open === 0)
        setImmediate(() => {
          for (const resolve of whenQuiet.splice(0)) resolve();
        });
    }
  };

  const isGood = (status: number) => status >= 200 && status < 300;

  const deliver = async (raw: Uint8Array, done: () => void): Promise<void> => {
    const body = Buffer.from(raw);
    const headers = { 'content-type': 'message/rfc822' };
    /* A mail server tries again until it is told that the mail is there. */
    for (;;) {
      const { status, text } = await machine.ask({ method: 'POST', path: '/_local/emails', headers, body });
      if (isGood(status)) break;
      if (status !== 0 && status < 500) throw new Error(`A mail was answered ${status}: ${text}`);
    }
    unsettled.push({ since: now(), done });
  };

  const stage: Stage = {
    ...{ chance, witness, secret: SECRET, start, now, outside, isOver: () => isOver },
    happen: (_, at, act) => {
      if (!isOver)
        outside.add(at, () => {
          if (!isOver) act();
        });
    },
    http: async (_name, event, _purpose, done) => {
      const { rawPath, rawQueryString } = event;
      const answer = await track(
        machine.ask({
          method: event.requestContext.http.method,
          path: rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`,
          headers: headersOf(event),
          body: bodyOf(event),
        }),
      );
      if (done !== undefined && isGood(answer.status)) unsettled.push({ since: now(), done });
      return { ...answer, writes: 0 };
    },
    arrive: (raw, done) => void track(deliver(raw, done)),
    report: () => undefined,
    partition: () => [],
    orderOf: (sale) => orders.get(sale),
  };

  const [customers, employees] = [createCustomers(stage), createStaff(stage)];
  openShop(stage, cast);

  const rawOf = ({ id, headers, replyTo, text, links }: Found): string => {
    try {
      return readFileSync(join(dataDir, 'mails', `${id}.eml`), 'utf8');
    } catch {
      /* Forgotten since. */
      const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      return [...fields, `Reply-To: <${replyTo}>`, '', text, ...links].join('\r\n');
    }
  };

  const seenIn = (found: Found): SeenMail => {
    const { at, to, headers } = found;
    const message = headers['x-aftercare-touch'] ?? '';
    /* A digest names sales too, and is about none of them. */
    const sales = message === '' ? [] : (headers['x-aftercare-sale'] ?? '').split(/\s+/);
    return {
      ...{ at, seq: Date.parse(at), decided: Date.parse(at) - DECIDED_MS, isAnswered: true },
      sale: (sales.length === 1 ? saleOf.get(sales[0] ?? '') : undefined) ?? '',
      message,
      attempt: Number(headers['x-aftercare-attempt'] ?? 0),
      to: staff.has(to) ? 'staff' : 'customer',
      ...{ address: to, raw: rawOf(found) },
    };
  };

  return {
    stage,
    end: () => {
      isOver = true;
    },
    /** Everything that people and shops do by now; resolves when each has an answer, or knows that there is none. */
    act: async (): Promise<void> => {
      for (const one of outside.take(now())) one();
      while (open > 0) await new Promise<void>((resolve) => whenQuiet.push(resolve));
    },
    /** What has come into mailboxes since the last look is read, oldest first. */
    read: async (): Promise<void> => {
      const { status, text } = await machine.ask({ method: 'GET', path: `/_local/emails?since=${newest}` });
      if (status === 0) return;
      if (status !== 200) throw new Error(`The mailbox answered ${status}: ${text}`);
      for (const found of Mails.parse(JSON.parse(text)).filter(({ id }) => !known.has(id))) {
        known.add(found.id);
        newest = found.at;
        const mail = seenIn(found);
        witness.mails.push(mail);
        if (mail.to === 'customer') customers(mail);
        else employees(mail);
      }
    },
    /** What was taken in long enough ago has been dealt with. */
    settle: (): void => {
      const isDealtWith = ({ since }: { since: number }) => now() - since > SETTLED_MS;
      for (const { done } of unsettled.filter(isDealtWith)) done();
      unsettled.splice(0, unsettled.length, ...unsettled.filter((one) => !isDealtWith(one)));
    },
  };
};
