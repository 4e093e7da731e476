/** `node:http` as the functions of this process see it: what they send to the runtime's own address needs no socket. */
import http from 'node:http';
import type { Answer } from '../aws/aws-call.ts';
import { InProcessRequest } from './in-process-request.ts';

type Request = typeof http.request;

/** Other ways to call it work too, through a socket. */
const isPlainOptions = (given: unknown): given is http.RequestOptions =>
  typeof given === 'object' && given !== null && !(given instanceof URL);

const isListener = (given: unknown): given is (response: unknown) => void => typeof given === 'function';

/** A module like `node:http`, whose requests to `url` are answered by `answer`. */
export const createInProcessHttp = (url: string, answer: Answer): Readonly<Record<string, unknown>> => {
  const { hostname, port } = new URL(url);
  const isOurs = (options: http.RequestOptions) =>
    (options.hostname ?? options.host) === hostname && String(options.port) === port;

  const request = (...given: Parameters<Request>) => {
    const [options, onResponse]: readonly unknown[] = given;
    if (!isPlainOptions(options) || !isOurs(options)) return http.request(...given);
    const made = new InProcessRequest(options, answer);
    if (isListener(onResponse)) made.once('response', onResponse);
    return made;
  };
  const get = (...given: Parameters<Request>) => {
    const made = request(...given);
    made.end();
    return made;
  };
  const module = { ...http, request, get };
  return { ...module, default: module };
};
