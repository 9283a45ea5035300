// A proxy of HTTP before the server: it notes every message that the server sends, cuts connections when it is told to, and turns to
// another server when one does not answer any more.
import { createServer, request as send } from 'node:http';
import { Recording } from './recording.mjs';

/** @param {string[]} targets servers that are as good as each other @param {string=} file where the messages are noted, one a line */
export async function startProxy(targets, file) {
  const recording = new Recording(file);
  const sockets = new Set();
  const open = [];
  let current = 0;

  const forward = (incoming, body, outgoing, tries) => {
    const target = new URL(targets[current]);
    const exchange = recording.begin(incoming, body);
    const onwards = send({
      host: target.hostname, port: target.port, path: incoming.url, method: incoming.method, agent: false,
      headers: { ...incoming.headers, host: target.host, connection: 'close' },
    });
    outgoing.once('close', () => onwards.destroy());
    onwards.once('error', (error) => {
      // Nothing of it was sent where nobody listens.
      if (error.code === 'ECONNREFUSED' && tries > 1) {
        current = (current + 1) % targets.length;
        forward(incoming, body, outgoing, tries - 1);
      } else {
        outgoing.destroy();
      }
    });
    onwards.once('response', (response) => {
      exchange.answered(response);
      outgoing.writeHead(response.statusCode, response.headers);
      outgoing.flushHeaders();
      response.on('data', (chunk) => { exchange.push(chunk); outgoing.write(chunk); });
      response.once('end', () => { exchange.end(); outgoing.end(); });
      response.once('error', () => outgoing.destroy());
    });
    onwards.end(body);
  };

  const server = createServer((incoming, outgoing) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.once('end', () => {
      open.push(`${incoming.method} ${incoming.headers['last-event-id'] ?? ''}`.trim());
      forward(incoming, Buffer.concat(chunks), outgoing, targets.length);
    });
  });
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const cut = () => { for (const socket of sockets) socket.destroy(); };
  return {
    url: `http://127.0.0.1:${server.address().port}${new URL(targets[0]).pathname}`,
    /** What was asked so far: the HTTP method, and the event that a GET goes on after. */
    requests: open,
    /** Breaks every connection at once, in the middle of whatever it carries. */
    cut,
    /** Goes to that server from now on. */
    turnTo: (target) => { current = targets.indexOf(target); },
    close: async () => {
      const closed = new Promise((resolve) => { server.close(resolve); });
      cut();
      await closed;
      await recording.close();
    },
  };
}
