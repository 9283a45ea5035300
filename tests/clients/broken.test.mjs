// Connections that break, and frontends that die, in the middle of long calls: two frontends and two silos, each a process.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CreateTaskResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { startCluster } from '../host/cluster.mjs';
import { temporaryFolder } from '../host/standalone.mjs';
import { connect } from './official.mjs';
import { startProxy } from './proxy.mjs';
import { recordedAs } from './recording.mjs';
import { CallToolResultSchema, openSession, retryAtOnce, text } from './session.mjs';
import { createTask, getTask, until } from './wire.mjs';

const seconds = 3;
const patience = { timeout: 90_000 };
// The client of 2026-07-28 cannot take a stream up again, and learns that by waiting.
const unresumable = { timeout: 6_000 };

describe('In the middle of long calls', () => {
  const folder = temporaryFolder();
  let cluster;
  let proxy;
  let server;
  before(async () => {
    cluster = await startCluster(folder.path);
    proxy = await startProxy(cluster.frontends, recordedAs('cluster'));
    server = { url: proxy.url, key: cluster.key };
  });
  after(async () => {
    await proxy?.close();
    await cluster?.stop();
    folder.remove();
  });

  /** A call of `tool` by one kind of client; resolves `begun` with its first progress. */
  const calling = (client, tool, args, limits = patience) => {
    let begin;
    const begun = new Promise((resolve) => { begin = resolve; });
    const progress = [];
    const onprogress = (value) => { progress.push(value.progress); begin(); };
    const options = { ...limits, onprogress };
    const result = client.legacy
      ? client.callTool({ name: tool, arguments: args }, undefined, options)
      : client.callTool({ name: tool, arguments: args }, options);
    result.catch(() => {});
    return { begun: Promise.race([begun, result]), progress, result };
  };
  const jobsOf = async (client, tool) =>
    (await client.callTool({ name: 'job_list', arguments: { tool } })).structuredContent.jobs.map(({ job_id }) => job_id);
  /** What an agent does whose call has broken: it looks for its job. */
  const foundAgain = async (client, tool, known) => {
    const [job_id, ...more] = (await jobsOf(client, tool)).filter((id) => !known.includes(id));
    assert.deepEqual(more, []);
    await until('job_wait', () => client.callTool({ name: 'job_wait', arguments: { job_id } }), ({ structuredContent }) => structuredContent.status === 'completed');
    return client.callTool({ name: 'job_result', arguments: { job_id } });
  };
  const increasing = (values) => values.every((value, i) => i === 0 || value > values[i - 1]);

  /** Each client makes a call and a task, `breaking` happens, and all of it ends as if nothing had. */
  async function survives(breaking) {
    const first = await openSession(server);
    const second = await connect(server, { mode: 'legacy', reconnectionOptions: retryAtOnce });
    const third = await connect(server, { mode: { pin: '2026-07-28' } });
    const known = { slow: await jobsOf(third, 'slow_compute'), count: await jobsOf(third, 'count_to') };
    const session = first.transport.sessionId;
    first.client.legacy = true;

    const { task } = await first.client.request({ method: 'tools/call', params: { name: 'slow_compute', arguments: { seconds, label: 'a task' } } }, CreateTaskResultSchema, { task: {} });
    const taskResult = first.tasks.getTaskResult(task.taskId, CallToolResultSchema, patience);
    taskResult.catch(() => {});
    const { taskId } = await createTask(server, 'slow_compute', { seconds, label: 'an extension\'s task' });
    const calls = [
      calling(first.client, 'slow_compute', { seconds, label: 'first' }),
      calling(second, 'slow_compute', { seconds, label: 'second' }),
      calling(third, 'count_to', { n: 30, delayMs: 100 }, unresumable),
    ];
    await Promise.all(calls.map(({ begun }) => begun));
    await breaking();

    assert.equal(text(await calls[0].result), 'Computed first.');
    assert.equal(text(await calls[1].result), 'Computed second.');
    assert.equal(text(await taskResult), 'Computed a task.');
    await assert.rejects(calls[2].result);
    assert.match(text(await foundAgain(third, 'count_to', known.count)), /^Counted to 30; attempt 1 /);
    const modern = await until('the task', () => getTask(server, taskId), ({ result }) => result?.status === 'completed');
    assert.equal(text(modern.result.result), 'Computed an extension\'s task.');
    for (const { progress } of calls)
      assert.ok(increasing(progress), progress.join());
    // Four calls, four jobs: none was made twice.
    assert.equal((await jobsOf(third, 'slow_compute')).filter((id) => !known.slow.includes(id)).length, 4);
    assert.equal(first.transport.sessionId, session);
    assert.equal(text(await first.client.callTool({ name: 'greet', arguments: { name: 'Ada' } })), 'Hello, Ada!');
    await Promise.all([first.client.close(), second.close(), third.close()]);
  }

  test('connections are cut', () => survives(async () => proxy.cut()));

  test('an answer finds its question, and the question its answer, over a cut', async () => {
    let asked;
    let answer;
    const question = new Promise((resolve) => { asked = resolve; });
    const session = await openSession(server, { answer: () => { asked(); return new Promise((resolve) => { answer = resolve; }); } });
    const called = session.client.callTool({ name: 'test_elicitation', arguments: { message: 'Who?' } }, undefined, patience);
    await question;
    proxy.cut();
    answer({ action: 'accept', content: { username: 'ada', email: 'ada@example.com' } });
    assert.match(text(await called), /The user chose accept/);
    assert.equal(session.asked.received.length, 1);
    await session.client.close();
  });

  test('the frontend is killed', () => survives(async () => {
    await cluster.kill('frontend-1');
  }));
});
