// Runs the official conformance suite against Standalone with the fixture pack, and reads every check it wrote.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStandalone, temporaryFolder } from '../host/standalone.mjs';
import { alwaysSkipped, pending, requiredCount, revision, tasks } from './scenarios.mjs';

const suite = new URL('node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url).pathname;
const suiteDeadlineMs = 300_000;
const only = process.argv.slice(2);

const folder = temporaryFolder();
const work = temporaryFolder();
// An empty list of expected failures is the suite's strict mode: a warning fails the run.
const strict = join(work.path, 'expected-failures.yaml');
writeFileSync(strict, 'server: []\n');

let server;
let exitCode = 1;
try {
  // The suite cannot send a key.
  server = await startStandalone(folder.path, { 'Actors:Authentication:AnonymousTenant': 'conformance' });
  exitCode = await main();
} finally {
  await server?.stop();
  folder.remove();
  work.remove();
}
process.exit(exitCode);

async function main() {
  const found = new Map();
  if (only.length === 0) {
    await run(['--requirements', revision], found);
    const required = [...found.keys()].filter((name) => !tasks.includes(name) && !pending.includes(name) && !alwaysSkipped.includes(name));
    if (required.length !== requiredCount)
      found.set(`requirements ${revision}`, [failure(`${required.length} scenarios ran instead of ${requiredCount}`)]);
  }

  // The run above reports these without letting them fail it; by name they do.
  for (const name of only.length > 0 ? only : [...tasks, ...pending]) {
    found.delete(name);
    await run(['--scenario', name, ...(pending.includes(name) ? ['--spec-version', revision] : [])], found);
    if (!found.has(name))
      found.set(name, [failure('the suite wrote no checks')]);
  }

  return report(found);
}

async function run(selection, found) {
  const out = mkdtempSync(join(work.path, 'out-'));
  const { code, output } = await suiteProcess([
    suite, 'server', '--url', server.url, ...selection, '--expected-failures', strict, '--output-dir', out,
  ]);
  let bad = false;
  for (const folder of readdirSync(out)) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(folder)?.[1] ?? folder;
    const checks = JSON.parse(readFileSync(join(out, folder, 'checks.json'), 'utf8'));
    found.set(scenario, checks);
    bad ||= problems(scenario, checks).length > 0;
  }
  // What the checks do not tell: the suite itself broke.
  if (code !== 0 && !bad)
    found.set(`the suite with ${selection.join(' ')}`, [failure(`exit code ${code}\n${output.slice(-2000)}`)]);
}

function suiteProcess(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: suiteDeadlineMs, killSignal: 'SIGKILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.once('close', (code) => resolve({ code, output }));
  });
}

function failure(errorMessage) {
  return { id: 'runner', status: 'FAILURE', errorMessage };
}

function problems(scenario, checks) {
  const wrong = checks.filter(({ status }) =>
    status === 'FAILURE' || status === 'WARNING' || (status === 'SKIPPED' && !alwaysSkipped.includes(scenario)));
  if (!alwaysSkipped.includes(scenario) && !checks.some(({ status }) => status === 'SUCCESS' || status === 'FAILURE'))
    wrong.push(failure('nothing was checked'));
  return wrong;
}

function report(found) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const count = { SUCCESS: 0, FAILURE: 0, WARNING: 0, SKIPPED: 0, INFO: 0 };
  for (const [scenario, checks] of found) {
    for (const { status } of checks)
      count[status] += 1;
    const wrong = problems(scenario, checks);
    const succeeded = checks.filter(({ status }) => status === 'SUCCESS').length;
    if (alwaysSkipped.includes(scenario) && wrong.length === 0) {
      skipped += 1;
      console.log(`skip ${scenario}`);
    } else if (wrong.length === 0) {
      passed += 1;
      console.log(`ok   ${scenario}: ${succeeded} checks`);
    } else {
      failed += 1;
      console.log(`FAIL ${scenario}: ${succeeded} checks passed, and`);
      for (const { status, id, name, errorMessage, details } of wrong)
        console.log(`     ${status} ${id}${name ? ` (${name})` : ''}: ${errorMessage ?? ''} ${details ? JSON.stringify(details).slice(0, 600) : ''}`);
    }
  }

  if (failed > 0)
    console.log(`\nThe server said:\n${server.output().slice(-6000)}`);
  console.log(`\nchecks: ${Object.entries(count).map(([status, n]) => `${n} ${status}`).join(', ')}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
