/** Every order of up to six events of one sale, with a crash after every durable write: the first half of the crashes. */
import { proveWalk } from './prove-walk.ts';

proveWalk({ depth: 6, ratings: [5, 2], worker: 0, of: 2 }, { points: 10_000, healed: 500_000 });
