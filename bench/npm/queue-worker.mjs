// The process that runs the jobs; it tells its parent how many have run. Its first message, 0, says that it is ready.
import { queues } from './queues.mjs';

const reportEveryMs = 5;
let ran = 0;
const queue = await queues[process.argv[2]](process.env.DATABASE_URL);
await queue.work((count) => { ran += count; });
process.send(0);
setInterval(() => {
  if (ran === 0) return;
  process.send(ran);
  ran = 0;
}, reportEveryMs);
