/** `npm run simulate -- [seeds|kills|orders] …`: each takes options of its own; seeds when none is named. */
const [named = ''] = process.argv.slice(2);

switch (named) {
  case 'kills':
    await import('./kills/run.ts');
    break;
  case 'orders':
    process.argv.splice(2, 1);
    await import('./orders/run.ts');
    break;
  case 'seeds':
    process.argv.splice(2, 1);
    await import('./seeds/run.ts');
    break;
  default:
    await import('./seeds/run.ts');
}
