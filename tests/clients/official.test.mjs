import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { anyResult, connect, inbox } from './official.mjs';
import { server } from './server.mjs';
import { createTask, getTask, tasksExtension, until, untilStatus, withTasks } from './wire.mjs';

const text = (result) => result.content[0].text;

describe('The official TypeScript client', () => {
  let client;
  before(async () => { client = await connect(server, { capabilities: withTasks }); });
  after(() => client.close());

  test('lists tools, prompts, resources and templates', async () => {
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    assert.deepEqual(new Set(names).size, names.length);
    assert.ok(names.includes('greet') && names.includes('json_schema_2020_12_tool'), names.join());
    assert.ok((await client.listPrompts()).prompts.some(({ name }) => name === 'test_simple_prompt'));
    assert.ok((await client.listResources()).resources.some(({ uri }) => uri === 'test://static-text'));
    assert.deepEqual(
      (await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate),
      ['test://template/{id}/data', 'job://{id}', 'job://{id}/result{?offset,length}', 'job://{id}/log{?cursor,tail,from,to,level,search,limit}']);
  });

  test('negotiates the revision and the tasks extension', async () => {
    assert.deepEqual(client.getServerCapabilities().extensions[tasksExtension], {});
    const auto = await connect(server, { mode: 'auto' });
    assert.equal(text(await auto.callTool({ name: 'greet', arguments: { name: 'Ada' } })), 'Hello, Ada!');
    await auto.close();
  });

  test('calls a short tool, reads a prompt, a resource and a completion', async () => {
    assert.equal(text(await client.callTool({ name: 'greet', arguments: { name: 'Ada' } })), 'Hello, Ada!');
    const prompt = await client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'one', arg2: 'two' } });
    assert.match(prompt.messages[0].content.text, /'one' and 'two'/);
    const { contents } = await client.readResource({ uri: 'test://template/42/data' });
    assert.equal(JSON.parse(contents[0].text).id, '42');
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' }, argument: { name: 'arg1', value: 'test' },
    });
    assert.deepEqual(completion.values, ['test one', 'test two']);
  });

  test('mirrors annotated arguments into headers', async () => {
    await client.listTools();
    const result = await client.callTool({ name: 'test_x_mcp_header', arguments: { region: 'Zürich, Süd', level: 3 } });
    assert.equal(text(result), 'region=Zürich, Süd level=3');
  });

  test('gets progress while a call runs', async () => {
    const progress = [];
    await client.callTool({ name: 'test_tool_with_progress', arguments: {} }, { onprogress: (value) => progress.push(value.progress) });
    assert.deepEqual(progress, [0, 50, 100]);
  });

  test('answers a question in the middle of a short call', async () => {
    const answers = [];
    const asked = await connect(server, { capabilities: { elicitation: {} }, answers });
    const result = await asked.callTool({ name: 'test_input_required_result_elicitation', arguments: {} });
    assert.equal(text(result), 'Hello, Ada!');
    assert.equal(answers.length, 1);
    await asked.close();
  });

  test('follows a task to its result', async () => {
    const { taskId, status } = await createTask(server, 'slow_compute', { seconds: 1, label: 'it' });
    assert.equal(status, 'working');
    await untilStatus(server, taskId, 'completed');
    const task = await client.request({ method: 'tasks/get', params: { taskId } }, anyResult);
    assert.equal(task.status, 'completed');
    assert.equal(task.result.resultType, 'complete');
    assert.equal(text(task.result), 'Computed it.');
  });

  test('answers the questions of a task, one after the other', async () => {
    const { taskId } = await createTask(server, 'multi_input');
    // The two are asked at the same time and stored one after the other.
    const asking = await until(
      'two questions', async () => (await getTask(server, taskId)).result, (task) => Object.keys(task.inputRequests ?? {}).length === 2);
    const [first, second] = Object.keys(asking.inputRequests);
    const answer = { action: 'accept', content: { name: 'Ada', confirm: true } };
    const update = (key) =>
      client.request({ method: 'tasks/update', params: { taskId, inputResponses: { [key]: answer } } }, anyResult);
    await update(first);
    const half = await client.request({ method: 'tasks/get', params: { taskId } }, anyResult);
    assert.deepEqual(Object.keys(half.inputRequests), [second]);
    await update(second);
    assert.equal(text((await untilStatus(server, taskId, 'completed')).result), 'Answered: accept, accept.');
  });

  test('cancels a task', async () => {
    const { taskId } = await createTask(server, 'slow_compute', { seconds: 60 });
    await client.request({ method: 'tasks/cancel', params: { taskId } }, anyResult);
    const task = await untilStatus(server, taskId, 'cancelled');
    assert.equal(task.result, undefined);
    await client.request({ method: 'tasks/cancel', params: { taskId } }, anyResult);
  });

  test('hears of a task over subscriptions/listen', async () => {
    const heard = inbox();
    const listener = await connect(server, { capabilities: withTasks });
    listener.fallbackNotificationHandler = async (notification) => heard.push(notification);
    const { taskId } = await createTask(server, 'confirm_delete', { filename: 'a.txt' });
    const subscription = await listener.listen({ taskIds: [taskId] });
    const ofTask = (messages) => messages.filter(({ method }) => method === 'notifications/tasks').map(({ params }) => params);
    await heard.until((messages) => ofTask(messages).some(({ status }) => status === 'input_required'));
    const [key] = Object.keys(ofTask(heard.received).find(({ status }) => status === 'input_required').inputRequests);
    await client.request({
      method: 'tasks/update', params: { taskId, inputResponses: { [key]: { action: 'accept', content: { confirm: true } } } },
    }, anyResult);
    await heard.until((messages) => ofTask(messages).some(({ status }) => status === 'completed'));
    const last = ofTask(heard.received).at(-1);
    assert.equal(last.taskId, taskId);
    assert.equal(last.result.resultType, 'complete');
    await subscription.close();
    await listener.close();
  });

  test('hears that the list of tools changed, and not of the prompts it did not ask for', async () => {
    const heard = inbox();
    const listener = await connect(server);
    listener.setNotificationHandler('notifications/tools/list_changed', async () => heard.push('tools'));
    listener.setNotificationHandler('notifications/prompts/list_changed', async () => heard.push('prompts'));
    const subscription = await listener.listen({ toolsListChanged: true });
    await client.callTool({ name: 'test_trigger_prompt_change', arguments: {} });
    await client.callTool({ name: 'test_trigger_tool_change', arguments: {} });
    assert.deepEqual(await heard.until((messages) => messages.includes('tools')), ['tools']);
    await subscription.close();
    await listener.close();
  });
});
