/** Codes for friends and how sales ended: the same in memory and in DynamoDB. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutcomeCounts, ReferralStore, SaleCount } from '../../functions/adapters/after-ports.ts';
import { createTable } from '../../functions/adapters/dynamodb.ts';
import { createOutcomeCounts } from '../../functions/adapters/outcome-counts.ts';
import { createPersonSearch } from '../../functions/adapters/person-search.ts';

import { createReferralStore } from '../../functions/adapters/referral-store.ts';
import type { Table } from '../../functions/adapters/table.ts';
import { addUp } from '../../functions/core/after/count.ts';
import { saleIdOf } from '../../functions/core/ids.ts';
import { createMemoryOutcomes, createMemoryReferrals } from '../../lib/simulation/memory-after.ts';
import { startLocalAws } from '../unit/local-aws/local-aws.ts';

const A = saleIdOf('shop', 'A');
const B = saleIdOf('shop', 'B');
const NOW = '2026-11-20T10:00:00.000Z';

const referrals = (make: () => ReferralStore) => {
  it('a code belongs to the first who keeps it, and to keep it again is fine', async () => {
    const store = make();

    expect(await store.keep('BIKE-ABC234', A)).toBe(true);
    expect(await store.keep('BIKE-ABC234', A)).toBe(true);
    expect(await store.keep('BIKE-ABC234', B)).toBe(false);
    expect(await store.find('BIKE-ABC234')).toBe(A);
    expect(await store.find('BIKE-ABC235')).toBeUndefined();
  });
};

const outcomes = (make: () => OutcomeCounts) => {
  it('a sale is counted once, as it stands now, in its own month', async () => {
    const store = make();
    const silent: SaleCount = {
      month: '2026-11',
      outcome: 'silent',
      hasBoughtAgain: false,
      hasRecommended: false,
      wasReferred: false,
    };

    expect(await store.count(A, silent, undefined, NOW)).toBe(true);
    const known = { count: silent, version: 1 };
    await store.count(B, { ...silent, wasReferred: true }, undefined, NOW);
    await store.count(
      A,
      { ...silent, outcome: 'delighted', hasBoughtAgain: true, hasRecommended: true },
      known,
      NOW,
    );

    const counts = addUp(await store.ofMonth('2026-11'));
    expect(counts.cameBack.filter(({ of }) => of > 0)).toEqual([
      { outcome: 'delighted', of: 1, again: 1 },
      { outcome: 'silent', of: 1, again: 0 },
    ]);
    expect(counts).toMatchObject({ recommended: 1, referred: 1 });
    expect(addUp(await store.ofMonth('2026-10')).cameBack.some(({ of }) => of > 0)).toBe(false);
  });
};

describe('in memory', () => {
  referrals(createMemoryReferrals);
  outcomes(createMemoryOutcomes);
});

describe('in DynamoDB', () => {
  let table: Table;
  let folder = '';
  let local: Awaited<ReturnType<typeof startLocalAws>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aftercare-after-'));
    local = await startLocalAws(folder);
    const key = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
    await local.dynamodb.createTable({
      TableName: 'Sales',
      KeySchema: [
        { AttributeName: 'sale', KeyType: 'HASH' },
        { AttributeName: 'item', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['sale', 'item'].map(key),
    });
    table = createTable(local.clients.dynamodb, 'Sales');
  });
  afterAll(async () => {
    await local.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  referrals(() => createReferralStore(table));
  outcomes(() => createOutcomeCounts(table));

  it('a code leads nowhere once its person is forgotten', async () => {
    await createReferralStore(table).keep('BIKE-XYZ234', A);

    await createPersonSearch(table).forget(A);

    expect(await createReferralStore(table).find('BIKE-XYZ234')).toBeUndefined();
  });

  it('how a sale was counted stands beside its journal', async () => {
    expect(await table.get({ sale: A, item: 'counted' })).toMatchObject({
      data: expect.stringContaining('"outcome":"delighted"'),
    });
  });
});
