import { describe, expect, it } from 'vitest';
import { headersFor } from '../../../functions/steps/compose.ts';
import { configuration, configurationInput } from '../../fixtures/configuration.ts';
import { memoryWorld } from '../../fixtures/memory-ports.ts';
import { begun, saleOf } from '../../fixtures/sales.ts';

const TOKEN = 'a'.repeat(32);
const STOP = `https://care.example.org/u/${TOKEN}`;

const headerOf = (replyDomain?: string, stopUrl?: string) => {
  const shop = { ...configurationInput().shop, ...(replyDomain === undefined ? {} : { replyDomain }) };
  const { ports } = memoryWorld(configuration({ shop }));
  return headersFor(ports, saleOf(begun()), 'check-in', 1, stopUrl)['List-Unsubscribe'];
};

describe('List-Unsubscribe', () => {
  it('names the page, and where answers come in an address for it too', () => {
    expect(headerOf(undefined, STOP)).toBe(`<${STOP}>`);
    expect(headerOf('reply.example.org', STOP)).toBe(`<${STOP}>, <mailto:u+${TOKEN}@reply.example.org>`);
  });

  it('stands in no mail that nobody can stop', () => {
    expect(headerOf('reply.example.org')).toBeUndefined();
  });
});
