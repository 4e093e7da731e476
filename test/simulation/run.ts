/** `npm run simulate -- [seeds|kills|orders] …`: each takes options of its own; seeds when none is named. */
import { HELP as OF_KILLS } from './kills/help.ts';

const HELP = `Plays Aftercare against the world and judges it by its laws (docs/proof.md).

  npm run simulate -- [seeds] …   sales in virtual time, with faults at every port
  npm run simulate -- orders …    every order of a few events of one sale, with a crash after every write
  npm run simulate -- kills …     the runtime itself under kill -9

Each says more with --help. Exit codes: 0 no law was broken, 1 one was, and how to see it again is printed.`;

const OF_SEEDS = `Plays sales of weeks in virtual time, drawn from seeds, with faults at every port.

  npm run simulate -- seeds --seeds 10000 [--from N] [--sales M] [--workers K]   many, in so many processes (2)
  npm run simulate -- seeds --seed N [--sales M]                                 one, with its story, cut down if it fails

  --happenings a,b, --faults a,b   only these, by the short names that a story prints
  --no-shrink                      a failing seed is left as it is

Exit codes: 0 no law was broken, 1 one was: the command that replays it is printed.`;

const OF_ORDERS = `Walks the orders of events of one sale with a crash after every durable write, or plays a single one.

  npm run simulate -- orders --depth 6 [--ratings 5,2]   every order of so many events (4); answers with these ratings
  npm run simulate -- orders "create,reply!3,timer"      this one, step by step; !3: it dies after the third write

Exit codes: 0 no law was broken, 1 one was.`;

const [named = '', ...rest] = process.argv.slice(2);
const isHelp = [named, ...rest].some((word) => word === '--help' || word === '-h');

const PARTS = {
  seeds: { help: OF_SEEDS, load: () => import('./seeds/run.ts') },
  orders: { help: OF_ORDERS, load: () => import('./orders/run.ts') },
  kills: { help: OF_KILLS, load: () => import('./kills/run.ts') },
};
const isPart = (name: string): name is keyof typeof PARTS => Object.hasOwn(PARTS, name);

if (isHelp) process.stdout.write(`${isPart(named) ? PARTS[named].help : HELP}\n`);
else if (isPart(named)) {
  process.argv.splice(2, 1);
  await PARTS[named].load();
} else await import('./seeds/run.ts');
