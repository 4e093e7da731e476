import * as z from 'zod';
import { AwsError } from '../errors.ts';

/** One API action: takes the parsed body, answers what AWS answers. */
export type Action = (input: unknown) => Promise<unknown>;
export type Actions = Readonly<Record<string, Action>>;

/** Parses the body first. Members the schema does not name are ignored, as on AWS. */
export const action = <S extends z.ZodType>(schema: S, run: (input: z.output<S>) => unknown): Action => {
  return async (input) => {
    const parsed = schema.safeParse(input ?? {});
    if (parsed.success) return run(parsed.data);
    const problems = parsed.error.issues.map((one) => {
      const member = one.path.map(String).join('.');
      return `Value at '${member}' failed to satisfy constraint: ${one.message}`;
    });
    const count = problems.length;
    const heading = `${count} validation error${count === 1 ? '' : 's'} detected: `;
    throw new AwsError('ValidationException', heading + problems.join('; '));
  };
};

/** JSON 1.0 timestamps are epoch seconds. */
export const seconds = (instant: number): number => instant / 1000;

export const Name = z.string().min(1).max(80);
export const Arn = z.string().min(1).max(256);

const FORBIDDEN_IN_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Surrogate}]/u;

export const checkName = (name: string): string => {
  if (FORBIDDEN_IN_NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  return name;
};

export const Page = {
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(1024).optional(),
};

const TOKEN = /^[0-9]+$/;

/** Page tokens are the number to go on from. */
export const readPageToken = (token: string | undefined): number | undefined => {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64url').toString();
  if (!TOKEN.test(text)) throw new AwsError('InvalidToken', `Invalid Token: 'Invalid token'`);
  return Number(text);
};

export const pageToken = (position: number): string => Buffer.from(String(position)).toString('base64url');
