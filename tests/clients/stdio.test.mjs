import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { inbox } from './official.mjs';
import { server } from './server.mjs';
import { createTask, revision, withTasks } from './wire.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'src/Cli/bin', process.env.ACTORS_CONFIGURATION ?? 'Release', 'net10.0/actors');
const text = (result) => result.content[0].text;

async function connect(mode, { capabilities = {}, answers = [] } = {}) {
  const client = new Client({ name: 'stdio-tests', version: '1.0.0' }, { capabilities, versionNegotiation: { mode } });
  if (capabilities.elicitation)
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      answers.push(params);
      return { action: 'accept', content: { name: 'Ada', username: 'ada', email: 'ada@example.com' } };
    });
  const errors = [];
  client.onerror = (error) => errors.push(error);
  const transport = new StdioClientTransport({
    command, args: ['stdio', '--url', server.url], env: { ...process.env, ACTORS_KEY: server.key }, stderr: 'pipe',
  });
  let said = '';
  transport.stderr?.on('data', (data) => { said += data; });
  await client.connect(transport);
  return { client, errors, said: () => said };
}

for (const [era, mode] of [['the stateless revision', { pin: revision }], ['the revisions with sessions', 'legacy'], ['whichever the probe finds', 'auto']]) {
  describe(`The official TypeScript client over stdio, speaking ${era}`, () => {
    let host;
    before(async () => { host = await connect(mode); });
    after(async () => {
      await host.client.close();
      assert.deepEqual([host.errors, host.said()], [[], '']);
    });

    test('lists, reads and calls', async () => {
      const { client } = host;
      assert.ok((await client.listTools()).tools.some(({ name }) => name === 'job_wait'));
      assert.ok((await client.listResources()).resources.some(({ uri }) => uri === 'test://static-text'));
      assert.equal(text(await client.callTool({ name: 'greet', arguments: { name: 'Ada' } })), 'Hello, Ada!');
      assert.equal(
        text(await client.callTool({ name: 'test_x_mcp_header', arguments: { region: 'Zürich', level: 3 } })), 'region=Zürich level=3');
    });

    test('hears progress', async () => {
      const progress = [];
      await host.client.callTool({ name: 'test_tool_with_progress', arguments: {} }, { onprogress: (value) => progress.push(value.progress) });
      assert.deepEqual(progress, [0, 50, 100]);
    });

    test('is told of an unknown tool', async () => {
      await assert.rejects(host.client.callTool({ name: 'no_such_tool', arguments: {} }), /Unknown tool|-32602/);
    });

    test('answers a question in the call', async () => {
      const answers = [];
      const asked = await connect(mode, { capabilities: { elicitation: {} }, answers });
      const result = await asked.client.callTool({ name: 'test_elicitation', arguments: { message: 'Who are you?' } });
      assert.match(text(result), /^The user chose accept/);
      assert.equal(answers.length, 1);
      await asked.client.close();
    });

    test('gets many answers that are on their way at once', async () => {
      const names = Array.from({ length: 50 }, (_, number) => `n${number}`);
      const results = await Promise.all(names.map((name) => host.client.callTool({ name: 'greet', arguments: { name } })));
      assert.deepEqual(results.map(text), names.map((name) => `Hello, ${name}!`));
    });
  });
}

test('The official TypeScript client over stdio hears of a task and of changed tools', async (t) => {
  const heard = inbox();
  const { client } = await connect({ pin: revision }, { capabilities: withTasks });
  t.after(() => client.close());
  client.fallbackNotificationHandler = async (notification) => heard.push(notification);
  client.setNotificationHandler('notifications/tools/list_changed', async () => heard.push({ method: 'tools' }));
  const { taskId } = await createTask(server, 'slow_compute', { seconds: 1 });
  const subscription = await client.listen({ taskIds: [taskId], toolsListChanged: true });
  await heard.until((messages) => messages.some(({ method, params }) => method === 'notifications/tasks' && params.status === 'completed'));
  await client.callTool({ name: 'test_trigger_tool_change', arguments: {} });
  await heard.until((messages) => messages.some(({ method }) => method === 'tools'));
  await subscription.close();
});
