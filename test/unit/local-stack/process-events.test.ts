import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

it('goes on in peace when nobody reads what it prints any more', async () => {
  const script = join(import.meta.dirname, 'fixture-stack', 'talk.ts');
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const { stdout } = child;
  if (stdout === null) throw new Error('It has no output.');
  await once(createInterface({ input: stdout }), 'line');

  stdout.destroy();
  child.send('talk');
  const [errors] = await once(child, 'message');

  expect(errors).toBe(0);
});
