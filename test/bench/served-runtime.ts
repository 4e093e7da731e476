/** Aftercare on one machine in a process of its own, so that its CPU is not mixed with that of whoever loads it. */
import config from '../../aftercare.config.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { startAftercare } from '../../lib/local/aftercare.ts';

const [, , assembly = '', dataDir = ''] = process.argv;
const lines: string[] = [];

const runtime = await startAftercare({
  config: checkConfiguration(config),
  assembly,
  dataDir,
  port: 0,
  awsPort: 0,
  hasSchedules: false,
  threads: Number(process.env['BENCH_THREADS'] ?? 2),
  environment: {},
  log: (line) => lines.push(line),
});

const tell = (message: Record<string, unknown>) => process.send?.(message);

process.on('message', (question) => {
  if (question !== 'stop') {
    const { user, system } = process.cpuUsage();
    const residentMb = process.memoryUsage().rss / 1_048_576;
    tell({
      cpuMs: (user + system) / 1000,
      residentMb,
      units: { ...runtime.meter.read(), awsCalls: runtime.awsCalls() },
    });
    return;
  }
  void runtime.stop().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
tell({ url: runtime.url });
