/** Something that answers webhooks as told, a machine whose time only moves when it is waited for, and files to import. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { registerImport } from '../../../bin/commands/import/import.ts';
import type { ImportPorts } from '../../../bin/commands/import/import-ports.ts';
import { standard } from '../../../functions/shops/standard.ts';
import { cliConfig } from './cli-config.ts';
import { runCommand } from './run-command.ts';

/** A Monday, nine in the morning in Zurich. */
export const NOW = '2031-03-03T08:00:00.000Z';
const SECRET = 'whsec_bG9jYWwtc2VjcmV0LWxvY2FsLXNlY3JldA==';

type Reply = { status: number; retryAfter?: string; text?: string };
export type Told = { path: string; id: string; isSigned: boolean; body: Record<string, unknown> };

/** `answer` is asked for each webhook with its place in the row, the first being 0. */
export const webhookStub = async (answer: (index: number) => Reply = () => ({ status: 200 })) => {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (request.url === '/_local/health') {
        response.end(JSON.stringify({ ready: true, now: NOW }));
        return;
      }
      const body = Buffer.concat(parts);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const isSigned = standard.isSigned({ headers, body, receivedAt: Date.parse(NOW) }, [SECRET]);
      const { status, retryAfter, text = '' } = answer(told.length);
      told.push({
        ...{ path: request.url ?? '', id: headers['webhook-id'] ?? '', isSigned },
        body: JSON.parse(body.toString('utf8')),
      });
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stub listens on no port');
  const orders = () => told.map(({ body }) => `${body['type']} ${Object(body['data']).orderId}`);
  return { url: `http://127.0.0.1:${address.port}`, told, orders };
};

/** Waits take no time, and are kept; the clock stands where they left it. */
export const stillMachine = (isTerminal = false) => {
  const waits: number[] = [];
  const drawn: string[] = [];
  const stops = new Set<() => void>();
  let now = Date.parse(NOW);
  const ports: ImportPorts = {
    now: () => now,
    wait: async (ms) => {
      if (ms > 0) waits.push(Math.round(ms));
      now += ms;
    },
    isTerminal,
    draw: (text) => drawn.push(text),
    onInterrupt: (stop) => {
      stops.add(stop);
      return () => stops.delete(stop);
    },
  };
  return { ports, waits, drawn, stops, interrupt: () => [...stops].map((stop) => stop()) };
};

export const importFile = (name: string, content: string | Buffer): string => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

/** Check-ins by their day: at which minute of it is the core's business, and tested there. */
export const reportOf = (file: string): string[] =>
  readFileSync(`${file}.report.csv`, 'utf8')
    .replace(/T\d\d:\d\d:\d\d\.\d{3}Z$/gm, '')
    .trimEnd()
    .split('\n')
    .slice(1);

/** What it said, without the folder of the test, its port, and the minutes of check-ins. */
export const importOrders = async (
  file: string,
  flags: readonly string[] = [],
  ports: ImportPorts = stillMachine().ports,
  config: unknown = cliConfig,
) => {
  const register: Parameters<typeof runCommand>[0] = (program, given, screen) =>
    registerImport(program, given, screen, ports);
  const ran = await runCommand(register, config, ['import', file, ...flags]);
  const plain = (text: string) =>
    text
      .replaceAll(file, file.slice(file.lastIndexOf('/') + 1))
      .replace(/127\.0\.0\.1:\d+/g, 'HERE')
      .replace(/ \d\d:\d\d( to \d\d:\d\d)?$/gm, '');
  return { out: plain(ran.out), err: plain(ran.err), exitCode: ran.exitCode };
};

/** Nothing listens there. */
export const NOWHERE = ['--url', 'http://127.0.0.1:9'];
