// One client that speaks both eras, in each way it can choose one: the same server, the same jobs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect } from './official.mjs';
import { retryAtOnce } from './session.mjs';
import { server } from './server.mjs';
import { until } from './wire.mjs';

const modes = { legacy: 'legacy', auto: 'auto', 'pinned to 2026-07-28': { pin: '2026-07-28' } };
const text = (result) => result.content[0].text;

for (const [name, mode] of Object.entries(modes))
  describe(`The client of both eras, ${name}`, () => {
    const open = (options = {}) => connect(server, { mode, reconnectionOptions: retryAtOnce, ...options });

    test('lists, calls and reads', async () => {
      const client = await open();
      assert.ok((await client.listTools()).tools.some(({ name: tool }) => tool === 'greet'));
      assert.equal(text(await client.callTool({ name: 'greet', arguments: { name: 'Ada' } })), 'Hello, Ada!');
      assert.ok((await client.listPrompts()).prompts.length > 0);
      assert.equal((await client.readResource({ uri: 'test://static-text' })).contents[0].text, 'This is the static text.');
      await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }));
      await client.close();
    });

    test('gets progress, is handed over, and finds its job with the job tools', async () => {
      const client = await open();
      const progress = [];
      const answer = await client.callTool({ name: 'slow_compute', arguments: { seconds: 3, label: 'it' } }, { onprogress: (value) => progress.push(value.progress) });
      assert.ok(progress.length > 0 && progress.every((value, i) => i === 0 || value > progress[i - 1]), progress.join());
      const { job_id } = answer.structuredContent;
      await until('job_wait', () => client.callTool({ name: 'job_wait', arguments: { job_id } }), ({ structuredContent }) => structuredContent.status === 'completed');
      assert.equal(text(await client.callTool({ name: 'job_result', arguments: { job_id } })), 'Computed it.');
      await client.close();
    });

    test('is asked in a short call', async () => {
      const answers = [];
      const client = await open({ capabilities: { elicitation: {} }, answers });
      assert.equal(text(await client.callTool({ name: 'test_input_required_result_elicitation', arguments: {} })), 'Hello, Ada!');
      assert.equal(answers.length, 1);
      await client.close();
    });
  });

test('Clients of both eras see each other\'s jobs of the same principal', async () => {
  const legacy = await connect(server, { mode: 'legacy' });
  const modern = await connect(server);
  const { structuredContent: { job_id } } = await legacy.callTool({ name: 'slow_compute', arguments: { seconds: 2, label: 'theirs' } });
  await until('job_wait', () => modern.callTool({ name: 'job_wait', arguments: { job_id } }), ({ structuredContent }) => structuredContent.status === 'completed');
  assert.equal(text(await modern.callTool({ name: 'job_result', arguments: { job_id } })), 'Computed theirs.');
  await Promise.all([legacy.close(), modern.close()]);
});
