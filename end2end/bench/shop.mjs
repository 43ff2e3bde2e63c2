// The release binary with a shop of so many deals on one funnel, as a process of its own, and doors to it.
import { execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SECRET = 'a secret between the shop and us';
const OWNER = 'owner@shop.ua';
const NAMES = ['Оксана Мельник', 'Petro Bondar', 'Ірина Ковальчук', 'Андрій Шевченко', 'Марія Ткаченко'];

export const binary = process.env.SERVER || `${process.env.CARGO_TARGET_DIR}/release/server`;
const site = process.env.SITE_DIR || '../target/site';

export class Shop {
  /** On a real disk; /tmp may be none. */
  dir = mkdtempSync(`${process.env.BENCH_DIR || process.env.CARGO_TARGET_DIR}/bench-`);
  port = 0;
  deals = [];
  /** Of those who work here besides the owner. */
  cookies = [];

  get env() {
    const { PATH } = process.env;
    return { PATH, LOG: 'warn', DATA_DIR: this.dir, LISTEN_ADDR: `127.0.0.1:${this.port}`, SITE_DIR: site };
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get board() {
    return `${this.url}/f/${this.storefront.funnel}`;
  }

  async cli(...args) {
    const { stdout } = await run(binary, [...args, '--json'], { env: this.env });
    return JSON.parse(stdout);
  }

  async open() {
    await this.cli('user', 'create', '--email', OWNER, '--name', 'Olena Owner', '--role', 'owner');
    const shop = ['--name', 'Coffee', '--currency', 'UAH', '--woocommerce-secret', SECRET, '--lang', 'en'];
    this.storefront = await this.cli('storefront', 'create', ...shop);
    this.token = (await this.cli('token', 'create', '--name', 'bench', '--role', 'owner')).token;
    await this.start();
    const { funnels } = await this.api('/funnels');
    const { stages } = funnels.find((one) => one.id === this.storefront.funnel);
    this.stages = stages.filter((one) => one.kind === 'open').map((one) => one.id);
  }

  /** Answers with the milliseconds from exec to the first 200 of /readyz. */
  async start() {
    const begun = performance.now();
    const child = spawn(binary, ['serve', '--json'], { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    const line = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    this.port = Number(JSON.parse(line).listening.split(':').pop());
    while (!(await fetch(`${this.url}/readyz`)).ok) await sleep(1);
    return performance.now() - begun;
  }

  async stop() {
    const child = this.child;
    child.removeAllListeners('exit');
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  async close() {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  residentMb() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024;
  }

  /** More deals up to so many, through the shop's own hook, spread evenly over the open stages. */
  async grow(size) {
    const numbers = Array.from({ length: size - this.deals.length }, (_, i) => this.deals.length + i + 1);
    const begun = performance.now();
    await together(64, numbers, async (n) => {
      const { deal } = await this.order(n);
      const stage = this.stages[n % this.stages.length];
      if (stage !== this.stages[0]) await this.move(deal, stage);
      this.deals.push({ id: deal, stage });
    });
    return performance.now() - begun;
  }

  async order(n) {
    const body = JSON.stringify(wooOrder(n));
    const answer = await fetch(`${this.url}/hooks/woocommerce/${this.storefront.hook_key}`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-wc-webhook-topic': 'order.created',
        'x-wc-webhook-signature': createHmac('sha256', SECRET).update(body, 'utf8').digest('base64'),
      },
    });
    if (!answer.ok) throw new Error(`order ${n}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async move(deal, stage) {
    return this.api(`/deals/${deal}/move`, { stage });
  }

  async api(path, body) {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const options = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    const answer = await fetch(`${this.url}/api/v1${path}`, options);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Lets the owner's browser in. */
  async signIn(context) {
    const [name, value] = (await this.enter(OWNER)).split('=');
    await context.addCookies([{ name, value, url: this.url }]);
  }

  /** As many people as wanted, let in: their cookies. */
  async colleagues(count) {
    while (this.cookies.length < count) {
      const [name, email] = [`Colleague ${this.cookies.length}`, `colleague${this.cookies.length}@shop.ua`];
      const belongs = ['--role', 'manager', '--storefront', 'Coffee'];
      await this.cli('user', 'create', '--email', email, '--name', name, ...belongs);
      this.cookies.push(await this.enter(email));
    }
    return this.cookies.slice(0, count);
  }

  /** Lets somebody in by the one-time link, as its form does; answers with their cookie. */
  async enter(email) {
    const path = new URL((await this.cli('user', 'link', '--email', email)).link).pathname;
    const html = await (await fetch(this.url + path)).text();
    const action = /<form[^>]*action="([^"]+)"/.exec(html)[1];
    const token = /name="token"[^>]*value="([^"]+)"/.exec(html)?.[1] ?? path.split('/').pop();
    const headers = { accept: 'text/html', origin: this.url };
    const form = { method: 'POST', body: new URLSearchParams({ token }), headers, redirect: 'manual' };
    const answer = await fetch(this.url + action, form);
    const [cookie] = answer.headers.getSetCookie();
    if (answer.status !== 302 || !cookie) throw new Error(`not signed in: ${answer.status} ${await answer.text()}`);
    return cookie.split(';')[0];
  }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function together(width, items, work) {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * part)] ?? NaN;
}

/** "median (least–most)" */
export function spread(values, digits = 0) {
  const [median, least, most] = [0.5, 0, 1].map((part) => quantile(values, part).toFixed(digits));
  return `${median} (${least}–${most})`;
}

function wooOrder(n) {
  const total = `${450 + (n % 997)}.00`;
  const at = new Date().toISOString().slice(0, 19);
  const [first_name, last_name] = NAMES[n % NAMES.length].split(' ');
  const billing = {
    first_name, last_name: `${last_name} ${n}`, email: `customer${n}@example.ua`, phone: `+38050${String(1_000_000 + n)}`,
    address_1: 'вул. Хрещатик, 1', address_2: '', city: 'Київ', state: '', postcode: '01001', country: 'UA', company: '',
  };
  const line = { id: n, name: `Coffee beans no. ${n}`, product_id: 90, variation_id: 0, quantity: 1, subtotal: total };
  return {
    id: n, parent_id: 0, number: String(n), status: 'on-hold', currency: 'UAH', date_created: at, date_created_gmt: at,
    date_modified: at, date_modified_gmt: at, discount_total: '0.00', shipping_total: '0.00', total, total_tax: '0.00',
    customer_id: 0, customer_note: '', billing, shipping: { ...billing, email: undefined, phone: '' },
    payment_method: 'cod', payment_method_title: 'Оплата при отриманні', date_paid: null, date_paid_gmt: null,
    meta_data: [], tax_lines: [], fee_lines: [], coupon_lines: [], refunds: [], shipping_lines: [],
    line_items: [{ ...line, total, total_tax: '0.00', subtotal_tax: '0.00', taxes: [], meta_data: [], sku: `C-${n}`, price: Number(total) }],
  };
}
