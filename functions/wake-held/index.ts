import { wireSweeperPorts } from '../adapters/wire-keeper.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(wireSweeperPorts());
