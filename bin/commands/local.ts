/** `aftercare local`: the whole of Aftercare on this machine. What `npm start` runs. */
import { mkdirSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { startAftercare } from '../../lib/local/aftercare.ts';
import { followProcess } from '../../lib/local/process-events.ts';
import type { Runtime } from '../../lib/local/runtime.ts';
import type { SmtpPort } from '../../lib/local/smtp-in.ts';
import { makeAssembly } from './assembly.ts';

const port = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value < 65_536) return value;
  throw new InvalidArgumentError('A port is a whole number from 0 (any free one) to 65535.');
};

const smtpPort = (text: string): number | 'off' => (text === 'off' ? 'off' : port(text));

/** Another program may have the port that nobody asked for; one that was asked for must be had. */
const DEFAULT_SMTP_PORT = 2525;
const smtpIn = (given: number | 'off' | undefined): SmtpPort | undefined =>
  given === 'off' ? undefined : { port: given ?? DEFAULT_SMTP_PORT, isOptional: given === undefined };

/** More would hold the functions in memory for nothing: everything else runs in one thread. */
const MOST_THREADS = 2;

const log = (line: string) => console.log(line);

const welcome = (
  { url, awsUrl, smtpPort: mailPort }: Pick<Runtime, 'url' | 'awsUrl' | 'smtpPort'>,
  sources: readonly string[],
) => `
  Aftercare is running on this machine.

  Console       ${url}/
                Place a sample order there (press Shopify), then move the clock to the check-in.
  Webhooks      ${url}/webhooks/<source>   (${sources.join(', ')})
  Mailbox       in the console, or ${url}/_local/emails
  Mail in       ${mailPort === undefined ? `POST ${url}/_local/emails` : `SMTP at 127.0.0.1:${mailPort}, or POST ${url}/_local/emails`}
  AWS parts     ${awsUrl}   for example:
                aws stepfunctions list-executions --endpoint-url ${awsUrl} \\
                  --state-machine-arn arn:aws:states:us-east-1:000000000000:stateMachine:Aftercare-FollowUp

  Ctrl-C stops it; everything is kept and carries on at the next start.
`;

type Flags = {
  port: number;
  awsPort: number;
  smtpPort?: number | 'off';
  data: string;
  host?: string;
  canary?: true;
};

const run = async (config: unknown, flags: Flags): Promise<void> => {
  const checked = checkConfiguration(config);
  const dataDir = resolve(flags.data);
  mkdirSync(dataDir, { recursive: true });
  const assembly = await makeAssembly(config, dataDir, log);
  const runtime = await startAftercare({
    config: checked,
    assembly,
    dataDir,
    port: flags.port,
    awsPort: flags.awsPort,
    smtpIn: smtpIn(flags.smtpPort),
    host: flags.host,
    withCanary: flags.canary,
    threads: Math.min(MOST_THREADS, availableParallelism()),
    environment: process.env,
    log,
  });
  followProcess(runtime, log);
  log(welcome(runtime, Object.keys(checked.sources)));
  // Written at the end otherwise, which a runtime that is killed never comes to.
  flushCompileCache();
};

export const registerLocal = (program: Command, config: unknown): void => {
  program
    .command('local')
    .description('run the whole stack on this machine, with a mailbox, a clock you can move and a console')
    .option('--port <number>', 'port of the console, the pages and the webhooks', port, 8787)
    .option('--aws-port <number>', 'port of the AWS parts, for the AWS SDK and command line', port, 8788)
    .option(
      '--smtp-port <number>',
      `port for mail coming in, or off (default: ${DEFAULT_SMTP_PORT} when it is free)`,
      smtpPort,
    )
    .option('--data <folder>', 'where everything is kept', '.aftercare')
    .option(
      '--host <address>',
      'address to listen on; other machines can then reach it (default: this machine only)',
    )
    .option('--canary', 'make the hourly synthetic sale too, as a deployment does')
    .addHelpText('after', '\nExample:\n  npm start -- --port 9000 --data /tmp/try-it')
    .action((flags: Flags) => run(config, flags));
};
