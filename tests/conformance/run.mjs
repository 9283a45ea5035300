// Runs the official conformance suite against one process and, at the same time, against a cluster behind a proxy that sends each
// request to the next frontend.
//   run.sh                          everything
//   run.sh one|cluster [SCENARIO]…  there only, and these scenarios only
import { startCluster } from '../host/cluster.mjs';
import { startStandalone, temporaryFolder } from '../host/standalone.mjs';
import { runs, suites } from './scenarios.mjs';
import { failure, runSuite } from './suite.mjs';

// The suite cannot send a key.
const settings = { 'Actors:Authentication:AnonymousTenant': 'conformance' };
const places = {
  one: (folder) => startStandalone(folder, settings),
  cluster: (folder) => startCluster(folder, settings),
};

const [place, ...names] = process.argv.slice(2);
const byName = (name) => ({ name: 'by name', suite: suites.current, selection: ['--scenario', name], scenarios: 1, names: [name] });
const selected = names.length === 0 ? runs : names.map(byName);
const tallies = await Promise.all((place ? [place] : Object.keys(places)).map(check));
const total = (key) => tallies.reduce((sum, tally) => sum + tally[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
process.exit(total('failed') === 0 && total('passed') > 0 ? 0 : 1);

async function check(place) {
  const folder = temporaryFolder();
  const work = temporaryFolder();
  let server;
  try {
    const started = Date.now();
    server = await places[place](folder.path);
    const ready = Date.now();
    const results = [];
    for (const run of selected)
      results.push(...(await runSuite(server.url, work.path, run)).values());
    if (server.served)
      results.push(rotation(server.served()));
    return report(place, results, server, `started in ${seconds(started, ready)} s, checked in ${seconds(ready, Date.now())} s`);
  } finally {
    await server?.stop();
    folder.remove();
    work.remove();
  }
}

/** Whether the proxy has really sent the requests to all frontends in turn, so that none of them saw all of any session. */
function rotation(served) {
  const sum = served.reduce((a, b) => a + b, 0);
  const isEven = served.every((count) => count >= 0.8 * sum / served.length);
  const wrong = isEven ? [] : [failure(`the frontends answered ${served.join(' and ')} requests`)];
  return { run: 'proxy', scenario: `requests in turn (${served.join(' and ')})`, checks: isEven ? [{ status: 'SUCCESS' }] : wrong, wrong };
}

function report(place, results, server, times) {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const count = { SUCCESS: 0, FAILURE: 0, WARNING: 0, SKIPPED: 0, INFO: 0 };
  console.log(`== ${place}: ${times}`);
  for (const { run, scenario, checks, wrong } of results) {
    for (const { status } of checks)
      count[status] += 1;
    const succeeded = checks.filter(({ status }) => status === 'SUCCESS').length;
    const [outcome, word] = wrong.length > 0 ? ['failed', 'FAIL'] : checks.some(({ status }) => status === 'SKIPPED') ? ['skipped', 'skip'] : ['passed', 'ok  '];
    tally[outcome] += 1;
    console.log(`${word} ${place} ${run} ${scenario}: ${succeeded} checks passed`);
    for (const { status, id, name, errorMessage, details } of wrong)
      console.log(`     ${status} ${id}${name ? ` (${name})` : ''}: ${errorMessage ?? ''} ${details ? JSON.stringify(details).slice(0, 600) : ''}`);
  }
  if (tally.failed > 0)
    console.log(`\nThe server said:\n${server.output().slice(-12_000)}`);
  console.log(`checks of ${place}: ${Object.entries(count).map(([status, n]) => `${n} ${status}`).join(', ')}\n`);
  return tally;
}

function seconds(from, to) {
  return ((to - from) / 1000).toFixed(1);
}
