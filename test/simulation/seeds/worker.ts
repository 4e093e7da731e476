/**
 * Plays seeds in a process of its own: `node worker.ts <from> <count> <step> [sales]`, a line of JSON for each. Logs are caught
 * before any handler is loaded.
 */
import type { Case } from './case.ts';
import { salesFor } from './case.ts';
import { catchLogs } from './logs.ts';

const logs = catchLogs();
const { createPlayer } = await import('./play.ts');
const { readMachines } = await import('../../../lib/simulation/machines.ts');

const [from = 0, count = 1, step = 1, sales] = process.argv.slice(2).map(Number);
const play = createPlayer(readMachines(), logs);

const tell = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`);

for (let n = 0; n < count; n += 1) {
  const seed = from + n * step;
  const given: Case = { seed, sales: sales ?? salesFor(seed) };
  try {
    const { findings, digest, counts } = await play(given);
    tell({ seed, findings, digest, counts });
  } catch (error) {
    const what = error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error);
    tell({
      seed,
      findings: [{ law: 'none', sale: '', what: `the run broke: ${what}` }],
      digest: '',
      counts: {},
    });
  }
}
