// DBOS: the workflow is a function; its steps, its sleep and its messages are rows in Postgres.
import { DBOS } from '@dbos-inc/dbos-sdk';

const WEEK_S = 7 * 86_400;

export const open = async ({ address, sleepMs, asked, next }) => {
  DBOS.setConfig({
    name: 'peer',
    systemDatabaseUrl: address,
    systemDatabasePoolSize: 20,
    logLevel: 'error',
  });
  const run = async (id, input) => {
    await DBOS.runStep(async () => input.journey, { name: 'record' });
    await DBOS.sleepms(sleepMs);
    await DBOS.runStep(async () => ({ sent: true }), { name: 'send' });
    asked(id);
    const answer = await DBOS.recv('answer', WEEK_S);
    next(id);
    await DBOS.runStep(async () => answer, { name: 'finish' });
  };
  const workflow = DBOS.registerWorkflow(run, { name: 'followUp' });
  await DBOS.launch();
  return {
    start: async (id, input) => {
      await DBOS.startWorkflow(workflow, { workflowID: id })(id, input);
    },
    signal: (id) => DBOS.send(id, 'happy', 'answer'),
    settled: async () => {
      for (;;) {
        const open = await DBOS.listWorkflows({ status: 'PENDING', limit: 1 });
        if (open.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: () => DBOS.shutdown(),
  };
};
