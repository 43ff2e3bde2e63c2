import type { Locator, Page } from '@playwright/test';
import { awake, expect, test } from './fixtures';
import { audit } from './support/audit';

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
