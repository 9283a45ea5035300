// The two queues, each as its documentation sets it up for many short jobs: batches, a local queue, notifications instead of polling.
import { makeWorkerUtils, run, Logger } from 'graphile-worker';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

const queueName = 'no_op';
const connections = 10;
const batchSize = 200;
const silent = new Logger(() => () => {});

export const queues = {
  async 'pg-boss'(connectionString) {
    const boss = new PgBoss({ connectionString, max: connections, useListenNotify: true });
    boss.on('error', (error) => { console.error(error); process.exit(1); });
    await boss.start();
    await boss.createQueue(queueName, { notify: true });
    return {
      creator: async () => () => boss.send(queueName, {}),
      work: (onRan) => boss.work(
        queueName,
        { batchSize, localConcurrency: 2, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5, burstWhenBatchFull: true },
        async (jobs) => { onRan(jobs.length); }),
    };
  },

  async 'graphile-worker'(connectionString) {
    const pgPool = new pg.Pool({ connectionString, max: connections });
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
