/** A process that talks on when nobody listens, and then says to its parent how many errors nobody handled. */
import { setTimeout as sleep } from 'node:timers/promises';
import { followProcess } from '../../../../lib/local/process-events.ts';

const runtime = { lambda: { blame: () => false }, stop: async () => undefined };
let errors = 0;

followProcess(runtime, (line) => {
  errors += 1;
  process.stdout.write(`${line}\n`);
});
process.stdout.write('ready\n');
process.once('message', async () => {
  for (let line = 0; line < 3; line += 1) {
    process.stdout.write('to nobody\n');
    await sleep(10);
  }
  process.send?.(errors);
  process.disconnect();
});
