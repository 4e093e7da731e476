/** Another system of the shop that sends promises, signed; and ports whose nth operation fails. Free of vitest. */
import * as z from 'zod';
import type { KeeperPorts, RequestStore } from '../../../functions/adapters/ports.ts';
import { createHandler } from '../../../functions/receive-promise/handler.ts';
import { standardRequest } from '../../../lib/local/sample-orders/shop-requests.ts';
import { httpRequest } from '../../fixtures/invocations.ts';
import type { MemoryWorld } from '../../fixtures/memory-ports.ts';
import { memoryRequests } from '../../fixtures/memory-requests.ts';
import { at } from '../../fixtures/sales.ts';
import { run } from './sale-on-file.ts';

export const SECRET = 'whsec_dGVzdC1zZWNyZXQ=';
/** A Tuesday at ten in Zurich. */
export const NOW = at(10, '09:00');

const Body = z.looseObject({
  promise: z.string().optional(),
  status: z.union([z.string(), z.number()]).optional(),
  type: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), detail: z.string() })).optional(),
});
export type Heard = { status: number; type: string; body: z.output<typeof Body> };

/** Counts every operation on the world, and fails the `failing` one before or after it took effect. */
export const shaky = (failing: number | undefined, when: 'before' | 'after' = 'before') => {
  let count = 0;
  const names: string[] = [];
  const around = <T extends object>(name: string, port: T): T =>
    new Proxy(port, {
      get: (target, key) => {
        const operation: unknown = Reflect.get(target, key);
        if (typeof operation !== 'function' || key === 'all') return operation;
        return async (...given: unknown[]) => {
          count += 1;
          names.push(`${name}.${String(key)}`);
          const isIt = count === failing;
          if (isIt && when === 'before') throw new Error('the network failed before');
          const result: unknown = await Reflect.apply(operation, target, given);
          if (isIt && when === 'after') throw new Error('the network failed after');
          return result;
        };
      },
    });
  const wrap = (ports: KeeperPorts): KeeperPorts => ({
    ...ports,
    sales: around('sales', ports.sales),
    lists: around('lists', ports.lists),
    bookings: around('bookings', ports.bookings),
    workflows: around('workflows', ports.workflows),
    links: around('links', ports.links),
    people: around('people', ports.people),
  });
  return { wrap, requests: (store: RequestStore) => around('requests', store), names };
};

type Sending = {
  id?: string;
  now?: string;
  secret?: string;
  source?: string;
  headers?: Record<string, string>;
};

/** One sender to one world; `through` stands between them. */
export const sender = (
  { ports }: MemoryWorld,
  secrets: Record<string, readonly string[]> = { shop: [SECRET] },
) => {
  const requests = memoryRequests();
  let count = 0;
  const send = async (body: unknown, sending: Sending = {}, through = shaky(undefined)): Promise<Heard> => {
    count += 1;
    const { id = `msg_${count}`, now = NOW, secret = SECRET, headers = {} } = sending;
    const signed = standardRequest({ source: 'shop', body, secret, at: Date.parse(now), id });
    const handler = createHandler({
      ...through.wrap(ports),
      requests: through.requests(requests),
      secrets: { of: async (source) => secrets[source] ?? [] },
    });
    const answer = await run(
      handler,
      httpRequest({
        method: 'POST',
        path: '/promises',
        at: now,
        headers: { ...signed.headers, ...headers },
        body: signed.body,
      }),
    );
    return {
      status: answer.statusCode ?? 0,
      type: String(answer.headers?.['content-type']),
      body: Body.parse(JSON.parse(answer.body ?? '{}')),
    };
  };
  return { send };
};
