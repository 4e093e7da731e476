/** Counts what AWS would bill for: the same units, kept while the runtime runs. */
export type MeterUnit =
  | 'stateTransitions'
  | 'lambdaRequests'
  | 'lambdaMs'
  | 'writeUnits'
  | 'readUnits'
  | 'mails'
  | 'pages'
  | 'queueCalls'
  | 'httpRequests'
  | 'logBytes';

export type Meter = {
  add(unit: MeterUnit, amount: number): void;
  read(): Record<MeterUnit, number>;
};

export const createMeter = (): Meter => {
  const units: Record<MeterUnit, number> = {
    stateTransitions: 0,
    lambdaRequests: 0,
    lambdaMs: 0,
    writeUnits: 0,
    readUnits: 0,
    mails: 0,
    pages: 0,
    queueCalls: 0,
    httpRequests: 0,
    logBytes: 0,
  };
  return {
    add: (unit, amount) => {
      units[unit] += amount;
    },
    read: () => ({ ...units }),
  };
};
