/** What AWS refused, in a sentence that says what helps. */
import { CommandMistake } from './command-mistake.ts';

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^Stack .* does not exist/, 'Name it with --stack, and where it is deployed with --region.'],
  [/^Region is missing/, 'Say with --region where the stack is deployed, or set AWS_REGION.'],
  [
    /^(CredentialsProviderError|InvalidClientTokenId|UnrecognizedClientException|ExpiredToken|SignatureDoesNotMatch)/,
    'There are no AWS credentials that work here. Sign in, or set AWS_PROFILE.',
  ],
  [
    /^(AccessDenied|NotAuthorized)/,
    'These credentials may not do that; the words of AWS name the permission.',
  ],
  [/^Thrott/, 'AWS takes no more right now; try again in a minute.'],
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|TimeoutError)$/,
    'Nothing answers there. Is the address right, and the network up?',
  ],
];

const wordsOf = (error: Error): string[] => [
  error.message,
  error.name,
  ...('code' in error && typeof error.code === 'string' ? [error.code] : []),
];

const adviceFor = (error: Error) =>
  ADVICE.find(([what]) => wordsOf(error).some((word) => what.test(word)))?.[1];

/** Anything else that is thrown is a mistake of ours, and must be seen as one. */
const isTrouble = (error: unknown): error is Error =>
  error instanceof Error && ('$metadata' in error || adviceFor(error) !== undefined);

/** The reason and the advice, for a call of AWS that failed. */
export const troubleOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const said = error.message === '' ? error.name : error.message;
  const advice = adviceFor(error);
  const reason = error.name === 'Error' || said.startsWith(error.name) ? said : `${error.name}: ${said}`;
  return [reason.replace(/\.?$/, '.'), ...(advice === undefined ? [] : [advice])].join(' ');
};

/** @throws CommandMistake that names who refused, why, and what helps. */
export const toldPlainly = async <T>(name: string, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (!isTrouble(error)) throw error;
    throw new CommandMistake(`${name}: ${troubleOf(error)}`, 1, { cause: error });
  }
};
