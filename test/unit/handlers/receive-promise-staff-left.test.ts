import { beforeEach, describe, expect, it } from 'vitest';
import { saleIdOf } from '../../../functions/core/ids.ts';
import { isClosed } from '../../../functions/core/promises/promise.ts';
import { findSale } from '../../../functions/steps/load.ts';
import { type MemoryWorld, memoryWorld } from '../../fixtures/memory-ports.ts';
import { at, begun, customer, record, SALE, told } from '../../fixtures/sales.ts';
import { sender, shaky } from './promise-sender.ts';
import { putSale } from './sale-on-file.ts';

let world: MemoryWorld;
let send: ReturnType<typeof sender>['send'];

beforeEach(async () => {
  world = memoryWorld();
  await putSale(world);
  ({ send } = sender(world));
});

const window = { from: at(12, '09:00'), to: at(12, '11:00') };
const order = (orderId: string) => `shop/${orderId}`;
const call = (orderId: string, more: object = {}) => ({
  type: 'promise.create',
  order: order(orderId),
  kind: 'call',
  ...more,
});
const leave = { type: 'staff.left', staff: 'nora', to: 'lio' };

const putOther = async (orderId: string) => {
  const id = saleIdOf('shop', orderId);
  await world.sales.open(record({ id, orderId }));
  await world.sales.saveCustomer(id, customer, at(2), at(2));
  for (const entry of begun()) await world.sales.append(id, entry);
};

const ownersOf = async (orderId: string) => {
  const found = await findSale(world.ports, saleIdOf('shop', orderId));
  return found?.sale.promises.filter((one) => !isClosed(one)).map(({ id, owner }) => `${id} ${owner}`);
};
const handOvers = (orderId = 'B-204') =>
  world.sales.entries(saleIdOf('shop', orderId)).filter(({ type }) => type === 'handed-over');

describe('when somebody leaves', () => {
  it('everything they owe goes to one person, because they left; what others owe stays', async () => {
    await putOther('C-1');
    await send(call('B-204'));
    await send(call('B-204', { kind: 'answer' }));
    await send(call('B-204', { owner: 'ines' }));
    await send(call('C-1'));

    const heard = await send(leave);

    expect(heard).toMatchObject({ status: 200, body: { handedOver: 3 } });
    expect((await ownersOf('B-204'))?.sort()).toEqual(['answer-1 lio', 'call-1 lio', 'call-2 ines']);
    expect(await ownersOf('C-1')).toEqual(['call-1 lio']);
    expect(handOvers()).toMatchObject([{ because: 'left' }, { because: 'left' }]);
    expect(
      world.lists
        .open()
        .map(({ owner }) => owner)
        .sort(),
    ).toEqual(['ines', 'lio', 'lio', 'lio']);
  });

  it('a visit they were to make is made by the new person at the same time', async () => {
    await send(call('B-204', { kind: 'visit', visit: window }));

    await send(leave);

    const found = await findSale(world.ports, SALE);
    expect(found?.sale.promises[0]?.booking).toMatchObject({ ...window, provider: 'lio' });
  });

  it('a visit the new person has no time for still changes hands, for them to settle', async () => {
    await putOther('C-1');
    await send(call('C-1', { kind: 'visit', owner: 'lio', visit: window }));
    await send(call('B-204', { kind: 'visit', visit: window }));

    const heard = await send(leave);

    expect(heard).toMatchObject({ status: 200, body: { handedOver: 1 } });
    expect(await ownersOf('B-204')).toEqual(['visit-1 lio']);
    expect(handOvers()).toHaveLength(1);
  });

  it('what waits for the word of the customer stays where it is', async () => {
    await send(call('B-204'));
    await world.sales.append(SALE, told.proposed(at(10, '10:00'), { promise: 'call-1' }));

    const heard = await send(leave, { now: at(10, '11:00') });

    expect(heard).toMatchObject({ status: 200, body: { handedOver: 0 } });
    expect(handOvers()).toEqual([]);
  });

  it('somebody whom the configuration names no more still hands over what they owe', async () => {
    await send(call('B-204'));
    const { staff } = world.ports.settings.config;
    staff.splice(
      staff.findIndex(({ id }) => id === 'nora'),
      1,
    );

    expect(await send(leave)).toMatchObject({ status: 200, body: { handedOver: 1 } });
  });

  it('more than one lot is taken in several goes of the same request, and counted once', async () => {
    for (let n = 1; n <= 60; n += 1) {
      await putOther(`D-${n}`);
      await send(call(`D-${n}`));
    }

    const first = await send(leave, { id: 'msg_left' });
    const second = await send(leave, { id: 'msg_left' });
    const third = await send(leave, { id: 'msg_left' });

    expect(first).toMatchObject({ status: 202, body: { handedOver: 50, isMoreToDo: true } });
    expect(second).toMatchObject({ status: 200, body: { handedOver: 60 } });
    expect(second.body).not.toHaveProperty('isMoreToDo');
    expect(third).toEqual(second);
    expect(new Set(world.lists.open().map(({ owner }) => owner))).toEqual(new Set(['lio']));
  });

  it('a crash in the middle loses nobody and counts nobody twice', async () => {
    for (let n = 1; n <= 5; n += 1) {
      await putOther(`D-${n}`);
      await send(call(`D-${n}`));
    }

    const failed = await send(leave, { id: 'msg_left' }, shaky(25, 'after'));
    const done = await send(leave, { id: 'msg_left' });

    expect(failed.status).toBe(500);
    expect(done).toMatchObject({ status: 200, body: { handedOver: 5 } });
    for (let n = 1; n <= 5; n += 1) expect(handOvers(`D-${n}`)).toHaveLength(1);
  });
});
