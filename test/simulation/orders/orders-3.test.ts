/** And of up to four events when the first answer is the unhappy one, so that the second takes back what we owe. */
import { proveWalk } from './prove-walk.ts';

proveWalk({ depth: 4, ratings: [2, 5], worker: 0, of: 1 }, { points: 5_000, healed: 50_000 });
