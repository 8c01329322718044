#!/usr/bin/env node
// Verifies the hash chain of a handoff's entries. It shares no code with the exchange: what it knows, it has
// from the documentation of the log alone, so that either company (or anyone else) can check what it was shown.
//
//   node tools/verify-entries.mjs <base-url> <api-key> <handoff-id> [--head HEX]
//   node tools/verify-entries.mjs --file entries.json [--head HEX]
//
// Exit 0: the chain is whole. Exit 1: it is broken; the first broken entry is named. Exit 2: it could not be judged
// (wrong usage, no answer from the exchange, no list).
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';

const usage = `usage: verify-entries.mjs <base-url> <api-key> <handoff-id> [--head HEX]
       verify-entries.mjs --file entries.json [--head HEX]`;

class CannotJudge extends Error {}
class Broken extends Error {}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** SHA-256 over the fields, each preceded by its length as a 4-byte big-endian integer. */
function hashOf(fields) {
  const hash = createHash('sha256');
  for (const field of fields) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    hash.update(length).update(field);
  }
  return hash.digest();
}

function seqBytes(seq) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(seq));
  return bytes;
}

/** The bytes that base64 text stands for; Buffer skips what is no base64, so the way back has to give the same text. */
function decode(entry) {
  const bytes = Buffer.from(entry.raw, 'base64');
  if (bytes.toString('base64') !== entry.raw) throw new Broken(`seq ${entry.seq}: raw is not base64`);
  return bytes;
}

/** A time in UTC may be written with Z or +00:00: the same time. Everything else is compared as it is. */
function plain(value) {
  if (typeof value === 'string') return value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?)\+00:00$/, '$1Z');
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
  return value;
}

/** What the answer shows beside the bytes has to be what the bytes say. */
function compareShown(entry, bytes) {
  let body;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Broken(`seq ${entry.seq}: the bytes are not JSON in UTF-8`);
  }
  for (const member of ['side', 'actor', 'at', 'data']) {
    if (member in entry && !isDeepStrictEqual(plain(entry[member]), plain(body[member]))) {
      throw new Broken(`seq ${entry.seq}: ${member} is shown as ${JSON.stringify(entry[member])}, the bytes say ${JSON.stringify(body[member])}`);
    }
  }
}

function bodyHashOf(entry) {
  if (typeof entry.raw !== 'string') {
    if (entry.withheld !== true) throw new Broken(`seq ${entry.seq}: neither raw bytes nor withheld (was the list read with raw=true?)`);
    if (!/^[0-9a-f]{64}$/.test(entry.bodyHash ?? '')) throw new Broken(`seq ${entry.seq}: withheld, and bodyHash is no SHA-256`);
    return Buffer.from(entry.bodyHash, 'hex');
  }
  const bytes = decode(entry);
  const bodyHash = sha256(bytes);
  if (bodyHash.toString('hex') !== entry.bodyHash) {
    throw new Broken(`seq ${entry.seq}: bodyHash is ${entry.bodyHash}, the bytes give ${bodyHash.toString('hex')}`);
  }
  compareShown(entry, bytes);
  return bodyHash;
}

/** The hashes of all entries, or the first thing that is wrong. */
function verify(entries) {
  let previous = Buffer.alloc(32);
  const hashes = [];
  for (const [index, entry] of entries.entries()) {
    if (entry?.seq !== index + 1) throw new Broken(`seq ${index + 1}: missing, the list has ${JSON.stringify(entry?.seq)} in its place`);
    if (typeof entry.opId !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(entry.opId)) {
      throw new Broken(`seq ${entry.seq}: opId ${JSON.stringify(entry.opId)} is no UUID in lower case`);
    }
    if (typeof entry.type !== 'string') throw new Broken(`seq ${entry.seq}: no type`);
    const hash = hashOf([previous, seqBytes(entry.seq), Buffer.from(entry.opId, 'ascii'), Buffer.from(entry.type, 'utf8'), bodyHashOf(entry)]);
    if (hash.toString('hex') !== entry.hash) {
      throw new Broken(`seq ${entry.seq}: hash is ${entry.hash}, its fields and the entry before give ${hash.toString('hex')}`);
    }
    hashes.push(entry.hash);
    previous = hash;
  }
  return hashes;
}

async function fromFile(path) {
  let list;
  try {
    list = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CannotJudge(`cannot read ${path}: ${error.message}`);
  }
  const entries = Array.isArray(list) ? list : list?.items;
  if (!Array.isArray(entries)) throw new CannotJudge(`${path} holds no list of entries`);
  return entries;
}

async function fromExchange(base, key, handoff) {
  const entries = [];
  let after = null;
  do {
    let url;
    try {
      url = new URL(`/api/v1/handoffs/${encodeURIComponent(handoff)}/entries`, base);
    } catch {
      throw new CannotJudge(`${base} is no address`);
    }
    url.searchParams.set('raw', 'true');
    url.searchParams.set('limit', '200');
    if (after !== null) url.searchParams.set('after', after);
    let answer;
    try {
      answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    } catch (error) {
      throw new CannotJudge(`no answer from ${url.origin}: ${error.cause?.message ?? error.message}`);
    }
    if (!answer.ok) throw new CannotJudge(`${url.origin} answered ${answer.status}: ${await answer.text()}`);
    const page = await answer.json();
    if (!Array.isArray(page.items)) throw new CannotJudge('the answer holds no list of entries');
    entries.push(...page.items);
    after = page.next ?? null;
  } while (after !== null);
  return entries;
}

function readArguments() {
  let parsed;
  try {
    parsed = parseArgs({ allowPositionals: true, options: { file: { type: 'string' }, head: { type: 'string' } } });
  } catch (error) {
    throw new CannotJudge(`${error.message}\n${usage}`);
  }
  const { values, positionals } = parsed;
  if (positionals.length !== (values.file === undefined ? 3 : 0)) throw new CannotJudge(usage);
  if (values.head !== undefined && !/^[0-9a-f]{64}$/i.test(values.head)) throw new CannotJudge(`--head wants 64 hex digits\n${usage}`);
  return { file: values.file, head: values.head?.toLowerCase(), positionals };
}

/** A witness is a head that one side kept from an answer: it has to be the hash of some entry, the last one or an earlier. */
function compareWitness(hashes, witness) {
  const at = hashes.indexOf(witness);
  if (at < 0) throw new Broken(`the end: the witnessed head ${witness} stands nowhere in the list, which ends in ${hashes.at(-1) ?? 'nothing'}`);
  return at + 1 === hashes.length ? ', as witnessed' : `, as witnessed up to seq ${at + 1}`;
}

try {
  const { file, head, positionals } = readArguments();
  const entries = file === undefined ? await fromExchange(...positionals) : await fromFile(file);
  const hashes = verify(entries);
  const witnessed = head === undefined ? '' : compareWitness(hashes, head);
  console.log(`${entries.length} entries, chain whole, head ${hashes.at(-1) ?? '0'.repeat(64)}${witnessed}`);
} catch (error) {
  if (!(error instanceof Broken) && !(error instanceof CannotJudge)) throw error;
  console.error(error instanceof Broken ? `broken at ${error.message}` : error.message);
  process.exitCode = error instanceof Broken ? 1 : 2;
}
