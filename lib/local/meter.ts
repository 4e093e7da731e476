/** Counts what AWS would bill for, in the same units, kept while the runtime runs; and tells what AWS would tell of itself. */
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

/** Tells a number as an AWS service tells CloudWatch, of now. */
export type Observe = (
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
  value: number,
) => void;

export type Meter = {
  /** Without anybody who wants to know, nothing happens. */
  readonly observe: Observe;
  add(unit: MeterUnit, amount: number): void;
  read(): Record<MeterUnit, number>;
  count(unit: MeterUnit): number;
};

export const createMeter = (observe: Observe = () => undefined): Meter => {
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
    observe,
    add: (unit, amount) => {
      units[unit] += amount;
    },
    read: () => ({ ...units }),
    count: (unit) => units[unit],
  };
};
