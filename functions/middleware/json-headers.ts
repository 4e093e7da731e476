/** Headers of every answer to a program: nothing guesses what it is, keeps it, or comes back without TLS. */
export const jsonHeaders = (type = 'application/json'): Record<string, string> => ({
  'content-type': type,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000',
});
