/** The command line. Each command is a file in bin/commands, loaded when it is the one asked for. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';

// Reading TypeScript is a third of a start: what was compiled is kept, so only the first start pays for it.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'aftercare'));

const { default: config } = await import('../aftercare.config.ts');
const { ConfigurationMistake } = await import('../functions/core/configuration.ts');

const COMMANDS = {
  local: async () => (await import('./commands/local.ts')).registerLocal,
  show: async () => (await import('./commands/show.ts')).registerShow,
  simulate: async () => (await import('./commands/simulate.ts')).registerSimulate,
  promise: async () => (await import('./commands/promise.ts')).registerPromise,
  staff: async () => (await import('./commands/staff.ts')).registerStaff,
  import: async () => (await import('./commands/import/import.ts')).registerImport,
  lint: async () => (await import('./commands/lint/lint.ts')).registerLint,
  'test-send': async () => (await import('./commands/test-send.ts')).registerTestSend,
  canary: async () => (await import('./commands/canary.ts')).registerCanary,
  cost: async () => (await import('./commands/cost/cost.ts')).registerCost,
  capacity: async () => (await import('./commands/cost/capacity.ts')).registerCapacity,
  preview: async () => (await import('./commands/preview.ts')).registerPreview,
  pause: async () => (await import('./commands/pause/pause.ts')).registerPause,
  resume: async () => (await import('./commands/pause/resume.ts')).registerResume,
  doctor: async () => (await import('./commands/doctor/doctor.ts')).registerDoctor,
  dlq: async () => (await import('./commands/dlq/dlq.ts')).registerDlq,
  redrive: async () => (await import('./commands/redrive/redrive.ts')).registerRedrive,
  sweep: async () => (await import('./commands/sweep.ts')).registerSweep,
  move: async () => (await import('./commands/move/move.ts')).registerMove,
};

const program = new Command('aftercare')
  .description(
    'Every sale is followed up, and whatever is owed to a customer is a promise that only the customer can close.',
  )
  .showHelpAfterError('(aftercare --help lists the commands)')
  .exitOverride();

/** Anything but the name of a command, such as --help, needs them all. */
const asked = Object.entries(COMMANDS).filter(([name]) => name === process.argv[2]);
for (const [, load] of asked.length > 0 ? asked : Object.entries(COMMANDS)) {
  const register = await load();
  register(program, config);
}

/** Mistakes a person can mend get one clear message; anything else is ours and shows where it happened. */
const explain = (error: unknown): number => {
  if (error instanceof CommanderError)
    return error.exitCode === 0 || error.code === 'commander.error' ? error.exitCode : 2;
  if (error instanceof ConfigurationMistake || (error instanceof Error && error.name === 'StartError')) {
    console.error(error.message);
    return 1;
  }
  console.error(error);
  return 1;
};

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
