import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

test('the lock file lists the packages of every platform, so that npm ci accepts it on each', () => {
  const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const named = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ name, nested: `${path}/node_modules/${name}` })),
  );

  const missing = named.filter(
    ({ name, nested }) => !(`node_modules/${name}` in packages || nested in packages),
  );

  expect(named.length).toBeGreaterThan(50);
  expect(missing).toStrictEqual([]);
});
