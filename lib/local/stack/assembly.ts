/** Reads a cloud assembly, the folder that `cdk synth` writes (`cdk.out`). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { StackError } from './stack-error.ts';
import { Template } from './template.ts';

const Artifact = z.object({
  type: z.string(),
  properties: z.object({ templateFile: z.string().optional(), file: z.string().optional() }).default({}),
});
type Artifact = z.output<typeof Artifact>;

const Manifest = z.object({ artifacts: z.record(z.string(), Artifact).default({}) });

const AssetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

export type Assembly = {
  readonly stackName: string;
  readonly template: Template;
  /** The unpacked folder that a Lambda's `Code.S3Key` stands for, undefined when the assembly has none. */
  assetDirOf(s3Key: string): string | undefined;
};

const readJson = <S extends z.ZodType>(schema: S, folder: string, file: string): z.output<S> => {
  let text: string;
  try {
    text = readFileSync(join(folder, file), 'utf8');
  } catch (cause) {
    throw new StackError(
      `${join(folder, file)} cannot be read. Is ${folder} a folder written by cdk synth?`,
      {
        cause,
      },
    );
  }
  const parsed = z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(schema)
    .safeParse(text);
  if (!parsed.success)
    throw new StackError(`${join(folder, file)} is not as expected: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

const onlyStack = (folder: string, artifacts: Record<string, Artifact>, wanted: string | undefined) => {
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const names = stacks.map(([name]) => name).join(', ');
  const found = wanted === undefined ? stacks : stacks.filter(([name]) => name === wanted);
  const [first, second] = found;
  if (first === undefined)
    throw new StackError(`${folder} holds no stack ${wanted ?? 'at all'} (it has: ${names || 'none'}).`);
  if (second !== undefined)
    throw new StackError(`${folder} holds several stacks (${names}): name the one to play.`);
  return first;
};

/** @throws StackError when the folder is not a cloud assembly or does not hold exactly one (or the named) stack. */
export const readAssembly = (folder: string, wantedStack?: string): Assembly => {
  const { artifacts } = readJson(Manifest, folder, 'manifest.json');
  const [stackName, stack] = onlyStack(folder, artifacts, wantedStack);
  const template = readJson(Template, folder, stack.properties.templateFile ?? `${stackName}.template.json`);
  const assetsFile = artifacts[`${stackName}.assets`]?.properties.file ?? `${stackName}.assets.json`;
  const assetDirs = new Map(
    Object.values(readJson(AssetManifest, folder, assetsFile).files).flatMap(({ source, destinations }) => {
      const { path, packaging } = source;
      if (path === undefined || packaging !== 'zip') return [];
      return Object.values(destinations).map(({ objectKey }) => [objectKey, join(folder, path)] as const);
    }),
  );
  return { stackName, template, assetDirOf: (s3Key) => assetDirs.get(s3Key) };
};
