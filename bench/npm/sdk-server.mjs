// The official TypeScript SDK's server, as its documentation serves it over node:http: stateless, a server for each request, one process
// for each processor. Beside a short tool it answers tasks/get from a map, with a handler of its own: the SDK has no store for tasks.
//   node sdk-server.mjs PORT
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const taskId = '00000000-0000-7000-8000-000000000000';
const tasks = new Map([[taskId, { taskId, status: 'working', createdAt: new Date().toISOString(), lastUpdatedAt: new Date().toISOString(), ttlMs: 604800000, pollIntervalMs: 1000 }]]);

const echoInput = z.object({ text: z.string() });
const getParams = z.looseObject({ taskId: z.string() });

function newServer() {
  const server = new McpServer({ name: 'bench', version: '1.0.0' });
  server.registerTool('echo', { description: 'Says it back', inputSchema: echoInput }, async ({ text }) => ({ content: [{ type: 'text', text }] }));
  server.server.setRequestHandler('tasks/get', { params: getParams }, async (params) => ({ resultType: 'complete', ...tasks.get(params.taskId) }));
  return server;
}

if (cluster.isPrimary) {
  for (let i = 0; i < availableParallelism(); i++) cluster.fork();
  process.on('SIGTERM', () => process.exit(0));
} else {
  cluster.worker.on('error', () => process.exit(0)); // the first process has gone
  const handle = toNodeHandler(createMcpHandler(newServer));
  // A connection outlives the turns of the others.
  createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    if (request.method === 'GET') response.writeHead(200).end();
    else handle(request, response);
  }).listen(Number(process.argv[2]), '127.0.0.1');
}
