import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { otherTenant, server } from './server.mjs';
import { call, createTask, getTask, headersFor, meta, post, request, withTasks } from './wire.mjs';

const greet = (args = { name: 'Ada' }) => request('tools/call', { name: 'greet', arguments: args });
const send = (body, change = {}, to = server) => post(to, body, { ...headersFor(to.key, body), ...change });

function refused(answer, status, code) {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get('content-type'), /^application\/json/);
  assert.equal(answer.messages[0].error.code, code, answer.text);
  return answer.messages[0].error;
}

describe('What is wrong is refused', () => {
  test('bad JSON', async () => { refused(await post(server, '{"jsonrpc":', headersFor(server.key, greet())), 400, -32700); });

  test('JSON that is no request', async () => {
    for (const body of ['42', '[]', '{}', '{"jsonrpc":"1.0","id":1,"method":"tools/list"}', '{"jsonrpc":"2.0","id":{},"method":"x"}'])
      assert.equal((await post(server, body, headersFor(server.key, greet()))).status, 400, body);
  });

  test('several requests in one body', async () => {
    assert.equal((await post(server, [greet(), greet()], headersFor(server.key, greet()))).status, 400);
  });

  test('a revision nobody speaks', async () => {
    const body = greet();
    body.params._meta['io.modelcontextprotocol/protocolVersion'] = '2199-01-01';
    const { data } = refused(await send(body, { 'MCP-Protocol-Version': '2199-01-01' }), 400, -32022);
    assert.ok(data.supported.includes('2026-07-28'));
    assert.equal(data.requested, '2199-01-01');
  });

  test('headers that say another thing than the body', async () => {
    refused(await send(greet(), { 'MCP-Protocol-Version': '2199-01-01' }), 400, -32020);
    refused(await send(greet(), { 'Mcp-Method': 'tools/list' }), 400, -32020);
    refused(await send(greet(), { 'Mcp-Method': 'Tools/Call' }), 400, -32020);
    refused(await send(greet(), { 'Mcp-Method': undefined }), 400, -32020);
    refused(await send(greet(), { 'Mcp-Name': 'about' }), 400, -32020);
    refused(await send(greet(), { 'Mcp-Name': undefined }), 400, -32020);
  });

  test('a request without its _meta', async () => {
    for (const missing of ['io.modelcontextprotocol/protocolVersion', 'io.modelcontextprotocol/clientCapabilities']) {
      const body = greet();
      delete body.params._meta[missing];
      refused(await send(body), 400, -32602);
    }
  });

  test('methods that there are not', async () => {
    for (const method of ['no/such', 'initialize', 'ping', 'tasks/list', 'tasks/result', 'logging/setLevel'])
      refused(await send(request(method, {}, withTasks)), 404, -32601);
  });

  test('a tool, a prompt and a resource that there are not', async () => {
    assert.equal((await call(server, 'tools/call', { name: 'no_such_tool', arguments: {} })).error.code, -32602);
    assert.equal((await call(server, 'prompts/get', { name: 'no_such_prompt' })).error.code, -32602);
    const { error } = await call(server, 'resources/read', { uri: 'test://no-such' });
    assert.equal(error.code, -32602);
    assert.equal(error.data.uri, 'test://no-such');
  });

  test('arguments that the tool cannot take', async () => {
    for (const args of [{}, { name: { first: 'Ada' } }, { name: 42 }]) {
      const { result, error } = await call(server, 'tools/call', { name: 'greet', arguments: args });
      assert.ok(result?.isError === true || error?.code === -32602, JSON.stringify({ args, result, error }));
    }

    const { error } = await call(server, 'tools/call', { name: 'greet', arguments: [1] });
    assert.equal(error.code, -32602);
  });

  test('a cursor that nobody handed out', async () => {
    assert.equal((await call(server, 'tools/list', { cursor: 'no-such' })).error.code, -32602);
  });

  test('a request state that nobody handed out', async () => {
    const params = { name: 'test_input_required_result_request_state', arguments: {}, requestState: 'forged' };
    assert.equal((await call(server, 'tools/call', params, { elicitation: {} })).error.code, -32602);
  });

  test('a body over the limit', async () => {
    assert.equal((await send(greet({ name: 'x'.repeat(8 * 1024 * 1024) }))).status, 413);
  });

  test('other methods of HTTP, and other kinds of content', async () => {
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const response = await fetch(server.url, { method, headers: headersFor(server.key, greet()) });
      assert.equal(response.status, 405, method);
    }

    assert.equal((await send(greet(), { 'Content-Type': 'text/plain' })).status, 415);
    assert.equal((await send(greet(), { Accept: 'text/html' })).status, 406);
  });

  test('a foreign origin and a foreign host', async () => {
    assert.equal((await send(greet(), { Origin: 'http://evil.example.com' })).status, 403);
  });

  test('a missing, a wrong and a malformed key', async () => {
    for (const Authorization of [undefined, 'Bearer no-such-key', 'Bearer ', 'Basic abc', `Bearer ${server.key}x`]) {
      const answer = await send(greet(), { Authorization });
      assert.equal(answer.status, 401, `${Authorization}: ${answer.text}`);
      assert.match(answer.headers.get('www-authenticate'), /^Bearer/);
    }
  });

  test('tasks without the extension, whether or not there is such a task', async () => {
    const { taskId } = await createTask(server, 'slow_compute', { seconds: 0 });
    for (const id of [taskId, 'no-such-task'])
      for (const method of ['tasks/get', 'tasks/cancel', 'tasks/update'])
        refused(await send(request(method, { taskId: id, inputResponses: {} }, { tasks: {} })), 400, -32021);
    const listen = request('subscriptions/listen', { notifications: { taskIds: [taskId] } });
    refused(await send(listen), 400, -32021);
  });

  test('somebody else\'s handle, which looks like one that there is not', async () => {
    const { taskId } = await createTask(server, 'slow_compute', { seconds: 60 });
    const unknown = taskId.replace(/.{12}$/, '000000000000');
    for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel']) {
      const said = [];
      for (const id of [taskId, unknown]) {
        const { status, error } = await call(otherTenant, method, { taskId: id, inputResponses: {} }, withTasks);
        assert.equal(error.code, -32602);
        said.push({ status, error: JSON.parse(JSON.stringify(error).replaceAll(id, 'HANDLE')) });
      }

      assert.deepEqual(said[0], said[1]);
    }

    assert.equal((await getTask(server, taskId)).result.status, 'working');
    await call(server, 'tasks/cancel', { taskId }, withTasks);
  });

  test('answers that nobody asked for, which are ignored', async () => {
    const { taskId } = await createTask(server, 'confirm_delete', { filename: 'a.txt' });
    const { result } = await call(server, 'tasks/update', { taskId, inputResponses: { 'no-such': { ignored: true } } }, withTasks);
    assert.equal(result.resultType, 'complete');
    await call(server, 'tasks/cancel', { taskId }, withTasks);
  });

  test('a notification, which is taken without an answer', async () => {
    const body = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1, _meta: meta() } };
    const answer = await send(body);
    assert.equal(answer.status, 202, answer.text);
    assert.equal(answer.text, '');
  });
});
