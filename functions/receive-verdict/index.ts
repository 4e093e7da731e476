import { wireSalePorts } from '../adapters/wire.ts';
import { wireForgetPorts } from '../adapters/wire-forget.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({ ...wireSalePorts(), ...wireForgetPorts() });
