import { catchLogs } from './logs.ts';
const logs = catchLogs();
const { createPlayer } = await import('./play.ts');
const { readMachines } = await import('../../../lib/simulation/machines.ts');
const play = createPlayer(readMachines(), logs);
const from = Number(process.argv[2] ?? 0), n = Number(process.argv[3] ?? 1), sales = Number(process.argv[4] ?? 4);
const random = Math.random;
for (let seed = from; seed < from + n; seed += 1) {
  const before = process.cpuUsage();
  const p = await play({ seed, sales });
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(`${seed} ${p.digest.slice(0, 8)} ${JSON.stringify(p.counts)} cpu ${Math.round((user + system) / 1000)} ms logs ${logs.length}\n`);
  for (const f of p.findings) process.stdout.write(`   ${f.law} ${f.sale}: ${f.what}\n`);
}
if (process.env['LOGS']) for (const l of logs) process.stdout.write(l + '\n');
