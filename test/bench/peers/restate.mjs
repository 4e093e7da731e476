// Restate: the workflow is a function behind HTTP, the server keeps its journal.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as restate from '@restatedev/restate-sdk';
import * as clients from '@restatedev/restate-sdk-clients';

const INGRESS = 18_080;
const ADMIN = 19_070;
const SERVICE = 19_080;
const SERVER = 'node_modules/.bin/restate-server';

const startServer = async () => {
  const server = spawn(SERVER, ['--base-dir', join(process.cwd(), 'data')], {
    stdio: 'ignore',
    // What npm puts in .bin starts the server as its own child: both end together.
    detached: true,
    env: {
      ...process.env,
      RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${INGRESS}`,
      RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${ADMIN}`,
      RESTATE_BIND_ADDRESS: '127.0.0.1:15122',
      RESTATE_DISABLE_TELEMETRY: 'true',
      // The default of 1,000 stalls 10,000 that wait.
      RESTATE_WORKER__INVOKER__CONCURRENT_INVOCATIONS_LIMIT: '50000',
    },
  });
  const stop = () => process.kill(-server.pid, 'SIGKILL');
  process.once('exit', stop);
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${ADMIN}/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The Restate server did not start within 30 seconds.');
};

const register = async () => {
  const answer = await fetch(`http://127.0.0.1:${ADMIN}/deployments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uri: `http://127.0.0.1:${SERVICE}`, force: true }),
  });
  if (!answer.ok) throw new Error(`Restate did not take the deployment: ${await answer.text()}`);
};

export const open = async ({ sleepMs, asked, next }) => {
  await startServer();
  const workflow = restate.workflow({
    name: 'FollowUp',
    handlers: {
      run: async (ctx, input) => {
        await ctx.run('record', () => input.journey);
        await ctx.sleep(sleepMs);
        await ctx.run('send', () => ({ sent: true }));
        await ctx.run('asked', () => asked(ctx.key));
        const answer = await ctx.promise('answer');
        await ctx.run('finish', () => {
          next(ctx.key);
          return answer;
        });
      },
      answer: (ctx, words) => ctx.promise('answer').resolve(words),
    },
  });
  await restate.serve({ services: [workflow], port: SERVICE });
  await register();
  const ingress = clients.connect({ url: `http://127.0.0.1:${INGRESS}` });
  const of = (id) => ingress.workflowClient({ name: 'FollowUp' }, id);
  return {
    start: (id, input) => of(id).workflowSubmit(input),
    signal: (id) => of(id).answer('happy'),
    settled: () => new Promise((resolve) => setTimeout(resolve, 50)),
    close: async () => undefined,
  };
};
