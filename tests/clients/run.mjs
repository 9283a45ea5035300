// Starts one server, runs every *.test.mjs against it, then checks what the server sent in them, and says how many tests passed.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startStandalone, temporaryFolder } from '../host/standalone.mjs';
import { startProxy } from './proxy.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const syncWindowMs = 1_500;
const words = process.argv.slice(2);
const files = readdirSync(here).filter((file) => file.endsWith('.test.mjs') && (words.length === 0 || words.some((word) => file.includes(word))));

const folder = temporaryFolder();
const otherKey = await keyOfAnotherTenant();
const server = await startStandalone(folder.path, { 'Actors:Mcp:SyncWindow': '00:00:01.500' });
const recorded = join(folder.path, 'recorded');
mkdirSync(recorded);
const proxy = await startProxy([server.url], join(recorded, 'server'));
let tap = '';
let code = await run(files);
await proxy.close();
code = await run(['recorded.check.mjs']) || code;
if (code !== 0)
  console.log(`The server said:\n${server.output().slice(-6000)}`);
await server.stop();
folder.remove();

const total = (name) => [...tap.matchAll(new RegExp(`^# ${name} (\\d+)$`, 'gm'))].reduce((sum, [, count]) => sum + Number(count), 0);
console.log(`${total('pass')} passed, ${total('fail') + total('cancelled')} failed, ${total('skipped') + total('todo')} skipped`);
process.exit(code);

async function run(tests) {
  const child = spawn(process.execPath, ['--test', '--test-reporter=tap', '--test-concurrency=1', ...tests], {
    cwd: here,
    env: {
      ...process.env,
      ACTORS_URL: proxy.url,
      ACTORS_KEY: server.key,
      ACTORS_OTHER_KEY: otherKey,
      ACTORS_SYNC_WINDOW_MS: String(syncWindowMs),
      ACTORS_WIRE: recorded,
      ACTORS_WIRE_PARTIAL: words.length === 0 ? '' : '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8').on('data', (text) => { tap += text; process.stdout.write(text); });
  return new Promise((resolve) => { child.once('close', resolve); });
}

// Standalone makes one tenant, on its first start: so it is started once for the other.
async function keyOfAnotherTenant() {
  const other = await startStandalone(folder.path, { 'Actors:Standalone:Tenant': 'other' });
  await other.stop();
  rmSync(join(folder.path, 'key'));
  return other.key;
}
