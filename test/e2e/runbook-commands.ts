/** The commands that docs/runbook.md tells to type, as they stand there. */
import { spawnSync } from 'node:child_process';

/** Lines of code blocks, one for each command. */
const blockLines = (runbook: string): string[] =>
  [...runbook.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim()),
  );

/** Commands in the middle of a sentence. */
const inlineCommands = (runbook: string): string[] =>
  [...runbook.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) =>
    code.replaceAll(/\s+/g, ' ').trim(),
  );

/** Every call of ours, each once, in the order of the page. */
export const commandsIn = (runbook: string): string[] => {
  const all = [...blockLines(runbook), ...inlineCommands(runbook)];
  return [...new Set(all.filter((line) => line.includes('npx aftercare')))];
};

/** `<id>` and the like, from left to right. */
const filled = (command: string, values: readonly string[]): string => {
  const left = [...values];
  return command.replaceAll(/<[^>]+>/g, (name) => {
    const value = left.shift();
    if (value === undefined) throw new Error(`The test has nothing to fill in for ${name} of ${command}`);
    return value;
  });
};

/** Ended with NUL, which no argument can hold. */
const TELL = `npx() { shift; printf '%s\\0' "$AFTERCARE_SECRET_STANDARD" "$@"; };`;

type Typed = { secret: string; words: string[] };

/** What the command line is given when a shell reads this; `--aws` is the runtime at this address. */
export const typed = (command: string, values: readonly string[], url: string): Typed => {
  const line = filled(command, values).replace(/ --aws\b/, ` --url ${url}`);
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `${TELL} ${line}`], {
    encoding: 'utf8',
    env: {},
  });
  if (status !== 0 || stderr !== '') throw new Error(`No shell can read ${line}: ${stderr}`);
  const [secret = '', ...words] = stdout.split('\0').slice(0, -1);
  return { secret, words };
};
