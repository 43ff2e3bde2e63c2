import type { Locator, Page } from '@playwright/test';
import { awake, expect, test as base } from './fixtures';
import { audit } from './support/audit';
import { pairScreen } from './support/settings';

const TV = { viewport: { width: 1920, height: 1080 } };

/** A TV that shows its code, and one that an admin has paired with the shop's funnel. */
const test = base.extend<{ tv: Page; paired: { tv: Page; admin: Page; code: string } }>({
  tv: async ({ visitor }, use) => {
    const tv = await visitor(TV);
    await tv.goto('/tv');
    await use(tv);
  },
  paired: async ({ tv, shop, person }, use) => {
    const admin = await person();
    const code = await codeOn(tv);
    await pairScreen(admin, { code, name: 'TV in the hall', funnel: shop.storefront.funnel });
    await expect(tv.locator('main.wall')).toBeVisible();
    await use({ tv, admin, code });
  },
});

async function codeOn(tv: Page): Promise<string> {
  const code = await tv.locator('[data-code]').getAttribute('data-code');
  expect(code).toMatch(/^[A-Z0-9]{6}$/);
  return code!;
}

const count = (tv: Page, stage: string): Locator =>
  tv.locator('main.wall [data-stage]').filter({ hasText: stage }).locator('.count');

async function expectToFit(tv: Page): Promise<void> {
  const size = await tv.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    height: document.documentElement.scrollHeight,
  }));
  expect(size.width, 'nothing is wider than the TV').toBeLessThanOrEqual(TV.viewport.width);
  expect(size.height, 'nothing is higher than the TV').toBeLessThanOrEqual(TV.viewport.height);
}

test('a TV shows a code; once it is entered in the settings, the TV shows the funnel by itself and follows it', async ({ shop, tv, person }) => {
  const { deal } = await shop.order(1, { name: 'Olena Private' });
  await shop.order(2, { name: 'Oleh Private' });
  const code = await codeOn(tv);
  await audit(tv, 'a TV with its code');
  await expectToFit(tv);

  const admin = await person();
  await admin.goto('/settings/screens');
  await expect(admin.getByRole('main').locator('.empty')).toContainText('/tv');
  // As somebody types it from across the room.
  const typed = `${code.slice(0, 3)}-${code.slice(3)}`.toLowerCase();
  await pairScreen(admin, { code: typed, name: 'TV in the hall', funnel: shop.storefront.funnel });
  await expect(admin.locator('.toast')).toContainText('Screen “TV in the hall” paired');
  await expect(admin.locator('#screen-code')).toHaveValue('');

  await expect(tv.locator('main.wall')).toBeVisible();
  await expect(tv.locator('main.wall [data-stage]')).toHaveCount(6);
  await expect(count(tv, 'New order')).toHaveText('2');
  await shop.move(deal, 'Shipped');
  await expect(count(tv, 'Shipped')).toHaveText('1', { timeout: 2_000 });
  await expect(count(tv, 'New order')).toHaveText('1');
  await expect(tv.locator('body')).not.toContainText('Private');
  await audit(tv, 'a TV with its funnel');
  await expectToFit(tv);
  // The page asks again by itself.
  await expect(admin.locator('.screen-what')).toContainText('seen just now', { timeout: 20_000 });
});

test('a TV speaks the language that was picked for it, whatever its browser speaks', async ({ shop, tv, person }) => {
  await expect(tv.locator('html')).toHaveAttribute('lang', 'en');
  await pairScreen(await person(), { code: await codeOn(tv), name: 'TV', funnel: shop.storefront.funnel, lang: 'uk' });
  await expect(tv.locator('main.wall')).toContainText('Сьогодні');
  await expect(tv.locator('html')).toHaveAttribute('lang', 'uk');
});

test('cut off, a TV is grey and says how old it is; it is current again by itself', async ({ shop, paired, complaints }) => {
  complaints.expectLostConnection();
  const { tv } = paired;
  const { deal } = await shop.order(1);
  await expect(count(tv, 'New order')).toHaveText('1');
  await expect(tv.locator('body')).not.toHaveClass(/\bstale\b/);
  await shop.server.stop();
  await expect(tv.locator('body.stale')).toBeVisible({ timeout: 10_000 });
  await expect(tv.getByText(/No connection.*\d/)).toBeVisible();
  await expect(count(tv, 'New order')).toHaveText('1');
  await expectToFit(tv);

  await shop.server.start();
  await shop.move(deal, 'Processing');
  await expect(count(tv, 'Processing')).toHaveText('1', { timeout: 20_000 });
  await expect(tv.locator('body')).not.toHaveClass(/\bstale\b/);
  await expect(tv.getByText(/No connection/)).toBeHidden();
});

test('a disconnected TV shows a code again at once, and another one than before', async ({ paired }) => {
  const { tv, admin, code } = paired;
  const disconnect = admin.getByRole('button', { name: 'Disconnect “TV in the hall”' });
  await awake(disconnect);
  await disconnect.click();
  const dialog = admin.getByRole('dialog', { name: 'Disconnect the screen “TV in the hall”?' });
  await expect(dialog).toContainText('shows a code again at once');
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect(admin.locator('.screen-what')).toHaveCount(0);
  await expect(tv.locator('[data-code]')).toBeVisible({ timeout: 3_000 });
  expect(await codeOn(tv)).not.toBe(code);
  await tv.reload();
  await expect(tv.locator('[data-code]')).toBeVisible();
  await expect(tv.locator('[data-stage]')).toHaveCount(0);
});

test('another browser sees a code of its own and nothing of what the paired TV shows', async ({ shop, paired, visitor }) => {
  await shop.order(1);
  await expect(count(paired.tv, 'New order')).toHaveText('1');
  const [one, other] = [await visitor(TV), await visitor(TV)];
  for (const page of [one, other]) {
    await page.goto('/tv');
    await expect(page.locator('main.wall, [data-stage]')).toHaveCount(0);
    expect(await page.content()).not.toContain('New order');
  }
  expect(await codeOn(one)).not.toBe(await codeOn(other));
});

test('a code that no TV shows is refused beside the form, which keeps what was typed', async ({ shop, tv, person, complaints }) => {
  complaints.expectRefusal();
  const page = await person();
  await page.goto('/settings/screens');
  const form = page.locator('form').filter({ has: page.locator('#screen-code') });
  await awake(form);
  await form.getByLabel('Code on the screen').fill('000000');
  await form.getByLabel('Which screen is it').fill('TV in the hall');
  await form.getByRole('button', { name: 'Pair' }).click();
  await expect(form.getByRole('alert')).toContainText('There is no such code');
  await expect(form.getByLabel('Code on the screen')).toHaveValue('000000');
  await expect(form.getByLabel('Which screen is it')).toHaveValue('TV in the hall');
  await expect(tv.locator('[data-code]')).toBeVisible();

  await pairScreen(page, { code: await codeOn(tv), name: 'TV in the hall', funnel: shop.storefront.funnel });
  await expect(tv.locator('main.wall')).toBeVisible();
});
