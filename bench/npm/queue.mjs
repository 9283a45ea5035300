// Creates jobs and has them run, through pg-boss or graphile-worker: the process that creates, and beside it the one that works.
//   node queue.mjs pg-boss|graphile-worker CALLERS      the database in DATABASE_URL
// For each line with a number of milliseconds it creates jobs for so long, each caller one after the other and each job in a commit of its
// own, waits until all have run, and answers with a line: {"done":jobs,"ms":from the first create to the last end}.
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { queues } from './queues.mjs';

const [kind, callers] = [process.argv[2], Number(process.argv[3])];
const queue = await queues[kind](process.env.DATABASE_URL);
const create = await queue.creator(callers);

let ran = 0;
let onRan = () => {};
const worker = fork(new URL('./queue-worker.mjs', import.meta.url), [kind]);
worker.on('message', (count) => { ran += count; onRan(); });
worker.on('exit', (code) => process.exit(code ?? 1));
await new Promise((resolve) => worker.once('message', resolve));
console.log('ready');

for await (const line of createInterface({ input: process.stdin })) {
  const began = performance.now();
  const until = began + Number(line);
  const before = ran;
  let created = 0;
  await Promise.all(Array.from({ length: callers }, async () => {
    while (performance.now() < until) {
      await create();
      created++;
    }
  }));
  await new Promise((resolve) => { (onRan = () => { if (ran - before >= created) resolve(); })(); });
  console.log(JSON.stringify({ done: created, ms: performance.now() - began }));
}
worker.kill();
