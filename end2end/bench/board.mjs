// What a person waits for, in Chromium on this machine: opening a board, dragging, scrolling, hearing of others' moves;
// and what the server takes. Prints Markdown.
import { statSync } from 'node:fs';
import { get } from 'node:http';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { listen } from './listeners.mjs';
import { Shop, binary, quantile, sleep, spread } from './shop.mjs';

const SIZES = (process.env.SIZES || '1000,5000,10000').split(',').map(Number);
const RUNS = Number(process.env.RUNS || 5);
const MOVES = 200;
/** On one board, the browser that is measured among them. */
const VIEWERS = [1, 50, 500];
const MOVES_PER_SECOND = 50;
const MOVING_SECONDS = 10;

const shop = new Shop();
let turn = 0;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await shop.open();
  await machine();
  await boards();
} finally {
  await browser.close();
  await shop.close();
}

async function machine() {
  const cold = [];
  for (let i = 0; i < RUNS; i++) {
    await shop.stop();
    cold.push(await shop.start());
  }
  await sleep(500);
  const idle = shop.residentMb();
  const sizes = [];
  let jsWasm = 0;
  for (const file of ['voronka.wasm', 'voronka.js', 'voronka.css']) {
    const { bytes, coding } = await served(`/pkg/${file}`);
    const plain = Buffer.from(await (await fetch(`${shop.url}/pkg/${file}`)).arrayBuffer());
    // A debug build's would take minutes.
    const most = plain.length < 8e6 ? brotliCompressSync(plain).length : NaN;
    if (!file.endsWith('css')) jsWasm += bytes;
    const kb = (bytes) => (bytes / 1000).toFixed(1);
    sizes.push(`${file} ${kb(bytes)} kB (${coding}; plain ${kb(plain.length)}, brotli 11 ${kb(most)})`);
  }
  console.log('\n### First load (P5), start and memory (P14)\n');
  console.log(`- over the wire: ${sizes.join(', ')}; JS + WASM **${(jsWasm / 1000).toFixed(1)} kB** (goal 250; Planka 2,560)`);
  console.log(`- cold start, exec → /readyz 200: **${spread(cold)} ms** (goal 150; Planka 2,500, Kanboard 180)`);
  console.log(`- idle, empty shop: **${idle.toFixed(0)} MB** resident (goal 40); the binary ${(statSync(binary).size / 1e6).toFixed(1)} MB`);
}

/** The body's bytes as they come, and how they are coded. */
function served(path) {
  return new Promise((resolve, reject) => {
    get(`${shop.url}${path}`, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk) => (bytes += chunk.length));
      answer.on('end', () => resolve({ bytes, coding: answer.headers['content-encoding'] ?? 'plain' }));
    }).on('error', reject);
  });
}

async function boards() {
  const opened = [];
  let last;
  for (const size of SIZES) {
    const took = await shop.grow(size);
    console.error(`${size} deals after ${(took / 1000).toFixed(1)} s`);
    const plain = [];
    const slow = [];
    for (let i = 0; i < RUNS; i++) {
      plain.push(await opening(1));
      slow.push(await opening(4));
    }
    const html = [];
    const context = await signedIn();
    for (let i = 0; i < 15; i++) {
      const begun = performance.now();
      last = await context.request.get(shop.board);
      html.push(performance.now() - begun);
    }
    const bytes = (await last.body()).length / 1000;
    await context.close();
    const cells = [size, ...[plain, slow].flatMap((runs) => ['first', 'ready'].map((name) => spread(runs.map((run) => run[name]))))];
    opened.push(`| ${[...cells, spread(html, 1), bytes.toFixed(0), plain[0].nodes].join(' | ')} |`);
  }
  console.log(`\n### Opening a board (P2), fresh browser context, median of ${RUNS} (least–most), ms\n`);
  console.log('Ready: first card painted, the page’s own code runs, its socket is open and the main thread has begun 200 ms without a long task.\n');
  console.log('| cards | first card | **ready** | first card, 4× throttled | **ready, 4× throttled** | page from the server, ms | HTML, kB | DOM nodes |');
  console.log('|---|---|---|---|---|---|---|---|');
  console.log(opened.join('\n'));
  const size = SIZES.at(-1);
  const context = await signedIn();
  const page = await boardPage(context);
  await dragging(page, size);
  await scrolling(page, size);
  await watching(page);
  await crowded(page);
  console.log(`- server after all this: **${shop.residentMb().toFixed(0)} MB** resident (goal 100)`);
  await context.close();
}

/** One sign-in a shop, whose cookie every later context begins with: doors are limited to a few tries a minute. */
async function signedIn() {
  const known = shop.signedIn;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', storageState: known });
  if (!known) {
    await shop.signIn(context);
    shop.signedIn = await context.storageState();
  }
  return context;
}

async function boardPage(context, before = async () => {}) {
  const page = await context.newPage();
  await before(page);
  await page.goto(shop.board, { waitUntil: 'commit' });
  await page.waitForSelector('#live.on', { state: 'attached', timeout: 120_000 });
  return page;
}

/** One load with an empty cache. */
async function opening(throttle) {
  const context = await signedIn();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  if (throttle > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await page.addInitScript(() => {
    const seen = (globalThis.bench = { busy: 0, first: 0, live: 0 });
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) seen.busy = Math.max(seen.busy, task.startTime + task.duration);
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      if (!seen.first && document.querySelector('[data-card-id]')) {
        // The frame after this one shows it.
        seen.first = -1;
        requestAnimationFrame(() => setTimeout(() => (seen.first = performance.now())));
      }
      if (!seen.live && document.querySelector('#live.on')) seen.live = performance.now();
      if (!seen.live || seen.first <= 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(shop.board, { waitUntil: 'commit' });
  const found = await page.waitForFunction(() => {
    const { busy, first, live } = globalThis.bench;
    const ready = Math.max(busy, first, live);
    return first > 0 && live && performance.now() - ready > 250 && { first, ready, nodes: document.querySelectorAll('*').length };
  }, null, { polling: 50, timeout: 120_000 });
  const run = await found.jsonValue();
  await context.close();
  return run;
}

/** Drags the first column's first card to the next column and measures each input to the frame that shows it. */
async function dragging(page, size) {
  await page.evaluate(() => {
    globalThis.inputs = [];
    for (const type of ['pointerdown', 'pointermove', 'pointerup']) {
      addEventListener(type, (event) => {
        const at = event.timeStamp;
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => globalThis.inputs.push([type, performance.now() - at]);
          channel.port2.postMessage(0);
        });
      }, { capture: true });
    }
  });
  const columns = page.locator('section.column:not(.collapsed) .cards');
  for (let i = 0; i < 30; i++) {
    const card = columns.nth(i % 2).locator('[data-card-id]').nth(1);
    const from = await card.boundingBox();
    const to = await columns.nth((i + 1) % 2).boundingBox();
    await page.mouse.move(from.x + 60, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 75, from.y + 30, { steps: 3 });
    await page.mouse.move(to.x + to.width / 2, to.y + 200, { steps: 6 });
    await page.mouse.up();
    await sleep(60);
  }
  await sleep(300);
  const inputs = await page.evaluate(() => globalThis.inputs);
  const all = inputs.map(([, took]) => took);
  const ups = inputs.filter(([type]) => type === 'pointerup').map(([, took]) => took);
  console.log(`\n### On the board of ${size.toLocaleString('en')} cards (P3, P6)\n`);
  console.log(`- drag, each input → after its frame: p50 ${quantile(all, 0.5).toFixed(1)}, **p98 ${quantile(all, 0.98).toFixed(1)} ms** (goal 50) of ${all.length}; the drop alone p50 ${quantile(ups, 0.5).toFixed(1)}, p98 ${quantile(ups, 0.98).toFixed(1)} ms`);
}

async function scrolling(page, size) {
  const list = page.locator('section.column:not(.collapsed) .cards').nth(2);
  await list.hover();
  const empty = await frames(page, false);
  const ours = await frames(page, true);
  const long = (gaps) => `${((100 * gaps.filter((gap) => gap > 16.7 * 1.5).length) / gaps.length).toFixed(1)} %`;
  console.log(`- scrolling a column 4 s: frames that came a frame late **${long(ours)}** of ${ours.length} (goal 1 %), p99 ${quantile(ours, 0.99).toFixed(1)} ms; the same page at rest ${long(empty)}, p99 ${quantile(empty, 0.99).toFixed(1)} ms`);
}

/** The gaps between animation frames. */
async function frames(page, scroll) {
  const measured = page.evaluate(() => new Promise((resolve) => {
    const gaps = [];
    let last = performance.now();
    const end = last + 4_000;
    const frame = (now) => {
      gaps.push(now - last);
      last = now;
      if (now < end) requestAnimationFrame(frame);
      else resolve(gaps.slice(1));
    };
    requestAnimationFrame(frame);
  }));
  const until = performance.now() + 3_800;
  while (scroll && performance.now() < until) {
    await page.mouse.wheel(0, 120);
    await sleep(16);
  }
  return measured;
}

/** Moves by somebody else, one after the other, on a quiet board. */
async function watching(page) {
  const { sent, seen, figures } = await watched(page, async () => {
    const sent = [];
    for (let i = 0; i < MOVES; i++) {
      sent.push(await moveOn());
      await sleep(20);
    }
    return sent;
  });
  console.log(`- somebody’s move by REST, one viewer, ${seen.length} of ${sent.length} seen: asked → painted **${figures('painted')}** (goal 25 / 100; Planka 287 / 630 at 1k); asked → in the DOM ${figures('noted')}; asked → answered (durable) ${figures('answered')}`);
}

/** The same while many look on and many move. */
async function crowded(page) {
  console.log(`- the same at ${MOVES_PER_SECOND} moves a second for ${MOVING_SECONDS} s, whether answered or not:`);
  for (const viewers of VIEWERS) {
    const end = await listen(shop, viewers - 1);
    const { sent, seen, figures } = await watched(page, moveOnAndOn);
    const { heard, lost } = await end();
    const others = viewers > 1 ? `; the other sockets heard ${heard} events, ${lost} were lost` : '';
    console.log(`  - ${viewers} ${viewers > 1 ? 'viewers' : 'viewer'}, ${seen.length} of ${sent.length} seen: asked → painted **${figures('painted')}** (goal 25 / 100); asked → answered (durable) ${figures('answered')}${others}`);
  }
}

/** Moves the next of the deals one stage on. */
async function moveOn() {
  const deal = shop.deals[(100 + turn++ * 7) % shop.deals.length];
  deal.stage = shop.stages[(shop.stages.indexOf(deal.stage) + 1) % 3];
  const key = `${deal.id} ${deal.stage}`;
  const asked = now();
  await shop.move(deal.id, deal.stage);
  return { key, asked, answered: now() };
}

/** An open loop: each move at its time, however long the ones before it take. */
async function moveOnAndOn() {
  const begun = performance.now();
  const sent = [];
  for (let i = 0; i < MOVES_PER_SECOND * MOVING_SECONDS; i++) {
    await sleep(Math.max(0, begun + (i * 1_000) / MOVES_PER_SECOND - performance.now()));
    sent.push(moveOn());
  }
  return Promise.all(sent);
}

/** What the page shows of moves, from their asking to the frame that shows them. */
async function watched(page, move) {
  await page.reload();
  await page.waitForSelector('#live.on', { state: 'attached' });
  await sleep(1_000);
  await page.evaluate(() => {
    globalThis.painted = {};
    globalThis.noted = {};
    const note = (appeared) => {
      for (const column of document.querySelectorAll('[data-column-id]')) {
        for (const card of column.querySelectorAll('[data-card-id]')) {
          const key = `${card.dataset.cardId} ${column.dataset.columnId}`;
          if (key in globalThis.noted) continue;
          globalThis.noted[key] = appeared;
          if (!appeared) continue;
          requestAnimationFrame(() => setTimeout(() => (globalThis.painted[key] = performance.timeOrigin + performance.now())));
        }
      }
    };
    // What stands there already has not been moved.
    note(0);
    new MutationObserver(() => note(performance.timeOrigin + performance.now()))
      .observe(document.querySelector('.board'), { subtree: true, childList: true });
  });
  const sent = await move();
  await sleep(1_000);
  const { painted, noted } = await page.evaluate(() => ({ painted: globalThis.painted, noted: globalThis.noted }));
  const seen = sent
    .map((one) => ({ ...one, painted: painted[one.key], noted: noted[one.key] }))
    .filter((one) => one.painted);
  const figures = (to) => {
    const took = seen.map((one) => one[to] - one.asked);
    return `p50 ${quantile(took, 0.5).toFixed(1)}, p99 ${quantile(took, 0.99).toFixed(1)} ms`;
  };
  return { sent, seen, figures };
}

/** The browser's clock and this one are the same. */
function now() {
  return performance.timeOrigin + performance.now();
}
