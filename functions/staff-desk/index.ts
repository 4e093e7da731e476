import { wireDeskPorts } from '../adapters/wire-desk.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(wireDeskPorts());
