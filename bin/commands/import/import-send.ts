/** Sends the webhooks of one order after the other, slowly, and again while that helps. */
import { createHash } from 'node:crypto';
import { standardRequest } from '../../../lib/local/sample-orders/shop-requests.ts';
import type { FileOrder } from './import-gather.ts';
import type { ImportPorts } from './import-ports.ts';
import { clockAhead, type Target } from './import-target.ts';

export type Delivery =
  | { kind: 'sent' }
  /** This order cannot be taken; others may. */
  | { kind: 'refused'; detail: string }
  /** Nothing can be sent for now. */
  | { kind: 'stopped'; detail: string };

/** Two seconds, four, ... a minute: about six minutes in all. */
const MOST_TRIES = 10;
const LONGEST_PAUSE_MS = 60_000;
/** No server that means it asks for more than an hour. */
const LONGEST_ASKED_MS = 3_600_000;
const PATIENCE_MS = 30_000;

/** `status` is 0 when nobody answered. */
type Answer = { status: number; retryAfterMs: number; text: string };
const NOTHING: Answer = { status: 0, retryAfterMs: 0, text: '' };

/** Whatever is repeated has the same id, and Aftercare carries out each id once. */
const idOf = (source: string, body: object): string =>
  `import_${createHash('sha256')
    .update(`${source} ${JSON.stringify(body)}`)
    .digest('hex')
    .slice(0, 32)}`;

const retryAfterOf = (header: string | null, now: number): number => {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(0, ms), LONGEST_ASKED_MS);
};

type Sending = { target: Target; ports: ImportPorts; rate: number; signal: AbortSignal };

export type Sender = { send(order: FileOrder): Promise<Delivery> };

const stopped = (detail: string): Delivery => ({ kind: 'stopped', detail });
const INTERRUPTED = stopped('Stopped, as you asked.');

const judgeRefusal = ({ address, source }: Target, { status, text }: Answer): Delivery => {
  if (status === 401)
    return stopped(
      `${address.origin} does not take the signature. Set AFTERCARE_SECRET_${source.toUpperCase().replaceAll('-', '_')} to the secret it knows, and see that both clocks are right.`,
    );
  if (status === 404)
    return stopped(`${address.origin} has no source "${source}", or is not a running Aftercare.`);
  return { kind: 'refused', detail: `answered ${status} ${text.slice(0, 200)}`.trim() };
};

const exhausted = ({ address: { origin } }: Target, { status }: Answer): string =>
  status === 0
    ? `Nothing answers at ${origin}. Start Aftercare with \`npm start\`, or say with --url where it runs.`
    : `${origin} cannot take anything for now (it answered ${status}).`;

export const createSender = async ({ target, ports, rate, signal }: Sending): Promise<Sender> => {
  let ahead = await clockAhead(target, ports.now);
  let earliest = ports.now();

  const keepPace = async (): Promise<void> => {
    await ports.wait(Math.max(0, earliest - ports.now()), signal);
    earliest = Math.max(earliest, ports.now()) + 1000 / rate;
  };

  const post = async (body: object): Promise<Answer> => {
    const { source, secret, address } = target;
    const at = ports.now() + ahead;
    const signed = standardRequest({ source, secret, at, id: idOf(source, body), body });
    try {
      const response = await fetch(address, {
        ...{ method: 'POST', headers: signed.headers, body: signed.body },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const retryAfterMs = retryAfterOf(response.headers.get('retry-after'), ports.now());
      return { status: response.status, retryAfterMs, text: await response.text() };
    } catch {
      return NOTHING;
    }
  };

  /** What to do about an answer that is none of the final ones; a false one ends the tries. */
  const prepareNext = async ({ status, retryAfterMs }: Answer, tries: number): Promise<boolean> => {
    if (status === 401 && tries === 1) {
      /* Somebody may have moved the clock of the runtime meanwhile. */
      ahead = await clockAhead(target, ports.now);
      return true;
    }
    if (status !== 0 && status !== 429 && status < 500) return false;
    await ports.wait(Math.max(Math.min(1000 * 2 ** tries, LONGEST_PAUSE_MS), retryAfterMs), signal);
    return true;
  };

  const deliver = async (body: object): Promise<Delivery> => {
    let answer = NOTHING;
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      await keepPace();
      if (signal.aborted) return INTERRUPTED;
      answer = await post(body);
      if (answer.status >= 200 && answer.status < 300) return { kind: 'sent' };
      if (!(await prepareNext(answer, tries))) return judgeRefusal(target, answer);
    }
    return signal.aborted ? INTERRUPTED : stopped(exhausted(target, answer));
  };

  return {
    send: async ({ bodies }) => {
      for (const body of bodies) {
        const delivery = await deliver(body);
        if (delivery.kind !== 'sent') return delivery;
      }
      return { kind: 'sent' };
    },
  };
};
