import type { Locator, Page } from '@playwright/test';
import { awake, expect, test } from './fixtures';
import { audit } from './support/audit';
import { Dhl } from './support/dhl';
import { OrderPage } from './support/order';

const KEY = '0123456789abcdef-of-tests';

/** The form that connects another carrier, open. */
async function open(page: Page): Promise<Locator> {
  await page.goto('/settings/carriers');
  const form = page.locator('form').filter({ has: page.getByLabel('Carrier', { exact: true }) });
  await awake(form);
  await page.getByText('Connect a carrier', { exact: true }).click();
  await expect(form).toBeVisible();
  return form;
}

function account(page: Page, carrier: string): Locator {
  return page.locator('.carrier-account').filter({ has: page.getByRole('heading', { name: carrier }) });
}

test('a carrier is connected, given another key, disconnected', async ({ shop, person }) => {
  const page = await person();
  const form = await open(page);
  await expect(page.getByText('No carrier is connected yet.')).toBeVisible();
  await audit(page, 'the page of carriers with nothing on it');
  await form.getByLabel('Carrier', { exact: true }).selectOption('dhl');
  await expect(form).toContainText('developer.dhl.com');
  await form.getByLabel('API key').fill(KEY);
  await form.getByRole('button', { name: 'Connect' }).click();
  await expect(page.locator('.toast').filter({ hasText: 'DHL connected' })).toBeVisible();
  const dhl = account(page, 'DHL');
  await expect(dhl).toContainText('Key …ests');
  await expect(dhl).toContainText('not asked yet');
  await expect(form.locator('option[value=dhl]'), 'one of each').toHaveCount(0);
  await audit(page, 'a carrier that was connected');
  await page.reload();
  await expect(dhl).toContainText('Key …ests');
  expect(await page.content(), 'a key is shown to nobody').not.toContain(KEY);

  const replace = dhl.getByRole('button', { name: `Replace the key of DHL for “${shop.storefront.name}”` });
  await awake(replace);
  await replace.click();
  await dhl.getByLabel('API key').fill('another-key-of-the-tests-9876');
  await dhl.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast').filter({ hasText: 'DHL: key replaced' })).toBeVisible();
  await expect(dhl).toContainText('Key …9876');
  await expect(replace, 'the keyboard is where it was').toBeFocused();

  const remove = dhl.getByRole('button', { name: `Disconnect DHL from “${shop.storefront.name}”` });
  const dialog = page.getByRole('dialog', { name: `Disconnect DHL from “${shop.storefront.name}”?` });
  await remove.click();
  await audit(page, 'asking before a carrier is disconnected');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dhl, 'nothing has happened').toBeVisible();
  await remove.click();
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect(dhl).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('No carrier is connected yet.')).toBeVisible();
});

test('a key that can be none is refused in words, and stays typed', async ({ person, complaints }) => {
  complaints.expectRefusal();
  const page = await person();
  const form = await open(page);
  await form.getByLabel('API key').fill('half a key');
  await form.getByRole('button', { name: 'Connect' }).click();
  await expect(form.getByRole('alert')).toHaveText("Paste the carrier's whole key, without spaces.");
  await expect(form.getByLabel('API key')).toHaveValue('half a key');
  await audit(page, 'a refused key');
  await expect(page.locator('.carrier-account')).toHaveCount(0);
  await form.getByLabel('API key').fill(KEY);
  await form.getByRole('button', { name: 'Connect' }).click();
  await expect(account(page, 'Нова пошта')).toBeVisible();
});

test('FedEx asks for two keys, and all of it fits a phone', async ({ person }) => {
  const page = await person({ viewport: { width: 390, height: 844 } });
  const form = await open(page);
  await form.getByLabel('Carrier', { exact: true }).selectOption('fedex');
  await form.getByLabel('API key (client ID)').fill(KEY);
  await form.getByLabel('Secret key (client secret)').fill(`${KEY}-secret`);
  await form.getByRole('button', { name: 'Connect' }).click();
  await expect(account(page, 'FedEx')).toBeVisible();
  await expect(page.getByText('Every code that came is known.')).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'nothing is wider than the page').toBeLessThanOrEqual(0);
  await audit(page, 'carriers at 390 px');
});

const onTheWay = test.extend<{ dhl: Dhl }>({
  dhl: async ({}, use) => {
    const dhl = await Dhl.start();
    await use(dhl);
    await dhl.stop();
  },
  server: async ({ server, dhl }, use) => {
    Object.assign(server.also, { CARRIERS_URL: dhl.url, CARRIERS_AGAIN_MS: '200' });
    await use(server);
  },
});

onTheWay('a parcel tells where it is: to the team with all its scans, to its customer with a day', async ({ shop, person, visitor, dhl }) => {
  const number = 'DHL0000017';
  const page = await person();
  const form = await open(page);
  await form.getByLabel('Carrier', { exact: true }).selectOption('dhl');
  await form.getByLabel('API key').fill(KEY);
  await form.getByRole('button', { name: 'Connect' }).click();
  await expect(account(page, 'DHL')).toBeVisible();

  const { order, deal } = await shop.order(1);
  const { tracking_url } = await shop.api<{ tracking_url: string }>(`/deals/${deal}`);
  const customer = await visitor();
  await customer.goto(new URL(tracking_url).pathname);
  const seen = await new OrderPage(await person()).open(order);
  const parcel = seen.page.locator('.parcel');
  dhl.happens(number, { code: 'transit', at: '2026-01-02T10:00:00Z', town: 'Leipzig' });
  dhl.due = '2099-03-05T12:00:00Z';
  await shop.toStatus(order, 'processing');
  await shop.toStatus(order, 'picking');
  await shop.toStatus(order, 'shipped', { asked: 'shipment', carrier: 'dhl', number });
  await expect(parcel.locator('.scans li')).toHaveCount(1);
  await expect(parcel.locator('.scans li')).toContainText('Leipzig');
  await expect(parcel).toContainText('in transit');
  await expect(parcel).toContainText('Expected on 5 March 2099');
  await expect(seen.now).toHaveText('On its way');
  await expect(customer.getByText('Expected around 5 Mar 2099')).toBeVisible();

  dhl.happens(number, { code: 'failure', at: '2026-01-03T10:00:00Z', town: 'Kyiv', words: 'Nobody was at home' });
  await expect(parcel).toContainText('The carrier tells of trouble');
  await expect(parcel.locator('.scans li').first()).toContainText('Nobody was at home');
  await expect(customer.locator('body'), 'what went wrong stays inside').not.toContainText('Nobody');
  await parcel.getByText("The carrier's answers").click();
  await expect(parcel.getByRole('region').first()).toContainText('Nobody was at home');
  await audit(seen.page, "an order's page with a parcel on its way");

  dhl.happens(number, { code: 'teleported', at: '2026-01-04T10:00:00Z', town: '' });
  await expect(parcel.locator('.scans li').first()).toContainText('teleported');
  await page.reload();
  await expect(page.locator('.unknown-code')).toContainText('DHL teleported');
  await audit(page, 'a code that nobody knows');
  dhl.happens(number, { code: 'delivered', at: '2026-01-05T10:00:00Z', town: 'Kyiv' });
  await expect(seen.now).toHaveText('Delivered');
  await expect(parcel).not.toContainText('Expected on');
  await expect(customer.getByText('Expected around')).toHaveCount(0);
});
