import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { PromiseRequest } from '../../../functions/receive-promise/promise-request.ts';
import { promiseRequestSchema } from '../../../functions/receive-promise/promise-schema.ts';

const folder = new URL('../../../docs/schemas/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const examples = readdirSync(new URL('examples/', folder)).filter((file) => file.startsWith('promise-'));
const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  /* `oneOf` names fields that stand in the object around it. */
  strictRequired: false,
  formats: { 'date-time': /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/ },
});
const isValid = ajv.compile(promiseRequestSchema());

describe('the published schema of promise requests', () => {
  it('is the one that bodies are checked against (scripts/write-schemas.ts writes it)', () => {
    expect(read('promise-request.schema.json')).toEqual(promiseRequestSchema());
  });

  it('has an example of every type', () => {
    const types = examples.map((file) => PromiseRequest.parse(read(`examples/${file}`)).type);

    expect(new Set(types)).toEqual(new Set(PromiseRequest.options.map(({ shape }) => shape.type.value)));
  });

  it.each(examples)('accepts the example %s, and so do we', (file) => {
    const example = read(`examples/${file}`);

    expect(isValid(example), ajv.errorsText(isValid.errors)).toBe(true);
    expect(PromiseRequest.safeParse(example).success).toBe(true);
  });

  const call = { type: 'promise.create', order: 'standard/1', kind: 'call' };
  it.each([
    ['no order', { type: 'promise.create', kind: 'call' }],
    ['an unknown kind', { ...call, kind: 'letter' }],
    ['an unknown severity', { ...call, severity: 'worst' }],
    ['an unknown field', { ...call, colour: 'red' }],
    ['an order without its source', { ...call, order: '1001' }],
    ['a time without an offset', { ...call, due: '2026-11-27T15:00:00' }],
    ['half a window', { ...call, kind: 'visit', visit: { from: '2026-11-27T15:00:00Z' } }],
    ['neither due nor visit', { type: 'promise.reschedule', order: 'standard/1', promise: 'call-1' }],
    ['no reason', { type: 'promise.cancel', order: 'standard/1', promise: 'call-1' }],
    [
      'what is no id of a promise',
      { type: 'promise.hand-over', order: 'standard/1', promise: 'call', to: 'ben' },
    ],
  ])('refuses %s, and so do we', (_, body) => {
    expect(isValid(body)).toBe(false);
    expect(PromiseRequest.safeParse(body).success).toBe(false);
  });
});
