/** Runs one benchmark in this process and sends its figures to the one that started it: `run-one.ts <file> [--quick]`. */
import { pathToFileURL } from 'node:url';
import type { Bench } from '../figure.ts';

const [, , file = '', flag] = process.argv;
const module: { bench: Bench } = await import(pathToFileURL(file).href);
const log = (line: string) => console.error(`  ${line}`);
const figures = await module.bench.run({ isQuick: flag === '--quick', log });
process.send?.(figures, () => process.exit(0));
