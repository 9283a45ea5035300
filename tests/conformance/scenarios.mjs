// What the official suite must say of the server. Beside these lists, nothing is forgiven: a warning fails a scenario.

/** The revision whose required scenarios run in one go. */
export const revision = '2026-07-28';

/** Scenarios of the tasks extension: off the revision's timeline, so each is run by its name. */
export const tasks = [
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

/** Scenarios that the suite's own reference server does not pass yet, and that apply to the revision. */
export const pending = ['json-schema-2020-12', 'http-header-validation', 'http-custom-header-server-validation'];

/** The suite has not been rewritten for subscriptions/listen and skips these, whatever a server does. */
export const alwaysSkipped = ['tasks-status-notifications'];

/** How many scenarios the revision requires: a shorter list would mean that something was not run. */
export const requiredCount = 37;
