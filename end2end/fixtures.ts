// What every test has: a server of its own on a fresh database, people who sign in, and the rule that no page may
// complain in its console.
import {
  test as base, expect, type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page,
} from '@playwright/test';
import { Board } from './support/board';
import { makeDatabase } from './support/database';
import { Server } from './support/server';
import { OWNER, Shop } from './support/shop';

export { expect, OWNER, Board };

/** Complaints of pages: console errors, uncaught exceptions. */
export class Complaints {
  private readonly heard: string[] = [];
  private readonly excused: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.heard.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.heard.push(`page: ${error.error()}`));
  }

  /** Says which complaints a test provokes on purpose. */
  expect(...patterns: RegExp[]): void {
    this.excused.push(...patterns);
  }

  /** What a browser itself says when the server can't be reached. */
  expectLostConnection(): void {
    this.expect(/net::ERR_/, /WebSocket connection to .* failed/, /Failed to fetch/);
  }

  /** What a browser itself says when the server refuses something: never for a fault of ours. */
  expectRefusal(): void {
    this.expect(/Failed to load resource: the server responded with a status of 4\d\d/);
  }

  left(): string[] {
    return this.heard.filter((words) => !this.excused.some((pattern) => pattern.test(words)));
  }
}

/** Waits until the page's own code hears what happens on this element; before that a click would be lost. */
export async function awake(element: Locator): Promise<void> {
  const hears = () => element.evaluate((one) => (window as unknown as { hears(one: unknown): boolean }).hears(one));
  await expect.poll(hears, { timeout: 20_000 }).toBe(true);
}

/** Remembers who listens, before the page's own code does. */
function remember(): void {
  const listening = new WeakSet<EventTarget>();
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Parameters<typeof listen>) {
    listening.add(this ?? window);
    return listen.apply(this ?? window, args);
  } as typeof listen;
  Object.assign(window, { hears: (one: EventTarget) => listening.has(one) });
}

export interface Wishes extends BrowserContextOptions {
  email?: string;
  /** Another way to the server. */
  at?: string;
}

interface Fixtures {
  /** `none`: nobody is there yet. `demo`: beside the demo shop. Else the language of the funnel's stages. */
  furnished: 'none' | 'demo' | 'en' | 'uk' | 'ru';
  complaints: Complaints;
  server: Server;
  shop: Shop;
  /** Another browser, nobody signed in. */
  visitor: (wishes?: Wishes) => Promise<Page>;
  /** Another browser, somebody signed in; the owner where not said. */
  person: (wishes?: Wishes) => Promise<Page>;
  /** Another browser on the shop's board. */
  board: (wishes?: Wishes) => Promise<Board>;
}

export const test = base.extend<Fixtures>({
  furnished: ['en', { option: true }],

  complaints: [async ({}, use) => {
    const complaints = new Complaints();
    await use(complaints);
    expect(complaints.left(), 'no page complains').toEqual([]);
  }, { auto: true }],

  server: async ({}, use, info) => {
    const database = makeDatabase(info.project.metadata.database);
    const server = new Server(database);
    try {
      await use(server);
    } finally {
      await server.stop();
      if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.words || '(silent)' });
      database.drop();
    }
  },

  shop: async ({ server, furnished }, use) => {
    const shop = new Shop(server);
    if (furnished === 'demo') await server.cli('seed', '--deals', '150', '--days', '40');
    if (furnished !== 'none') await shop.open(furnished === 'demo' ? 'en' : furnished);
    await server.start();
    await use(shop);
  },

  visitor: async ({ browser, shop, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (wishes = {}) => {
      const context = await newContext(browser, { baseURL: wishes.at ?? shop.url, ...wishes });
      complaints.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  person: async ({ shop, visitor }, use) => {
    await use(async (wishes = {}) => {
      const page = await visitor(wishes);
      await shop.signIn(page.context(), wishes.email ?? OWNER, wishes.at);
      return page;
    });
  },

  board: async ({ shop, person }, use) => {
    await use(async (wishes = {}) => new Board(await person(wishes)).open(shop.board));
  },
});

async function newContext(browser: Browser, wishes: Wishes): Promise<BrowserContext> {
  const { email: _email, at: _at, ...options } = wishes;
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    // A test's build is big and squeezed anew for each browser, which takes longer than sending it as it is.
    extraHTTPHeaders: { 'accept-encoding': 'identity' },
    ...options,
  });
  await context.addInitScript(remember);
  return context;
}
