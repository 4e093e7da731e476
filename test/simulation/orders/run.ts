/**
 * `node test/simulation/orders/run.ts "create,reply!3,timer"` plays one schedule and tells all of it;
 * `node test/simulation/orders/run.ts --depth 6 [--ratings 2,5] [--half 1]` walks every order, or half of them.
 */
import { parseArgs } from 'node:util';

process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';

const { createModel } = await import('./model.ts');
const { createGraph } = await import('./graph.ts');
const { explore } = await import('./explore.ts');
const { playSchedule, readSchedule } = await import('./schedule.ts');
const { report } = await import('./report.ts');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    depth: { type: 'string' },
    ratings: { type: 'string', default: '5,2' },
    half: { type: 'string' },
  },
});
const [first = 5, second = 2] = values.ratings.split(',').map(Number);
const ratings = [first, second] as const;
const model = await createModel({ ratings });
const [schedule] = positionals;

const playOne = async (text: string): Promise<boolean> => {
  const { state, told, findings } = await playSchedule(model, readSchedule(text));
  for (const { text: step, points } of told) {
    console.log(step);
    for (const [index, { process: who, what }] of points.entries())
      console.log(`  ${index + 1}. ${who.kind}: ${what}`);
  }
  for (const { message, to, attempt } of state.mails) console.log(`mail ${message} #${attempt} to ${to}`);
  for (const one of state.executions.values())
    console.log(`${one.machine}: ${one.phase === 'over' ? one.status : one.state}`);
  for (const finding of findings) console.log(`BROKEN ${finding}`);
  return findings.length === 0;
};

const walk = async (): Promise<boolean> => {
  const graph = createGraph(model);
  const share = values.half === undefined ? {} : { worker: Number(values.half) - 1, of: 2 };
  const explored = await explore(graph, { depth: Number(values.depth ?? 4), ...share });
  const { user, system } = process.cpuUsage();
  console.log(report(graph, explored, ratings));
  console.log(`${Math.round((user + system) / 1e6)} s of CPU`);
  return explored.failures.length === 0;
};

process.exitCode = (await (schedule === undefined ? walk() : playOne(schedule))) ? 0 : 1;
