import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createFrontDoor } from '../../../lib/local/front-door.ts';
import { jsonAnswer } from '../../../lib/local/http-api/exchange.ts';
import { onceDurable } from '../../../lib/local/store/once-durable.ts';

const someTurns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
};

it.each([
  ['answers', async () => 'a row'],
  ['refuses', () => Promise.reject(new Error('it is there already'))],
])('a service %s once what it has read is on disk', async (_, call) => {
  const disk = Promise.withResolvers<void>();
  const { dynamodb } = onceDurable({ durable: () => disk.promise }, { dynamodb: { call } });
  let isTold = false;

  const told = dynamodb?.call('GetItem', {}).catch(() => undefined);
  void told?.then(() => {
    isTold = true;
  });
  await someTurns();
  const early = isTold;
  disk.resolve();
  await told;

  expect(early).toBe(false);
  expect(isTold).toBe(true);
});

it('a service answers nothing when the disk failed', async () => {
  const durable = () => Promise.reject(new Error('did not reach the disk'));
  const { sqs } = onceDurable({ durable }, { sqs: { call: async () => 'a message' } });

  await expect(sqs?.call('ReceiveMessage', {})).rejects.toThrow('did not reach the disk');
});

it.each(['/webhooks/shopify', '/_local/sales'])(
  'the front door answers %s once it is on disk',
  async (path) => {
    const disk = Promise.withResolvers<void>();
    const door = createFrontDoor({ host: '127.0.0.1', durable: () => disk.promise, log: () => undefined });
    const answer = async () => jsonAnswer(200, { sale: 'one' });
    door.open({ contract: answer, api: answer });
    const port = await door.listen(0, '127.0.0.1');
    let isTold = false;

    const told = fetch(`http://127.0.0.1:${port}${path}`).then((response) => {
      isTold = true;
      return response.json();
    });
    for (let turn = 0; turn < 200; turn += 1) await nextTurn();
    const early = isTold;
    disk.resolve();
    const body = await told;
    await door.close();

    expect(early).toBe(false);
    expect(body).toEqual({ sale: 'one' });
  },
);
