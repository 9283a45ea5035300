// Rules of the tasks extension that the official conformance suite declares, and does not check.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect, inbox } from './official.mjs';
import { server } from './server.mjs';
import { call, createTask, getTask, tasksExtension, until, untilStatus, withTasks } from './wire.mjs';

const update = (taskId, inputResponses) => call(server, 'tasks/update', { taskId, inputResponses }, withTasks);
const named = (name) => ({ action: 'accept', content: { name } });

describe('Unchecked by the official suite', () => {
  test('a key is never used twice, and what was answered is not answered again', async () => {
    const { taskId } = await createTask(server, 'ask_twice');
    const [first] = Object.keys((await untilStatus(server, taskId, 'input_required')).inputRequests);
    await update(taskId, { [first]: named('Ada') });
    const asking = await until('the second question', async () => (await getTask(server, taskId)).result,
      ({ inputRequests }) => Object.keys(inputRequests ?? {}).some((key) => key !== first));
    const [second, ...more] = Object.keys(asking.inputRequests);
    assert.deepEqual(more, []);
    const { result } = await update(taskId, { [first]: named('Bob') });
    assert.equal(result.resultType, 'complete');
    assert.deepEqual(Object.keys((await getTask(server, taskId)).result.inputRequests), [second]);
    await update(taskId, { [first]: named('Eve'), [second]: { action: 'accept', content: { confirm: true } } });
    assert.equal((await untilStatus(server, taskId, 'completed')).result.content[0].text, 'Ada: accept.');
    assert.equal((await update(taskId, { [second]: named('late') })).result.resultType, 'complete');
  });

  test('a failed task says why in words, too', async () => {
    const { taskId } = await createTask(server, 'protocol_error_job');
    const task = await untilStatus(server, taskId, 'failed');
    assert.match(task.statusMessage, /on purpose/);
    assert.equal(task.result, undefined);
    assert.equal(typeof task.error.code, 'number');
  });

  test('a cancelled task is seen as cancelled, without a result and without an error', async () => {
    const { taskId } = await createTask(server, 'slow_compute', { seconds: 60 });
    await call(server, 'tasks/cancel', { taskId }, withTasks);
    const task = await untilStatus(server, taskId, 'cancelled');
    assert.deepEqual([task.result, task.error, task.inputRequests], [undefined, undefined, undefined]);
  });

  test('a handle that there is not is refused by every method about tasks', async () => {
    for (const taskId of ['no-such-task', '00000000000070000000000000000000'])
      for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel'])
        assert.equal((await call(server, method, { taskId, inputResponses: {} }, withTasks)).error.code, -32602, method);
  });

  test('the tasks of 2025-11-25 neither count for a client nor are they advertised', async () => {
    const { result } = await call(server, 'server/discover', {}, {});
    assert.equal(result.capabilities.tasks, undefined);
    assert.deepEqual(result.capabilities.extensions[tasksExtension], {});
    const legacy = { tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } };
    const { result: answer } = await call(server, 'tools/call', { name: 'slow_compute', arguments: { seconds: 0 }, task: { ttl: 60_000 } }, legacy);
    assert.equal(answer.resultType, 'complete');
    assert.equal((await call(server, 'tools/call', { name: 'failing_job', arguments: {} }, legacy)).error.code, -32021);
    const { result: listed } = await call(server, 'tools/list', {}, withTasks);
    assert.ok(listed.tools.every(({ execution }) => execution === undefined), 'execution.taskSupport is of 2025-11-25');
  });

  test('a stream that listens for a task carries its states, and neither progress nor log', async () => {
    const heard = inbox();
    const listener = await connect(server, { capabilities: withTasks });
    listener.fallbackNotificationHandler = async (notification) => heard.push(notification);
    const { taskId } = await createTask(server, 'slow_compute', { seconds: 1 });
    const subscription = await listener.listen({ taskIds: [taskId] });
    await heard.until((messages) => messages.some(({ params }) => params.status === 'completed'));
    assert.deepEqual([...new Set(heard.received.map(({ method }) => method))], ['notifications/tasks']);
    await subscription.close();
    await listener.close();
  });

  test('a header is required for what it mirrors, unless that is null or absent', async () => {
    const send = (args, change) => call(server, 'tools/call', { name: 'test_x_mcp_header', arguments: args }, {}, change);
    const missing = await send({ region: 'north' });
    assert.deepEqual([missing.status, missing.error.code], [400, -32020]);
    assert.equal((await send({ region: 'north' }, { 'Mcp-Param-Region': 'north' })).result.isError, undefined);
    for (const args of [{}, { region: null }]) {
      const { status, error } = await send(args);
      assert.notEqual(error?.code, -32020, JSON.stringify(args));
      assert.equal(status, 200);
    }
  });
});
