// pg-boss is a queue: what a workflow engine keeps (where a flow stands) is a table beside it.
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const WEEK_S = 7 * 86_400;

export const open = async ({ address, sleepMs, asked, next }) => {
  const pool = new pg.Pool({ connectionString: address, max: 10 });
  await pool.query('CREATE TABLE flow (id text PRIMARY KEY, state text NOT NULL, input jsonb NOT NULL)');
  const boss = new PgBoss({ connectionString: address, max: 10, useListenNotify: true, supervise: false });
  boss.on('error', console.error);
  await boss.start();
  for (const name of ['ask', 'answer', 'silent']) await boss.createQueue(name, { notify: true });
  const how = { batchSize: 200, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 };
  const idsOf = (jobs) => jobs.map(({ data }) => data.id);
  const move = (ids, state) => pool.query('UPDATE flow SET state = $2 WHERE id = ANY ($1)', [ids, state]);
  await boss.work('ask', how, async (jobs) => {
    const ids = idsOf(jobs);
    await move(ids, 'asked');
    await boss.insert(
      'silent',
      ids.map((id) => ({ data: { id }, startAfter: WEEK_S })),
    );
    for (const id of ids) asked(id);
  });
  await boss.work('answer', how, async (jobs) => {
    const ids = idsOf(jobs);
    for (const id of ids) next(id);
    await move(ids, 'ended');
  });
  return {
    start: async (id, input) => {
      await pool.query("INSERT INTO flow (id, state, input) VALUES ($1, 'started', $2)", [id, input]);
      await boss.send('ask', { id }, { startAfter: sleepMs / 1000 });
    },
    signal: (id) => boss.send('answer', { id }),
    settled: async () => {
      for (;;) {
        const { rows } = await pool.query(
          "SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'answer' AND state <> 'completed'",
        );
        if (rows[0].n === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close: async () => {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
};
