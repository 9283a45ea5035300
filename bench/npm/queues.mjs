// The two queues, each in the fastest of several configurations that were tried: large batches, a local queue, ends written together.
// pg-boss that is notified of each job instead of looking twice a second does 1,000 jobs a second in place of 2,700.
import { makeWorkerUtils, run, Logger } from 'graphile-worker';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const queueName = 'no_op';
const connections = 10;
const batchSize = 1000;
const silent = new Logger(() => () => {});

export const queues = {
  async 'pg-boss'(connectionString) {
    const boss = new PgBoss({ connectionString, max: connections });
    boss.on('error', (error) => { console.error(error); process.exit(1); });
    await boss.start();
    await boss.createQueue(queueName);
    return {
      creator: async () => () => boss.send(queueName, {}),
      work: (onRan) => boss.work(
        queueName,
        { batchSize, localConcurrency: 4, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true },
        async (jobs) => { onRan(jobs.length); }),
    };
  },

  async 'graphile-worker'(connectionString) {
    const pgPool = new pg.Pool({ connectionString, max: connections });
    pgPool.on('error', () => {}); // the database has gone: the run is over
    pgPool.on('connect', (client) => client.on('error', () => {}));
    const utils = await makeWorkerUtils({ pgPool, logger: silent });
    await utils.migrate();
    return {
      creator: async () => () => utils.addJob(queueName, {}),
      work: (onRan) => run({
        pgPool,
        logger: silent,
        taskList: { [queueName]: () => { onRan(1); } },
        preset: {
          worker: {
            concurrentJobs: 24, pollInterval: 2000,
            localQueue: { size: 500, refetchDelay: { durationMs: 10 } }, completeJobBatchDelay: 0, failJobBatchDelay: 0,
          },
        },
      }),
    };
  },
};
