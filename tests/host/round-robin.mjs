// A reverse proxy without stickiness: each request goes to the next server, with the headers of its client (Host and Origin too), and what
// comes back is passed on as it comes.
import { Agent, createServer, request } from 'node:http';
import { pipeline } from 'node:stream';

// They are about one connection, of which there are two here.
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** @param {number[]} ports where the servers listen, on this machine */
export async function startRoundRobin(ports) {
  const agent = new Agent({ keepAlive: true });
  const served = ports.map(() => 0);
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const next = turn++ % ports.length;
    const forward = request({
      host: '127.0.0.1', port: ports[next], agent, method: incoming.method, path: incoming.url, headers: passedOn(incoming.rawHeaders),
    });
    forward.once('response', (response) => {
      served[next] += 1;
      outgoing.writeHead(response.statusCode, response.statusMessage, passedOn(response.rawHeaders));
      outgoing.flushHeaders();
      pipeline(response, outgoing, () => {});
    });
    forward.once('error', () => outgoing.destroy());
    // A client that goes away is one that the server must miss.
    outgoing.once('close', () => { if (!outgoing.writableFinished) forward.destroy(); });
    incoming.pipe(forward);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: server.address().port,
    served,
    stop: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

function passedOn(rawHeaders) {
  const headers = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!ofConnection.has(rawHeaders[i].toLowerCase()))
      headers.push(rawHeaders[i], rawHeaders[i + 1]);
  }
  return headers;
}
