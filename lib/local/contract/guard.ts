/** Keeps other web sites away from the runtime's own pages: the port is on the user's machine, where a browser is too. */
import type { LocalRequest } from '../http-api/exchange.ts';

/** Without the port; an IPv6 address has one only behind brackets. */
const hostnameOf = (host: string) =>
  (/^[^[]*:[^[]*:/.test(host) ? host : host.replace(/:\d+$/, '')).toLowerCase();

export const isLoopback = (host: string): boolean => {
  const name = hostnameOf(host);
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    name === '::1' ||
    /^127\./.test(name)
  );
};

const hostOfOrigin = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);

/**
 * Why a request may not reach the runtime's own pages, undefined when it may. `boundTo` is the address that the port
 * listens on: a loopback one must be called by a loopback name, or a web site could point a name of its own at it.
 */
export const refusalOf = ({ method, headers }: LocalRequest, boundTo: string): string | undefined => {
  const host = headers.host ?? '';
  if (isLoopback(boundTo) && !isLoopback(host))
    return `These pages are for this machine only, and ${host} is another name. Open them at localhost.`;
  const { origin } = headers;
  const isReading = method === 'GET' || method === 'HEAD';
  if (isReading || origin === undefined || hostOfOrigin(origin) === host) return undefined;
  return `A page of ${origin} may not change anything here. Send the request from this machine's own pages or a shell.`;
};
