/**
 * Points at which this process can be made to die, to prove what survives: `AFTERCARE_FAILPOINT=mail-kept npm start` dies the
 * first time, `mail-kept:7` the seventh.
 */
import { StartError } from './start-error.ts';

const FAILPOINTS = {
  committing: 'Writes of one turn are in a transaction that is not committed.',
  committed: 'They are on disk; nobody who wrote has been told.',
  'function-called': 'A function is about to run.',
  'function-returned': 'It has run; nobody has been told what it answered.',
  'mail-arrived': 'A mail has been handed over; nothing of it is on disk.',
  'mail-kept': 'The mail is out; its sender has not been told.',
  'object-written': 'The bytes of an object are on disk; no row speaks of it.',
  answering: 'An HTTP answer is ready; nothing of it has left.',
} as const;
export type Failpoint = keyof typeof FAILPOINTS;

export type ReachPoint = (point: Failpoint) => void;

const isFailpoint = (name: string): name is Failpoint => Object.hasOwn(FAILPOINTS, name);

/** @throws StartError for a point that there is not. */
export const createFailpoints = (environment: NodeJS.ProcessEnv): ReachPoint => {
  const wanted = environment['AFTERCARE_FAILPOINT'];
  if (wanted === undefined || wanted === '') return () => undefined;
  const [name = '', times = '1'] = wanted.split(':');
  if (!isFailpoint(name) || !/^[1-9]\d*$/.test(times)) {
    const known = Object.keys(FAILPOINTS).join(', ');
    throw new StartError(
      `AFTERCARE_FAILPOINT=${wanted} is no failpoint. There are ${known}, each also with ":n".`,
    );
  }
  let left = Number(times);
  return (point) => {
    if (point !== name) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
};
