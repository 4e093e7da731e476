// Plays the same flow on one durable engine: start, a second, send, wait for the answer, end. Prints one JSON line.
// Runs in a folder where the engine is installed: node play.mjs <engine> <flows> <signals> <address>
const [, , engine, count, signalCount, address] = process.argv;
const FLOWS = Number(count);
const SIGNALS = Number(signalCount);
const CALLERS = 64;
const SLEEP_S = 1;
const WARM_UP = 100;
const INPUT = { journey: 'goods', policy: 'a1b2c3d4', words: 'x'.repeat(150) };

const { open } = await import(`./${engine}.mjs`);
const waiting = new Map();
let asked = 0;
let ended = 0;
const flow = await open({
  address,
  sleepMs: SLEEP_S * 1000,
  asked: () => {
    asked += 1;
  },
  next: (id) => {
    ended += 1;
    waiting.get(id)?.();
  },
});

const inLoop = async (from, to, job) => {
  let next = from;
  const caller = async () => {
    while (next < to) {
      next += 1;
      await job(`flow-${next - 1}`);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
};
const until = async (isSo) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
};
const timed = async (work) => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

/** Opens flows `from` to `to`; without the sleep that all of them share. */
const openFlows = async (from, to) => {
  const seconds = await timed(async () => {
    await inLoop(from, to, (id) => flow.start(id, INPUT));
    await until(() => asked === to);
  });
  return seconds - SLEEP_S;
};
const closeFlows = async (from, to) => {
  const before = ended;
  return timed(async () => {
    await inLoop(from, to, (id) => flow.signal(id));
    await until(() => ended === before + to - from);
    await flow.settled();
  });
};

await openFlows(0, WARM_UP);
await closeFlows(0, WARM_UP);
const last = WARM_UP + FLOWS;
const opening = await openFlows(WARM_UP, last);
const signals = [];
for (let index = WARM_UP; index < WARM_UP + SIGNALS; index += 1) {
  const id = `flow-${index}`;
  const next = new Promise((resolve) => waiting.set(id, resolve));
  const began = performance.now();
  await Promise.all([flow.signal(id), next.then(() => signals.push(performance.now() - began))]);
}
const closing = await closeFlows(WARM_UP + SIGNALS, last);
await flow.close();
signals.sort((a, b) => a - b);
const at = (percent) => signals[Math.max(0, Math.ceil((percent / 100) * signals.length) - 1)];
const flowsPerSecond = 1 / (opening / FLOWS + closing / (FLOWS - SIGNALS));
console.log(JSON.stringify({ flowsPerSecond, signalP50: at(50), signalP99: at(99) }));
process.exit(0);
