/** The Aftercare that is to be told: where it is, which source signs, what its clock says. */
import * as z from 'zod';
import type { Configuration } from '../../../functions/core/configuration.ts';
import { secretsOf } from '../../../lib/local/local-secrets.ts';
import { CommandMistake } from '../command-mistake.ts';

export const LOCAL = 'http://127.0.0.1:8787';

export type Target = { address: URL; source: string; secret: string };

const sourceFor = (config: Configuration, named: string | undefined): string => {
  const known = Object.entries(config.sources).flatMap(([name, { kind }]) =>
    kind === 'standard' ? [name] : [],
  );
  const source = named ?? (known.length === 1 ? known[0] : undefined);
  if (source !== undefined && known.includes(source)) return source;
  if (known.length === 0)
    throw new CommandMistake(
      "aftercare.config.ts has no source of kind standard, and only such a source can be imported into. Add one: sources: { past: { kind: 'standard' } }.",
    );
  throw new CommandMistake(
    named === undefined
      ? `There are several sources of kind standard. Say with --source which one: ${known.join(', ')}.`
      : `There is no source "${named}" of kind standard. Use one of: ${known.join(', ')}.`,
  );
};

/** @throws CommandMistake for a source or an address that cannot be used. */
export const targetOf = (config: Configuration, flags: { url: string; source?: string }): Target => {
  const source = sourceFor(config, flags.source);
  const isAddress = URL.canParse(flags.url) && /^https?:$/.test(new URL(flags.url).protocol);
  if (!isAddress) throw new CommandMistake(`--url ${flags.url} is no address. Write it like ${LOCAL}.`);
  const [secret = ''] = secretsOf(source, 'standard', process.env);
  return { address: new URL(`/webhooks/${source}`, flags.url), source, secret };
};

const Health = z.object({ now: z.iso.datetime() });

/** How far the clock there is ahead: that of a runtime on one machine may have been moved, and a signature carries its time. */
export const clockAhead = async ({ address }: Target, now: () => number): Promise<number> => {
  try {
    const response = await fetch(new URL('/_local/health', address), { signal: AbortSignal.timeout(5000) });
    const health = Health.safeParse(await response.json());
    return health.success ? Date.parse(health.data.now) - now() : 0;
  } catch {
    /* On AWS there is no such page, and a dry run needs nobody to answer. */
    return 0;
  }
};
