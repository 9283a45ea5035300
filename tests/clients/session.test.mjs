import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startProxy } from './proxy.mjs';
import { recordedAs } from './recording.mjs';
import { server, syncWindowMs } from './server.mjs';
import { openSession, text } from './session.mjs';
import { until } from './wire.mjs';

const revision = '2025-11-25';
const headers = (id) => ({
  Authorization: `Bearer ${server.key}`, Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json',
  'MCP-Protocol-Version': revision, 'Mcp-Session-Id': id,
});

describe('The official TypeScript client of 2025-11-25', () => {
  let session;
  before(async () => { session = await openSession(server); });
  after(() => session.client.close());
  const tool = (name, args, options) => session.client.callTool({ name, arguments: args }, undefined, options);

  test('agrees on its revision and finds what there is', async () => {
    assert.equal(session.transport.protocolVersion, revision);
    assert.ok(session.transport.sessionId);
    assert.deepEqual(session.client.getServerCapabilities().tasks, { list: {}, cancel: {}, requests: { tools: { call: {} } } });
    const { tools } = await session.client.listTools();
    const support = Object.fromEntries(tools.map(({ name, execution }) => [name, execution?.taskSupport]));
    assert.equal(support.failing_job, 'required');
    assert.equal(support.slow_compute, 'optional');
    assert.ok([undefined, 'forbidden'].includes(support.greet));
    assert.ok((await session.client.listPrompts()).prompts.length > 0);
    assert.ok((await session.client.listResources()).resources.length > 0);
    const { resourceTemplates } = await session.client.listResourceTemplates();
    assert.deepEqual(resourceTemplates.map(({ name }) => name).slice(1), ['job', 'job-result', 'job-log']);
    assert.deepEqual(await session.client.ping(), {});
  });

  test('calls a short tool, reads a prompt, a resource and a completion', async () => {
    assert.equal(text(await tool('greet', { name: 'Ada' })), 'Hello, Ada!');
    assert.match((await session.client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'one', arg2: 'two' } })).messages[0].content.text, /'one' and 'two'/);
    assert.equal(JSON.parse((await session.client.readResource({ uri: 'test://template/42/data' })).contents[0].text).id, '42');
    const ref = { type: 'ref/prompt', name: 'test_prompt_with_arguments' };
    assert.deepEqual((await session.client.complete({ ref, argument: { name: 'arg1', value: 'test' } })).completion.values, ['test one', 'test two']);
  });

  test('gets progress while a short call and a long one run', async () => {
    for (const [name, args, expected] of [['test_tool_with_progress', {}, [0, 50, 100]], ['slow_compute', { seconds: 1 }, [0]]]) {
      const progress = [];
      await tool(name, args, { onprogress: (value) => progress.push(value.progress) });
      assert.deepEqual(progress, expected, name);
    }
  });

  test('is handed over to the job tools when the window closes, and finds the job again', async () => {
    const called = Date.now();
    const answer = await tool('slow_compute', { seconds: 3, label: 'it' });
    assert.ok(Date.now() - called >= syncWindowMs - 100, 'it answered before the window closed');
    const { job_id } = answer.structuredContent;
    const listed = await tool('job_list', { tool: 'slow_compute' });
    assert.equal(listed.structuredContent.jobs[0].job_id, job_id, 'newest first');
    await until('job_wait', () => tool('job_wait', { job_id }), ({ structuredContent }) => structuredContent.status === 'completed');
    assert.equal(text(await tool('job_result', { job_id })), 'Computed it.');
  });

  test('answers a question and a sampling request in a short call', async () => {
    assert.match(text(await tool('test_elicitation', { message: 'Who?' })), /The user chose accept/);
    assert.equal(text(await tool('test_sampling', { prompt: 'The capital of France?' })), 'The model said: Paris.');
    assert.equal(text(await tool('test_input_required_result_multiple_inputs', {})), 'All three were answered.');
    assert.deepEqual(
      [...new Set(session.asked.received.map(({ method }) => method))].sort(), ['elicitation/create', 'roots/list', 'sampling/createMessage']);
  });

  test('answers the questions of a job in the call that waits for it', async () => {
    assert.equal(text(await tool('confirm_delete', { filename: 'a.txt' })), 'Deleted a.txt.');
    assert.equal(text(await tool('multi_input', {})), 'Answered: accept, accept.');
  });

  test('declines, and cancels by being unable to answer', async () => {
    const declining = await openSession(server, { answer: () => ({ action: 'decline' }) });
    assert.match(text(await declining.client.callTool({ name: 'confirm_delete', arguments: { filename: 'a.txt' } })), /^Kept/);
    await declining.client.close();
    const failing = await openSession(server, { answer: () => { throw new Error('nobody is there'); } });
    assert.match(text(await failing.client.callTool({ name: 'test_elicitation', arguments: { message: 'Who?' } })), /The user chose cancel/);
    await failing.client.close();
  });

  test('is given the job where it cannot be asked', async () => {
    const mute = await openSession(server, { capabilities: {} });
    const { structuredContent } = await mute.client.callTool({ name: 'confirm_delete', arguments: { filename: 'a.txt' } });
    assert.equal(structuredContent.status, 'input_required');
    const { job_id } = structuredContent;
    await mute.client.callTool({ name: 'job_respond', arguments: { job_id, action: 'accept', content: { confirm: true } } });
    await until('job_wait', () => tool('job_wait', { job_id }), (answer) => answer.structuredContent.status === 'completed');
    assert.equal(text(await tool('job_result', { job_id })), 'Deleted a.txt.');
    await mute.client.close();
  });

  test('hears of lists and of resources it has subscribed to, until it unsubscribes', async () => {
    const uri = 'test://watched-resource';
    const updates = () => session.heard.received.filter(({ method }) => method === 'notifications/resources/updated');
    const lists = () => session.heard.received.filter(({ method }) => method === 'notifications/tools/list_changed').length;
    // The stream may open after the call: what is announced before that, it cannot hear.
    await until('the own stream', () => tool('test_trigger_tool_change', {}), () => lists() > 0);
    await session.client.subscribeResource({ uri });
    await tool('test_trigger_resource_update', { uri: 'test://static-text' });
    await until('the update', () => tool('test_trigger_resource_update', { uri }), () => updates().length > 0);
    assert.deepEqual([...new Set(updates().map(({ params }) => params.uri))], [uri]);
    await session.client.unsubscribeResource({ uri });
    const known = updates().length;
    await tool('test_trigger_resource_update', { uri });
    const before = lists();
    await tool('test_trigger_tool_change', {});
    await session.heard.until(() => lists() > before);
    assert.ok(updates().length <= known + 1, 'updates of a resource it has unsubscribed from');
  });

  test('gets log messages from the level it sets', async () => {
    const messages = () => session.heard.received.filter(({ method }) => method === 'notifications/message');
    await session.client.setLoggingLevel('error');
    await tool('test_tool_with_logging', {});
    assert.equal(messages().length, 0);
    await session.client.setLoggingLevel('info');
    await tool('test_tool_with_logging', {});
    assert.deepEqual(messages().map(({ params }) => params.data), ['started', 'working', 'finished']);
  });

  test('stops a call that it cancels', async () => {
    const cancel = new AbortController();
    const progress = tool('slow_compute', { seconds: 60, label: 'nothing' }, {
      signal: cancel.signal, onprogress: () => cancel.abort('not wanted any more'),
    });
    await assert.rejects(progress);
    const { structuredContent } = await tool('job_list', { tool: 'slow_compute' });
    const { job_id } = structuredContent.jobs[0];
    await until('cancelled', () => tool('job_get', { job_id }), (answer) => answer.structuredContent.status === 'cancelled');
  });

  test('keeps its session through errors, which it is not told again and again', async () => {
    const proxy = await startProxy([server.url], recordedAs('errors'));
    const own = await openSession({ ...server, url: proxy.url });
    await assert.rejects(own.client.callTool({ name: 'no_such_tool', arguments: {} }), /-32602/);
    await assert.rejects(own.client.callTool({ name: 'protocol_error_job', arguments: {} }), /on purpose/);
    assert.equal(text(await own.client.callTool({ name: 'greet', arguments: { name: 'Ada' } })), 'Hello, Ada!');
    // This client comes back for an answer that was an error; it must not get another one, and so on for ever.
    await own.client.callTool({ name: 'slow_compute', arguments: { seconds: 1 } });
    const gets = proxy.requests.filter((request) => request.startsWith('GET')).length;
    assert.ok(gets <= 6, `${gets} GETs: ${proxy.requests.join(', ')}`);
    await own.client.close();
    await proxy.close();
  });

  test('ends its session, which is gone then, while its job goes on', async () => {
    const other = await openSession(server);
    const { structuredContent: { job_id } } = await other.client.callTool({ name: 'slow_compute', arguments: { seconds: 2, label: 'it' } });
    const id = other.transport.sessionId;
    await other.transport.terminateSession();
    await other.client.close();
    for (const method of ['POST', 'GET', 'DELETE']) {
      const body = method === 'POST' ? JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }) : undefined;
      const response = await fetch(server.url, { method, body, headers: headers(id) });
      assert.equal(response.status, 404, method);
      await response.body?.cancel();
    }
    await until('job_wait', () => tool('job_wait', { job_id }), ({ structuredContent }) => structuredContent.status === 'completed');
  });

  test('cannot use the session of somebody else', async () => {
    const id = session.transport.sessionId;
    const stranger = { ...headers(id), Authorization: `Bearer ${process.env.ACTORS_OTHER_KEY}` };
    for (const sent of [stranger, headers('0123456789abcdef0123456789abcdef')]) {
      const response = await fetch(server.url, { method: 'POST', headers: sent, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }) });
      assert.equal(response.status, 404);
      await response.body?.cancel();
    }
    assert.deepEqual(await session.client.ping(), {});
  });
});

for (const older of ['2025-06-18', '2025-03-26', '2024-11-05'])
  test(`A client of ${older} connects, calls, is asked and is handed over`, async () => {
    const post = async (body, id) => {
      const response = await fetch(server.url, {
        method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', ...body }),
        headers: { ...headers(id), 'MCP-Protocol-Version': older, ...(id ? {} : { 'Mcp-Session-Id': '' }) },
      });
      const all = await response.text();
      const messages = (response.headers.get('content-type') ?? '').includes('event-stream')
        ? all.split('\n').filter((line) => line.startsWith('data:') && line.length > 6).map((line) => JSON.parse(line.slice(5)))
        : all === '' ? [] : [JSON.parse(all)];
      return { status: response.status, session: response.headers.get('mcp-session-id'), messages };
    };
    const clientInfo = { name: 'older', version: '1' };
    const started = await post({ id: 1, method: 'initialize', params: { protocolVersion: older, capabilities: {}, clientInfo } });
    assert.equal(started.messages[0].result.protocolVersion, older);
    assert.equal(started.messages[0].result.capabilities.tasks, undefined);
    const id = started.session;
    assert.equal((await post({ method: 'notifications/initialized' }, id)).status, 202);
    const { messages: [listed] } = await post({ id: 2, method: 'tools/list' }, id);
    assert.ok(listed.result.tools.every(({ execution }) => execution === undefined));
    const short = await post({ id: 3, method: 'tools/call', params: { name: 'greet', arguments: { name: 'Ada' } } }, id);
    assert.equal(text(short.messages.at(-1).result), 'Hello, Ada!');
    const long = await post({ id: 4, method: 'tools/call', params: { name: 'slow_compute', arguments: { seconds: 5 }, _meta: { progressToken: 'p' } } }, id);
    assert.ok(long.messages.some(({ method }) => method === 'notifications/progress'));
    assert.match(text(long.messages.at(-1).result), /job_wait/);
    assert.equal((await post({ id: 5, method: 'tasks/list' }, id)).messages[0].error.code, -32601);
  });
