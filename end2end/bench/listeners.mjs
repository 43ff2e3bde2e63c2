// Others who look at the same board: sockets that hear everything and say nothing but that they are there. They live
// in a thread of their own, so that the one that asks and measures is not kept busy by them.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { together } from './shop.mjs';

/** More are refused by the server. */
const SOCKETS_PER_PERSON = 50;
const OPENED_AT_ONCE = 20;
const TEXT = 1;
const PING = 9;
const PONG = 10;
const EVENT = '{"t":"event"';

if (!isMainThread) await attend(workerData);

/** Opens so many sockets on the shop's board; the answer closes them and tells what they heard together. */
export async function listen(shop, count) {
  if (count === 0) return async () => ({ heard: 0, lost: 0 });
  const people = await shop.colleagues(Math.ceil(count / SOCKETS_PER_PERSON));
  const cookies = Array.from({ length: count }, (_, i) => people[i % people.length]);
  const board = { port: shop.port, funnel: shop.storefront.funnel, cookies };
  const thread = new Worker(new URL(import.meta.url), { workerData: board });
  await once(thread, 'message');
  return async () => {
    thread.postMessage('end');
    const [told] = await once(thread, 'message');
    await thread.terminate();
    return told;
  };
}

async function attend({ port, funnel, cookies }) {
  const told = { heard: 0, lost: 0 };
  await together(OPENED_AT_ONCE, cookies, (cookie) => open({ port, funnel, cookie }, told));
  parentPort.postMessage('open');
  parentPort.once('message', () => parentPort.postMessage(told));
}

/** Resolves once the server has agreed to talk. */
function open({ port, funnel, cookie }, told) {
  return new Promise((resolve, reject) => {
    const host = `127.0.0.1:${port}`;
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    socket.write([
      `GET /live?funnel=${funnel} HTTP/1.1`, `Host: ${host}`, `Origin: http://${host}`, `Cookie: ${cookie}`,
      'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`, '', '',
    ].join('\r\n'));
    let agreed = false;
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (!agreed) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const [status] = rest.toString('latin1', 0, end).split('\r\n');
        if (!status.includes(' 101 ')) return socket.destroy(new Error(`no socket: ${status}`));
        agreed = true;
        rest = rest.subarray(end + 4);
        resolve();
      }
      rest = read(rest, socket, told);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      told.lost += 1;
      reject(new Error('the socket was closed before it was open'));
    });
  });
}

/** Takes the whole frames off; answers with what is left of the bytes. A server's frames are not masked. */
function read(bytes, socket, told) {
  let at = 0;
  for (let frame = frameAt(bytes, at); frame; frame = frameAt(bytes, at)) {
    const { opcode, from, to } = frame;
    if (opcode === TEXT && bytes.toString('latin1', from, from + EVENT.length) === EVENT) told.heard += 1;
    // A client's frames are masked; with nothing but zeros a mask changes nothing.
    if (opcode === PING) {
      socket.write(Buffer.concat([Buffer.from([0x80 | PONG, 0x80 | (to - from), 0, 0, 0, 0]), bytes.subarray(from, to)]));
    }
    at = to;
  }
  return bytes.subarray(at);
}

/** Where the frame's content is; undefined while it is not all there. */
function frameAt(bytes, at) {
  if (bytes.length < at + 2) return undefined;
  const opcode = bytes[at] & 0x0f;
  const length = bytes[at + 1] & 0x7f;
  const from = at + 2 + (length === 127 ? 8 : length === 126 ? 2 : 0);
  if (bytes.length < from) return undefined;
  const long = { 126: () => bytes.readUInt16BE(at + 2), 127: () => Number(bytes.readBigUInt64BE(at + 2)) };
  const to = from + (long[length]?.() ?? length);
  return bytes.length < to ? undefined : { opcode, from, to };
}
