/** Points at which this process can be made to die, to prove what survives: `AFTERCARE_FAILPOINT=mail-kept npm start`. */
export type Failpoint =
  /** A mail has been handed over; nothing of it is on disk. */
  | 'mail-arrived'
  /** The mail is out; its sender has not been told. */
  | 'mail-kept';

export type ReachPoint = (point: Failpoint) => void;

export const createFailpoints =
  (environment: NodeJS.ProcessEnv): ReachPoint =>
  (point) => {
    if (environment['AFTERCARE_FAILPOINT'] === point) process.kill(process.pid, 'SIGKILL');
  };
