import { wireReadMailPorts } from '../adapters/wire-read-mail.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(wireReadMailPorts());
