import { describe, expect, it } from 'vitest';
import { registerStaff } from '../../../bin/commands/staff.ts';
import { cliConfig } from './cli-config.ts';
import { problem, promiseStub } from './promise-stub.ts';
import { runCommand } from './run-command.ts';

const staff = (...args: string[]) => runCommand(registerStaff, cliConfig, ['staff', ...args]);

describe('When somebody leaves', () => {
  it('says how many promises went where, and what is still to be done', async () => {
    const { url, asked } = await promiseStub([[200, { handedOver: 3 }]]);

    const ran = await staff('leaves', 'lena', '--to', 'omar', '--url', url);

    expect(ran).toEqual({
      out: [
        '3 promises go from Lena Alder to Omar Finch; each customer is told who their new person is.',
        'Now set `isActive: false` for lena in aftercare.config.ts and deploy (on one machine: start again), so that nothing new comes to them.',
      ].join('\n'),
      err: '',
      exitCode: 0,
    });
    expect(asked).toMatchObject([
      { isSigned: true, body: { type: 'staff.left', staff: 'lena', to: 'omar' } },
    ]);
  });

  it('asks again under the same id until all is done', async () => {
    const { url, asked } = await promiseStub([
      [202, { handedOver: 50, isMoreToDo: true }],
      [202, { handedOver: 100, isMoreToDo: true }],
      [200, { handedOver: 101 }],
    ]);

    const { out } = await staff('leaves', 'lena', '--to', 'omar', '--url', url);

    expect(out).toContain('101 promises go from');
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  });

  it.each([
    [0, 'Lena Alder owes nothing that could be handed over.'],
    [1, '1 promise goes from Lena Alder to Omar Finch'],
  ])('who owes %i: %s', async (handedOver, text) => {
    const { url } = await promiseStub([[200, { handedOver }]]);

    expect((await staff('leaves', 'lena', '--to', 'omar', '--url', url)).out).toContain(text);
  });

  it('and it is refused, says why', async () => {
    const { url } = await promiseStub([problem(404, 'No member of staff has this id.')]);

    const { out, err, exitCode } = await staff('leaves', 'zoe', '--to', 'omar', '--url', url);

    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
    expect(err).toContain('Refused: No member of staff has this id.\n');
  });
});
