/** What can be asked of real kills. */
export const HELP = `Kills the runtime while sales live in it, and judges what is found afterwards.

  npm run simulate -- kills [random] [--kills 1000]   at any moment, some before it is ready
  npm run simulate -- kills points [--shops 20]       each shop dies at every failpoint, at hits drawn for it
  npm run simulate -- kills torn [--shops 20]         each shop dies eight times with its last commit partly on disk

  --sales N   how many are followed up in a shop (random: 2000, else 12)
  --days N    of the runtime's clock while it dies (8; a dead letter is gone after 14)
  --step N    hours the clock moves before people and shops have their turn (random: 12, else 6)
  --seed N    draws people, orders and deaths (1); the next shop has the next. What a death meets also depends on the machine
  --data DIR  where the data folders are made, and kept

Exit codes: 0 no law was broken, 1 one was: the findings are printed and the folder is kept, 2 the command cannot be understood.`;
