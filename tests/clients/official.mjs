// The official TypeScript client, pinned to revision 2026-07-28 unless it is told otherwise.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { revision } from './wire.mjs';

export const anyResult = z.looseObject({});

export async function connect(server, { capabilities = {}, answers = [], mode = { pin: revision }, reconnectionOptions, ...options } = {}) {
  const client = new Client(
    { name: 'client-tests', version: '1.0.0' },
    { capabilities, versionNegotiation: { mode }, ...options },
  );
  if (capabilities.elicitation)
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      answers.push(params);
      return { action: 'accept', content: { name: 'Ada', confirm: true } };
    });
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    requestInit: { headers: { Authorization: `Bearer ${server.key}` } },
    reconnectionOptions,
  });
  await client.connect(transport);
  return client;
}

/** Collects what arrives until a condition holds. */
export function inbox() {
  const received = [];
  const waiting = [];
  return {
    received,
    push(message) {
      received.push(message);
      for (const check of waiting.slice())
        check();
    },
    until(holds, deadlineMs = 20_000) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`not received within ${deadlineMs} ms; there was ${JSON.stringify(received)}`)), deadlineMs);
        const check = () => {
          if (!holds(received))
            return;
          clearTimeout(late);
          waiting.splice(waiting.indexOf(check), 1);
          resolve(received);
        };
        waiting.push(check);
        check();
      });
    },
  };
}
