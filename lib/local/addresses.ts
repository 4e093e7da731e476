/** Where the runtime listens. */
import { isLoopback } from './contract/guard.ts';
import { StartError } from './start-error.ts';

/** @throws StartError that names the option for another port. */
export const listen = async (listening: Promise<number>, port: number, option: string) => {
  try {
    return await listening;
  } catch (cause) {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    const reason = isTaken ? 'is in use by another program' : `cannot be had (${String(cause)})`;
    throw new StartError(`Port ${port} ${reason}. Choose another with ${option}.`, { cause });
  }
};

/** The URL under which a listening address is reached from this machine. */
export const urlOf = (host: string, port: number) => {
  const isAnywhere = isLoopback(host) || host === '0.0.0.0' || host === '::';
  if (isAnywhere) return `http://localhost:${port}`;
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`;
};
