import { wireMailPorts } from '../adapters/wire-mail.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(wireMailPorts());
