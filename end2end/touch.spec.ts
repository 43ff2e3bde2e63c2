import type { CDPSession, Locator } from '@playwright/test';
import { Board, expect, test, type Wishes } from './fixtures';

const PHONE: Wishes = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
/** A little longer than the board's long press of 350 ms. */
const LONG_PRESS_MS = 450;

/** A finger, as the screen reports it. */
class Finger {
  private constructor(private readonly cdp: CDPSession, private at = { x: 0, y: 0 }) {}

  static async of(board: Board): Promise<Finger> {
    return new Finger(await board.page.context().newCDPSession(board.page));
  }

  async down(x: number, y: number): Promise<void> {
    this.at = { x, y };
    await this.cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [this.at] });
  }

  async move(x: number, y: number, steps = 8): Promise<void> {
    const from = this.at;
    for (let step = 1; step <= steps; step++) {
      this.at = { x: from.x + ((x - from.x) * step) / steps, y: from.y + ((y - from.y) * step) / steps };
      await this.cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [this.at] });
    }
  }

  async up(): Promise<void> {
    await this.cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }
}

async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const box = (await locator.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('a long press lifts a card, and the finger carries it within its column', async ({ shop, board }) => {
  for (const [n, name] of ['First', 'Second', 'Third'].entries()) await shop.order(n + 1, { name });
  const seen = await board(PHONE);
  const [top, second, third] = await seen.customers('New order');
  const finger = await Finger.of(seen);
  const start = await middle(seen.card(top).locator('.goods'));
  await finger.down(start.x, start.y);
  await expect(seen.page.locator('.carried')).toBeVisible({ timeout: 2_000 });
  const below = await middle(seen.card(second).locator('.deal-bottom .age'));
  await finger.move(start.x, below.y + 10);
  await expect(seen.page.locator('.drop-line.shown')).toHaveCount(1);
  await finger.up();
  await expect(seen.page.locator('.carried')).toHaveCount(0);
  await expect.poll(() => seen.customers('New order')).toEqual([second, top, third]);
});

test('held at the edge, the board scrolls on and the card lands on the next stage', async ({ shop, board }) => {
  await shop.order(1, { name: 'Traveller' });
  const [seen, other] = await Promise.all([board(PHONE), board()]);
  const finger = await Finger.of(seen);
  const start = await middle(seen.card('Traveller').locator('.goods'));
  await finger.down(start.x, start.y);
  await expect(seen.page.locator('.carried')).toBeVisible({ timeout: 2_000 });
  await finger.move(380, start.y);
  await expect(seen.column('Confirmation')).toHaveClass(/\bover\b/);
  await expect.poll(async () => (await seen.column('Confirmation').boundingBox())!.x).toBeLessThan(150);
  await finger.move(200, start.y, 4);
  const stage = seen.page.locator('section.column.over');
  const name = (await stage.getAttribute('aria-label'))!;
  expect(name).not.toBe('New order');
  await finger.up();
  await expect(seen.cardOn(name, 'Traveller')).toHaveCount(1);
  await expect(other.cardOn(name, 'Traveller')).toHaveCount(1);
});

test('a quick swipe scrolls the column and lifts nothing', async ({ shop, board }) => {
  await shop.orders(12);
  const seen = await board(PHONE);
  const before = await seen.customers('New order');
  const finger = await Finger.of(seen);
  const start = await middle(seen.card(before[3]).locator('.goods'));
  await finger.down(start.x, start.y);
  await finger.move(start.x, start.y - 220, 10);
  expect(await seen.page.locator('.carried').count(), 'nothing is lifted').toBe(0);
  await finger.up();
  const list = seen.column('New order').locator('.cards');
  await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(60);
  await expect(seen.page.locator('.carried')).toHaveCount(0);
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);
  await seen.reload();
  await expect.poll(() => seen.customers('New order')).toEqual(before);
});

test('a finger that only rests and lifts again moves nothing; a tap opens the deal', async ({ shop, board }) => {
  await shop.order(1, { name: 'Tapped' });
  const seen = await board(PHONE);
  const finger = await Finger.of(seen);
  const at = await middle(seen.card('Tapped').locator('.goods'));
  await finger.down(at.x, at.y);
  await expect(seen.page.locator('.carried')).toBeVisible({ timeout: LONG_PRESS_MS * 4 });
  await finger.up();
  await expect(seen.page.locator('.carried')).toHaveCount(0);
  await expect(seen.cardOn('New order', 'Tapped')).toBeVisible();
  await expect(seen.page.locator('dialog[open]')).toHaveCount(0);

  await seen.card('Tapped').locator('.goods').tap();
  const drawer = seen.page.getByRole('dialog', { name: 'Deal' });
  await expect(drawer).toBeVisible();
  expect((await drawer.boundingBox())!.width, 'the whole screen').toBeGreaterThan(380);
});

test('columns snap, and nothing is wider than the screen', async ({ shop, board }) => {
  await shop.orders(3);
  const seen = await board(PHONE);
  const finger = await Finger.of(seen);
  await finger.down(330, 700);
  await finger.move(90, 700, 12);
  await finger.up();
  // Snapped: some column begins where the board's padding ends.
  await expect.poll(async () => {
    const xs = await seen.page.locator('section.column').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
    return seen.page.locator('.board').evaluate((board) => board.scrollLeft).then((left) => left > 100 && xs.some((x) => Math.abs(x - 12) < 2));
  }).toBe(true);
  const overflow = await seen.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('fingers find what they aim at: every button of the board is at least 24 px', async ({ shop, board }) => {
  await shop.orders(2);
  const seen = await board(PHONE);
  const small = await seen.page.locator('button:visible, a:visible, input:visible, select:visible').evaluateAll((all) =>
    all
      .filter((one) => !one.closest('.visually-hidden, .skip'))
      .map((one) => ({ words: one.getAttribute('aria-label') || one.textContent || one.id, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ words, box }) => `${words}: ${Math.round(box.width)}×${Math.round(box.height)}`),
  );
  expect(small).toEqual([]);
});
