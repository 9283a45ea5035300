// Requests of revision 2026-07-28 as they go over the wire, for what a well-behaved client cannot send or hides.
export const revision = '2026-07-28';
export const tasksExtension = 'io.modelcontextprotocol/tasks';
export const withTasks = { elicitation: {}, extensions: { [tasksExtension]: {} } };

const deadlineMs = 30_000;
let lastId = 0;

export function meta(capabilities = {}) {
  return {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: 'wire-tests', version: '1.0.0' },
    'io.modelcontextprotocol/clientCapabilities': capabilities,
  };
}

export function request(method, params = {}, capabilities = {}) {
  return { jsonrpc: '2.0', id: ++lastId, method, params: { ...params, _meta: { ...meta(capabilities), ...params._meta } } };
}

export function headersFor(key, { method, params }) {
  const name = params?.taskId ?? params?.name ?? params?.uri;
  return {
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': revision,
    'Mcp-Method': method,
    ...(name === undefined ? {} : { 'Mcp-Name': name }),
    ...(key ? { Authorization: `Bearer ${key}` } : {}),
  };
}

/** Posts anything; a header set to undefined is left out. */
export async function post(server, body, headers, init = {}) {
  const response = await fetch(server.url, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    signal: AbortSignal.timeout(deadlineMs),
    ...init,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, messages: messagesOf(response, text) };
}

/** One request, well formed, and its answer; `change` alters the headers. */
export async function call(server, method, params, capabilities, change = {}) {
  const body = request(method, params, capabilities);
  const answer = await post(server, body, { ...headersFor(server.key, body), ...change });
  const message = answer.messages.find(({ id }) => id === body.id);
  return { ...answer, result: message?.result, error: message?.error ?? answer.messages.at(-1)?.error };
}

export async function createTask(server, name, args = {}) {
  const { result, error } = await call(server, 'tools/call', { name, arguments: args }, withTasks);
  if (result?.resultType !== 'task')
    throw new Error(`not a task: ${JSON.stringify(result ?? error)}`);
  return result;
}

export const getTask = (server, taskId) => call(server, 'tasks/get', { taskId }, withTasks);

/** Reads again and again, as a client would, until the condition holds. */
export async function until(what, read, holds) {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const value = await read();
    if (holds(value))
      return value;
    if (Date.now() > deadline)
      throw new Error(`${what}: not within ${deadlineMs} ms; the last answer was ${JSON.stringify(value)}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

export const untilStatus = (server, taskId, status) =>
  until(`task ${taskId} ${status}`, async () => (await getTask(server, taskId)).result, (task) => task?.status === status);

function messagesOf(response, text) {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('text/event-stream'))
    return text.split(/\r?\n\r?\n/)
      .map((event) => event.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart()).join('\n'))
      .filter((data) => data !== '')
      .map((data) => JSON.parse(data));
  return type.includes('json') && text !== '' ? [JSON.parse(text)] : [];
}
