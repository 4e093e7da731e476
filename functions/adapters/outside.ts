import type { Outside, OutsideAnswer } from './canary-ports.ts';

/** Longer than any page takes, shorter than the function's own time. */
const PATIENCE_MS = 8000;

const read = async (response: Response): Promise<OutsideAnswer> => ({
  status: response.status,
  text: await response.text(),
});

export const createOutside = (): Outside => ({
  get: async (url) => read(await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) })),
  post: async (url, headers, body) =>
    read(await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE_MS) })),
});
