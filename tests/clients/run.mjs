// Starts one server, runs every *.test.mjs against it, and says how many tests passed.
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startStandalone, temporaryFolder } from '../host/standalone.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const syncWindowMs = 1_500;
const words = process.argv.slice(2);
const files = readdirSync(here).filter((file) => file.endsWith('.test.mjs') && (words.length === 0 || words.some((word) => file.includes(word))));

const folder = temporaryFolder();
const otherKey = await keyOfAnotherTenant();
const server = await startStandalone(folder.path, { 'Actors:Mcp:SyncWindow': '00:00:01.500' });
const child = spawn(process.execPath, ['--test', '--test-reporter=tap', '--test-concurrency=1', ...files], {
  cwd: here,
  env: {
    ...process.env,
    ACTORS_URL: server.url,
    ACTORS_KEY: server.key,
    ACTORS_OTHER_KEY: otherKey,
    ACTORS_SYNC_WINDOW_MS: String(syncWindowMs),
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let tap = '';
child.stdout.setEncoding('utf8').on('data', (text) => { tap += text; process.stdout.write(text); });
const code = await new Promise((resolve) => { child.once('close', resolve); });
if (code !== 0)
  console.log(`The server said:\n${server.output().slice(-6000)}`);
await server.stop();
folder.remove();

const total = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
console.log(`${total('pass')} passed, ${total('fail') + total('cancelled')} failed, ${total('skipped') + total('todo')} skipped`);
process.exit(code);

// Standalone makes one tenant, on its first start: so it is started once for the other.
async function keyOfAnotherTenant() {
  const other = await startStandalone(folder.path, { 'Actors:Standalone:Tenant': 'other' });
  await other.stop();
  rmSync(join(folder.path, 'key'));
  return other.key;
}
