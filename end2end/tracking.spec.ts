import { devices, type Page } from '@playwright/test';
import { awake, expect, test } from './fixtures';
import { audit } from './support/audit';
import type { Shop } from './support/shop';

const PHONE = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, locale: 'en-US' };

/** The address of an order's page, as the API tells it. */
async function link(shop: Shop, deal: number): Promise<string> {
  const { tracking_url } = await shop.api<{ tracking_url: string }>(`/deals/${deal}`);
  return new URL(tracking_url).pathname;
}

/** A shop's order: its page follows its statuses. */
async function ordered(shop: Shop): Promise<{ order: number; path: string }> {
  const { order, deal } = await shop.order(1, { name: 'Olena Private', total: '430.00' });
  return { order, path: await link(shop, deal) };
}

/** A deal that a colleague made: its page follows the board. */
async function byHand(shop: Shop): Promise<{ deal: number; path: string }> {
  const { id } = await shop.api<{ id: number }>('/deals', {
    funnel: shop.storefront.funnel, customer_name: 'Olena Private', sum: 43_000,
  });
  return { deal: id, path: await link(shop, id) };
}

const current = (page: Page) => page.locator('li[aria-current=step] .name');

test('on a phone the page follows the board within a second', async ({ shop, visitor }) => {
  const { deal, path } = await byHand(shop);
  const page = await visitor(PHONE);
  await page.goto(path);
  await expect(current(page)).toContainText('Order received');
  await shop.move(deal, 'Shipped');
  await expect(current(page)).toContainText('On its way', { timeout: 1_000 });
  await expect(page.getByRole('status')).toHaveText('On its way');
  await expect(page.locator('body')).not.toContainText('Private');
});

test("an order's new status appears on the phone, with its parcel and what it means", async ({ shop, visitor }) => {
  const { order, path } = await ordered(shop);
  const page = await visitor(PHONE);
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Order');
  await expect(current(page)).toContainText('Checking the details');
  await shop.toStatus(order, 'delayed', { asked: 'delay', reason: 'Private reason', until: '2030-02-01' });
  await expect(page.getByRole('status')).toContainText('1 Feb 2030');
  await shop.toStatus(order, 'shipped', { asked: 'shipment', carrier: 'nova_poshta', number: '20450012345678' });
  await expect(current(page)).toContainText('Sent', { timeout: 1_000 });
  await expect(page.getByRole('status')).toContainText('Your parcel is with the delivery service.');
  const follow = page.getByRole('link', { name: /Нова пошта/ });
  await expect(follow).toHaveAttribute('href', 'https://novaposhta.ua/tracking/20450012345678');
  await expect(page.locator('body')).not.toContainText('Private');
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing is wider than the phone').toBe(390);
  await audit(page, 'an order on a phone');
});

test('without JavaScript the page is complete', async ({ shop, visitor }) => {
  const { deal, path } = await byHand(shop);
  await shop.move(deal, 'Processing');
  const page = await visitor({ ...PHONE, javaScriptEnabled: false });
  await page.goto(path);
  await expect(current(page)).toContainText('Being packed');
  await expect(page.locator('.steps li')).toHaveCount(5);
  await expect(page.locator('tfoot td')).toHaveText('₴430');
});

test('cut off, the page says how old it is, and is true again on the return', async ({ shop, visitor, complaints }) => {
  complaints.expectLostConnection();
  const { deal, path } = await byHand(shop);
  const page = await visitor(PHONE);
  await page.goto(path);
  await page.waitForTimeout(300);
  await shop.server.stop();
  await expect(page.getByText('No connection: this is what was known last.')).toBeVisible({ timeout: 10_000 });
  await shop.server.start();
  await shop.move(deal, 'Confirmation');
  await expect(current(page)).toContainText('Being confirmed', { timeout: 15_000 });
  await expect(page.getByText('No connection: this is what was known last.')).toBeHidden();
});

test('the link is on the deal: copied, shown as a picture, made anew and ended', async ({ shop, board, visitor, complaints }) => {
  complaints.expectRefusal();
  const { path } = await ordered(shop);
  const seen = await board();
  await seen.page.locator('[data-card-id]').first().locator('.goods').click();
  const field = seen.page.locator('#customer-link');
  await expect(field).toHaveValue(new RegExp(`${path}$`));
  await seen.page.getByText('QR code of the link').click();
  const picture = seen.page.locator('.customer-link img');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
  const renew = seen.page.getByRole('button', { name: 'New link' });
  await awake(renew);
  await renew.click();
  await seen.page.getByRole('alert').getByRole('button', { name: 'New link' }).click();
  await expect(field).not.toHaveValue(new RegExp(`${path}$`));
  const page = await visitor(PHONE);
  expect((await page.goto(path))?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is nothing behind this link' })).toBeVisible();
  const fresh = await field.inputValue();
  expect((await page.goto(fresh))?.status()).toBe(200);
  await seen.page.getByRole('button', { name: 'End the link' }).click();
  await seen.page.getByRole('alert').getByRole('button', { name: 'End the link' }).click();
  await expect(seen.page.getByText('The link has ended: the customer sees nothing.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'There is nothing behind this link' })).toBeVisible();
});

test('a stage that customers see is called what the settings say', async ({ shop, person, visitor }) => {
  const { deal, path } = await byHand(shop);
  const page = await visitor(PHONE);
  await page.goto(path);
  const settings = await person();
  await settings.goto(`/settings/funnels/${shop.storefront.funnel}`);
  const edit = settings.getByRole('button', { name: /Edit.*Shipped|Change.*Shipped/ }).first();
  await awake(edit);
  await edit.click();
  const form = settings.locator('form.stage-form');
  await form.getByLabel('What it is called for them').fill('With the courier');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toHaveCount(0);
  await shop.move(deal, 'Shipped');
  await expect(current(page)).toContainText('With the courier');
});
