// Notes what a server sends: each JSON-RPC message with the revision it is of and the request that it answers.
import { createWriteStream } from 'node:fs';

const versionIn = 'io.modelcontextprotocol/protocolVersion';

export class Recording {
  #out;
  // Of a session: its revision, and its requests by id, since their answers may come on another connection.
  #sessions = new Map();

  constructor(file) {
    this.#out = file && createWriteStream(file, { flags: 'a' });
  }

  begin(incoming, body) {
    return new Exchange(this, incoming, parse(body.toString()));
  }

  session(id) {
    if (!this.#sessions.has(id))
      this.#sessions.set(id, { revision: undefined, requests: new Map() });
    return this.#sessions.get(id);
  }

  note(entry) {
    this.#out?.write(`${JSON.stringify(entry)}\n`);
  }

  close() {
    return this.#out ? new Promise((resolve) => { this.#out.end(resolve); }) : undefined;
  }
}

class Exchange {
  #recording;
  #requests;
  #revision;
  #session;
  #status;
  #isStream = false;
  #text = '';
  #decoder = new TextDecoder();

  constructor(recording, incoming, body) {
    this.#recording = recording;
    this.#requests = (Array.isArray(body) ? body : [body]).filter((message) => message?.method !== undefined && message.id !== undefined);
    this.#revision = incoming.headers['mcp-protocol-version'] ?? body?.params?._meta?.[versionIn];
    if (incoming.headers['mcp-session-id'])
      this.#enter(incoming.headers['mcp-session-id']);
  }

  answered(response) {
    this.#status = response.statusCode;
    this.#isStream = /text\/event-stream/.test(response.headers['content-type'] ?? '');
    if (response.headers['mcp-session-id'])
      this.#enter(response.headers['mcp-session-id']);
  }

  push(chunk) {
    this.#text += this.#decoder.decode(chunk, { stream: true });
    if (!this.#isStream)
      return;
    const events = this.#text.split(/\r?\n\r?\n/);
    this.#text = events.pop();
    for (const event of events)
      this.#take(event.split(/\r?\n/).filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n'));
  }

  end() {
    if (!this.#isStream)
      this.#take(this.#text);
  }

  #enter(id) {
    this.#session = this.#recording.session(id);
    for (const request of this.#requests)
      this.#session.requests.set(JSON.stringify(request.id), request);
  }

  #take(text) {
    const message = parse(text);
    if (message === undefined)
      return;
    const request = this.#session?.requests.get(JSON.stringify(message.id)) ?? this.#requests.find(({ id }) => id === message.id);
    if (this.#session && request?.method === 'initialize' && message.result)
      this.#session.revision = message.result.protocolVersion;
    this.#recording.note({
      revision: this.#session?.revision ?? this.#revision,
      status: this.#status,
      answers: message.method === undefined && request ? { method: request.method, isTask: request.params?.task !== undefined } : undefined,
      message,
    });
  }
}

function parse(text) {
  if (text.trim() === '')
    return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where a proxy of a test's own notes what it sees; undefined: nobody wants to know. */
export const recordedAs = (name) => process.env.ACTORS_WIRE && `${process.env.ACTORS_WIRE}/${name}-${process.pid}`;
