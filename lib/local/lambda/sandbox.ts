/**
 * Loads a function's bundle into this process, with a `process`, a `console` and an `http` of its own. The bundle's code
 * sees them because they are parameters of the function that its text is compiled into; `globalThis.process` remains
 * the real one, which bundles that esbuild makes do not use.
 */
import { Console } from 'node:console';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { compileFunction, constants } from 'node:vm';
import type { TakeClient } from './direct-clients.ts';
import { fieldOf } from './fields.ts';
import { LoadError } from './invocation-error.ts';

export type Handler = (event: unknown, context: unknown) => unknown;

export type SandboxOptions = {
  readonly assetDir: string;
  /** `<file>.<export>`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly write: (bytes: Uint8Array) => void;
  /** What the bundle gets for `node:http`; Node's own when left out. */
  readonly http?: Readonly<Record<string, unknown>> | undefined;
  /** Given each client that the bundle makes for AWS. */
  readonly takeClient?: TakeClient | undefined;
};

/** As long as `import`, so that every error stands where it stands in the file. */
const OWN_IMPORT = '$mport';

const PARAMETERS = [
  'exports',
  'require',
  'module',
  '__filename',
  '__dirname',
  'process',
  'console',
  OWN_IMPORT,
];

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

const outputTo = (write: (bytes: Uint8Array) => void) =>
  new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      write(chunk);
      done();
    },
  });

/** `functions/adapters/clients.ts` looks for it on the process; on Lambda it is not there. */
const TAKES_CLIENTS = Symbol.for('aftercare.takes-clients');

/** The real process seen through own `env`, output, listeners and `exit`. */
const ownProcess = (
  { environment, takeClient }: Pick<SandboxOptions, 'environment' | 'takeClient'>,
  output: Writable,
): NodeJS.Process => {
  const events = new EventEmitter();
  const listening = ['on', 'once', 'off', 'addListener', 'removeListener', 'emit', 'listenerCount'] as const;
  const exit = (code?: number) => {
    throw new LoadError('Runtime.ExitError', `The function called process.exit(${code ?? ''}).`);
  };
  return Object.create(process, {
    env: { value: { ...environment }, writable: true, enumerable: true },
    stdout: { value: output },
    stderr: { value: output },
    exit: { value: exit },
    [TAKES_CLIENTS]: { value: takeClient },
    ...Object.fromEntries(listening.map((name) => [name, { value: events[name].bind(events) }])),
  });
};

const ownConsole = (output: Writable) =>
  Object.assign(new Console({ stdout: output, stderr: output }), { Console });

const fileOf = (assetDir: string, name: string) => {
  const found = ['.js', '.cjs']
    .map((ending) => join(assetDir, name + ending))
    .find((file) => existsSync(file));
  if (found !== undefined) return found;
  const isModule = existsSync(join(assetDir, `${name}.mjs`));
  const reason = isModule ? `${name}.mjs is an ES module; only CommonJS bundles run here` : 'it is not there';
  throw new LoadError('Runtime.ImportModuleError', `Cannot load ${name} from ${assetDir}: ${reason}.`);
};

/** Lets a bundle `import()` Node's own modules, as the AWS SDK does. */
const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

let isSilenced = false;

/** Node warns once, at the first such import, that the way to it is experimental; users can do nothing about that. */
const silenceFirstImport = () => {
  if (isSilenced) return;
  isSilenced = true;
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  void compileFunction("return import('node:path')", [], { importModuleDynamically })();
  process.emitWarning = emitWarning;
};

/** The SDK loads `node:http` by `import()`, which no parameter can stand for under its own name. */
const IMPORT_OF_HTTP = /\bimport(?=\((["'`])(?:node:)?http\1\))/g;

const compile = (file: string) => {
  silenceFirstImport();
  try {
    return compileFunction(readFileSync(file, 'utf8').replace(IMPORT_OF_HTTP, OWN_IMPORT), PARAMETERS, {
      filename: file,
      importModuleDynamically,
    });
  } catch (cause) {
    throw new LoadError('Runtime.UserCodeSyntaxError', `${file}: ${String(cause)}`, { cause });
  }
};

/**
 * @throws LoadError with the error type that Lambda gives; whatever the bundle itself throws while it is evaluated
 * passes through.
 */
export const openSandbox = ({ assetDir, handler, write, http, ...given }: SandboxOptions): Handler => {
  const [name = '', ...exported] = handler.split('.');
  const file = fileOf(assetDir, name);
  const output = outputTo(write);
  const shadowProcess = ownProcess(given, output);
  const shadowConsole = ownConsole(output);
  const load = createRequire(file);
  const shadowed: Record<string, unknown> = {
    process: shadowProcess,
    'node:process': shadowProcess,
    console: shadowConsole,
    'node:console': shadowConsole,
    ...(http === undefined ? {} : { http, 'node:http': http }),
  };
  const shadowRequire = Object.assign(
    (id: string): unknown => (Object.hasOwn(shadowed, id) ? shadowed[id] : load(id)),
    { resolve: load.resolve, cache: load.cache, main: undefined },
  );

  const module = { exports: {} };
  const run = compile(file);
  try {
    run.call(
      module.exports,
      module.exports,
      shadowRequire,
      module,
      file,
      dirname(file),
      shadowProcess,
      shadowConsole,
      async (id: string) => shadowRequire(id),
    );
  } catch (cause) {
    if (fieldOf(cause, 'code') !== 'MODULE_NOT_FOUND') throw cause;
    throw new LoadError('Runtime.ImportModuleError', String(cause), { cause });
  }
  const found: unknown = exported.reduce<unknown>(fieldOf, module.exports);
  if (isHandler(found)) return found;
  throw new LoadError('Runtime.HandlerNotFound', `${handler} is undefined or not exported by ${file}.`);
};
