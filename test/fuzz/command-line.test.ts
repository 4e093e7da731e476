import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerCanary } from '../../bin/commands/canary.ts';
import { registerDlq } from '../../bin/commands/dlq/dlq.ts';
import { registerDoctor } from '../../bin/commands/doctor/doctor.ts';
import { registerLint } from '../../bin/commands/lint/lint.ts';
import { registerMove } from '../../bin/commands/move/move.ts';
import { registerPause } from '../../bin/commands/pause/pause.ts';
import { registerResume } from '../../bin/commands/pause/resume.ts';
import { registerPreview } from '../../bin/commands/preview.ts';
import { registerPromise } from '../../bin/commands/promise.ts';
import { registerRedrive } from '../../bin/commands/redrive/redrive.ts';
import { registerShow } from '../../bin/commands/show.ts';
import { registerSimulate } from '../../bin/commands/simulate.ts';
import { registerStaff } from '../../bin/commands/staff.ts';
import { registerSweep } from '../../bin/commands/sweep.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { shopifyOrder, standardEvent, standardOrder, stripeCheckout, wooOrder } from '../fixtures/orders.ts';
import { cliConfig } from '../unit/cli/cli-config.ts';
import { importFile, importOrders, NOWHERE } from '../unit/cli/import-stub.ts';
import { type Ran, runCommand } from '../unit/cli/run-command.ts';
import { mangled } from './kit/mutate-bytes.ts';
import { mutated } from './kit/mutate-json.ts';
import { nastyText } from './kit/nasty.ts';
import { withoutMetrics } from './kit/quiet.ts';
import { runs, SEED } from './kit/runs.ts';

withoutMetrics();

type Register = Parameters<typeof runCommand>[0];
type Typed = { words: readonly string[]; flags: readonly string[]; register: Register };

/** Nothing answers there. */
const DEAD = ['--url', 'http://127.0.0.1:9'];

/** Commands that ask a stack, with the flags whose values are worth a try. */
const REMOTE: readonly Typed[] = [
  { register: registerShow, words: ['show'], flags: ['--json'] },
  {
    register: registerPromise,
    words: ['promise', 'make'],
    flags: ['--kind', '--due', '--says', '--owner', '--severity', '--from', '--to', '--provider', '--place'],
  },
  {
    register: registerPromise,
    words: ['promise', 'reschedule'],
    flags: ['--due', '--reason', '--from', '--to'],
  },
  { register: registerPromise, words: ['promise', 'hand-over'], flags: ['--to'] },
  { register: registerPromise, words: ['promise', 'cancel'], flags: ['--reason'] },
  { register: registerStaff, words: ['staff', 'leaves'], flags: ['--to'] },
  { register: registerCanary, words: ['canary'], flags: ['--stack', '--region'] },
  {
    register: registerPause,
    words: ['pause'],
    flags: ['--source', '--journey', '--for', '--until', '--reason', '--by', '--list'],
  },
  { register: registerResume, words: ['resume'], flags: ['--source', '--journey'] },
  { register: registerDoctor, words: ['doctor'], flags: ['--json'] },
  { register: registerDlq, words: ['dlq', 'list'], flags: ['--json'] },
  { register: registerDlq, words: ['dlq', 'show'], flags: ['--limit', '--body'] },
  { register: registerDlq, words: ['dlq', 'replay'], flags: ['--id', '--all', '--reason', '--limit'] },
  { register: registerRedrive, words: ['redrive'], flags: ['--since', '--machine', '--name', '--yes'] },
  { register: registerSweep, words: ['sweep'], flags: ['--daily', '--watch'] },
  {
    register: registerMove,
    words: ['move'],
    flags: ['--from-version', '--machine', '--limit', '--per-second', '--yes'],
  },
];

/** Words as a shell would hand them over: no NUL, and nothing that asks for AWS or for a file to be written. */
const word = nastyText.map((text) => text.replaceAll('\0', '')).filter((text) => !/^-/.test(text));

const typed = fc.constantFrom(...REMOTE).chain((command) =>
  fc
    .tuple(
      fc.array(word, { maxLength: 2 }),
      fc.array(fc.tuple(fc.constantFrom(...command.flags, '--no-such-flag'), fc.option(word)), {
        maxLength: 3,
      }),
    )
    .map(([words, flags]) => ({
      register: command.register,
      args: [
        ...command.words,
        ...words,
        ...flags.flatMap(([flag, value]) => (value === null ? [flag] : [flag, value])),
        ...DEAD,
      ],
    })),
);

/** Says what is wrong in words, and shows nobody where in the program it was found. */
const expectClear = ({ out, err, exitCode }: Ran, codes: readonly number[]): void => {
  expect(codes).toContain(exitCode);
  if (exitCode !== 0) expect((err + out).trim()).not.toBe('');
  expect(err + out).not.toMatch(/\n\s+at .+:\d+:\d+|\[object |TypeError|RangeError|ZodError/);
};

let folder = '';
let count = 0;
const fileOf = (content: string | Buffer): string => {
  count += 1;
  const path = join(folder, `file-${count % 50}.json`);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe(`the command line (seed ${SEED})`, () => {
  it('answers garbage with 1 or 2 and a clear line', async () => {
    await fc.assert(
      fc.asyncProperty(typed, async ({ register, args }) => {
        expectClear(await runCommand(register, checkConfiguration(cliConfig), args), [1, 2]);
      }),
      runs(150),
    );
  });

  it('says of every file that holds no order why it cannot be simulated', async () => {
    const orders = [
      standardEvent('order.created', standardOrder()),
      standardOrder(),
      shopifyOrder(),
      wooOrder(),
      stripeCheckout(),
    ];
    const content = fc.oneof(
      { weight: 3, arbitrary: mutated(...orders).map((order) => JSON.stringify(order) ?? '') },
      { weight: 1, arbitrary: mangled(...orders.map((order) => JSON.stringify(order))) },
    );
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.constantFrom([], ['--json'], ['--now', '2026-11-03T09:00:00Z']),
        async (text, flags) => {
          const ran = await runCommand(registerSimulate, cliConfig, ['simulate', fileOf(text), ...flags]);

          expectClear(ran, [0, 2]);
        },
      ),
      runs(25),
    );
  });

  it('says of every line that is no order why it is left out of an import', async () => {
    const sheet = [
      'order id,placed at,email,first name,phone,product,type,quantity,total,currency,delivered at,status',
      '1001,2031-02-24,lea@example.org,Lea,,Oak stool,furniture,1,129.90,CHF,2031-02-27,paid',
      '1002,2031-02-03,jo@example.org,Jo,,"Bench, long",,1,80,CHF,,paid',
    ].join('\n');
    const lines = [
      standardEvent('order.created', standardOrder()),
      standardEvent('order.paid', standardOrder()),
    ]
      .map((order) => JSON.stringify(order))
      .join('\n');
    await fc.assert(
      fc.asyncProperty(mangled(sheet, lines), fc.constantFrom('csv', 'ndjson'), async (bytes, kind) => {
        const file = importFile(`orders.${kind}`, bytes.toString('latin1'));

        expectClear(await importOrders(file, NOWHERE), [0, 1, 2]);
      }),
      runs(60),
    );
  });

  it.each<[string[], Register]>([
    [['preview', '../../etc/passwd'], registerPreview],
    [['preview', 'check-in', '--variant', '__proto__'], registerPreview],
    [['preview', 'constructor'], registerPreview],
    [['lint', '--content', '/no/such/folder'], registerLint],
    [['simulate', '/no/such/file.json'], registerSimulate],
    [['simulate', tmpdir()], registerSimulate],
    [['simulate'], registerSimulate],
  ])('refuses what is not there: %j', async (args, register) => {
    expectClear(await runCommand(register, cliConfig, args), [1, 2]);
  });
});
