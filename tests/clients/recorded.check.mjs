// Runs after all the others: what the server has sent in them, against the official schema of each revision.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { validatorOf } from './schemas.mjs';

const folder = process.env.ACTORS_WIRE;
const entries = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line)));
const isPartial = process.env.ACTORS_WIRE_PARTIAL === '1';
const revisions = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

describe('Every message that the server has sent is valid by the schema of its revision', () => {
  for (const revision of revisions)
    test(revision, (context) => {
      const sent = entries.filter((entry) => entry.revision === revision);
      if (isPartial && sent.length === 0)
        return context.skip('none of the tests that ran speaks it');
      assert.notEqual(sent.length, 0, 'no message was recorded');
      const validate = validatorOf(revision);
      if (!validate)
        return context.skip(`${sent.length} messages not checked: its schema.json is not in shared/data/mcp-docs beside the checkout`);
      const faults = sent.map((entry) => ({ entry, faults: validate(entry) })).filter(({ faults: found }) => found.length > 0);
      context.diagnostic(`${sent.length} messages: ${tally(sent)}`);
      assert.equal(faults.length, 0, `${faults.length} of ${sent.length} are invalid, for example:\n${faults.slice(0, 5).map((fault) => JSON.stringify(fault).slice(0, 1500)).join('\n')}`);
    });
});

function tally(sent) {
  const kind = ({ message }) => message.error ? 'errors' : message.method === undefined ? 'results' : message.id === undefined ? 'notifications' : 'requests';
  const counts = Map.groupBy ? Map.groupBy(sent, kind) : sent.reduce((map, entry) => map.set(kind(entry), [...(map.get(kind(entry)) ?? []), entry]), new Map());
  return [...counts].map(([name, found]) => `${found.length} ${name}`).join(', ');
}
