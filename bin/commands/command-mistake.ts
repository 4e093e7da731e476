/** How a command says that it cannot do what it was asked to. */
import { type Command, CommanderError } from 'commander';

/** The message says what to do; 2 for what was typed, 1 for the world it met. */
export class CommandMistake extends Error {
  override name = 'CommandMistake' as const;
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 2, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** `ENOENT` and the like, for sentences. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown trouble';

/** The command ends with a mistake's message on standard error and its exit code, and with 2 for wrong usage. */
export const explainMistakes = <A extends unknown[]>(
  command: Command,
  run: (...given: A) => Promise<void>,
): ((...given: A) => Promise<void>) => {
  command.exitOverride((error) => {
    const isUsage = error.exitCode !== 0 && error.code !== 'commander.error';
    throw isUsage ? new CommanderError(2, error.code, error.message) : error;
  });
  return async (...given) => {
    try {
      await run(...given);
    } catch (error) {
      if (error instanceof CommandMistake) command.error(error.message, { exitCode: error.exitCode });
      throw error;
    }
  };
};
