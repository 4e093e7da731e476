/** A Postgres of its own for the peers, in a temporary folder, durable: fsync and synchronous_commit are on. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const DEBIAN = '/usr/lib/postgresql';
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  max_connections: '100',
};

/** Where its programs are, undefined when it is not installed. */
const programs = (): string | undefined => {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
};

const isRoot = () => process.getuid?.() === 0;
/** It refuses to run as root. */
const asItself = (program: string, args: string[]): [string, string[]] =>
  isRoot() ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
};

const until = async (isReady: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 150; tries += 1) {
    if (isReady()) return;
    await sleep(200);
  }
  throw new Error('Postgres did not start within 30 seconds.');
};

const answers = (bin: string, port: number): boolean => {
  try {
    execFileSync(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
    return true;
  } catch {
    return false;
  }
};

export type Postgres = {
  readonly version: string;
  /** The address of a new, empty database. */
  database(name: string): string;
  stop(): Promise<void>;
};

/** Undefined when it is not installed. */
export const startPostgres = async (folder: string): Promise<Postgres | undefined> => {
  const bin = programs();
  if (bin === undefined) return undefined;
  if (isRoot()) {
    const [uid = 0, gid = 0] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
    );
    chownSync(folder, uid, gid);
  }
  const data = join(folder, 'data');
  const quiet = { stdio: 'ignore', cwd: folder } as const;
  const [init, initArgs] = asItself(join(bin, 'initdb'), ['-D', data, '-U', 'peer', '--auth=trust']);
  execFileSync(init, initArgs, quiet);
  const port = await freePort();
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program, args] = asItself(join(bin, 'postgres'), [
    ...['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder],
    ...settings,
  ]);
  const server = spawn(program, args, quiet);
  await until(() => answers(bin, port));
  const ask = ['-h', '127.0.0.1', '-p', String(port), '-U', 'peer'];
  return {
    version: execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim(),
    database: (name) => {
      execFileSync(join(bin, 'createdb'), [...ask, name]);
      return `postgres://peer@127.0.0.1:${port}/${name}`;
    },
    stop: async () => {
      const ended = once(server, 'exit');
      const [stop, stopArgs] = asItself(join(bin, 'pg_ctl'), ['-D', data, '-m', 'fast', 'stop']);
      execFileSync(stop, stopArgs, quiet);
      await ended;
    },
  };
};
