import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect } from './official.mjs';
import { server, syncWindowMs } from './server.mjs';
import { call, createTask, getTask, headersFor, request, tasksExtension, until } from './wire.mjs';

const handlePattern = /\b[0-9a-f]{12}7[0-9a-f]{19}\b/;
const text = (result) => result.content.map(({ text: part }) => part ?? '').join('\n');

describe('A client without the tasks extension', () => {
  let client;
  before(async () => { client = await connect(server); });
  after(() => client.close());

  const tool = (name, args) => client.callTool({ name, arguments: args });
  const start = async (name, args) => handlePattern.exec(text(await tool(name, args)))[0];
  const list = async () => (await tool('job_list', {})).structuredContent.jobs.map(({ job_id }) => job_id);
  const reaches = (job_id, status) => until(
    `job ${job_id} ${status}`,
    async () => tool('job_get', { job_id }),
    ({ structuredContent }) => structuredContent.status === status);

  test('gets the result of a job that ends within the window', async () => {
    assert.equal(text(await tool('slow_compute', { seconds: 0, label: 'it' })), 'Computed it.');
  });

  test('gets a handle when the window closes, and follows the job with tools', async () => {
    const called = Date.now();
    const answer = await tool('slow_compute', { seconds: 4, label: 'it' });
    assert.ok(Date.now() - called >= syncWindowMs - 100, 'it answered before the window closed');
    assert.notEqual(answer.isError, true);
    assert.match(text(answer), /job_wait/);
    const [job_id] = handlePattern.exec(text(answer));
    assert.equal((await tool('job_get', { job_id })).structuredContent.status, 'running');
    assert.ok((await list()).includes(job_id));
    await until('job_wait', () => tool('job_wait', { job_id }), ({ structuredContent }) => structuredContent.status === 'completed');
    assert.equal(text(await tool('job_result', { job_id })), 'Computed it.');
  });

  test('cancels a job', async () => {
    const job_id = await start('slow_compute', { seconds: 60 });
    await tool('job_cancel', { job_id });
    await reaches(job_id, 'cancelled');
  });

  test('answers a job\'s question', async () => {
    const job_id = await start('confirm_delete', { filename: 'a.txt' });
    assert.match(text(await reaches(job_id, 'input_required')), /Delete a\.txt\?/);
    await tool('job_respond', { job_id, action: 'accept', content: { confirm: true } });
    await reaches(job_id, 'completed');
    assert.equal(text(await tool('job_result', { job_id })), 'Deleted a.txt.');
  });

  test('reads the log of a job', async () => {
    const job_id = await start('slow_compute', { seconds: 2 });
    await until('the end in the log', async () => text(await tool('job_log', { job_id })), (log) => /info fixtures: Computing for 2 s[^]*progress 1 of 2 s[^]*Completed/.test(log));
  });

  test('is told so where a tool cannot do without tasks', async () => {
    const { status, error } = await call(server, 'tools/call', { name: 'failing_job', arguments: {} }, {});
    assert.equal(status, 400);
    assert.equal(error.code, -32021);
    assert.deepEqual(error.data.requiredCapabilities.extensions, { [tasksExtension]: {} });
  });

  test('is told so where there is no such job', async () => {
    for (const name of ['job_get', 'job_wait', 'job_result', 'job_cancel', 'job_log']) {
      const answer = await tool(name, { job_id: '00000000000070000000000000000000' });
      assert.equal(answer.isError, true, name);
    }
  });

  test('finds a job of the tasks extension under the same handle', async () => {
    const { taskId } = await createTask(server, 'slow_compute', { seconds: 0, label: 'it' });
    await reaches(taskId, 'completed');
    assert.equal(text(await tool('job_result', { job_id: taskId })), 'Computed it.');
  });

  test('does not kill its job by hanging up', async () => {
    const known = new Set(await list());
    const body = request('tools/call', { name: 'slow_compute', arguments: { seconds: 2, label: 'what nobody waited for' } });
    const hangUp = new AbortController();
    const dropped = fetch(server.url, {
      method: 'POST', body: JSON.stringify(body), headers: headersFor(server.key, body), signal: hangUp.signal,
    }).catch(() => null);
    const [job] = await until('a new job', async () => (await list()).filter((id) => !known.has(id)), (found) => found.length > 0);
    hangUp.abort();
    await dropped;
    const task = await until('completed', async () => (await getTask(server, job)).result, ({ status }) => status === 'completed');
    assert.equal(task.result.content[0].text, 'Computed what nobody waited for.');
  });
});
