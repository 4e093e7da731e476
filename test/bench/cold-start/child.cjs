/* What Lambda does with a new environment: loads the bundle, calls the handler once. Without a file: what Node costs alone. */
const { writeSync } = require('node:fs');

const [, , file, event] = process.argv;
const tell = (word) => writeSync(1, word);

/** Of the whole process so far: what other processes do at the same time does not count. */
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

if (file === undefined) tell(`done ${JSON.stringify({ cpuMs: cpuMs() })}`);
else {
  const began = performance.now();
  const { handler } = require(file);
  const loadedMs = performance.now() - began;
  const loadCpuMs = cpuMs();
  const end = (how) => tell(`done ${JSON.stringify({ loadedMs, loadCpuMs, cpuMs: cpuMs(), how })}`);
  const context = { callbackWaitsForEmptyEventLoop: false, getRemainingTimeInMillis: () => 30_000 };
  /* A step of a sale that does not exist throws, after its calls: the end all the same. */
  void Promise.resolve()
    .then(() => handler(JSON.parse(event), context))
    .then(
      (result) => end(`answered ${result?.statusCode ?? ''}`),
      (error) => end(`threw ${error.name}`),
    )
    .then(() => process.exit(0));
}
