// The official schemas of the revisions, as validators of what a server sends.
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/data/mcp-docs/', import.meta.url));
const modern = '2026-07-28';
const session = '2025-11-25';

const results = {
  'initialize': 'InitializeResult',
  'server/discover': 'DiscoverResult',
  'tools/list': 'ListToolsResult',
  'tools/call': 'CallToolResult',
  'prompts/list': 'ListPromptsResult',
  'prompts/get': 'GetPromptResult',
  'resources/list': 'ListResourcesResult',
  'resources/templates/list': 'ListResourceTemplatesResult',
  'resources/read': 'ReadResourceResult',
  'completion/complete': 'CompleteResult',
  'subscriptions/listen': 'SubscriptionsListenResult',
  'ping': 'EmptyResult',
  'logging/setLevel': 'EmptyResult',
  'resources/subscribe': 'EmptyResult',
  'resources/unsubscribe': 'EmptyResult',
  'tasks/get': 'GetTaskResult',
  'tasks/result': 'CallToolResult',
  'tasks/list': 'ListTasksResult',
  'tasks/cancel': 'CancelTaskResult',
  'tasks/update': 'UpdateTaskResult',
};
const requests = { 'elicitation/create': 'ElicitRequest', 'sampling/createMessage': 'CreateMessageRequest', 'roots/list': 'ListRootsRequest', 'ping': 'PingRequest' };
const notifications = {
  'notifications/cancelled': 'CancelledNotification',
  'notifications/progress': 'ProgressNotification',
  'notifications/message': 'LoggingMessageNotification',
  'notifications/tools/list_changed': 'ToolListChangedNotification',
  'notifications/prompts/list_changed': 'PromptListChangedNotification',
  'notifications/resources/list_changed': 'ResourceListChangedNotification',
  'notifications/resources/updated': 'ResourceUpdatedNotification',
  'notifications/subscriptions/acknowledged': 'SubscriptionsAcknowledgedNotification',
  'notifications/tasks/status': 'TaskStatusNotification',
  'notifications/tasks': 'TaskStatusNotification',
};
const typedErrors = { [-32020]: 'HeaderMismatchError', [-32021]: 'MissingRequiredClientCapabilityError', [-32022]: 'UnsupportedProtocolVersionError' };

const idOf = (name) => `https://schemas.example.org/${name}`;
const schemas = { [modern]: `schema/${modern}/schema.json`, [session]: `schema/${session}/schema.json`, tasks: 'ext-tasks/schema.json' };

/** Null: the folder shared/ is not beside the checkout, or does not hold this revision. */
export function validatorOf(revision) {
  if (!(revision in schemas) || !Object.values(schemas).every((file) => existsSync(folder + file)))
    return null;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  for (const name of revision === modern ? [modern, 'tasks'] : [session])
    ajv.addSchema({ ...JSON.parse(readFileSync(folder + schemas[name], 'utf8')), $id: idOf(name) });
  return (entry) => faultsOf(entry, (definition, value, of = revision) => {
    const valid = ajv.getSchema(`${idOf(of)}#/$defs/${definition}`);
    if (!valid)
      return [`the schema has no ${definition}`];
    return valid(value) ? [] : valid.errors.map(({ instancePath, message }) => `${definition}${instancePath} ${message}`);
  }, revision);
}

function faultsOf({ message, answers }, check, revision) {
  const of = (method) => revision === modern && /(^|\/)tasks(\/|$)/.test(method) ? 'tasks' : revision;
  if (message.method !== undefined && message.id !== undefined)
    return revision === modern
      ? ['a server sends no requests in this revision']
      : [...check('JSONRPCRequest', message), ...known(requests, message.method, (name) => check(name, message))];
  if (message.method !== undefined)
    return [...check('JSONRPCNotification', message), ...known(notifications, message.method, (name) => check(name, message, of(message.method)))];
  if (message.error !== undefined) {
    const typed = revision === modern ? typedErrors[message.error.code] : undefined;
    return [...check('JSONRPCErrorResponse', message), ...(typed ? check(typed, message) : [])];
  }
  if (!answers)
    return ['a result that answers no request'];
  return [
    ...check('JSONRPCResultResponse', message),
    ...known(results, answers.method, (name) => resultFaults(name, message.result, answers, check, of(answers.method), revision)),
  ];
}

function resultFaults(name, result, answers, check, of, revision) {
  if (revision === modern && result?.resultType === 'task')
    return check('CreateTaskResult', result, 'tasks');
  if (revision === modern && result?.resultType === 'input_required')
    return check('InputRequiredResult', result);
  if (answers.method === 'tools/call' && answers.isTask && revision === session)
    return check('CreateTaskResult', result);
  const faults = check(name, result, of);
  // What the extension leaves open: the inlined result is one of tools/call.
  return name === 'GetTaskResult' && result?.result !== undefined ? [...faults, ...check('CallToolResult', result.result)] : faults;
}

const known = (names, method, then) => method in names ? then(names[method]) : [`${method} is not of this revision`];
