import type { Page } from '@playwright/test';
import { Board, expect, test } from './fixtures';
import { live, type Shop } from './support/shop';

test('a page older than its server asks to be loaded anew, and then is not', async ({ shop, person }) => {
  const page = await person();
  // As a server says that was renewed while the page was left open.
  let renewed = true;
  await page.routeWebSocket(/\/live\?/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((said) => {
      const hello = renewed && String(said).includes('"t":"hello"');
      socket.send(hello ? String(said).replace(/"build":"[^"]*"/, '"build":"a newer one"') : said);
    });
  });
  await new Board(page).open(`${shop.board}?q=patience`);
  const notice = page.getByRole('status').filter({ hasText: 'There is a new version. Reload the page.' });
  await expect(notice).toBeVisible();
  renewed = false;
  await Promise.all([page.waitForEvent('load'), notice.getByRole('link', { name: 'Reload' }).click()]);
  await live(page);
  await expect(notice).toHaveCount(0);
  await expect(page.locator('#search'), 'it is the same view of the board').toHaveValue('patience');
});

test('while others move cards, answers that come late and in the wrong order leave every figure true', async ({ shop, board }) => {
  test.slow();
  await shop.orders(40, 1, () => ({ total: '10.00' }));
  const [seen, other] = await Promise.all([board(), board()]);
  const answers = await Answers.of(seen.page);
  const mover = new Mover(shop);
  const search = seen.page.locator('#search');
  try {
    for (let round = 0; round < 3; round++) {
      await search.fill('customer 1');
      await answers.wait('customer 1');
      await mover.further(10);
      await search.fill('');
      await answers.wait('');
      // The answers are older by now than what the page has heard since, and the filter of the first ones is off.
      await mover.further(20);
      await answers.comeBackwards();
    }
  } finally {
    await mover.stop();
    await answers.comeAtOnce();
  }
  // Events come in order: a page that shows this card has heard of every move, however far behind a busy machine let it
  // fall. Until then its figures are those of a while ago, of which most are one off.
  await shop.order(41, { name: 'The last one', total: '10.00' });
  for (const one of [seen, other]) {
    await expect(one.card('The last one')).toBeVisible({ timeout: 60_000 });
  }
  const stages = await shop.stages();
  const counts = await Promise.all(stages.map(({ id }) => shop.count(`stage=${id}`)));
  expect(counts.reduce((sum, count) => sum + count)).toBe(41);
  for (const one of [seen, other]) {
    for (const [i, { name }] of stages.entries()) {
      await one.expectHead(name, counts[i], counts[i] === 0 ? '' : `₴${counts[i] * 10}`);
    }
  }
});

test('a customer is renamed while a move of their card is on its way: the card has the new name, and the move lands @both', async ({ shop, board }) => {
  await shop.order(1, { name: 'Old Name' });
  const [seen, other] = await Promise.all([board(), board()]);
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await seen.page.route('**/api/send_move*', async (route) => {
    await held;
    await route.continue();
  });
  await seen.drag('Old Name', 'Confirmation');
  await expect(seen.cardOn('Confirmation', 'Old Name')).toBeVisible();

  await other.card('Old Name').click();
  const drawer = other.page.getByRole('dialog', { name: 'Deal' });
  await drawer.locator('#deal-name').fill('New Name');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await expect(other.toast('Deal saved')).toBeVisible();
  await expect(other.cardOn('New order', 'New Name'), 'nobody else knows of the move yet').toBeVisible();
  await expect(seen.cardOn('Confirmation', 'New Name')).toBeVisible();
  await expect(seen.card('Old Name')).toHaveCount(0);

  letGo();
  for (const one of [seen, other]) {
    await expect(one.cardOn('Confirmation', 'New Name')).toBeVisible();
    await expect(one.card('Old Name')).toHaveCount(0);
    await one.expectHead('New order', 0, '');
    await one.expectHead('Confirmation', 1, '₴1,250');
  }
  await seen.reload();
  await expect(seen.cardOn('Confirmation', 'New Name')).toBeVisible();
});

/** The server's answers to a page that asks for its board, held back until the test lets them come. */
class Answers {
  private held: { text: string; come: () => Promise<void> }[] = [];
  private holding = true;

  static async of(page: Page): Promise<Answers> {
    const answers = new Answers();
    await page.route('**/api/load_board*', async (route) => {
      const { text } = (route.request().postDataJSON() as { filter: { text: string } }).filter;
      const answer = await route.fetch();
      const come = () => route.fulfill({ response: answer });
      if (answers.holding) answers.held.push({ text, come });
      else await come();
    });
    return answers;
  }

  /** Until the server has answered to a question with this text in its filter. */
  async wait(text: string): Promise<void> {
    await expect.poll(() => this.held.some((one) => one.text === text)).toBe(true);
  }

  /** The last one first. */
  async comeBackwards(): Promise<void> {
    for (const { come } of this.held.splice(0).reverse()) await come();
  }

  async comeAtOnce(): Promise<void> {
    this.holding = false;
    await this.comeBackwards();
  }
}

/** Moves deal after deal to another stage, as fast as the server answers, until it is stopped. */
class Mover {
  private made = 0;
  private going = true;
  private readonly work: Promise<void>;

  constructor(shop: Shop) {
    this.work = this.go(shop);
  }

  /** Until so many more moves were made. */
  async further(moves: number): Promise<void> {
    const wanted = this.made + moves;
    await expect.poll(() => this.made, { intervals: [20] }).toBeGreaterThanOrEqual(wanted);
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.work;
  }

  private async go(shop: Shop): Promise<void> {
    const stages = (await shop.stages()).filter(({ kind }) => kind === 'open');
    const deals = await shop.deals(`funnel=${shop.storefront.funnel}`);
    while (this.going) {
      const turn = Math.floor(this.made / deals.length);
      const [deal, stage] = [deals[this.made % deals.length], stages[(this.made + turn + 1) % stages.length]];
      await shop.api(`/deals/${deal.id}/move`, { stage: stage.id });
      this.made++;
    }
  }
}
