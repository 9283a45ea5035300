// The official TypeScript client of the revisions with sessions (2025-11-25).
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CallToolResultSchema, CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { inbox } from './official.mjs';

export { CallToolResultSchema };
export const retryAtOnce = { initialReconnectionDelay: 50, maxReconnectionDelay: 500, reconnectionDelayGrowFactor: 1.5, maxRetries: 100 };
const asking = { elicitation: {}, sampling: {}, roots: {}, tasks: { list: {}, cancel: {} } };

/** @returns the client, with what it was asked and told: `asked` (requests) and `heard` (notifications) are inboxes. */
export async function openSession(server, { capabilities = asking, fetch, sessionId, answer = () => ({ action: 'accept', content: { confirm: true, name: 'Ada' } }) } = {}) {
  const client = new Client({ name: 'session-tests', version: '1.0.0' }, { capabilities, defaultTaskPollInterval: 50 });
  const asked = inbox();
  const heard = inbox();
  const handle = (schema, reply) => client.setRequestHandler(schema, async (request, extra) => {
    asked.push({ ...request, id: extra.requestId });
    return reply(request);
  });
  if (capabilities.elicitation)
    handle(ElicitRequestSchema, (request) => answer(request));
  if (capabilities.sampling)
    handle(CreateMessageRequestSchema, () => ({ role: 'assistant', model: 'none', content: { type: 'text', text: 'Paris.' } }));
  if (capabilities.roots)
    handle(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///work', name: 'work' }] }));
  client.fallbackNotificationHandler = async (notification) => heard.push(notification);
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    requestInit: { headers: { Authorization: `Bearer ${server.key}` } },
    reconnectionOptions: retryAtOnce,
    fetch,
    sessionId,
  });
  const errors = [];
  client.onerror = (error) => errors.push(error);
  await client.connect(transport);
  await client.listTools();
  return { client, transport, asked, heard, errors, tasks: client.experimental.tasks };
}

/** Runs a stream of task messages to its end. @returns all of them */
export async function drain(stream, each = () => {}) {
  const messages = [];
  for await (const message of stream) {
    messages.push(message);
    await each(message);
  }
  return messages;
}

export const text = (result) => result.content[0].text;
