// Starts deploy/local-cluster.sh with the fixture pack, on free ports and in a folder of its own, behind a proxy without stickiness.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startRoundRobin } from './round-robin.mjs';
import { built, root } from './standalone.mjs';

const script = join(root, 'deploy/local-cluster.sh');
const startDeadlineMs = 120_000;
const attempts = 5;

/**
 * Silos and frontends as processes, and a proxy that sends each request to the next frontend.
 * @param {string} folder what the cluster keeps @param settings the configuration of all its processes, over the defaults
 */
export async function startCluster(folder, settings = {}, { silos = 2, frontends = 2 } = {}) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await freeBase(silos, frontends), join(folder, `try-${attempt}`), settings, silos, frontends);
    } catch (error) {
      // Somebody may have taken a port in between.
      if (attempt === attempts || !/address (is )?already in use/i.test(error.message))
        throw error;
    }
  }
}

async function startOn(base, folder, settings, silos, frontends) {
  const env = {
    ...process.env,
    ACTORS_CLUSTER_DIR: folder,
    ACTORS_CLUSTER_BASE: String(base),
    ACTORS_CLUSTER_BUILT: '1',
    ACTORS_CLUSTER_PROXY: 'none',
    ACTORS_CONFIGURATION: process.env.ACTORS_CONFIGURATION ?? 'Release',
    ACTORS_PACKS: built('tests/FixturePack', 'Actors.FixturePack.dll'),
    // Nobody is told to look elsewhere when it ends.
    Actors__Drain__Notice: '00:00:00',
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name.replaceAll(':', '__'), value])),
  };
  let ended = false;
  const down = () => {
    if (!ended)
      spawnSync(script, ['down'], { env, stdio: 'ignore' });
    ended = true;
  };
  process.once('exit', down);
  const { code, output } = await finished(spawn(script, ['up', silos, frontends].map(String), { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  if (code !== 0) {
    const said = logs(folder);
    down();
    throw new Error(`The cluster did not start. ${output}\n${said}`);
  }
  const proxy = await startRoundRobin(Array.from({ length: frontends }, (_, i) => base + 101 + i));
  return {
    url: `http://127.0.0.1:${proxy.port}/mcp`,
    key: readFileSync(join(folder, 'key'), 'utf8').trim(),
    output: () => logs(folder),
    /** How many requests each frontend has answered. */
    served: () => proxy.served,
    /** The frontends themselves, without the proxy. */
    frontends: Array.from({ length: frontends }, (_, i) => `http://127.0.0.1:${base + 101 + i}/mcp`),
    /** SIGKILL. @param {string} name for example frontend-1 */
    kill: async (name) => {
      const { code, output: said } = await finished(spawn(script, ['kill', name], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
      if (code !== 0)
        throw new Error(`${name} was not killed. ${said}`);
    },
    stop: async () => {
      proxy.stop();
      if (!ended)
        await finished(spawn(script, ['down'], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
      ended = true;
    },
  };
}

function logs(folder) {
  const names = readdirSync(join(folder, 'logs')).filter((name) => name.endsWith('.log'));
  return names.map((name) => `--- ${name}\n${readFileSync(join(folder, 'logs', name), 'utf8').slice(-3000)}`).join('\n');
}

function finished(child) {
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill('SIGKILL'), startDeadlineMs);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.once('exit', (code) => {
      clearTimeout(late);
      resolve({ code, output });
    });
  });
}

// Below the ports that connections going out are given.
async function freeBase(silos, frontends) {
  const ports = [500];
  for (let n = 1; n <= silos; n++)
    ports.push(200 + n, 300 + n, 400 + n);
  for (let n = 1; n <= frontends; n++)
    ports.push(100 + n);
  while (true) {
    const base = 10_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all(ports.map((port) => isFree(base + port)));
    if (free.every(Boolean))
      return base;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
