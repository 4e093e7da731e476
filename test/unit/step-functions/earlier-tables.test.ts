import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { ADDED_COLUMNS } from '../../../lib/local/step-functions/earlier-tables.ts';
import { ask, open, task, temporaryFile, tokenKeeper } from './bench-of-one.ts';

const names = ADDED_COLUMNS.map((column) => column.split(' ')[0] ?? '');

/** Writes the file's rows as the release before laid them: roots among the threads, history by execution. */
const makeEarlier = (file: string): void => {
  const db = new DatabaseSync(file);
  db.exec(`
    INSERT INTO sfn_thread
      SELECT id * 1048576, id, 0, NULL, 0, coalesce(rootState, state), phase, coalesce(rootInput, input),
        coalesce(variables, '{}'), enteredAt, enteredEvent, rootEvent, retries, event, functionArn, payload, dueAt,
        timeoutAt, heartbeatMs, NULL, children, NULL FROM sfn_execution WHERE phase IS NOT NULL;
    CREATE TABLE sfn_history (id INTEGER PRIMARY KEY, events TEXT NOT NULL) STRICT;
    WITH RECURSIVE piece (execution, id) AS (
      SELECT id, history FROM sfn_execution
      UNION ALL SELECT execution, previous FROM piece JOIN sfn_event USING (id) WHERE previous IS NOT NULL
    )
    INSERT INTO sfn_history SELECT execution * 1048576 + first, events FROM piece JOIN sfn_event USING (id);
    DROP TABLE sfn_event;
    DROP INDEX sfn_root_due;
    DROP INDEX sfn_root_active;
  `);
  for (const name of names) db.exec(`ALTER TABLE sfn_execution DROP COLUMN ${name}`);
  db.close();
};

const STATES = {
  Ask: ask({ TimeoutSeconds: 60, Assign: { asked: 1 }, End: undefined, Next: 'Again' }),
  Again: ask({ TimeoutSeconds: 60, End: undefined, Next: 'Thank' }),
  Thank: task({ Arguments: '{% $asked %}' }),
};

/** Three sales of an earlier release: one waits, one has moved on, one has ended. */
const earlierFolder = async () => {
  const file = temporaryFile();
  const keeper = tokenKeeper();
  const before = open(file, keeper.lambda);
  await before.create(STATES, 'Ask');
  const arns = [
    await before.start({ sale: 1 }),
    await before.start({ sale: 2 }),
    await before.start({ sale: 3 }),
  ];
  const [, second = '', third = ''] = keeper.tokens;
  await before.succeed(second, 'well');
  await before.succeed(third, 'well');
  await before.time.whenIdle();
  await before.call('StopExecution', { executionArn: arns[2] });
  const told = await Promise.all(arns.map((arn) => before.history(arn)));
  before.store.close();
  makeEarlier(file);
  return { file, arns, told, tokens: keeper.tokens };
};

it('takes over the history of executions of an earlier release', async () => {
  const { file, arns, told } = await earlierFolder();

  const after = open(file, (payload) => payload);

  expect(await Promise.all(arns.map((arn) => after.history(arn)))).toEqual(told);
  after.store.close();
});

it('takes over executions that wait, with what they know', async () => {
  const { file, arns, tokens } = await earlierFolder();
  const after = open(file, (payload) => payload);

  await after.succeed(tokens[3] ?? '', 'well');
  await after.time.whenIdle();
  await after.pass(61);

  const outcomes = await Promise.all(arns.map((arn) => after.outcome(arn)));
  expect(outcomes).toEqual([
    { status: 'FAILED', error: 'States.Timeout' },
    { status: 'SUCCEEDED', output: 1 },
    { status: 'ABORTED' },
  ]);
  after.store.close();
});

it('takes over once: a second start finds what the first one left', async () => {
  const { file, arns } = await earlierFolder();
  const first = open(file, (payload) => payload);
  await first.pass(61);
  const left = await Promise.all(arns.map((arn) => first.history(arn)));
  first.store.close();

  const second = open(file, (payload) => payload);

  expect(await Promise.all(arns.map((arn) => second.history(arn)))).toEqual(left);
  second.store.close();
});
