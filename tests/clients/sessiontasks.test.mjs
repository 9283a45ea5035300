import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CreateTaskResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { server } from './server.mjs';
import { CallToolResultSchema, drain, openSession, text } from './session.mjs';
import { createTask, getTask, until } from './wire.mjs';

const related = 'io.modelcontextprotocol/related-task';

describe('Tasks of 2025-11-25 in the official TypeScript client', () => {
  let session;
  before(async () => { session = await openSession(server); });
  after(() => session.client.close());

  const call = (name, args = {}, task = {}) => session.tasks.callToolStream({ name, arguments: args }, CallToolResultSchema, { task });
  const create = async (name, args = {}, task = {}) => {
    const { task: created } = await session.client.request({ method: 'tools/call', params: { name, arguments: args } }, CreateTaskResultSchema, { task });
    return created;
  };
  const reaches = (taskId, status) => until(`task ${taskId} ${status}`, () => session.tasks.getTask(taskId), (task) => task.status === status);
  const types = (messages) => [...new Set(messages.map(({ type }) => type))];

  test('callToolStream follows a task to its result', async () => {
    const messages = await drain(call('slow_compute', { seconds: 1, label: 'it' }));
    assert.deepEqual(types(messages), ['taskCreated', 'taskStatus', 'result']);
    const { task } = messages[0];
    assert.equal(task.status, 'working');
    assert.ok(task.pollInterval > 0 && Date.parse(task.createdAt) <= Date.parse(task.lastUpdatedAt));
    const { result } = messages.at(-1);
    assert.equal(text(result), 'Computed it.');
    assert.equal(result._meta[related].taskId, task.taskId);
  });

  test('callToolStream makes a task of itself where the tool can be one', async () => {
    const messages = await drain(session.tasks.callToolStream({ name: 'slow_compute', arguments: { seconds: 0 } }));
    assert.equal(messages[0].type, 'taskCreated');
    const short = await drain(session.tasks.callToolStream({ name: 'greet', arguments: { name: 'Ada' } }));
    assert.deepEqual(types(short), ['result']);
  });

  test('requestStream does the same', async () => {
    const messages = await drain(session.tasks.requestStream(
      { method: 'tools/call', params: { name: 'slow_compute', arguments: { seconds: 0, label: 'it' } } }, CallToolResultSchema, { task: { ttl: 60_000 } }));
    assert.equal(messages[0].task.ttl, 60_000);
    assert.equal(text(messages.at(-1).result), 'Computed it.');
  });

  test('a task has the time to live it is given, or says which', async () => {
    assert.equal((await create('slow_compute', { seconds: 0 }, { ttl: 120_000 })).ttl, 120_000);
    const { ttl } = await create('slow_compute', { seconds: 0 });
    assert.ok(ttl === null || ttl > 0);
  });

  test('getTaskResult blocks until the task has ended', async () => {
    const { taskId } = await create('slow_compute', { seconds: 1, label: 'it' });
    assert.equal(text(await session.tasks.getTaskResult(taskId, CallToolResultSchema)), 'Computed it.');
    assert.equal((await session.tasks.getTask(taskId)).status, 'completed');
    // Also for whoever asks again.
    assert.equal(text(await session.tasks.getTaskResult(taskId, CallToolResultSchema)), 'Computed it.');
  });

  test('a tool that fails fails its task, with the result that says so', async () => {
    const { taskId } = await create('failing_job');
    const result = await session.tasks.getTaskResult(taskId, CallToolResultSchema);
    assert.equal(result.isError, true);
    const task = await session.tasks.getTask(taskId);
    assert.equal(task.status, 'failed');
    assert.ok(task.statusMessage);
  });

  test('a protocol error is the answer to tasks/result', async () => {
    const { taskId } = await create('protocol_error_job');
    await assert.rejects(session.tasks.getTaskResult(taskId, CallToolResultSchema), /on purpose/);
    assert.equal((await session.tasks.getTask(taskId)).status, 'failed');
  });

  test('a question comes on the open stream of tasks/result, and only there', async () => {
    const known = session.asked.received.length;
    const messages = await drain(call('confirm_delete', { filename: 'a.txt' }));
    assert.equal(text(messages.at(-1).result), 'Deleted a.txt.');
    const asked = session.asked.received.slice(known);
    assert.equal(asked.length, 1, JSON.stringify(asked));
    assert.equal(asked[0].params._meta[related].taskId, messages[0].task.taskId);
  });

  test('two questions and a request for sampling are answered in a task', async () => {
    assert.equal(text((await drain(call('multi_input'))).at(-1).result), 'Answered: accept, accept.');
    assert.equal(text((await drain(call('sampling_job', { prompt: 'The capital of France?' }))).at(-1).result), 'The model said: Paris.');
    assert.equal(session.asked.received.filter(({ method }) => method === 'sampling/createMessage').length, 1);
  });

  test('a question comes on the session\'s own stream where nobody waits for the result', async () => {
    const { taskId } = await create('confirm_delete', { filename: 'b.txt' });
    await session.asked.until((requests) => requests.some(({ params }) => params._meta?.[related]?.taskId === taskId));
    await reaches(taskId, 'completed');
    assert.equal(text(await session.tasks.getTaskResult(taskId, CallToolResultSchema)), 'Deleted b.txt.');
    assert.equal(session.asked.received.filter(({ params }) => params._meta?.[related]?.taskId === taskId).length, 1);
  });

  test('the session\'s own stream tells of the states of its tasks', async () => {
    const { taskId } = await create('slow_compute', { seconds: 1, label: 'it' });
    const states = (messages) => messages.filter(({ method, params }) => method === 'notifications/tasks/status' && params.taskId === taskId);
    await session.heard.until((messages) => states(messages).some(({ params }) => params.status === 'completed'));
    assert.equal(states(session.heard.received).at(-1).params.status, 'completed');
  });

  test('listTasks has one\'s own tasks, newest first, page by page', async () => {
    const { taskId } = await create('slow_compute', { seconds: 0 });
    const first = await session.tasks.listTasks();
    assert.equal(first.tasks[0].taskId, taskId);
    const seen = new Set();
    for (let cursor; ;) {
      const page = await session.tasks.listTasks(cursor);
      for (const task of page.tasks) {
        assert.ok(!seen.has(task.taskId), 'on two pages');
        seen.add(task.taskId);
      }
      cursor = page.nextCursor;
      if (!cursor)
        break;
    }
    const stranger = await openSession({ ...server, key: process.env.ACTORS_OTHER_KEY });
    assert.deepEqual((await stranger.tasks.listTasks()).tasks.filter((task) => seen.has(task.taskId)), []);
    await assert.rejects(stranger.tasks.getTask(taskId), /-32602/);
    await assert.rejects(stranger.tasks.cancelTask(taskId), /-32602/);
    await assert.rejects(stranger.tasks.getTaskResult(taskId, CallToolResultSchema), /-32602/);
    await stranger.client.close();
  });

  test('cancelTask cancels, once', async () => {
    const { taskId } = await create('slow_compute', { seconds: 60 });
    assert.equal((await session.tasks.cancelTask(taskId)).status, 'cancelled');
    await assert.rejects(session.tasks.cancelTask(taskId), /-32602/);
    const messages = await drain(call('slow_compute', { seconds: 60 }), async ({ type, task }) => {
      if (type === 'taskCreated')
        await session.tasks.cancelTask(task.taskId);
    });
    assert.match(messages.at(-1).error.message, /was cancelled/);
  });

  test('a tool that can only be a task is refused as a call, and one that cannot be is refused as a task', async () => {
    const ask = (name, args, task) => session.client.request({ method: 'tools/call', params: { name, arguments: args } }, CallToolResultSchema, { task });
    await assert.rejects(ask('failing_job', {}), (error) => error.code === -32601 && /task/i.test(error.message));
    await assert.rejects(ask('greet', { name: 'Ada' }, {}), (error) => error.code === -32601);
    await assert.rejects(session.client.callTool({ name: 'failing_job', arguments: {} }), /requires task-based execution/);
  });

  test('the same job is the same through the extension and the job tools, while it runs, asks and after it ended', async () => {
    const mute = await openSession(server, { capabilities: {} });
    const three = async (taskId) => {
      const [legacy, modern, tool] = await Promise.all([
        session.tasks.getTask(taskId), getTask(server, taskId), mute.client.callTool({ name: 'job_get', arguments: { job_id: taskId } })]);
      return [legacy.status, modern.result.status, tool.structuredContent.status.replace(/^(queued|running)$/, 'working')];
    };
    // Made by the extension, so that no stream of this session asks for it.
    const { taskId } = await createTask(server, 'confirm_delete', { filename: 'c.txt' });
    await reaches(taskId, 'input_required');
    assert.deepEqual(await three(taskId), Array(3).fill('input_required'));
    await mute.client.callTool({ name: 'job_respond', arguments: { job_id: taskId, action: 'accept', content: { confirm: true } } });
    const results = await Promise.all([
      session.tasks.getTaskResult(taskId, CallToolResultSchema),
      until('completed', async () => (await getTask(server, taskId)).result, ({ status }) => status === 'completed').then(({ result }) => result),
      until('completed', () => mute.client.callTool({ name: 'job_wait', arguments: { job_id: taskId } }), ({ structuredContent }) => structuredContent.status === 'completed')
        .then(() => mute.client.callTool({ name: 'job_result', arguments: { job_id: taskId } })),
    ]);
    assert.deepEqual(results.map(({ content }) => content), Array(3).fill([{ type: 'text', text: 'Deleted c.txt.' }]));
    assert.deepEqual(await three(taskId), Array(3).fill('completed'));
    await mute.client.close();
  });
});
