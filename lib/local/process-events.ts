/** What the process itself tells the runtime: signals to stop, and errors that nobody handled. */
import type { Runtime } from './runtime.ts';

/**
 * Ctrl-C and SIGTERM stop the runtime in order; a second one ends the process at once. An error that nobody handled
 * fails the function call it came out of and never ends the process: whatever must survive is on disk.
 */
export const followProcess = (
  runtime: Pick<Runtime, 'stop'> & { lambda: Pick<Runtime['lambda'], 'blame'> },
  log: (line: string) => void,
): void => {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log(`${signal}: finishing what is under way`);
    runtime.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log(String(error));
        process.exit(1);
      },
    );
  };
  const unhandled = (error: unknown) => {
    if (runtime.lambda.blame(error)) return;
    log(`Nobody handled: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  // Whoever read what is printed has gone, as `head` does: saying so would fail as well, and again.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('unhandledRejection', unhandled);
  process.on('uncaughtException', unhandled);
};
