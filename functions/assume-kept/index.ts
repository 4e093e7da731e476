import { wireSalePorts } from '../adapters/wire.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(wireSalePorts());
