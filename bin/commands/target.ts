/** Whom a command acts on: the stack on AWS or the one on this machine, found by the names of the template. */
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { Command } from 'commander';
import * as z from 'zod';
import { LOCAL_REGION } from '../../lib/local/stack/place.ts';
import { CommandMistake } from './command-mistake.ts';
import { toldPlainly } from './target-trouble.ts';

const LOCAL = 'http://localhost:8787';
const STACK = 'Aftercare';

/** `id` is what Ref gives on AWS: a queue's URL, a table's name, the ARN of a machine or topic, a function's name. */
const Part = z.object({ logicalId: z.string(), type: z.string(), id: z.string() });
export type Part = z.output<typeof Part>;

export type Target = {
  /** `the stack Aftercare in eu-central-1` or `this machine (http://localhost:8787)`. */
  readonly name: string;
  readonly isLocal: boolean;
  /** For the constructor of any AWS SDK v3 client. */
  readonly client: {
    region: string;
    endpoint?: string;
    credentials?: { accessKeyId: string; secretAccessKey: string };
  };
  /** Where the pages and webhooks of a runtime on this machine answer. */
  readonly url?: string;
  /** What time it is there, in epoch milliseconds: the clock of a runtime on one machine can be moved. */
  now(): Promise<number>;
  /** Parts of one type. */
  parts(type: string): Promise<Part[]>;
  /**
   * The one part of the type whose logical id begins with the given text (construct path without slashes, as `StorageSales`).
   * @throws CommandMistake
   */
  part(type: string, prefix: string): Promise<Part>;
};

export type TargetFlags = { aws?: boolean; stack?: string; region?: string; url?: string };

/** Adds the flags that say whom a command acts on. */
export const targetOptions = (command: Command): Command =>
  command
    .option('--aws', 'act on the deployed stack (default: on this machine)')
    .option('--stack <name>', `the deployed stack, with --aws (default: ${STACK})`)
    .option('--region <name>', 'where it is deployed, with --aws (default: as the AWS command line has it)')
    .option('--url <address>', `where the runtime of this machine answers (default: ${LOCAL})`);

/** CDK ends a logical id with eight characters of its path's digest. */
const isNamed = (logicalId: string, prefix: string) =>
  logicalId === prefix ||
  (logicalId.startsWith(prefix) && /^[0-9A-F]{8}$/.test(logicalId.slice(prefix.length)));

const onlyOne = (name: string, type: string, prefix: string, found: readonly Part[]): Part => {
  const exact = found.filter(({ logicalId }) => isNamed(logicalId, prefix));
  const candidates = exact.length > 0 ? exact : found.filter(({ logicalId }) => logicalId.startsWith(prefix));
  const [first, second] = candidates;
  if (first === undefined)
    throw new CommandMistake(
      `${name} has no ${prefix} (${type}). Is it another version of Aftercare than this command?`,
      1,
    );
  if (second !== undefined)
    throw new CommandMistake(
      `${name} has several parts whose name begins with ${prefix} (${type}): ${candidates.map(({ logicalId }) => logicalId).join(', ')}.`,
      1,
    );
  return first;
};

const targetOf = (
  place: Pick<Target, 'name' | 'isLocal' | 'url' | 'client' | 'now'>,
  load: () => Promise<readonly Part[]>,
): Target => {
  let loaded: Promise<readonly Part[]> | undefined;
  const parts = async (type: string) => {
    loaded ??= load();
    return (await loaded).filter((part) => part.type === type);
  };
  return {
    ...place,
    parts,
    part: async (type, prefix) => onlyOne(place.name, type, prefix, await parts(type)),
  };
};

const LocalStack = z.object({ awsUrl: z.url(), parts: z.array(Part) });

const localStack = async (url: string) => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new CommandMistake(`--url ${url} is no address. Write it like ${LOCAL}.`);
  const { origin } = new URL(url);
  let answer: Response;
  try {
    answer = await fetch(new URL('/_local/stack', url));
  } catch (cause) {
    throw new CommandMistake(
      `Nothing answers at ${origin}. Start Aftercare with \`npm start\`, say with --url where it runs, or name the deployed stack with --aws.`,
      1,
      { cause },
    );
  }
  const stack = LocalStack.safeParse(await answer.json().catch(() => undefined));
  if (answer.ok && stack.success) return { origin, ...stack.data };
  throw new CommandMistake(
    answer.status === 503
      ? `The Aftercare at ${origin} is still starting. Try again in a moment.`
      : `${origin} is not a running Aftercare, or not this version of it (it answered ${answer.status}).`,
    1,
  );
};

const Clock = z.object({ now: z.iso.datetime() });

const clockAt = async (url: string): Promise<number> => {
  const answer = await fetch(new URL('/_local/clock', url));
  return Date.parse(Clock.parse(await answer.json()).now);
};

const openLocal = async (url: string): Promise<Target> => {
  const { origin, awsUrl, parts } = await localStack(url);
  const client = {
    region: LOCAL_REGION,
    endpoint: awsUrl,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const now = () => clockAt(url);
  return targetOf(
    { name: `this machine (${origin})`, isLocal: true, url: origin, client, now },
    async () => parts,
  );
};

const listParts = async (client: CloudFormationClient, StackName: string): Promise<Part[]> => {
  const parts: Part[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const { LogicalResourceId, ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      const part = { logicalId: LogicalResourceId, type: ResourceType, id: PhysicalResourceId };
      const known = Part.safeParse(part);
      /* A part that is not made yet has no id. */
      if (known.success) parts.push(known.data);
    }
  }
  return parts;
};

const openDeployed = async (stack: string, given: string | undefined): Promise<Target> => {
  const formation = new CloudFormationClient(given === undefined ? {} : { region: given });
  const region = await toldPlainly('AWS', () => formation.config.region());
  const name = `the stack ${stack} in ${region}`;
  const parts = await toldPlainly(name, () => listParts(formation, stack));
  const now = async () => Date.now();
  return targetOf({ name, isLocal: false, client: { region }, now }, async () => parts);
};

/** @throws CommandMistake when there is no such Aftercare, saying how to start or to name one. */
export const openTarget = async ({ aws, stack, region, url }: TargetFlags): Promise<Target> => {
  if (aws === true) {
    if (url !== undefined)
      throw new CommandMistake('--url is of this machine and --aws of the deployed stack. Give one of them.');
    return openDeployed(stack ?? STACK, region);
  }
  const [flag] = [stack === undefined ? [] : ['--stack'], region === undefined ? [] : ['--region']].flat();
  if (flag !== undefined)
    throw new CommandMistake(`${flag} names a deployed stack. Add --aws to act on it, or leave ${flag} out.`);
  return openLocal(url ?? LOCAL);
};
