/** Signs a request to POST /promises of a running Aftercare, sends it, and sends it again while that helps. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import * as z from 'zod';
import { fromLocal } from '../../functions/core/calendar.ts';
import type { Configuration } from '../../functions/core/configuration.ts';
import { secretsOf } from '../../lib/local/local-secrets.ts';
import { standardRequest } from '../../lib/local/sample-orders/shop-requests.ts';
import { CommandMistake } from './command-mistake.ts';

const LOCAL = 'http://127.0.0.1:8787';

export type CallFlags = { url: string; source?: string; id?: string };

/** The flags of every command that calls. */
export const withCallFlags = (command: Command): Command =>
  command
    .option('--url <address>', 'where Aftercare runs', LOCAL)
    .option(
      '--source <name>',
      'whose secret signs: AFTERCARE_SECRET_<NAME> (default: the first of kind standard)',
    )
    .option('--id <text>', 'the webhook-id; the same id is never carried out twice (default: a new one)');

const Health = z.object({ now: z.iso.datetime() });
const Problem = z.object({
  title: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), detail: z.string() })).optional(),
});

const sourceFor = (config: Configuration, named: string | undefined): string => {
  const known = Object.entries(config.sources).flatMap(([name, { kind }]) =>
    kind === 'standard' ? [name] : [],
  );
  const source = named ?? known[0];
  if (source !== undefined && known.includes(source)) return source;
  throw new CommandMistake(
    known.length === 0
      ? 'aftercare.config.ts has no source of kind standard, and only such a source may make promises.'
      : `There is no source "${named}" of kind standard. Use one of: ${known.join(', ')}.`,
  );
};

const jsonOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const ask = async (address: URL, init?: RequestInit): Promise<{ status: number; body: unknown }> => {
  try {
    const response = await fetch(address, init);
    return { status: response.status, body: await jsonOf(response) };
  } catch (error) {
    throw new CommandMistake(
      `Nothing answers at ${address.origin}. Start Aftercare with \`npm start\`, or say with --url where it runs.`,
      1,
      { cause: error },
    );
  }
};

/** The clock of a runtime on one machine may have been moved, and a signature carries its time. */
const clockOf = async (base: URL): Promise<number> => {
  const { body } = await ask(new URL('/_local/health', base));
  const health = Health.safeParse(body);
  return health.success ? Date.parse(health.data.now) : Date.now();
};

const explain = (base: URL, status: number, body: unknown): CommandMistake => {
  const problem = Problem.safeParse(body);
  if (!problem.success)
    return new CommandMistake(
      `${base.origin} is not a running Aftercare, or not this version of it (it answered ${status}).`,
      1,
    );
  const { title, detail, errors = [] } = problem.data;
  const lines = errors.filter((one) => one.detail !== detail).map((one) => `  ${one.path}: ${one.detail}`);
  return new CommandMistake([`${title}: ${detail}`, ...lines].join('\n'), 1);
};

const MOST_FAILURES = 3;
const MORE_TO_DO = z.object({ isMoreToDo: z.literal(true) });

/** What it answered. @throws CommandMistake with the problem's detail. */
export const callPromises = async (
  config: Configuration,
  body: object,
  flags: CallFlags,
): Promise<unknown> => {
  const { url, id = `msg_${randomUUID()}` } = flags;
  if (!URL.canParse('/promises', url))
    throw new CommandMistake(`--url ${url} is no address. Write it like ${LOCAL}.`);
  const address = new URL('/promises', url);
  const source = sourceFor(config, flags.source);
  const [secret = ''] = secretsOf(source, 'standard', process.env);
  for (let failures = 0; ; ) {
    const signed = standardRequest({ source, secret, at: await clockOf(address), id, body });
    const heard = await ask(address, { method: 'POST', headers: signed.headers, body: signed.body });
    if (heard.status >= 500) failures += 1;
    else if (heard.status >= 300) throw explain(address, heard.status, heard.body);
    else if (!MORE_TO_DO.safeParse(heard.body).success) return heard.body;
    if (failures === MOST_FAILURES) throw explain(address, heard.status, heard.body);
  }
};

/** `2026-11-27T15:00` on the clock of the shop, or an instant with its offset. */
export const instantIn = (config: Configuration, flag: string, text: string): string => {
  const instant = fromLocal(text, config.shop.zone) ?? z.iso.datetime({ offset: true }).safeParse(text).data;
  if (instant !== undefined) return instant;
  throw new CommandMistake(
    `${flag} ${text} is no time. Write 2026-11-27T15:00 (the clock in ${config.shop.zone}) or 2026-11-27T15:00:00+01:00.`,
  );
};
