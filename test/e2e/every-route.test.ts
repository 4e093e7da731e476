/** Every route of the stack, as somebody meets it who has no business there: same strict headers, no token in a log. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { type OpenWorld, openWorld } from './world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ assembly: inject('assembly') });
});
afterAll(() => world.close());

const TOKEN = 'nobodyknowsthistokenofthirtytwo0';
const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().optional() })),
});
const Route = z.object({ RouteKey: z.string() });

const routes = (): [method: string, path: string][] => {
  const file = join(inject('assembly'), 'Aftercare.template.json');
  return Object.values(Template.parse(JSON.parse(readFileSync(file, 'utf8'))).Resources)
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
    .map(({ Properties }) => Route.parse(Properties).RouteKey.split(' '))
    .map(([method = '', path = '']) => [
      method,
      path.replace('{source}', 'nobody').replace(/\{[^}]+\}/, TOKEN),
    ]);
};

describe('every route', () => {
  it('answers with headers that let nothing be guessed, kept or read without TLS', async () => {
    const answers = await Promise.all(
      routes().map(async ([method, path]) => {
        const { status, headers } = await fetch(`${world.url}${path}`, { method, redirect: 'manual' });
        return {
          route: `${method} ${path}`,
          isOurs: status < 500,
          sniff: headers.get('x-content-type-options'),
          cache: headers.get('cache-control'),
          tls: headers.get('strict-transport-security'),
        };
      }),
    );

    expect(answers.length).toBeGreaterThan(15);
    for (const answer of answers)
      expect(answer).toEqual({
        route: answer.route,
        isOurs: true,
        sniff: 'nosniff',
        cache: 'no-store',
        tls: 'max-age=31536000',
      });
  });

  it('writes no token into a log', async () => {
    const logs = join(world.dataDir, 'logs');
    await expect.poll(() => readdirSync(logs).length).toBeGreaterThan(3);

    for (const file of readdirSync(logs)) expect(readFileSync(join(logs, file), 'utf8')).not.toContain(TOKEN);
  });
});
