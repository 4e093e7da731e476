/** The command line. Each command is a file in bin/commands. */
import { Command, CommanderError } from 'commander';
import config from '../aftercare.config.ts';
import { ConfigurationMistake } from '../functions/core/configuration.ts';
import { registerLocal } from './commands/local.ts';
import { registerPreview } from './commands/preview.ts';
import { registerShow } from './commands/show.ts';
import { registerSimulate } from './commands/simulate.ts';

const program = new Command('aftercare')
  .description(
    'Every sale is followed up, and whatever is owed to a customer is a promise that only the customer can close.',
  )
  .showHelpAfterError('(aftercare --help lists the commands)')
  .exitOverride();

registerLocal(program, config);
registerShow(program, config);
registerSimulate(program, config);
registerPreview(program, config);

/** Mistakes a person can mend get one clear message; anything else is ours and shows where it happened. */
const explain = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
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
