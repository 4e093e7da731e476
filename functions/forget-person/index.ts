import { wireForgettingPorts } from '../adapters/wire-forget.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(wireForgettingPorts());
