/** A runtime of its own in a folder of its own, on which each path is played once; gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration, ConfigurationInput } from '../../functions/core/configuration.ts';
import { checkConfiguration } from '../../functions/core/configuration.ts';
import { startAftercare } from '../local/aftercare.ts';
import { type PlayedPath, type PlayLength, playPath } from './played-paths.ts';
import type { Path } from './units.ts';

/** The connection that the sales of a meter come by. */
const METERED_SOURCE = 'metered';
const SECRET = 'whsec_bWV0ZXJlZC1tZXRlcmVkLW1ldGVyZWQ=';
const MONDAY_HOUR = 8;
const WEEK = 7;

export type PathTable = Readonly<Record<Path, PlayedPath>>;

/** What is compared ends with the answer or the promise, so nobody is asked for a review in it. */
export const withoutReview = ({ journeys, ...config }: Configuration): Configuration => ({
  ...config,
  journeys: Object.fromEntries(
    Object.entries(journeys).map(([name, { review: _, ...journey }]) => [name, journey]),
  ),
});

/** The shop as it is, with one connection that anybody here can sign for and one journey for all that comes by it. */
export const meteredConfiguration = (config: Configuration, journey: string): ConfigurationInput => ({
  ...config,
  sources: { [METERED_SOURCE]: { kind: 'standard', testOrders: 'accept' } },
  choose: [],
  otherwise: journey,
});

/** The next Monday morning, so that a year of public holidays begins no path in the middle of one. */
const nextMonday = (now: number): number => {
  const date = new Date(now);
  const days = ((WEEK + 1 - date.getUTCDay()) % WEEK) + WEEK;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days, MONDAY_HOUR);
};

type Given = {
  config: ConfigurationInput;
  /** What the CDK app synthesized of this very configuration. */
  assembly: string;
  now: number;
  /** Of kind standard; the one of `meteredConfiguration` when left out. */
  source?: string;
  /** How far each path goes; to its end when left out. */
  length?: PlayLength;
};

export const measurePaths = async ({
  config,
  assembly,
  now,
  source = METERED_SOURCE,
  length = 'whole',
}: Given): Promise<PathTable> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'aftercare-cost-'));
  const runtime = await startAftercare({
    config: checkConfiguration(config),
    assembly,
    dataDir,
    port: 0,
    awsPort: 0,
    environment: { [`AFTERCARE_SECRET_${source.toUpperCase()}`]: SECRET },
    hasSchedules: false,
    log: () => undefined,
  });
  try {
    await runtime.time.advanceTo(nextMonday(now));
    const shop = { source, secret: SECRET };
    const play = async (path: Path): Promise<PlayedPath> => playPath(runtime, shop, path, length);
    /* One after the other: what two do at once could not be told apart. The first warms every function. */
    await play('unhappy');
    const [happy, reminded, silent, unhappy] = [
      await play('happy'),
      await play('reminded'),
      await play('silent'),
      await play('unhappy'),
    ];
    return { happy, reminded, silent, unhappy };
  } finally {
    await runtime.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
