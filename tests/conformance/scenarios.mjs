// What the official suite must say of the server. Beside these lists, nothing is forgiven: a warning fails a scenario, and so does a skip.

/** The suite itself, and an older release of it as a second opinion. */
export const suites = {
  current: 'node_modules/@modelcontextprotocol/conformance/dist/index.js',
  older: 'node_modules/conformance-0.1/dist/index.js',
};

/** What pends: scenarios that the suite's own reference server does not pass yet, and those of the tasks extension. */
export const pending = [
  'json-schema-2020-12',
  'server-sse-polling',
  'http-header-validation',
  'http-custom-header-server-validation',
  'tasks-lifecycle',
  'tasks-capability-negotiation',
  'tasks-wire-fields',
  'tasks-request-state-removal',
  'tasks-mrtr-input',
  'tasks-request-headers',
  'tasks-dispatch-and-envelope',
  'tasks-required-task-error',
  'tasks-mrtr-composition',
];

/**
 * The only scenarios that may be skipped. The suite has not been rewritten for subscriptions/listen and skips the first, whatever a
 * server does; the others are of the skills extension, which is not offered.
 */
export const skippable = ['tasks-status-notifications', 'sep-2640-skills-directory', 'sep-2640-skills-enumeration', 'sep-2640-skills-manifest'];

/**
 * What is run. A requirement set reports some of its scenarios without letting them decide its exit code; here each decides. `scenarios`
 * is how many there are: a shorter list would mean that something was not run.
 */
export const runs = [
  { name: '2025-11-25', suite: suites.current, selection: ['--requirements', '2025-11-25'], scenarios: 33 },
  { name: '2026-07-28', suite: suites.current, selection: ['--requirements', '2026-07-28'], scenarios: 50 },
  { name: '2025-06-18', suite: suites.current, selection: ['--suite', 'all', '--spec-version', '2025-06-18'], scenarios: 27 },
  { name: '2025-03-26', suite: suites.current, selection: ['--suite', 'all', '--spec-version', '2025-03-26'], scenarios: 1 },
  { name: 'pending', suite: suites.current, selection: ['--suite', 'pending'], scenarios: 17, names: pending },
  { name: '0.1.16', suite: suites.older, selection: ['--suite', 'active'], scenarios: 30 },
  { name: '0.1.16 pending', suite: suites.older, selection: ['--suite', 'pending'], scenarios: 2 },
];
