import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { synthesized } from '../fixtures/synthesized.ts';
import { readTemplate } from './read-template.ts';

const Key = z.strictObject({ AttributeName: z.string(), KeyType: z.literal(['HASH', 'RANGE']) });
const Index = z.strictObject({
  IndexName: z.string(),
  KeySchema: z.array(Key),
  Projection: z.strictObject({ ProjectionType: z.string() }),
});
const Table = z.strictObject({
  GlobalSecondaryIndexes: z.array(Index).default([]),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.literal('S') })),
  KeySchema: z.array(Key),
  BillingMode: z.string(),
  DeletionProtectionEnabled: z.boolean(),
  PointInTimeRecoverySpecification: z.strictObject({ PointInTimeRecoveryEnabled: z.boolean() }),
  SSESpecification: z.strictObject({
    KMSMasterKeyId: z.string(),
    SSEEnabled: z.boolean(),
    SSEType: z.string(),
  }),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
});

const template = readTemplate(synthesized().template);
const tables = template.of('AWS::DynamoDB::Table').map(([id, resource]) => ({
  name: template.nameOf(id),
  resource,
  table: template.read(Table, resource.Properties),
}));

/** The keys the adapters write with: sale-store, people-store, link-store, parked-store. */
const KEYS: Record<string, string[]> = {
  StorageSales: ['sale', 'item'],
  StorageLinks: ['digest'],
  StorageParked: ['source', 'id'],
};
/** A journal never expires; links and parked events do. */
const EXPIRE: Record<string, string | undefined> = {
  StorageSales: 'ttl',
  StorageLinks: 'ttl',
  StorageParked: 'ttl',
};

describe('the tables', () => {
  it('are three', () => {
    expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys(KEYS).sort());
  });

  it.each(tables)('$name has the keys its adapter writes', ({ name, table }) => {
    expect(table.KeySchema.map(({ AttributeName }) => AttributeName)).toEqual(KEYS[name]);
    expect(table.KeySchema.map(({ KeyType }) => KeyType)).toEqual(
      ['HASH', 'RANGE'].slice(0, table.KeySchema.length),
    );
  });

  it.each(tables)(
    '$name survives mistakes: recovery to any second, no deletion, kept without the stack',
    ({ table, resource }) => {
      expect(table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
      expect(table.DeletionProtectionEnabled).toBe(true);
      expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    },
  );

  it.each(tables)('$name is encrypted with the key of the stack', ({ table }) => {
    expect(table.SSESpecification).toEqual({ KMSMasterKeyId: '<Key>', SSEEnabled: true, SSEType: 'KMS' });
  });

  it.each(tables)('$name is paid by use', ({ table }) => {
    expect(table.BillingMode).toBe('PAY_PER_REQUEST');
  });

  it.each(tables)('$name lets go of what has expired, and of nothing else', ({ name, table }) => {
    const attribute = EXPIRE[name];

    expect(table.TimeToLiveSpecification).toEqual(
      attribute === undefined ? undefined : { AttributeName: attribute, Enabled: true },
    );
  });
});

describe('the indexes', () => {
  it('are two: open promises by owner, soonest due first, and waits by the time they run to', () => {
    const indexes = tables.flatMap(({ name, table }) =>
      table.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => [
        name,
        IndexName,
        KeySchema.map(({ AttributeName }) => AttributeName),
        Projection.ProjectionType,
      ]),
    );

    expect(indexes).toEqual([
      ['StorageSales', 'Open', ['openOf', 'dueAt'], 'ALL'],
      ['StorageSales', 'Due', ['dueOf', 'dueAt'], 'KEYS_ONLY'],
    ]);
  });
});

describe('the key', () => {
  const [[, key] = [undefined, undefined]] = template.of('AWS::KMS::Key');

  it('rotates and is kept: without it nothing of the above can be read', () => {
    expect(key?.Properties['EnableKeyRotation']).toBe(true);
    expect([key?.DeletionPolicy, key?.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  });
});
