/** A process that plays the fixture stack, to be killed: `serve.ts <assembly> <data folder>` prints its URLs when ready. */
import { followProcess } from '../../../../lib/local/process-events.ts';
import { startRuntime } from '../../../../lib/local/runtime.ts';

const [assembly = '', dataDir = ''] = process.argv.slice(2);
const log = (line: string) => process.stderr.write(`${line}\n`);

const runtime = await startRuntime({
  ...{ assembly, dataDir, port: 0, awsPort: 0, log },
  secrets: () => 'shop-secret',
  sales: () => ({ describe: async () => undefined, list: async () => [] }),
  console: () => async () => undefined,
});
followProcess(runtime, log);
process.stdout.write(`${JSON.stringify({ url: runtime.url, awsUrl: runtime.awsUrl })}\n`);
