/** Sends requests as the world does: so many callers that each wait for their answer, or so many a second whatever happens. */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export type Answer = { status: number; text: string };
export type Call = { method: string; path: string; headers?: Record<string, string>; body?: string };

export type Caller = { call(call: Call): Promise<Answer>; close(): void };

/** Keeps its connections, as shops and browsers do. */
export const callerOf = (url: string, most = 256): Caller => {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: most });
  return {
    close: () => agent.destroy(),
    call: ({ method, path, headers = {}, body = '' }) =>
      new Promise((resolve, reject) => {
        const length = { 'content-length': String(Buffer.byteLength(body)) };
        const sent = request(
          { hostname, port, method, path, agent, headers: { ...headers, ...length } },
          (response) => {
            const parts: string[] = [];
            response.setEncoding('utf8');
            response.on('data', (part: string) => parts.push(part));
            response.on('error', reject);
            response.on('end', () => resolve({ status: response.statusCode ?? 0, text: parts.join('') }));
          },
        );
        sent.on('error', reject);
        sent.end(body);
      }),
  };
};

/** Runs `job` for 0 ... count - 1, at most `callers` at once. */
export const closedLoop = async (
  count: number,
  callers: number,
  job: (index: number) => Promise<unknown>,
): Promise<void> => {
  let next = 0;
  const caller = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await job(index);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
};

/**
 * Begins a job when its turn comes, whether the ones before are answered or not; answers how long each took from the
 * moment it was to begin, so that a stall of the server counts for everybody who came during it.
 */
export const openLoop = async (
  perSecond: number,
  seconds: number,
  job: (index: number) => Promise<unknown>,
): Promise<number[]> => {
  const count = Math.round(perSecond * seconds);
  const took: number[] = [];
  const open: Promise<void>[] = [];
  const begin = performance.now();
  const run = async (index: number, due: number) => {
    await job(index);
    took.push(performance.now() - due);
  };
  for (let index = 0; index < count; ) {
    const elapsed = performance.now() - begin;
    for (; index < count && (index * 1000) / perSecond <= elapsed; index += 1)
      open.push(run(index, begin + (index * 1000) / perSecond));
    await sleep(1);
  }
  await Promise.all(open);
  return took;
};

/** Of some values, the one that `percent` of them do not exceed. */
export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
};
