/** What one sale uses, in the units that AWS bills by. */
type Unit =
  | 'stateTransitions'
  | 'mails'
  | 'lambdaRequests'
  | 'writeUnits'
  | 'readUnits'
  | 'queueCalls'
  | 'httpRequests'
  | 'pages'
  | 'logBytes';
export type Units = Readonly<Record<Unit, number>>;

export const PATHS = ['happy', 'reminded', 'silent', 'unhappy'] as const;
export type Path = (typeof PATHS)[number];

/** In percent, adding up to 100. */
export type Mix = Readonly<Record<Path, number>>;

const combine = (make: (unit: Unit) => number): Units => ({
  stateTransitions: make('stateTransitions'),
  mails: make('mails'),
  lambdaRequests: make('lambdaRequests'),
  writeUnits: make('writeUnits'),
  readUnits: make('readUnits'),
  queueCalls: make('queueCalls'),
  httpRequests: make('httpRequests'),
  pages: make('pages'),
  logBytes: make('logBytes'),
});

export const less = (after: Units, before: Units): Units => combine((unit) => after[unit] - before[unit]);

/** Of a sale as they come, by the mix. */
export const mixed = (units: Readonly<Record<Path, Units>>, mix: Mix): Units =>
  combine((unit) => PATHS.reduce((sum, path) => sum + (units[path][unit] * mix[path]) / 100, 0));
