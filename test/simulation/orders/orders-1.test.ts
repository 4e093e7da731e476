/** Every order of up to six events of one sale, with a crash after every durable write: the first half of the crashes. */
import { proveWalk } from './prove-walk.ts';

proveWalk(0);
