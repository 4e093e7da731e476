import * as z from 'zod';
import { arnOf } from './place.ts';
import type { ResourceReader } from './properties.ts';
import { ONLY_VERSION } from './references.ts';

export type LambdaFunction = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The folder with the bundle. */
  readonly assetDir: string;
  /** `<file>.<export>`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** The log group it writes to, as log queries name it. */
  readonly logGroup: string;
  /** What may follow the ARN, and the version that each stands for. */
  readonly qualifiers: ReadonlyMap<string, string>;
};

const Text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const Properties = z.object({
  Code: z.object({
    S3Key: z.string('only code from an asset folder can run here, not inline code or an image'),
  }),
  Handler: z.string(),
  Runtime: z.string().regex(/^nodejs/, 'only Node.js functions can run here'),
  Layers: z.array(z.unknown()).max(0, 'layers cannot be loaded here: bundle the code').optional(),
  Environment: z.object({ Variables: z.record(z.string(), Text).default({}) }).optional(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).default({}),
});

const Alias = z.object({ FunctionName: z.string(), Name: z.string() });

export const readFunctions = (
  reader: ResourceReader,
  assetDirOf: (s3Key: string) => string | undefined,
): LambdaFunction[] => {
  const aliases = reader.idsOf('AWS::Lambda::Alias').map((logicalId) => reader.read(logicalId, Alias));

  return reader.idsOf('AWS::Lambda::Function').map((logicalId) => {
    const properties = reader.read(logicalId, Properties);
    const name = reader.names.name(logicalId);
    const arn = arnOf('lambda', 'function:')(name, reader.place);
    const own = aliases.filter(({ FunctionName }) => FunctionName === name || FunctionName === arn);
    return {
      logicalId,
      name,
      arn,
      assetDir:
        assetDirOf(properties.Code.S3Key) ??
        reader.refuse(logicalId, `the assembly has no folder for the asset ${properties.Code.S3Key}.`),
      handler: properties.Handler,
      environment: properties.Environment?.Variables ?? {},
      timeoutSeconds: properties.Timeout,
      memoryMb: properties.MemorySize,
      logGroup: properties.LoggingConfig.LogGroup ?? `/aws/lambda/${name}`,
      qualifiers: new Map([
        ['$LATEST', '$LATEST'],
        [ONLY_VERSION, ONLY_VERSION],
        ...own.map(({ Name }) => [Name, ONLY_VERSION] as const),
      ]),
    };
  });
};
