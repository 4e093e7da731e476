/** What an import needs from the machine it runs on. */
import { setTimeout as later } from 'node:timers/promises';

export type ImportPorts = {
  /** Epoch milliseconds. */
  now(): number;
  /** Ends early when the signal says so. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  isTerminal: boolean;
  /** Writes over the line that was drawn last. */
  draw(text: string): void;
  /** Calls back at Ctrl-C, once; answers how to stop listening. Pressed again a second later it ends the process. */
  onInterrupt(stop: () => void): () => void;
};

export const machine: ImportPorts = {
  now: () => Date.now(),
  wait: async (ms, signal) => {
    try {
      await later(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
  isTerminal: process.stderr.isTTY === true,
  draw: (text) => process.stderr.write(`\r\u001b[K${text}`),
  onInterrupt: (stop) => {
    let first = 0;
    /* One press arrives twice where a parent process passes it on, as `npx aftercare` does. */
    const hear = () => {
      if (first === 0) {
        first = Date.now();
        stop();
      } else if (Date.now() - first > 1000) process.exit(130);
    };
    process.on('SIGINT', hear);
    /* Once heard, it goes on listening: the second signal of one press may come after the last order. */
    return () => {
      if (first === 0) process.off('SIGINT', hear);
    };
  },
};
