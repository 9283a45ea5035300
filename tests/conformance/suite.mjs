// Runs the official suite, and reads every check that it wrote.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { skippable } from './scenarios.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const deadlineMs = 300_000;

/**
 * @param {string} url the server's @param {string} work a folder to write to @param run one of scenarios.mjs
 * @returns {Promise<Map<string, object[]>>} the checks by scenario, and what else is wrong
 */
export async function runSuite(url, work, { name, suite, selection, scenarios, names = [] }) {
  const out = mkdtempSync(join(work, 'out-'));
  // An empty list of expected failures is the suite's strict mode: a warning fails the run.
  const strict = join(work, 'expected-failures.yaml');
  writeFileSync(strict, 'server: []\n');
  const { code, output } = await finished([
    join(here, suite), 'server', '--url', url, ...selection, '--expected-failures', strict, '--output-dir', out,
  ]);

  const found = new Map();
  for (const folder of readdirSync(out)) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(folder)?.[1] ?? folder;
    found.set(scenario, JSON.parse(readFileSync(join(out, folder, 'checks.json'), 'utf8')));
  }
  const ran = found.size;
  for (const missing of names.filter((each) => !found.has(each)))
    found.set(missing, [failure('it was not run')]);
  const isBad = [...found].some(([scenario, checks]) => problems(scenario, checks).length > 0);
  if (scenarios !== undefined && ran !== scenarios)
    found.set('the list of scenarios', [failure(`${ran} ran instead of ${scenarios}`)]);
  // What the checks do not tell: the suite itself broke.
  if (code !== 0 && !isBad)
    found.set('the suite', [failure(`exit code ${code}\n${output.slice(-2000)}`)]);
  return new Map([...found].map(([scenario, checks]) => [scenario, { run: name, scenario, checks, wrong: problems(scenario, checks) }]));
}

export function failure(errorMessage) {
  return { id: 'runner', status: 'FAILURE', errorMessage };
}

function problems(scenario, checks) {
  const maySkip = skippable.includes(scenario);
  const wrong = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING' || (status === 'SKIPPED' && !maySkip));
  if (!maySkip && !checks.some(({ status }) => status === 'SUCCESS' || status === 'FAILURE'))
    wrong.push(failure('nothing was checked'));
  return wrong;
}

function finished(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: deadlineMs, killSignal: 'SIGKILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.once('close', (code) => resolve({ code, output }));
  });
}
