// Starts the real server, Actors.Standalone, with the fixture pack, on a free port and in a folder of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const configuration = process.env.ACTORS_CONFIGURATION ?? 'Release';
const startDeadlineMs = 60_000;
const stopDeadlineMs = 20_000;
export const built = (project, file) => join(root, project, 'bin', configuration, 'net10.0', file);

export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'actors-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** @param {string} folder what the server keeps between two starts; @param settings its configuration, over the defaults */
export async function startStandalone(folder, settings = {}) {
  const args = Object.entries({
    urls: 'http://127.0.0.1:0',
    'Actors:Standalone:DataFolder': folder,
    'Actors:ToolPacks:Paths:0': built('tests/FixturePack', 'Actors.FixturePack.dll'),
    ...settings,
  }).map(([name, value]) => `--${name}=${value}`);
  const server = spawn(built('src/Standalone', 'Actors.Standalone'), args, {
    cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const signal = (name) => { try { process.kill(-server.pid, name); } catch { /* it has gone */ } };
  process.once('exit', () => signal('SIGKILL'));
  const ended = new Promise((resolve) => { server.once('exit', resolve); });
  let output = '';
  const welcome = new Promise((resolve) => {
    for (const stream of [server.stdout, server.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        const url = /^Actors listens on (\S+)$/m.exec(output)?.[1];
        if (url && /^\.mcp\.json/m.test(output))
          resolve({ url, key: /^Key: (\S+)$/m.exec(output)?.[1] });
      });
  });

  const stop = async () => {
    signal('SIGTERM');
    const late = setTimeout(() => signal('SIGKILL'), stopDeadlineMs);
    await ended;
    clearTimeout(late);
    signal('SIGKILL');
  };
  let late;
  const found = await Promise.race([
    welcome,
    ended,
    new Promise((resolve) => { late = setTimeout(resolve, startDeadlineMs); }),
  ]);
  clearTimeout(late);
  if (found?.url)
    return { ...found, output: () => output, stop };
  await stop();
  throw new Error(`The server did not start. It said:\n${output}`);
}
