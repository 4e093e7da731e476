/** Runs twice, with zod as it is and with the one in the bundles: it must tell the same of every schema. */
import * as z from 'zod';
import { Entry } from '../../functions/core/journal.ts';

const Named = z.strictObject({
  name: z.string().trim().min(1).max(5),
  age: z.int().nonnegative().optional(),
});
const kinds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('a'), at: z.iso.datetime() }),
  z.object({ kind: z.literal(['b', 'c']), of: Named.extend({ more: z.array(z.string()).max(2) }) }),
]);
type Tree = { leaf?: string | undefined; twigs?: Tree[] | undefined };
const Tree: z.ZodType<Tree> = z.object({
  leaf: z.string().optional(),
  get twigs() {
    return z.array(Tree).optional();
  },
});

/** Each way of making a schema that functions/ knows, and some that it may come to know. */
const SCHEMAS: Record<string, z.ZodType> = {
  Named,
  kinds,
  Tree,
  Entry,
  short: z.string().max(3),
  shorter: z.string().max(3).max(2),
  pattern: z.string().regex(/^[a-z]+$/, 'small letters'),
  email: z.email(),
  loud: z.string().transform((text) => text.toUpperCase()),
  piped: z.string().pipe(z.coerce.number<string>().positive()),
  named: z.string('expected a word').brand<'Word'>(),
  given: z.strictObject({ is: z.boolean().default(true), list: z.array(z.string()).default([]) }),
  either: z.union([z.string(), z.number(), Named]),
  nothing: z.null().or(z.undefined()),
  choice: z.enum(['x', 'y']),
  fewer: z.enum(['x', 'y', 'z']).exclude(['z']),
  table: z.record(z.string().regex(/^k/), z.number()),
  pair: z.tuple([z.string(), z.number()]),
  caught: z.string().catch('instead'),
  refined: Named.refine(({ name }) => name !== 'no', 'not no').nullable(),
  told: z.array(Named).superRefine((all, context) => {
    if (all.length > 1) context.addIssue({ code: 'custom', message: 'too many', path: ['1'] });
  }),
  picked: Named.pick({ name: true }),
  left: Named.omit({ name: true }),
  both: Named.extend({ name: z.literal('x') }),
  url: z.url({ protocol: /^https$/ }),
  checked: z.custom<number>((value) => typeof value === 'number', 'a number'),
  made: z.instanceof(Date),
  any: z.unknown(),
};

const VALUES: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  'abcd',
  ' x ',
  '12',
  'a@b.example',
  'https://a.example/',
  0,
  1.5,
  [],
  ['x', 1],
  ['x', 1, 2],
  new Date(0),
  {},
  { name: 'x' },
  { name: 'no', age: 1 },
  { name: '', age: -1, other: 1 },
  [{ name: 'x' }, { name: 'y' }],
  { kind: 'a', at: '2026-03-02T09:00:00Z' },
  { kind: 'b', of: { more: ['x', 'y', 'z'] } },
  { kind: 'c', of: {} },
  { kind: 'd' },
  { k1: 1, k2: 'x' },
  { l: 1 },
  { leaf: 'x', twigs: [{ twigs: [{ leaf: 'y' }] }] },
  { twigs: [{ twigs: [{ leaf: 1 }] }] },
  { is: false, list: ['x'] },
  { type: 'delivered', at: '2026-03-02T09:00:00.000Z', eventId: 'e', occurredAt: '2026-03-02T09:00:00.000Z' },
  { type: 'replied', at: 'x', n: 0, reply: {}, evidence: { agent: 1 } },
  { type: 'nothing' },
];

/** So often that zod compiles the schema meanwhile. */
const TIMES = 60;

const verdict = (schema: z.ZodType, value: unknown): unknown => {
  const { success, data, error } = schema.safeParse(value);
  return success ? { data } : { issues: error.issues };
};

const told = Object.entries(SCHEMAS).map(([name, schema]) => {
  const first = VALUES.map((value) => verdict(schema, value));
  for (let time = 0; time < TIMES; time += 1) VALUES.map((value) => verdict(schema, value));
  const { safeParse, optional } = schema;
  return {
    name,
    first,
    later: VALUES.map((value) => verdict(schema, value)),
    isType: schema instanceof z.ZodType,
    isObject: schema instanceof z.ZodObject,
    type: schema.type,
    has: Object.keys(schema).sort(),
    bare: [safeParse('x').success, optional().safeParse(undefined).success],
  };
});

console.log(
  JSON.stringify(
    {
      told,
      options: kinds.options.map((option) => [...option.shape.kind.values]),
      shape: Object.keys(Named.shape),
      choices: z.enum(['x', 'y']).options,
      element: z.array(z.string()).element.type,
      inner: z.string().optional().unwrap().type,
    },
    (_, value: unknown) => (value === undefined ? '(undefined)' : value),
    1,
  ),
);
