import { Command } from 'commander';
import config from '../aftercare.config.ts';
import { registerSimulate } from './commands/simulate.ts';
const program = new Command('aftercare').exitOverride();
registerSimulate(program, config);
try { await program.parseAsync(); } catch (e) { if (e instanceof Error && 'exitCode' in e) process.exitCode = Number(e.exitCode); else throw e; }
