// A business at work: a server of its own, an owner, a storefront with its orders' funnel, and doors for scripts.
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { hookHeaders, wooOrder, type OrderWishes } from './orders';
import type { Server } from './server';

export const OWNER = 'owner@shop.ua';
const SECRET = 'a secret between the shop and us';

export interface Storefront {
  id: number;
  name: string;
  hookKey: string;
  /** 0 where it has none of its own. */
  funnel: number;
}

export interface StorefrontWishes {
  lang: string;
  currency: string;
  /** What its funnel is made from; `none`: it gets no funnel. */
  preset: string;
}

export interface Stage {
  id: number;
  name: string;
  kind: string;
}

export interface Deal {
  id: number;
  storefront: number;
  stage: number;
  /** Minor units. */
  sum: number;
  currency: string;
  /** When it came to its stage, ms. */
  since: number;
}

export class Shop {
  private token = '';
  private door: Promise<unknown> = Promise.resolve();
  storefront!: Storefront;

  constructor(readonly server: Server) {}

  get url(): string {
    return this.server.url;
  }

  get board(): string {
    return `/f/${this.storefront.funnel}`;
  }

  /** Before the server starts: everything through the command line. */
  async open(lang: string): Promise<void> {
    await this.person(OWNER, 'Olena Owner', 'owner');
    this.storefront = await this.addStorefront('Coffee shop', { lang });
    this.token = await this.makeToken();
  }

  async makeToken(): Promise<string> {
    const made = await this.server.cli<{ token: string }>('token', 'create', '--name', `tests ${Date.now()}`, '--role', 'owner');
    this.token = made.token;
    return made.token;
  }

  async addStorefront(name: string, wishes: Partial<StorefrontWishes> = {}): Promise<Storefront> {
    const { lang = 'en', currency = 'UAH', preset = 'orders' } = wishes;
    const made = await this.server.cli<{ id: number; hook_key: string; funnel: number | null }>(
      'storefront', 'create', '--name', name, '--currency', currency, '--woocommerce-secret', SECRET,
      '--funnel-preset', preset, '--lang', lang,
    );
    return { id: made.id, name, hookKey: made.hook_key, funnel: made.funnel ?? 0 };
  }

  /** Somebody new; answers with the path of their invitation. */
  async person(email: string, name: string, role: string, storefronts: string[] = []): Promise<string> {
    const where = storefronts.flatMap((storefront) => ['--storefront', storefront]);
    const made = await this.server.cli<{ link: string }>(
      'user', 'create', '--email', email, '--name', name, '--role', role, ...where,
    );
    return new URL(made.link).pathname;
  }

  /** The path that lets somebody in once. */
  async entrance(email: string): Promise<string> {
    const made = await this.server.cli<{ link: string }>('user', 'link', '--email', email);
    return new URL(made.link).pathname;
  }

  /** One after another: a new link puts an end to the one before. */
  async signIn(context: BrowserContext, email = OWNER, at = this.url): Promise<void> {
    const turn = this.door.then(() => this.enter(context, email, at));
    this.door = turn.catch(() => undefined);
    await turn;
  }

  /** Lets a browser in by the one-time link, as its form does without WASM. */
  private async enter(context: BrowserContext, email: string, at: string): Promise<void> {
    const path = await this.entrance(email);
    const page = await context.request.get(at + path);
    const html = await page.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    const token = /name="token"[^>]*value="([^"]+)"/.exec(html)?.[1] ?? path.split('/').pop()!;
    expect(action, 'the entrance page has a form').toBeTruthy();
    const answer = await context.request.post(at + action, {
      form: { token },
      headers: { accept: 'text/html', origin: at },
      maxRedirects: 0,
    });
    expect(answer.status(), await answer.text()).toBe(302);
    expect(answer.headers()['location']).toBe('/');
  }

  /** Posts an order as WooCommerce does; answers with the ids of order and deal. */
  async order(n: number, wishes: Partial<OrderWishes> = {}, storefront = this.storefront): Promise<{ order: number; deal: number }> {
    return this.hook(JSON.stringify(wooOrder(n, wishes)), 'order.created', storefront);
  }

  async hook(body: string, topic = 'order.created', storefront = this.storefront): Promise<{ status: string; order: number; deal: number }> {
    const answer = await fetch(`${this.url}/hooks/woocommerce/${storefront.hookKey}`, {
      method: 'POST',
      body,
      headers: hookHeaders(body, SECRET, topic),
    });
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    return JSON.parse(text);
  }

  /** Many orders, a few at a time: numbers `from` to `from + count - 1`. */
  async orders(count: number, from = 1, wishes: (n: number) => Partial<OrderWishes> = () => ({})): Promise<void> {
    let next = from;
    const work = async () => {
      while (next < from + count) {
        const n = next++;
        await this.order(n, wishes(n));
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
  }

  async api<T = any>(path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    expect(answer.ok, `${path}: ${answer.status} ${text}`).toBe(true);
    return JSON.parse(text) as T;
  }

  async stages(funnel = this.storefront.funnel): Promise<Stage[]> {
    const { funnels } = await this.api<{ funnels: { id: number; stages: Stage[] }[] }>('/funnels');
    return funnels.find((one) => one.id === funnel)!.stages;
  }

  /** Of the demo shop beside this one. */
  async demoFunnel(): Promise<number> {
    const { funnels } = await this.api<{ funnels: { id: number }[] }>('/funnels');
    return funnels.find((one) => one.id !== this.storefront.funnel)!.id;
  }

  /** Moves as a script does, behind the browsers' backs. */
  async move(deal: number, stage: string, before?: number): Promise<void> {
    const to = (await this.stages()).find((one) => one.name === stage);
    expect(to, `a stage ${stage}`).toBeTruthy();
    await this.api(`/deals/${deal}/move`, { stage: to!.id, ...(before === undefined ? {} : { before }) });
  }

  /** Takes an order into the first status of a kind, as a script does. */
  async toStatus(order: number, kind: string, details?: Record<string, string>): Promise<void> {
    const { statuses } = await this.api<{ statuses: { id: number; kind: string }[] }>(
      `/statuses?storefront=${this.storefront.id}`,
    );
    const to = statuses.find((one) => one.kind === kind);
    expect(to, `a status ${kind}`).toBeTruthy();
    await this.api(`/orders/${order}/status`, { to: to!.id, ...(details ? { details } : {}) });
  }

  /** The deals that the API finds, page by page. */
  async deals(query: string): Promise<Deal[]> {
    let cursor: string | null = null;
    const deals: Deal[] = [];
    do {
      const page: { deals: Deal[]; next_cursor: string | null } = await this.api(
        `/deals?limit=100&${query}${cursor ? `&cursor=${cursor}` : ''}`,
      );
      deals.push(...page.deals);
      cursor = page.next_cursor;
    } while (cursor);
    return deals;
  }

  /** How many deals the API finds. */
  async count(query: string): Promise<number> {
    return (await this.deals(query)).length;
  }
}

/** Waits until the page's own code runs and the socket is open. */
export async function live(page: Page): Promise<void> {
  await expect(page.locator('#live')).toHaveClass(/\bon\b/, { timeout: 20_000 });
}
