import type { Page } from '@playwright/test';
import { awake, expect, test } from './fixtures';
import { audit } from './support/audit';

/** Asks the API as a script does: no cookie, a token of its own. */
async function status(url: string, token: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/deals`, { headers: { authorization: `Bearer ${token}` } });
  return answer.status;
}

async function fillIn(page: Page, name: string) {
  const form = page.locator('form').filter({ has: page.locator('#token-name') });
  await awake(form);
  await form.getByLabel('What is it for').fill(name);
  return form;
}

test('a token is made, shown once, opens the API, and opens nothing once it is revoked', async ({ shop, person }) => {
  const page = await person();
  await page.goto('/settings/tokens');
  const form = await fillIn(page, 'Night report');
  await form.getByLabel('Role').selectOption('viewer');
  await form.getByLabel('How long it lasts').selectOption('month');
  await form.getByRole('button', { name: 'Create the token' }).click();

  const field = page.locator('#token-text');
  await expect(field).toHaveValue(/^vk_[\w-]{43}$/);
  await expect(page.getByText('The token is shown once')).toBeVisible();
  await audit(page, 'a token that is shown');
  const token = await field.inputValue();
  expect(await status(shop.url, token)).toBe(200);
  const row = page.locator('.settings-row').filter({ hasText: 'Night report' });
  await expect(row).toContainText('Coffee shop');
  await expect(row).toContainText('by Olena Owner');
  await expect(row).toContainText('lasts 30 d more');
  await expect(row).toContainText('not used yet');

  await page.getByRole('button', { name: 'Copied, hide it' }).click();
  await expect(field).toHaveCount(0);
  await page.reload();
  await expect(row).toContainText('used just now');
  expect(await page.content()).not.toContain(token);

  const revoke = row.getByRole('button', { name: 'Revoke “Night report”' });
  await awake(revoke);
  await revoke.click();
  const dialog = page.getByRole('dialog', { name: 'Revoke the token “Night report”?' });
  await expect(dialog).toContainText('loses access at once');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toHaveCount(0);
  expect(await status(shop.url, token)).toBe(401);
});

test('a token for some storefronts needs one of them; one for all is for admins', async ({ person }) => {
  const page = await person();
  await page.goto('/settings/tokens');
  const form = await fillIn(page, 'Nothing');
  await expect(form.getByLabel('Every storefront, future ones too')).toHaveCount(0);
  await form.getByLabel('Coffee shop').uncheck();
  await form.getByRole('button', { name: 'Create the token' }).click();
  await expect(form.getByRole('alert')).toHaveText('Choose at least one storefront.');
  await expect(form.getByLabel('What is it for')).toHaveValue('Nothing');

  await form.getByLabel('Role').selectOption('admin');
  await expect(form.getByLabel('Every storefront, future ones too')).toBeChecked();
  await form.getByLabel('How long it lasts').selectOption('endless');
  await expect(form.getByText('works until it is revoked')).toBeVisible();
  await form.getByRole('button', { name: 'Create the token' }).click();
  const row = page.locator('.settings-row').filter({ hasText: 'Nothing' });
  await expect(row).toContainText('every storefront');
  await expect(row).toContainText('never expires');
});

test('an admin gives no role above their own', async ({ shop, person }) => {
  await shop.person('admin@shop.ua', 'Ann Admin', 'admin');
  const page = await person({ email: 'admin@shop.ua', viewport: { width: 390, height: 844 } });
  await page.goto('/settings/tokens');
  const roles = page.locator('#token-role option');
  await expect(roles.first()).toBeAttached();
  expect(await roles.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toEqual(['admin', 'head', 'manager', 'viewer']);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, 'the page fits a phone').toBeLessThanOrEqual(390);
});

test('who may not hand out tokens sees neither the page nor its name', async ({ shop, person }) => {
  await shop.person('head@shop.ua', 'Hanna Head', 'head', ['Coffee shop']);
  const page = await person({ email: 'head@shop.ua' });
  await page.goto('/settings');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'API' })).toHaveCount(0);
});
