/** What descriptions and lists of executions tell about redrives. */
import type { Timekeeper } from '../../time.ts';
import type { Execution } from '../execution.ts';
import type { MachineTable } from '../machine-table.ts';
import { whyNotRedrivable } from '../redrive.ts';
import type { RedriveTable } from '../redrive-table.ts';
import { seconds } from './action.ts';

type Ports = { time: Pick<Timekeeper, 'now'>; machines: MachineTable; redrives: RedriveTable };

export const createRedriveView = ({ time, machines, redrives }: Ports) => ({
  redriven: ({ id }: Execution) => {
    const { count, redrivenAt } = redrives.get(id);
    return { redriveCount: count, ...(redrivenAt === null ? {} : { redriveDate: seconds(redrivenAt) }) };
  },
  redriveStatus: (one: Execution) => {
    const { machine } = machines.revision(one.definition);
    const why = whyNotRedrivable(one, redrives.get(one.id), machine, time.now());
    return why === undefined
      ? { redriveStatus: 'REDRIVABLE' }
      : { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: why };
  },
});
